"""What hand-overs there are in the whole ledger, told without decoding any."""

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from talkstrack.index.scope import VISIBLE

if TYPE_CHECKING:
    from talkstrack.model.event import What


def receiving(connection: sqlite3.Connection, what: str, day: int) -> Iterator[str]:
    """Yield the names that anything of this unit was handed to, each found with one look and not by all its rows."""
    held = f"SELECT 1 FROM naming t CROSS JOIN event e ON e.row = t.row WHERE t.name = n.id AND {VISIBLE.format('e')}"
    found = f"SELECT n.folded FROM name n WHERE n.role = ? AND EXISTS ({held}) ORDER BY n.folded"
    yield from (name for (name,) in connection.execute(found, (what, day, day)))


def untied(connection: sqlite3.Connection, day: int) -> tuple[str, ...]:
    """Return the ids of the held events that hand something over and are under nothing themselves."""
    found = f"SELECT e.id FROM handing h CROSS JOIN event e ON e.row = h.row WHERE h.tied = 0 AND {VISIBLE.format('e')}"
    return tuple(one for (one,) in connection.execute(found, (day, day)))


def handed(connection: sqlite3.Connection, what: "What", day: int) -> int:
    """Return how many held events hand over anything of this unit; wholes do not count beside their parts."""
    found = (
        f"SELECT count(*) FROM handing h INDEXED BY handing_units WHERE h.tied IN (0, 1) AND h.{what} = 1"
        f" AND h.row NOT IN (SELECT e.row FROM event e INDEXED BY event_order WHERE NOT ({VISIBLE.format('e')}))"
        " AND h.row NOT IN (SELECT w.row FROM link l CROSS JOIN event p ON p.row = l.row AND p.status = 'held'"
        f" AND {VISIBLE.format('p')} CROSS JOIN event w ON w.id = l.target AND +w.kind = p.kind"
        " WHERE l.field = 'part_of')"
    )
    number: int = connection.execute(found, (day, day, day, day)).fetchone()[0]
    return number
