"""The days an event and a revision of it stand on, as numbers that SQLite can compare."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from talkstrack.model.days import iso_day_number
from talkstrack.model.period import Dated

if TYPE_CHECKING:
    from talkstrack.model.event import Event
    from talkstrack.model.register import Register

OPEN_START = -(1 << 62)
OPEN_END = 1 << 62
"""Stand for an open side, as in `model.dates`, which is too heavy to be imported for them."""
NEVER = OPEN_END
"""Stands for the day a revision is replaced while none replaces it; after every day that can be asked for."""
NOW = OPEN_END - 1
"""Stands for the day when nothing is asked about what was known: after every known day."""


def first_day(period: Dated) -> int:
    """Return the first day a date can mean; an open start is before every day."""
    return OPEN_START if period.earliest is None else _number(period.earliest)


def last_day(period: Dated) -> int:
    """Return the last day a date can mean; an open end is after every day."""
    return OPEN_END if period.latest is None else _number(period.latest)


@lru_cache(maxsize=1 << 14)
def _number(day: str) -> int:
    return min(max(iso_day_number(day), OPEN_START + 1), OPEN_END - 2)


@lru_cache(maxsize=2)
def published_days(register: "Register") -> Mapping[str, int]:
    """Return the first day each source can have been published on; sources without a day are left out."""
    return {
        key: first_day(one.published)
        for key, one in register.sources.items()
        if one.published is not None and one.published.earliest is not None
    }


def known_since(event: "Event", published: Mapping[str, int]) -> int:
    """Return the day from which the ledger knew this revision; `published` as `published_days` gives it.

    A first revision is known from the earliest `published` of its sources, else `recorded`, else its date; a later
    one from `recorded`.
    """
    if event.revision == 1:
        found = [published[key] for key in event.sources if key in published]
        if found:
            return min(found)
    return first_day(event.recorded or event.when)
