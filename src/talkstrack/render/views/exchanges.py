"""The tally: sections with running totals, claims and accounts beneath the rows, totals with their holes; its table."""

from collections.abc import Callable, Iterator

import msgspec

from talkstrack.model.facets import Unit
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import (
    Blank,
    Column,
    Document,
    Element,
    Grid,
    GridRow,
    Line,
    Row,
    Rule,
    StyledText,
    Wrapped,
)
from talkstrack.render.text.makers import document, heading, line, muted, row, wrapped
from talkstrack.render.views.claims import claim_lines
from talkstrack.render.views.exchange_totals import account_note, shown_sums, total_rows
from talkstrack.render.words import accounts
from talkstrack.render.words.figures import POSSIBLE, Signs, coloured, figure_words, legend, sign_legend
from talkstrack.reports.agreements import CommitmentRow
from talkstrack.reports.claims import ClaimRow
from talkstrack.reports.exchanges import Exchanges, FlowRow, HandOverRow, Section

WIDE = 120
"""From this width on the ids have a column of their own."""
BOUNDS = ("", "_low", "_best", "_high")
"""The columns of a figure in a table, after its name."""
_INDENT = 12
_NOTE = 9
_CLAIMED = StyledText("   claimed".ljust(_INDENT), "muted")
_TIED = ("tied", "who ties it to the agreement, blank: undisputed")
_OTHERWISE = ("*", "a side sees the link otherwise")


class Layout(msgspec.Struct, frozen=True):
    """What the parts of one unit's table share: the report, and how it is to look."""

    report: Exchanges
    register: Register
    what: Unit
    width: int
    long: bool = False

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple([section for section in self.report.sections if section.what == self.what])

    @property
    def rows(self) -> tuple[HandOverRow, ...]:
        return tuple([row for section in self.sections for row in section.rows])

    @property
    def receivers(self) -> tuple[str, ...]:
        return self.report.receivers[self.what]

    @property
    def has_ids(self) -> bool:
        return self.width >= WIDE

    @property
    def has_links(self) -> bool:
        """Whether what the rows are under has a column, because no section says it."""
        return self.has_ids and self.report.grouping != "agreement"

    @property
    def is_filtered(self) -> bool:
        return self.report.shown[self.what] < self.report.known[self.what]


def exchanges_document(report: Exchanges, register: Register, *, width: int = 80, long: bool = False) -> Document:
    """Lay the tally out; `long` shows ids, every account and every claim beneath each row."""
    elements: list[Element] = []
    for unit in report.receivers:
        layout = Layout(report, register, unit, width, long)
        if report.what == "all":
            elements += [heading(accounts.TITLES[unit], accounts.unit_words(report, unit)), Blank()]
        elements += [_grid(layout), *_claims_over_several(layout), Blank()]
        signs = _signs(layout)
        below = [*_notes(layout), *([legend(signs)] if signs else [])]
        elements += [*below, Blank()] if below else []
    return document(accounts.title_words(report), accounts.held_words(report), elements[:-1])


def _grid(layout: Layout) -> Grid | Line:
    report, has_ids = layout.report, layout.has_ids
    if not layout.sections:
        return line(muted(accounts.nothing_words(report, layout.what)))
    columns = [Column(" #", gap=0), Column("date", gap=1, least=10, keep=4)]
    columns += [Column("id", keep=6)] if has_ids else []
    columns.append(Column("what", least=10, keep=1, grows=True, gap=2 if has_ids else 1))
    over = [""] * len(columns)
    for place, to in enumerate(layout.receivers):
        gaps = (4, 2) if has_ids else (2 if place else 1, 1)
        columns += [Column("count", "right", gap=gaps[0]), Column("total", "right", gap=gaps[1])]
        over += ["", f"to {to}"]
    columns += [Column("under")] if layout.has_links else []
    columns += [Column("tied", gap=1)] if any(accounts.tie_mark(row, layout.register) for row in layout.rows) else []
    digits = max([2, *(len(_number(report, row)) for row in layout.rows)])
    rows: list[GridRow] = []
    for section in layout.sections:
        rows += [Blank()] if rows else []
        rows += _section(layout, section, digits)
    rows += [Rule(), *total_rows(report, layout.what, 4 if has_ids else 3)]
    return Grid(tuple(columns), tuple(rows), (row(*over, spreads=True, role="strong"),))


