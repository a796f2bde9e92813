"""Set a page in lines of exactly so many cells: nothing ever sticks out, what is cut ends in an ellipsis."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, assert_never

from talkstrack.render.clean import clean, to_ascii
from talkstrack.render.page import Blank, Grid, Heading, Legend, Line, Page, Part, Rule, Span, Spans, Wrapped

_LEGEND_GAP = 2


class Setting(NamedTuple):
    """How wide a line is in cells, in which signs, and how cells are measured and a text is cropped to them."""

    width: int
    ascii: bool
    measure: Callable[[str], int]
    crop: Callable[[str, int], str]

    @property
    def rule(self) -> str:
        """The sign rules are made of."""
        return "-" if self.ascii else "─"

    @property
    def ellipsis(self) -> str:
        """What stands for a text that was cut."""
        return ".." if self.ascii else "…"


def lay_out(page: Page, setting: Setting) -> Iterator[Spans]:
    """Yield the lines of a page."""
    if page.title or page.note:
        yield between(page.title, page.note, setting)
        yield ()
    for part in page.parts:
        yield from lines_of(part, setting)


def lines_of(part: Part, setting: Setting) -> Iterator[Spans]:
    """Yield the lines of one part of a page."""
    match part:
        case Line():
            yield between(part.left, part.right, setting)
        case Heading():
            yield _heading(part, setting)
        case Wrapped():
            yield from _wrapped(part, setting)
        case Blank():
            yield ()
        case Rule():
            yield (Span(setting.rule * setting.width, "muted"),)
        case Legend():
            yield from _legend(part, setting)
        case Grid():
            from talkstrack.render.grid import grid_lines

            yield from grid_lines(part, setting)
        case _:
            assert_never(part)


def ready(words: Spans, setting: Setting) -> Spans:
    """Return spans that are safe to show, in ASCII if asked."""
    if setting.ascii:
        return tuple(Span(to_ascii(clean(span.ascii or span.text)), span.role) for span in words)
    return tuple(Span(clean(span.text), span.role) for span in words)


def width_of(words: Spans, setting: Setting) -> int:
    """Count the cells of spans that are ready."""
    return sum(setting.measure(span.text) for span in words)


def cut(words: Spans, room: int, setting: Setting) -> Spans:
    """Return spans that are ready in no more than `room` cells, with an ellipsis where something was left out."""
    if width_of(words, setting) <= room:
        return words
    sign = setting.ellipsis if room >= len(setting.ellipsis) else ""
    left = room - len(sign)
    kept: list[Span] = []
    for span in words:
        size = setting.measure(span.text)
        if size <= left:
            kept.append(span)
            left -= size
            continue
        text = setting.crop(span.text, left).rstrip() if left > 0 else ""
        kept.append(Span(text + sign, span.role))
        break
    return tuple(span for span in kept if span.text)


def between(left: Spans, right: Spans, setting: Setting) -> Spans:
    """Set one text against the left edge and one against the right."""
    left, right = ready(left, setting), ready(right, setting)
    if not right:
        return cut(left, setting.width, setting)
    total, wide = setting.width, width_of(right, setting)
    used = width_of(left, setting)
    if used + 1 + wide > total:
        wide = min(wide, max(total - used - 2, total // 2))
        right = cut(right, wide, setting)
        left = cut(left, max(total - wide - 2, 0), setting)
        used, wide = width_of(left, setting), width_of(right, setting)
    return (*left, Span(" " * (total - used - wide)), *right)


def _heading(part: Heading, setting: Setting) -> Spans:
    right = cut(ready(part.right, setting), setting.width // 2, setting)
    room = setting.width - (width_of(right, setting) + 1 if right else 0)
    left = cut(ready(part.left, setting), max(room - 2, 0), setting)
    fill = room - width_of(left, setting) - 1
    rule = Span(" " + setting.rule * fill, "muted") if fill > 0 else Span(" " * max(fill + 1, 0))
    return (*left, rule, Span(" "), *right) if right else (*left, rule)


def _wrapped(part: Wrapped, setting: Setting) -> Iterator[Spans]:
    label = ready(part.label, setting)
    indent = min(part.indent, setting.width // 2)
    label = cut(label, max(indent - 1, 0), setting) if indent < part.indent else label
    used = width_of(label, setting)
    start = max(indent, used + 1 if label else 0)
    first = (*label, Span(" " * (start - used)))
    lines = list(flow(_words(ready(part.text, setting)), setting.width - start, setting.width - indent, setting))
    for place, words in enumerate(lines or [()]):
        yield cut((*first, *words) if place == 0 else (Span(" " * indent), *words), setting.width, setting)


def _words(text: Spans) -> Iterator[Spans]:
    word: list[Span] = []
    for span in text:
        for place, piece in enumerate(span.text.split(" ")):
            if place and word:
                yield tuple(word)
                word = []
            if piece:
                word.append(Span(piece, span.role))
    if word:
        yield tuple(word)


def flow(words: Iterable[Spans], first: int, rest: int, setting: Setting, gap: int = 1) -> Iterator[Spans]:
    """Yield lines of words: the first in `first` cells, the others in `rest`; a word too long for a line is cut up."""
    line: list[Span] = []
    room, used = max(first, 1), 0
    for word in words:
        for piece in _chopped(word, max(rest, 1), setting):
            size = width_of(piece, setting)
            if line and used + gap + size > room:
                yield tuple(line)
                line, room, used = [], max(rest, 1), 0
            if line:
                line.append(Span(" " * gap))
                used += gap
            line.extend(piece)
            used += size
    if line:
        yield tuple(line)


def _chopped(word: Spans, room: int, setting: Setting) -> Iterator[Spans]:
    if width_of(word, setting) <= room:
        yield word
        return
    for span in word:
        text = span.text
        while text:
            head = setting.crop(text, room).rstrip(" ")
            if not head or not text.startswith(head):
                head = text[:1]
            yield (Span(head, span.role),)
            text = text[len(head) :]


def _legend(part: Legend, setting: Setting) -> Iterator[Spans]:
    entries = [
        cut((*ready(sign, setting), *ready((Span(f" {meaning}", "muted"),), setting)), setting.width, setting)
        for sign, meaning in part.entries
    ]
    yield from flow(entries, setting.width, setting.width, setting, _LEGEND_GAP)
