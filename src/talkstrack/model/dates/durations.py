"""Read how long a deadline leaves (ISO 8601 durations, to the day) and find the day it falls on."""

import re

import msgspec

from talkstrack.model.dates.days import civil, iso_day, months_later
from talkstrack.model.dates.period import DateError, Period

_STEP = r"P(?=[0-9])(?:([0-9]{1,5})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,5})W)?(?:([0-9]{1,5})D)?"
_HOURS = r"PT([0-9]{1,5})H"
_DAYS_A_MONTH = 30.436875
_EXAMPLES = 'write "P50D" (days), "P2W" (weeks), "P1M" (months) or "P10D/P12D"'
_SLACK = 3  # days that a count of months may be off its average


class Step(msgspec.Struct, frozen=True):
    """A length in calendar months and days: the months are walked first, then the days."""

    months: int
    days: int


class Duration(msgspec.Struct, frozen=True):
    """How long a deadline leaves: at least `low`, at most `high`; alike unless a range was given."""

    text: str
    low: Step
    high: Step


def parse_duration(text: str) -> Duration:
    """Read `P50D`, `P2W`, `P1M`, `P1Y6M`, or two of them with a slash between; raises `DateError`."""
    text = text.strip()
    if len(text) > 100:
        raise DateError(f"a duration of {len(text):,} characters", 'write "P50D"')
    low, slash, high = text.partition("/")
    shortest = _step(low)
    longest = _step(high) if slash else shortest
    if _days(shortest) > _days(longest) + (_SLACK if shortest.months != longest.months else 0):
        message = f"the range runs backward: {low} is longer than {high}"
        raise DateError(message, f'did you mean "{high}/{low}"?')
    return Duration(text, shortest, longest)


def add(period: Period, duration: Duration) -> Period:
    """Find when a time that began with `period` runs out: one day, or one of several.

    Counts from the earliest day plus the shortest to the latest day plus the longest; an open side stays
    open. The period's marks are kept. Raises `DateError` where a day lies beyond the years -9999 to 9999.
    """
    ends = [
        None if start is None else months_later(start, step.months) + step.days
        for start, step in ((period.first, duration.low), (period.last, duration.high))
    ]
    if None not in ends:
        ends.sort(key=lambda day: day or 0)
    approximate, uncertain = period.approximate, period.uncertain
    mark = "%" if approximate and uncertain else "~" if approximate else "?" if uncertain else ""
    first, last = (None if day is None else _written(day) for day in ends)
    if first is None and last is None:
        return Period("../..", None, None, "none", False, False)
    text = f"[{first + mark if first else ''}..{last + mark if last else ''}]"
    if first == last:
        text = f"{first}{mark}"
    return Period(text, first, last, "day", approximate, uncertain)


def _written(day: int) -> str:
    if abs(civil(day)[0]) > 9999:
        raise DateError(f"{iso_day(day)} is too far away to be written as a day")
    return iso_day(day)


def _days(step: Step) -> float:
    return step.months * _DAYS_A_MONTH + step.days


def _step(text: str) -> Step:
    match = re.fullmatch(_STEP, text)
    if match is not None:
        years, months, weeks, days = (int(number or 0) for number in match.groups())
        return Step(years * 12 + months, weeks * 7 + days)
    hours = re.fullmatch(_HOURS, text)
    if hours is not None:
        whole, rest = divmod(int(hours[1]), 24)
        raise DateError("a deadline is counted in days, not hours", None if rest else f'write "P{whole}D"')
    if text.upper() != text and re.fullmatch(_STEP, text.upper()):
        raise DateError("a duration is in capitals", f'did you mean "{text.upper()}"?')
    if re.fullmatch(_STEP, "P" + text.upper()):
        raise DateError("a duration begins with P", f'did you mean "P{text.upper()}"?')
    shown = repr(text if len(text) <= 40 else text[:39] + "…")
    raise DateError(f"{shown} is not a duration", _EXAMPLES)
