"""A promise in words: its readings, its progress, its state; what is due, left and past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from talkstrack.model.counts import pretty
from talkstrack.model.dates.durations import Duration, Step, parse_duration
from talkstrack.model.dates.period import Period
from talkstrack.model.facets import Unit
from talkstrack.model.register import Register
from talkstrack.render.text.document import Spans, StyledText
from talkstrack.render.text.makers import bar, spans
from talkstrack.render.words.dates import display, short_day
from talkstrack.render.words.figures import answer_words, coloured, many

if TYPE_CHECKING:  # who shows an event has no use for the modules of all reports
    from talkstrack.reports.agreements import CommitmentRow, DirectionRow, PromiseReading
    from talkstrack.reports.brief import Dispute
    from talkstrack.reports.deadlines import DeadlineRow
    from talkstrack.reports.proposals import ProposalRow
    from talkstrack.rules.fulfilment import DirectionProgress, Fulfilment, Reading


_NAMED = 3
NONE_DUE = "none"
"""What a side that reads no promise in this direction is shown to ask for."""


def _readings(progress: DirectionProgress) -> tuple[Reading, ...]:
    """Return the readings of the sides; those of the press only where no side has one."""
    return tuple(reading for reading in progress.readings if not reading.is_press) or progress.readings


def promised(progress: DirectionProgress) -> tuple[str, ...]:
    """Return the figures the sides read in a promise, those that begin alike once, as shown."""
    figures: dict[str, str] = {}
    counts = [reading.promised for reading in _readings(progress)]
    for count in filter(None, counts):
        number = re.search(r"\d+", count.text)
        figures.setdefault(number[0] if number else count.text, pretty(count.text))
    return (*figures.values(), *((NONE_DUE,) if figures and None in counts else ()))


def _least(progress: DirectionProgress) -> int:
    lows = [reading.promised.bounds[0] for reading in _readings(progress) if reading.promised is not None]
    return min(lows, default=0)


def drawn(row: DirectionRow, cells: int = 20) -> Spans:
    """Draw how much of the least that was promised is delivered; nothing where no number was promised."""
    least, low, high = _least(row.progress), row.range.disclosed_low, row.range.disclosed_high
    hidden = bool(row.range.undisclosed)
    return bar(least, certain=low, possible=high, undisclosed=hidden, cells=cells) if least else ()


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


def short_reading(reading: PromiseReading, what: Unit | None, register: Register) -> str:
    """Return one reading of a commitment: `1,200+ each, says RUS`."""
    unit, to = " bodies" if what == "bodies" else "", f"to {reading.to}" if reading.to else "each"
    counted = f"{pretty(reading.count.text)}{unit} {to}" if reading.count is not None else ""
    text = " ".join(filter(None, (counted, ", ".join(reading.described_as)))) or reading.note or "no number"
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


def uncounted_words(commitment: CommitmentRow) -> Iterator[str]:
    """Yield how a promise that counts nothing is described, each word once."""
    said = (part for reading in commitment.readings for part in (*reading.described_as, reading.note or ""))
    yield from dict.fromkeys(part for part in said if part)


def uncounted_state(commitment: CommitmentRow, register: Register) -> StyledText:
    """Return whether it is said of such a promise that it is met, and by whom."""
    words = {fulfilment.fulfilled for fulfilment in commitment.fulfilments}
    if not words:
        return StyledText("not counted")
    if len(words) > 1:
        return coloured("disputed", "disputed")
    who = ", ".join(dict.fromkeys(register.called(fulfilment.by) for fulfilment in commitment.fulfilments))
    return coloured(f"met, says {who}", "met") if words == {True} else StyledText(f"not met, says {who}")


def reading_words(commitment: CommitmentRow, reading: PromiseReading, register: Register) -> str:
    """Return one side's reading of a promise: `1,200+ each way, says RUS`."""
    unit = " bodies" if commitment.what == "bodies" and not commitment.reference.endswith("/bodies") else ""
    number = pretty(reading.count.text) if reading.count else "no number"
    to = f"to {reading.to}" if reading.to else "each way"
    due = f" by {reading.due.edtf}" if reading.due else ""
    says = f", says {register.called(reading.side)}" if reading.side else ""
    return f"{number}{unit} {to}{due}{says}"


def description_words(commitment: CommitmentRow, register: Register) -> Iterator[str]:
    """Yield how a promise is described: what all say of it, then what one side says: `under 25 (RUS)`."""
    described = [reading for reading in commitment.readings if reading.described_as]
    sides: dict[str, list[str]] = {}
    for reading in described:
        for word in dict.fromkeys(reading.described_as):
            sides.setdefault(word, []).append(register.called(reading.side or ""))
    shared = [word for word, said_by in sides.items() if len(said_by) == len(described)]
    own = [f"{word} ({', '.join(dict.fromkeys(sides[word]))})" for word in sides if word not in shared]
    yield from filter(None, (", ".join(shared), " · ".join(own)))


