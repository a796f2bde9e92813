"""The filters of a query as SQL, in this one place: from what `Query` says of each, and for a few by hand."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from talkstrack.index.schema import ORDER
from talkstrack.model.dates.period import EVER, OPEN_END, OPEN_START, Span, first_day, last_day
from talkstrack.model.query import ANY_ROLE, FILTERS, Query

if TYPE_CHECKING:
    from talkstrack.model.register import Register

Registered = Callable[[], "Register"]
"""Gives the register where a filter needs it: names are resolved by it."""
Under = Callable[[tuple[str, ...]], Iterable[int]]
"""Gives the rows of all that belongs to one of these scopes, as the rules tell."""

FEW = 2000
"""Up to this many rows are looked up one by one."""

Value = str | int


class Sql(msgspec.Struct, frozen=True):
    """A piece of SQL with the values of its question marks."""

    text: str
    values: tuple[Value, ...] = ()


def span_of(query: Query) -> Span:
    """Return the days `since`, `until` and `on` leave together."""
    firsts = [first_day(period) for period in (query.since, query.on) if period is not None]
    lasts = [last_day(period) for period in (query.until, query.on) if period is not None]
    return Span(max(firsts, default=OPEN_START), min(lasts, default=OPEN_END))


def listed(values: Iterable[Value]) -> str:
    """Return values for SQL's `json_each(?)`, which takes any number of them."""
    return msgspec.json.encode(tuple(values)).decode()


AMONG = "IN (SELECT value FROM json_each(?))"
"""What a column is tested by against such a list."""


class RowFilter(msgspec.Struct, frozen=True):
    """The rows a filter allows, and how one event `e` is tested."""

    rows: Sql
    test: Sql


def statement(connection: sqlite3.Connection, query: Query, register: Registered, under: Under) -> Sql:
    """Return what follows SELECT ... FROM: the events `e` a query selects, in their order, with `last` backwards.

    Where one filter leaves few rows these are looked up; else all are walked along the index of their order, which
    holds what most filters ask.
    """
    tests = [Sql("e.current"), *_column_tests(query), *_rounds(query.round)]
    few = [Sql(f"e.row {AMONG}", (listed(under(query.under)),))] if query.under else []
    for filter_ in _row_filters(query, register):
        rows = None if few or span_of(query) != EVER else _few(connection, filter_.rows)
        if rows is None:
            is_broad = query.last is None and span_of(query) == EVER
            in_rows = Sql(f"+e.row IN ({filter_.rows.text})", filter_.rows.values)
            tests.append(in_rows if is_broad else filter_.test)
        else:
            few.append(Sql(f"e.row {AMONG}", (listed(rows),)))
    walked = "" if few or query.id or query.round else " INDEXED BY event_order"
    backward = "" if query.last is None else " DESC"
    order = ", ".join(f"e.{column}{backward}" for column in ORDER)
    where = " AND ".join(test.text for test in (*few, *tests))
    values = tuple(value for test in (*few, *tests) for value in test.values)
    chosen = Sql(f"event e{walked} WHERE {where} ORDER BY {order}", values)
    return chosen if query.last is None else Sql(f"{chosen.text} LIMIT ?", (*values, max(query.last, 0)))


def _few(connection: sqlite3.Connection, rows: Sql) -> list[int] | None:
    """Return the rows, if they are few."""
    found = connection.execute(f"{rows.text} LIMIT {FEW + 1}", rows.values).fetchall()
    return [row for (row,) in found] if len(found) <= FEW else None


def _column_tests(query: Query) -> Iterator[Sql]:
    span = span_of(query)
    if span != EVER:
        yield Sql("e.latest >= ? AND e.earliest <= ?", tuple(span))
    for name, filter_ in FILTERS.items():
        values: tuple[str, ...] = getattr(query, name)
        if values and filter_.column and filter_.test == "equal":
            yield Sql(f"e.{filter_.column} {AMONG}", (listed(values),))
        elif values and filter_.column:
            within = " OR ".join(f"instr(e.{filter_.column}, ?) > 0" for _ in values)
            yield Sql(f"({within})", tuple(_fold(value) for value in values))


