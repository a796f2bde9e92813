"""What hand-overs there are in the whole ledger, told without decoding any."""

import sqlite3
from collections.abc import Iterator

from talkstrack.index.schema import NAMINGS
from talkstrack.index.scope import VISIBLE


def receiving(connection: sqlite3.Connection, what: str, day: int) -> Iterator[str]:
    """Yield the names that anything of this unit was handed to, each found with one look and not by all its rows."""
    held = f"SELECT 1 FROM naming t CROSS JOIN event e ON e.row = t.row WHERE t.name = n.id AND {VISIBLE.format('e')}"
    found = f"SELECT n.folded FROM name n WHERE n.role = ? AND EXISTS ({held}) ORDER BY n.folded"
    yield from (name for (name,) in connection.execute(found, (what, day, day)))


def untied(connection: sqlite3.Connection, day: int) -> tuple[str, ...]:
    """Return the ids of the events that hand something over and are under nothing themselves."""
    found = (
        f"SELECT DISTINCT e.id FROM {NAMINGS} CROSS JOIN event e ON e.row = t.row WHERE n.role IN ('people', 'bodies')"
        " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.row = t.row AND l.field IN ('under', 'transfer'))"
        f" AND {VISIBLE.format('e')}"
    )
    return tuple(one for (one,) in connection.execute(found, (day, day)))


def handed(connection: sqlite3.Connection, what: str, day: int) -> int:
    """Return how many held events hand over anything of this unit; wholes do not count beside their parts."""
    found = (
        f"SELECT count(DISTINCT t.row) FROM {NAMINGS} CROSS JOIN event e ON e.row = t.row AND {VISIBLE.format('e')}"
        " WHERE n.role = ? AND e.status = 'held' AND NOT EXISTS (SELECT 1 FROM link l CROSS JOIN event p"
        f" ON p.row = l.row AND p.kind = e.kind AND p.status = 'held' AND {VISIBLE.format('p')}"
        " WHERE l.target = e.id AND l.field = 'part_of')"
    )
    number: int = connection.execute(found, (day, day, what, day, day)).fetchone()[0]
    return number


def parted(connection: sqlite3.Connection, day: int) -> frozenset[int]:
    """Return the rows of the events that are part of others, and of those others."""
    held = f"CROSS JOIN event e ON {{}} AND {VISIBLE.format('e')} WHERE l.field = 'part_of'"
    found = f"SELECT e.row FROM link l {held.format('e.row = l.row')} UNION "
    found += f"SELECT e.row FROM link l {held.format('e.id = l.target')}"
    return frozenset(row for (row,) in connection.execute(found, (day, day, day, day)))
