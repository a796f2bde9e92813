"""The totals alone, as a page."""

from collections.abc import Iterator

from talkstrack.model.event import What
from talkstrack.model.sums import Sum
from talkstrack.render.text.document import (
    Blank,
    Column,
    Document,
    Element,
    Grid,
    Row,
    Rule,
    StyledText,
    document,
    heading,
    row,
)
from talkstrack.render.views.exchange_sections import running_words
from talkstrack.render.views.exchange_totals import total_rows
from talkstrack.render.views.exchanges import (
    TITLES,
    account_note,
    count_signs,
    held_words,
    legend,
    nothing_held,
    title_words,
    unit_words,
)
from talkstrack.render.words.figures import month_words
from talkstrack.reports.exchanges import Exchanges


def totals_page(report: Exchanges) -> Document:
    """Lay out what all comes to in each direction, and each group where the report has groups."""
    parts: list[Element] = []
    for unit in report.towards:
        parts += [heading(TITLES[unit], unit_words(report, unit)), Blank()] if report.what == "all" else []
        parts += [_table(report, unit) if report.shown[unit] else nothing_held(report, unit), Blank()]
    may = any(one.may for one in report.totals)
    signs = legend(count_signs([part for part in parts if isinstance(part, Grid)], 1, may=may))
    below = [*account_note(report), *([signs] if signs.entries else [])]
    return document(title_words(report), held_words(report), [*parts, *below] if below else parts[:-1])


def _table(report: Exchanges, what: What) -> Grid:
    columns = [Column()]
    for to in report.towards[what]:
        columns += [Column(), Column(f"to {to}", "right", gap=0)]  # an empty column keeps long totals apart
    rows: list[Row | Rule] = list(_group_rows(report, what))
    rows += [Rule()] if rows else []
    return Grid(tuple(columns), (*rows, *total_rows(report, what, report.shown[what], 1)))


def _group_rows(report: Exchanges, what: What) -> Iterator[Row]:
    found: dict[str, dict[str, Sum]] = {}
    for one in report.totals:
        if one.what == what and one.group is not None:
            found.setdefault(one.group, {})[one.to] = one.total
    for key, sums in found.items():
        named = month_words(key) if report.grouping == "month" else key
        cells: list[StyledText | str] = [named or ("no date" if report.grouping == "month" else "no agreement named")]
        for to in report.towards[what]:
            cells += ["", running_words(sums[to]) if to in sums else ""]
        yield row(*cells)
