"""Fill an empty index from a ledger's text, block by block, so that a long ledger is never held as events."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

import msgspec

from talkstrack.errors import Problem
from talkstrack.index.project import Term, rows_of
from talkstrack.index.rows import event_of, no_collecting
from talkstrack.index.schema import INDEXES, TABLES, put_meta
from talkstrack.ledger.checking.check import event_faults, link_faults, register_faults
from talkstrack.ledger.checking.references import references_of
from talkstrack.ledger.reading.blocks import Block, blocks, gathered
from talkstrack.ledger.reading.read import must_be_ledger, read_text
from talkstrack.model.dates.period import Day
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import Register, read_register
from talkstrack.rules.known import current_revisions

Progress = Callable[[int, int], None]
"""Told how many bytes of how many have been read."""

_BATCH = 2000
_PIECE = 1 << 20


class Tail(NamedTuple):
    """Where the last event block begins, from which an appended ledger is read again; its row is its line."""

    offset: int
    line: int


class _Faulty(Exception):
    """There is a fault in the ledger: it is read as a whole, so that every fault is told."""


def fill(connection: sqlite3.Connection, text: str, shown: str, progress: Progress | None = None) -> None:
    """Read a ledger into a new index; raise a LedgerError where the text is no ledger at all."""
    try:
        with transaction(connection), no_collecting():
            make(connection, TABLES)
            register, tail = _read(connection, text, shown, progress)
            finish(connection)
            write_facts(connection, register, (), tail)
    except _Faulty:
        ledger = read_text(text, shown)
        with transaction(connection):
            make(connection, TABLES)
            insert(connection, ledger.events)
            finish(connection)
            write_facts(connection, ledger.register, ledger.errors, None)


def _read(
    connection: sqlite3.Connection, text: str, shown: str, progress: Progress | None
) -> tuple[Register, Tail | None]:
    headers: list[Block] = []
    tail: tuple[int, int] | None = None

    def events() -> Iterator[Event]:
        nonlocal tail
        for block in blocks(text):
            headers.extend([block] if block.kind == "header" else block.within)
            if block.kind == "header":
                continue
            event = event_in(block)
            if event is None:
                raise _Faulty
            tail = block.start, block.line
            if progress is not None:
                progress(block.end, len(text))
            yield event

    insert(connection, events())
    whole = gathered("", tuple(headers))
    must_be_ledger(whole, shown)
    register, faults = read_register(whole.header)
    if whole.header_faults or faults or not _is_faultless(connection, register):
        raise _Faulty
    return register, tail and Tail(_bytes_before(text, tail[0]), tail[1])


def event_in(block: Block) -> Event | None:
    """Return the event a block tells; None where it has a fault by itself."""
    event, faults = read_event(block.data, block.line) if block.data is not None else (None, [])
    return None if faults else event


def _bytes_before(text: str, end: int) -> int:
    """Return how many bytes a text has up to a character, without a copy of all of it."""
    return sum(len(text[start : min(start + _PIECE, end)].encode()) for start in range(0, end, _PIECE))


def _is_faultless(connection: sqlite3.Connection, register: Register) -> bool:
    """Whether nothing is wrong with the register, nor with any event by itself or with others."""
    if any(register_faults(register)):
        return False
    cards = []
    repeated = "SELECT id, max(revision) FROM event GROUP BY id HAVING count(*) > 1"
    newest = dict(connection.execute(repeated).fetchall())
    for (json,) in connection.execute("SELECT json FROM event ORDER BY row"):
        event = event_of(json)
        is_newest = event.revision == newest.get(event.id, event.revision)
        if is_newest and any(event_faults(event, register)):
            return False
        cards.append(references_of(event, register))
    return not any(link_faults(cards))


def replay(revisions: Iterable[Event], register: Register, day: Day) -> sqlite3.Connection:
    """Return an index in memory of a ledger as it was known on a day."""
    events = current_revisions(revisions, register, day)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with transaction(connection), no_collecting():
        make(connection, TABLES)
        insert(connection, events)
        places = [(place, event.line) for place, event in enumerate(events)]
        connection.executemany("UPDATE event SET current = 1, first_row = ? WHERE row = ?", places)
        make(connection, INDEXES)
        write_facts(connection, register, (), None)
    return connection


def make(connection: sqlite3.Connection, schema: str) -> None:
    """Make tables, or what questions on them are answered from."""
    for statement in schema.strip().split(";\n"):
        connection.execute(statement)


def insert(connection: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Write events into their tables, and the rows of each name."""
    waiting = iter(events)
    names: dict[Term, list[int]] = {}
    while batch := list(islice(waiting, _BATCH)):
        rows = rows_of(batch)
        for table, values in (("event", rows.event), ("words", rows.words), ("link", rows.link)):
            if values:
                marks = ", ".join("?" * len(values[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        for term, numbers in rows.names.items():
            names.setdefault(term, []).extend(numbers)
    ordered = sorted(names)
    connection.executemany("INSERT OR IGNORE INTO name (role, folded, kind, what) VALUES (?, ?, ?, ?)", ordered)
    encode = msgspec.json.Encoder().encode
    rows_of_name = "SELECT n.id, j.value FROM name n, json_each(?) j WHERE (role, folded, kind, what) = (?, ?, ?, ?)"
    connection.executemany(
        f"INSERT INTO naming {rows_of_name}", ((encode(names[term]).decode(), *term) for term in ordered)
    )


def forget(connection: sqlite3.Connection, event: Event) -> None:
    """Take the rows of an event out of the tables."""
    for table in ("event", "words", "link"):
        connection.execute(f"DELETE FROM {table} WHERE row = ?", (event.line,))
    number = "SELECT id FROM name WHERE (role, folded, kind, what) = (?, ?, ?, ?)"
    terms = [(*term, event.line) for term in rows_of((event,)).names]
    connection.executemany(f"DELETE FROM naming WHERE name = ({number}) AND row = ?", terms)


def finish(connection: sqlite3.Connection) -> None:
    """Settle which revisions are current, and make the indexes."""
    repeated = connection.execute("SELECT id FROM event GROUP BY id HAVING count(*) > 1").fetchall()
    settle(connection, [event_id for (event_id,) in repeated])
    make(connection, INDEXES)


def settle(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Ask the rule which revision of each of these events is current."""
    for event_id in ids:
        rows = connection.execute("SELECT row, json FROM event WHERE id = ? ORDER BY row", (event_id,)).fetchall()
        current = {event.line for event in current_revisions([event_of(json) for _, json in rows], Register())}
        connection.executemany(
            "UPDATE event SET current = ?, first_row = ? WHERE row = ?",
            [(int(row in current), rows[0][0], row) for row, _ in rows],
        )


def write_facts(
    connection: sqlite3.Connection, register: Register, problems: Iterable[Problem], tail: Tail | None
) -> None:
    """Write what is not said event by event."""
    rows, total = connection.execute("SELECT count(*), total(current) FROM event").fetchone()
    put_meta(
        connection,
        parties=register.parties,
        persons=register.persons,
        sources=register.sources,
        kinds=register.kinds,
        heading=register.heading,
        problems=tuple(msgspec.structs.replace(problem, path="") for problem in problems),
        tail=tail,
        rows=rows,
        total=int(total),
    )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all that is written within, or nothing."""
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
