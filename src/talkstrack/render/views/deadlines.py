"""The deadlines by due day, as a document and as a table."""

from talkstrack.render.table import Table
from talkstrack.render.text.document import Column, Document, Grid, Row, Wrapped
from talkstrack.render.text.makers import document, muted, row, wrapped
from talkstrack.render.words.figures import coloured
from talkstrack.render.words.promises import deadline_words, detail_words, due_words, left_words, sides_words
from talkstrack.reports.deadlines import Deadlines

_TITLE = "Deadlines"
_INDENT = 14


def deadlines_document(report: Deadlines, *, clock: str, only_open: bool = False) -> Document:
    """Lay the deadlines out: a row for each, and below it how its day is known and what it replaced."""
    columns = (
        Column("due", least=10, keep=4), Column("what", least=12, keep=1, grows=True, gap=1),
        Column("by → to", least=9, keep=3, gap=1), Column("left" if only_open else "outcome", least=8, keep=5),
    )  # fmt: skip
    rows: list[Row | Wrapped] = []
    for deadline in report.rows:
        state = left_words(deadline) if only_open else deadline_words(deadline)
        due = due_words(deadline.due).ljust(_INDENT - 1)
        rows.append(row(due, deadline.title, sides_words(deadline), coloured(state, deadline.state)))
        rows.append(wrapped("", muted(detail_words(deadline)), _INDENT))
    return document(_TITLE, _note(report, clock), [Grid(columns, tuple(rows))] if rows else [])


def _note(report: Deadlines, clock: str) -> str:
    return f"{report.count.open} open · {report.count.closed} closed · {clock}"


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
