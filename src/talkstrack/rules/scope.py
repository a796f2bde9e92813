"""Scopes: which agreement, commitment or whole a row of an event belongs to, and who says so."""

from talkstrack.model.event import Event, Transfer, What
from talkstrack.rules.snapshot import Snapshot


def event_link(snapshot: Snapshot, event: Event) -> str | None:
    """Return what an event is under: its own link, else the one of the whole it is part of."""
    if event.under is not None or event.part_of is None:
        return event.under
    seen: set[str] = set()
    here: Event | None = event
    while here is not None and here.id not in seen:
        if here.under is not None:
            return here.under
        seen.add(here.id)
        here = snapshot.by_id.get(here.part_of) if here.part_of else None
    return None


def link_of(snapshot: Snapshot, event: Event, row: Transfer) -> str | None:
    """Return what a row is under: its own link ("" cuts), else its event's; None when nothing is said."""
    return row.under if row.under is not None else event_link(snapshot, event)


def resolve_link(snapshot: Snapshot, link: str, what: What, to: str) -> str:
    """Return the commitment an event's id feeds, by unit and direction; the link itself when none or several fit."""
    if "/" in link or link not in snapshot.by_id:
        return link
    return snapshot.kept(("resolved", link, what, to), lambda: _resolved(snapshot, link, what, to))


def _resolved(snapshot: Snapshot, link: str, what: What, to: str) -> str:
    promising = snapshot.by_id[link]
    fitting = {
        one.id
        for one in promising.commitment
        if snapshot.promised_unit(promising, one) == what and (one.to is None or snapshot.register.side(one.to) == to)
    }
    return f"{link}/{fitting.pop()}" if len(fitting) == 1 else link


def scopes_of(snapshot: Snapshot, event: Event, row: Transfer) -> frozenset[str]:
    """Return the ids of all a row counts in: its event, its wholes, and all above its own link."""
    own, link = _wholes_of(snapshot, event), link_of(snapshot, event, row)
    if not link:
        return frozenset(own)
    return _scopes_above(snapshot, link, snapshot.what(event, row.what), snapshot.register.side(row.to)).union(own)


def belongs_to(snapshot: Snapshot, event: Event, row: Transfer, scope: str, what: What, to: str) -> bool:
    """Whether a scope is among those of a row of this unit and direction."""
    link = link_of(snapshot, event, row)
    if link and scope in _scopes_above(snapshot, link, what, to):
        return True
    return scope == event.id or (event.part_of is not None and scope in _wholes_of(snapshot, event))


def _wholes_of(snapshot: Snapshot, event: Event) -> list[str]:
    """Return the ids of an event and of the wholes it is part of."""
    found = [event.id]
    seen = event
    while seen.part_of and seen.part_of not in found:
        found.append(seen.part_of)
        if seen.part_of not in snapshot.by_id:
            break
        seen = snapshot.by_id[seen.part_of]
    return found


def _scopes_above(snapshot: Snapshot, link: str, what: What, to: str) -> frozenset[str]:
    """Return the ids of all that a link of rows of this unit and direction counts in."""
    known: dict[tuple[str, What, str], frozenset[str]] = snapshot.kept("scopes above", dict)
    found = known.get((link, what, to))
    if found is None:
        target = resolve_link(snapshot, link, what, to)
        found = snapshot.ancestors(target)
        if "/" not in target:  # a link to a whole feeds the commitment of the agreement that whole is under
            found |= {resolve_link(snapshot, above, what, to) for above in found}
        known[link, what, to] = found
    return found


def tied_events(snapshot: Snapshot, scope: str) -> tuple[Event, ...]:
    """Return the events of any status with a row that counts in a scope, in the ledger's order."""
    return snapshot.kept("tied", lambda: _tied(snapshot)).get(scope, ())


def _tied(snapshot: Snapshot) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {}
    for event in snapshot.events:
        for scope in frozenset().union(*[scopes_of(snapshot, event, row) for row in event.transfer]):
            found.setdefault(scope, []).append(event)
    return {scope: tuple(events) for scope, events in found.items()}


def rejects(snapshot: Snapshot, event: Event, row: Transfer, scope: str) -> bool:
    """Whether a row's own words put it outside this scope: a cut link, or a link to something else.

    A link to something that holds the scope (the talks, where the scope is one agreement of them) leaves it open.
    """
    link = link_of(snapshot, event, row)
    if link is None:
        return False
    what, to = snapshot.what(event, row.what), snapshot.register.side(row.to)
    if belongs_to(snapshot, event, row, scope, what, to):
        return False
    return not link or resolve_link(snapshot, link, what, to) not in snapshot.ancestors(scope)
