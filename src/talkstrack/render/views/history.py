"""What was recorded when, and what each revision changed, as a document and as a table."""

import re
from collections.abc import Iterator

from talkstrack.model.register import Register
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import Document, Element, Spans, StyledText
from talkstrack.render.text.makers import document, line, muted, plain, spans, wrapped
from talkstrack.render.words.figures import many, span_words, symbol
from talkstrack.reports.history import Change, History, RevisionRow

_TITLE = "History"
_DATE = 12
_INDENT = 15
_OPEN = "–"
_FACET = re.compile(r"(\w+)\.(\d+)\.(.+)")


def history_document(report: History, register: Register, path: str) -> Document:
    """Lay out what was recorded, oldest first: a line per revision, its changes and its reason below."""
    elements: list[Element] = []
    for revision in report.rows:
        name = (_day(revision), symbol(register, revision.kind), "  ", revision.title)
        elements.append(line(name, (StyledText(revision.id, "id"), " · ", _step(revision))))
        elements += _changes(revision)
    return document(_TITLE, _note(report, path), elements)


def event_history_document(report: History, register: Register, path: str) -> Document:
    """Lay out the revisions of one event."""
    last = report.rows[-1]
    elements: list[Element] = []
    for revision in report.rows:
        by = f", by {revision.recorded_by}" if revision.recorded_by else ""
        number = StyledText(f"{revision.revision}  ", "strong")
        place = muted(f"{path}:{revision.line}") if revision.line else ""
        elements.append(line((_day(revision), number, _step(revision), by), place))
        elements += _changes(revision)
    return document(_event_title(last, register), StyledText(last.id, "id"), elements)


def _event_title(last: RevisionRow, register: Register) -> Spans:
    return spans(symbol(register, last.kind), " ", StyledText(last.title, "heading"))


def _note(report: History, path: str) -> str:
    if not report.rows:
        return f"nothing recorded · {path}"
    events = len({revision.id for revision in report.rows})
    days = [revision.known for revision in report.rows if revision.known]
    when = span_words(days[0], days[-1]) if days else ""
    of = f" of {many(events, 'event')}" if events != len(report.rows) else ""
    return many(len(report.rows), "revision") + of + (f" · {when}" if when else "")


def _day(revision: RevisionRow) -> str:
    return (revision.known or _OPEN).ljust(_DATE)


def _step(revision: RevisionRow) -> StyledText:
    return StyledText(revision.step, {"withdrawn": "bad", "changed": "warn"}.get(revision.step, "muted"))


def _changes(revision: RevisionRow) -> Iterator[Element]:
    for change in revision.changes:
        yield wrapped("", change_words(change), _INDENT)
    if revision.because:
        yield wrapped("", muted(f"because {revision.because}"), _INDENT)


def change_words(change: Change) -> str:
    """Return one change: `transfer 1 (to UKR, by RUS), count: unknown → ~250`."""
    return f"{field_words(change)}: {change.before or 'none'} → {change.after or 'none'}"


def field_words(change: Change) -> str:
    """Return the field that changed: `place`, `transfer 1 (to UKR), parts military`."""
    facet = _FACET.fullmatch(change.field)
    if facet is None:
        return change.field.replace(".", " ")
    about = f" ({about_words(change)})" if change.about else ""
    return f"{facet[1]} {facet[2]}{about}, {facet[3].replace('.', ' ')}"


def event_history_table(report: History, register: Register) -> Table:
    """Return the changes of one event, a line each."""
    last = report.rows[-1]
    return _table(report, plain(_event_title(last, register)), last.id)


def about_words(change: Change) -> str:
    """Return which row of a facet changed: `to UKR, by RUS`."""
    return ", ".join(f"{key} {value}" if key in ("to", "by") else value for key, value in change.about.items())


def history_table(report: History, path: str) -> Table:
    """Return a change a line; a revision that changed no field has one line without a field."""
    return _table(report, _TITLE, _note(report, path))


def _table(report: History, title: str, note: str) -> Table:
    columns = ("known", "id", "revision", "step", "field", "about", "before", "after", "because", "by", "title")
    rows: list[TableRow] = []
    for row in report.rows:
        for each in row.changes or (None,):
            cells = (each.field, about_words(each) or None, each.before, each.after) if each else (None,) * 4
            rows.append((row.known, row.id, row.revision, row.step, *cells, row.because, row.recorded_by, row.title))
    return Table(columns, rows, title, note)
