"""Counts of people or bodies as a source gives them, and sums that keep their bounds and their holes."""

import re
from collections.abc import Iterable
from functools import lru_cache
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


UNKNOWN = Count("unknown", None, None, None, "unknown")
WITHHELD = Count("withheld", None, None, None, "withheld")

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)"
_WORDS = (
    (re.compile(r"(?:at least|no fewer than|not fewer than|>=|≥)\s*" + _NUMBER), "{}+"),
    (re.compile(r"(?:over|more than|above)\s*" + _NUMBER), ">{}"),
    (re.compile(r"(?:up to|at most|no more than|≤)\s*" + _NUMBER), "<={}"),
    (re.compile(r"(?:under|fewer than|less than|below)\s*" + _NUMBER), "<{}"),
    (re.compile(r"(?:about|around|circa|ca\.|c\.|some|roughly|approximately|≈)\s*" + _NUMBER), "~{}"),
    (re.compile(r"between " + _NUMBER + r" and " + _NUMBER), "{}..{}"),  # "33 and 51" by itself may mean both together
    (re.compile(_NUMBER + r"\s*(?:to|-|–)\s*" + _NUMBER), "{}..{}"),
)
_FORMS = (
    (re.compile(_NUMBER), "exact"),
    (re.compile(_NUMBER + r"\s*\+"), "least"),
    (re.compile(r">\s*" + _NUMBER), "over"),
    (re.compile(r"<=\s*" + _NUMBER), "most"),
    (re.compile(r"<\s*" + _NUMBER), "below"),
    (re.compile(r"~\s*" + _NUMBER), "about"),
    (re.compile(_NUMBER + r"\s*\.\.\s*" + _NUMBER), "between"),
    (re.compile(_NUMBER + r"\s*\(\s*" + _NUMBER + r"?\s*(?:\.\.|-|–)\s*" + _NUMBER + r"?\s*\)"), "best"),
)
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
            "the count is empty",
            "the shell takes > and ~ for itself: quote the count, or use words: over 1000",
        )
    if text in ("unknown", "?"):
        return UNKNOWN
    if text == "withheld":
        return WITHHELD
    if not text.isascii() and any(mark.isdigit() and not mark.isascii() for mark in text):
        raise CountError(f"{written.strip()!r} has digits other than 0 to 9", _HINT)
    spaced = re.sub(r"(?<=[a-z])-(?=[a-z0-9])", " ", text)
    for pattern, form in _WORDS:
        if found := pattern.fullmatch(spaced):
            text = form.format(*found.groups())
            break
    for pattern, form in _FORMS:
        if found := pattern.fullmatch(text):
            return _formed(form, *found.groups())
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


