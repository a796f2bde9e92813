"""The deadlines as a table by due day, and as flat columns."""

from talkstrack.model.dates.durations import Duration, Step, parse_duration
from talkstrack.model.dates.period import Period
from talkstrack.render.text.document import Column, Document, Grid, Row, StyledText, Table, Wrapped, page, row, wrapped
from talkstrack.render.words.figures import STATE_ROLES, many
from talkstrack.reports.deadlines import DeadlineRow, Deadlines

_INDENT = 14


def deadlines_page(report: Deadlines, *, clock: str, only_open: bool = False) -> Document:
    """Lay the deadlines out: a row for each, and below it how its day is known and what it replaced."""
    columns = (
        Column("due", least=10, keep=4),
        Column("what", least=12, keep=1, grows=True, gap=1),
        Column("by → to", least=9, keep=3, gap=1),
        Column("left" if only_open else "outcome", least=8, keep=5),
    )
    rows: list[Row | Wrapped] = []
    for one in report.rows:
        state = left_words(one) if only_open else state_words(one)
        rows.append(
            row(
                due_words(one.due).ljust(_INDENT - 1),
                StyledText(one.title),
                sides_words(one),
                StyledText(state, STATE_ROLES[one.state]),
            )
        )
        rows.append(wrapped("", StyledText(detail_words(one), "muted"), _INDENT))
    note = f"{report.open} open · {report.closed} closed · {clock}"
    return page("Deadlines", note, [Grid(columns, tuple(rows))] if rows else [])


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


def sides_words(one: DeadlineRow) -> str:
    """Return who set a deadline to whom: `USA → RUS`."""
    return " → ".join(", ".join(sides) for sides in (one.by_sides, one.to_sides) if sides) or "–"


def state_words(one: DeadlineRow) -> str:
    """Return how a deadline stands: `replaced day 14`, `open, 38 days`."""
    if one.state == "replaced":
        return f"replaced day {one.replaced_after}"
    if one.state == "open":
        return f"open, {left_words(one)}" if one.days is not None else "open"
    return one.state


def left_words(one: DeadlineRow) -> str:
    """Return how many days are left."""
    if one.days is None:
        return "no end"
    return many(one.days, "day") if one.days else "today"


def detail_words(one: DeadlineRow) -> str:
    """Return how the day is known, the event's id, its place in a chain of replacements, and how long ago it was."""
    known = f"{due_words(one.set_on)} + {within_words(one.within)}" if one.within else "stated"
    told = [f"{known}, {one.note}" if one.note else known, one.event]
    if one.replaces:
        told.append(f"replaces {', '.join(one.replaces)}")
    if one.replaced_by:
        told.append(f"replaced by {one.replaced_by}")
    elif one.state in ("lapsed", "passed") and one.days is not None:
        told.append(f"{many(-one.days, 'day')} ago")
    return " · ".join(told)


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
    found = [many(number, name) for number, name in ((step.months, "month"), (step.days, "day")) if number]
    return " and ".join(found) or "0 days"


def deadlines_flat(report: Deadlines) -> Table:
    """Return a deadline a line; `days` are left until the last due day, negative once it has passed."""
    return Table(
        (
            "due", "due_first", "due_last", "event", "by", "to", "state", "days", "outcome", "set_on", "within",
            "replaces", "replaced_by", "replaced_after", "title", "note",
        ),
        [
            (
                one.due.edtf, one.due.earliest, one.due.latest, one.event, ", ".join(one.by_sides) or None,
                ", ".join(one.to_sides) or None, one.state, one.days, one.outcome, one.set_on.edtf, one.within,
                ", ".join(one.replaces) or None, one.replaced_by, one.replaced_after, one.title, one.note,
            )
            for one in report.rows
        ],
    )  # fmt: skip
