"""The tally as flat columns: a hand-over a row, plain numbers per direction; or a total a row."""

from collections.abc import Iterator

from talkstrack.model.sums import Sum
from talkstrack.render.text.document import Table
from talkstrack.reports.exchange_totals import TotalRow
from talkstrack.reports.exchanges import Exchanges, FlowRow, HandOverRow, told_by
from talkstrack.rules.snapshot import Snapshot

_Value = str | int | None


def exchanges_flat(report: Exchanges, snapshot: Snapshot, *, accounts: bool = False) -> Table:
    """Return the rows: low, best, high and text of each direction, and its running total; or of each side's account."""
    towards = tuple(dict.fromkeys(to for unit in report.towards.values() for to in unit))
    sides = tuple(side for side in sides_of(report, snapshot) if side in snapshot.register.parties) if accounts else ()
    columns = ["date", "id", "what", "group", "number", "title"]
    for to in towards:
        for name in [f"to_{to}_says_{side}" for side in sides] if accounts else [f"to_{to}"]:
            columns += [name, f"{name}_low", f"{name}_best", f"{name}_high"]
        columns.append(f"to_{to}_press" if accounts else f"to_{to}_total")
    rows = [
        (
            *_what(one),
            *(value for to in towards for value in _direction(one, to, sides, snapshot, accounts)),
            *_links(one),
        )
        for one in report.rows
    ]
    return Table((*columns, "under", "tied_by", "denied_by", "span"), rows)


def sides_of(report: Exchanges, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the sides that give figures of their own, parties in the order of the register, then sources."""
    found = {one.side for row in report.rows for cell in row.directions for one in cell.accounts if one.side}
    known = [code for code in snapshot.register.parties if code in found]
    return (*known, *sorted(found.difference(known)))


def _what(one: HandOverRow) -> tuple[_Value, ...]:
    return (one.date.edtf, one.id, one.what, one.group or None, one.number, one.title)


def _direction(one: HandOverRow, to: str, sides: tuple[str, ...], snapshot: Snapshot, accounts: bool) -> list[_Value]:
    cell = next((cell for cell in one.directions if cell.to == to), None)
    if not accounts:
        return [*_sum(cell.figure if cell else None), cell.running.text if cell else None]
    return [*(value for side in sides for value in _sum(_own(cell, side))), _press(cell, snapshot)]


def _press(cell: FlowRow | None, snapshot: Snapshot) -> str | None:
    found = [one for one in cell.accounts if one.side and one.side not in snapshot.register.parties] if cell else []
    return "; ".join(f"{one.figure.text} {one.side}" for one in found) or None


def _own(cell: FlowRow | None, side: str) -> Sum | None:
    return told_by(cell, side) if cell else None


def _sum(figure: Sum | None) -> tuple[_Value, ...]:
    if figure is None:
        return (None, None, None, None)
    if figure.undisclosed:
        return (figure.text, None, None, None)
    return (figure.text, figure.low, figure.best, figure.high)


def _links(one: HandOverRow) -> tuple[_Value, ...]:
    tied = " ".join(side or "undisputed" for side in one.tied_by)
    span = "may fall inside" if one.may else None
    return (one.under or None, tied or None, " ".join(one.denied_by) or None, span)


def totals_flat(report: Exchanges) -> Table:
    """Return a row a total and one for each of its categories; `over` says whether it is of all or of a group."""
    columns = ("what", "over", "group", "to", "category", "total", "low", "best", "high", "terms", "undisclosed", "may")
    return Table(columns, [line for one in report.totals for line in _lines(one)])


def _lines(one: TotalRow) -> Iterator[tuple[_Value, ...]]:
    over = "all" if one.group is None else "group"
    is_rest = one.parts and one.not_broken_down.terms
    rest = {**one.parts, "not broken down": one.not_broken_down} if is_rest else one.parts
    for category, amount in ((None, one.total), *rest.items()):
        numbers = (amount.text, amount.low, amount.best, amount.high, amount.terms, amount.undisclosed)
        yield (one.what, over, one.group or None, one.to, category, *numbers, None if category else one.may)
