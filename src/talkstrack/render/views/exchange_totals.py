"""The totals beneath the tally: counted, at least, undisclosed, each category, and people per month."""

from collections.abc import Callable, Iterator

from talkstrack.model.counts import pretty
from talkstrack.model.event import What
from talkstrack.model.sums import Sum
from talkstrack.render.text.document import Row, StyledText, row, sparkline
from talkstrack.render.words.figures import figure_words
from talkstrack.reports.exchange_totals import TotalRow
from talkstrack.reports.exchanges import Exchanges

MOST_SIGNS = 18
_FEWEST_SIGNS = 3


def total_rows(report: Exchanges, what: What, shown: int, before: int) -> Iterator[Row]:
    """Yield the totals as rows of the tally's grid, whose figures begin `before` columns in."""
    found = [one for one in report.totals if one.group is None and one.what == what]
    label = f"All {shown:,}"
    if any(_has_more(one) for one in found):
        yield _line(label, [""] * len(found), before, "strong")
        yield _line("   counted", [figure_words(one.total) for one in found], before, "strong")
    else:
        yield _line(label, [figure_words(one.total) for one in found], before, "strong")
        yield from _months(report, what, before)
        return
    if any(_is_open(one.total) for one in found):
        yield _line("   at least", [f"{one.total.low:,}" for one in found], before)
    if any(one.total.undisclosed for one in found):
        holes = [f"{one.total.undisclosed:,} of {one.total.terms:,}" for one in found]
        yield _line("   undisclosed", holes, before)
    for name in dict.fromkeys(name for one in found for name in one.parts):
        yield _line(f"   {name}", [_told(one.parts.get(name)) for one in found], before)
    if any(one.parts and one.not_broken_down.terms for one in found):
        yield _line("   not broken down", [_told(one.not_broken_down) for one in found], before)
    yield from _months(report, what, before)


def _has_more(one: TotalRow) -> bool:
    return bool(one.parts) or one.total.undisclosed > 0 or _is_open(one.total)


def _is_open(total: Sum) -> bool:
    return total.approximate or total.open or total.undisclosed > 0


def _told(total: Sum | None) -> str:
    return "0" if total is None or not total.terms else pretty(total.text)


def _line(label: str, figures: list[str], before: int, role: str = "") -> Row:
    cells: list[str | StyledText] = [StyledText(label, role)] + [""] * (before - 1)
    for text in figures:
        cells += ["", text]
    return row(*cells, spreads=True)


def _months(report: Exchanges, what: What, before: int) -> Iterator[Row]:
    if report.grouping == "month":
        return
    found = [one for one in report.months if one.what == what]
    key: Callable[[str], str] = str
    label = "month"
    if len({one.month for one in found}) > MOST_SIGNS:
        key, label = _year, "year"
    spans = list(dict.fromkeys(key(one.month) for one in found))
    if not _FEWEST_SIGNS <= len(spans) <= MOST_SIGNS:
        return
    lines = []
    for to in report.towards[what]:
        here: dict[str, list[Sum]] = {}
        for one in found:
            if one.to == to and one.total is not None:
                here.setdefault(key(one.month), []).append(one.total)
        lines.append(sparkline([_height(here.get(span, [])) for span in spans]))
    cells: list[str | StyledText] = [StyledText(f"   per {label}, {spans[0]} to {spans[-1]}", "muted")] + [""] * (
        before - 1
    )
    for text in lines:
        cells += ["", text]
    yield row(*cells, spreads=True)


def _year(month: str) -> str:
    return month.rpartition("-")[0]


def _height(sums: list[Sum]) -> int | None:
    counted = sum(one.disclosed_low for one in sums)
    return None if not counted and any(one.undisclosed for one in sums) else counted