def _section(layout: Layout, section: Section, digits: int) -> Iterator[Row | Line | Wrapped]:
    yield from _section_title(layout, section)
    for hand_over in section.rows:
        yield _row(layout, hand_over, digits)
        yield from _beneath(layout, hand_over)
    if section.commitment is not None:
        yield from _section_end(layout, section, section.commitment)


def _section_title(layout: Layout, section: Section) -> Iterator[Line | Wrapped]:
    """Yield what a section is: the commitment, what each side reads as promised, and where it stands."""
    if layout.report.grouping == "none":
        return
    name, commitment = StyledText(accounts.group_words(layout.report, section.key), "strong"), section.commitment
    if commitment is None:
        words = accounts.section_words(layout.report, section)
        yield line(name, words) if layout.report.grouping == "month" else line((name, words))
        return
    standing = accounts.standing_words(commitment)
    readings = " · ".join(accounts.promise_words(commitment, layout.register))
    right = coloured(standing, commitment.state)
    if len(section.key) + len(readings) + len(standing) + 5 <= layout.width:
        yield line((name, f" · {readings}" if readings else ""), right)
    else:
        yield line(name, right)
        yield wrapped(muted("   promised"), readings, _INDENT)


def _section_end(layout: Layout, section: Section, commitment: CommitmentRow) -> Iterator[Wrapped]:
    """Tell what was delivered under the commitment itself where that is not the sum of the rows."""
    is_contested = any(accounts.tied_words(row, layout.register, layout.receivers) for row in section.rows)
    if is_contested and not layout.report.account:
        yield wrapped(muted("   in all"), accounts.in_all_words(commitment, layout.receivers), _INDENT)
    for words in accounts.untied_words(section, layout.receivers):
        yield wrapped(muted("   but"), words, _INDENT)


def _row(layout: Layout, hand_over: HandOverRow, digits: int) -> Row:
    number = _number(layout.report, hand_over).rjust(digits)
    cells: list[StyledText | str] = [muted(number), hand_over.date.edtf]
    cells += [StyledText(hand_over.id, "id")] if layout.has_ids else []
    cells.append(hand_over.title)
    flows = {flow.to: flow for flow in hand_over.directions}
    for flow in map(flows.get, layout.receivers):
        cells += [_figure(flow.figure), accounts.running_words(flow.running)] if flow else ["", ""]
    cells += [StyledText(hand_over.under, "id")] if layout.has_links else []
    return row(*cells, StyledText(accounts.tie_mark(hand_over, layout.register), "warn"))


def _number(report: Exchanges, hand_over: HandOverRow) -> str:
    has_place = bool(hand_over.group) or report.grouping == "none"
    return ("?" if hand_over.is_possible else "") + (str(hand_over.number) if has_place else "–")


def _figure(figure: Sum) -> StyledText:
    return StyledText(figure_words(figure), "muted" if figure.undisclosed else "")


def _beneath(layout: Layout, hand_over: HandOverRow) -> Iterator[Line | Wrapped]:
    if layout.long and not layout.has_ids:
        yield line(("   ", StyledText(hand_over.id, "id")))
    register, receivers = layout.register, layout.receivers
    said = accounts.accounts_words(hand_over, register, receivers, every=layout.long)
    parts = accounts.parts_words(hand_over, register, receivers, every=layout.long)
    for label, words in (("accounts", said), ("parts", parts), ("tied", _tied(layout, hand_over))):
        if words:
            yield wrapped(muted(f"   {label}"), words, _INDENT)
    claims, home, day = _shown(layout, hand_over.claims), hand_over.under, hand_over.date.edtf
    yield from claim_lines(claims, register, _CLAIMED, width=layout.width, home=home, day=day)


