"""Claims as short lines beneath the hand-over or agreement they concern."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from talkstrack.model.counts import pretty
from talkstrack.model.register import Register
from talkstrack.render.text.document import Line, StyledText, line, spans
from talkstrack.render.words.claims import delivered_words, denial_words, why_words
from talkstrack.render.words.figures import STATE_ROLES, ordinal
from talkstrack.reports.claims import ClaimRow

_FEW_TERMS = 4
_TO = "\0to"
"""Where the directions of a claim go, once all who say it are known."""


class _Said(NamedTuple):
    words: str
    by: str
    to: str | None
    verdict: str
    recorded: str


def claim_lines(
    claims: Iterable[ClaimRow], register: Register, label: StyledText, *, width: int, home: str = "", day: str = ""
) -> Iterator[Line]:
    """Yield a line a claim, or two where one has no room; what several say alike, or one of both directions, is one.

    `home` is the scope the lines stand under and `day` the day: neither is repeated.
    """
    alike: dict[tuple[str, str, str], list[_Said]] = {}
    for one in claims:
        found = _said(one, register, home, day)
        alike.setdefault((found.words, found.verdict, found.recorded), []).append(found)
    for same in alike.values():
        for said in _by_directions(same):
            yield from _lines(said, label, width)


def _by_directions(group: list[_Said]) -> Iterator[_Said]:
    """Join the speakers who say the same of the same directions."""
    sides: dict[str, list[str]] = {}
    for one in group:
        here = sides.setdefault(one.by, [])
        here += [one.to] if one.to and one.to not in here else []
    joined: dict[tuple[str, ...], list[str]] = {}
    for by, to in sides.items():
        joined.setdefault(tuple(to), []).append(by)
    for towards, speakers in joined.items():
        both = " each" if len(towards) > 1 else f" to {towards[0]}" if towards else ""
        yield group[0]._replace(words=group[0].words.replace(_TO, both), by=", ".join(speakers))


def _lines(said: _Said, label: StyledText, width: int) -> Iterator[Line]:
    verdict = StyledText(said.verdict, STATE_ROLES.get(said.verdict, ""))
    left = (label, said.words, StyledText(f" · {said.by}", "muted"))
    right = (verdict, said.recorded)
    if sum(len(span.text) for span in spans(left, right)) + 2 <= width:
        yield line(left, right)
    else:
        yield line(left)
        yield line("", right)


def _said(claim: ClaimRow, register: Register, home: str, day: str) -> _Said:
    by = register.called(claim.by)
    recorded = recorded_words(claim, register)
    colon = "" if not recorded else " " if claim.verdict == "denied" else ": "
    return _Said(
        words=_words(claim, home),
        by=by if claim.date.edtf == day else f"{by} {claim.date.edtf}",
        to=claim.to,
        verdict=claim.verdict,
        recorded=f"{colon}{recorded}",
    )


def _words(claim: ClaimRow, home: str) -> str:
    scope = "" if not claim.under or claim.under in (home, home.partition("/")[0]) else f" under {claim.under}"
    scope += f" since {claim.since.edtf}" if claim.since else ""
    if claim.fulfilled is not None:
        return f"{'complete' if claim.fulfilled else 'not complete'}{_TO}{scope}"
    if claim.nth is not None:
        return f"the {ordinal(claim.nth)}{f' of {claim.series}' if claim.series else ''}{scope}"
    number = pretty(claim.count.text) if claim.count else ""
    both = "" if claim.to else " both ways"
    described = ", ".join(claim.described_as)
    if " " in described:
        return f"{number}{_TO}{both}{scope} ({described})"
    return f"{number}{f' {described}' if described else ''}{_TO}{both}{scope}"


def recorded_words(claim: ClaimRow, register: Register) -> str:
    """Return the arithmetic behind a verdict in few words: `2,412 recorded`, `~250 + 8 undisclosed`, `the 2nd`."""
    found = claim.finding
    if claim.verdict == "denied":
        return f"by {denial_words(found.denials, register)}"
    if claim.fulfilled is not None and not found.why:
        return delivered_words(claim)
    if found.why:
        return "a numbering of its own" if claim.series else why_words(claim, register)
    if found.position is not None:
        return f"it is the {ordinal(found.position)}"
    if found.recorded is None:
        return "nothing recorded"
    total = found.recorded
    if total.state != "stated":
        return f"{total.undisclosed} undisclosed"
    figure = pretty(total.text.rstrip("+") if total.undisclosed else total.text)
    known = [pretty(text) for text in found.terms if text not in ("unknown", "withheld", "0")]
    if 1 < len(known) <= _FEW_TERMS and len(set(known)) > 1 and claim.verdict in ("above", "below"):
        figure += " = " + " + ".join(known)
    if total.undisclosed:
        return f"{figure} + {total.undisclosed} undisclosed"
    return f"{figure} by its own account" if found.own_account else f"{figure} recorded"
