"""The agreements as a page, promise above delivery, and as flat columns."""

from collections.abc import Iterator
from itertools import groupby

from talkstrack.model.counts import pretty
from talkstrack.model.register import Register
from talkstrack.render.text.document import (
    Blank,
    Column,
    Document,
    Element,
    Grid,
    Legend,
    Line,
    Row,
    StyledText,
    Wrapped,
    line,
    page,
    plain,
    row,
    spans,
    wrapped,
)
from talkstrack.render.words.dates import display
from talkstrack.render.words.figures import STATE_ROLES, many
from talkstrack.render.words.promises import drawn, percent, promised, state_words
from talkstrack.reports.agreements import (
    AgreementRow,
    Agreements,
    CommitmentRow,
    DirectionRow,
    PromiseReading,
)
from talkstrack.rules.fulfilment import Fulfilment

_INDENT = 13
_NAMED = 3
_COLUMNS = (
    Column(least=8, keep=4),
    Column(least=4, keep=1),
    Column(least=12, keep=3, grows=True),
    Column(align="right"),
    Column(align="right", least=8, keep=6),
)
_SIGNS = (("█", "delivered by every account"), ("▒", "by some accounts"), ("?", "undisclosed"), ("·", "missing"))

_Block = Row | Line | Wrapped | Blank


def agreements_page(report: Agreements, register: Register, *, clock: str, whole: bool = False) -> Document:
    """Lay the agreements out; `whole` (for one that was asked for) adds titles, notes and every hand-over."""
    rows: list[_Block] = []
    for one in report.rows:
        rows += [Blank()] if rows else []
        rows.append(_head(one))
        rows += [line(("  ", one.title))] if whole else []
        for commitment in one.commitments:
            rows += _commitment(commitment, one.day, register, whole)
    bars = "".join(plain(part.cells[1]) for part in rows if isinstance(part, Row))
    entries = tuple((spans(sign), meaning) for sign, meaning in _SIGNS if sign in bars)
    parts: list[Element] = [Grid(_COLUMNS, tuple(rows), titles=False)]
    parts += [Blank(), Legend(entries)] if entries else []
    return page("Agreements", " · ".join((*_counted(report), clock)), parts)


def _counted(report: Agreements) -> Iterator[str]:
    for kind, found in groupby(sorted(one.kind for one in report.rows)):
        yield many(len(list(found)), kind)
    yield many(report.commitments, "commitment") if report.rows else "none made"


def _head(one: AgreementRow) -> Line:
    in_round = f", round {one.round}" if one.round else ""
    state = state_words(one.state, None if one.state in ("disputed", "met") else one.day)
    return line((StyledText(one.id, "heading"), StyledText(f" · {display(one.date)}{in_round}")), _coloured(state))


def _coloured(state: str) -> StyledText:
    return StyledText(state, STATE_ROLES.get(state, STATE_ROLES.get(state.split(" ")[0].rstrip(","), "")))


def _commitment(one: CommitmentRow, day: int | None, register: Register, whole: bool) -> Iterator[_Block]:
    label = f"  {one.reference.rpartition('/')[2]}"
    if one.what is None:
        yield line((label.ljust(_INDENT), "no number"), _coloured(_uncounted_state(one, register)))
        yield from (wrapped("", text, _INDENT) for text in _uncounted_words(one))
        return
    own = [reading_words(one, reading, register) for reading in one.readings if not _is_press(reading, register)]
    press = [reading_words(one, reading, register) for reading in one.readings if _is_press(reading, register)]
    yield wrapped(label, " · ".join(own or press), _INDENT)
    yield from (wrapped("", text, _INDENT) for text in (*(press if own else ()), *description_words(one, register)))
    if whole:
        yield from _notes(one, register)
    for found in one.directions:
        yield _direction(found, day)
    if whole:
        yield from _hand_overs(one)
    for text in _remarks(one, register):
        yield wrapped("", StyledText(text, "muted"), _INDENT)


def _is_press(reading: PromiseReading, register: Register) -> bool:
    return reading.side in register.sources


def _uncounted_words(one: CommitmentRow) -> Iterator[str]:
    said = (part for reading in one.readings for part in (*reading.described_as, reading.note or ""))
    yield from dict.fromkeys(part for part in said if part)


def _uncounted_state(one: CommitmentRow, register: Register) -> str:
    words = {found.fulfilled for found in one.fulfilments}
    if not words:
        return "not counted"
    if len(words) > 1:
        return "disputed"
    who = ", ".join(dict.fromkeys(register.called(found.by) for found in one.fulfilments))
    return f"{'met' if words == {True} else 'not met'}, says {who}"


