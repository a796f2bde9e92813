"""The delegations as a document, a grid of members per party, and as a table."""

from collections.abc import Iterator

from talkstrack.model.counts import pretty
from talkstrack.model.dates.period import Period, ends_of
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import Blank, Column, Document, Element, Grid, Legend, Line, Row, StyledText
from talkstrack.render.text.makers import document, line, muted, row, spans, wrapped
from talkstrack.render.words.dates import day_label, display, short_day
from talkstrack.render.words.figures import figure_words, many, span_words
from talkstrack.render.words.promises import outcome_words
from talkstrack.reports.delegations import DelegationRow, Delegations, MemberRow, PartyTotals, SizeCell
from talkstrack.reports.proposals import ProposalRow
from talkstrack.rules.delegations import Presence

_TITLE = "Delegations"
_NEEDED = 46
"""Cells for names and offices; the rounds share the rest."""
_ROUND = 8
_LABEL = 15
_WIDE = 100
_MARKS: dict[Presence, StyledText] = {
    "listed": StyledText("●"),
    "joined": StyledText("joined", "good"),
    "left": StyledText("left", "warn"),
    "unknown": muted("?"),
    "absent": muted("–"),
}


def delegations_document(report: Delegations, register: Register, *, width: int = 80, long: bool = False) -> Document:
    """Lay the delegations out: as many rounds side by side as the width allows; `long` adds notes on persons."""
    elements: list[Element] = []
    for party in report.rows:
        elements += [*_party(party, register, width, long), Blank()]
    elements.append(_legend(report))
    return document(_TITLE, _note(report), elements)


def _note(report: Delegations) -> str:
    when = span_words(*ends_of(column.date for column in report.rounds))
    rounds = many(len(report.rounds), "round")
    return f"{rounds} · {when}" if when else rounds


def _party(party: DelegationRow, register: Register, width: int, long: bool) -> Iterator[Element]:
    at_once = max((width - _NEEDED) // _ROUND, 1)
    name = party.name if party.name == party.party else f"{party.name} ({party.party})"
    if not party.members:
        yield line(StyledText(name, "heading"), muted("no delegation recorded"))
    for start in range(0, len(party.rounds), at_once) if party.members else ():
        if start:
            yield Blank()
        places = range(start, min(start + at_once, len(party.rounds)))
        yield _grid(party, name, places, grows=width < _WIDE)
    for note in party.notes:
        yield wrapped(muted("  note"), muted(note), _LABEL)
    for member in party.members if long else ():
        if member.note:
            yield wrapped(muted("  person"), muted(f"{member.name}: {member.note}"), _LABEL)
    if party.proposals:
        yield Blank()
        yield line(StyledText("  proposed", "strong"), muted("answer"))
    for proposal in party.proposals:
        yield _proposal(proposal, register, long)
    if party.totals:
        yield Blank()
        yield wrapped("  received", _handed(party.totals, received=True), _LABEL)
        yield wrapped("  handed over", _handed(party.totals, received=False), _LABEL)


def _proposal(proposal: ProposalRow, register: Register, long: bool) -> Line:
    day = proposal.date.earliest or proposal.date.edtf
    is_plain = proposal.date.precision in ("day", "second") and proposal.date.earliest == proposal.date.latest
    said = "" if is_plain else f" ({display(proposal.date)})"
    others = f" (+{proposal.with_others})" if proposal.with_others else ""
    event = StyledText(f"  {proposal.event}" if long else "", "id")
    return line((f"  {day}  ", proposal.title, muted(f"{said}{others}"), event), outcome_words(proposal, register))


def _handed(totals: tuple[PartyTotals, ...], *, received: bool) -> str:
    figures = [(total.what, total.received if received else total.handed_over) for total in totals]
    texts = [f"{figure_words(figure)} {what}{_holes(figure)}" for what, figure in figures if figure is not None]
    return " · ".join(texts) or "nothing recorded"


def _holes(figure: Sum) -> str:
    return f" ({figure.undisclosed:,} of {figure.terms:,} undisclosed)" if figure.undisclosed else ""


def _grid(party: DelegationRow, name: str, places: range, *, grows: bool) -> Grid:
    rounds = [party.rounds[place] for place in places]
    columns = (Column(least=12, keep=4), Column(least=8, keep=1, grows=grows), *[Column(align="right")] * len(rounds))
    numbers = [StyledText(f"R{column.round}" if column.round else "", "strong") for column in rounds]
    days = [_day(column.date) for column in rounds]
    head = [row(StyledText(name, "heading"), "", *numbers, spreads=True), row("", "", *days)]
    years = [(column.date.earliest or "")[:4] for column in rounds]
    if len(set(years)) > 1:
        head.append(row("", "", *years))
    rows = [row for member in party.members for row in _member(member, places)]
    sizes = [_size(party.sizes[place]) for place in places]
    rows.append(row(muted("  named / stated size"), "", *sizes, spreads=True))
    return Grid(columns, tuple(rows), tuple(head), titles=False)


def _day(when: Period) -> str:
    day = when.earliest
    return short_day(day) if day is not None and day == when.latest else day_label(when).strip()


def _member(member: MemberRow, places: range) -> Iterator[Row]:
    """Yield a row, or one for each office held: what is told of rounds without one stands in the first."""
    held = list(zip(member.heads, member.titles, strict=True))
    is_present = [presence in ("listed", "joined") for presence in member.presence]
    roles = dict.fromkeys(role for role, present in zip(held, is_present, strict=True) if present)
    for at, role in enumerate(roles or {(False, None): None}):
        shown = [held[place] == role if is_present[place] else at == 0 for place in places]
        cells = [_MARKS[member.presence[place]] if mark else "" for place, mark in zip(places, shown, strict=True)]
        is_head, title = role
        office = " · ".join(word for word in ("head" if is_head else "", title or "") if word)
        yield row(f"  {member.name}" if at == 0 else "", StyledText(office, "" if is_head else "muted"), *cells)


def _size(cell: SizeCell | None) -> str:
    return f"{cell.named}/{pretty(cell.size.text) if cell.size else '–'}" if cell else ""


def _legend(report: Delegations) -> Legend:
    seen = {presence for party in report.rows for member in party.members for presence in member.presence}
    signs: tuple[tuple[Presence, str], ...] = (
        ("listed", "on the list"),
        ("unknown", "the sources seen do not say, which is not the same as left"),
        ("absent", "not on it"),
    )
    return Legend(tuple((spans(_MARKS[presence]), meaning) for presence, meaning in signs if presence in seen))


def delegations_table(report: Delegations) -> Table:
    """Return a line per party, round and person: ISO date, the round's id, office then, and what the list says."""
    columns = ("party", "round", "date", "event", "person", "name", "head", "office", "presence")
    rows: list[TableRow] = []
    for party in report.rows:
        for place, column in enumerate(party.rounds):
            named = (party.party, column.round, column.date.edtf, column.event)
            for member in party.members:
                head = "head" if member.heads[place] else None
                rows.append((*named, member.person, member.name, head, member.titles[place], member.presence[place]))
    return Table(columns, rows, _TITLE, _note(report))
