"""Write events into the tables of an index, many at once, and settle what depends on their neighbours."""

import sqlite3
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from talkstrack.index.days import NEVER
from talkstrack.index.entries import Rows, Term
from talkstrack.index.schema import COLUMNS, INDEXES, TABLES, checksum

WRITTEN = ("event", "body", "handing", "words", "link")
"""The tables that are written row by row."""

_NUMBER = "SELECT id FROM name WHERE role = ? AND folded = ?"
_EVENT = f"INSERT INTO event VALUES ({', '.join('?' * len(COLUMNS))})"
_KNOWN, _UNTIL, _ORD = (COLUMNS.index(name) for name in ("known", "until", "ord"))


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of a new index, set for speed: it is thrown away when anything goes wrong."""
    connection.execute("PRAGMA page_size = 8192")
    for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -16000"):
        connection.execute(f"PRAGMA {setting}")
    connection.executescript(TABLES)


def insert(connection: sqlite3.Connection, rows: Rows) -> None:
    """Write rows into their tables, all but the names."""
    for table in WRITTEN:
        found: list[tuple[Any, ...]] = getattr(rows, table)
        if found:
            marks = ", ".join("?" * len(found[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found)


def insert_names(connection: sqlite3.Connection, names: Mapping[Term, Iterable[int]]) -> None:
    """Write the rows of each name; a name that is new gets a number."""
    connection.executemany("INSERT OR IGNORE INTO name (role, folded) VALUES (?, ?)", sorted(names))
    numbers = {name: connection.execute(_NUMBER, name).fetchone()[0] for name in names}
    namings = ((number, row) for name, number in sorted(numbers.items(), key=itemgetter(1)) for row in names[name])
    connection.executemany("INSERT INTO naming VALUES (?, ?)", namings)


def forget(connection: sqlite3.Connection, rows: Rows) -> None:
    """Take these rows out of their tables."""
    found = [(row,) for row, *_ in rows.event]
    for table in WRITTEN:
        connection.executemany(f"DELETE FROM {table} WHERE row = ?", found)
    namings = [(*name, row) for name, several in rows.names.items() for row in several]
    connection.executemany(f"DELETE FROM naming WHERE name = ({_NUMBER}) AND row = ?", namings)


def clear(connection: sqlite3.Connection) -> None:
    """Take everything out of the tables."""
    for table in (*WRITTEN, "naming", "name"):
        connection.execute(f"DELETE FROM {table}")


def finish(connection: sqlite3.Connection, names: Mapping[Term, Iterable[int]]) -> None:
    """Write the names of a new index, make its indexes and settle the revisions."""
    insert_names(connection, names)
    for statement in INDEXES.strip().split(";\n"):
        connection.execute(statement)
    repeated = "SELECT id FROM event GROUP BY id HAVING count(*) > 1"
    settle(connection, [one for (one,) in connection.execute(repeated)])


def settle(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Set for each revision of these events the place of the first, and when a later one is known."""
    for one in ids:
        found = "SELECT * FROM event WHERE id = ? ORDER BY revision, row DESC"
        revisions = [list(columns) for columns in connection.execute(found, (one,))]
        first = min(columns[0] for columns in revisions)
        until = NEVER
        for columns in reversed(revisions):
            before = columns[_UNTIL], columns[_ORD]
            columns[_UNTIL], columns[_ORD] = until, first
            until = min(until, columns[_KNOWN])
            if before != (columns[_UNTIL], first):
                _replace(connection, columns)


def _replace(connection: sqlite3.Connection, columns: list[Any]) -> None:
    connection.execute(_EVENT.replace("INSERT", "REPLACE"), columns)
    (json,) = connection.execute("SELECT json FROM body WHERE row = ?", (columns[0],)).fetchone()
    connection.execute("UPDATE body SET checksum = ? WHERE row = ?", (checksum(columns, json), columns[0]))
