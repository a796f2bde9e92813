"""The totals of the tally: as rows beneath it, as a document of their own, and as a table."""

from collections.abc import Iterator

from talkstrack.model.counts import pretty
from talkstrack.model.facets import Unit
from talkstrack.model.sums import Sum
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import Blank, Column, Document, Element, Grid, Row, Rule, StyledText, Wrapped
from talkstrack.render.text.makers import document, heading, line, muted, row, sparkline, wrapped
from talkstrack.render.words import accounts
from talkstrack.render.words.figures import POSSIBLE, figure_words, legend, sign_legend
from talkstrack.reports.exchange_totals import TotalRow
from talkstrack.reports.exchanges import Exchanges

MOST_SIGNS = 18
_FEWEST_SIGNS = 3


def totals_document(report: Exchanges) -> Document:
    """Lay out what all comes to in each direction, and each group where the report has groups."""
    elements: list[Element] = []
    for unit in report.receivers:
        if report.what == "all":
            elements += [heading(accounts.TITLES[unit], accounts.unit_words(report, unit)), Blank()]
        nothing = line(muted(accounts.nothing_words(report, unit)))
        elements += [_grid(report, unit) if report.shown[unit] else nothing, Blank()]
        elements += [side_totals(report, unit), Blank()] if report.sides and report.shown[unit] else []
    notes = [*account_note(report), *_legend(report)]
    elements = [*elements, *notes] if notes else elements[:-1]
    return document(accounts.title_words(report), accounts.held_words(report), elements)


def _legend(report: Exchanges) -> Iterator[Element]:
    units = [unit for unit in report.receivers if report.shown[unit]]
    groups = [total.total for total in report.totals if total.group is not None and total.what in units]
    sums = [*groups, *(total for unit in units for total in shown_sums(report, unit))]
    signs = sign_legend(sums, more=any(total.state != "stated" for total in groups))
    signs += (POSSIBLE,) if any(total.possible for total in report.totals) else ()
    if signs:
        yield legend(signs)


def account_note(report: Exchanges) -> Iterator[Wrapped]:
    """Yield whose figures were taken, where those of a side were asked for."""
    if report.account:
        text = f"{report.account}'s own figures, else the undisputed ones, else the range over all"
        yield wrapped(muted("account"), text, 9)


def _grid(report: Exchanges, what: Unit) -> Grid:
    columns = [Column()]
    for to in report.receivers[what]:
        columns += [Column(), Column(f"to {to}", "right", gap=0)]  # an empty column keeps long totals apart
    rows: list[Row | Rule] = list(_group_rows(report, what))
    rows += [Rule()] if rows else []
    return Grid(tuple(columns), (*rows, *total_rows(report, what, 1)))


def _group_rows(report: Exchanges, what: Unit) -> Iterator[Row]:
    groups: dict[str, dict[str, Sum]] = {}
    for total in report.totals:
        if total.what == what and total.group is not None:
            groups.setdefault(total.group, {})[total.to] = total.total
    for group, sums in groups.items():
        figures = [accounts.running_words(sums[to]) if to in sums else "" for to in report.receivers[what]]
        yield _row(accounts.group_words(report, group), figures, 1)


def total_rows(report: Exchanges, what: Unit, before: int) -> Iterator[Row]:
    """Yield the totals of all as rows of a grid whose figures begin `before` columns in."""
    totals = report.of_all(what)
    label = f"All {report.shown[what]:,}"
    counted = [figure_words(total.total) for total in totals]
    has_more = any(total.parts or _is_open(total.total) for total in totals)
    yield _row(label, [""] * len(totals) if has_more else counted, before, "strong")
    if has_more:
        yield _row("   counted", counted, before, "strong")
        yield from _bounds(totals, before)
        yield from _categories(totals, before)
    yield from _months(report, what, before)


def shown_sums(report: Exchanges, what: Unit) -> Iterator[Sum]:
    """Yield the sums that `total_rows` shows with their signs."""
    for total in report.of_all(what):
        yield total.total
        yield from total.parts.values()
        if total.parts:
            yield total.not_broken_down


def _bounds(totals: list[TotalRow], before: int) -> Iterator[Row]:
    if any(_is_open(total.total) for total in totals):
        yield _row("   at least", [f"{total.total.low:,}" for total in totals], before)
    if any(total.total.undisclosed for total in totals):
        holes = [f"{total.total.undisclosed:,} of {total.total.terms:,}" for total in totals]
        yield _row("   undisclosed", holes, before)


