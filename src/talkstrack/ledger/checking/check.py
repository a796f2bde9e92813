"""Run the checks: on the register, on an event, on the links between events, and on all of it together."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from typing import Any

from talkstrack.errors import Check
from talkstrack.ledger.checking import commitments, figures, names, register, revisions  # noqa: F401 - they declare checks
from talkstrack.ledger.checking.links import CardFault, Links
from talkstrack.ledger.checking.references import References
from talkstrack.ledger.checking.registry import CHECKS, DECLARED_IN, Asked, finders
from talkstrack.model.convert import Fault
from talkstrack.model.event import Event
from talkstrack.model.register import Register
from talkstrack.rules.snapshot import Snapshot

TableOf = Callable[[Event], Mapping[str, Any] | None]
"""Gives the table an event was read from, keys in the order they were typed, or None."""

_SUBJECTS = (
    "names", "figures", "commitments", "revisions", "links", "register", "sources", "people", "dates", "duplicates",
    "claims", "typos",
)  # fmt: skip


def all_checks() -> tuple[Check, ...]:
    """Return every check: errors first, by what they look at."""
    _load_warnings()

    def order(check: Check) -> tuple[str, int]:
        subject = DECLARED_IN.get(check.slug, "").rpartition(".")[2]
        return check.severity, _SUBJECTS.index(subject) if subject in _SUBJECTS else -1

    return tuple(sorted(CHECKS.values(), key=order))


def _load_warnings() -> None:
    """Load the checks that only warn, which a ledger that is merely read does not pay for."""
    from talkstrack.ledger.checking import claims, dates, duplicates, people, sources, typos  # noqa: F401


def register_faults(entries: Register, only: Asked = None) -> Iterator[Fault]:
    """Find what is wrong between entries of the register; paths start at the header, warnings are among them."""
    for find in finders(only, "register"):
        yield from find(entries)


def event_faults(event: Event, entries: Register, only: Asked = None) -> Iterator[Fault]:
    """Find what is wrong in one event by itself; paths lie inside the event."""
    for find in finders(only, "event", "register"):
        yield from find(event, entries)


def link_faults(
    cards: Iterable[References],
    subjects: Collection[References] | None = None,
    unread: Container[str] = (),
    only: Asked = None,
) -> Iterator[CardFault]:
    """Find what is wrong between events, given every card in file order; each fault comes with its card.

    With `subjects`, the new ones among the cards, only what they bring in: in them, and in events that refer to
    them. Then the other cards may be just those with the ids of the subjects, those that refer to these ids, and
    all that can be reached from any of them by references. References to an id of `unread`, a block with faults
    of its own, are not told.
    """
    cards = list(cards)
    if subjects is None:
        yield from _order_faults(cards, unread, only)
        yield from _faults_of_links(Links(cards, unread), only)
        return
    new = {id(card) for card in subjects}
    ids = {card.id for card in subjects}
    of_these = [card for card in cards if card.id in ids]
    yield from (fault for fault in _order_faults(of_these, unread, only) if id(fault[0]) in new)
    touched = ids | {ref.event for card in of_these for ref in card.references if ref.field == "part_of"}
    touched |= {card.id for card in cards if any(ref.event in ids for ref in card.references)}
    before = Links([card for card in cards if id(card) not in new], unread, touched)
    known = {(card.id, fault) for card, fault in _faults_of_links(before, only)}
    for card, fault in _faults_of_links(Links(cards, unread, touched), only):
        if (card.id, fault) not in known:
            yield card, fault


def _order_faults(cards: Iterable[References], unread: Container[str], only: Asked) -> Iterator[CardFault]:
    for find in finders(only, "cards", "unread"):
        yield from find(cards, unread)


def _faults_of_links(events: Links, only: Asked) -> Iterator[CardFault]:
    for find in finders(only, "links"):
        yield from find(events)


def warnings(snapshot: Snapshot, table_of: TableOf | None = None, only: Asked = None) -> Iterator[tuple[Event, Fault]]:
    """Find what is worth a second look in a ledger, with the event it stands in; it stops no report.

    `table_of` gives the table an event was read from: with it, keys below the wrong header are told more surely.
    """
    _load_warnings()
    of_event, of_table = finders(only, "snapshot", "event"), finders(only, "event", "table")
    for event in snapshot.events:
        for find in of_event:
            yield from ((event, fault) for fault in find(snapshot, event))
        for find in of_table:
            yield from ((event, fault) for fault in find(event, table_of(event) if table_of else None))
    for find in finders(only, "snapshot"):
        yield from find(snapshot)