def reading_words(one: CommitmentRow, reading: PromiseReading, register: Register) -> str:
    """Return one side's reading of a promise: `1,200+ each way, says RUS`."""
    unit = " bodies" if one.what == "bodies" and not one.reference.endswith("/bodies") else ""
    number = pretty(reading.count.text) if reading.count else "no number"
    to = f"to {reading.to}" if reading.to else "each way"
    due = f" by {reading.due.edtf}" if reading.due else ""
    says = f", says {_side(reading, register)}" if reading.side else ""
    return f"{number}{unit} {to}{due}{says}"


def _side(reading: PromiseReading, register: Register) -> str:
    return register.called(reading.side or "")


def description_words(one: CommitmentRow, register: Register) -> Iterator[str]:
    """Yield how a promise is described: what all say of it, then what one side says: `under 25 (RUS)`."""
    told = [reading for reading in one.readings if reading.described_as]
    words = dict.fromkeys(word for reading in told for word in reading.described_as)
    shared = [word for word in words if all(word in reading.described_as for reading in told)]
    own = [
        f"{word} ({', '.join(dict.fromkeys(_side(each, register) for each in told if word in each.described_as))})"
        for word in words
        if word not in shared
    ]
    yield from filter(None, (", ".join(shared), " · ".join(own)))


def _notes(one: CommitmentRow, register: Register) -> Iterator[Wrapped]:
    for reading in one.readings:
        if reading.note:
            who = f"{register.called(reading.by)}: " if reading.by else ""
            yield wrapped("", StyledText(f"{who}{reading.note}", "muted"), _INDENT)


def _direction(found: DirectionRow, day: int | None) -> Row:
    progress = found.progress
    asked = promised(progress)
    of = f" of {' or '.join(asked)}" if asked else ", no number promised"
    when = progress.days if progress.state == "met" else day
    return row(
        f"    to {progress.to}".ljust(_INDENT - 2),
        drawn(found),
        f"{pretty(found.told.text)}{of}",
        percent(found),
        _coloured(state_words(progress.state, when)),
    )


def _remarks(one: CommitmentRow, register: Register) -> Iterator[str]:
    told: dict[str, list[str]] = {}
    for found in one.directions:
        for text in _of_direction(found):
            told.setdefault(text, []).append(found.progress.to)
    for text, sides in told.items():
        yield text if len(sides) == len(one.directions) else f"to {', '.join(sides)}: {text}"
    if last := _last(one):
        yield last
    for missed in one.not_held:
        yield f"{missed.status}: {missed.title}, {display(missed.date)} ({missed.event})"
    yield from _fulfilments(one.fulfilments, register)


def _of_direction(found: DirectionRow) -> Iterator[str]:
    told = found.progress.delivered
    if told.undisclosed:
        yield f"{told.undisclosed} of {many(told.terms, 'hand-over')} undisclosed"
    sides = found.progress.by_side
    if len({one.text for one in sides.values()}) > 1:
        yield " · ".join(f"{side} ties {pretty(one.text)}" for side, one in sides.items())
    elif len(sides) == 1 and found.deliveries:
        yield f"tied to it by {next(iter(sides))} alone"
    if found.untied:
        named = [f"{pretty(one.figure.text)} of {one.date.edtf}" for one in found.untied[:_NAMED]]
        more = len(found.untied) - len(named)
        extra = f" and {many(more, 'hand-over')} more" if more else ""
        yield f"{pretty(found.at_most.text)} at most, with the {', '.join(named)}{extra} that nobody ties"


def _last(one: CommitmentRow) -> str:
    dates = {each.event: each.date.edtf for found in one.directions for each in found.hand_overs}
    if one.last_delivery is None or one.last_delivery_days is None:
        return "" if one.last_delivery else "nothing delivered yet"
    return f"last delivery {dates[one.last_delivery]}, {many(one.last_delivery_days, 'day')} ago"


def _fulfilments(found: tuple[Fulfilment, ...], register: Register) -> Iterator[str]:
    for fulfilled, label in ((True, "complete"), (False, "not complete")):
        days: dict[str, list[str]] = {}
        for one in found:
            if one.fulfilled == fulfilled:
                days.setdefault(one.date, []).append(register.called(one.by))
        if days:
            yield f"{label}: " + ", ".join(f"{' and '.join(dict.fromkeys(who))} {day}" for day, who in days.items())


def _hand_overs(one: CommitmentRow) -> Iterator[Line]:
    figures: dict[tuple[str, str], list[str]] = {}
    for found in one.directions:
        for each in found.hand_overs:
            told = f"to {found.progress.to} {pretty(each.figure.text)}"
            figures.setdefault((each.date.edtf, each.event), []).append(told)
    for (day, event), directions in sorted(figures.items()):
        yield line((" " * _INDENT, f"{day}  {' · '.join(directions)}"), StyledText(event, "id"))
