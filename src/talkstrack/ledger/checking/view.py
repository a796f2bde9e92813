"""What the warnings look at: the events that stand, the register, and the day it is."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from talkstrack.model.event import Event
from talkstrack.model.register import Register

Tables = Callable[[Event], Mapping[str, Any] | None]
"""Gives the table an event was read from, keys in the order they were typed, or None."""


class View(NamedTuple):
    """A ledger as it stands on a day. `today` is a day number."""

    register: Register
    today: int
    events: Mapping[str, Event]
    replaced: frozenset[str]
    wholes: frozenset[str]
    tables: Tables | None = None


def view_of(events: Iterable[Event], register: Register, today: int, tables: Tables | None = None) -> View:
    """Return the view of a ledger: of each id the latest revision, unless retracted."""
    latest: dict[str, Event] = {}
    for event in events:
        before = latest.get(event.id)
        if before is None or event.revision >= before.revision:
            latest[event.id] = event
    standing = {key: event for key, event in latest.items() if not event.retracted}
    return View(
        register,
        today,
        standing,
        frozenset(target for event in standing.values() for target in event.replaces),
        frozenset(event.part_of for event in standing.values() if event.part_of is not None),
        tables,
    )
