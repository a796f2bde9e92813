"""The tally side by side: each side's own figure of every hand-over, and what they come to."""

from collections.abc import Iterator

import msgspec

from talkstrack.model.facets import Unit
from talkstrack.model.register import Register
from talkstrack.render.text.document import (
    Blank,
    Column,
    Document,
    Element,
    Grid,
    Line,
    Row,
    Rule,
    StyledText,
    Table,
    Wrapped,
    document,
    heading,
    line,
    row,
    wrapped,
)
from talkstrack.render.views.exchanges import BOUNDS, WIDE, bounds, flat_table
from talkstrack.render.words.accounts import (
    TITLES,
    group_words,
    held_words,
    outsiders,
    outsiders_words,
    side_by_side_words,
)
from talkstrack.render.words.figures import Signs, figure_words, legend, sign_legend
from talkstrack.reports.exchanges import Exchanges, FlowRow, HandOverRow

_NO_ACCOUNT = ("–", "gives no account of it")


class _Layout(msgspec.Struct, frozen=True):
    """What the parts of one table share."""

    report: Exchanges
    register: Register
    what: Unit
    has_ids: bool

    @property
    def receivers(self) -> tuple[str, ...]:
        return self.report.receivers[self.what]


def accounts_document(report: Exchanges, register: Register, *, width: int = 80) -> Document:
    """Lay each side's figures out side by side; what nobody disputes stands in every side's column."""
    elements: list[Element] = []
    for unit in report.receivers:
        elements += [heading(TITLES[unit]), Blank()] if report.what == "all" else []
        elements += [*_elements(_Layout(report, register, unit, width >= WIDE)), Blank()]
    signs = _signs(report)
    elements = [*elements, legend(signs)] if signs else elements[:-1]
    return document(side_by_side_words(report), held_words(report), elements)


def _signs(report: Exchanges) -> Signs:
    figures = [figure for row in report.rows for flow in row.directions for figure in flow.by_side.values()]
    stated = [figure for figure in figures if figure is not None]
    holes = any(figure is None or figure.undisclosed for figure in figures)
    return ((_NO_ACCOUNT,) if None in figures else ()) + sign_legend(stated, dash="a range", more=holes)


def _elements(layout: _Layout) -> Iterator[Element]:
    report, sides = layout.report, layout.report.sides
    if not report.shown[layout.what] or not sides:
        text = "No side gives an account of its own." if report.shown[layout.what] else "None selected."
        yield line(StyledText(text, "muted"))
        return
    columns = [Column("date", least=10, keep=4), *([Column("id", keep=6)] if layout.has_ids else [])]
    columns.append(Column("what", least=10, keep=1, grows=True))
    over = [""] * len(columns)
    for to in layout.receivers:
        columns += [Column(side, "right", gap=2 if place else 3) for place, side in enumerate(sides)]
        over += [*[""] * (len(sides) - 1), f"to {to}"]
    yield Grid(tuple(columns), tuple(_rows(layout)), (row(*over, spreads=True, role="strong"),))
    yield Rule()
    yield _totals(layout)


def _rows(layout: _Layout) -> Iterator[Row | Line | Wrapped | Blank]:
    is_first = True
    for section in layout.report.sections:
        if section.what != layout.what:
            continue
        if layout.report.grouping != "none":
            if not is_first:
                yield Blank()
            yield line(StyledText(group_words(layout.report, section.key), "strong"))
        is_first = False
        for hand_over in section.rows:
            yield _row(layout, hand_over)
            label, words = outsiders_words(hand_over, layout.register)
            if words:
                yield wrapped(StyledText(f"   {label}", "muted"), words, 12)


def _row(layout: _Layout, hand_over: HandOverRow) -> Row:
    ids = [StyledText(hand_over.id, "id")] if layout.has_ids else []
    cells: list[StyledText | str] = [hand_over.date.edtf, *ids, hand_over.title]
    flows = {flow.to: flow for flow in hand_over.directions}
    for to in layout.receivers:
        cells += [_cell(flows.get(to), side) for side in layout.report.sides]
    return row(*cells)


def _cell(flow: FlowRow | None, side: str) -> StyledText:
    if flow is None:
        return StyledText("")
    figure = flow.by_side[side]
    return StyledText(figure_words(figure) if figure else "–", "muted" if figure is None or figure.undisclosed else "")


def _totals(layout: _Layout) -> Grid:
    totals = {total.to: total for total in layout.report.totals if total.group is None and total.what == layout.what}
    columns = [Column(f"All {layout.report.shown[layout.what]:,}")]
    over = [""]
    for to in layout.receivers:
        columns += [Column("told", "right"), Column("at least", "right", gap=1), Column("undisclosed", "right", gap=1)]
        over += ["", "", f"to {to}"]
    rows = []
    for side in layout.report.sides:
        cells = [side]
        for to in layout.receivers:
            total = totals[to].by_side[side]
            cells += [figure_words(total), f"{total.low:,}", f"{total.undisclosed:,} of {total.terms:,}"]
        rows.append(row(*cells))
    return Grid(tuple(columns), tuple(rows), (row(*over, spreads=True, role="strong"),))


def accounts_table(report: Exchanges, register: Register) -> Table:
    """Return a hand-over a row: low, best, high and text of what each side says of each direction, and the press."""
    columns = [f"_says_{side}{bound}" for side in report.sides for bound in BOUNDS]

    def cells(flow: FlowRow | None) -> list[str | int | None]:
        figures = [flow.by_side[side] if flow else None for side in report.sides]
        return [*(number for figure in figures for number in bounds(figure)), _press(flow, register)]

    return flat_table(report, [*columns, "_press"], cells, side_by_side_words(report))


def _press(flow: FlowRow | None, register: Register) -> str | None:
    others = outsiders(flow, register) if flow else ()
    return "; ".join(f"{account.figure.text} {account.side}" for account in others) or None
