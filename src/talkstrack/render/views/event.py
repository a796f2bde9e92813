"""The long timeline, and one event whole."""

from collections.abc import Iterator
from datetime import date

from talkstrack.model.dates.days import WEEKDAYS
from talkstrack.model.register import Register
from talkstrack.render.text.document import (
    Blank,
    Document,
    Element,
    Line,
    StyledText,
    heading,
    line,
    page,
    spans,
    wrapped,
)
from talkstrack.render.views.timeline import count_words
from talkstrack.render.words.dates import display
from talkstrack.render.words.events import LabelledLine, event_lines
from talkstrack.render.words.figures import STATE_ROLES, day_words, symbol
from talkstrack.reports.event import Shown
from talkstrack.reports.history import Change
from talkstrack.reports.timeline import Timeline
from talkstrack.rules.snapshot import Snapshot

LABEL = 13
_SHOWN_SOURCES = 4


def long_page(report: Timeline, snapshot: Snapshot) -> Document:
    """Lay the timeline out with every event's facets under a heading per day."""
    parts: list[Element] = []
    day = None
    for one in (row.event for found in report.groups for row in found.rows):
        if (title := _day_title(one.when.edtf, display(one.when))) != day:
            day = title
            parts += [heading(title), Blank()]
        sign = symbol(snapshot.register, one.kind)
        parts.append(line((sign, "  ", StyledText(one.title, "strong")), StyledText(one.id, "id")))
        parts += detail_lines(event_lines(snapshot, one, short=True))
        if one.note:
            parts.append(wrapped(StyledText("   note", "muted"), one.note, LABEL))
        if one.sources:
            parts.append(wrapped(StyledText("   sources", "muted"), _publishers(snapshot.register, one.sources), LABEL))
        parts.append(Blank())
    return page(report.title, count_words(report), parts[:-1])


def _day_title(edtf: str, words: str) -> str:
    if "T" in edtf and edtf[0] not in "[{":
        edtf, words = edtf[:10], day_words(edtf[:10])
    try:
        return f"{WEEKDAYS[date.fromisoformat(edtf).weekday()]} {words}" if len(edtf) == 10 else words
    except ValueError:
        return words


def _publishers(register: Register, keys: tuple[str, ...]) -> str:
    found = [register.sources[key].publisher or key for key in keys if key in register.sources]
    names = list(dict.fromkeys(found))
    more = len(names) - _SHOWN_SOURCES
    return ", ".join(names[:_SHOWN_SOURCES]) + (f", +{more}" if more > 0 else "")


def detail_lines(found: Iterator[LabelledLine] | tuple[LabelledLine, ...]) -> Iterator[Element]:
    """Yield labelled lines: cut beside a state on the right, wrapped where there is none."""
    for one in found:
        label = StyledText(f"   {one.label}", "muted")
        if one.state:
            role = STATE_ROLES.get(one.state.split(" ")[0].rstrip(","), STATE_ROLES.get(one.state, ""))
            yield line((label, " " * max(1, LABEL - len(label.text)), one.text), StyledText(one.state, role))
        else:
            yield wrapped(label, one.text, LABEL)


def show_page(found: Shown, snapshot: Snapshot, path: str) -> Document:
    """Lay one event out whole."""
    event = found.event
    parts: list[Element] = list(detail_lines(found.lines))
    for label, text in (("summary", event.summary), ("note", event.note), ("tags", ", ".join(event.tags))):
        if text:
            parts += [Blank(), wrapped(StyledText(f"   {label}", "muted"), text, LABEL)]
    if event.people:
        names = ", ".join(snapshot.register.full_name(name) for name in event.people)
        parts.append(wrapped(StyledText("   people", "muted"), names, LABEL))
    if found.links:
        parts += [Blank(), line(StyledText("   Links", "heading"))]
        parts += [
            line(
                (StyledText(f"   {one.relation}".ljust(LABEL), "muted"), StyledText(one.id, "id")),
                StyledText(one.title),
            )
            for one in found.links
        ]
    parts += [Blank(), line(StyledText(f"   Sources ({len(found.sources)})", "heading"))]
    width = max((len(one.id) for one in found.sources), default=0)
    parts += [_source_line(one.id, width, one.url or one.title or "", one.grade) for one in found.sources]
    if len(found.revisions) > 1 or event.revision > 1:
        parts += [Blank(), line(StyledText("   Revisions", "heading"))]
        for one in found.revisions:
            when = one.recorded.edtf if one.recorded else ""
            told = "; ".join(_changed(change) for change in one.changes)
            parts.append(wrapped(f"   {one.revision}  {when}", told or ("withdrawn" if one.retracted else "added"), 17))
            if one.because:
                parts.append(wrapped("", f"because {one.because}", 17))
    parts += [Blank(), Line(spans(StyledText(f"   {path}:{event.line}", "muted")))]
    sign = symbol(snapshot.register, event.kind)
    return page((sign, " ", StyledText(event.title, "heading")), StyledText(event.id, "id"), parts)


def _changed(change: Change) -> str:
    return f"{change.field}: {change.before or 'none'} → {change.after or 'none'}"


def _source_line(key: str, width: int, address: str, grade: str | None) -> Element:
    bare = address.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    weak = StyledText(" (weak)", "warn") if grade else StyledText("")
    return line((f"   {key}".ljust(width + 5), StyledText(bare, "muted"), weak))
