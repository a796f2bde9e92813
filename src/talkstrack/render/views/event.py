"""The long timeline, and one event whole."""

from collections.abc import Iterable, Iterator
from datetime import date

from talkstrack.model.dates.days import WEEKDAYS
from talkstrack.model.event import Event
from talkstrack.model.register import Register
from talkstrack.render.text.document import Blank, Document, Element, Spans, StyledText
from talkstrack.render.text.makers import document, heading, line, muted, spans, wrapped
from talkstrack.render.views.timeline import count_words
from talkstrack.render.words.dates import display
from talkstrack.render.words.events import LabelledLine, event_lines
from talkstrack.render.words.figures import day_words, symbol
from talkstrack.reports.event import EventFacets, Link, Relation, Shown, SourceRow
from talkstrack.reports.history import RevisionRow
from talkstrack.reports.timeline import Timeline

LABEL = 13
_RELATIONS: dict[Relation, str] = {
    "before": "before", "after": "after", "part": "part",
    "under": "under it", "about": "about it", "same-day": "same day",
}  # fmt: skip
_SHOWN_SOURCES = 4


def long_document(report: Timeline, facets: Iterable[EventFacets], register: Register) -> Document:
    """Lay the timeline out with every event's facets, in the order of its rows, under a heading per day."""
    elements: list[Element] = []
    day = None
    for row, of_event in zip(report.rows, facets, strict=True):
        event = row.event
        if (title := _day_title(event.when.edtf, display(event.when))) != day:
            day = title
            elements += [heading(title), Blank()]
        sign = symbol(register, event.kind)
        elements.append(line((sign, "  ", StyledText(event.title, "strong")), StyledText(event.id, "id")))
        elements += detail_lines(event_lines(event, of_event, register, short=True))
        elements += _labelled("note", event.note)
        elements += _labelled("sources", _publishers(register, event.sources))
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
    for label, text, state in lines:
        name = muted(f"   {label}")
        gap = " " * max(1, LABEL - len(name.text))
        yield line((name, gap, text), state) if state.text else wrapped(name, text, LABEL)


def _labelled(label: str, text: str | None) -> Iterator[Element]:
    if text:
        yield wrapped(muted(f"   {label}"), text, LABEL)


def show_document(shown: Shown, register: Register, path: str) -> Document:
    """Lay one event out whole."""
    event = shown.event
    elements: list[Element] = list(detail_lines(event_lines(event, shown.facets, register, short=False)))
    for label, text in (("summary", event.summary), ("note", event.note), ("tags", ", ".join(event.tags))):
        elements += [Blank(), *_labelled(label, text)] if text else []
    elements += _labelled("people", ", ".join(register.full_name(name) for name in event.people))
    elements += _links(shown.links)
    elements += _sources(shown.sources)
    elements += _revisions(shown.revisions) if len(shown.revisions) > 1 or event.revision > 1 else ()
    elements += [Blank(), line(muted(f"   {path}:{event.line}"))]
    return document(title(event, register), StyledText(event.id, "id"), elements)


def title(event: Event, register: Register) -> Spans:
    """Return the title of one event, with the sign of its kind."""
    return spans(symbol(register, event.kind), " ", StyledText(event.title, "heading"))


def _links(links: tuple[Link, ...]) -> Iterator[Element]:
    yield from (Blank(), line(StyledText("   Links", "heading"))) if links else ()
    for link in links:
        relation = muted(f"   {_RELATIONS[link.relation]}".ljust(LABEL))
        yield line((relation, StyledText(link.id, "id")), link.title)


def _sources(sources: tuple[SourceRow, ...]) -> Iterator[Element]:
    yield from (Blank(), line(StyledText(f"   Sources ({len(sources)})", "heading")))
    width = max((len(source.id) for source in sources), default=0)
    for source in sources:
        address = source.url or source.title or ""
        bare = address.removeprefix("https://").removeprefix("http://").removeprefix("www.")
        weak = StyledText(" (weak)" if source.grade else "", "warn")
        yield line((f"   {source.id}".ljust(width + 5), muted(bare), weak))


def _revisions(revisions: tuple[RevisionRow, ...]) -> Iterator[Element]:
    yield from (Blank(), line(StyledText("   Revisions", "heading")))
    for row in revisions:
        number = f"   {row.revision}  {row.recorded.edtf if row.recorded else ''}"
        changes = "; ".join(f"{each.field}: {each.before or 'none'} → {each.after or 'none'}" for each in row.changes)
        yield wrapped(number, changes or ("withdrawn" if row.retracted else "added"), 17)
        if row.because:
            yield wrapped("", f"because {row.because}", 17)
