"""Look at dates that time does not allow, or that the day it is has overtaken."""

import re
from collections.abc import Iterator

from talkstrack.ledger.checking import hints
from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.register import is_before
from talkstrack.ledger.checking.view import View
from talkstrack.model.convert import Fault, Path
from talkstrack.model.dates.days import WEEKDAYS, iso_day, weekday_name
from talkstrack.model.dates.period import Period
from talkstrack.model.event import Event


def planned_past(event: Event, view: View) -> Iterator[Fault]:
    """Find a planned event whose day has passed, and that nothing has replaced."""
    if event.status == "postponed":
        due, field = event.date, "date"
    elif event.status == "planned":
        due, field = event.when, "date" if event.date else "scheduled"
    else:
        return
    if due is None or due.last is None or due.last >= view.today or event.id in view.replaced:
        return
    command = hints.revise(event.id, "status=lapsed", "it did not take place")
    message = f"{event.status} {'to' if event.status == 'postponed' else 'for'} {due.edtf}, which has passed"
    yield Fault("planned-past", (field,), message, f"say what came of it: {command}")


def held_future(event: Event, view: View) -> Iterator[Fault]:
    """Find an event that is said to have been held on a day to come."""
    if event.status not in ("held", "disputed") or event.date is None:
        return
    first = event.date.first
    if first is not None and first > view.today:
        message = f"{event.date.edtf} has not come, and the event is {event.status}"
        yield Fault("held-future", ("date",), message, 'write status = "planned" until the day has come')


def date_order(event: Event, view: View) -> Iterator[Fault]:
    """Find dates of an event that stand in an order that time does not allow."""
    day = event.when
    if event.status == "held" and is_before(event.date, event.scheduled) and event.scheduled:
        message = f"held on {day.edtf}, before the day it was due, {event.scheduled.edtf}"
        hint = "`scheduled` is the day it had been due, `date` the day it was"
        yield Fault("date-order", ("scheduled",), message, hint)
    if event.recorded is not None:
        if event.status == "held" and is_before(event.recorded, event.date):
            message = f"recorded on {event.recorded.edtf}, before it was held on {day.edtf}"
            yield Fault("date-order", ("recorded",), message, "`recorded` is the day the ledger learned of it")
        elif (event.recorded.first or 0) > view.today:
            yield Fault("date-order", ("recorded",), f"recorded on {event.recorded.edtf}, which has not come")
    for path, named, other in _later_dates(event):
        if is_before(other, day):
            yield Fault("date-order", path, f"{named} {other.edtf} lies before the event, {day.edtf}")
    for position, claim in enumerate(event.claim):
        if is_before(day, claim.since) and claim.since:
            message = f"the claim is made on {day.edtf}, before {claim.since.edtf}, from when it counts"
            yield Fault("date-order", ("claim", position, "since"), message)
    for place, target in enumerate(event.replaces):
        replaced = view.events.get(target)
        if replaced is not None and is_before(day, replaced.when):
            message = f"{quoted(target)} is dated {replaced.when.edtf}, after the event that replaces it, {day.edtf}"
            yield Fault("date-order", ("replaces", place), message)


def _later_dates(event: Event) -> Iterator[tuple[Path, str, Period]]:
    for position, deadline in enumerate(event.deadline):
        if deadline.due is not None:
            yield ("deadline", position, "due"), "the deadline", deadline.due
    for position, commitment in enumerate(event.commitment):
        if commitment.due is not None:
            yield ("commitment", position, "due"), "the day it was promised for,", commitment.due
    for position, office in enumerate(event.office):
        if office.ends is not None:
            yield ("office", position, "ends"), "the end of the office,", office.ends


def early_answer(event: Event, view: View) -> Iterator[Fault]:
    """Find an answer that is dated before what it answers."""
    for position, row in enumerate(event.response):
        day = row.date or event.when
        path: Path = ("response", position, "date") if row.date else ("date",)
        asked = [view.events[target] for target in event.about if target in view.events]
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


def weekday_mismatch(event: Event, _view: View) -> Iterator[Fault]:
    """Find a weekday in the source's words that no day of the date has (English, Ukrainian, Russian)."""
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
