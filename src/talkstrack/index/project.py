"""What the index keeps of one event: its columns, the names in it, its links and its words.

Everything stands as the event says it, and nothing depends on another block: names, units and sources are resolved by
the register when they are read.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

import msgspec

from talkstrack.model.dates.period import first_day, last_day
from talkstrack.model.event import FACET_TYPES, Event
from talkstrack.model.fields import LINKS, Field, Role, fields_of
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


_Value = str | tuple[str, ...] | None
_ROLES: Final[dict[Role | None, str]] = {
    "party": "party", "actor": "party", "speaker": "by", "person": "person", "officer": "person"
}  # fmt: skip
_RECEIVING = (("transfer", "to"), ("deadline", "to"))


class _Reader:
    """Reads chosen fields of a table and of its facets, as their structs declare them: (facet, row, label, value)."""

    def __init__(self, chosen: Callable[[str, Field], str | None]) -> None:
        self._tables: list[tuple[str, tuple[str, ...], Callable[[Any], tuple[_Value, ...]]]] = []
        for table, struct in {"": Event, **FACET_TYPES}.items():
            labels = {field.attribute: label for field in fields_of(struct).values() if (label := chosen(table, field))}
            if labels:
                self._tables.append((table, tuple(labels.values()), attrgetter(*labels, next(iter(labels)))))

    def __call__(self, event: Event) -> Iterator[tuple[str, Any, str, str]]:
        for table, labels, values_of in self._tables:
            for row in getattr(event, table) if table else (event,):
                for label, value in zip(labels, values_of(row), strict=False):
                    if not value:
                        continue
                    if type(value) is str:
                        yield table, row, label, value
                    else:
                        yield from [(table, row, label, text) for text in value]


def _name_role(table: str, field: Field) -> str | None:
    return "to" if (table, field.name) in _RECEIVING else _ROLES.get(field.role)


_named = _Reader(_name_role)
_searched = _Reader(lambda _, field: field.name if field.is_searched else None)
_linked = _Reader(lambda table, field: table or field.name if field.role in LINKS else None)


def _names(event: Event) -> Iterator[tuple[str, ...]]:
    for table, row, role, name in _named(event):
        yield (role, name, event.kind, row.what or "") if table == "transfer" and role == "to" else (role, name)


def _texts(event: Event) -> Iterator[str]:
    return (text for _, _, _, text in _searched(event))


def _links(event: Event) -> Iterator[Link]:
    for _, _, field, target in _linked(event):
        linked, _, commitment = target.partition("/")
        yield linked, field, commitment
