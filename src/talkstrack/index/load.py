"""Take from an open index what every command needs: the errors, and how many events there are."""

import sqlite3

import msgspec

from talkstrack.errors import Problem
from talkstrack.index.schema import Damaged, get_meta
from talkstrack.index.select import Store


def load_store(connection: sqlite3.Connection, shown: str) -> Store:
    """Return an open index as commands use it; `shown` is the ledger's name in messages."""
    facts = get_meta(connection)
    try:
        problems = msgspec.json.decode(facts["problems"], type=tuple[Problem, ...])
        total = msgspec.json.decode(facts["total"], type=int)
    except (KeyError, msgspec.MsgspecError) as error:
        raise Damaged("a fact of the index is not there") from error
    return Store(connection, facts, tuple(msgspec.structs.replace(one, path=shown) for one in problems), total)
