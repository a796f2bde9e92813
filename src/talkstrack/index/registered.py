"""Give back the register that an index was made with."""

import sqlite3

from talkstrack.index.facts import fact
from talkstrack.model.entries import Heading, Kind, Party, Person, Source
from talkstrack.model.register import Register


def load_register(connection: sqlite3.Connection) -> Register:
    """Return the register from the facts of an index."""
    return Register(
        fact(connection, "parties", dict[str, Party]),
        fact(connection, "persons", dict[str, Person]),
        fact(connection, "sources", dict[str, Source]),
        fact(connection, "kinds", dict[str, Kind]),
        fact(connection, "heading", Heading),
    )
