"""The timeline as a document by month, and as a table."""

from collections.abc import Iterator

from talkstrack.model.dates.period import Period
from talkstrack.model.entries import Kind
from talkstrack.model.register import Register
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import Blank, Document, Element, Legend, Line, StyledText
from talkstrack.render.text.makers import document, heading, line, muted, plain, spans
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
    width = _DAY if group == "month" else max((len(_iso(row.event.when)) + 2 for row in report.rows), default=_DAY)
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
    of = f"{report.shown} of " if report.shown != report.total else ""
    when = span_words(report.first, report.last)
    return of + many(report.total, "event") + (f" · {when}" if when else "")


def _title(section: TimelineGroup, group: Grouping, register: Register) -> str:
    if group == "month":
        return month_words(section.key)
    if group == "round":
        return f"Round {section.key}" if section.key else "Outside the rounds"
    if group == "kind":
        return register.kinds.get(section.key, Kind()).label or section.key
    return section.key


def _rows(section: TimelineGroup, register: Register, group: Grouping, width: int) -> Iterator[Line]:
    for place, row in enumerate(section.rows):
        if row.gap and place:
            yield _gap(row.gap, width)
        label = _aligned(day_label(row.event.when)) if group == "month" else _iso(row.event.when)
        yield _row(row, register, label.ljust(width))


def _gap(days: int, width: int) -> Line:
    blank = " " * width
    return line((StyledText(f"{blank}⋮   ", "muted", f"{blank}:   "), muted(many(days, "day"))))


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
    mark = (sign, "   ") if is_held else (muted("("), sign, muted(") "))
    words = headline_words(row.headline, event, register)
    day, perhaps = (muted(label), muted(" · perhaps")) if row.is_possible else (label, "")
    return line((day, mark, StyledText(event.title, role), perhaps), words if is_held else muted(plain(words)))


def _aligned(label: str) -> str:
    bare = label.strip()
    return f"{bare:>6}" if len(bare) == 5 and bare[1] == " " else bare


def _legend(report: Timeline, register: Register) -> Legend:
    kinds = {row.event.kind for row in report.rows}
    known = [kind for kind in register.kinds if kind in kinds]
    entries = [(spans(symbol(register, kind)), register.kinds[kind].label or kind) for kind in known]
    if any(row.event.status != "held" for row in report.rows):
        entries.append((spans("( )"), "counts for nothing: planned, lapsed, disputed"))
    return Legend(tuple(entries))


def timeline_table(report: Timeline, register: Register, title: str | None = None, note: str | None = None) -> Table:
    """Return an event a line: ISO date, id, kind, status, title, what matters, and whether it surely falls inside."""
    columns = ("date", "id", "kind", "status", "title", "matters", "span")
    rows: list[TableRow] = []
    for row in report.rows:
        event, matters = row.event, plain(headline_words(row.headline, row.event, register)) or None
        span = "may fall inside" if row.is_possible else None
        rows.append((event.when.edtf, event.id, event.kind, event.status, event.title, matters, span))
    return Table(columns, rows, title or report.title, count_words(report) if note is None else note)
