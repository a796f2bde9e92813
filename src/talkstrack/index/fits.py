"""Tell whether what is to be appended to a ledger brings no error into it, from the index alone: a large ledger is
not read again for that."""

import sqlite3

import msgspec

from talkstrack.index.append import Unsure, _extended, _read
from talkstrack.index.build import Tail
from talkstrack.index.entries import rows_of
from talkstrack.index.limits import LIMITS
from talkstrack.index.registered import load_register
from talkstrack.index.rows import event_in
from talkstrack.index.schema import get_meta
from talkstrack.index.select import Index, Store
from talkstrack.index.stamp import digest
from talkstrack.ledger.blocks import cut
from talkstrack.ledger.checks.links import Card, card, link_faults
from talkstrack.model.event import Event
from talkstrack.model.register import Register


def fits(index: Index, old: bytes, added: bytes) -> bool:
    """Tell whether a ledger that is without error still is with these bytes; False also where only the whole tells.

    The index must have been opened while the ledger was locked: only a small one is held against its digest again.
    """
    return index._ask(lambda store: _fits(store, old, added))


def _fits(store: Store, old: bytes, added: bytes) -> bool:
    facts = get_meta(store.connection)
    tail = msgspec.json.decode(facts["tail"], type=Tail | None)
    made_from = msgspec.json.decode(facts["made_from"], type=str)
    if tail is None or facts["problems"] != b"[]" or not added.startswith((b"\n", b"\r")):
        return False
    if len(old) <= LIMITS.digested and made_from != digest(old):
        return False
    try:
        last, new = old[tail.offset :].decode(), (old[tail.offset :] + added).decode()
    except UnicodeDecodeError:
        return False
    whole = cut(new, first_line=tail.line)
    events = [block for block in whole.blocks if block.kind == "event"]
    if "\0" in new or whole.header_faults or not events or whole.blocks[0].kind != "event":
        return False
    try:
        register = _extended(load_register(facts), cut(last).header, whole.header)
        found = [_read(block.data, block.line, register) for block in events]
    except Unsure:
        return False
    return _links_fit(store.connection, found, tail.line, register)


def _links_fit(connection: sqlite3.Connection, found: list[Event], first_row: int, register: Register) -> bool:
    """Check the new events with those of the same ids, those that refer to them, and all that these refer to."""
    before = event_in(connection, first_row)
    ids = {before.id, *(event.id for event in found)}
    targets = {target for target, *_ in rows_of(found, register).link}
    rows: set[int] = set()
    for one in ids | targets:
        rows.update(row for (row,) in connection.execute("SELECT row FROM event WHERE id = ?", (one,)))
    for one in ids:
        rows.update(row for (row,) in connection.execute("SELECT row FROM link WHERE target = ?", (one,)))
    new = set(rows)
    while new:
        reached: set[int] = set()
        for row in new:
            named = "SELECT e.row FROM link l CROSS JOIN event e ON e.id = l.target WHERE l.row = ?"
            reached.update(one for (one,) in connection.execute(named, (row,)))
        new = reached - rows
        rows |= new
    standing = [event_in(connection, row) for row in sorted(rows) if row < first_row]
    cards: list[Card] = [card(event, register) for event in standing]
    subjects = [card(event, register) for event in found]
    return next(iter(link_faults([*cards, *subjects], subjects)), None) is None
