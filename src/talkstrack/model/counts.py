"""Counts of people or bodies as a source gives them."""

import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

State = Literal["stated", "withheld", "unknown"]

LARGEST = 10**12
"""No count of people or bodies is larger; a longer number is a slip."""


class CountError(ValueError):
    """A count that cannot be read; the message says why."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Count(msgspec.Struct, frozen=True, gc=False):
    """A number of people or bodies as low, best and high (UCDP's three columns); None where nothing is known."""

    text: str
    low: int | None
    best: int | None
    high: int | None
    state: State

    @property
    def bounds(self) -> tuple[int, int | None]:
        """What it may mean: `~N` is N give or take half its last non-zero place, at most N/5; None: no upper end."""
        if self.best is None or self.low is not None or self.high is not None:
            return self.low or 0, self.high
        place = 1
        while self.best and self.best % (place * 10) == 0:
            place *= 10
        slack = min(place // 2, self.best // 5)
        return self.best - slack, self.best + slack


UNKNOWN = Count("unknown", None, None, None, "unknown")
WITHHELD = Count("withheld", None, None, None, "withheld")

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)"
_WORDS = (
    (r"(?:at least|no fewer than|not fewer than|>=|≥)\s*" + _NUMBER, "{}+"),
    (r"(?:over|more than|above)\s*" + _NUMBER, ">{}"),
    (r"(?:up to|at most|no more than|≤)\s*" + _NUMBER, "<={}"),
    (r"(?:under|fewer than|less than|below)\s*" + _NUMBER, "<{}"),
    (r"(?:about|around|circa|ca\.|c\.|some|roughly|approximately|≈)\s*" + _NUMBER, "~{}"),
    (r"between " + _NUMBER + r" and " + _NUMBER, "{}..{}"),  # "33 and 51" by itself may mean both together
    (_NUMBER + r"\s*(?:to|-|–)\s*" + _NUMBER, "{}..{}"),
)
_FORMS = (
    (_NUMBER, "exact"),
    (_NUMBER + r"\s*\+", "least"),
    (r">\s*" + _NUMBER, "over"),
    (r"<=\s*" + _NUMBER, "most"),
    (r"<\s*" + _NUMBER, "below"),
    (r"~\s*" + _NUMBER, "about"),
    (_NUMBER + r"\s*\.\.\s*" + _NUMBER, "between"),
    (_NUMBER + r"\s*\(\s*" + _NUMBER + r"?\s*(?:\.\.|-|–)\s*" + _NUMBER + r"?\s*\)", "best"),
)


@cache
def _compiled(forms: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return patterns ready for use: a report of an indexed ledger, which reads no count, does without."""
    return tuple((re.compile(pattern), form) for pattern, form in forms)


_HINT = 'write 390, "1000+", ">1000", "<=50", "~250", "246..250", "146 (146..154)", "withheld" or "unknown"'


def exactly(number: int) -> Count:
    """Return the count of exactly this many."""
    return Count(str(number), number, number, number, "stated")


def parse_count(value: object) -> Count:
    """Read a count in the ledger's notation, in symbols or in words; raise CountError with what is wrong."""
    if type(value) is int and 0 <= value <= LARGEST:
        return exactly(value)
    if isinstance(value, Count):
        return value
    if isinstance(value, dict):
        return parse_count(value.get("text"))
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise CountError(f"a count is a whole number or text, not {_called(value)}", _HINT)
    if isinstance(value, int):
        if value < 0:
            raise CountError(f"a count cannot be negative: {str(value)[:24]}", _HINT)
        return exactly(_checked(value))
    return _from_text(value)


def _called(value: object) -> str:
    if value is None:
        return "nothing"
    names = {bool: "true or false", float: "a number with a point", list: "a list", tuple: "a list"}
    return names.get(type(value), "a date or a table")


def _checked(number: int) -> int:
    if number > LARGEST:
        raise CountError("a count of more than 1,000,000,000,000 is a slip")
    return number


def _number(text: str) -> int:
    if len(text) > 20:
        raise CountError("a count of more than 1,000,000,000,000 is a slip")
    return _checked(int(text.replace(",", "")))


def _from_text(written: str) -> Count:
    if len(written) > 200:
        raise CountError("a count is a few characters, not a text of more than 200", _HINT)
    text = " ".join(written.split()).lower()
    if not text:
        raise CountError(
            "the count is empty", "the shell takes > and ~ for itself: quote the count, or use words: over 1000"
        )
    if text in ("unknown", "?"):
        return UNKNOWN
    if text == "withheld":
        return WITHHELD
    if not text.isascii() and any(mark.isdigit() and not mark.isascii() for mark in text):
        raise CountError(f"{written.strip()!r} has digits other than 0 to 9", _HINT)
    spaced = re.sub(r"(?<=[a-z])-(?=[a-z0-9])", " ", text)
    for pattern, form in _compiled(_WORDS):
        if match := pattern.fullmatch(spaced):
            text = form.format(*match.groups())
            break
    for pattern, form in _compiled(_FORMS):
        if match := pattern.fullmatch(text):
            return _formed(form, *match.groups())
    raise CountError(f"{written.strip()!r} is not a count", _HINT)


def _formed(form: str, first: str, *more: str | None) -> Count:
    number = _number(first)
    if form == "exact":
        return exactly(number)
    if form == "least":
        return Count(f"{number}+", number, None, None, "stated")
    if form == "over":
        return Count(f">{number}", number + 1, None, None, "stated")
    if form == "most":
        return Count(f"<={number}", None, None, number, "stated")
    if form == "below":
        if number == 0:
            raise CountError("nothing is fewer than 0", _HINT)
        return Count(f"<{number}", None, None, number - 1, "stated")
    if form == "about":
        return Count(f"~{number}", None, number, None, "stated")
    if form == "between":
        return between(number, _number(more[0] or "0"))
    low, high = (None if part is None else _number(part) for part in more)
    if (low is not None and low > number) or (high is not None and number > high):
        raise CountError(f"the best figure {number} lies outside its own bounds {low}..{high}", _HINT)
    if low is None and high is None:
        raise CountError("bounds need a low or a high figure", _HINT)
    bounds = f"{'' if low is None else low}..{'' if high is None else high}"
    return Count(f"{number} ({bounds})", low, number, high, "stated")


def between(low: int, high: int) -> Count:
    """Return the count from low to high, both included."""
    if low > high:
        raise CountError(f"the range runs backward: {low} is more than {high}", f'write "{high}..{low}"')
    return exactly(low) if low == high else Count(f"{low}..{high}", low, None, high, "stated")


@lru_cache(maxsize=4096)
def pretty(text: str, ascii_only: bool = False) -> str:
    """Show a count or sum's text as people read it: `1,245–1,248`, `~250`, `1,000+`, `≤50`."""
    shown = re.sub(r"\d+", lambda digits: f"{int(digits[0]):,}", text).replace("..", "-" if ascii_only else "–")
    return shown if ascii_only else shown.replace("<=", "≤")
