"""Turn what a ledger or a user says of time into a `Period`, and compare periods.

The public face of this package's dates: everything others need of them is imported from here.
"""

import re
from datetime import date, datetime, time, timedelta

from talkstrack.model.dates.days import iso_day, months_later
from talkstrack.model.dates.edtf import Choice, Edtf, Interval, parse_edtf
from talkstrack.model.dates.edtf_point import Point, UnreadableError
from talkstrack.model.dates.period import PRECISIONS, DateError, Period

_WEST, _EAST, _MINUTE = timedelta(hours=-12), timedelta(hours=14), timedelta(minutes=1)
_AGO = r"([0-9]{1,5})(d|w|mo|y)"


def parse_period(value: object) -> Period:
    """Read a TOML date or date-time, an EDTF text, or a period (given back); raises `DateError` for all else.

    The text of a period is what was given, without surrounding blanks; for TOML values it is the ISO form.
    """
    if isinstance(value, str):
        if len(value) == 10 and value[4] == "-" == value[7] and value.isascii():
            try:
                date.fromisoformat(value)
            except ValueError:
                return _read(value)
            return Period(value, value, value, "day", False, False)
        return _read(value.strip())
    if isinstance(value, datetime):
        return _of_date_time(value)
    if isinstance(value, date):
        return day_period(value.toordinal())
    if isinstance(value, Period):
        return value
    raise _not_a_date(value)


def day_period(number: int) -> Period:
    """Make the period of one plain day from its number."""
    text = iso_day(number)
    return Period(text, text, text, "day", False, False)


def parse_when(text: str, today: date) -> Period:
    """Read a date of the command line: EDTF, `today`, `yesterday`, or that long ago: `30d 2w 6mo 1y`."""
    word = text.strip().lower() if len(text) < 100 else ""
    if word in ("today", "yesterday"):
        return day_period(today.toordinal() - (word == "yesterday"))
    ago = re.fullmatch(_AGO, word)
    if ago is None:
        if re.fullmatch(r"[0-9]{1,5}m", word):
            raise DateError(f"{word} could be minutes or months", f'did you mean "{word}o" (months)?')
        return parse_period(text)
    number, unit = int(ago[1]), ago[2]
    if unit in ("d", "w"):
        return day_period(today.toordinal() - number * (7 if unit == "w" else 1))
    return day_period(months_later(today.toordinal(), -number * (12 if unit == "y" else 1)))


def _read(text: str) -> Period:
    try:
        tree = parse_edtf(text)
    except UnreadableError as fault:
        from talkstrack.model.dates.edtf_hints import explain

        raise explain(text, fault.part) from None
    if type(tree) is Point:
        mark = tree.mark
        first = iso_day(tree.first)
        last = first if tree.last == tree.first else iso_day(tree.last)
        return Period(text, first, last, tree.precision, mark in ("~", "%"), mark in ("?", "%"))
    return _of_several(text, tree)


def _of_date_time(value: datetime) -> Period:
    text, offset = value.isoformat(), value.utcoffset()
    if offset is not None and (offset % _MINUTE or not _WEST <= offset <= _EAST):
        return _read(text)  # which says what is wrong with the offset
    return Period(text, text[:10], text[:10], "second", False, False)


def _of_several(text: str, tree: Edtf) -> Period:
    starts, ends = _sides(tree)
    points = [point for point in (starts if starts is ends else (*starts, *ends)) if point is not None]
    firsts = [point.first for point in starts if point is not None]
    lasts = [point.last for point in ends if point is not None]
    first = min(firsts) if len(firsts) == len(starts) else None
    last = max(lasts) if len(lasts) == len(ends) else None
    if first is not None and last is not None and first > last:
        first, last = last, first  # clock times in two zones may run forward while the local days run back
    marks = {point.mark for point in points}
    return Period(
        text,
        None if first is None else iso_day(first),
        None if last is None else iso_day(last),
        max({point.precision for point in points}, key=PRECISIONS.index, default="none"),
        not marks.isdisjoint("~%"),
        not marks.isdisjoint("?%"),
    )


def _sides(tree: Edtf) -> tuple[list[Point | None], list[Point | None]]:
    if isinstance(tree, Interval):
        return [tree.start], [tree.end]
    if isinstance(tree, Choice):
        starts = [item if isinstance(item, Point) else item.start for item in tree.items]
        if all(type(item) is Point for item in tree.items):
            return starts, starts
        return starts, [item if isinstance(item, Point) else item.end for item in tree.items]
    return [tree], [tree]


def _not_a_date(value: object) -> DateError:
    if isinstance(value, time):
        return DateError(f"{value.isoformat()} is a time without a day", 'write "2025-07-23T20:37:00+03:00"')
    if isinstance(value, bool) or value is None or not isinstance(value, int | float):
        return DateError(f"a date is a TOML date or a text, not {_KINDS.get(type(value), 'this')}")
    hint = f'write "{value:04d}"' if isinstance(value, int) and 0 <= value <= 9999 else None
    return DateError("a date is a TOML date or a text, not a number", hint)


_KINDS = {bool: "true or false", list: "a list", dict: "a table", type(None): "nothing", bytes: "bytes"}
