"""Sums of counts that keep their bounds and their holes."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from talkstrack.model.counts import Count, State


class Sum(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A total of people or bodies with its bounds and its holes.

    `low` is the floor that every account grants; `best` and `high` exist only when every term has one.
    `disclosed_low` to `disclosed_high` is what the disclosed terms come to, `approximate` when an "about" is among
    them, `open` when a term is a floor ("at least"). `undisclosed` of `terms` give no figure at all.
    """

    text: str
    low: int
    best: int | None
    high: int | None
    state: State
    terms: int
    undisclosed: int
    disclosed_low: int
    disclosed_high: int
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
        disclosed_low=counted[0],
        disclosed_high=counted[1],
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


Numbers = tuple[int, ...]
"""What of a sum adds up, how many of its terms lack a bound among it; what was added can be taken off again."""
NO_NUMBERS: Numbers = (0,) * 12


def add(parts: Iterable[Sum]) -> Sum:
    """Add sums that count different people: low adds lows, high and best exist only if every term has one."""
    exact = terms = 0
    others = []
    for part in parts:
        if part.low == part.best == part.high and not part.approximate:  # most are, and one number says all of these
            exact += part.low
            terms += part.terms
        else:
            others.append(numbers_of(part))
    low, best, boundless, high, endless, more, undisclosed, first, last, *marks = map(
        sum, zip(NO_NUMBERS, *others, strict=True)
    )
    known = exact + low, exact + best, boundless, exact + high, endless, terms + more, undisclosed
    return sum_of((*known, exact + first, exact + last, *marks))


def numbers_of(figure: Sum) -> Numbers:
    """Return what of a sum adds up."""
    best, high = figure.best, figure.high
    return (
        figure.low, best or 0, best is None, high or 0, high is None, figure.terms, figure.undisclosed,
        figure.disclosed_low, figure.disclosed_high, figure.approximate, figure.open, figure.state == "withheld",
    )  # fmt: skip


def sum_of(numbers: Numbers) -> Sum:
    """Return the sum that these numbers are of."""
    low, best, boundless, high, endless, terms, undisclosed, first, last, approximate, opened, withheld = numbers
    return _sum(
        low=low,
        best=None if boundless else best,
        high=None if endless else high,
        terms=terms,
        undisclosed=undisclosed,
        counted=(first, last),
        approximate=bool(approximate),
        open_end=bool(opened),
        withheld=bool(withheld),
    )


def total(counts: Iterable[Count]) -> Sum:
    """Add counts of different people or bodies."""
    parts = [term(count) for count in counts]
    return parts[0] if len(parts) == 1 else add(parts)


def range_of(rivals: Iterable[Sum]) -> Sum:
    """Span rival sums of the same people: from the lowest to the highest; nothing is added.

    A rival that discloses only part of its terms never widens the range of those that disclose all.
    """
    rivals = tuple(rivals)
    if len(rivals) == 1:
        return rivals[0]
    full = tuple(rival for rival in rivals if not rival.undisclosed)
    chosen = full or tuple(rival for rival in rivals if rival.state == "stated") or rivals
    if len(chosen) == 1:
        return chosen[0]
    highs = [rival.high for rival in chosen]
    bests = {rival.best for rival in chosen}
    return _sum(
        low=min(rival.low for rival in chosen),
        best=bests.pop() if len(bests) == 1 else None,
        high=None if None in highs else max(high or 0 for high in highs),
        terms=max(rival.terms for rival in chosen),
        undisclosed=max(rival.undisclosed for rival in chosen),
        counted=(min(rival.disclosed_low for rival in chosen), max(rival.disclosed_high for rival in chosen)),
        approximate=any(rival.approximate for rival in chosen),
        open_end=any(rival.open for rival in chosen),
        withheld=any(rival.state == "withheld" for rival in chosen),
    )


NOTHING = add(())
"""The sum of no terms at all."""


def as_single_term(figure: Sum) -> Sum:
    """Return a sum counted as one term: undisclosed only when nothing of it is disclosed."""
    if figure.terms == 1:
        return figure
    hidden = figure.terms > 0 and figure.undisclosed == figure.terms
    partly = 0 < figure.undisclosed < figure.terms
    return msgspec.structs.replace(figure, terms=1, undisclosed=int(hidden), open=figure.open or partly)


def as_possible(figure: Sum) -> Sum:
    """Return a figure that only may fall inside the span asked for: it adds to the high end, not to the low."""
    return msgspec.structs.replace(figure, low=0, best=None, disclosed_low=0)


def intersect(parts: Sum, whole: Sum) -> Sum:
    """Return what two measurements of the same people allow together; their span where they do not meet."""
    if not is_compatible(parts, whole):
        apart = msgspec.structs.replace(range_of((_disclosed(parts), whole)), best=None)
        return _worded(apart, parts.terms, apart.disclosed_low, apart.disclosed_high)
    low, high = max(parts.low, whole.low), _least(parts.high, whole.high)
    better = whole if parts.undisclosed or (parts.high is None and whole.high is not None) else parts
    other = parts if better is whole else whole
    best = better.best if better.best is not None else other.best
    raised = low > better.disclosed_high
    first = max(better.disclosed_low, low)
    last = max(better.disclosed_high, low) if high is None else min(better.disclosed_high, high)
    measured = msgspec.structs.replace(
        better,
        low=low,
        best=best if best is not None and low <= best and (high is None or best <= high) else None,
        high=high,
        approximate=better.approximate and not raised,
        open=high is None and (better.open or raised),
    )
    return _worded(measured, parts.terms, first if first <= last else low, last)


def _disclosed(parts: Sum) -> Sum:
    """Return what is disclosed of a sum as a floor, so that its holes are not lost when it is spanned."""
    return msgspec.structs.replace(as_single_term(parts), undisclosed=0, open=parts.open or parts.undisclosed > 0)


def _worded(figure: Sum, terms: int, first: int, last: int) -> Sum:
    """Return a measured sum of so many terms with the text that says what it comes to."""
    text = ("~" if figure.approximate else "") + (str(first) if first == last else f"{first}..{last}")
    return msgspec.structs.replace(
        figure,
        text=text + ("+" if figure.open else ""),
        state="stated",
        terms=terms,
        undisclosed=0,
        disclosed_low=first,
        disclosed_high=last,
    )


def is_compatible(parts: Sum, whole: Sum) -> bool:
    """Whether a whole's own figure can be the sum of its parts."""
    return not (
        (whole.high is not None and parts.low > whole.high) or (parts.high is not None and whole.low > parts.high)
    )


def _least(number: int | None, other: int | None) -> int | None:
    known = [value for value in (number, other) if value is not None]
    return min(known) if known else None
