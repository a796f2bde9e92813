"""Read a whole EDTF text (ISO 8601-2): a date, an interval of two, or a set of several."""

import msgspec

from talkstrack.model.dates.edtf_point import Point, UnreadableError, parse_point
from talkstrack.model.dates.period import DateError

LONGEST_TEXT = 2_000


class Interval(msgspec.Struct, frozen=True):
    """Two dates with a slash between; None: an end that is open (`..`) or unknown (nothing)."""

    start: Point | None
    end: Point | None
    open_start: bool
    open_end: bool


class Range(msgspec.Struct, frozen=True):
    """Two dates with two dots between, inside a set; None: on and on."""

    start: Point | None
    end: Point | None


class Choice(msgspec.Struct, frozen=True):
    """A set: one of its items (square brackets) or every one of them (curly brackets)."""

    every: bool
    items: tuple[Point | Range, ...]


Edtf = Point | Interval | Choice


def parse_edtf(text: str) -> Edtf:
    """Read a whole EDTF text without surrounding blanks.

    Raises `DateError`; where the shape alone is wrong, `UnreadableError`, which `edtf_faults` explains.
    """
    if len(text) > LONGEST_TEXT:
        raise DateError(f"a date of {len(text):,} characters: no more than {LONGEST_TEXT:,} are read")
    if text[:1] in ("[", "{"):
        return _choice(text)
    if "/" in text:
        return _interval(text)
    return parse_point(text)


def _interval(text: str) -> Interval:
    ends = text.split("/")
    if len(ends) != 2:
        raise UnreadableError(text)
    start, end = (None if side in ("", "..") else parse_point(side) for side in ends)
    if start is not None and end is not None and _is_backward(start, end):
        message = f"the interval runs backward: {ends[0]} is after {ends[1]}"
        raise DateError(message, f'did you mean "{ends[1]}/{ends[0]}"?')
    return Interval(start, end, ends[0] == "..", ends[1] == "..")


def _is_backward(start: Point, end: Point) -> bool:
    """Tell whether no reading is in order; clock times count where both or neither have an offset."""
    if start.instant is None or end.instant is None or (start.offset is None) != (end.offset is None):
        return start.first > end.last
    return start.instant > end.instant


def _choice(text: str) -> Choice:
    every = text[0] == "{"
    closing = "}" if every else "]"
    if text[-1] != closing:
        if closing in text:
            raise UnreadableError(text)
        raise DateError(f"half-written set: {text[0]} is not closed by {closing}")
    items = [item.strip(" ") for item in text[1:-1].split(",")]
    if "" in items:
        message = "the set has an empty place between its commas"
        raise DateError("the set is empty" if len(items) == 1 else message)
    last = len(items) - 1
    return Choice(every, tuple(_item(item, at == 0, at == last) for at, item in enumerate(items)))


def _item(text: str, is_first: bool, is_last: bool) -> Point | Range:
    left, dots, right = text.partition("..")
    if not dots:
        return parse_point(text)
    left, right = left.rstrip(" "), right.lstrip(" ")
    if not (left or right):
        raise DateError("a set with .. alone has no date")
    start, end = parse_point(left) if left else None, parse_point(right) if right else None
    if (not left and not is_first) or (not right and not is_last):
        raise DateError(f"in a set, {text} may only stand {'first' if right else 'last'}")
    if start is not None and end is not None:
        if start.precision != end.precision:
            kinds = f"from a {start.precision} to a {end.precision}"
            raise DateError(f"the range {text} runs {kinds}: both must be alike")
        if _is_backward(start, end):
            raise DateError(f"the range runs backward: {left} is after {right}")
    return Range(start, end)
