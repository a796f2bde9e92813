"""Fill an empty index from a ledger's bytes."""

import sqlite3
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from talkstrack.errors import Problem
from talkstrack.index import store, stream
from talkstrack.index.entries import Rows, Term, rows_of
from talkstrack.index.limits import LIMITS, Limits
from talkstrack.index.schema import put_meta
from talkstrack.ledger.reading.read import read_text
from talkstrack.ledger.reading.source import decode
from talkstrack.model.dates.period import NEVER
from talkstrack.model.register import Register

Progress = Callable[[int, int], None]
"""Told how many bytes of how many have been read."""

_BATCH = 2000


class Tail(NamedTuple):
    """Where the last event block begins, from which an appended ledger is read again; its row is its line."""

    offset: int
    line: int


def fill(
    connection: sqlite3.Connection,
    content: bytes,
    made_from: str,
    shown: str,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> None:
    """Read a ledger of this digest into a new index; raise a LedgerError where the bytes are no ledger at all."""
    store.create(connection)
    connection.execute("BEGIN")
    if len(content) < limits.large or not _in_pieces(connection, content, made_from, progress, limits.piece):
        _whole(connection, content, made_from, shown)
    connection.execute("COMMIT")


def _whole(connection: sqlite3.Connection, content: bytes, made_from: str, shown: str) -> None:
    ledger = read_text(decode(content, shown), shown)
    waiting = iter(ledger.events)
    names: dict[Term, list[int]] = {}
    while batch := list(islice(waiting, _BATCH)):
        rows = rows_of(batch, ledger.register)
        store.insert(connection, rows)
        _gather(names, rows)
    store.finish(connection, names)
    tail = None
    if ledger.blocks and not ledger.errors:
        last = ledger.blocks[-1]
        tail = Tail(len(ledger.text[: last.start].encode()), last.line)
    write_facts(connection, ledger.register, ledger.errors, tail, made_from)


def _in_pieces(
    connection: sqlite3.Connection, content: bytes, made_from: str, progress: Progress | None, size: int
) -> bool:
    """Read a ledger piece by piece; on any fault take everything back and return False: the whole tells more."""
    try:
        reading = stream.Reading(content, size)
        names: dict[Term, list[int]] = {}
        for piece in reading.pieces():
            store.insert(connection, piece.rows)
            _gather(names, piece.rows)
            if progress is not None:
                progress(piece.end, len(content))
        wait = reading.links_fit()
        try:
            store.finish(connection, names)
        finally:
            fit = wait()
        if not fit:
            raise stream.Faulty
    except stream.Faulty:
        store.clear(connection)
        return False
    write_facts(connection, reading.register, (), Tail(*reading.tail), made_from)
    return True


def _gather(names: dict[Term, list[int]], rows: Rows) -> None:
    for name, found in rows.names.items():
        names.setdefault(name, []).extend(found)


def write_facts(
    connection: sqlite3.Connection,
    register: Register,
    problems: Iterable[Problem],
    tail: Tail | None,
    made_from: str,
) -> None:
    """Write what is not said event by event: the register, the errors, where to go on, the ledger's digest."""
    total = "SELECT count(*) FROM event WHERE until = ? AND NOT retracted"
    facts: dict[str, Any] = {
        "parties": register.parties,
        "persons": register.persons,
        "sources": register.sources,
        "kinds": register.kinds,
        "heading": register.heading,
        "problems": tuple(msgspec.structs.replace(one, path="") for one in problems),
        "tail": tail,
        "made_from": made_from,
        "total": connection.execute(total, (NEVER,)).fetchone()[0],
    }
    put_meta(connection, facts)
