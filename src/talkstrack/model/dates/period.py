"""What a date of the ledger is once read: a stretch of days with its text, precision and doubts."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol, get_args

import msgspec

from talkstrack.model.dates.days import iso_day_number

Precision = Literal["second", "minute", "day", "month", "season", "year", "decade", "century", "millennium", "none"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
"""From the finest to the coarsest."""

OPEN_START = -(1 << 62)
OPEN_END = 1 << 62
"""Stand for an open or unknown side wherever days are compared or stored."""
Day = int
"""A day as `date.toordinal()`."""


class DateError(ValueError):
    """A date or duration that cannot be read: what is wrong, in plain words, and perhaps a hint."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Dated(Protocol):
    """What has a first and a last ISO day it can mean; None: open or unknown."""

    @property
    def earliest(self) -> str | None:
        """The first day."""

    @property
    def latest(self) -> str | None:
        """The last day."""


class Period(msgspec.Struct, frozen=True, gc=False):
    """A date as the ledger says it (EDTF) with the first and last day it can mean.

    `earliest` and `latest` are ISO days, local where the text has a time zone; None: open or unknown. Days
    beyond the years -9999 to 9999 are written Y17000-01-01. `precision` is that of the text, of several dates
    the coarsest; "none": no date at either end. One marked date among several is enough to set a flag.
    """

    edtf: str
    earliest: str | None
    latest: str | None
    precision: Precision
    approximate: bool
    uncertain: bool

    @property
    def first(self) -> int | None:
        """Number the earliest day, as `date.toordinal()` does, in any year."""
        return None if self.earliest is None else iso_day_number(self.earliest)

    @property
    def last(self) -> int | None:
        """Number the latest day, as `date.toordinal()` does, in any year."""
        return None if self.latest is None else iso_day_number(self.latest)


def ends_of(periods: Iterable[Dated]) -> tuple[str | None, str | None]:
    """Return the first and the last ISO day that any of these can mean; None: none has that end."""
    dated = tuple(periods)
    first = min((period.earliest for period in dated if period.earliest), default=None)
    return first, max((period.latest for period in dated if period.latest), default=None)


def first_day(period: Dated) -> int:
    """Return the first day a date can mean; an open start is before every day."""
    return OPEN_START if period.earliest is None else _number(period.earliest)


def last_day(period: Dated) -> int:
    """Return the last day a date can mean; an open end is after every day."""
    return OPEN_END if period.latest is None else _number(period.latest)


@lru_cache(maxsize=1 << 14)
def _number(day: str) -> int:
    return min(max(iso_day_number(day), OPEN_START + 1), OPEN_END - 2)


class Span(NamedTuple):
    """Days, both included. An event counts where its last day lies inside (and its first is not before it)."""

    first: Day = OPEN_START
    last: Day = OPEN_END

    def holds(self, when: Dated) -> bool:
        """Whether what has this date certainly falls inside."""
        return self.first <= first_day(when) and last_day(when) <= self.last


EVER = Span()
