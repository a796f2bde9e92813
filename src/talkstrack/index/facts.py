"""Read what an index says of the whole ledger, one fact at a time: the register of a large one is long."""

import sqlite3
from typing import Any

import msgspec

from talkstrack.index.schema import Damaged, checksum

_ONE = "SELECT value, checksum FROM meta WHERE +key = ?"
"""Row by row, by the plus: a search in the tree of keys reads the long values it passes."""


def fact(connection: sqlite3.Connection, name: str, type_: Any) -> Any:
    """Return a fact as a value of this type; raise Damaged where it is not as written."""
    found = connection.execute(_ONE, (name,)).fetchone()
    if found is None or type(found[0]) is not bytes or checksum((name,), found[0]) != found[1]:
        raise Damaged(f"the index does not say its {name} as written")
    try:
        return msgspec.json.decode(found[0], type=type_)
    except msgspec.MsgspecError as error:
        raise Damaged(f"the index says its {name} in another way") from error
