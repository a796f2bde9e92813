"""Read only what was appended to a ledger, where that tells what the whole would say: does it bring an error in?"""

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from talkstrack.index import build
from talkstrack.index.build import Tail
from talkstrack.index.filters import AMONG
from talkstrack.index.fingerprint import DIGESTED, Fingerprint, digest
from talkstrack.index.links import rows_among
from talkstrack.index.rows import event_of
from talkstrack.index.schema import IndexDamaged, meta
from talkstrack.index.select import Index, read_register_of
from talkstrack.ledger.checking.check import event_faults, link_faults, register_faults
from talkstrack.ledger.checking.references import references_of
from talkstrack.ledger.reading.blocks import Block, cut
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.model.entries import KINDS, Source
from talkstrack.model.event import Event
from talkstrack.model.names import fold
from talkstrack.model.register import Register, read_register


class NeedsFullRead(Exception):
    """The end of the ledger alone does not tell what it says; the whole must be read."""


class Ending(NamedTuple):
    """What the last event and all that follows it say: the last block, the events, the register with what is new."""

    last: Block
    events: tuple[Event, ...]
    register: Register


def append(connection: sqlite3.Connection, content: bytes, old_size: int) -> None:
    """Take in what follows the old end of a ledger; raise NeedsFullRead where that is not enough.

    The last event is read again: what was appended may go on with it.
    """
    tail = _tail(connection)
    new = content[tail.offset :]
    ending = _read_ending(content[tail.offset : old_size], new, tail.line, read_register_of(connection))
    if not _links_fit(connection, ending):
        raise NeedsFullRead
    before = _event_in(connection, tail.line)
    build.forget(connection, before)
    build.insert(connection, ending.events)
    build.settle(connection, {before.id, *(event.id for event in ending.events)})
    offset = tail.offset + len(new.decode()[: ending.last.start].encode())
    build.write_facts(connection, ending.register, (), Tail(offset, ending.last.line))


def brings_no_error(index: Index, standing: LedgerBytes, added: bytes) -> bool:
    """Tell whether a ledger that is without error still is with these bytes; False also where only the whole tells.

    The index must have been opened while the ledger was locked: only a small one is held against its digest again.
    """

    def question(connection: sqlite3.Connection) -> bool:
        if standing.size <= DIGESTED:
            vouched: Fingerprint = meta(connection, "fingerprint", Fingerprint)
            if vouched.digest != digest(standing.whole):
                return False
        try:
            tail = _tail(connection)
            last = standing.part(tail.offset)
            ending = _read_ending(last, last + added, tail.line, read_register_of(connection))
        except NeedsFullRead:
            return False
        return _links_fit(connection, ending)

    return added.startswith((b"\n", b"\r")) and index.ask(question)


def _tail(connection: sqlite3.Connection) -> Tail:
    tail: Tail | None = meta(connection, "tail", Tail | None)
    if tail is None:
        raise NeedsFullRead
    return tail


def _read_ending(old: bytes, new: bytes, line: int, register: Register) -> Ending:
    """Read a ledger from its last event on, as it was and as it is to be; that event begins on this line."""
    try:
        before, after = old.decode(), new.decode()
    except UnicodeDecodeError:
        raise NeedsFullRead from None
    whole = cut(after, first_line=line)
    if "\0" in after or whole.header_faults or not whole.blocks or whole.blocks[0].kind != "event":
        raise NeedsFullRead
    extended = _extended(register, cut(before).header, whole.header)
    blocks = [block for block in whole.blocks if block.kind == "event"]
    return Ending(blocks[-1], tuple([_event(block, extended) for block in blocks]), extended)


def _event(block: Block, register: Register) -> Event:
    event = build.event_in(block)
    if event is None or any(event_faults(event, register)):
        raise NeedsFullRead
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
            raise NeedsFullRead
        before = old.get(name, {})
        added[name] = {key: entry for key, entry in table.items() if key not in before or before[key] != entry}
        if any(key in known[name] for key in added[name]) or not before.keys() <= table.keys():
            raise NeedsFullRead
    if not added:
        return register
    more, faults = read_register(added)
    names = [name for key, party in more.parties.items() for name in (key, party.name, *party.aliases)]
    names += [name for key, person in more.persons.items() for name in (key, person.name, *person.aliases)]
    if faults or any(map(register.meanings, [*more.sources, *map(fold, names)])):
        raise NeedsFullRead
    parties, persons = {**register.parties, **more.parties}, {**register.persons, **more.persons}
    sources = {**register.sources, **more.sources}
    kinds = {**register.kinds, **{key: kind for key, kind in more.kinds.items() if key not in KINDS}}
    if any(register_faults(Register(parties, persons, _reached(more.sources, sources), kinds))):
        raise NeedsFullRead
    return Register(parties, persons, sources, kinds, register.heading)


def _reached(new: Mapping[str, Source], sources: Mapping[str, Source]) -> dict[str, Source]:
    """Return these sources with all that they are based on: of a long register the rest has been checked."""
    reached = dict(new)
    waiting = list(new.values())
    while waiting:
        for key in waiting.pop().based_on:
            if key in sources and key not in reached:
                reached[key] = sources[key]
                waiting.append(sources[key])
    return reached


def _links_fit(connection: sqlite3.Connection, ending: Ending) -> bool:
    """Tell whether the links of the new events are without fault, given an index as it was before them.

    They are checked with those of the same ids, those that refer to them, and all that these refer to.
    """
    first_row = ending.events[0].line or 0
    subjects = [references_of(event, ending.register) for event in ending.events]
    ids = {_event_in(connection, first_row).id, *(card.id for card in subjects)}
    named = ids | {reference.event for card in subjects for reference in card.references}
    rows = rows_among(connection, f"SELECT row FROM event WHERE id {AMONG}", named)
    rows |= rows_among(connection, f"SELECT row FROM link WHERE target {AMONG}", ids)
    new = rows
    while new:
        targets = f"SELECT e.row FROM link l CROSS JOIN event e ON e.id = l.target WHERE l.row {AMONG}"
        new = rows_among(connection, targets, new) - rows
        rows |= new
    standing = [references_of(_event_in(connection, row), ending.register) for row in sorted(rows) if row < first_row]
    return not any(link_faults([*standing, *subjects], subjects))


def _event_in(connection: sqlite3.Connection, row: int) -> Event:
    found = connection.execute("SELECT json FROM event WHERE row = ?", (row,)).fetchone()
    if found is None:
        raise IndexDamaged("a row of the index is missing")
    return event_of(found[0])
