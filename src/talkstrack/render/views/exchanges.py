"""The tally as a page: sections with running totals, claims and accounts beneath the rows, totals with their holes."""

from collections.abc import Iterable, Iterator

from talkstrack.model.event import What
from talkstrack.model.sums import Sum
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
    plain,
    row,
    spans,
    wrapped,
)
from talkstrack.render.views.claimed import claim_lines
from talkstrack.render.views.exchange_sections import INDENT, Sheet, running_words, section_end, section_title
from talkstrack.render.views.exchange_totals import total_rows
from talkstrack.render.words.accounts import accounts_words, parts_words, tie_mark, tied_words
from talkstrack.render.words.figures import figure_words, span_words
from talkstrack.reports.agreements import commitment_row
from talkstrack.reports.exchanges import Exchanges, HandOverRow
from talkstrack.rules.snapshot import Snapshot

_NOTE = 9
CLAIMED = StyledText("   claimed".ljust(INDENT), "muted")
TITLES: dict[str, str] = {
    "people": "Prisoner exchanges",
    "bodies": "Repatriations of bodies",
    "all": "Exchanges and bodies",
}


def exchanges_page(report: Exchanges, snapshot: Snapshot, *, width: int = 80, long: bool = False) -> Document:
    """Lay the tally out; `long` shows ids, every account and every claim beneath each row."""
    keys = dict.fromkeys(one.group for one in report.rows) if report.grouping == "agreement" else ()
    commitments = {key: commitment_row(snapshot, key) for key in keys if key in snapshot.commitments}
    parts: list[Element] = []
    for unit in report.towards:
        rows = tuple(one for one in report.rows if one.what == unit)
        digits = max((len(_number(one, report)) for one in rows), default=0)
        sheet = Sheet(report, snapshot, unit, width, long, commitments, rows, max(digits, 2))
        if report.what == "all":
            parts += [heading(TITLES[unit], unit_words(report, unit)), Blank()]
        table = tuple(_table(sheet))
        parts += [*table, *_beyond(sheet), Blank()]
        below = [*_notes(sheet), *([signs] if (signs := _legend(sheet, table)).entries else [])]
        parts += [*below, Blank()] if below else []
    return document(title_words(report), held_words(report), parts[:-1])


def title_words(report: Exchanges) -> str:
    """Return what the report is, and by whose account."""
    return TITLES[report.what] + (f" ({report.account})" if report.account else "")


def held_words(report: Exchanges) -> str:
    """Return how many hand-overs are shown, of how many, and over which days."""
    held = _held(sum(report.shown.values()), sum(report.known.values()))
    when = span_words(report.first, report.last)
    return f"{held} · {when}" if when else held


def unit_words(report: Exchanges, what: What) -> str:
    """Return how many hand-overs of one unit are shown, of how many."""
    return _held(report.shown[what], report.known[what])


def _held(shown: int, known: int) -> str:
    return f"{shown:,} held" if shown == known else f"{shown:,} of {known:,} held"


def _table(sheet: Sheet) -> Iterator[Element]:
    if not sheet.rows:
        yield nothing_held(sheet.report, sheet.what)
        return
    columns = [Column(" #", gap=0), Column("date", gap=1, least=10, keep=4)]
    columns += [Column("id", keep=6)] if sheet.has_ids else []
    columns += [Column("what", least=10, keep=1, grows=True, gap=2 if sheet.has_ids else 1)]
    over = [""] * len(columns)
    for to in sheet.towards:
        gaps = (4, 2) if sheet.has_ids else (1 if to == sheet.towards[0] else 2, 1)
        columns += [Column("count", "right", gap=gaps[0]), Column("total", "right", gap=gaps[1])]
        over += ["", f"to {to}"]
    columns += [Column("under")] if sheet.has_links else []
    columns += [Column("tied", gap=1)] if _has_ties(sheet) else []
    inside: dict[str, list[HandOverRow]] = {}
    for one in sheet.rows:
        inside.setdefault(one.group, []).append(one)
    rows: list[Row | Line | Wrapped | Blank | Rule] = []
    for key, found in inside.items():
        rows += [Blank()] if rows else []
        rows += _section(sheet, key, found)
    before = 4 if sheet.has_ids else 3
    rows += [Rule(), *total_rows(sheet.report, sheet.what, len(sheet.rows), before)]
    yield Grid(tuple(columns), tuple(rows), (row(*over, spreads=True, role="strong"),))


def nothing_held(report: Exchanges, what: What) -> Line:
    """Return what stands in the place of a table without rows."""
    return line(StyledText("None selected." if report.known[what] else "Nothing of the kind is held.", "muted"))


def _has_ties(sheet: Sheet) -> bool:
    return any(tie_mark(one, sheet.register) for one in sheet.rows)


def _section(sheet: Sheet, key: str, inside: list[HandOverRow]) -> Iterator[Row | Line | Wrapped]:
    yield from section_title(sheet, key)
    for one in inside:
        yield _row(sheet, one)
        yield from _beneath(sheet, one)
    yield from section_end(sheet, key, inside)


