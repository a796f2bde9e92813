"""The brief: one screen of 24 lines and 80 cells, and the same as flat columns."""

from collections.abc import Iterator

from talkstrack.model.counts import pretty
from talkstrack.model.dates.period import Period
from talkstrack.model.register import Register
from talkstrack.render.text.document import (
    Blank,
    Column,
    Document,
    Element,
    Grid,
    Line,
    Row,
    Spans,
    StyledText,
    Table,
    line,
    page,
    plain,
    row,
    spans,
)
from talkstrack.render.words.figures import STATE_ROLES, many, symbol
from talkstrack.render.words.promises import drawn, promised, state_words
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


def brief_page(report: Brief, register: Register, clock: str) -> Document:
    """Lay the brief out; where there is more than fits, the last line of a part says how much and where it is."""
    last = [_last(one, register) for one in report.last] or [_nothing("no event yet")]
    due = _first([_due(one, register) for one in report.due], _MOST_DUE, "deadlines --open")
    due = due or [_nothing("nothing is open"), *(_due(one, register) for one in report.past_due[-1:])]
    rows = [found for one in report.promised for found in _promised(one)]
    rows = _fewer(rows)
    used = 2 + len(last) + 1 + len(due) + 1 + max(len(rows), 1) + 1 + 1 + 1
    disputed = _first([_dispute(one) for one in report.disputed], max(LINES - used, 1), "agreements")
    parts: list[Element] = [*_labelled("Last", last), Blank(), *_labelled("Due", due), Blank()]
    parts += [_grid(rows)] if rows else _labelled("Promised", [_nothing("nothing counted")])
    parts += [Blank(), *_labelled("Disputed", disputed or [_nothing("nothing")])]
    parts += [Blank(), *_labelled("Ledger", [_health(report.health)])]
    return page(report.title, clock, parts)


def _labelled(label: str, lines: list[Line]) -> Iterator[Line]:
    for place, one in enumerate(lines):
        told = StyledText((label if place == 0 else "").ljust(_LABEL), "strong")
        yield Line(spans(told, one.left), one.right)


def _nothing(words: str) -> Line:
    return line(StyledText(words, "muted"))


def _first(lines: list[Line], most: int, where: str) -> list[Line]:
    if len(lines) <= most:
        return lines
    rest = len(lines) - (most - 1)
    return [*lines[: most - 1], _nothing(f"and {rest} more: talkstrack {where}")]


def _iso(when: Period) -> str:
    return (when.earliest or when.edtf[:10]) + ("~" if when.approximate else "")


def _last(one: TimelineRow, register: Register) -> Line:
    last = one.matters.rpartition(" · ")[2]
    role = STATE_ROLES.get(last.split(" ")[0].rstrip(","), "")
    sign = symbol(register, one.event.kind)
    is_held = one.event.status == "held"
    return line(
        (_iso(one.event.when).ljust(_DAY), sign if is_held else ("(", sign, ")"), " ", one.event.title),
        (StyledText(one.matters[: len(one.matters) - len(last)]), StyledText(last, role)),
    )


def _due(one: DeadlineRow, register: Register) -> Line:
    by = ", ".join(dict.fromkeys(register.side(name) for name in one.by))
    to = ", ".join(dict.fromkeys(register.side(name) for name in one.to))
    who = f"{by} → {to}" if by and to else by or to
    end = (one.due.latest or one.due.edtf[:10]) + ("~" if one.due.approximate else "")
    return line(
        (end.ljust(_DAY), symbol(register, one.kind), f" {one.title}"),
        (
            f"{who} · " if who else "",
            StyledText(_left(one) if one.state == "open" else one.state, STATE_ROLES.get(one.state, "")),
        ),
    )


def _left(one: DeadlineRow) -> str:
    if one.days is None:
        return "open"
    return "due today" if one.days == 0 else f"{many(one.days, 'day')} left"


def _promised(one: CommitmentRow) -> Iterator[Row]:
    """Yield a row per direction, or one for all where they stand alike."""
    shown = [(found.progress.to, *_progress(found)) for found in one.directions]
    alike = len(shown) > 1 and len({(plain(bar), told, plain(state)) for _, bar, told, state in shown}) == 1
    for place, (to, bar, told, state) in enumerate(shown[:1] if alike else shown):
        name = one.reference if place == 0 else ""
        yield row("", name, "each" if alike else f"→ {to}", bar, told, state)


def _progress(found: DirectionRow) -> tuple[Spans, str, Spans]:
    progress = found.progress
    asked = promised(progress)
    of = f" of {' or '.join(asked)}" if asked else ""
    state = spans(StyledText(state_words(progress.state, progress.days), STATE_ROLES.get(progress.state, "")))
    return drawn(found, _BAR), f"{pretty(found.told.text)}{of}", state


def _fewer(rows: list[Row]) -> list[Row]:
    if len(rows) <= _MOST_PROMISED:
        return rows
    rest = len(rows) - (_MOST_PROMISED - 1)
    more = row("", StyledText(f"and {rest} more: talkstrack agreements", "muted"), spreads=True)
    return [*rows[: _MOST_PROMISED - 1], more]


def _grid(rows: list[Row]) -> Grid:
    label = spans(StyledText("Promised", "strong"))
    first = rows[0]._replace(cells=(label, *rows[0].cells[1:]))
    columns = (
        Column(), Column(least=12, keep=1, gap=1), Column(gap=1), Column(gap=1),
        Column(align="right", least=10, keep=4, gap=1, grows=True), Column(align="right", least=8, keep=6, gap=1),
    )  # fmt: skip
    return Grid(columns, (first, *rows[1:]), titles=False)


def _dispute(one: Dispute) -> Line:
    about = one.subject if "/" in one.subject else _iso(one.date)
    return line(f"{about}: {one.words}")


def _health(found: Health) -> Line:
    counted = f"{many(found.events, 'event')}, {many(found.errors, 'error')}, {many(found.warnings, 'warning')}"
    hidden = f"; {found.undisclosed:,} of {many(found.handovers, 'hand-over')} undisclosed"
    return line((counted, hidden if found.handovers else ""))


def brief_flat(report: Brief) -> Table:
    """Return a line per fact: its part of the brief, ISO date, id, what it is and what matters about it."""
    health = report.health
    rows: list[tuple[str | int | None, ...]] = [
        ("last", one.event.when.edtf, one.event.id, one.event.title, one.matters or None) for one in report.last
    ]
    rows += [("due", one.due.edtf, one.event, one.title, _left(one)) for one in report.due]
    rows += [
        ("promised", None, one.reference, f"to {found.progress.to}", f"{progress[1]}, {plain(progress[2])}")
        for one in report.promised
        for found in one.directions
        for progress in (_progress(found),)
    ]
    rows += [("disputed", one.date.edtf, one.subject, one.words, None) for one in report.disputed]
    told = (("events", health.events), ("errors", health.errors), ("warnings", health.warnings),
            ("hand-overs", health.handovers), ("undisclosed", health.undisclosed))  # fmt: skip
    rows += [("ledger", None, None, name, str(number)) for name, number in told]
    return Table(("part", "date", "id", "what", "matters"), rows)
