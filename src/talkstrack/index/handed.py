"""What hand-overs there are in the whole ledger, told without decoding any."""

import sqlite3
from collections.abc import Iterator

from talkstrack.index.scope import VISIBLE


def receiving(connection: sqlite3.Connection, what: str, day: int) -> Iterator[str]:
    """Yield the names that anything of this unit was handed to, each found with one look and not by all its rows."""
    following = "SELECT min(name) FROM term WHERE role = ? AND name > ?"
    held = "SELECT 1 FROM term t CROSS JOIN event e ON e.row = t.row WHERE t.role = ? AND t.name = ? AND "
    held += f"{VISIBLE.format('e')} LIMIT 1"
    name = ""
    while (name := connection.execute(following, (what, name)).fetchone()[0]) is not None:
        if connection.execute(held, (what, name, day, day)).fetchone():
            yield name


def untied(connection: sqlite3.Connection, day: int) -> tuple[str, ...]:
    """Return the ids of the events that hand something over and are under nothing themselves."""
    found = (
        "SELECT DISTINCT e.id FROM term t CROSS JOIN event e ON e.row = t.row WHERE t.role IN ('people', 'bodies')"
        " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.row = t.row AND l.field IN ('under', 'transfer'))"
        f" AND {VISIBLE.format('e')}"
    )
    return tuple(one for (one,) in connection.execute(found, (day, day)))


def handed(connection: sqlite3.Connection, what: str, day: int) -> int:
    """Return how many held events hand over anything of this unit; wholes do not count beside their parts."""
    found = (
        f"SELECT count(DISTINCT t.row) FROM term t CROSS JOIN event e ON e.row = t.row AND {VISIBLE.format('e')}"
        " WHERE t.role = ? AND e.status = 'held' AND NOT EXISTS (SELECT 1 FROM link l CROSS JOIN event p"
        f" ON p.row = l.row AND p.kind = e.kind AND p.status = 'held' AND {VISIBLE.format('p')}"
        " WHERE l.target = e.id AND l.field = 'part_of')"
    )
    number: int = connection.execute(found, (day, day, what, day, day)).fetchone()[0]
    return number