class Sum(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A total of people or bodies with its bounds and its holes.

    `low` is the floor that every account grants; `best` and `high` exist only when every term has one.
    `counted_low` to `counted_high` is what the disclosed terms come to, `approximate` when an "about" is among
    them, `open` when a term is a floor ("at least"). `undisclosed` of `terms` give no figure at all.
    """

    text: str
    low: int
    best: int | None
    high: int | None
    state: State
    terms: int
    undisclosed: int
    counted_low: int
    counted_high: int
    approximate: bool
    open: bool


def _sum(
    *,
    low: int,
    best: int | None,
    high: int | None,
    terms: int,
    undisclosed: int,
    counted: tuple[int, int],
    approximate: bool,
    open_end: bool,
    withheld: bool,
) -> Sum:
    state: State = "stated"
    if terms and undisclosed == terms:
        state = "withheld" if withheld else "unknown"
    text: str = state
    if state == "stated":
        first, last = counted
        text = ("~" if approximate else "") + (str(first) if first == last else f"{first}..{last}")
        text += "+" if undisclosed or open_end else ""
    return Sum(
        text=text,
        low=low,
        best=best,
        high=high,
        state=state,
        terms=terms,
        undisclosed=undisclosed,
        counted_low=counted[0],
        counted_high=counted[1],
        approximate=approximate,
        open=open_end,
    )


@lru_cache(maxsize=4096)
def term(count: Count) -> Sum:
    """Return a sum of this one count."""
    hidden = count.state != "stated"
    best, low, high = count.best, count.low, count.high
    first = low if low is not None else (best if best is not None else 0)
    last = high if high is not None else (best if best is not None else first)
    return _sum(
        low=low or 0,
        best=best,
        high=high,
        terms=1,
        undisclosed=int(hidden),
        counted=(first, last),
        approximate=best is not None and low is None and high is None,
        open_end=not hidden and high is None and (best is None or low is not None),
        withheld=count.state == "withheld",
    )


def add(parts: Iterable[Sum]) -> Sum:
    """Add sums that count different people: low adds lows, high and best exist only if every term has one."""
    low = terms = undisclosed = counted_low = counted_high = 0
    best: int | None = 0
    high: int | None = 0
    approximate = open_end = withheld = False
    for part in parts:
        low += part.low
        best = None if best is None or part.best is None else best + part.best
        high = None if high is None or part.high is None else high + part.high
        terms += part.terms
        undisclosed += part.undisclosed
        counted_low += part.counted_low
        counted_high += part.counted_high
        approximate = approximate or part.approximate
        open_end = open_end or part.open
        withheld = withheld or part.state == "withheld"
    return _sum(
        low=low,
        best=best,
        high=high,
        terms=terms,
        undisclosed=undisclosed,
        counted=(counted_low, counted_high),
        approximate=approximate,
        open_end=open_end,
        withheld=withheld,
    )


def total(counts: Iterable[Count]) -> Sum:
    """Add counts of different people or bodies."""
    parts = [term(count) for count in counts]
    return parts[0] if len(parts) == 1 else add(parts)


def across(rivals: Iterable[Sum]) -> Sum:
    """Span rival sums of the same people: from the lowest to the highest; nothing is added.

    A rival that discloses only part of its terms never widens the range of those that disclose all.
    """
    rivals = tuple(rivals)
    if len(rivals) == 1:
        return rivals[0]
    full = tuple(one for one in rivals if not one.undisclosed)
    chosen = full or tuple(one for one in rivals if one.state == "stated") or rivals
    if len(chosen) == 1:
        return chosen[0]
    highs = [one.high for one in chosen]
    bests = {one.best for one in chosen}
    return _sum(
        low=min(one.low for one in chosen),
        best=bests.pop() if len(bests) == 1 else None,
        high=None if None in highs else max(high or 0 for high in highs),
        terms=max(one.terms for one in chosen),
        undisclosed=max(one.undisclosed for one in chosen),
        counted=(min(one.counted_low for one in chosen), max(one.counted_high for one in chosen)),
        approximate=any(one.approximate for one in chosen),
        open_end=any(one.open for one in chosen),
        withheld=any(one.state == "withheld" for one in chosen),
    )


NOTHING = add(())
"""The sum of no terms at all."""


def as_claimed(count: Count) -> tuple[int, int | None]:
    """Return the bounds a claim is held to: `~N` is N give or take half its last non-zero place, at most N/5."""
    if count.best is not None and count.low is None and count.high is None:
        place = 1
        while count.best and count.best % (place * 10) == 0:
            place *= 10
        slack = min(place // 2, count.best // 5)
        return count.best - slack, count.best + slack
    return count.low or 0, count.high


@lru_cache(maxsize=4096)
def pretty(text: str, ascii_only: bool = False) -> str:
    """Show a count or sum's text as people read it: `1,245–1,248`, `~250`, `1,000+`, `≤50`."""
    shown = re.sub(r"\d+", lambda found: f"{int(found[0]):,}", text).replace("..", "-" if ascii_only else "–")
    return shown if ascii_only else shown.replace("<=", "≤")
