"""The long timeline, and one event whole."""

from collections.abc import Iterable, Iterator
from datetime import date

from talkstrack.model.dates.days import WEEKDAYS
from talkstrack.model.event import Event
from talkstrack.model.register import Register
from talkstrack.render.text.document import Blank, Document, Element, Line, Spans, StyledText
from talkstrack.render.text.makers import document, heading, line, spans, wrapped
from talkstrack.render.views.timeline import count_words
from talkstrack.render.words.dates import display
from talkstrack.render.words.events import LabelledLine, event_lines
from talkstrack.render.words.figures import day_words, symbol
from talkstrack.reports.event import EventFacets, Relation, Shown
from talkstrack.reports.history import Change
from talkstrack.reports.timeline import Timeline

LABEL = 13
_RELATIONS: dict[Relation, str] = {
    "before": "before",
    "after": "after",
    "part": "part",
    "under": "under it",
    "about": "about it",
    "same-day": "same day",
}
_SHOWN_SOURCES = 4


def long_document(report: Timeline, facets: Iterable[EventFacets], register: Register) -> Document:
    """Lay the timeline out with every event's facets, in the order of its rows, under a heading per day."""
    elements: list[Element] = []
    day = None
    events = (row.event for group in report.groups for row in group.rows)
    for event, of_event in zip(events, facets, strict=True):
        if (title := _day_title(event.when.edtf, display(event.when))) != day:
            day = title
            elements += [heading(title), Blank()]
        sign = symbol(register, event.kind)
        elements.append(line((sign, "  ", StyledText(event.title, "strong")), StyledText(event.id, "id")))
        elements += detail_lines(event_lines(event, of_event, register, short=True))
        if event.note:
            elements.append(wrapped(StyledText("   note", "muted"), event.note, LABEL))
        if event.sources:
            elements.append(wrapped(StyledText("   sources", "muted"), _publishers(register, event.sources), LABEL))
        elements.append(Blank())
    return document(report.title, count_words(report), elements[:-1])


def _day_title(edtf: str, words: str) -> str:
    if "T" in edtf and edtf[0] not in "[{":
        edtf, words = edtf[:10], day_words(edtf[:10])
    try:
        return f"{WEEKDAYS[date.fromisoformat(edtf).weekday()]} {words}" if len(edtf) == 10 else words
    except ValueError:
        return words


def _publishers(register: Register, keys: tuple[str, ...]) -> str:
    publishers = [register.sources[key].publisher or key for key in keys if key in register.sources]
    names = list(dict.fromkeys(publishers))
    more = len(names) - _SHOWN_SOURCES
    return ", ".join(names[:_SHOWN_SOURCES]) + (f", +{more}" if more > 0 else "")


def detail_lines(lines: Iterable[LabelledLine]) -> Iterator[Element]:
    """Yield labelled lines: cut beside a state on the right, wrapped where there is none."""
    for labelled in lines:
        label = StyledText(f"   {labelled.label}", "muted")
        if labelled.state.text:
            yield line((label, " " * max(1, LABEL - len(label.text)), labelled.text), labelled.state)
        else:
            yield wrapped(label, labelled.text, LABEL)


def show_document(shown: Shown, register: Register, path: str) -> Document:
    """Lay one event out whole."""
    event = shown.event
    elements: list[Element] = list(detail_lines(event_lines(event, shown.facets, register, short=False)))
    for label, text in (("summary", event.summary), ("note", event.note), ("tags", ", ".join(event.tags))):
        if text:
            elements += [Blank(), wrapped(StyledText(f"   {label}", "muted"), text, LABEL)]
    if event.people:
        names = ", ".join(register.full_name(name) for name in event.people)
        elements.append(wrapped(StyledText("   people", "muted"), names, LABEL))
    if shown.links:
        elements += [Blank(), line(StyledText("   Links", "heading"))]
        elements += [
            line(
                (StyledText(f"   {_RELATIONS[link.relation]}".ljust(LABEL), "muted"), StyledText(link.id, "id")),
                StyledText(link.title),
            )
            for link in shown.links
        ]
    elements += [Blank(), line(StyledText(f"   Sources ({len(shown.sources)})", "heading"))]
    width = max((len(source.id) for source in shown.sources), default=0)
    elements += [
        _source_line(source.id, width, source.url or source.title or "", source.grade) for source in shown.sources
    ]
    if len(shown.revisions) > 1 or event.revision > 1:
        elements += [Blank(), line(StyledText("   Revisions", "heading"))]
        for revision in shown.revisions:
            when = revision.recorded.edtf if revision.recorded else ""
            changes = "; ".join(_changed(change) for change in revision.changes)
            elements.append(
                wrapped(
                    f"   {revision.revision}  {when}", changes or ("withdrawn" if revision.retracted else "added"), 17
                )
            )
            if revision.because:
                elements.append(wrapped("", f"because {revision.because}", 17))
    elements += [Blank(), Line(spans(StyledText(f"   {path}:{event.line}", "muted")))]
    return document(title(event, register), StyledText(event.id, "id"), elements)


def title(event: Event, register: Register) -> Spans:
    """Return the title of one event, with the sign of its kind."""
    return spans(symbol(register, event.kind), " ", StyledText(event.title, "heading"))


def _changed(change: Change) -> str:
    return f"{change.field}: {change.before or 'none'} → {change.after or 'none'}"


def _source_line(key: str, width: int, address: str, grade: str | None) -> Element:
    bare = address.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    weak = StyledText(" (weak)", "warn") if grade else StyledText("")
    return line((f"   {key}".ljust(width + 5), StyledText(bare, "muted"), weak))
