"""Sums of counts that keep their bounds and their holes."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from talkstrack.model.counts import Count, State


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
    exact = low = terms = undisclosed = counted_low = counted_high = 0
    best: int | None = 0
    high: int | None = 0
    approximate = open_end = withheld = False
    for part in parts:
        if part.low == part.best == part.high and not part.approximate:  # most are, and of these one number is enough
            exact += part.low
            terms += part.terms
            continue
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
        low=exact + low,
        best=None if best is None else exact + best,
        high=None if high is None else exact + high,
        terms=terms,
        undisclosed=undisclosed,
        counted=(exact + counted_low, exact + counted_high),
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
