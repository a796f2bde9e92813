"""What a search found, with the words marked."""

import re
from collections.abc import Iterator

from talkstrack.model.event import FACETS, Event
from talkstrack.model.names import fold
from talkstrack.model.register import Register
from talkstrack.render.text.document import Document, Element, Spans, StyledText
from talkstrack.render.text.makers import document, line, wrapped
from talkstrack.render.words.figures import many, symbol
from talkstrack.reports.timeline import Timeline

_AROUND = 60
_DATE = 12


def search_document(report: Timeline, register: Register, text: str) -> Document:
    """Lay what was found out in date order: a line per event, and the text around the words below it."""
    words = tuple(dict.fromkeys(fold(text).split()))
    elements: list[Element] = []
    for event in (row.event for row in report.rows):
        sign = symbol(register, event.kind)
        label = (event.when.earliest or event.when.edtf).ljust(_DATE)
        elements.append(line((label, sign, "  ", *marked(event.title, words)), StyledText(event.id, "id")))
        elements += [wrapped("", shown, _DATE + 3) for shown in _around(event, words)]
    return document(*heading(report, text), elements)


def heading(report: Timeline, text: str) -> tuple[str, str]:
    """Return the title and the note of what a search found."""
    return f"“{text}”", f"{report.shown} of {many(report.total, 'event')}"


def marked(text: str, words: tuple[str, ...]) -> Spans:
    """Return a text with the words marked, whatever their case."""
    if not words:
        return (StyledText(text),)
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    pieces: list[StyledText] = []
    end = 0
    for match in pattern.finditer(text):
        pieces += [StyledText(text[end : match.start()]), StyledText(match[0], "mark")]
        end = match.end()
    return tuple(span for span in (*pieces, StyledText(text[end:])) if span.text)


def _around(event: Event, words: tuple[str, ...]) -> Iterator[Spans]:
    texts = [event.summary, event.place, event.note, event.as_written]
    texts += [getattr(row, "note", None) for facet in FACETS for row in getattr(event, facet)]
    for text in texts:
        place = min((at for word in words if text and (at := text.lower().find(word)) >= 0), default=-1)
        if text and place >= 0:
            start = max(0, place - _AROUND)
            shown = text[start : place + 2 * _AROUND]
            before, after = ("…" if start else ""), ("…" if place + 2 * _AROUND < len(text) else "")
            yield marked(f"{before}{shown}{after}", words)