def _categories(totals: list[TotalRow], before: int) -> Iterator[Row]:
    for name in dict.fromkeys(name for total in totals for name in total.parts):
        yield _row(f"   {name}", [_of_category(total.parts.get(name)) for total in totals], before)
    if any(total.parts and total.not_broken_down.terms for total in totals):
        yield _row("   not broken down", [_of_category(total.not_broken_down) for total in totals], before)


def _is_open(total: Sum) -> bool:
    return total.approximate or total.open or total.undisclosed > 0


def _of_category(total: Sum | None) -> str:
    return "0" if total is None or not total.terms else pretty(total.text)


def _row(label: str, figures: list[str], before: int, role: str = "") -> Row:
    cells = (cell for text in figures for cell in ("", text))
    return row(StyledText(label, role), *[""] * (before - 1), *cells, spreads=True)


def _months(report: Exchanges, what: Unit, before: int) -> Iterator[Row]:
    """Yield a picture of what was handed over month by month, or year by year where the months are many."""
    if report.grouping == "month":
        return
    months = [month for month in report.months if month.what == what]
    is_long = len({month.month for month in months}) > MOST_SIGNS
    label, cut = ("year", -len("-05")) if is_long else ("month", None)
    sums: dict[str, dict[str, list[Sum]]] = {}
    for month in months:
        span = sums.setdefault(month.month[:cut], {})
        span.setdefault(month.to, []).extend([month.total] if month.total is not None else [])
    if _FEWEST_SIGNS <= len(sums) <= MOST_SIGNS:
        drawn = [sparkline([_height(span.get(to, [])) for span in sums.values()]) for to in report.receivers[what]]
        yield _row(f"   per {label}, {min(sums)} to {max(sums)}", drawn, before, "muted")


def _height(sums: list[Sum]) -> int | None:
    counted = sum(total.disclosed_low for total in sums)
    return None if not counted and any(total.undisclosed for total in sums) else counted


def side_totals(report: Exchanges, what: Unit) -> Grid:
    """Lay out what each side alone comes to, in each direction."""
    totals = report.of_all(what)
    columns, over = [Column(f"All {report.shown[what]:,}")], [""]
    for total in totals:
        columns += [Column("told", "right"), Column("at least", "right", gap=1), Column("undisclosed", "right", gap=1)]
        over += ["", "", f"to {total.to}"]
    alone = ((side, [total.by_side[side] for total in totals]) for side in report.sides)
    rows = (row(side, *(cell for figure in figures for cell in _told(figure))) for side, figures in alone)
    return Grid(tuple(columns), tuple(rows), (row(*over, spreads=True, role="strong"),))


def _told(total: Sum) -> tuple[str, ...]:
    return figure_words(total), f"{total.low:,}", f"{total.undisclosed:,} of {total.terms:,}"


def totals_table(report: Exchanges) -> Table:
    """Return a row a total and one for each of its categories; `over` says whether it is of all or of a group.

    Where what each side alone tells is asked for, it stands behind the total.
    """
    columns = ["what", "over", "group", "to", "category", "total", "low", "best", "high", "terms", "undisclosed", "may"]
    for side in report.sides:
        columns += [f"says_{side}{bound}" for bound in ("", "_low", "_best", "_high", "_undisclosed")]
    rows = [cells for total in report.totals for cells in _flat(total)]
    return Table(tuple(columns), rows, accounts.title_words(report), accounts.held_words(report))


def _flat(total: TotalRow) -> Iterator[TableRow]:
    over = "all" if total.group is None else "group"
    is_rest = total.parts and total.not_broken_down.terms
    rest = {**total.parts, "not broken down": total.not_broken_down} if is_rest else total.parts
    for category, amount in ((None, total.total), *rest.items()):
        numbers = (amount.text, amount.low, amount.best, amount.high, amount.terms, amount.undisclosed)
        named = (total.what, over, total.group or None, total.to, category)
        sides = [None if category else figure for figure in total.by_side.values()]
        said = [cell for figure in sides for cell in _said(figure)]
        yield (*named, *numbers, None if category else total.possible, *said)


def _said(figure: Sum | None) -> TableRow:
    return (figure.text, figure.low, figure.best, figure.high, figure.undisclosed) if figure else (None,) * 5
