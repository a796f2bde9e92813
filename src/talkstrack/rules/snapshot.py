"""The events a report stands on: the latest known revisions, in order, with the lookups every rule needs."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from talkstrack.model.dates.period import Day
from talkstrack.model.event import Commitment, Event, What
from talkstrack.model.register import Register

_Kept = TypeVar("_Kept")


class Elsewhere(NamedTuple):
    """What a book of a part of a ledger must know of all of it.

    `receiving` are the names that anything of a unit was handed to, `handed` how many events hand it over (wholes left
    out; only where that is to be told).
    """

    receiving: Mapping[What, Iterable[str]]
    handed: Mapping[What, int]


class Snapshot:
    """Current events in order, the register, and the day the report is made for. Never changed once made.

    What a rule works out over all events it leaves here, so that a long ledger is gone through once for each rule.
    """

    def __init__(
        self,
        events: Iterable[Event],
        register: Register,
        today: Day,
        beyond: Elsewhere | None = None,
    ) -> None:
        """Make the book of all events of a ledger; of a part of them, with what must be known of the others."""
        self.events = tuple(events)
        self.register = register
        self.today = today
        self.by_id = {event.id: event for event in self.events}
        self.beyond = beyond
        self._ancestors: dict[str, frozenset[str]] = {}
        self._kept: dict[object, Any] = {}

    def kept(self, key: object, make: Callable[[], _Kept]) -> _Kept:
        """Return what is kept under this key, made when it is first asked for."""
        if key not in self._kept:
            self._kept[key] = make()
        found: _Kept = self._kept[key]
        return found

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each event stands in the order, by its id."""
        return {event.id: place for place, event in enumerate(self.events)}

    @cached_property
    def parts(self) -> dict[str, tuple[Event, ...]]:
        """The events that are `part_of` each event, by its id."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            if event.part_of:
                found.setdefault(event.part_of, []).append(event)
        return {key: tuple(events) for key, events in found.items()}

    def is_whole(self, event: Event) -> bool:
        """Whether held events of the same kind are parts of this one, so that it is not added to them."""
        parts = self.parts.get(event.id)
        return parts is not None and any(part.kind == event.kind and part.counts for part in parts)

    @cached_property
    def replaced_by(self) -> dict[str, tuple[Event, ...]]:
        """The events that replace each event, by its id."""
        return self._pointing(lambda event: event.replaces)

    @cached_property
    def about(self) -> dict[str, tuple[Event, ...]]:
        """The events about each event, by its id."""
        return self._pointing(lambda event: event.about)

    def _pointing(self, targets: Callable[[Event], tuple[str, ...]]) -> dict[str, tuple[Event, ...]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            for target in targets(event):
                found.setdefault(target, []).append(event)
        return {key: tuple(events) for key, events in found.items()}

    @cached_property
    def commitments(self) -> dict[str, tuple[tuple[Event, Commitment], ...]]:
        """Every reading of every commitment, by `EVENT-ID/COMMITMENT-ID`, in the ledger's order."""
        found: dict[str, list[tuple[Event, Commitment]]] = {}
        for event in self.events:
            for one in event.commitment:
                found.setdefault(f"{event.id}/{one.id}", []).append((event, one))
        return {key: tuple(readings) for key, readings in found.items()}

    def side(self, name: str | None) -> str | None:
        """Return the side a name belongs to; None for the undisputed account."""
        return None if name is None else self.register.side(name)

    def what(self, event: Event, said: What | None) -> What:
        """Return what a row of this event counts: as said, else as the kind implies, else people."""
        return said or self.register.unit_of(event.kind)

    def promised_unit(self, event: Event, commitment: Commitment) -> What | None:
        """Return what a commitment counts: as said, else, where it has a count, as a row of its event would."""
        return commitment.what or (None if commitment.count is None else self.what(event, None))

    def ancestors(self, target: str) -> frozenset[str]:
        """Return everything an event or commitment belongs to, itself included: its wholes, what they are under."""
        known = self._ancestors.get(target)
        if known is not None:
            return known
        self._ancestors[target] = frozenset({target})
        found = {target}
        identity, _, commitment = target.partition("/")
        if commitment:
            found |= self.ancestors(identity)
        elif event := self.by_id.get(identity):
            for above in (event.part_of, event.under):
                if above:
                    found |= self.ancestors(above)
        self._ancestors[target] = frozenset(found)
        return self._ancestors[target]
