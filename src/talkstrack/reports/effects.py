"""What a change of the ledger does to its totals."""

from collections.abc import Iterable

import msgspec

from talkstrack.model.event import Event
from talkstrack.model.facets import Unit
from talkstrack.model.sums import Sum
from talkstrack.rules.accounts import flows
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally
from talkstrack.rules.wholes import is_whole


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """The total of one unit in one direction, over the whole ledger: before the change (None: not added up), after."""

    what: Unit
    to: str
    before: Sum | None
    after: Sum


class Tallied(msgspec.Struct, frozen=True, kw_only=True):
    """How many events of one kind count, before the change and after."""

    kind: str
    before: int
    after: int


class Effects(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does to totals and numbers; empty where it hands nothing over."""

    sums: tuple[Effect, ...]
    numbers: tuple[Tallied, ...]


def effects(before: Snapshot, changed: Iterable[Event]) -> Effects:
    """Return what these new events or revisions do to the totals of a ledger."""
    new = tuple(changed)
    after = Snapshot(current_revisions((*before.events, *new), before.register), before.register, before.today)
    units: dict[tuple[Unit, str], None] = {}
    kinds: dict[str, None] = {}
    for snapshot in (before, after):
        for event in (snapshot.by_id.get(written.id) for written in new):
            if event is not None and event.transfer:
                units.update(dict.fromkeys((flow.unit, flow.receiver) for flow in flows(snapshot, event)))
                kinds[event.kind] = None
    sums = tuple(
        Effect(what=what, to=to, before=tally(before, what, to), after=tally(after, what, to)) for what, to in units
    )
    numbers = tuple(Tallied(kind=kind, before=_number(before, kind), after=_number(after, kind)) for kind in kinds)
    return Effects(sums=sums, numbers=numbers)


def alone(events: Iterable[Event], snapshot: Snapshot) -> Effects:
    """Return what new events add, where the ledger is too large to be added up for that."""
    own = Snapshot(events, snapshot.register, snapshot.today)
    moved = [flow for event in own.events if event.counts for flow in flows(own, event)]
    units = dict.fromkeys((flow.unit, flow.receiver) for flow in moved)
    sums = (Effect(what=what, to=to, before=None, after=tally(own, what, to)) for what, to in units)
    return Effects(sums=tuple(sums), numbers=())


def _number(snapshot: Snapshot, kind: str) -> int:
    return sum(event.kind == kind and event.counts and not is_whole(snapshot, event) for event in snapshot.events)
