"""Read rows of the index back, each held against its checksum."""

import contextlib
import gc
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from talkstrack.index.schema import COLUMNS, Damaged, checksum

if TYPE_CHECKING:
    from talkstrack.model.event import Event

PICKED = ", ".join(f"e.{name}" for name in COLUMNS) + ", b.json, b.checksum"
"""The columns that `sound` takes: those of `event`, the JSON and the checksum."""
BODY = "CROSS JOIN body b ON b.row = e.row"
"""Joined to `event e` for these columns; the events come first, in their order."""


@lru_cache(maxsize=1)
def _decoder() -> "msgspec.json.Decoder[Event]":
    from talkstrack.model.event import Event

    return msgspec.json.Decoder(Event)


def sound(found: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return rows as they are given; raise Damaged at one that is not what was written."""
    with _no_collecting():
        rows = list(found)
        for one in rows:
            if type(one[-2]) is not bytes or checksum(one[:-2], one[-2]) != one[-1]:
                raise Damaged("a row of the index is not as written")
    return rows


def events_of(bodies: Iterable[bytes]) -> "tuple[Event, ...]":
    """Decode events."""
    with _no_collecting():
        decode = _decoder().decode
        return tuple([decode(body) for body in bodies])


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep the garbage collector from walking many values while they are made: none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def event_in(connection: sqlite3.Connection, row: int) -> "Event":
    """Return the event of a row."""
    found = connection.execute(f"SELECT {PICKED} FROM event e {BODY} WHERE e.row = ?", (row,))
    rows = sound(found)
    if not rows:
        raise Damaged("a row of the index is missing")
    return _decoder().decode(rows[0][-2])
