"""The agreements as a document, promise above delivery, and as a table."""

from collections import Counter
from collections.abc import Iterator

from talkstrack.model.counts import pretty
from talkstrack.model.register import Register
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import (
    Blank,
    Column,
    Document,
    Grid,
    GridRow,
    Legend,
    Line,
    Row,
    StyledText,
    Wrapped,
)
from talkstrack.render.text.makers import document, line, muted, row, spans, wrapped
from talkstrack.render.words import promises
from talkstrack.render.words.dates import display
from talkstrack.render.words.figures import coloured, many
from talkstrack.reports.agreements import AgreementRow, Agreements, CommitmentRow, DirectionRow

_TITLE = "Agreements"
_INDENT = 13
_COLUMNS = (
    Column(least=8, keep=4), Column(least=4, keep=1), Column(least=12, keep=3, grows=True),
    Column(align="right"), Column(align="right", least=8, keep=6),
)  # fmt: skip
_SIGNS = (("█", "delivered by every account"), ("▒", "by some accounts"), ("?", "undisclosed"), ("·", "missing"))

_TABLE_COLUMNS = (
    "date", "commitment", "to", "what", "promised", "promised_low", "delivered", "delivered_low", "delivered_high",
    "at_most", "undisclosed", "hand_overs", "state", "met_on", "days", "last_delivery", "last_delivery_days",
)  # fmt: skip


def agreements_document(report: Agreements, register: Register, *, clock: str, whole: bool = False) -> Document:
    """Lay the agreements out; `whole` (for one that was asked for) adds titles, notes and every hand-over."""
    rows: list[GridRow] = []
    for agreement in report.rows:
        rows += [Blank()] if rows else []
        rows.append(_head(agreement))
        rows += [line(("  ", agreement.title))] if whole else []
        for commitment in agreement.commitments:
            rows += _commitment(commitment, agreement.day, register, whole)
    legend = _legend(report)
    below = (Blank(), legend) if legend.entries else ()
    return document(_TITLE, _note(report, clock), [Grid(_COLUMNS, tuple(rows), titles=False), *below])


def _legend(report: Agreements) -> Legend:
    commitments = (commitment for agreement in report.rows for commitment in agreement.commitments)
    bars = (promises.drawn(direction) for commitment in commitments for direction in commitment.directions)
    signs = {piece.text[0] for bar in bars for piece in bar}
    return Legend(tuple((spans(sign), meaning) for sign, meaning in _SIGNS if sign in signs))


def _note(report: Agreements, clock: str) -> str:
    kinds = sorted(Counter(agreement.kind for agreement in report.rows).items())
    made = many(report.commitments, "commitment") if report.rows else "none made"
    return " · ".join((*(many(number, kind) for kind, number in kinds), made, clock))


def _head(agreement: AgreementRow) -> Line:
    in_round = f", round {agreement.round}" if agreement.round else ""
    state = promises.state_words(agreement.state, None if agreement.state in ("disputed", "met") else agreement.day)
    name = StyledText(agreement.id, "heading")
    return line((name, f" · {display(agreement.date)}{in_round}"), coloured(state, agreement.state))


def _commitment(commitment: CommitmentRow, day: int | None, register: Register, whole: bool) -> Iterator[GridRow]:
    label = f"  {commitment.reference.rpartition('/')[2]}"
    if commitment.what is None:
        yield line((label.ljust(_INDENT), "no number"), promises.uncounted_state(commitment, register))
        yield from (wrapped("", text, _INDENT) for text in promises.uncounted_words(commitment))
        return
    words: dict[bool, list[str]] = {False: [], True: []}
    for reading in commitment.readings:
        words[reading.is_press].append(promises.reading_words(commitment, reading, register))
    own, press = words.values()
    below = (*(press if own else ()), *promises.description_words(commitment, register))
    yield wrapped(label, " · ".join(own or press), _INDENT)
    yield from (wrapped("", text, _INDENT) for text in below)
    if whole:
        yield from _notes(commitment, register)
    for direction in commitment.directions:
        yield _direction(direction, day)
    if whole:
        yield from _deliveries(commitment)
    yield from (wrapped("", muted(text), _INDENT) for text in promises.remarks(commitment, register))


def _notes(commitment: CommitmentRow, register: Register) -> Iterator[Wrapped]:
    for reading in commitment.readings:
        if reading.note:
            who = f"{register.called(reading.by)}: " if reading.by else ""
            yield wrapped("", muted(f"{who}{reading.note}"), _INDENT)


def _direction(direction: DirectionRow, day: int | None) -> Row:
    progress = direction.progress
    asked = promises.promised(progress)
    of = f" of {' or '.join(asked)}" if asked else ", no number promised"
    when = progress.days if progress.state == "met" else day
    to, figure = f"    to {progress.to}".ljust(_INDENT - 2), f"{pretty(direction.range.text)}{of}"
    state = coloured(promises.state_words(progress.state, when), progress.state)
    return row(to, promises.drawn(direction), figure, promises.percent(direction), state)


def _deliveries(commitment: CommitmentRow) -> Iterator[Line]:
    figures: dict[tuple[str, str], list[str]] = {}
    for direction in commitment.directions:
        for each in direction.deliveries:
            words = f"to {direction.progress.to} {pretty(each.figure.text)}"
            figures.setdefault((each.date.edtf, each.event), []).append(words)
    for (day, event), directions in sorted(figures.items()):
        yield line((" " * _INDENT, f"{day}  {' · '.join(directions)}"), StyledText(event, "id"))


def agreements_table(report: Agreements, *, clock: str) -> Table:
    """Return a direction of a commitment a line; a promise that counts nothing has a line without figures.

    `delivered` is the range over what each side ties to it; `days` run from the promise until it was met, or today.
    """
    rows = [
        _table_row(agreement, commitment, direction)
        for agreement in report.rows
        for commitment in agreement.commitments
        for direction in commitment.directions or (None,)
    ]
    return Table(_TABLE_COLUMNS, rows, _TITLE, _note(report, clock))


def _table_row(agreement: AgreementRow, commitment: CommitmentRow, direction: DirectionRow | None) -> TableRow:
    start: TableRow = (agreement.date.edtf, commitment.reference)
    end: TableRow = (commitment.last_delivery, commitment.last_delivery_days)
    if direction is None:
        said = "; ".join(dict.fromkeys(reading.note for reading in commitment.readings if reading.note)) or None
        return (*start, None, None, said, *(None,) * (len(_TABLE_COLUMNS) - 5 - len(end)), *end)
    progress = direction.progress
    readings = [(reading.side, reading.promised) for reading in progress.readings]
    lows = [count.bounds[0] for _, count in readings if count is not None]
    texts = [f"{count.text if count else 'none'}{f' ({side})' if side else ''}" for side, count in readings]
    delivered = direction.range
    return (
        *start, progress.to, progress.what, "; ".join(texts), min(lows, default=None), delivered.text, delivered.low,
        delivered.high, direction.at_most.high, delivered.undisclosed, len(direction.deliveries),
        promises.state_words(progress.state), progress.met_on, progress.days, *end,
    )  # fmt: skip
