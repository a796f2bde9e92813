"""Read one EDTF date or date-time with its mark: 2025-07~, 202X, 2025-23?, 2025-07-23T20:37+03:00."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product

import msgspec

from talkstrack.model.dates.days import MONTHS, day_number, days_in_month, is_leap
from talkstrack.model.dates.period import DateError, Precision

SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}  # months; winter ends in the next year

_POINT = (
    r"(-?[0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?)?)?([?~%]?)"
)
_WIDE_YEARS: tuple[Precision, ...] = ("millennium", "century", "decade")
_LONG_YEAR = r"Y(-?[1-9][0-9]{4,11})([?~%]?)"


class UnreadableError(DateError):
    """Text that is no date by its shape alone; `part` is the piece that does not fit."""

    def __init__(self, part: str) -> None:
        super().__init__("this is not an EDTF date")
        self.part = part


class Point(msgspec.Struct, frozen=True, gc=False):
    """One date or date-time: its pieces as written, its first and last day, and the instant of a clock time.

    `month` is a season when it is 21 to 24. `instant` counts nanoseconds, in UTC where there is an offset.
    """

    year: str
    month: str | None
    day: str | None
    clock: str | None
    offset: str | None
    mark: str
    first: int
    last: int
    precision: Precision
    instant: int | None = None


def parse_point(text: str) -> Point:
    """Read one date or date-time with its mark."""
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            plain = date.fromisoformat(text).toordinal()
        except ValueError:
            pass
        else:
            return Point(text[:4], text[5:7], text[8:], None, None, "", plain, plain, "day")
    match = re.fullmatch(_POINT, text)
    if match is None:
        return _long_year(text)
    year, month, day, hour, minute, second, fraction, offset, mark = match.groups()
    if year == "-0000":
        raise DateError("there is no year -0000: the year before 0001 is 0000", 'write "0000"')
    if "X" in text:
        if hour is not None:
            raise DateError("a date with unspecified digits (X) has no time of day")
        return _unspecified(year, month, day, mark)
    number = int(year)
    if month is None:
        first, last = day_number(number, 1, 1), day_number(number, 12, 31)
        return Point(year, None, None, None, None, mark, first, last, "year")
    if month in SEASONS:
        first, last = _season(number, number, month, day)
        return Point(year, month, None, None, None, mark, first, last, "season")
    month_number = int(month)
    if not 1 <= month_number <= 12:
        raise _no_month(year, month, day)
    length = days_in_month(number, month_number)
    if day is None:
        first = day_number(number, month_number, 1)
        return Point(year, month, None, None, None, mark, first, first + length - 1, "month")
    if not 1 <= int(day) <= length:
        raise _no_day(year, month_number, day, length)
    first = day_number(number, month_number, int(day))
    if hour is None:
        return Point(year, month, day, None, None, mark, first, first, "day")
    instant = first * 86_400 + _clock(hour, minute, second, fraction) - _offset(offset) * 60
    nanoseconds = instant * 10**9 + int(fraction[1:].ljust(9, "0") if fraction else 0)
    clock = f"{hour}:{minute}" if second is None else f"{hour}:{minute}:{second}{fraction or ''}"
    precision: Precision = "minute" if second is None else "second"
    return Point(year, month, day, clock, offset, mark, first, first, precision, nanoseconds)


def _long_year(text: str) -> Point:
    match = re.fullmatch(_LONG_YEAR, text)
    if match is None:
        raise UnreadableError(text)
    year = int(match[1])
    first, last = day_number(year, 1, 1), day_number(year, 12, 31)
    return Point("Y" + match[1], None, None, None, None, match[2], first, last, "year")


def _season(low: int, high: int, season: str, day: str | None) -> tuple[int, int]:
    if day is not None:
        raise DateError(f"{season} is a season, and a season has no day {day}")
    begin, end = SEASONS[season]
    high += end < begin
    return day_number(low, begin, 1), day_number(high, end, days_in_month(high, end))


def _clock(hour: str, minute: str, second: str | None, fraction: str | None) -> int:
    seconds = int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    if int(minute) > 59:
        raise DateError(f"there is no minute {minute}: minutes are 00 to 59")
    if second is not None and int(second) > 59:
        raise DateError(f"there is no second {second}: seconds are 00 to 59")
    if seconds > 86_400 or (seconds == 86_400 and fraction is not None) or int(hour) > 24:
        raise DateError(f"there is no hour {hour}: a day runs from 00:00 to 24:00")
    return seconds


def _offset(offset: str | None) -> int:
    if offset is None or offset == "Z":
        return 0
    minutes = int(offset[1:3]) * 60 + int(offset[4:] or 0)
    if minutes == 0 and offset[0] == "-":
        raise DateError(f"an offset of zero has no minus: {offset}", "write Z or +00:00")
    if int(offset[4:] or 0) > 59:
        raise DateError(f"the offset {offset} has no minute {offset[4:]}")
    if minutes > (14 * 60 if offset[0] == "+" else 12 * 60):
        raise DateError(f"no time zone is at {offset}: offsets run from -12:00 to +14:00")
    return -minutes if offset[0] == "-" else minutes


def _no_month(year: str, month: str, day: str | None) -> DateError:
    code = int(month)
    if not 25 <= code <= 41:
        hint = None
        if code > 12 and day is not None and 1 <= int(day) <= 12:
            hint = f'did you mean "{year}-{day}-{month}"?'
        return DateError(f"there is no month {month}", hint)
    message = f"EDTF level 2 codes for parts of a year (25 to 41) are not supported: {month}"
    if code <= 28:
        return DateError(message, f'write "{year}-{code - 4}"')
    if code <= 32:
        return DateError(message, f'write its months, as in "{year}-03/{year}-05"')
    size, base = (3, 33) if code <= 36 else (4, 37) if code <= 39 else (6, 40)
    end = (code - base + 1) * size
    return DateError(message, f'write "{year}-{end - size + 1:02d}/{year}-{end:02d}"')


def _no_day(year: str, month: int, day: str, length: int) -> DateError:
    if month == 2 and day == "29":
        message = f"{year} is not a leap year: February {year} has 28 days"
    else:
        message = f"there is no day {day}: {MONTHS[month - 1]} {year} has {length} days"
    whole = f"{year}-{month:02d}"
    return DateError(message, f"the last one is {whole}-{length}; the month alone is {whole}")


def _unspecified(year: str, month: str | None, day: str | None, mark: str) -> Point:
    if month in SEASONS:
        low, high = next(_years(year, False)), next(_years(year, True))
        first, last = _season(low, high, month, day)
        return Point(year, month, None, None, None, mark, first, last, "season")
    if month is None:
        ends = sorted((int(year.replace("X", "0")), int(year.replace("X", "9"))))
        first, last = day_number(ends[0], 1, 1), day_number(ends[1] or -1, 12, 31)  # -000X ends with -0001
        return Point(year, None, None, None, None, mark, first, last, _year_precision(year))
    months = _fitting(month, 12)
    first_day, last_day = _edge(year, months, day, False), _edge(year, months, day, True)
    if first_day is None or last_day is None:
        raise _nothing_fits(year, month, day, months)
    return Point(year, month, day, None, None, mark, first_day, last_day, "day" if day else "month")


def _year_precision(year: str) -> Precision:
    digits = year[-4:]
    known = len(digits.rstrip("X"))
    if known == 0 or "X" in digits[:known]:
        return "year"
    return _WIDE_YEARS[known - 1]


def _years(pattern: str, downward: bool) -> Iterator[int]:
    """Count through the years that fit, from the earliest on or from the latest back."""
    if "X" not in pattern:
        yield int(pattern)
        return
    negative = pattern[0] == "-"
    digits = "0123456789" if downward == negative else "9876543210"
    for choice in product(*(digits if sign == "X" else sign for sign in pattern[-4:])):
        year = int("".join(choice))
        if year or not negative:
            yield -year if negative else year


@lru_cache(maxsize=512)
def _fitting(pattern: str, highest: int) -> tuple[int, ...]:
    tens, ones = pattern[0], pattern[1]
    return tuple(
        number
        for number in range(1, highest + 1)
        if tens in ("X", str(number // 10)) and ones in ("X", str(number % 10))
    )


def _edge(year: str, months: tuple[int, ...], day: str | None, latest: bool) -> int | None:
    """Find the first or the last day that fits; None: no day does."""
    step = -1 if latest else 1
    days = None if day is None else _fitting(day, 31)[::step]
    tried: set[bool] = set()
    for candidate in _years(year, latest):
        leap = is_leap(candidate)
        if leap in tried:
            continue
        tried.add(leap)
        for month in months[::step]:
            length = days_in_month(candidate, month)
            if days is None:
                return day_number(candidate, month, length if latest else 1)
            for number in days:
                if number <= length:
                    return day_number(candidate, month, number)
        if len(tried) == 2:
            break
    return None


def _nothing_fits(year: str, month: str, day: str | None, months: tuple[int, ...]) -> DateError:
    if not months or day is None:
        return DateError(f"there is no month {month}")
    if not _fitting(day, 31):
        return DateError(f"there is no day {day}")
    if months == (2,) and _fitting(day, 29):
        return DateError(f"there is no day {day}: no year {year} is a leap year, so February has 28 days")
    if len(months) == 1:
        if "X" not in year:
            return _no_day(year, months[0], day, days_in_month(int(year), months[0]))
        name, length = MONTHS[months[0] - 1], days_in_month(4, months[0])
        return DateError(f"there is no day {day}: {name} has {length} days")
    return DateError(f"there is no day {day} in any month {month}")
