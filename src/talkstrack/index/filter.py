"""The filters of every command as SQL, in this one place."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from talkstrack.index.rows import BODY
from talkstrack.index.schema import NAME_ROLES, NAMINGS, TO_ROLES, WIDE_DAYS
from talkstrack.index.scope import BELOW, VISIBLE, seeds
from talkstrack.model.dates.period import NOW, OPEN_END, OPEN_START, Period, first_day, last_day
from talkstrack.model.query import Query

if TYPE_CHECKING:
    from talkstrack.model.register import Register

Registered = Callable[[], "Register"]
"""Gives the register where a filter needs it: names are resolved by it."""

FEW = 2000
"""Up to this many rows are looked up one by one; beyond, all rows are walked in their order."""

Value = str | int


class Sql(NamedTuple):
    """A piece of SQL with the values of its question marks."""

    text: str
    values: tuple[Value, ...] = ()


class Filter(NamedTuple):
    """The rows a filter allows, and how one row `e` is tested; no test: the columns of `event` are tested anyway."""

    rows: Sql
    test: Sql | None


class Span(NamedTuple):
    """The days asked for, both included."""

    first: int
    last: int


EVER = Span(OPEN_START, OPEN_END)


def span_of(query: Query) -> Span:
    """Return the days `since`, `until` and `on` leave together."""
    firsts = [first_day(one) for one in (query.since, query.on) if one is not None]
    lasts = [last_day(one) for one in (query.until, query.on) if one is not None]
    return Span(max(firsts, default=OPEN_START), min(lasts, default=OPEN_END))


def known_on(as_known: Period | None) -> int:
    """Return the day whose knowledge is asked for."""
    return NOW if as_known is None else min(last_day(as_known), NOW)


def statement(connection: sqlite3.Connection, query: Query, register: Registered, joined: str = BODY) -> Sql:
    """Return what follows SELECT ... FROM: the rows a query selects, in the ledger's order, with `last` backwards.

    `joined` is what stands beside `event e`: it may leave rows out, though not where the `last` are asked for.

    Where one filter leaves few rows they are looked up and sorted; else all are walked along the index of the order.
    """
    day = known_on(query.as_known)
    tests = [Sql(VISIBLE.format("e"), (day, day)), *_column_tests(query)]
    filters = list(_filters(connection, query, register, day))
    few: list[int] | None = None
    for one in filters:
        rows = connection.execute(f"{one.rows.text} LIMIT {FEW + 1}", one.rows.values).fetchall()
        if len(rows) <= FEW:
            few = [row for (row,) in rows]
            tests = [Sql(f"e.row IN ({', '.join(map(str, few))})"), *tests]
            tests += [other.test for other in filters if other is not one and other.test]
            break
    if few is None:
        whole = query.last is None
        tests += [
            Sql(f"+e.row IN ({one.rows.text})", one.rows.values) if whole else one.test for one in filters if one.test
        ]
    hint = "INDEXED BY event_order" if few is None else "NOT INDEXED"
    backward = "" if query.last is None else " DESC"
    order = ", ".join(f"e.{name}{backward}" for name in ("earliest", "latest", "ord"))
    found = _joined(" AND ", tests)
    if query.last is None:
        return Sql(f"event e {hint} {joined} WHERE {found.text} ORDER BY {order}", found.values)
    limited = f"event e {hint} {joined} WHERE {found.text} ORDER BY {order} LIMIT ?"
    return Sql(limited, (*found.values, max(query.last, 0)))


def _column_tests(query: Query) -> Iterator[Sql]:
    span = span_of(query)
    if span != EVER:
        yield Sql("e.latest >= ? AND e.earliest <= ?", span)
    if query.kind:
        yield Sql(f"e.kind IN ({_marks(query.kind)})", query.kind)
    if query.status:
        yield Sql(f"e.status IN ({_marks(query.status)})", query.status)
    if query.id:
        yield Sql("e.id IN (SELECT value FROM json_each(?))", (_list(query.id),))
    if query.place:
        places = tuple(_fold(place) for place in query.place)
        yield Sql("(" + " OR ".join("instr(e.place, ?) > 0" for _ in places) + ")", places)


def _filters(connection: sqlite3.Connection, query: Query, register: Registered, day: int) -> Iterator[Filter]:
    """Yield the filters that have an index of their own, those that tend to leave few rows first."""
    if query.id:
        yield Filter(
            Sql("SELECT row FROM event WHERE id IN (SELECT value FROM json_each(?))", (_list(query.id),)), None
        )
    span = span_of(query)
    if span.first != OPEN_START or span.last != OPEN_END or query.kind:
        yield Filter(_window(span, query.kind), None)
    for field, roles, names in _TERMS:
        chosen: tuple[str, ...] = getattr(query, field)
        if chosen:
            terms = _terms(roles, {name for one in chosen for name in names(register(), one)})
            yield Filter(terms, _exists(terms))
    if query.under:
        below = _below(seeds(connection, register(), query.under, day), day)
        yield Filter(below, Sql(f"e.row IN ({below.text})", below.values))
    if query.round:
        rounds = _in_rounds(query.round, day)
        yield Filter(rounds, Sql(f"e.row IN ({rounds.text})", rounds.values))
    if query.place:
        places = tuple(_fold(place) for place in query.place)
        within = " OR ".join("instr(place, ?) > 0" for _ in places)
        yield Filter(Sql(f"SELECT row FROM event WHERE place IS NOT NULL AND ({within})", places), None)
    for word in _words(query.text):
        yield _word(register(), word)


def _list(values: tuple[str, ...]) -> str:
    return msgspec.json.encode(values).decode()


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _joined(between: str, pieces: Iterable[Sql]) -> Sql:
    pieces = tuple(pieces)
    return Sql(between.join(one.text for one in pieces), tuple(value for one in pieces for value in one.values))


def _exists(rows: Sql) -> Sql:
    return Sql(f"EXISTS ({rows.text} AND t.row = e.row)", rows.values)


def _fold(name: str) -> str:
    from talkstrack.model.register import fold

    return fold(name)


def _words(text: str | None) -> list[str]:
    if text is None:
        return []
    from talkstrack.index.entries import fold_words

    return fold_words(text).split()


def _sides(register: "Register", name: str) -> Iterable[str]:
    return register.names_of_party(name)


def _people(register: "Register", name: str) -> Iterable[str]:
    return register.names_of_person(name)


def _speakers(register: "Register", name: str) -> Iterable[str]:
    if register.party(name) is None and register.person(name) is not None:
        return register.names_of_person(name)
    return register.names_of_party(name)


def _sources(register: "Register", name: str) -> Iterable[str]:
    yield name
    asked = _fold(name)
    for key, one in register.sources.items():
        if asked in (key, _fold(one.url or ""), _fold(one.publisher or "")):
            yield key


_TERMS: tuple[tuple[str, tuple[str, ...], Callable[["Register", str], Iterable[str]]], ...] = (
    ("tag", ("tag",), lambda _, name: (_fold(name),)),
    ("source", ("source",), _sources),
    ("person", NAME_ROLES, _people),
    ("by", ("by",), _speakers),
    ("to", TO_ROLES, _sides),
    ("party", NAME_ROLES, _sides),
)


def _terms(roles: Iterable[str], names: Iterable[str]) -> Sql:
    roles, names = tuple(roles), tuple(sorted(names))
    return Sql(
        f"SELECT t.row FROM {NAMINGS} WHERE n.role IN ({_marks(roles)}) AND n.folded IN ({_marks(names)})",
        (*roles, *names),
    )


def _word(register: "Register", word: str) -> Filter:
    """Return the rows with a word, or with any name of those whose names have it."""
    entries = [(key, one.name, *one.aliases) for key, one in register.parties.items()]
    entries += [(key, one.name, *one.aliases) for key, one in register.persons.items()]
    folded = [[_fold(name) for name in names] for names in entries]
    terms = _terms(NAME_ROLES, {name for names in folded if any(word in one for one in names) for name in names})
    exists = _exists(terms)
    return Filter(
        Sql(f"SELECT row FROM words WHERE instr(folded, ?) > 0 UNION {terms.text}", (word, *terms.values)),
        Sql(
            f"(instr((SELECT folded FROM words w WHERE w.row = e.row), ?) > 0 OR {exists.text})",
            (word, *exists.values),
        ),
    )


def _window(span: Span, kinds: tuple[str, ...]) -> Sql:
    """Return the rows that may fall inside: the short ones by their last day, the wide ones all looked at."""
    kind = f"kind IN ({_marks(kinds)}) AND " if kinds else ""
    end = min(span.last + WIDE_DAYS, OPEN_END)
    return Sql(
        f"SELECT row FROM event WHERE {kind}wide = 0 AND latest BETWEEN ? AND ? AND earliest <= ?"
        f" UNION ALL SELECT row FROM event WHERE {kind}wide = 1 AND latest >= ? AND earliest <= ?",
        (*kinds, span.first, end, span.last, *kinds, *span),
    )


def _below(seeds: Iterable[str], day: int) -> Sql:
    start = tuple(sorted(seeds))
    values = " UNION ".join("SELECT ?" for _ in start) or "SELECT NULL"
    return Sql(BELOW.format(values, ""), (*start, day, day))


def _in_rounds(rounds: Iterable[str], day: int) -> Sql:
    """Return the rows of these rounds, and all below them that name no round of their own."""
    numbers = tuple(int(one) for one in rounds if one.isdecimal() and len(one) < 10)
    start = f"SELECT s.id FROM event s WHERE s.round IN ({_marks(numbers)}) AND {VISIBLE.format('s')}"
    return Sql(BELOW.format(start, " AND e.round IS NULL"), (*numbers, day, day, day, day))
