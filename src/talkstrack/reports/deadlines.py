"""Deadlines: the computed day, whom it binds, what replaced it, and how it ended."""

import msgspec

from talkstrack.model.dates.period import Period, first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Deadline, Outcome
from talkstrack.rules.due import State, deadline_state
from talkstrack.rules.snapshot import Snapshot


class DeadlineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline as it stood on the report's day; `by` and `to` are names as written, their sides beside them.

    `days`: from that day to the last due day; negative once past, None where the due date has no end.
    """

    event: str
    title: str
    kind: str
    due: Period
    computed: bool
    within: str | None
    set_on: Period
    by: tuple[str, ...]
    to: tuple[str, ...]
    by_sides: tuple[str, ...]
    to_sides: tuple[str, ...]
    state: State
    outcome: Outcome | None
    days: int | None
    replaced_by: str | None
    replaced_after: int | None
    replaces: tuple[str, ...]
    note: str | None


class DeadlineCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many deadlines are open, and how many are not any more."""

    open: int
    closed: int


class Deadlines(msgspec.Struct, frozen=True, kw_only=True):
    """The deadlines report: rows by due day, and how many are open and closed."""

    rows: tuple[DeadlineRow, ...]
    count: DeadlineCount
    today: str


def row(snapshot: Snapshot, event: Event, deadline: Deadline) -> DeadlineRow:
    """Return one deadline with its state: replaced, else open before the day, else its outcome, else passed."""
    state, due, successor = deadline_state(snapshot, event, deadline)
    return DeadlineRow(
        event=event.id,
        title=event.title,
        kind=event.kind,
        due=due,
        computed=deadline.due is None,
        within=deadline.within,
        set_on=event.when,
        by=event.by,
        to=deadline.to,
        by_sides=snapshot.register.sides(event.by),
        to_sides=snapshot.register.sides(deadline.to),
        state=state,
        outcome=deadline.outcome if snapshot.today > last_day(due) else None,
        days=due.last - snapshot.today if due.last is not None else None,
        replaced_by=successor.id if successor else None,
        replaced_after=first_day(successor.when) - first_day(event.when) if successor else None,
        replaces=event.replaces,
        note=deadline.note,
    )


def rows_of(snapshot: Snapshot, event: Event) -> tuple[DeadlineRow, ...]:
    """Return an event's deadlines."""
    return tuple(row(snapshot, event, deadline) for deadline in event.deadline)


def deadlines(snapshot: Snapshot, events: tuple[Event, ...], *, only_open: bool = False, today: str = "") -> Deadlines:
    """Report the deadlines of the selected events, by due day."""
    rows = [row for event in events for row in rows_of(snapshot, event)]
    rows.sort(key=lambda row: (first_day(row.due), last_day(row.due)))
    is_open = sum(row.state == "open" for row in rows)
    return Deadlines(
        rows=tuple(row for row in rows if row.state == "open" or not only_open),
        count=DeadlineCount(open=is_open, closed=len(rows) - is_open),
        today=today,
    )