def _row(sheet: Sheet, one: HandOverRow) -> Row:
    number = _number(one, sheet.report).rjust(sheet.digits)
    cells: list[StyledText | str] = [StyledText(number, "muted"), one.date.edtf]
    cells += [StyledText(one.id, "id")] if sheet.has_ids else []
    cells.append(one.title)
    found = {cell.to: cell for cell in one.directions}
    for to in sheet.towards:
        cell = found.get(to)
        cells += [_figure(cell.figure), StyledText(running_words(cell.running))] if cell else ["", ""]
    cells += [StyledText(one.under, "id")] if sheet.has_links else []
    return row(*cells, StyledText(tie_mark(one, sheet.register), "warn"))


def _number(one: HandOverRow, report: Exchanges) -> str:
    has_place = bool(one.group) or report.grouping == "none"
    return ("?" if one.may else "") + (str(one.number) if has_place else "–")


def _figure(figure: Sum) -> StyledText:
    return StyledText(figure_words(figure), "muted" if figure.undisclosed else "")


def _beneath(sheet: Sheet, one: HandOverRow) -> Iterator[Line | Wrapped]:
    if sheet.long and not sheet.has_ids:
        yield line(("   ", StyledText(one.id, "id")))
    told = (
        ("accounts", accounts_words(one, sheet.register, sheet.towards, every=sheet.long)),
        ("parts", parts_words(one, sheet.register, sheet.towards, every=sheet.long)),
        ("tied", _tied(sheet, one)),
    )
    for label, words in told:
        if words:
            yield wrapped(StyledText(f"   {label}", "muted"), words, INDENT)
    shown = [claim for claim in one.claims if sheet.long or claim.verdict != "unchecked"]
    yield from claim_lines(shown, sheet.register, CLAIMED, width=sheet.width, home=one.under, day=one.date.edtf)


def _tied(sheet: Sheet, one: HandOverRow) -> str:
    words = tied_words(one, sheet.register, sheet.towards)
    return f"to {one.under}: {words}" if words and sheet.report.grouping != "agreement" else words


def _beyond(sheet: Sheet) -> Iterator[Element]:
    shown = [one for one in sheet.report.claims[sheet.what] if sheet.long or one.verdict != "unchecked"]
    if shown:
        yield Blank()
        yield line(StyledText("over several agreements", "strong"))
        yield from claim_lines(shown, sheet.register, CLAIMED, width=sheet.width)


def _notes(sheet: Sheet) -> Iterator[Element]:
    if sheet.is_filtered and sheet.rows:
        text = "numbers and running totals are those of the whole ledger, every other total is over what is shown"
        yield wrapped(StyledText("filter", "muted"), text, _NOTE)
    yield from account_note(sheet.report)
    hidden = sum(claim.verdict == "unchecked" for one in sheet.rows for claim in one.claims)
    hidden += sum(claim.verdict == "unchecked" for claim in sheet.report.claims[sheet.what])
    if hidden and not sheet.long:
        text = f"{hidden:,} more that the record cannot check: exchanges --long"
        yield wrapped(StyledText("claims", "muted"), text, _NOTE)


def account_note(report: Exchanges) -> Iterator[Element]:
    """Yield whose figures were taken, where those of a side were asked for."""
    if report.account:
        text = f"{report.account}'s own figures, else the undisputed ones, else the range over all"
        yield wrapped(StyledText("account", "muted"), text, _NOTE)


def _legend(sheet: Sheet, table: tuple[Element, ...]) -> Legend:
    marks = [tie_mark(one, sheet.register) for one in sheet.rows]
    grids = [part for part in table if isinstance(part, Grid)]
    signs = (
        ("tied", "who ties it to the agreement, blank: undisputed", any(mark.strip("*") for mark in marks)),
        ("*", "a side sees the link otherwise", any("*" in mark for mark in marks)),
        *count_signs(grids, 3, may=any(one.may for one in sheet.rows)),
    )
    return legend(signs)


Sign = tuple[str, str, bool]
"""A sign, what it means, and whether it is used."""


def count_signs(grids: Iterable[Grid], before: int, *, may: bool) -> tuple[Sign, ...]:
    """Return the signs of counts in grids whose figures begin `before` columns in."""
    rows = [part for grid in grids for part in grid.rows if isinstance(part, Row)]
    seen = " ".join(plain(cell) for one in rows for cell in one.cells[before:])
    return (
        ("~", "about", "~" in seen),
        ("+", "and more", "+" in seen),
        ("a–b", "accounts differ, or a range", "–" in seen.replace("– ", "")),
        ("?", "may fall inside: adds to the high end only", may),
    )


def legend(signs: Iterable[Sign]) -> Legend:
    """Return a legend of the signs that are used."""
    return Legend(tuple((spans(StyledText(sign, "strong")), meaning) for sign, meaning, is_used in signs if is_used))
