"""The deadlines by due day, as a document and as a table."""

from talkstrack.model.dates.durations import Duration, Step, parse_duration
from talkstrack.model.dates.period import Period
from talkstrack.render.text.document import (
    Column,
    Document,
    Grid,
    Row,
    StyledText,
    Table,
    Wrapped,
    document,
    row,
    wrapped,
)
from talkstrack.render.words.figures import coloured, many
from talkstrack.render.words.promises import deadline_words, left_words
from talkstrack.reports.deadlines import DeadlineRow, Deadlines

_TITLE = "Deadlines"
_INDENT = 14


def deadlines_document(report: Deadlines, *, clock: str, only_open: bool = False) -> Document:
    """Lay the deadlines out: a row for each, and below it how its day is known and what it replaced."""
    columns = (
        Column("due", least=10, keep=4),
        Column("what", least=12, keep=1, grows=True, gap=1),
        Column("by → to", least=9, keep=3, gap=1),
        Column("left" if only_open else "outcome", least=8, keep=5),
    )
    rows: list[Row | Wrapped] = []
    for deadline in report.rows:
        state = left_words(deadline) if only_open else deadline_words(deadline)
        rows.append(
            row(
                due_words(deadline.due).ljust(_INDENT - 1),
                StyledText(deadline.title),
                sides_words(deadline),
                coloured(state, deadline.state),
            )
        )
        rows.append(wrapped("", StyledText(detail_words(deadline), "muted"), _INDENT))
    return document(_TITLE, _note(report, clock), [Grid(columns, tuple(rows))] if rows else [])


def _note(report: Deadlines, clock: str) -> str:
    return f"{report.count.open} open · {report.count.closed} closed · {clock}"


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
    if length.low.months == length.high.months == 0:
        return f"{length.low.days} to {high}"
    return f"{low} to {high}"


def _step_words(step: Step) -> str:
    steps = [many(number, name) for number, name in ((step.months, "month"), (step.days, "day")) if number]
    return " and ".join(steps) or "0 days"


def deadlines_table(report: Deadlines, *, clock: str) -> Table:
    """Return a deadline a line; `days` are left until the last due day, negative once it has passed."""
    return Table(
        (
            "due", "due_first", "due_last", "event", "by", "to", "state", "days", "outcome", "set_on", "within",
            "replaces", "replaced_by", "replaced_after", "title", "note",
        ),
        [
            (
                row.due.edtf, row.due.earliest, row.due.latest, row.event, ", ".join(row.by_sides) or None,
                ", ".join(row.to_sides) or None, row.state, row.days, row.outcome, row.set_on.edtf, row.within,
                ", ".join(row.replaces) or None, row.replaced_by, row.replaced_after, row.title, row.note,
            )
            for row in report.rows
        ],
        _TITLE,
        _note(report, clock),
    )  # fmt: skip
