"""The tally side by side: each side's own figure of every hand-over, and what they come to."""

from collections.abc import Iterator
from typing import NamedTuple

from talkstrack.model.counts import UNKNOWN
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum, add, term
from talkstrack.render.text.document import (
    Blank,
    Column,
    Document,
    Element,
    Grid,
    Legend,
    Line,
    Row,
    Rule,
    StyledText,
    Wrapped,
    document,
    heading,
    line,
    row,
    spans,
    wrapped,
)
from talkstrack.render.views.exchange_flat import sides_of
from talkstrack.render.views.exchange_sections import WIDE
from talkstrack.render.views.exchanges import TITLES, held_words
from talkstrack.render.words.figures import figure_words, month_words
from talkstrack.reports.exchanges import Exchanges, HandOverRow, told_by
from talkstrack.rules.snapshot import Snapshot


class _Table(NamedTuple):
    rows: tuple[HandOverRow, ...]
    sides: tuple[str, ...]
    towards: tuple[str, ...]
    grouping: str
    has_ids: bool


def accounts_page(report: Exchanges, snapshot: Snapshot, *, width: int = 80) -> Document:
    """Lay each side's figures out side by side; what nobody disputes stands in every side's column."""
    sides = tuple(side for side in sides_of(report, snapshot) if side in snapshot.register.parties)
    parts: list[Element] = []
    for unit in report.towards:
        parts += [heading(TITLES[unit]), Blank()] if report.what == "all" else []
        rows = tuple(one for one in report.rows if one.what == unit)
        table = _Table(rows, sides, report.towards[unit], report.grouping, width >= WIDE)
        parts += [*_parts(table, snapshot.register), Blank()]
    signs = _signs(report, sides)
    parts = [*parts, Legend(signs)] if signs else parts[:-1]
    return document(f"{TITLES[report.what]}, side by side", held_words(report), parts)


def _signs(report: Exchanges, sides: tuple[str, ...]) -> tuple[tuple[tuple[StyledText, ...], str], ...]:
    cells = [cell for one in report.rows for cell in one.directions]
    told = [told_by(cell, side) for cell in cells for side in sides]
    texts = [figure_words(one) for one in told if one is not None]
    signs = (
        ("–", "gives no account of it", None in told),
        ("~", "about", any("~" in text for text in texts)),
        ("+", "and more", any(one is None or one.undisclosed or one.open for one in told)),
        ("a–b", "a range", any("–" in text for text in texts)),
    )
    return tuple((spans(StyledText(sign, "strong")), meaning) for sign, meaning, is_used in signs if is_used)


def _parts(table: _Table, register: Register) -> Iterator[Element]:
    if not table.rows or not table.sides:
        yield line(StyledText("None selected." if not table.rows else "No side gives an account of its own.", "muted"))
        return
    columns = [Column("date", least=10, keep=4), *([Column("id", keep=6)] if table.has_ids else [])]
    columns.append(Column("what", least=10, keep=1, grows=True))
    over = [""] * len(columns)
    for to in table.towards:
        gaps = [3 if place == 0 else 2 for place in range(len(table.sides))]
        columns += [Column(side, "right", gap=gap) for side, gap in zip(table.sides, gaps, strict=True)]
        over += [*[""] * (len(table.sides) - 1), f"to {to}"]
    yield Grid(tuple(columns), tuple(_rows(table, register)), (row(*over, spreads=True, role="strong"),))
    yield Rule()
    yield from _totals(table)


def _rows(table: _Table, register: Register) -> Iterator[Row | Line | Wrapped | Blank]:
    before = None
    for one in table.rows:
        if one.group != before and table.grouping != "none":
            if before is not None:
                yield Blank()
            title = month_words(one.group) if table.grouping == "month" else one.group
            yield line(StyledText(title or "no agreement named", "strong"))
        before = one.group
        yield _row(table, one)
        if press := _press(one, register):
            yield wrapped(StyledText("   press", "muted"), press, 12)


def _row(table: _Table, one: HandOverRow) -> Row:
    cells: list[StyledText | str] = [one.date.edtf, *([StyledText(one.id, "id")] if table.has_ids else []), one.title]
    found = {cell.to: cell for cell in one.directions}
    for to in table.towards:
        for side in table.sides:
            own = told_by(found[to], side) if to in found else None
            word = figure_words(own) if own else "–" if to in found else ""
            cells.append(StyledText(word, "muted" if own is None or own.undisclosed else ""))
    return row(*cells)


def _press(one: HandOverRow, register: Register) -> str:
    told = []
    for cell in one.directions:
        found = [account for account in cell.accounts if account.side and account.side not in register.parties]
        words = [f"{figure_words(one.figure)}, says {register.called(one.side or '')}" for one in found]
        told += [f"to {cell.to} {' · '.join(words)}"] if words else []
    return "; ".join(told)


def _totals(table: _Table) -> Iterator[Element]:
    columns = [Column(f"All {len(table.rows):,}")]
    over = [""]
    for to in table.towards:
        columns += [Column("told", "right"), Column("at least", "right", gap=1), Column("undisclosed", "right", gap=1)]
        over += ["", "", f"to {to}"]
    rows = []
    for side in table.sides:
        cells: list[str] = [side]
        for to in table.towards:
            total = _told(table.rows, to, side)
            cells += [figure_words(total), f"{total.low:,}", f"{total.undisclosed:,} of {total.terms:,}"]
        rows.append(row(*cells))
    yield Grid(tuple(columns), tuple(rows), (row(*over, spreads=True, role="strong"),))


def _told(rows: tuple[HandOverRow, ...], to: str, side: str) -> Sum:
    cells = [cell for one in rows for cell in one.directions if cell.to == to]
    return add(told_by(cell, side) or term(UNKNOWN) for cell in cells)
