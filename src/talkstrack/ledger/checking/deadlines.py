"""Look for deadlines that passed without a word on how they ended."""

from collections.abc import Iterator

from talkstrack.ledger.checking import hints
from talkstrack.ledger.checking.view import View
from talkstrack.model.convert import Fault
from talkstrack.model.dates.durations import Duration, Step, add, parse_duration
from talkstrack.model.dates.period import DateError, Period
from talkstrack.model.event import Deadline, Event


def deadline_passed(event: Event, view: View) -> Iterator[Fault]:
    """Find a deadline whose last day has passed, that has no outcome, and that nothing replaced."""
    if not (event.deadline and event.counts) or event.id in view.replaced:
        return
    for position, row in enumerate(event.deadline):
        if row.outcome is not None:
            continue
        due, reckoned = _due(event, row)
        if due is None or due.last is None or due.last >= view.today:
            continue
        days = view.today - due.last
        message = f"{_day(due)} passed {days:,} day{'s' if days > 1 else ''} ago, no outcome{reckoned}"
        where = "deadline" if len(event.deadline) == 1 else f"deadline.{position + 1}"
        told = hints.revise(event.id, f"{where}.outcome=lapsed", "passed without measures")
        path = ("deadline", position, "due" if row.due else "within")
        yield Fault("deadline-passed", path, message, f"say how it ended: {told}")


def _due(event: Event, row: Deadline) -> tuple[Period | None, str]:
    if row.due is not None or row.within is None:
        return row.due, ""
    length = parse_duration(row.within)
    try:
        due = add(event.when, length)
    except DateError:
        return None, ""
    return due, f": {event.when.edtf} + {_words(length)} = {_day(due)}"


def _day(period: Period) -> str:
    if period.earliest == period.latest or period.earliest is None:
        return period.latest or period.edtf
    return f"{period.earliest} to {period.latest}"


def _words(length: Duration) -> str:
    low, high = length.low, length.high
    if low == high:
        return _step(low)
    if low.months == high.months == 0:
        return f"{low.days} to {_step(high)}"
    return f"{_step(low)} to {_step(high)}"


def _step(step: Step) -> str:
    named = ((step.months, "month"), (step.days, "day"))
    found = [f"{number} {name}{'' if number == 1 else 's'}" for number, name in named if number]
    return " and ".join(found) or "0 days"
