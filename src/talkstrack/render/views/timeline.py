"""The timeline as a page by month and as flat columns."""

from collections.abc import Iterator

from talkstrack.model.dates.period import Period
from talkstrack.model.register import Register
from talkstrack.render.text.document import (
    Blank,
    Document,
    Element,
    Legend,
    Line,
    StyledText,
    Table,
    heading,
    line,
    page,
    spans,
)
from talkstrack.render.words.dates import day_label
from talkstrack.render.words.figures import STATE_ROLES, many, month_words, span_words, symbol
from talkstrack.reports.timeline import Grouping, Timeline, TimelineGroup, TimelineRow

_DAY = 9
"""Cells for the day, the blank behind it included."""
_LONGEST_ISO = 21


def timeline_page(report: Timeline, register: Register, *, group: Grouping) -> Document:
    """Lay the timeline out: a heading per group, a line per event, marked gaps, and what the signs mean."""
    parts: list[Element] = []
    rows = [found for one in report.groups for found in one.rows]
    width = _DAY if group == "month" else max((len(_iso(one.event.when)) + 2 for one in rows), default=_DAY)
    for one in report.groups:
        if one.rows and one.rows[0].gap and parts:
            parts.insert(len(parts) - 1, _gap(one.rows[0].gap, width))
        parts.append(heading(_title(one, group, register), many(len(one.rows), "event")))
        parts += _rows(one, register, group, width)
        parts.append(Blank())
    parts.append(_legend(report, register))
    return page(report.title, count_words(report), parts)


def count_words(report: Timeline) -> str:
    """Return how much of the ledger is shown, and over which days."""
    of = (
        f"{report.shown} of {many(report.total, 'event')}"
        if report.shown != report.total
        else many(report.total, "event")
    )
    when = span_words(report.first, report.last)
    return f"{of} · {when}" if when else of


def _title(one: TimelineGroup, group: Grouping, register: Register) -> str:
    if group == "month":
        return month_words(one.key)
    if group == "round":
        return f"Round {one.key}" if one.key else "Outside the rounds"
    if group == "kind":
        return (register.kinds[one.key].label or one.key) if one.key in register.kinds else one.key
    return one.key


def _rows(one: TimelineGroup, register: Register, group: Grouping, width: int) -> Iterator[Line]:
    for place, found in enumerate(one.rows):
        if found.gap and place:
            yield _gap(found.gap, width)
        label = _aligned(day_label(found.event.when)) if group == "month" else _iso(found.event.when)
        yield _row(found, register, label.ljust(width))


def _gap(days: int, width: int) -> Line:
    return Line(
        spans(StyledText(" " * width + "⋮   ", "muted", " " * width + ":   "), StyledText(many(days, "day"), "muted"))
    )


def _iso(when: Period) -> str:
    """Return a date as it is written where that is short, else its first and last day."""
    if "T" not in when.edtf and len(when.edtf) <= _LONGEST_ISO:
        return when.edtf
    if when.earliest == when.latest:
        return when.earliest or when.edtf
    return f"{when.earliest or '..'}/{when.latest or '..'}"


def _row(found: TimelineRow, register: Register, label: str) -> Line:
    event = found.event
    sign = symbol(register, event.kind)
    is_held = event.status == "held"
    role = "" if is_held else "muted"
    mark = spans(sign, "   ") if is_held else spans(StyledText("(", "muted"), sign, StyledText(") ", "muted"))
    last = found.matters.rpartition(" · ")[2]
    colour = STATE_ROLES.get(last.split(" ")[0].rstrip(","), "")
    return line(
        (StyledText(label, "muted" if found.may else ""), mark, StyledText(event.title, role), _may(found)),
        _coloured(found.matters, last, colour) if is_held else StyledText(found.matters, role),
    )


def _may(found: TimelineRow) -> StyledText:
    return StyledText(" · perhaps" if found.may else "", "muted")


def _aligned(label: str) -> str:
    bare = label.strip()
    return f"{bare:>6}" if len(bare) == 5 and bare[1] == " " else bare


def _coloured(text: str, last: str, colour: str) -> tuple[StyledText, ...]:
    return (StyledText(text[: len(text) - len(last)]), StyledText(last, colour)) if colour else (StyledText(text),)


def _legend(report: Timeline, register: Register) -> Legend:
    rows = [found for one in report.groups for found in one.rows]
    kinds = dict.fromkeys(found.event.kind for found in rows)
    known = [kind for kind in register.kinds if kind in kinds]
    entries = [(spans(symbol(register, kind)), register.kinds[kind].label or kind) for kind in known]
    if any(found.event.status != "held" for found in rows):
        entries.append((spans("( )"), "counts for nothing: planned, lapsed, disputed"))
    return Legend(tuple(entries))


def timeline_flat(report: Timeline) -> Table:
    """Return an event a line: ISO date, id, kind, status, title, what matters, and whether it surely falls inside."""
    return Table(
        ("date", "id", "kind", "status", "title", "matters", "span"),
        [
            (
                found.event.when.edtf,
                found.event.id,
                found.event.kind,
                found.event.status,
                found.event.title,
                found.matters or None,
                "may fall inside" if found.may else None,
            )
            for one in report.groups
            for found in one.rows
        ],
    )
