"""Set a document in lines of exactly so many cells: nothing ever sticks out, what is cut ends in an ellipsis."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, assert_never

from talkstrack.render.sanitize import clean, to_ascii
from talkstrack.render.text.document import (
    Align,
    Blank,
    Column,
    Document,
    Element,
    Grid,
    Heading,
    Legend,
    Line,
    Row,
    Rule,
    Spans,
    StyledText,
    Wrapped,
)

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


def lay_out(document: Document, setting: Setting) -> Iterator[Spans]:
    """Yield the lines of a document."""
    if document.title or document.note:
        yield between(document.title, document.note, setting)
        yield ()
    for element in document.elements:
        yield from lines_of(element, setting)


def lines_of(element: Element, setting: Setting) -> Iterator[Spans]:
    """Yield the lines of one element."""
    match element:
        case Line():
            yield between(element.left, element.right, setting)
        case Heading():
            yield _heading(element, setting)
        case Wrapped():
            yield from _wrapped(element, setting)
        case Blank():
            yield ()
        case Rule():
            yield (StyledText(setting.rule * setting.width, "muted"),)
        case Legend():
            yield from _legend(element, setting)
        case Grid():
            yield from grid_lines(element, setting)
        case _:
            assert_never(element)


def ready(words: Spans, setting: Setting) -> Spans:
    """Return spans that are safe to show, in ASCII if asked."""
    if setting.ascii:
        return tuple(StyledText(to_ascii(clean(span.ascii or span.text)), span.role) for span in words)
    return tuple(StyledText(clean(span.text), span.role) for span in words)


def width_of(words: Spans, setting: Setting) -> int:
    """Count the cells of spans that are ready."""
    return sum(setting.measure(span.text) for span in words)


def cut(words: Spans, room: int, setting: Setting) -> Spans:
    """Return spans that are ready in no more than `room` cells, with an ellipsis where something was left out."""
    if width_of(words, setting) <= room:
        return words
    sign = setting.ellipsis if room >= len(setting.ellipsis) else ""
    left = room - len(sign)
    kept: list[StyledText] = []
    for span in words:
        size = setting.measure(span.text)
        if size <= left:
            kept.append(span)
            left -= size
            continue
        text = setting.crop(span.text, left).rstrip() if left > 0 else ""
        kept.append(StyledText(text + sign, span.role))
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
    return (*left, StyledText(" " * (total - used - wide)), *right)


def _heading(heading: Heading, setting: Setting) -> Spans:
    right = cut(ready(heading.right, setting), setting.width // 2, setting)
    room = setting.width - (width_of(right, setting) + 1 if right else 0)
    left = cut(ready(heading.left, setting), max(room - 2, 0), setting)
    fill = room - width_of(left, setting) - 1
    rule = StyledText(" " + setting.rule * fill, "muted") if fill > 0 else StyledText(" " * max(fill + 1, 0))
    return (*left, rule, StyledText(" "), *right) if right else (*left, rule)


def _wrapped(paragraph: Wrapped, setting: Setting) -> Iterator[Spans]:
    label = ready(paragraph.label, setting)
    indent = min(paragraph.indent, setting.width // 2)
    label = cut(label, max(indent - 1, 0), setting) if indent < paragraph.indent else label
    used = width_of(label, setting)
    start = max(indent, used + 1 if label else 0)
    first = (*label, StyledText(" " * (start - used)))
    lines = list(flow(_words(ready(paragraph.text, setting)), setting.width - start, setting.width - indent, setting))
    for place, words in enumerate(lines or [()]):
        yield cut((*first, *words) if place == 0 else (StyledText(" " * indent), *words), setting.width, setting)


def _words(text: Spans) -> Iterator[Spans]:
    word: list[StyledText] = []
    for span in text:
        for place, piece in enumerate(span.text.split(" ")):
            if place and word:
                yield tuple(word)
                word = []
            if piece:
                word.append(StyledText(piece, span.role))
    if word:
        yield tuple(word)


def flow(words: Iterable[Spans], first: int, rest: int, setting: Setting, gap: int = 1) -> Iterator[Spans]:
    """Yield lines of words: the first in `first` cells, the others in `rest`; a word too long for a line is cut up."""
    line: list[StyledText] = []
    room, used = max(first, 1), 0
    for word in words:
        for piece in _chopped(word, max(rest, 1), setting):
            size = width_of(piece, setting)
            if line and used + gap + size > room:
                yield tuple(line)
                line, room, used = [], max(rest, 1), 0
            if line:
                line.append(StyledText(" " * gap))
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
            yield (StyledText(head, span.role),)
            text = text[len(head) :]


def _legend(legend: Legend, setting: Setting) -> Iterator[Spans]:
    entries = [
        cut((*ready(sign, setting), *ready((StyledText(f" {meaning}", "muted"),), setting)), setting.width, setting)
        for sign, meaning in legend.entries
    ]
    yield from flow(entries, setting.width, setting.width, setting, _LEGEND_GAP)


_LAST_RESORT = 1


class _Ready(NamedTuple):
    cells: tuple[Spans, ...]
    widths: tuple[int, ...]
    spreads: bool


def grid_lines(grid: Grid, setting: Setting) -> Iterator[Spans]:
    """Yield the lines of a grid."""
    columns = grid.columns
    titles = Row(tuple((StyledText(column.title, "muted"),) if column.title else () for column in columns))
    above = [_ready(row, setting) for row in grid.head]
    above += [_ready(titles, setting)] if grid.titles else []
    rows = [_ready(element, setting) if isinstance(element, Row) else element for element in grid.rows]
    widths = _column_widths(columns, [row for row in (*above, *rows) if isinstance(row, _Ready)], setting.width)
    for row in above:
        yield _line(row, columns, widths, setting)
    if above:
        yield from lines_of(Rule(), setting)
    for element in rows:
        if isinstance(element, _Ready):
            yield _line(element, columns, widths, setting)
        else:
            yield from lines_of(element, setting)


def _ready(row: Row, setting: Setting) -> _Ready:
    cells = tuple(ready(cell, setting) for cell in row.cells)
    if row.role:
        cells = tuple(tuple(StyledText(span.text, span.role or row.role) for span in cell) for cell in cells)
    return _Ready(cells, tuple(width_of(cell, setting) for cell in cells), row.spreads)


def _column_widths(columns: Sequence[Column], rows: Sequence[_Ready], total: int) -> list[int]:
    places = range(len(columns))
    settled = [row.widths for row in rows if not row.spreads]
    widths = [max((row[place] for row in settled if place < len(row)), default=0) for place in places]
    for row in rows:
        for place, wanted in enumerate(row.widths) if row.spreads else ():
            room = sum(_room(row, place, columns, widths))
            widths[place] += max(wanted - room, 0)
    spare = total - sum(widths) - sum(column.gap for column in columns[1:])
    if spare >= 0:
        grower = next((place for place in places if columns[place].grows), None)
        if grower is not None:
            widths[grower] += spare
        return widths
    _shrink(widths, columns, -spare)
    return widths


def _shrink(widths: list[int], columns: Sequence[Column], excess: int) -> None:
    order = sorted(range(len(columns)), key=lambda place: (columns[place].keep, -place))
    for leasts in ([column.least for column in columns], [_LAST_RESORT] * len(columns)):
        for place in order:
            least = leasts[place]
            if least is not None and widths[place] > least:
                taken = min(widths[place] - least, excess)
                widths[place] -= taken
                excess -= taken


def _room(row: _Ready, place: int, columns: Sequence[Column], widths: Sequence[int]) -> tuple[int, int, int]:
    """Return the cells free before this cell, its own, and those free after it."""
    before = after = 0
    align = columns[place].align
    if row.spreads and align != "left":
        here = place
        while here > 0 and row.widths[here - 1] == 0:
            before += widths[here - 1] + columns[here].gap
            here -= 1
    if row.spreads and align != "right":
        here = place + 1
        while here < len(columns) and (here >= len(row.widths) or row.widths[here] == 0):
            after += widths[here] + columns[here].gap
            here += 1
    return before, widths[place], after


def _line(row: _Ready, columns: Sequence[Column], widths: Sequence[int], setting: Setting) -> Spans:
    pieces: list[StyledText] = []
    used = edge = 0
    for place, column in enumerate(columns[: len(row.cells)]):
        edge += column.gap if place else 0
        before, own, after = _room(row, place, columns, widths)
        cell = cut(row.cells[place], before + own + after, setting)
        width = width_of(cell, setting)
        if width:
            start = max(edge + _offset(column.align, own - width), edge - before, used)
            pieces += [StyledText(" " * (start - used)), *cell]
            used = start + width
        edge += own
    return cut(tuple(span for span in pieces if span.text), setting.width, setting)


def _offset(align: Align, spare: int) -> int:
    return spare if align == "right" else (spare // 2 if align == "center" and spare > 0 else 0)
