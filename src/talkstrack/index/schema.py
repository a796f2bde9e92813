"""The tables of the index, and the checksum that tells a sound row from a damaged one."""

import sqlite3
import zlib
from collections.abc import Sequence
from typing import Any

import msgspec

VERSION = 3
"""Raised with every change of the tables or of what they hold."""

COLUMNS = (
    "row", "id", "revision", "kind", "status", "retracted", "earliest", "latest", "known", "until", "ord", "wide",
    "round", "title", "place",
)  # fmt: skip
"""The columns of `event`, all of them under the checksum of the row."""

RECEIVING = ("people", "bodies")
"""The roles of those who are handed something, by what it is."""

TO_ROLES = ("to", *RECEIVING)
"""The roles of those who are addressed, or handed something."""

NAME_ROLES = ("party", "person", "by", *TO_ROLES)
"""The roles under which a term is the name of somebody."""

WIDE_DAYS = 31
"""An event that may stretch over more days than these is found by another way than by its last day."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE event (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, revision INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
    retracted INTEGER NOT NULL, earliest INTEGER NOT NULL, latest INTEGER NOT NULL, known INTEGER NOT NULL,
    until INTEGER NOT NULL, ord INTEGER NOT NULL, wide INTEGER NOT NULL, round INTEGER, title TEXT NOT NULL,
    place TEXT
);
CREATE TABLE body (row INTEGER PRIMARY KEY, json BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE handing (
    row INTEGER PRIMARY KEY, people INTEGER NOT NULL, bodies INTEGER NOT NULL, tied INTEGER NOT NULL,
    json BLOB NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE words (row INTEGER PRIMARY KEY, folded TEXT NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, role TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (role, folded));
CREATE TABLE naming (name INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (name, row)) WITHOUT ROWID;
CREATE VIEW term AS SELECT n.role, n.folded AS name, g.row FROM name n JOIN naming g ON g.name = n.id;
CREATE TABLE link (
    target TEXT NOT NULL, field TEXT NOT NULL, row INTEGER NOT NULL, commitment TEXT NOT NULL
);
"""

INDEXES = """
CREATE INDEX IF NOT EXISTS event_id ON event (id, revision);
CREATE INDEX IF NOT EXISTS event_order ON event (earliest, latest, ord, kind, status, retracted, known, until, round);
CREATE INDEX IF NOT EXISTS event_latest ON event (wide, latest, earliest);
CREATE INDEX IF NOT EXISTS event_kind ON event (kind, wide, latest, earliest);
CREATE INDEX IF NOT EXISTS event_round ON event (round) WHERE round IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_place ON event (place) WHERE place IS NOT NULL;
CREATE INDEX IF NOT EXISTS handing_units ON handing (tied, people, bodies);
CREATE INDEX IF NOT EXISTS link_target ON link (target, field, row, commitment);
CREATE INDEX IF NOT EXISTS link_row ON link (row);
"""


_encode = msgspec.msgpack.Encoder().encode

NAMINGS = "name n CROSS JOIN naming t ON t.name = n.id"
"""The rows `t` under each name `n`: what the view `term` shows, with the names first."""


class Damaged(sqlite3.DatabaseError):
    """The index does not hold what was written into it."""


def checksum(keys: Sequence[Any], json: bytes) -> int:
    """Return the checksum of an event's columns and its JSON."""
    return zlib.crc32(json, zlib.crc32(_encode(keys)))


def put_meta(connection: sqlite3.Connection, values: dict[str, Any]) -> None:
    """Write facts about the whole index."""
    for key, value in values.items():
        found = msgspec.json.encode(value)
        connection.execute("REPLACE INTO meta VALUES (?, ?, ?)", (key, found, checksum((key,), found)))
