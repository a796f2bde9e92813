"""The events that rules stand on: the latest known revisions, in order, with the look-ups every rule needs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from talkstrack.model.dates.period import Day
from talkstrack.model.event import Event
from talkstrack.model.facets import Commitment, Unit
from talkstrack.model.register import Register

_Asked = ParamSpec("_Asked")
_Result = TypeVar("_Result")


class Elsewhere(NamedTuple):
    """What a snapshot of some events must know of the others.

    `receiving` are the names that anything of a unit was handed to, `handed` how many events hand it over (wholes left
    out; only where that is to be told).
    """

    receiving: Mapping[Unit, Iterable[str]]
    handed: Mapping[Unit, int]


class Snapshot:
    """Current events in order, the register, and the day that is asked for. Never changed once made.

    What a rule works out once for all events stays with it (`per_snapshot`).
    """

    def __init__(
        self,
        events: Iterable[Event],
        register: Register,
        today: Day,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """Take all events of a ledger; or some of them, with what must be known of the others."""
        self.events = tuple(events)
        self.register = register
        self.today = today
        self.elsewhere = elsewhere
        self.by_id = {event.id: event for event in self.events}
        self.results: defaultdict[Callable[..., Any], dict[Any, Any]] = defaultdict(dict)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each event stands in the order, by its id."""
        return {event.id: place for place, event in enumerate(self.events)}

    @cached_property
    def parts(self) -> dict[str, tuple[Event, ...]]:
        """The events that are `part_of` each event, by its id."""
        return self._pointing(lambda event: (event.part_of,) if event.part_of else ())

    @cached_property
    def replaced_by(self) -> dict[str, tuple[Event, ...]]:
        """The events that replace each event, by its id."""
        return self._pointing(lambda event: event.replaces)

    @cached_property
    def about(self) -> dict[str, tuple[Event, ...]]:
        """The events about each event, by its id."""
        return self._pointing(lambda event: event.about)

    def _pointing(self, targets: Callable[[Event], tuple[str, ...]]) -> dict[str, tuple[Event, ...]]:
        pointing: dict[str, list[Event]] = {}
        for event in self.events:
            for target in targets(event):
                pointing.setdefault(target, []).append(event)
        return {target: tuple(events) for target, events in pointing.items()}

    @cached_property
    def commitments(self) -> dict[str, tuple[tuple[Event, Commitment], ...]]:
        """Every reading of every commitment, by `EVENT-ID/COMMITMENT-ID`, in the ledger's order."""
        readings: dict[str, list[tuple[Event, Commitment]]] = {}
        for event in self.events:
            for commitment in event.commitment:
                readings.setdefault(f"{event.id}/{commitment.id}", []).append((event, commitment))
        return {reference: tuple(rows) for reference, rows in readings.items()}

    def side(self, name: str | None) -> str | None:
        """Return the side a name belongs to; None for the undisputed account."""
        return None if name is None else self.register.side(name)


def per_snapshot(
    rule: Callable[Concatenate[Snapshot, _Asked], _Result],
) -> Callable[Concatenate[Snapshot, _Asked], _Result]:
    """Keep what a rule works out with the snapshot it is asked of, by the rule's own arguments.

    An event as the first of them stands for itself, whatever it says: it is kept too, so that none can have its place.
    """

    @wraps(rule)
    def kept(snapshot: Snapshot, /, *args: _Asked.args, **named: _Asked.kwargs) -> _Result:
        results = snapshot.results[rule]
        asked: tuple[Any, ...] = (id(args[0]), *args[1:]) if args and type(args[0]) is Event else args
        if named:
            asked = (*asked, *named.items())
        try:
            result: _Result = results[asked][0]
        except KeyError:
            result = rule(snapshot, *args, **named)
            results[asked] = result, args
        return result

    return kept
