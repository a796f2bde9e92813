"""Write events into the tables of an index, many at once, and settle what depends on their neighbours."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from talkstrack.index.entries import Rows, Term
from talkstrack.index.schema import COLUMNS, INDEXES, TABLES, checksum
from talkstrack.model.dates.period import NEVER

_encode = msgspec.json.Encoder().encode

WRITTEN = ("event", "body", "handing", "words", "link")
"""The tables that are written row by row."""

_NUMBER = "SELECT id FROM name WHERE role = ? AND folded = ?"
_NAMINGS = f"INSERT INTO naming SELECT ({_NUMBER}), value FROM json_each(?)"
"""All rows of a name at once, as a list in JSON: three times as fast as row by row."""
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
    """Write the rows of each name; a name that is new gets a number, in their order."""
    ordered = sorted(names)
    connection.executemany("INSERT OR IGNORE INTO name (role, folded) VALUES (?, ?)", ordered)
    connection.executemany(_NAMINGS, ((*name, _encode(names[name]).decode()) for name in ordered))


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
