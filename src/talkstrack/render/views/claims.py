"""The claims as a page, worst first, each above what the record says of it, and as flat columns."""

from collections.abc import Iterator

from talkstrack.model.register import Register
from talkstrack.render.text.document import (
    Blank,
    Document,
    Element,
    Legend,
    StyledText,
    Table,
    line,
    page,
    spans,
    wrapped,
)
from talkstrack.render.words.figures import STATE_ROLES
from talkstrack.reports.claims import ClaimRow, Claims

_INDENT = 10
_LONG = 45
_AGAINST = ("above", "below", "denied")
_MEANINGS = {
    "above": "more than anything recorded",
    "below": "less than anything recorded",
    "denied": "the record cannot decide, another side says the contrary",
    "possible": "the record leaves room for it",
    "unchecked": "the record has nothing to hold it against",
}


def claims_page(report: Claims, register: Register) -> Document:
    """Lay the claims out: a line for what is claimed by whom, and lines for what the record says."""
    parts: list[Element] = []
    verdict = None
    for one in report.rows:
        parts += [Blank()] if parts and one.verdict != verdict else []
        verdict = one.verdict
        parts += _claim(one, register)
    shown = dict.fromkeys(one.verdict for one in report.rows)
    legend = tuple(
        (spans(StyledText(name, STATE_ROLES[name]), ":"), _MEANINGS[name]) for name in shown if name in _MEANINGS
    )
    parts += [Blank(), Legend(legend)] if legend else []
    return page("Claims", head_words(report), parts)


def head_words(report: Claims) -> str:
    """Return how many claims have each verdict: `4 above · 4 below · 16 agree`."""
    told = [(number, "agree" if name == "agrees" and number != 1 else name) for name, number in report.verdicts.items()]
    return " · ".join(f"{number:,} {name}" for number, name in told if number) or "none"


def _claim(one: ClaimRow, register: Register) -> Iterator[Element]:
    label = StyledText(one.verdict.ljust(_INDENT), STATE_ROLES[one.verdict])
    yield line((label, headline(one)), f"{register.called(one.by)} {one.date.edtf}")
    if one.finding.denied_by:
        yield wrapped("", f"denied by {', '.join(_denier(text, register) for text in one.finding.denied_by)}", _INDENT)
    yield wrapped("", StyledText(one.recorded, "muted"), _INDENT)
    if one.note and one.verdict in _AGAINST:
        yield wrapped("", StyledText(f"note: {one.note}", "muted"), _INDENT)


def headline(one: ClaimRow) -> str:
    """Return what is claimed; where that is long, without the words in brackets that the line below repeats."""
    before, bracket, said = one.words.rpartition(" (")
    is_repeated = bool(bracket) and said.removesuffix(")") in one.recorded
    return before if is_repeated and len(one.words) > _LONG else one.words


def _denier(text: str, register: Register) -> str:
    name, _, day = text.rpartition(" ")
    return f"{register.called(name)} {day}"


def claims_flat(report: Claims, register: Register) -> Table:
    """Return a claim a line: what is claimed in words and in its parts, the verdict, and what is recorded."""
    return Table(
        (
            "date", "event", "verdict", "by", "claim", "recorded", "count", "nth", "complete", "what", "to", "under",
            "since", "series", "described_as", "recorded_low", "recorded_high", "recorded_nth", "undisclosed",
            "denied_by", "note",
        ),
        [(*_said(one, register), *_recorded(one, register), one.note) for one in report.rows],
    )  # fmt: skip


def _said(one: ClaimRow, register: Register) -> tuple[str | int | None, ...]:
    return (
        one.date.edtf,
        one.event,
        one.verdict,
        register.called(one.by),
        one.words,
        one.recorded,
        one.count.text if one.count else None,
        one.nth,
        None if one.fulfilled is None else "yes" if one.fulfilled else "no",
        one.what,
        one.to,
        one.under,
        one.since.edtf if one.since else None,
        one.series,
        ", ".join(one.described_as) or None,
    )


def _recorded(one: ClaimRow, register: Register) -> tuple[str | int | None, ...]:
    found = one.finding.recorded
    return (
        found.low if found else None,
        found.high if found else None,
        one.finding.position,
        found.undisclosed if found else None,
        ", ".join(_denier(text, register) for text in one.finding.denied_by) or None,
    )
