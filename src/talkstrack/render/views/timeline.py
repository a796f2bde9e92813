"""The timeline as a document by month, and as a table."""

from collections.abc import Iterator

from talkstrack.model.dates.period import Period
from talkstrack.model.register import Register
from talkstrack.render.table import Table
from talkstrack.render.text.document import Blank, Document, Element, Legend, Line, StyledText
from talkstrack.render.text.makers import document, heading, line, plain, spans
from talkstrack.render.words.dates import day_label
from talkstrack.render.words.figures import many, month_words, span_words, symbol
from talkstrack.render.words.headlines import headline_words
from talkstrack.reports.timeline import Grouping, Timeline, TimelineGroup, TimelineRow

_DAY = 9
"""Cells for the day, the blank behind it included."""
_LONGEST_ISO = 21


def timeline_document(report: Timeline, register: Register, *, group: Grouping) -> Document:
    """Lay the timeline out: a heading per group, a line per event, marked gaps, and what the signs mean."""
    elements: list[Element] = []
    rows = [row for group in report.groups for row in group.rows]
    width = _DAY if group == "month" else max((len(_iso(row.event.when)) + 2 for row in rows), default=_DAY)
    for section in report.groups:
        if section.rows and section.rows[0].gap and elements:
            elements.insert(len(elements) - 1, _gap(section.rows[0].gap, width))
        elements.append(heading(_title(section, group, register), many(len(section.rows), "event")))
        elements += _rows(section, register, group, width)
        elements.append(Blank())
    elements.append(_legend(report, register))
    return document(report.title, count_words(report), elements)


def count_words(report: Timeline) -> str:
    """Return how much of the ledger is shown, and over which days."""
    of = (
        f"{report.shown} of {many(report.total, 'event')}"
        if report.shown != report.total
        else many(report.total, "event")
    )
    when = span_words(report.first, report.last)
    return f"{of} · {when}" if when else of


def _title(section: TimelineGroup, group: Grouping, register: Register) -> str:
    if group == "month":
        return month_words(section.key)
    if group == "round":
        return f"Round {section.key}" if section.key else "Outside the rounds"
    if group == "kind":
        return (register.kinds[section.key].label or section.key) if section.key in register.kinds else section.key
    return section.key


def _rows(section: TimelineGroup, register: Register, group: Grouping, width: int) -> Iterator[Line]:
    for place, row in enumerate(section.rows):
        if row.gap and place:
            yield _gap(row.gap, width)
        label = _aligned(day_label(row.event.when)) if group == "month" else _iso(row.event.when)
        yield _row(row, register, label.ljust(width))


def _gap(days: int, width: int) -> Line:
    return Line(
        spans(StyledText(" " * width + "⋮   ", "muted", " " * width + ":   "), StyledText(many(days, "day"), "muted"))
    )


def _iso(when: Period) -> str:
    """Return a date as it is written where that is short, else its first and last day."""
    if "T" not in when.edtf and len(when.edtf) <= _LONGEST_ISO:
        return when.edtf
    if when.earliest == when.latest:
        return when.earliest or when.edtf
    return f"{when.earliest or '..'}/{when.latest or '..'}"


def _row(row: TimelineRow, register: Register, label: str) -> Line:
    event = row.event
    sign = symbol(register, event.kind)
    is_held = event.status == "held"
    role = "" if is_held else "muted"
    mark = spans(sign, "   ") if is_held else spans(StyledText("(", "muted"), sign, StyledText(") ", "muted"))
    words = headline_words(row.headline, event, register)
    return line(
        (StyledText(label, "muted" if row.is_possible else ""), mark, StyledText(event.title, role), _perhaps(row)),
        words if is_held else StyledText(plain(words), role),
    )


def _perhaps(row: TimelineRow) -> StyledText:
    return StyledText(" · perhaps" if row.is_possible else "", "muted")


def _aligned(label: str) -> str:
    bare = label.strip()
    return f"{bare:>6}" if len(bare) == 5 and bare[1] == " " else bare


def _legend(report: Timeline, register: Register) -> Legend:
    rows = [row for group in report.groups for row in group.rows]
    kinds = dict.fromkeys(row.event.kind for row in rows)
    known = [kind for kind in register.kinds if kind in kinds]
    entries = [(spans(symbol(register, kind)), register.kinds[kind].label or kind) for kind in known]
    if any(row.event.status != "held" for row in rows):
        entries.append((spans("( )"), "counts for nothing: planned, lapsed, disputed"))
    return Legend(tuple(entries))


def timeline_table(report: Timeline, register: Register, title: str | None = None, note: str | None = None) -> Table:
    """Return an event a line: ISO date, id, kind, status, title, what matters, and whether it surely falls inside."""
    rows = [row for group in report.groups for row in group.rows]
    return Table(
        ("date", "id", "kind", "status", "title", "matters", "span"),
        [
            (
                row.event.when.edtf, row.event.id, row.event.kind, row.event.status, row.event.title,
                plain(headline_words(row.headline, row.event, register)) or None,
                "may fall inside" if row.is_possible else None,
            )
            for row in rows
        ],
        report.title if title is None else title,
        count_words(report) if note is None else note,
    )  # fmt: skip
