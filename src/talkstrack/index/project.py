"""What the index keeps of one event: its columns, the names in it, its links and its words.

Everything stands as the event says it, and nothing depends on another block: names, units and sources are resolved by
the register when they are read.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec

from talkstrack.model.dates.period import first_day, last_day
from talkstrack.model.event import FACET_TYPES, Event
from talkstrack.model.fields import LINKS, NAMES, fields_of, fields_with
from talkstrack.model.names import fold

EventRow = tuple[int, str, int, str, str, int, int, int, int, int | None, str | None, bytes]

_folded = lru_cache(maxsize=1 << 14)(fold)
_encode = msgspec.json.Encoder().encode


class Term(NamedTuple):
    """A name in a role; of one who is handed something also the kind of the event, and the unit where it is said."""

    role: str
    name: str
    kind: str = ""
    what: str = ""


@lru_cache(maxsize=1 << 16)
def _term(role: str, name: str, kind: str = "", what: str = "") -> Term:
    return Term(role, name if role == "source" else _folded(name), kind, what)


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
        place = _folded(event.place) if event.place else None
        rows.event.append((
            row, event.id, event.revision, event.kind, event.status, int(not event.retracted), first_day(when),
            last_day(when), row, event.round, place, _encode(event),
        ))  # fmt: skip
        tables = _tables(event)
        terms = {_term(*name) for fields, table in tables for name in _held(table, fields.names)}
        terms.update([_term("to", transfer.to, event.kind, transfer.what or "") for transfer in event.transfer])
        texts = [text for fields, table in tables for _, text in _held(table, fields.texts)]
        rows.words.append((row, fold_words("\n".join([*texts, *[term.name for term in terms]]))))
        terms.update([_term("tag", tag) for tag in event.tags])
        for term in terms:
            rows.names.setdefault(term, []).append(row)
        for field, target in {link for fields, table in tables for link in _held(table, fields.links)}:
            event_id, _, commitment = target.partition("/")
            rows.link.append((event_id, field, row, commitment))
    return rows


def fold_words(text: str) -> str:
    """Return a text as a word is sought in it: folded like a name, but for its spacing."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


class _Fields(NamedTuple):
    """The attributes of a table that hold names, links and texts that a search looks through, as `model` says."""

    names: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]


_ROLES = {
    "party": "party",
    "actor": "party",
    "speaker": "by",
    "person": "person",
    "officer": "person",
    "source": "source",
}
_ADDRESSED = (("transfer", "to"), ("deadline", "to"))
"""Fields that name who is addressed, or handed something."""


def _fields(struct: type[msgspec.Struct], facet: str = "") -> _Fields:
    names = [
        (field.attribute, "to" if (facet, field.name) in _ADDRESSED else _ROLES.get(field.role or "", field.role or ""))
        for field in fields_with(struct, *NAMES)
    ]
    links = [(field.attribute, facet or field.name) for field in fields_with(struct, *LINKS)]
    texts = [(field.attribute, "") for field in fields_of(struct).values() if field.is_searched]
    return _Fields(tuple(names), tuple(links), tuple(texts))


_EVENT = _fields(Event)
_FACETS = tuple([(facet, _fields(struct, facet)) for facet, struct in FACET_TYPES.items()])


def _tables(event: Event) -> list[tuple[_Fields, msgspec.Struct]]:
    """Return an event and its rows, each with its fields."""
    rows = [(fields, row) for facet, fields in _FACETS for row in getattr(event, facet)]
    return [(_EVENT, event), *rows]


def _held(table: msgspec.Struct, fields: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return the texts in these fields, each with what it is: a role, or the field that names another event."""
    held: list[tuple[str, str]] = []
    for attribute, label in fields:
        value = getattr(table, attribute)
        if value:
            held += [(label, value)] if type(value) is str else [(label, text) for text in value]
    return held
