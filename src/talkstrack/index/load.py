"""Take from an open index what every command needs: the errors, and how many events there are."""

import sqlite3

import msgspec

from talkstrack.errors import Problem
from talkstrack.index.facts import fact
from talkstrack.index.select import Store


def load_store(connection: sqlite3.Connection, shown: str) -> Store:
    """Return an open index as commands use it; `shown` is the ledger's name in messages."""
    problems: tuple[Problem, ...] = fact(connection, "problems", tuple[Problem, ...])
    total: int = fact(connection, "total", int)
    return Store(connection, tuple(msgspec.structs.replace(one, path=shown) for one in problems), total)