def _row_filters(query: Query, register: Registered) -> Iterator[RowFilter]:
    for name, filter_ in FILTERS.items():
        values: tuple[str, ...] = getattr(query, name)
        if values and filter_.roles:
            names = {folded for value in values for folded in NAMES[filter_.names](register(), value)}
            yield _named(filter_.roles, names)
    for word in _words(query.text):
        yield _with_word(register(), word)


def _named(roles: Iterable[str], names: Iterable[str]) -> RowFilter:
    """Filter by one of these names in one of these roles."""
    values = (listed(roles), listed(sorted(names)))
    numbers = f"SELECT n.id FROM name n WHERE n.role {AMONG} AND n.folded {AMONG}"
    rows = Sql(f"SELECT t.row FROM naming t WHERE t.name IN ({numbers})", values)
    return RowFilter(rows, Sql(f"EXISTS ({rows.text} AND t.row = e.row)", values))


def _rounds(rounds: tuple[str, ...]) -> Iterator[Sql]:
    """Test for the events of these rounds, and all below them that name no round of their own."""
    numbers = [int(number) for number in rounds if number.isdecimal() and len(number) < 10]
    start = f"SELECT id FROM event WHERE current AND round {AMONG}"
    below = f"SELECT e.id FROM below b {BELOW} AND e.round IS NULL"
    if rounds:
        ids = f"WITH RECURSIVE below(id) AS ({start} UNION {below}) SELECT id FROM below"
        yield Sql(f"e.id IN ({ids})", (listed(numbers),))


BELOW = (
    "CROSS JOIN link l ON l.target = b.id AND l.field IN ('under', 'part_of', 'transfer')"
    " CROSS JOIN event e ON e.row = l.row AND e.current"
)
"""Joined to ids `b`: the events that are under them or part of them, themselves or with a hand-over."""


def _with_word(register: "Register", word: str) -> RowFilter:
    """Filter by a word, or by any name of those whose names have it."""
    entries = [(key, entry.name, *entry.aliases) for key, entry in register.parties.items()]
    entries += [(key, entry.name, *entry.aliases) for key, entry in register.persons.items()]
    folded = [[_fold(name) for name in names] for names in entries]
    named = _named(ANY_ROLE, {name for names in folded if any(word in other for other in names) for name in names})
    said = "instr((SELECT folded FROM words w WHERE w.row = e.row), ?) > 0"
    return RowFilter(
        Sql(f"SELECT row FROM words WHERE instr(folded, ?) > 0 UNION {named.rows.text}", (word, *named.rows.values)),
        Sql(f"({said} OR {named.test.text})", (word, *named.test.values)),
    )


def _words(text: str | None) -> list[str]:
    if text is None:
        return []
    from talkstrack.index.project import fold_words

    return fold_words(text).split()


def _fold(name: str) -> str:
    from talkstrack.model.names import fold

    return fold(name)


def _parties(register: "Register", name: str) -> Iterable[str]:
    return register.names_of_party(name)


def _persons(register: "Register", name: str) -> Iterable[str]:
    return register.names_of_person(name)


def _speakers(register: "Register", name: str) -> Iterable[str]:
    if register.party(name) is None and register.person(name) is not None:
        return register.names_of_person(name)
    return register.names_of_party(name)


def _sources(register: "Register", name: str) -> Iterable[str]:
    yield name
    asked = _fold(name)
    for key, source in register.sources.items():
        if asked in (key, _fold(source.url or ""), _fold(source.publisher or "")):
            yield key


NAMES: dict[str, Callable[["Register", str], Iterable[str]]] = {
    "party": _parties,
    "person": _persons,
    "speaker": _speakers,
    "source": _sources,
    "tag": lambda _, name: (_fold(name),),
}
"""How a value is understood: the names, as the index keeps them, of what it means."""
