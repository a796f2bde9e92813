"""Bring an index up to date with a ledger that something was appended to, where that can be told from the end alone."""

import sqlite3
from collections.abc import Mapping
from typing import Any

import msgspec

from talkstrack.index import build, store
from talkstrack.index.build import Tail
from talkstrack.index.entries import rows_of
from talkstrack.index.registered import load_register
from talkstrack.index.rows import event_in
from talkstrack.index.schema import get_meta
from talkstrack.ledger.blocks import cut
from talkstrack.ledger.checks.links import Card, card, link_faults
from talkstrack.ledger.checks.local import local_faults, register_faults
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import KINDS, Register, fold, read_register


class Unsure(Exception):
    """The end of the ledger alone does not tell what it says; the whole must be read."""


def append(connection: sqlite3.Connection, content: bytes, old_size: int, made_from: str) -> None:
    """Take in what follows the old end of a ledger; raise Unsure, with nothing changed, where that is not enough.

    `made_from` is the digest of the content. The last event is read again: what was appended may go on with it.
    """
    facts = get_meta(connection)
    tail = msgspec.json.decode(facts["tail"], type=Tail | None)
    if tail is None or facts["problems"] != b"[]":
        raise Unsure
    try:
        old = content[tail.offset : old_size].decode()
        new = content[tail.offset :].decode()
    except UnicodeDecodeError:
        raise Unsure from None
    if "\0" in new:
        raise Unsure
    whole = cut(new, first_line=tail.line)
    if whole.header_faults or not whole.blocks or whole.blocks[0].kind != "event":
        raise Unsure
    register = _extended(load_register(facts), cut(old).header, whole.header)
    blocks = [block for block in whole.blocks if block.kind == "event"]
    events = [_read(block.data, block.line, register) for block in blocks]
    connection.execute("SAVEPOINT append")
    try:
        before = event_in(connection, tail.line)
        _forget(connection, tail.line)
        store.insert(connection, rows_of(events, register))
        ids = {before.id, *(event.id for event in events)}
        _check_links(connection, ids, tail.line, register)
        store.settle(connection, ids)
        last = blocks[-1]
        offset = tail.offset + len(new[: last.start].encode())
        build.write_facts(connection, register, (), Tail(offset, last.line), made_from)
    except BaseException:
        connection.execute("ROLLBACK TO append")
        raise
    finally:
        connection.execute("RELEASE append")


def _read(table: dict[str, Any] | None, line: int, register: Register) -> Event:
    event, faults = read_event(table) if table is not None else (None, [])
    if event is None or faults:
        raise Unsure
    event = msgspec.structs.replace(event, line=line)
    if next(iter(local_faults(event, register)), None) is not None:
        raise Unsure
    return event


def _extended(register: Register, old: dict[str, Any], new: dict[str, Any]) -> Register:
    """Return the register with the entries that were appended; they must be wholly new, names and all."""
    added: dict[str, dict[str, Any]] = {}
    known: dict[str, Mapping[str, object]] = {
        "party": register.parties,
        "person": register.persons,
        "source": register.sources,
        "kind": register.kinds,
    }
    for name, table in new.items():
        if old.get(name) == table:
            continue
        if name not in known or not isinstance(table, dict) or not isinstance(old.get(name, {}), dict):
            raise Unsure
        before = old.get(name, {})
        added[name] = {key: one for key, one in table.items() if key not in before or before[key] != one}
        if any(key in known[name] for key in added[name]) or not before.keys() <= table.keys():
            raise Unsure
    if not added:
        return register
    more, faults = read_register(added)
    names = {*register.sources, *_names(register)}
    kinds = {key: one for key, one in more.kinds.items() if key not in KINDS}
    if faults or names.intersection((*more.sources, *_names(more))):
        raise Unsure
    whole = Register(
        {**register.parties, **more.parties},
        {**register.persons, **more.persons},
        {**register.sources, **more.sources},
        {**register.kinds, **kinds},
        register.heading,
    )
    if list(register_faults(whole)):
        raise Unsure
    return whole


def _names(register: Register) -> set[str]:
    found = {fold(name) for key, one in register.parties.items() for name in (key, one.name, *one.aliases)}
    found.update(fold(name) for key, one in register.persons.items() for name in (key, one.name, *one.aliases))
    return found


def _forget(connection: sqlite3.Connection, row: int) -> None:
    for table in ("event", "body", "words", "term", "link"):
        connection.execute(f"DELETE FROM {table} WHERE row = ?", (row,))


def _check_links(connection: sqlite3.Connection, ids: set[str], first_row: int, register: Register) -> None:
    """Check the new events with those of the same ids, those that refer to them, and all that these refer to."""
    rows: set[int] = set()
    for one in ids:
        rows.update(row for (row,) in connection.execute("SELECT row FROM event WHERE id = ?", (one,)))
        rows.update(row for (row,) in connection.execute("SELECT row FROM link WHERE target = ?", (one,)))
    new = set(rows)
    while new:
        reached: set[int] = set()
        for row in new:
            targets = "SELECT e.row FROM link l CROSS JOIN event e ON e.id = l.target WHERE l.row = ? ORDER BY e.row"
            reached.update(found for (found,) in connection.execute(targets, (row,)))
        new = reached - rows
        rows |= new
    cards: list[Card] = []
    subjects: list[Card] = []
    for row in sorted(rows):
        one_card = card(event_in(connection, row), register)
        cards.append(one_card)
        if row >= first_row:
            subjects.append(one_card)
    if next(iter(link_faults(cards, subjects)), None) is not None:
        raise Unsure
