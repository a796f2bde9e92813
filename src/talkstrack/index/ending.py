"""Read the end of a ledger that something is appended to, where that tells what the whole would say."""

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from talkstrack.index.rows import event_in
from talkstrack.ledger.checking.check import event_faults, link_faults, register_faults
from talkstrack.ledger.checking.references import references_of
from talkstrack.ledger.reading.blocks import Block, cut
from talkstrack.model.entries import KINDS, Source
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import Register, fold, read_register


class Unsure(Exception):
    """The end of the ledger alone does not tell what it says; the whole must be read."""


class Ending(NamedTuple):
    """What the last event and all that follows it say: blocks of events, their events, the register with theirs."""

    blocks: tuple[Block, ...]
    events: tuple[Event, ...]
    register: Register


def read_ending(old: bytes, new: bytes, line: int, register: Register) -> Ending:
    """Read a ledger from its last event on, as it was and as it is to be; raise Unsure where that is not enough.

    `line` is the one that event begins on, `register` the one before. The event is read again: what was appended may
    go on with it.
    """
    try:
        before, after = old.decode(), new.decode()
    except UnicodeDecodeError:
        raise Unsure from None
    whole = cut(after, first_line=line)
    if "\0" in after or whole.header_faults or not whole.blocks or whole.blocks[0].kind != "event":
        raise Unsure
    extended = _extended(register, cut(before).header, whole.header)
    blocks = tuple(block for block in whole.blocks if block.kind == "event")
    return Ending(blocks, tuple(_event(block, extended) for block in blocks), extended)


def links_fit(connection: sqlite3.Connection, ending: Ending) -> bool:
    """Tell whether the links of the new events are without fault, given an index as it was before them.

    They are checked with those of the same ids, those that refer to them, and all that these refer to.
    """
    first_row = ending.events[0].line or 0
    before = event_in(connection, first_row)
    subjects = [references_of(event, ending.register) for event in ending.events]
    ids = {before.id, *(one.id for one in subjects)}
    rows: set[int] = set()
    for one in ids | {reference.event for subject in subjects for reference in subject.references}:
        rows.update(row for (row,) in connection.execute("SELECT row FROM event WHERE id = ?", (one,)))
    for one in ids:
        rows.update(row for (row,) in connection.execute("SELECT row FROM link WHERE target = ?", (one,)))
    new = set(rows)
    while new:
        reached: set[int] = set()
        for row in new:
            named = "SELECT e.row FROM link l CROSS JOIN event e ON e.id = l.target WHERE l.row = ?"
            reached.update(found for (found,) in connection.execute(named, (row,)))
        new = reached - rows
        rows |= new
    standing = [references_of(event_in(connection, row), ending.register) for row in sorted(rows) if row < first_row]
    return next(iter(link_faults([*standing, *subjects], subjects)), None) is None


def _event(block: Block, register: Register) -> Event:
    event, faults = read_event(block.data) if block.data is not None else (None, [])
    if event is None or faults:
        raise Unsure
    event = msgspec.structs.replace(event, line=block.line)
    if next(iter(event_faults(event, register)), None) is not None:
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
    names = _names(register)
    if faults or any(one in names or one in register.sources for one in (*more.sources, *_names(more))):
        raise Unsure
    parties, persons = {**register.parties, **more.parties}, {**register.persons, **more.persons}
    sources = {**register.sources, **more.sources}
    kinds = {**register.kinds, **{key: one for key, one in more.kinds.items() if key not in KINDS}}
    if list(register_faults(Register(parties, persons, _reached(more.sources, sources), kinds))):
        raise Unsure
    return Register(parties, persons, sources, kinds, register.heading)


def _reached(new: Mapping[str, Source], sources: Mapping[str, Source]) -> dict[str, Source]:
    """Return these sources with all that they are based on: of a long register the rest has been checked."""
    found = dict(new)
    waiting = list(new.values())
    while waiting:
        for key in waiting.pop().based_on:
            if key in sources and key not in found:
                found[key] = sources[key]
                waiting.append(sources[key])
    return found


def _names(register: Register) -> set[str]:
    found = {fold(name) for key, one in register.parties.items() for name in (key, one.name, *one.aliases)}
    found.update(fold(name) for key, one in register.persons.items() for name in (key, one.name, *one.aliases))
    return found
