"""Scopes: which agreement, commitment or whole a row of an event belongs to, and who says so."""

from talkstrack.model.event import Event, Transfer, What
from talkstrack.reports.book import Book


def event_link(book: Book, event: Event) -> str | None:
    """Return what an event is under: its own link, else the one of the whole it is part of."""
    seen: set[str] = set()
    here: Event | None = event
    while here is not None and here.id not in seen:
        if here.under is not None:
            return here.under
        seen.add(here.id)
        here = book.by_id.get(here.part_of) if here.part_of else None
    return None


def effective_link(book: Book, event: Event, row: Transfer) -> str | None:
    """Return what a row is under: its own link ("" cuts), else its event's; None when nothing is said."""
    return row.under if row.under is not None else event_link(book, event)


def resolved(book: Book, link: str, what: What, to: str) -> str:
    """Return the commitment an event's id feeds, by unit and direction; the link itself when none or several fit."""
    if "/" in link or link not in book.by_id:
        return link
    promising = book.by_id[link]
    fitting = {
        one.id
        for one in promising.commitment
        if book.promised_unit(promising, one) == what and (one.to is None or book.register.side(one.to) == to)
    }
    return f"{link}/{fitting.pop()}" if len(fitting) == 1 else link


def scopes_of(book: Book, event: Event, row: Transfer) -> frozenset[str]:
    """Return the ids of all a row counts in: its event, its wholes, and all above its own link."""
    key = "scopes", event.id, id(row)
    kept: tuple[Transfer, frozenset[str]] = book.kept(key, lambda: (row, _scopes_of(book, event, row)))
    return kept[1]  # the row is kept with them, so that no other can have its place


def _scopes_of(book: Book, event: Event, row: Transfer) -> frozenset[str]:
    found = {event.id}
    seen = event
    while seen.part_of and seen.part_of not in found:
        found.add(seen.part_of)
        if seen.part_of not in book.by_id:
            break
        seen = book.by_id[seen.part_of]
    link = effective_link(book, event, row)
    if link:
        what, to = book.what(event, row.what), book.register.side(row.to)
        target = resolved(book, link, what, to)
        found |= book.ancestors(target)
        if "/" not in target:  # a link to a whole feeds the commitment of the agreement that whole is under
            found |= {resolved(book, above, what, to) for above in book.ancestors(target)}
    return frozenset(found)


def tied_events(book: Book, scope: str) -> tuple[Event, ...]:
    """Return the events of any status with a row that counts in a scope, in the ledger's order."""
    return book.kept("tied", lambda: _tied(book)).get(scope, ())


def _tied(book: Book) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {}
    for event in book.events:
        for scope in frozenset().union(*(scopes_of(book, event, row) for row in event.transfer)):
            found.setdefault(scope, []).append(event)
    return {scope: tuple(events) for scope, events in found.items()}


def denies(book: Book, event: Event, row: Transfer, scope: str) -> bool:
    """Whether a row's own words put it outside this scope: a cut link, or a link to something else.

    A link to something that holds the scope (the talks, where the scope is one agreement of them) leaves it open.
    """
    link = effective_link(book, event, row)
    if link is None or scope in scopes_of(book, event, row):
        return False
    if not link:
        return True
    return resolved(book, link, book.what(event, row.what), book.register.side(row.to)) not in book.ancestors(scope)
