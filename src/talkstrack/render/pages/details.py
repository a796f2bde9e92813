"""The long timeline, and one event whole."""

from collections.abc import Iterator
from datetime import date

from talkstrack.model.dates import display
from talkstrack.model.days import WEEKDAYS
from talkstrack.model.register import Register
from talkstrack.render.page import Blank, Line, Page, Part, Span, heading, line, page, spans, wrapped
from talkstrack.render.pages.timeline import count_words
from talkstrack.render.words import STATE_ROLES, day_words, symbol
from talkstrack.reports.book import Book
from talkstrack.reports.details import Detail, details
from talkstrack.reports.history import Change
from talkstrack.reports.show import Shown
from talkstrack.reports.timeline import Timeline

LABEL = 13
_SHOWN_SOURCES = 4


def long_page(report: Timeline, book: Book) -> Page:
    """Lay the timeline out with every event's facets under a heading per day."""
    parts: list[Part] = []
    day = None
    for one in (row.event for found in report.groups for row in found.rows):
        if (title := _day_title(one.when.edtf, display(one.when))) != day:
            day = title
            parts += [heading(title), Blank()]
        sign = symbol(book.register, one.kind)
        parts.append(line((sign, "  ", Span(one.title, "strong")), Span(one.id, "id")))
        parts += detail_lines(details(book, one, short=True))
        if one.note:
            parts.append(wrapped(Span("   note", "muted"), one.note, LABEL))
        if one.sources:
            parts.append(wrapped(Span("   sources", "muted"), _publishers(book.register, one.sources), LABEL))
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


def detail_lines(found: Iterator[Detail] | tuple[Detail, ...]) -> Iterator[Part]:
    """Yield labelled lines: cut beside a state on the right, wrapped where there is none."""
    for one in found:
        label = Span(f"   {one.label}", "muted")
        if one.state:
            role = STATE_ROLES.get(one.state.split(" ")[0].rstrip(","), STATE_ROLES.get(one.state, ""))
            yield line((label, " " * max(1, LABEL - len(label.text)), one.text), Span(one.state, role))
        else:
            yield wrapped(label, one.text, LABEL)


def show_page(found: Shown, book: Book, path: str) -> Page:
    """Lay one event out whole."""
    event = found.event
    parts: list[Part] = list(detail_lines(found.lines))
    for label, text in (("summary", event.summary), ("note", event.note), ("tags", ", ".join(event.tags))):
        if text:
            parts += [Blank(), wrapped(Span(f"   {label}", "muted"), text, LABEL)]
    if event.people:
        names = ", ".join(book.register.full_name(name) for name in event.people)
        parts.append(wrapped(Span("   people", "muted"), names, LABEL))
    if found.links:
        parts += [Blank(), line(Span("   Links", "heading"))]
        parts += [
            line((Span(f"   {one.relation}".ljust(LABEL), "muted"), Span(one.id, "id")), Span(one.title))
            for one in found.links
        ]
    parts += [Blank(), line(Span(f"   Sources ({len(found.sources)})", "heading"))]
    width = max((len(one.id) for one in found.sources), default=0)
    parts += [_source_line(one.id, width, one.url or one.title or "", one.grade) for one in found.sources]
    if len(found.revisions) > 1 or event.revision > 1:
        parts += [Blank(), line(Span("   Revisions", "heading"))]
        for one in found.revisions:
            when = one.recorded.edtf if one.recorded else ""
            told = "; ".join(_changed(change) for change in one.changes)
            parts.append(wrapped(f"   {one.revision}  {when}", told or ("withdrawn" if one.retracted else "added"), 17))
            if one.because:
                parts.append(wrapped("", f"because {one.because}", 17))
    parts += [Blank(), Line(spans(Span(f"   {path}:{event.line}", "muted")))]
    sign = symbol(book.register, event.kind)
    return page((sign, " ", Span(event.title, "heading")), Span(event.id, "id"), parts)


def _changed(change: Change) -> str:
    return f"{change.field}: {change.before or 'none'} → {change.after or 'none'}"


def _source_line(key: str, width: int, address: str, grade: str | None) -> Part:
    bare = address.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    weak = Span(" (weak)", "warn") if grade else Span("")
    return line((f"   {key}".ljust(width + 5), Span(bare, "muted"), weak))