def _tied(layout: Layout, hand_over: HandOverRow) -> str:
    words = accounts.tied_words(hand_over, layout.register, layout.receivers)
    return f"to {hand_over.under}: {words}" if words and layout.report.grouping != "agreement" else words


def _shown(layout: Layout, claims: tuple[ClaimRow, ...]) -> list[ClaimRow]:
    return [claim for claim in claims if layout.long or claim.verdict != "unchecked"]


def _claims_over_several(layout: Layout) -> Iterator[Element]:
    if claims := _shown(layout, layout.report.claims[layout.what]):
        yield Blank()
        yield line(StyledText("over several agreements", "strong"))
        yield from claim_lines(claims, layout.register, _CLAIMED, width=layout.width)


def _notes(layout: Layout) -> Iterator[Element]:
    if layout.is_filtered and layout.rows:
        yield wrapped(muted("filter"), accounts.FILTER_NOTE, _NOTE)
    yield from account_note(layout.report)
    claims = [*layout.report.claims[layout.what], *(claim for row in layout.rows for claim in row.claims)]
    hidden = len(claims) - len(_shown(layout, tuple(claims)))
    if hidden:
        yield wrapped(muted("claims"), f"{hidden:,} more that the record cannot check: exchanges --long", _NOTE)


def _signs(layout: Layout) -> Signs:
    flows = [flow for row in layout.rows for flow in row.directions]
    sums = [amount for flow in flows for amount in (flow.figure, flow.running)]
    sums += shown_sums(layout.report, layout.what) if flows else ()
    is_hidden = any(flow.running.state != "stated" for flow in flows)
    signs: Signs = (_TIED,) if any(accounts.sides_tying(row, layout.register) for row in layout.rows) else ()
    signs += (_OTHERWISE,) if any(accounts.is_seen_otherwise(row) for row in layout.rows) else ()
    signs += sign_legend(sums, more=is_hidden)
    return signs + ((POSSIBLE,) if any(row.is_possible for row in layout.rows) else ())


def exchanges_table(report: Exchanges) -> Table:
    """Return a hand-over a row: text, low, best and high of each direction, and its running total."""

    def cells(flow: FlowRow | None) -> TableRow:
        return (*bounds(flow.figure if flow else None), flow.running.text if flow else None)

    return flat_table(report, [*BOUNDS, "_total"], cells, accounts.title_words(report))


def flat_table(report: Exchanges, names: list[str], cells: Callable[[FlowRow | None], TableRow], title: str) -> Table:
    """Return a hand-over a row; for each side that receives, columns whose names end like these, and their cells."""
    receivers = tuple(dict.fromkeys(to for unit in report.receivers.values() for to in unit))
    rows: list[TableRow] = []
    for shown in report.rows:
        flows = {flow.to: flow for flow in shown.directions}
        named = (shown.date.edtf, shown.id, shown.what, shown.group or None, shown.number, shown.title)
        rows.append((*named, *(cell for to in receivers for cell in cells(flows.get(to))), *_links(shown)))
    start, end = ("date", "id", "what", "group", "number", "title"), ("under", "tied_by", "denied_by", "span")
    columns = (f"to_{to}{name}" for to in receivers for name in names)
    return Table((*start, *columns, *end), rows, title, accounts.held_words(report))


def bounds(figure: Sum | None) -> TableRow:
    """Return text, low, best and high of a figure; of one that is undisclosed the text alone."""
    if figure is None or figure.undisclosed:
        return (figure.text if figure else None, None, None, None)
    return (figure.text, figure.low, figure.best, figure.high)


def _links(hand_over: HandOverRow) -> tuple[str | None, ...]:
    tied = " ".join(side or "undisputed" for side in hand_over.tied_by)
    span = "may fall inside" if hand_over.is_possible else None
    return (hand_over.under or None, tied or None, " ".join(hand_over.denied_by) or None, span)
