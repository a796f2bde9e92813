"""Follow the links between events, at any depth: they narrow what a rule has to look at, and decide nothing."""

import sqlite3
from collections.abc import Iterable

from talkstrack.index.filters import AMONG, BELOW, listed

_NAMED = f"SELECT e.row FROM event e WHERE e.current AND e.id {AMONG}"
_POINTING = f"SELECT e.row FROM link l CROSS JOIN event e ON e.row = l.row WHERE e.current AND l.target {AMONG}"
_ABOVE = f"SELECT DISTINCT e.row FROM link l CROSS JOIN event e ON e.id = l.target WHERE e.current AND l.row {AMONG}"


def rows_among(connection: sqlite3.Connection, question: str, values: Iterable[str | int]) -> set[int]:
    """Return the rows that a question about these values comes to."""
    return {row for (row,) in connection.execute(question, (listed(values),))}


def _with_above(connection: sqlite3.Connection, rows: set[int]) -> set[int]:
    """Return these rows with those of all they refer to, at any depth."""
    reached, new = set(rows), rows
    while new:
        new = rows_among(connection, _ABOVE, new) - reached
        reached |= new
    return reached


def rows_below(connection: sqlite3.Connection, ids: Iterable[str]) -> set[int]:
    """Return the rows of these events and of all that may be below them, with all that these refer to."""
    below = f"SELECT value FROM json_each(?) UNION SELECT e.id FROM below b {BELOW}"
    rows_of_below = "SELECT e.row FROM below b JOIN event e ON e.id = b.id AND e.current"
    question = f"WITH RECURSIVE below(id) AS ({below}) {rows_of_below}"
    return _with_above(connection, rows_among(connection, question, ids))


def rows_around(connection: sqlite3.Connection, ids: Iterable[str], *, below: bool) -> set[int]:
    """Return the rows of these events, of what points to them, and of all they refer to at any depth.

    With `below` also of everything that points to any of these, at any depth, and of all that this refers to.
    """
    rows = _with_above(connection, rows_among(connection, _NAMED, ids))
    if not below:
        return rows | rows_among(connection, _POINTING, ids)
    reached = rows
    while reached:
        ids_of_rows = connection.execute(f"SELECT id FROM event WHERE row {AMONG}", (listed(reached),))
        reached = rows_among(connection, _POINTING, [event_id for (event_id,) in ids_of_rows]) - rows
        rows |= reached
    return _with_above(connection, rows)


def rows_parted(connection: sqlite3.Connection) -> set[int]:
    """Return the rows of the events that are part of others, and of those others."""
    held = "SELECT e.row FROM link l CROSS JOIN event e ON {} AND e.current WHERE l.field = 'part_of'"
    question = f"{held.format('e.row = l.row')} UNION {held.format('e.id = l.target')}"
    return {row for (row,) in connection.execute(question)}