def remarks(commitment: CommitmentRow, register: Register) -> Iterator[str]:
    """Yield what there is to say of a promise beside its figures: holes, ties, deliveries, words that it is met."""
    sides_of: dict[str, list[str]] = {}
    for direction in commitment.directions:
        for text in _of_direction(direction):
            sides_of.setdefault(text, []).append(direction.progress.to)
    for text, sides in sides_of.items():
        yield text if len(sides) == len(commitment.directions) else f"to {', '.join(sides)}: {text}"
    if last := _last(commitment):
        yield last
    for missed in commitment.not_held:
        yield f"{missed.status}: {missed.title}, {display(missed.date)} ({missed.event})"
    yield from _fulfilments(commitment.fulfilments, register)


def _of_direction(direction: DirectionRow) -> Iterator[str]:
    delivered = direction.progress.delivered
    if delivered.undisclosed:
        yield f"{delivered.undisclosed} of {many(delivered.terms, 'hand-over')} undisclosed"
    sides = direction.progress.by_side
    if len({figure.text for figure in sides.values()}) > 1:
        yield " · ".join(f"{side} ties {pretty(figure.text)}" for side, figure in sides.items())
    elif len(sides) == 1 and direction.deliveries:
        yield f"tied to it by {next(iter(sides))} alone"
    if direction.untied:
        named = [f"{pretty(delivery.figure.text)} of {delivery.date.edtf}" for delivery in direction.untied[:_NAMED]]
        more = len(direction.untied) - len(named)
        extra = f" and {many(more, 'hand-over')} more" if more else ""
        yield f"{pretty(direction.at_most.text)} at most, with the {', '.join(named)}{extra} that nobody ties"


def _last(commitment: CommitmentRow) -> str:
    dates = {each.event: each.date.edtf for direction in commitment.directions for each in direction.deliveries}
    if commitment.last_delivery is None or commitment.last_delivery_days is None:
        return "" if commitment.last_delivery else "nothing delivered yet"
    return f"last delivery {dates[commitment.last_delivery]}, {many(commitment.last_delivery_days, 'day')} ago"


def _fulfilments(fulfilments: tuple[Fulfilment, ...], register: Register) -> Iterator[str]:
    for fulfilled, label in ((True, "complete"), (False, "not complete")):
        days: dict[str, list[str]] = {}
        for fulfilment in fulfilments:
            if fulfilment.fulfilled == fulfilled:
                days.setdefault(fulfilment.date, []).append(register.called(fulfilment.by))
        if days:
            yield f"{label}: " + ", ".join(f"{' and '.join(dict.fromkeys(who))} {day}" for day, who in days.items())


def due_words(due: Period) -> str:
    """Return when something falls due: a plain date as written, several days as `2025-08-07/09`."""
    first, last = due.earliest, due.latest
    if first is None or last is None:
        return f"from {first}" if first else f"by {last}" if last else due.edtf
    if "/" not in due.edtf and due.edtf[:1] not in "[{":
        return due.edtf
    mark = "~" if due.approximate else ""
    if first == last:
        return first + mark
    shared = 8 if first[:7] == last[:7] else 5 if first[:4] == last[:4] else 0
    return f"{first}/{last[shared:]}{mark}"


def sides_words(deadline: DeadlineRow) -> str:
    """Return who set a deadline to whom: `USA → RUS`."""
    return " → ".join(", ".join(sides) for sides in (deadline.by_sides, deadline.to_sides) if sides) or "–"


def detail_words(deadline: DeadlineRow) -> str:
    """Return how the day is known, the event's id, its place in a chain of replacements, and how long ago it was."""
    known = f"{due_words(deadline.set_on)} + {within_words(deadline.within)}" if deadline.within else "stated"
    details = [f"{known}, {deadline.note}" if deadline.note else known, deadline.event]
    if deadline.replaces:
        details.append(f"replaces {', '.join(deadline.replaces)}")
    if deadline.replaced_by:
        details.append(f"replaced by {deadline.replaced_by}")
    elif deadline.state in ("lapsed", "passed") and deadline.days is not None:
        details.append(f"{many(-deadline.days, 'day')} ago")
    return " · ".join(details)


def within_words(within: str) -> str:
    """Return a duration in words: `50 days`, `10 to 12 days`, `1 month and 5 days`."""
    length: Duration = parse_duration(within)
    low, high = _step_words(length.low), _step_words(length.high)
    if low == high:
        return low
    is_in_days = length.low.months == length.high.months == 0
    return f"{length.low.days if is_in_days else low} to {high}"


def _step_words(step: Step) -> str:
    steps = [many(number, name) for number, name in ((step.months, "month"), (step.days, "day")) if number]
    return " and ".join(steps) or "0 days"


def outcome_words(proposal: ProposalRow, register: Register) -> Spans:
    """Return what came of a proposal: each side's last answer, what was delivered, how its deadline ended."""
    if proposal.status != "held":
        return spans(coloured(proposal.status, proposal.status))
    answers = proposal.last_answers.items()
    words = [coloured(f"{register.called(side)} {answer_words(answer)}", answer) for side, answer in answers]
    if proposal.state:
        words.append(coloured(state_words(proposal.state, met_on=proposal.met_on), proposal.state))
    for deadline in proposal.deadlines:
        if deadline.state not in ("met", "passed"):
            ended = f"due {deadline.due.edtf}" if deadline.state == "open" else deadline.state
            words.append(coloured(ended, deadline.state))
    return spans(words[:1], *(("; ", piece) for piece in words[1:]))
