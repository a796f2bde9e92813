"""The filters of a query as SQL, in this one place: from what `Query` says of each, and for a few by hand."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from talkstrack.model.dates.period import EVER, Span
from talkstrack.model.query import ANY_ROLE, FILTERS, Filter, Query, span_of

if TYPE_CHECKING:
    from talkstrack.model.register import Register

Registered = Callable[[], "Register"]
"""Gives the register where a filter needs it: names are resolved by it."""
Under = Callable[[tuple[str, ...]], Iterable[int]]
"""Gives the rows of all that belongs to one of these scopes, as the rules tell."""

Value = str | int


class Sql(NamedTuple):
    """A piece of SQL with the values of its question marks."""

    text: str
    values: tuple[Value, ...] = ()


def listed(values: Iterable[Value]) -> str:
    """Return values for SQL's `json_each(?)`, which takes any number of them."""
    return msgspec.json.encode(tuple(values)).decode()


AMONG = "IN (SELECT value FROM json_each(?))"
"""What a column is tested by against such a list."""


def statement(query: Query, register: Registered, under: Under) -> Sql:
    """Return what follows SELECT ... FROM: the events `e` a query selects, in their order, with `last` backwards.

    All are walked along the index of their order, which holds what most filters ask.
    """
    tests = [Sql("e.current"), *_span_tests(span_of(query)), *_rounds(query.round)]
    for name, filter_ in FILTERS.items():
        values = getattr(query, name)
        if filter_.column and values:
            tests.append(_column_test(filter_, values))
        elif filter_.roles and values:
            names = {folded for value in values for folded in NAMES[filter_.names](register(), value)}
            tests.append(_row_test(_named(filter_.roles, names)))
    if query.under:
        tests.append(Sql(f"e.row {AMONG}", (listed(under(query.under)),)))
    tests += [_word_test(register(), word) for word in _words(query.text)]
    backward = "" if query.last is None else " DESC"
    order = ", ".join(f"e.{column}{backward}" for column in ("earliest", "latest", "first_row"))
    where = " AND ".join(test.text for test in tests)
    values = tuple(value for test in tests for value in test.values)
    found = Sql(f"event e WHERE {where} ORDER BY {order}", values)
    return found if query.last is None else Sql(f"{found.text} LIMIT ?", (*values, max(query.last, 0)))


def _span_tests(span: Span) -> Iterator[Sql]:
    if span != EVER:
        yield Sql("e.latest >= ? AND e.earliest <= ?", tuple(span))


def _column_test(filter_: Filter, values: tuple[str, ...]) -> Sql:
    if filter_.test == "equal":
        return Sql(f"e.{filter_.column} {AMONG}", (listed(values),))
    texts = tuple(_fold(value) for value in values)
    return Sql("(" + " OR ".join(f"instr(e.{filter_.column}, ?) > 0" for _ in texts) + ")", texts)


def _row_test(rows: Sql) -> Sql:
    return Sql(f"e.row IN ({rows.text})", rows.values)


def _named(roles: Iterable[str], names: Iterable[str]) -> Sql:
    """Return the rows in which one of these names stands in one of these roles."""
    values = (listed(roles), listed(sorted(names)))
    naming = "name n CROSS JOIN naming t ON t.name = n.id"
    return Sql(f"SELECT t.row FROM {naming} WHERE n.role {AMONG} AND n.folded {AMONG}", values)


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


def _word_test(register: "Register", word: str) -> Sql:
    """Test for a word, or for any name of those whose names have it."""
    entries = [(key, entry.name, *entry.aliases) for key, entry in register.parties.items()]
    entries += [(key, entry.name, *entry.aliases) for key, entry in register.persons.items()]
    folded = [[_fold(name) for name in names] for names in entries]
    names = _named(ANY_ROLE, {name for names in folded if any(word in other for other in names) for name in names})
    rows = Sql(f"SELECT row FROM words WHERE instr(folded, ?) > 0 UNION {names.text}", (word, *names.values))
    return _row_test(rows)


def _words(text: str | None) -> list[str]:
    if text is None:
        return []
    from talkstrack.index.project import fold_words

    return fold_words(text).split()


def _fold(name: str) -> str:
    from talkstrack.model.register import fold

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
