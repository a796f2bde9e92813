"""What was recorded when, and what each revision changed, as a page and as flat columns."""

import re
from collections.abc import Iterator

from talkstrack.model.register import Register
from talkstrack.render.text.document import Document, Element, StyledText, Table, line, page, spans, wrapped
from talkstrack.render.words.figures import many, span_words, symbol
from talkstrack.reports.history import Change, History, RevisionRow

_DATE = 12
_INDENT = 15
_OPEN = "–"
_FACET = re.compile(r"(\w+)\.(\d+)\.(.+)")


def history_page(report: History, register: Register, path: str) -> Document:
    """Lay out what was recorded, oldest first: a line per revision, its changes and its reason below."""
    parts: list[Element] = []
    for one in report.rows:
        sign = symbol(register, one.kind)
        parts.append(line((_day(one), sign, "  ", one.title), (StyledText(one.id, "id"), _step(one))))
        parts += _changes(one)
    return page("History", _note(report, path), parts)


def event_history_page(report: History, register: Register, path: str) -> Document:
    """Lay out the revisions of one event."""
    last = report.rows[-1]
    parts: list[Element] = []
    for one in report.rows:
        by = f", by {one.recorded_by}" if one.recorded_by else ""
        place = StyledText(f"{path}:{one.line}", "muted") if one.line else ""
        parts.append(line((_day(one), StyledText(f"{one.revision}  ", "strong"), _plain_step(one), by), place))
        parts += _changes(one)
    sign = symbol(register, last.kind)
    return page((sign, " ", StyledText(last.title, "heading")), StyledText(last.id, "id"), parts)


def _note(report: History, path: str) -> str:
    if not report.rows:
        return f"nothing recorded · {path}"
    events = len({one.id for one in report.rows})
    days = [one.known for one in report.rows if one.known]
    when = span_words(days[0], days[-1]) if days else ""
    told = many(len(report.rows), "revision") + (f" of {many(events, 'event')}" if events != len(report.rows) else "")
    return f"{told} · {when}" if when else told


def _day(one: RevisionRow) -> str:
    return (one.known or _OPEN).ljust(_DATE)


def _step(one: RevisionRow) -> tuple[StyledText, ...]:
    return spans(" · ", StyledText(one.step, _role(one)))


def _plain_step(one: RevisionRow) -> StyledText:
    return StyledText(one.step, _role(one))


def _role(one: RevisionRow) -> str:
    return {"withdrawn": "bad", "changed": "warn"}.get(one.step, "muted")


def _changes(one: RevisionRow) -> Iterator[Element]:
    for change in one.changes:
        yield wrapped("", change_words(change), _INDENT)
    if one.because:
        yield wrapped("", StyledText(f"because {one.because}", "muted"), _INDENT)


def change_words(change: Change) -> str:
    """Return one change: `transfer 1 (to UKR, by RUS), count: unknown → ~250`."""
    return f"{field_words(change)}: {change.before or 'none'} → {change.after or 'none'}"


def field_words(change: Change) -> str:
    """Return the field that changed: `place`, `transfer 1 (to UKR), parts military`."""
    found = _FACET.fullmatch(change.field)
    if found is None:
        return change.field.replace(".", " ")
    about = f" ({change.about})" if change.about else ""
    return f"{found[1]} {found[2]}{about}, {found[3].replace('.', ' ')}"


def history_flat(report: History) -> Table:
    """Return a change a line; a revision that changed no field has one line without a field."""
    return Table(
        ("known", "id", "revision", "step", "field", "about", "before", "after", "because", "by", "title"),
        [
            (
                one.known,
                one.id,
                one.revision,
                one.step,
                change.field if change else None,
                change.about if change else None,
                change.before if change else None,
                change.after if change else None,
                one.because,
                one.recorded_by,
                one.title,
            )
            for one in report.rows
            for change in one.changes or (None,)
        ],
    )
