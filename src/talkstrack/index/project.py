"""What the index keeps of one event: its columns, the names in it, its links and its words.

Everything stands as the event says it, and nothing depends on another block: names, units and sources are resolved by
the register when they are read.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from talkstrack.model.dates.period import first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.names import fold

EventRow = tuple[int, str, int, str, str, int, int, int, int, int | None, str | None, bytes]
Link = tuple[str, str, str]
"""The event that is named, the field that names it, and which of its commitments or none."""

folded = lru_cache(maxsize=1 << 16)(fold)
_encode = msgspec.json.Encoder().encode


class Term(NamedTuple):
    """A name in a role; of one who is handed something also the kind of the event, and the unit where it is said."""

    role: str
    name: str
    kind: str = ""
    what: str = ""


class Rows(NamedTuple):
    """Rows for the tables, ready to be written; `names` are the rows that each name stands in."""

    event: list[EventRow]
    words: list[tuple[int, str]]
    link: list[tuple[str, str, int, str]]
    names: dict[Term, list[int]]


def rows_of(events: Iterable[Event]) -> Rows:
    """Return the rows that these events are; the number of a row is the line its block begins on."""
    rows = Rows([], [], [], {})
    for event in events:
        row = event.line or 0
        when = event.when
        place = folded(event.place) if event.place else None
        rows.event.append((
            row, event.id, event.revision, event.kind, event.status, int(not event.retracted), first_day(when),
            last_day(when), row, event.round, place, _encode(event),
        ))  # fmt: skip
        terms = {Term(role, folded(name), *more) for role, name, *more in _names(event)}
        words = "\n".join([text for text in _texts(event) if text] + [term.name for term in terms])
        rows.words.append((row, fold_words(words)))
        terms.update([Term("tag", folded(tag)) for tag in event.tags])
        terms.update([Term("source", source) for source in event.sources])
        for term in terms:
            rows.names.setdefault(term, []).append(row)
        if event.part_of or event.under or event.transfer or event.claim or event.replaces or event.about:
            rows.link.extend([(target, field, row, which) for target, field, which in set(_links(event))])
    return rows


def fold_words(text: str) -> str:
    """Return a text as a word is sought in it: folded like a name, but for its spacing."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _names(event: Event) -> Iterator[tuple[str, ...]]:
    yield from [("party", name) for name in (*event.parties, *event.host, *event.mediators)]
    yield from [("by", name) for name in event.by]
    yield from [("person", name) for name in event.people]
    for transfer in event.transfer:
        yield "to", transfer.to, event.kind, transfer.what or ""
        if transfer.from_:
            yield "party", transfer.from_
    receivers = (*[row.to for row in event.commitment], *[row.to for row in event.claim])
    yield from [("party", name) for name in receivers if name]
    for rows in (event.delegation, event.response, event.commitment, event.transfer, event.claim):
        yield from [("by", row.by) for row in rows if row.by]
    for delegation in event.delegation:
        yield "party", delegation.party
        people = (delegation.head, *delegation.members, *delegation.joined, *delegation.left)
        yield from [("person", name) for name in people if name]
    for deadline in event.deadline:
        yield from [("to", name) for name in deadline.to]
    for office in event.office:
        yield "person", office.person
        if office.party:
            yield "party", office.party


def _texts(event: Event) -> Iterator[str | None]:
    yield from (event.title, event.summary, event.place, event.note)
    yield from event.agenda
    for promise in event.commitment:
        yield from (promise.note, *promise.described_as)
    for transfer in event.transfer:
        yield from (transfer.note, *transfer.described_as)
    for claim in event.claim:
        yield from (claim.note, *claim.described_as)
    if event.delegation or event.deadline or event.response or event.office:
        yield from [row.note for row in event.delegation]
        yield from [row.note for row in event.deadline]
        yield from [row.note for row in event.response]
        yield from [row.title for row in event.office]


def _links(event: Event) -> Iterator[Link]:
    if event.part_of:
        yield event.part_of, "part_of", ""
    if event.under:
        yield _link(event.under, "under")
    yield from (_link(row.under, "transfer") for row in event.transfer if row.under)
    yield from (_link(row.under, "claim") for row in event.claim if row.under)
    yield from ((target, "replaces", "") for target in event.replaces)
    yield from ((target, "about", "") for target in event.about)


def _link(target: str, field: str) -> Link:
    event, _, commitment = target.partition("/")
    return event, field, commitment
