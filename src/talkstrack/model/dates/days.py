"""Count days in the proleptic Gregorian calendar, in any year.

A day is a number, as `date.toordinal()` gives it (1 is 0001-01-01), carried on below 1 and beyond 9999.
Years are astronomical: 0 is 1 BCE.
"""

from datetime import date

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_LAST_ORDINAL = date.max.toordinal()
_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Tell whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Count the days of a month."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month]


def day_number(year: int, month: int, day: int) -> int:
    """Number a day that exists."""
    if 1 <= year <= 9999:
        return date(year, month, day).toordinal()
    cycles = (year - 1) // _CYCLE_YEARS
    return date(year - cycles * _CYCLE_YEARS, month, day).toordinal() + cycles * _CYCLE_DAYS


def civil(number: int) -> tuple[int, int, int]:
    """Give year, month and day of a day number."""
    cycles = 0 if 1 <= number <= _LAST_ORDINAL else (number - 1) // _CYCLE_DAYS
    day = date.fromordinal(number - cycles * _CYCLE_DAYS)
    return day.year + cycles * _CYCLE_YEARS, day.month, day.day


def iso_day(number: int) -> str:
    """Write a day as 2025-07-23, -0044-03-15 or (beyond four digits) Y17000-01-01."""
    if 1 <= number <= _LAST_ORDINAL:
        return date.fromordinal(number).isoformat()
    year, month, day = civil(number)
    if abs(year) > 9999:
        return f"Y{year}-{month:02d}-{day:02d}"
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"


def iso_day_number(text: str) -> int:
    """Read back what `iso_day` wrote."""
    if len(text) == 10 and text[0] != "Y" and text[:4] != "0000":
        return date.fromisoformat(text).toordinal()
    year, month, day = text.rsplit("-", 2)
    return day_number(int(year.removeprefix("Y")), int(month), int(day))


def months_later(number: int, months: int) -> int:
    """Move a day by whole months (back if negative); a day the month does not have becomes its last."""
    year, month, day = civil(number)
    carried, index = divmod(month - 1 + months, 12)
    year += carried
    return day_number(year, index + 1, min(day, days_in_month(year, index + 1)))


def weekday_name(number: int) -> str:
    """Name the weekday of a day number, in English."""
    return WEEKDAYS[(number - 1) % 7]
