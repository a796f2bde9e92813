"""The tally side by side: each side's own figure of every hand-over, and what they come to."""

from collections.abc import Iterator

from talkstrack.model.register import Register
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import Blank, Column, Document, Element, Grid, GridRow, Row, Rule, StyledText
from talkstrack.render.text.makers import document, heading, line, muted, row, wrapped
from talkstrack.render.views.exchange_totals import side_totals
from talkstrack.render.views.exchanges import BOUNDS, Layout, bounds, flat_table
from talkstrack.render.words import accounts
from talkstrack.render.words.figures import Signs, figure_words, legend, sign_legend
from talkstrack.reports.exchanges import Exchanges, FlowRow, HandOverRow

_NO_ACCOUNT = ("–", "gives no account of it")


def accounts_document(report: Exchanges, register: Register, *, width: int = 80) -> Document:
    """Lay each side's figures out side by side; what nobody disputes stands in every side's column."""
    elements: list[Element] = []
    for unit in report.receivers:
        elements += [heading(accounts.TITLES[unit]), Blank()] if report.what == "all" else []
        elements += [*_elements(Layout(report, register, unit, width)), Blank()]
    signs = _signs(report)
    elements = [*elements, legend(signs)] if signs else elements[:-1]
    return document(accounts.side_by_side_words(report), accounts.held_words(report), elements)


def _signs(report: Exchanges) -> Signs:
    figures = [figure for row in report.rows for flow in row.directions for figure in flow.by_side.values()]
    stated = [figure for figure in figures if figure is not None]
    holes = any(figure is None or figure.undisclosed for figure in figures)
    return ((_NO_ACCOUNT,) if None in figures else ()) + sign_legend(stated, dash="a range", more=holes)


def _elements(layout: Layout) -> Iterator[Element]:
    sides = layout.report.sides
    if not layout.sections or not sides:
        yield line(muted("No side gives an account of its own." if layout.sections else "None selected."))
        return
    columns = [Column("date", least=10, keep=4), *([Column("id", keep=6)] if layout.has_ids else [])]
    columns.append(Column("what", least=10, keep=1, grows=True))
    over = [""] * len(columns)
    for to in layout.receivers:
        columns += [Column(side, "right", gap=2 if place else 3) for place, side in enumerate(sides)]
        over += [*[""] * (len(sides) - 1), f"to {to}"]
    yield Grid(tuple(columns), tuple(_rows(layout)), (row(*over, spreads=True, role="strong"),))
    yield Rule()
    yield side_totals(layout.report, layout.what)


def _rows(layout: Layout) -> Iterator[GridRow]:
    for place, section in enumerate(layout.sections):
        if layout.report.grouping != "none":
            yield from (Blank(),) if place else ()
            yield line(StyledText(accounts.group_words(layout.report, section.key), "strong"))
        for hand_over in section.rows:
            yield _row(layout, hand_over)
            label, words = accounts.outsiders_words(hand_over, layout.register)
            if words:
                yield wrapped(muted(f"   {label}"), words, 12)


def _row(layout: Layout, hand_over: HandOverRow) -> Row:
    ids = [StyledText(hand_over.id, "id")] if layout.has_ids else []
    flows = {flow.to: flow for flow in hand_over.directions}
    cells = (_cell(flows.get(to), side) for to in layout.receivers for side in layout.report.sides)
    return row(hand_over.date.edtf, *ids, hand_over.title, *cells)


def _cell(flow: FlowRow | None, side: str) -> StyledText:
    if flow is None:
        return StyledText("")
    figure = flow.by_side[side]
    return StyledText(figure_words(figure) if figure else "–", "muted" if figure is None or figure.undisclosed else "")


def accounts_table(report: Exchanges, register: Register) -> Table:
    """Return a hand-over a row: low, best, high and text of what each side says of each direction, and the press."""
    columns = [f"_says_{side}{bound}" for side in report.sides for bound in BOUNDS]

    def cells(flow: FlowRow | None) -> TableRow:
        figures = [flow.by_side[side] if flow else None for side in report.sides]
        return (*(number for figure in figures for number in bounds(figure)), _press(flow, register))

    return flat_table(report, [*columns, "_press"], cells, accounts.side_by_side_words(report))


def _press(flow: FlowRow | None, register: Register) -> str | None:
    others = accounts.outsiders(flow, register) if flow else ()
    return "; ".join(f"{account.figure.text} {account.side}" for account in others) or None
