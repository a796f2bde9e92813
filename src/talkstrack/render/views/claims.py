"""The claims as a document, worst first, each above what the record says of it, and as a table."""

from collections.abc import Iterable, Iterator

from talkstrack.model.register import Register
from talkstrack.render.table import Table, TableRow
from talkstrack.render.text.document import Blank, Document, Element, Legend, Line, StyledText
from talkstrack.render.text.makers import document, line, muted, plain, spans, wrapped
from talkstrack.render.words.claims import (
    brief_claim_words,
    brief_recorded_words,
    claim_title,
    claim_words,
    denial_words,
    recorded_words,
)
from talkstrack.render.words.figures import coloured
from talkstrack.reports.claims import ClaimRow, Claims, VerdictCount

_TITLE = "Claims"
_INDENT = 10
_AGAINST = ("above", "below", "denied")
_MEANINGS = {
    "above": "more than anything recorded",
    "below": "less than anything recorded",
    "denied": "the record cannot decide, another side says the contrary",
    "possible": "the record leaves room for it",
    "unchecked": "the record has nothing to hold it against",
}


def claims_document(report: Claims, register: Register) -> Document:
    """Lay the claims out: a line for what is claimed by whom, and lines for what the record says."""
    elements: list[Element] = []
    verdict = None
    for claim in report.rows:
        elements += [Blank()] if elements and claim.verdict != verdict else []
        verdict = claim.verdict
        elements += _claim(claim, register)
    shown = dict.fromkeys(claim.verdict for claim in report.rows)
    legend = tuple((spans(coloured(name, name), ":"), _MEANINGS[name]) for name in shown if name in _MEANINGS)
    elements += [Blank(), Legend(legend)] if legend else []
    return document(_TITLE, head_words(report), elements)


def head_words(report: Claims) -> str:
    """Return how many claims have each verdict: `4 above · 4 below · 16 agree`."""
    counted = [count for count in report.verdicts if count.claims]
    return " · ".join(f"{count.claims:,} {_counted(count)}" for count in counted) or "none"


def _counted(count: VerdictCount) -> str:
    return "agree" if count.verdict == "agrees" and count.claims != 1 else count.verdict


def _claim(claim: ClaimRow, register: Register) -> Iterator[Element]:
    label = coloured(claim.verdict.ljust(_INDENT), claim.verdict)
    yield line((label, claim_title(claim)), f"{register.called(claim.by)} {claim.date.edtf}")
    if claim.finding.denials:
        yield wrapped("", f"denied by {denial_words(claim.finding.denials, register)}", _INDENT)
    yield wrapped("", muted(recorded_words(claim, register)), _INDENT)
    if claim.note and claim.verdict in _AGAINST:
        yield wrapped("", muted(f"note: {claim.note}"), _INDENT)


def claims_table(report: Claims, register: Register) -> Table:
    """Return a claim a line: what is claimed in words and in its parts, the verdict, and what is recorded."""
    return Table(
        (
            "date", "event", "verdict", "by", "claim", "recorded", "count", "nth", "complete", "what", "to", "under",
            "since", "series", "described_as", "recorded_low", "recorded_high", "recorded_nth", "undisclosed",
            "denied_by", "note",
        ),
        [(*_claimed(claim, register), *_recorded(claim, register), claim.note) for claim in report.rows],
        _TITLE,
        head_words(report),
    )  # fmt: skip


def _claimed(claim: ClaimRow, register: Register) -> TableRow:
    return (
        claim.date.edtf, claim.event, claim.verdict, register.called(claim.by), claim_words(claim),
        recorded_words(claim, register), claim.count.text if claim.count else None, claim.nth,
        None if claim.fulfilled is None else "yes" if claim.fulfilled else "no", claim.what, claim.to, claim.under,
        claim.since.edtf if claim.since else None, claim.series, ", ".join(claim.described_as) or None,
    )  # fmt: skip


def _recorded(claim: ClaimRow, register: Register) -> TableRow:
    total, denials = claim.finding.recorded, denial_words(claim.finding.denials, register) or None
    low, high, undisclosed = (total.low, total.high, total.undisclosed) if total else (None, None, None)
    return (low, high, claim.finding.position, undisclosed, denials)


def claim_lines(
    claims: Iterable[ClaimRow], register: Register, label: StyledText, *, width: int, home: str = "", day: str = ""
) -> Iterator[Line]:
    """Yield a line a claim, or two where one has no room; what several say alike, or one of both directions, is one.

    `home` is the scope the lines stand under and `day` the day: neither is repeated.
    """
    alike: dict[tuple[str, str, str], list[ClaimRow]] = {}
    for claim in claims:
        key = brief_claim_words(claim, home), claim.verdict, brief_recorded_words(claim, register)
        alike.setdefault(key, []).append(claim)
    for (_, verdict, recorded), same in alike.items():
        right = (coloured(verdict, verdict), recorded)
        for receivers, speakers in _by_receivers(same, register, day):
            words = brief_claim_words(same[0], home, receivers)
            left = (label, words, muted(f" · {', '.join(speakers)}"))
            fits = len(plain(spans(left, right))) + 2 <= width
            yield from (line(left, right),) if fits else (line(left), line("", right))


def _by_receivers(claims: list[ClaimRow], register: Register, day: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the speakers who say the same of the same directions."""
    receivers: dict[str, dict[str, None]] = {}
    for claim in claims:
        name = register.called(claim.by)
        speaker = name if claim.date.edtf == day else f"{name} {claim.date.edtf}"
        receivers.setdefault(speaker, {}).update({claim.to: None} if claim.to else {})
    speakers: dict[tuple[str, ...], list[str]] = {}
    for speaker, sides in receivers.items():
        speakers.setdefault(tuple(sides), []).append(speaker)
    yield from speakers.items()
