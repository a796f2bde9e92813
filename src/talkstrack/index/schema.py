"""The tables of the index."""

import sqlite3
from typing import Any

import msgspec

VERSION = 4
"""Raised with every change of the tables or of what they hold."""
PAGE_SIZE = 8192

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE event (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, revision INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
    current INTEGER NOT NULL, earliest INTEGER NOT NULL, latest INTEGER NOT NULL, first_row INTEGER NOT NULL,
    round INTEGER, place TEXT, json BLOB NOT NULL
);
CREATE TABLE words (row INTEGER PRIMARY KEY, folded TEXT NOT NULL);
CREATE TABLE name (
    id INTEGER PRIMARY KEY, role TEXT NOT NULL, folded TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL,
    UNIQUE (role, folded, kind, what)
);
CREATE TABLE naming (name INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (name, row)) WITHOUT ROWID;
CREATE VIEW term AS SELECT n.role, n.folded AS name, g.row FROM name n JOIN naming g ON g.name = n.id;
CREATE TABLE link (target TEXT NOT NULL, field TEXT NOT NULL, row INTEGER NOT NULL, commitment TEXT NOT NULL);
"""

INDEXES = """
CREATE INDEX event_order ON event (earliest, latest, first_row, kind, status, round, place) WHERE current;
CREATE INDEX event_id ON event (id);
CREATE INDEX link_target ON link (target, row, field);
CREATE INDEX link_row ON link (row, target);
"""

ORDER = ("earliest", "latest", "first_row")
"""The columns that the events of a ledger are ordered by."""


class IndexDamaged(sqlite3.DatabaseError):
    """The index does not hold what was written into it."""


def put_meta(connection: sqlite3.Connection, **values: Any) -> None:
    """Write facts about the whole index."""
    rows = [(key, msgspec.json.encode(value).decode()) for key, value in values.items()]
    connection.executemany("REPLACE INTO meta VALUES (?, ?)", rows)


def meta(connection: sqlite3.Connection, key: str, type_: Any) -> Any:
    """Return a fact as a value of this type; raise IndexDamaged where the index does not say it so."""
    row = connection.execute("SELECT value FROM meta WHERE +key = ?", (key,)).fetchone()  # past no long values
    try:
        return msgspec.json.decode(row[0], type=type_)
    except (TypeError, msgspec.MsgspecError) as error:
        raise IndexDamaged(f"the index does not say its {key}") from error
