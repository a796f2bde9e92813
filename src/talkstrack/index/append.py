"""Bring an index up to date with a ledger that something was appended to, where that can be told from the end alone."""

import sqlite3

from talkstrack.index import build, store
from talkstrack.index.build import Tail
from talkstrack.index.ending import Unsure, links_fit, read_ending
from talkstrack.index.entries import rows_of
from talkstrack.index.facts import fact
from talkstrack.index.registered import load_register
from talkstrack.index.rows import event_in


def append(connection: sqlite3.Connection, content: bytes, old_size: int, made_from: str) -> None:
    """Take in what follows the old end of a ledger; raise Unsure, with nothing changed, where that is not enough.

    `made_from` is the digest of the content. The last event is read again: what was appended may go on with it.
    """
    tail: Tail | None = fact(connection, "tail", Tail | None)
    if tail is None or fact(connection, "problems", list):
        raise Unsure
    old, new = content[tail.offset : old_size], content[tail.offset :]
    ending = read_ending(old, new, tail.line, load_register(connection))
    if not links_fit(connection, ending):
        raise Unsure
    connection.execute("SAVEPOINT append")
    try:
        before = event_in(connection, tail.line)
        store.forget(connection, rows_of((before,), ending.register))
        rows = rows_of(ending.events, ending.register)
        store.insert(connection, rows)
        store.insert_names(connection, rows.names)
        store.settle(connection, {before.id, *(event.id for event in ending.events)})
        last = ending.blocks[-1]
        offset = tail.offset + len(new.decode()[: last.start].encode())
        build.write_facts(connection, ending.register, (), Tail(offset, last.line), made_from)
    except BaseException:
        connection.execute("ROLLBACK TO append")
        raise
    finally:
        connection.execute("RELEASE append")
