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
    own = tuple(reading for reading in progress.readings if reading.side is None or reading.side.isupper())
    return own or progress.readings


def promised(progress: DirectionProgress) -> tuple[str, ...]:
    """Return the figures the sides read in a promise, those that begin alike once, as shown."""
    figures: dict[str, str] = {}
    counts = [reading.promised for reading in _readings(progress)]
    for count in counts:
        if count is not None:
            number = re.search(r"\d+", count.text)
            figures.setdefault(number[0] if number else count.text, pretty(count.text))
    if figures and None in counts:
        return (*figures.values(), NONE_DUE)
    return tuple(figures.values())


def _least(progress: DirectionProgress) -> int:
    lows = [as_claimed(reading.promised)[0] for reading in _readings(progress) if reading.promised is not None]
    return min(lows, default=0)


def drawn(row: DirectionRow, cells: int = 20) -> Spans:
    """Draw how much of the least that was promised is delivered; nothing where no number was promised."""
    least, delivered = _least(row.progress), row.told
    if not least:
        return ()
    return bar(
        least,
        certain=delivered.disclosed_low,
        possible=delivered.disclosed_high,
        undisclosed=bool(delivered.undisclosed),
        cells=cells,
    )


def percent(row: DirectionRow) -> str:
    """Return how much of the least that was promised is delivered; `?` where some of it is undisclosed."""
    least, delivered = _least(row.progress), row.told
    if not least:
        return ""
    if delivered.undisclosed:
        return "?"
    low, high = delivered.disclosed_low / least * 100, delivered.disclosed_high / least * 100
    first, last = _number(low), _number(high)
    if first != last and max(low, high) >= 10:
        first, last = f"{low:.0f}", f"{high:.0f}"
    mark = "~" if delivered.approximate else ""
    return f"{mark}{first if first == last else f'{first}–{last}'}{'+' if delivered.open else ''} %"


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
