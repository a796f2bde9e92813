"""Due days: when a deadline falls due, and how it stands on the day that is asked for."""

from typing import Literal, NamedTuple

from talkstrack.model.dates.durations import add, parse_duration
from talkstrack.model.dates.period import Period, first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Deadline
from talkstrack.rules.snapshot import Snapshot

State = Literal["open", "met", "lapsed", "passed", "replaced"]


class DeadlineState(NamedTuple):
    """How a deadline stands, when it falls due, and the event that replaced the one that set it."""

    state: State
    due: Period
    successor: Event | None


def due_date(event: Event, deadline: Deadline) -> Period:
    """Return when a deadline falls due: as stated, else the event's date plus `within`."""
    if deadline.due is not None:
        return deadline.due
    assert deadline.within is not None
    return add(event.when, parse_duration(deadline.within))


def deadline_state(snapshot: Snapshot, event: Event, deadline: Deadline) -> DeadlineState:
    """Return how a deadline stands: replaced, else open before the day, else its outcome, else passed."""
    due = due_date(event, deadline)
    successor = successor_of(snapshot, event)
    if successor is not None:
        return DeadlineState("replaced", due, successor)
    return DeadlineState("open" if snapshot.today <= last_day(due) else deadline.outcome or "passed", due, None)


def successor_of(snapshot: Snapshot, event: Event) -> Event | None:
    """Return the first held event that replaces this one and has happened."""
    later = snapshot.replaced_by.get(event.id, ())
    return next((other for other in later if other.counts and first_day(other.when) <= snapshot.today), None)
