"""How far a promise is kept, in a bar, a percentage and a word."""

import re

from talkstrack.model.counts import as_claimed, pretty
from talkstrack.render.text.document import Spans, bar
from talkstrack.reports.agreements import DirectionRow
from talkstrack.rules.fulfilment import DirectionProgress, Reading

NONE_DUE = "none"
"""What a side that reads no promise in this direction is shown to ask for."""


def _readings(progress: DirectionProgress) -> tuple[Reading, ...]:
    """Return the readings of parties, whose codes are in capitals; those of the press only where no party has one."""
    own = tuple(one for one in progress.readings if one.side is None or one.side.isupper())
    return own or progress.readings


def promised(progress: DirectionProgress) -> tuple[str, ...]:
    """Return the figures the sides read in a promise, those that begin alike once, as shown."""
    found: dict[str, str] = {}
    counts = [one.promised for one in _readings(progress)]
    for count in counts:
        if count is not None:
            number = re.search(r"\d+", count.text)
            found.setdefault(number[0] if number else count.text, pretty(count.text))
    if found and None in counts:
        return (*found.values(), NONE_DUE)
    return tuple(found.values())


def _least(progress: DirectionProgress) -> int:
    lows = [as_claimed(one.promised)[0] for one in _readings(progress) if one.promised is not None]
    return min(lows, default=0)


def drawn(found: DirectionRow, cells: int = 20) -> Spans:
    """Draw how much of the least that was promised is delivered; nothing where no number was promised."""
    least, told = _least(found.progress), found.told
    if not least:
        return ()
    return bar(
        least,
        certain=told.disclosed_low,
        possible=told.disclosed_high,
        undisclosed=bool(told.undisclosed),
        cells=cells,
    )


def percent(found: DirectionRow) -> str:
    """Return how much of the least that was promised is delivered; `?` where some of it is undisclosed."""
    least, told = _least(found.progress), found.told
    if not least:
        return ""
    if told.undisclosed:
        return "?"
    low, high = told.disclosed_low / least * 100, told.disclosed_high / least * 100
    first, last = _number(low), _number(high)
    if first != last and max(low, high) >= 10:
        first, last = f"{low:.0f}", f"{high:.0f}"
    mark = "~" if told.approximate else ""
    return f"{mark}{first if first == last else f'{first}–{last}'}{'+' if told.open else ''} %"


def _number(value: float) -> str:
    if 0 < value < 0.1:
        return "<0.1"
    if 99 < value < 100:
        return "99"
    return f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"


def state_words(state: str | None, days: int | None) -> str:
    """Return a state with its days where they say more: `met day 9`, `open day 230`."""
    if state is None:
        return ""
    return f"{state} day {days}" if state in ("met", "open") and days is not None else state
