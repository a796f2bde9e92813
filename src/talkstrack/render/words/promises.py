"""How far a promise is kept, in a bar, a percentage and a word."""

import re

from talkstrack.model.counts import as_claimed, pretty
from talkstrack.model.event import What
from talkstrack.model.register import Register
from talkstrack.render.text.document import Spans, bar
from talkstrack.render.words.dates import short_day
from talkstrack.render.words.figures import many
from talkstrack.reports.agreements import DirectionRow, PromiseReading
from talkstrack.reports.brief import Dispute
from talkstrack.reports.deadlines import DeadlineRow
from talkstrack.rules.fulfilment import DirectionProgress, Reading

NONE_DUE = "none"
"""What a side that reads no promise in this direction is shown to ask for."""


def _readings(progress: DirectionProgress) -> tuple[Reading, ...]:
    """Return the readings of the sides; those of the press only where no side has one."""
    return tuple(reading for reading in progress.readings if not reading.is_press) or progress.readings


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
    least, delivered = _least(row.progress), row.range
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
    least, delivered = _least(row.progress), row.range
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


def state_words(state: str | None, days: int | None = None, met_on: str | None = None) -> str:
    """Return a state with its days where they say more: `met day 9`, `open day 230`, or with its day: `met 25 May`."""
    words = (state or "").replace("-", " ")
    if state == "met" and met_on:
        return f"{words} {short_day(met_on)}"
    return f"{words} day {days}" if state in ("met", "open") and days is not None else words


def reading_words(reading: PromiseReading, what: What | None, register: Register) -> str:
    """Return one reading of a commitment: `1,200+ each, says RUS`."""
    words = []
    if reading.count is not None:
        words.append(pretty(reading.count.text) + (" bodies" if what == "bodies" else ""))
        words.append(f"to {reading.to}" if reading.to else "each")
    words += [", ".join(reading.described_as)] if reading.described_as else []
    text = " ".join(words) or reading.note or "no number"
    return f"{text}, says {register.called(reading.by or reading.side or '')}" if reading.side else text


def dispute_words(dispute: Dispute) -> str:
    """Return how the sides differ: `1,200 each (RUS) or 1,000 each (UKR)`, or which of them tie what to a scope."""
    if (tie := dispute.tie) is not None:
        counted = f"{pretty(tie.figure.text)} {tie.what} to {tie.to}"
        return f"{counted}, under {tie.under} ({', '.join(tie.tied_by)}) or not ({', '.join(tie.cut_by)})"
    sides: dict[str, list[str]] = {}
    for reading in dispute.readings:
        if reading.side is not None and reading.count is not None:
            to = f"to {reading.to}" if reading.to else "each"
            sides.setdefault(reading.side, []).append(f"{pretty(reading.count.text)} {to}")
    return " or ".join(f"{', '.join(counts)} ({side})" for side, counts in sides.items())


def left_words(deadline: DeadlineRow) -> str:
    """Return how many days are left."""
    if deadline.days is None:
        return "no end"
    return many(deadline.days, "day") if deadline.days else "today"


def deadline_words(deadline: DeadlineRow) -> str:
    """Return how a deadline stands: `replaced day 14`, `open, 38 days`."""
    if deadline.state == "replaced":
        return f"replaced day {deadline.replaced_after}"
    if deadline.state == "open":
        return f"open, {left_words(deadline)}" if deadline.days is not None else "open"
    return deadline.state
