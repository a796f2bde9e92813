"""Look at dates that time does not allow, or that the day it is has overtaken."""

import re
from collections.abc import Iterator

from talkstrack.ledger.checking.hints import quoted, revise
from talkstrack.ledger.checking.register import is_before
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault, Path
from talkstrack.model.dates.days import WEEKDAYS, iso_day, weekday_name
from talkstrack.model.dates.durations import Duration, Step, parse_duration
from talkstrack.model.dates.period import DateError, Period
from talkstrack.model.event import Event
from talkstrack.rules.due import deadline_state
from talkstrack.rules.snapshot import Snapshot


@check("planned-past", "warning", "the day of a planned event has passed, and the ledger does not say what came of it")
def planned_past(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    if event.status == "postponed":
        due, field = event.date, "date"
    elif event.status == "planned":
        due, field = event.when, "date" if event.date else "scheduled"
    else:
        return
    if due is None or due.last is None or due.last >= snapshot.today or event.id in snapshot.replaced_by:
        return
    command = revise(event.id, "status=lapsed", "it did not take place")
    message = f"{event.status} {'to' if event.status == 'postponed' else 'for'} {due.edtf}, which has passed"
    yield Fault("planned-past", (field,), message, command.preceded_by("say what came of it: "))


@check("held-future", "warning", "an event is said to have been held on a day that has not come")
def held_future(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    if event.status not in ("held", "disputed") or event.date is None:
        return
    first = event.date.first
    if first is not None and first > snapshot.today:
        message = f"{event.date.edtf} has not come, and the event is {event.status}"
        yield Fault("held-future", ("date",), message, 'write status = "planned" until the day has come')


@check("date-order", "warning", "two dates stand in an order that time does not allow")
def date_order(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    day = event.when
    if event.status == "held" and is_before(event.date, event.scheduled) and event.scheduled:
        message = f"held on {day.edtf}, before the day it was due, {event.scheduled.edtf}"
        hint = "`scheduled` is the day it had been due, `date` the day it was"
        yield Fault("date-order", ("scheduled",), message, hint)
    if event.recorded is not None:
        if event.status == "held" and is_before(event.recorded, event.date):
            message = f"recorded on {event.recorded.edtf}, before it was held on {day.edtf}"
            yield Fault("date-order", ("recorded",), message, "`recorded` is the day the ledger learned of it")
        elif (event.recorded.first or 0) > snapshot.today:
            yield Fault("date-order", ("recorded",), f"recorded on {event.recorded.edtf}, which has not come")
    for path, named, other in _later_dates(event):
        if is_before(other, day):
            yield Fault("date-order", path, f"{named} {other.edtf} lies before the event, {day.edtf}")
    for position, claim in enumerate(event.claim):
        if is_before(day, claim.since) and claim.since:
            message = f"the claim is made on {day.edtf}, before {claim.since.edtf}, from when it counts"
            yield Fault("date-order", ("claim", position, "since"), message)
    for place, target in enumerate(event.replaces):
        replaced = snapshot.by_id.get(target)
        if replaced is not None and is_before(day, replaced.when):
            message = f"{quoted(target)} is dated {replaced.when.edtf}, after the event that replaces it, {day.edtf}"
            yield Fault("date-order", ("replaces", place), message)


_LATER = (
    ("deadline", "due", "the deadline"),
    ("commitment", "due", "the day it was promised for,"),
    ("office", "ends", "the end of the office,"),
)


def _later_dates(event: Event) -> Iterator[tuple[Path, str, Period]]:
    for facet, field, called in _LATER:
        for position, row in enumerate(getattr(event, facet)):
            if (day := getattr(row, field)) is not None:
                yield (facet, position, field), called, day


@check("early-answer", "warning", "an answer is dated before what it answers")
def early_answer(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    for position, row in enumerate(event.response):
        day = row.date or event.when
        path: Path = ("response", position, "date") if row.date else ("date",)
        asked = [snapshot.by_id[target] for target in event.about if target in snapshot.by_id]
        for other in asked if event.about else [event]:
            if is_before(day, other.when):
                what = f"{quoted(other.id)}, " if event.about else "the proposal, "
                message = f"the answer of {row.by} is dated {day.edtf}, before {what}{other.when.edtf}"
                yield Fault("early-answer", path, message)


_NAMES = {
    "понеділок": 0, "понеділка": 0, "понедельник": 0, "понедельника": 0,
    "вівторок": 1, "вівторка": 1, "вторник": 1, "вторника": 1,
    "середа": 2, "середу": 2, "середи": 2, "среда": 2, "среду": 2, "среды": 2,
    "четвер": 3, "четверга": 3, "четверг": 3,
    "пʼятниця": 4, "пʼятницю": 4, "пʼятниці": 4, "пятница": 4, "пятницу": 4, "пятницы": 4,
    "субота": 5, "суботу": 5, "суботи": 5, "суббота": 5, "субботу": 5, "субботы": 5,
    "неділя": 6, "неділю": 6, "неділі": 6, "воскресенье": 6, "воскресенья": 6,
    **{name.lower(): number for number, name in enumerate(WEEKDAYS)},
}  # fmt: skip
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_NAMES)})\b")


@check("weekday-mismatch", "warning", "the source's words name a weekday that the date does not have")
def weekday_mismatch(_snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    """English, Ukrainian and Russian weekdays are known."""
    if event.as_written is None:
        return
    words = re.sub("п['’]ят", "пʼят", event.as_written.lower())
    named = {_NAMES[word] for word in _WEEKDAY.findall(words)}
    first, last = event.when.first, event.when.last
    if not named or first is None or last is None or last - first >= 6:
        return
    if named.isdisjoint((day - 1) % 7 for day in range(first, last + 1)):
        said = " and ".join(WEEKDAYS[number] for number in sorted(named))
        has = weekday_name(first) if first == last else f"{weekday_name(first)} to {weekday_name(last)}"
        near = min(
            (day for day in range(first - 6, last + 7) if (day - 1) % 7 in named),
            key=lambda day: (min(abs(day - first), abs(day - last)), -day),
        )
        hint = f"the {weekday_name(near)} next to it is {iso_day(near)}; the date may still be right"
        message = f"the source says {said}, and {event.when.edtf} is {has}"
        yield Fault("weekday-mismatch", ("as_written",), message, hint)


@check("deadline-passed", "warning", "a deadline has passed without an outcome")
def deadline_passed(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    for position, row in enumerate(event.deadline if event.counts else ()):
        try:
            state, due, _ = deadline_state(snapshot, event, row)
        except DateError:  # there is no such day
            continue
        if state != "passed" or due.last is None:
            continue
        days = snapshot.today - due.last
        reckoned = (
            "" if row.within is None else f": {event.when.edtf} + {_words(parse_duration(row.within))} = {_day(due)}"
        )
        message = f"{_day(due)} passed {days:,} day{'s' if days > 1 else ''} ago, no outcome{reckoned}"
        where = "deadline" if len(event.deadline) == 1 else f"deadline.{position + 1}"
        command = revise(event.id, f"{where}.outcome=lapsed", "passed without measures")
        path = ("deadline", position, "due" if row.due else "within")
        yield Fault("deadline-passed", path, message, command.preceded_by("say how it ended: "))


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
    words = [f"{number} {name}{'' if number == 1 else 's'}" for number, name in named if number]
    return " and ".join(words) or "0 days"
