"""Ordinals: the place of a hand-over among the held ones of its unit in a scope, wholes left out."""

from bisect import bisect_right
from typing import NamedTuple

from talkstrack.model.dates.period import Span, first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Unit
from talkstrack.rules.accounts import Flow, figure_in_scope, flows
from talkstrack.rules.lines import Entry, Line
from talkstrack.rules.scope import tied_events
from talkstrack.rules.snapshot import Snapshot, per_snapshot
from talkstrack.rules.tally import speaking_account
from talkstrack.rules.wholes import is_whole


class _Held(NamedTuple):
    """The hand-overs of a unit in a scope, in the ledger's order, and where each stands in it."""

    line: Line[Event]
    places: tuple[int, ...]
    ids: frozenset[str]


class Ordinals(NamedTuple):
    """The hand-overs up to one and with it: how many, and themselves."""

    line: Line[Event]
    span: Span
    most: int | None

    @property
    def number(self) -> int:
        """How many there are."""
        return self.line.within(self.span, self.most)[0]

    @property
    def events(self) -> tuple[Event, ...]:
        """Themselves, in the ledger's order."""
        return tuple(self.line.things(self.span, self.most))


def ordinals(
    snapshot: Snapshot, unit: Unit, scope: str | None, account: str, span: Span, last: Event | None
) -> Ordinals:
    """Return the held hand-overs within a span that an account has in a scope, up to the last (where it is one)."""
    held = _held(snapshot, unit, scope, speaking_account(snapshot, scope, account))
    if last is None or last.id not in held.ids or not span.holds(last.when):
        return Ordinals(held.line, span, None)
    return Ordinals(held.line, span, bisect_right(held.places, snapshot.places[last.id]))


def place_under(snapshot: Snapshot, event: Event, scope: str) -> tuple[int, int] | None:
    """Return a hand-over's place among those of its unit in a scope, and how many there are; None where it has none."""
    unit = snapshot.register.what_of(event.kind)
    held = _held(snapshot, unit, scope, None) if unit else None
    if held is None or event.id not in held.ids:
        return None
    return bisect_right(held.places, snapshot.places[event.id]), len(held.places)


@per_snapshot
def _held(snapshot: Snapshot, unit: Unit, scope: str | None, account: str | None) -> _Held:
    events = [
        event
        for event in (snapshot.events if scope is None else tied_events(snapshot, scope))
        if event.transfer
        and event.counts
        and not is_whole(snapshot, event)
        and snapshot.register.what_of(event.kind) == unit
        and (scope is None or any(_is_in(snapshot, flow, scope, account) for flow in flows(snapshot, event)))
    ]
    line = Line([Entry(first_day(event.when), last_day(event.when), (1,), event) for event in events], 1)
    return _Held(
        line, tuple([snapshot.places[event.id] for event in events]), frozenset([event.id for event in events])
    )


def _is_in(snapshot: Snapshot, flow: Flow, scope: str, account: str | None) -> bool:
    return figure_in_scope(snapshot, flow, scope, account) is not None
