"""What the index keeps of one event: its columns, the names in it, its links and its words."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from talkstrack.index.schema import WIDE_DAYS, checksum
from talkstrack.model.dates.period import NEVER, first_day, last_day
from talkstrack.model.event import Event, What
from talkstrack.model.handing import handing_of
from talkstrack.model.register import Register, fold
from talkstrack.rules.known import known_from

Term = tuple[str, str]
"""A role and a folded name."""
Link = tuple[str, str, str]
"""The event that is named, the field that names it, and which of its commitments or none."""

folded = lru_cache(maxsize=1 << 16)(fold)
_encode = msgspec.json.Encoder().encode


class Rows(NamedTuple):
    """Rows for the tables, ready to be written; `names` are the rows that each name stands in."""

    event: list[tuple[Any, ...]]
    body: list[tuple[int, bytes, int]]
    handing: list[tuple[int, int, int, int, bytes, int]]
    words: list[tuple[int, str]]
    names: dict[Term, list[int]]
    link: list[tuple[str, str, int, str]]


def rows_of(events: Iterable[Event], register: Register) -> Rows:
    """Return the rows that these events are; the number of a row is the line its block begins on."""
    rows = Rows([], [], [], [], {}, [])
    named: dict[Term, list[int]] = {}
    for event in events:
        row = event.line or 0
        when = event.when
        first, last = first_day(when), last_day(when)
        columns = (
            row, event.id, event.revision, event.kind, event.status, int(event.retracted), first, last,
            known_from(event, register), NEVER, row, int(last - first > WIDE_DAYS), event.round, event.title,
            folded(event.place) if event.place else None,
        )  # fmt: skip
        json = _encode(event)
        rows.event.append(columns)
        rows.body.append((row, json, checksum(columns, json)))
        names = dict.fromkeys(_names(event))
        if event.transfer:
            implied = register.unit_of(event.kind)
            names.update(dict.fromkeys((one.what or implied, one.to) for one in event.transfer))
            if handing := handing_of(event):
                rows.handing.append(_handing(row, event, implied, _encode(handing)))
        for term in names:
            named.setdefault(term, []).append(row)
        for tag in event.tags:
            named.setdefault(("tag", tag), []).append(row)
        for source in event.sources:
            named.setdefault(("source", source), []).append(row)
        if event.part_of or event.under or event.transfer or event.claim or event.replaces or event.about:
            rows.link.extend([(target, field, row, which) for target, field, which in set(_links(event))])
        words = "\n".join([text for text in _texts(event) if text] + [name for _, name in names])
        rows.words.append((row, fold_words(words)))
    for (role, name), found in named.items():
        rows.names.setdefault((role, name if role == "source" else folded(name)), []).extend(found)
    for term, found in rows.names.items():
        rows.names[term] = sorted(set(found))
    return rows


def _handing(row: int, event: Event, implied: What, json: bytes) -> tuple[int, int, int, int, bytes, int]:
    units = [one.what or implied for one in event.transfer]
    is_tied = bool(event.under) or any(one.under for one in event.transfer)
    columns = row, int("people" in units), int("bodies" in units), int(is_tied)
    return *columns, json, checksum(columns, json)


def fold_words(text: str) -> str:
    """Return a text as a word is sought in it: folded like a name, but for its spacing."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _names(event: Event) -> Iterator[Term]:
    for name in (*event.parties, *event.host, *event.mediators):
        yield "party", name
    for name in event.by:
        yield "by", name
    for name in event.people:
        yield "person", name
    for delegation in event.delegation:
        yield "party", delegation.party
        if delegation.head:
            yield "person", delegation.head
        for name in (*delegation.members, *delegation.joined, *delegation.left):
            yield "person", name
    for transfer in event.transfer:
        if transfer.from_:
            yield "party", transfer.from_
    for to in (*[row.to for row in event.commitment], *[row.to for row in event.claim]):
        if to:
            yield "party", to
    for deadline in event.deadline:
        for name in deadline.to:
            yield "to", name
    for office in event.office:
        yield "person", office.person
        if office.party:
            yield "party", office.party
    for by in _speakers(event):
        if by:
            yield "by", by


def _speakers(event: Event) -> Iterator[str | None]:
    if event.delegation or event.response:
        yield from [row.by for row in event.delegation]
        yield from [row.by for row in event.response]
    yield from [row.by for row in event.commitment]
    yield from [row.by for row in event.transfer]
    yield from [row.by for row in event.claim]


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
