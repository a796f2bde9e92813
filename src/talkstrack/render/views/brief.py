"""The brief: one screen of 24 lines and 80 cells, and the same as a table."""

from collections.abc import Iterator

from msgspec.structs import asdict

from talkstrack.model.counts import pretty
from talkstrack.model.dates.period import Period
from talkstrack.model.register import Register
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import Blank, Column, Document, Element, Grid, Line, Row, Spans, StyledText
from talkstrack.render.text.makers import document, line, muted, plain, row, spans
from talkstrack.render.words.figures import coloured, many, symbol
from talkstrack.render.words.headlines import headline_words
from talkstrack.render.words.promises import dispute_words, drawn, promised, state_words
from talkstrack.reports.agreements import CommitmentRow, DirectionRow
from talkstrack.reports.brief import Brief, Dispute, Health
from talkstrack.reports.deadlines import DeadlineRow
from talkstrack.reports.timeline import TimelineRow

LINES = 23
"""What the brief fills at most, so that a prompt still stands below it on a screen of 24 lines."""
_LABEL = 9
_DAY = 12
_BAR = 7
_MOST_DUE = 3
_MOST_PROMISED = 7


def brief_document(report: Brief, register: Register, clock: str) -> Document:
    """Lay the brief out; where there is more than fits, the last line of a part says how much and where it is."""
    last = [_last(row, register) for row in report.last] or [_nothing("no event yet")]
    due = _first([_due(row, register) for row in report.due], _MOST_DUE, "deadlines --open")
    due = due or [_nothing("nothing is open"), *(_due(row, register) for row in report.past_due[-1:])]
    rows = _fewer([row for commitment in report.promised for row in _promised(commitment)])
    used = 2 + len(last) + 1 + len(due) + 1 + max(len(rows), 1) + 1 + 1 + 1
    disputed = _first([_dispute(dispute) for dispute in report.disputed], max(LINES - used, 1), "agreements")
    elements: list[Element] = [*_labelled("Last", last), Blank(), *_labelled("Due", due), Blank()]
    elements += [_grid(rows)] if rows else _labelled("Promised", [_nothing("nothing counted")])
    elements += [Blank(), *_labelled("Disputed", disputed or [_nothing("nothing")])]
    elements += [Blank(), *_labelled("Ledger", [_health(report.health)])]
    return document(report.title, clock, elements)


def _labelled(label: str, lines: list[Line]) -> Iterator[Line]:
    for place, shown in enumerate(lines):
        title = StyledText((label if place == 0 else "").ljust(_LABEL), "strong")
        yield line((title, shown.left), shown.right)


def _nothing(words: str) -> Line:
    return line(muted(words))


def _first(lines: list[Line], most: int, where: str) -> list[Line]:
    if len(lines) <= most:
        return lines
    rest = len(lines) - (most - 1)
    return [*lines[: most - 1], _nothing(f"and {rest} more: talkstrack {where}")]


def _iso(when: Period) -> str:
    return (when.earliest or when.edtf[:10]) + ("~" if when.approximate else "")


def _last(row: TimelineRow, register: Register) -> Line:
    sign = symbol(register, row.event.kind)
    is_held = row.event.status == "held"
    title = (_iso(row.event.when).ljust(_DAY), sign if is_held else ("(", sign, ")"), " ", row.event.title)
    return line(title, headline_words(row.headline, row.event, register))


def _due(deadline: DeadlineRow, register: Register) -> Line:
    who = " → ".join(", ".join(sides) for sides in (deadline.by_sides, deadline.to_sides) if sides)
    end = (deadline.due.latest or deadline.due.edtf[:10]) + ("~" if deadline.due.approximate else "")
    state = coloured(_left(deadline) if deadline.state == "open" else deadline.state, deadline.state)
    title = (end.ljust(_DAY), symbol(register, deadline.kind), f" {deadline.title}")
    return line(title, (f"{who} · " if who else "", state))


def _left(deadline: DeadlineRow) -> str:
    if deadline.days is None:
        return "open"
    return "due today" if deadline.days == 0 else f"{many(deadline.days, 'day')} left"


def _promised(commitment: CommitmentRow) -> Iterator[Row]:
    """Yield a row per direction, or one for all where they stand alike."""
    shown = [(direction.progress.to, *_progress(direction)) for direction in commitment.directions]
    alike = len(shown) > 1 and len({(plain(bar), figure, plain(state)) for _, bar, figure, state in shown}) == 1
    for place, (to, bar, figure, state) in enumerate(shown[:1] if alike else shown):
        name = commitment.reference if place == 0 else ""
        yield row("", name, "each" if alike else f"→ {to}", bar, figure, state)


def _progress(direction: DirectionRow) -> tuple[Spans, str, Spans]:
    progress = direction.progress
    asked = promised(progress)
    of = f" of {' or '.join(asked)}" if asked else ""
    state = spans(coloured(state_words(progress.state, progress.days), progress.state))
    return drawn(direction, _BAR), f"{pretty(direction.range.text)}{of}", state


def _fewer(rows: list[Row]) -> list[Row]:
    if len(rows) <= _MOST_PROMISED:
        return rows
    rest = len(rows) - (_MOST_PROMISED - 1)
    more = row("", muted(f"and {rest} more: talkstrack agreements"), spreads=True)
    return [*rows[: _MOST_PROMISED - 1], more]


def _grid(rows: list[Row]) -> Grid:
    label = spans(StyledText("Promised", "strong"))
    first = rows[0]._replace(cells=(label, *rows[0].cells[1:]))
    columns = (
        Column(), Column(least=12, keep=1, gap=1), Column(gap=1), Column(gap=1),
        Column(align="right", least=10, keep=4, gap=1, grows=True), Column(align="right", least=8, keep=6, gap=1),
    )  # fmt: skip
    return Grid(columns, (first, *rows[1:]), titles=False)


def _dispute(dispute: Dispute) -> Line:
    about = dispute.subject if "/" in dispute.subject else _iso(dispute.date)
    return line(f"{about}: {dispute_words(dispute)}")


def _health(health: Health) -> Line:
    counted = f"{many(health.events, 'event')}, {many(health.errors, 'error')}, {many(health.warnings, 'warning')}"
    hidden = f"; {health.undisclosed:,} of {many(health.hand_overs, 'hand-over')} undisclosed"
    return line((counted, hidden if health.hand_overs else ""))


def brief_table(report: Brief, register: Register, clock: str) -> Table:
    """Return a line per fact: its part of the brief, ISO date, id, what it is and what matters about it."""
    return Table(("part", "date", "id", "what", "matters"), [*_facts(report, register)], report.title, clock)


def _facts(report: Brief, register: Register) -> Iterator[TableRow]:
    for last in report.last:
        words = plain(headline_words(last.headline, last.event, register)) or None
        yield "last", last.event.when.edtf, last.event.id, last.event.title, words
    for deadline in report.due:
        yield "due", deadline.due.edtf, deadline.event, deadline.title, _left(deadline)
    for commitment in report.promised:
        for direction in commitment.directions:
            _, figure, state = _progress(direction)
            yield "promised", None, commitment.reference, f"to {direction.progress.to}", f"{figure}, {plain(state)}"
    for dispute in report.disputed:
        yield "disputed", dispute.date.edtf, dispute.subject, dispute_words(dispute), None
    for name, number in asdict(report.health).items():
        yield "ledger", None, None, name.replace("_", "-"), str(number)
