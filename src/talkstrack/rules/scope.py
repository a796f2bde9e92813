"""Scopes: which agreement, commitment or whole a row of an event belongs to, and who says so."""

from collections.abc import Iterable
from typing import NamedTuple

from talkstrack.model.event import Event
from talkstrack.model.facets import Transfer, Unit
from talkstrack.model.register import Register
from talkstrack.rules.directions import ResolvedTransfer, resolved, rows_of, unit_promised
from talkstrack.rules.snapshot import Snapshot, per_snapshot


class Promise(NamedTuple):
    """What a hand-over must fit to serve a commitment: its unit (None: nothing counted), its receiver (None: each)."""

    id: str
    unit: Unit | None
    receiver: str | None


def promises_of(register: Register, event: Event) -> tuple[Promise, ...]:
    """Return what an event promises, a row for each reading."""
    return tuple([
        Promise(row.id, unit_promised(register, event, row), None if row.to is None else register.side(row.to))
        for row in event.commitment
    ])  # fmt: skip


def fitting(promises: Iterable[Promise], unit: str, receiver: str) -> tuple[str, ...]:
    """Return the commitments that a hand-over of this unit to this side can serve, each once."""
    fits = [promise.id for promise in promises if promise.unit == unit and promise.receiver in (None, receiver)]
    return tuple(dict.fromkeys(fits))


def event_link(snapshot: Snapshot, event: Event) -> str | None:
    """Return what an event is under: its own link, else the one of the whole it is part of."""
    if event.under is not None or event.part_of is None:
        return event.under
    seen: set[str] = set()
    whole: Event | None = event
    while whole is not None and whole.id not in seen:
        if whole.under is not None:
            return whole.under
        seen.add(whole.id)
        whole = snapshot.by_id.get(whole.part_of) if whole.part_of else None
    return None


def link_of(snapshot: Snapshot, event: Event, row: Transfer) -> str | None:
    """Return what a row is under: its own link ("" cuts), else its event's; None when nothing is said."""
    return row.under if row.under is not None else event_link(snapshot, event)


def resolve_link(snapshot: Snapshot, link: str, unit: Unit, receiver: str) -> str:
    """Return the commitment an event's id feeds, by unit and receiver; the link itself when none or several fit."""
    if "/" in link or link not in snapshot.by_id:
        return link
    return _resolved_link(snapshot, link, unit, receiver)


@per_snapshot
def _resolved_link(snapshot: Snapshot, link: str, unit: Unit, receiver: str) -> str:
    fits = fitting(promises_of(snapshot.register, snapshot.by_id[link]), unit, receiver)
    return f"{link}/{fits[0]}" if len(fits) == 1 else link


@per_snapshot
def scopes_above(snapshot: Snapshot, target: str) -> frozenset[str]:
    """Return everything an event or commitment belongs to, itself included: its wholes, what they are under."""
    above: set[str] = set()
    waiting = [target]
    while waiting:
        scope = waiting.pop()
        if scope in above:
            continue
        above.add(scope)
        identity, slash, _ = scope.partition("/")
        if slash:
            waiting.append(identity)
        elif event := snapshot.by_id.get(identity):
            waiting += [further for further in (event.part_of, event.under) if further]
    return frozenset(above)


def scopes_of(snapshot: Snapshot, event: Event, row: ResolvedTransfer) -> frozenset[str]:
    """Return the ids of all a row counts in: its event, its wholes, and all above its own link."""
    wholes, link = _with_wholes(snapshot, event), link_of(snapshot, event, row.transfer)
    return _scopes_of_link(snapshot, link, row.unit, row.receiver).union(wholes) if link else frozenset(wholes)


def belongs_to(snapshot: Snapshot, event: Event, row: ResolvedTransfer, scope: str) -> bool:
    """Whether a scope is among those of a row."""
    if scope == event.id or (event.part_of is not None and scope in _with_wholes(snapshot, event)):
        return True
    link = link_of(snapshot, event, row.transfer)
    return bool(link) and scope in _scopes_of_link(snapshot, link or "", row.unit, row.receiver)


def _with_wholes(snapshot: Snapshot, event: Event) -> list[str]:
    """Return the ids of an event and of the wholes it is part of."""
    ids = [event.id]
    part = event
    while part.part_of and part.part_of not in ids:
        ids.append(part.part_of)
        if part.part_of not in snapshot.by_id:
            break
        part = snapshot.by_id[part.part_of]
    return ids


@per_snapshot
def _scopes_of_link(snapshot: Snapshot, link: str, unit: Unit, receiver: str) -> frozenset[str]:
    """Return the ids of all that a link of rows of this unit and receiver counts in."""
    target = resolve_link(snapshot, link, unit, receiver)
    above = scopes_above(snapshot, target)
    if "/" in target:
        return above
    # a link to a whole feeds the commitment of the agreement that whole is under
    return above | {resolve_link(snapshot, scope, unit, receiver) for scope in above}


def tied_events(snapshot: Snapshot, scope: str) -> tuple[Event, ...]:
    """Return the events of any status with a row that counts in a scope, in the ledger's order."""
    return _by_scope(snapshot).get(scope, ())


def receivers_under(snapshot: Snapshot, scope: str) -> frozenset[str]:
    """Return the sides that were handed anything in a scope."""
    held = [event for event in tied_events(snapshot, scope) if event.counts]
    rows = [(event, row) for event in held for row in resolved(snapshot.register, event)]
    return frozenset([row.receiver for event, row in rows if belongs_to(snapshot, event, row, scope)])


@per_snapshot
def _by_scope(snapshot: Snapshot) -> dict[str, tuple[Event, ...]]:
    tied: dict[str, list[Event]] = {}
    for event in snapshot.events:
        rows = rows_of(snapshot, event) if event.transfer else ()
        for scope in set().union(*[scopes_of(snapshot, event, row) for row in rows]):
            tied.setdefault(scope, []).append(event)
    return {scope: tuple(events) for scope, events in tied.items()}


def rejects(snapshot: Snapshot, event: Event, row: ResolvedTransfer, scope: str) -> bool:
    """Whether a row's own words put it outside this scope: a cut link, or a link to something else.

    A link to something that holds the scope (the talks, where the scope is one agreement of them) leaves it open.
    """
    link = link_of(snapshot, event, row.transfer)
    if link is None or belongs_to(snapshot, event, row, scope):
        return False
    return not link or resolve_link(snapshot, link, row.unit, row.receiver) not in scopes_above(snapshot, scope)


def events_under(snapshot: Snapshot, scope: str) -> tuple[Event, ...]:
    """Return the events that belong to a scope, in the ledger's order: itself, and all that is under it or part of it,
    by itself or with a row, and all that is under or part of these.
    """
    scopes = {event.id: _scopes_of_event(snapshot, event) for event in snapshot.events}
    inside, before = {scope}, 0
    while len(inside) > before:
        before = len(inside)
        inside |= {event_id for event_id, above in scopes.items() if not inside.isdisjoint(above)}
    return tuple([event for event in snapshot.events if event.id in inside])


def _scopes_of_event(snapshot: Snapshot, event: Event) -> frozenset[str]:
    rows = resolved(snapshot.register, event)
    return scopes_above(snapshot, event.id).union(*[scopes_of(snapshot, event, row) for row in rows])
