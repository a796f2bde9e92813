"""Set the columns of a grid: as wide as they need, the least important ones narrower where room is short."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from talkstrack.render.layout import Setting, cut, lines_of, ready, width_of
from talkstrack.render.page import Align, Column, Grid, Row, Rule, Span, Spans

_LAST_RESORT = 1


class _Ready(NamedTuple):
    cells: tuple[Spans, ...]
    widths: tuple[int, ...]
    spreads: bool


def grid_lines(grid: Grid, setting: Setting) -> Iterator[Spans]:
    """Yield the lines of a grid."""
    columns = grid.columns
    titles = Row(tuple((Span(column.title, "muted"),) if column.title else () for column in columns))
    above = [_ready(row, setting) for row in grid.head]
    above += [_ready(titles, setting)] if grid.titles else []
    rows = [_ready(part, setting) if isinstance(part, Row) else part for part in grid.rows]
    widths = _column_widths(columns, [row for row in (*above, *rows) if isinstance(row, _Ready)], setting.width)
    for row in above:
        yield _line(row, columns, widths, setting)
    if above:
        yield from lines_of(Rule(), setting)
    for part in rows:
        if isinstance(part, _Ready):
            yield _line(part, columns, widths, setting)
        else:
            yield from lines_of(part, setting)


def _ready(row: Row, setting: Setting) -> _Ready:
    cells = tuple(ready(cell, setting) for cell in row.cells)
    if row.role:
        cells = tuple(tuple(Span(span.text, span.role or row.role) for span in cell) for cell in cells)
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
                given = min(widths[place] - least, excess)
                widths[place] -= given
                excess -= given


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
    found: list[Span] = []
    used = edge = 0
    for place, column in enumerate(columns[: len(row.cells)]):
        edge += column.gap if place else 0
        before, own, after = _room(row, place, columns, widths)
        cell = cut(row.cells[place], before + own + after, setting)
        width = width_of(cell, setting)
        if width:
            start = max(edge + _offset(column.align, own - width), edge - before, used)
            found += [Span(" " * (start - used)), *cell]
            used = start + width
        edge += own
    return cut(tuple(span for span in found if span.text), setting.width, setting)


def _offset(align: Align, spare: int) -> int:
    return spare if align == "right" else (spare // 2 if align == "center" and spare > 0 else 0)
