"""What belongs to an agreement, a commitment or a whole, at any depth, seen from the links in the index."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from talkstrack.index.rows import event_in

if TYPE_CHECKING:
    from talkstrack.model.event import Event
    from talkstrack.model.facets import Transfer
    from talkstrack.model.register import Register

AT_ONCE = 400
"""As many values are put into one statement; SQLite allows 500 pieces of a compound, and more values."""

_Value = TypeVar("_Value")

VISIBLE = "{0}.known <= ? AND {0}.until > ? AND NOT {0}.retracted"
"""A row that holds on the day given twice: known, not yet replaced, not withdrawn."""

BELOW = (
    "WITH RECURSIVE below(id) AS ({0} UNION SELECT e.id FROM below b CROSS JOIN link l ON l.target = b.id"
    " AND l.field IN ('under', 'part_of', 'transfer') CROSS JOIN event e ON e.row = l.row AND "
    + VISIBLE.format("e")
    + "{1}) SELECT f.row FROM below CROSS JOIN event f ON f.id = below.id"
)
"""The rows of some events and of all below them: what is under them or part of them, itself or by a hand-over."""


def seeds(connection: sqlite3.Connection, register: "Register", targets: Iterable[str], day: int) -> frozenset[str]:
    """Return the events from which everything under these targets is reached.

    For an event that is itself; for one of its commitments what is tied to that, or to the event as a whole with a
    hand-over that only this commitment fits.
    """
    found: set[str] = set()
    for target in targets:
        event, slash, commitment = target.partition("/")
        found.update(_serving(connection, register, event, commitment, day) if slash else (event,))
    return frozenset(found)


def _serving(
    connection: sqlite3.Connection, register: "Register", agreement: str, commitment: str, day: int
) -> Iterator[str]:
    held = next(_visible(connection, "e.id = ?", (agreement,), day), None)
    tied = "e.row IN (SELECT row FROM link WHERE target = ? AND field IN ('under', 'transfer'))"
    waiting = list(_visible(connection, tied, (agreement,), day))
    seen = {event.id for event in waiting}
    while waiting:
        event = waiting.pop()
        links = [event.under, *(row.under for row in event.transfer)]
        if f"{agreement}/{commitment}" in links or (held is not None and _feeds(register, held, event, commitment)):
            yield event.id
        if event.under == agreement or event.under is None:
            part = "e.row IN (SELECT row FROM link WHERE target = ? AND field = 'part_of')"
            for below in _visible(connection, part, (event.id,), day):
                if below.under is None and below.id not in seen:
                    seen.add(below.id)
                    waiting.append(below)


def _visible(connection: sqlite3.Connection, where: str, values: tuple[str, ...], day: int) -> "Iterator[Event]":
    found = f"SELECT e.row FROM event e WHERE {where} AND {VISIBLE.format('e')}"
    for (row,) in connection.execute(found, (*values, day, day)).fetchall():
        yield event_in(connection, row)


def _feeds(register: "Register", agreement: "Event", event: "Event", commitment: str) -> bool:
    return any(
        _fitting(register, agreement, event, row) == {commitment}
        for row in event.transfer
        if (event.under if row.under is None else row.under) in (None, agreement.id)
    )


def _fitting(register: "Register", agreement: "Event", event: "Event", row: "Transfer") -> set[str]:
    from talkstrack.rules.directions import unit_of
    from talkstrack.rules.scope import fitting, promises_of

    unit = unit_of(register, event.kind, row)
    return set(fitting(promises_of(register, agreement), unit, register.side(row.to)))


_UP = "SELECT DISTINCT target FROM link WHERE row IN ({})"
_IDS = "SELECT id FROM event WHERE row IN ({})"
_POINTING = "SELECT e.row FROM link l CROSS JOIN event e ON e.row = l.row WHERE l.target IN ({}) AND "
_POINTING += VISIBLE.format("e")
_NAMED = "SELECT e.row FROM event e WHERE e.id IN ({}) AND " + VISIBLE.format("e")


def around(connection: sqlite3.Connection, ids: Iterable[str], day: int, *, below: bool) -> list[int]:
    """Return the rows of these events, of what points to them, and of all they refer to at any depth.

    With `below` also of everything that points to any of these, at any depth, and of all that this refers to.
    """
    chosen = tuple(sorted(set(ids)))
    rows = set(_rows(connection, _NAMED, chosen, day))
    names = set(chosen)
    _go_up(connection, rows, names, rows, day)
    if not below:
        rows.update(_rows(connection, _POINTING, chosen, day))
        return sorted(rows)
    pointing: set[int] = set()
    asked, reached = set(names), set(names)
    while reached:
        new = set(_rows(connection, _POINTING, sorted(reached), day)) - pointing
        pointing |= new
        reached = {one for part in _slices(new) for (one,) in connection.execute(_IDS.format(_list(part)))} - asked
        asked |= reached
    rows |= pointing
    _go_up(connection, pointing, names, rows, day)
    return sorted(rows)


def _go_up(connection: sqlite3.Connection, new: set[int], names: set[str], rows: set[int], day: int) -> None:
    """Add to the rows what the new ones refer to, at any depth, and to the names what they name on the way."""
    while new:
        targets = {one for part in _slices(new) for (one,) in connection.execute(_UP.format(_list(part)))} - names
        names |= targets
        new = set(_rows(connection, _NAMED, sorted(targets), day)) - rows
        rows |= new


def _rows(connection: sqlite3.Connection, sql: str, names: Iterable[str], day: int) -> Iterator[int]:
    for part in _slices(names):
        marks = ", ".join("?" * len(part))
        yield from (row for (row,) in connection.execute(sql.format(marks), (*part, day, day)))


def _slices(values: Iterable[_Value]) -> Iterator[tuple[_Value, ...]]:
    waiting = iter(values)
    while part := tuple(islice(waiting, AT_ONCE)):
        yield part


def _list(rows: Iterable[int]) -> str:
    return ", ".join(map(str, rows))
