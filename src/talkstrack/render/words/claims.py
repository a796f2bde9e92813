"""A claim in words, the record's arithmetic, and who denies it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from talkstrack.model.counts import pretty
from talkstrack.model.dates.days import MONTHS
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum
from talkstrack.render.words.dates import display
from talkstrack.render.words.figures import ordinal

if TYPE_CHECKING:  # who shows an event has no use for the modules of all reports
    from talkstrack.reports.claims import ClaimRow
    from talkstrack.rules.verdicts import ClaimedDelivery, Denial, Finding

_LONG = 45
_MOST_TERMS = 7
_FEW_TERMS = 4
_MOST_DAYS = 14


def claim_words(claim: ClaimRow) -> str:
    """Return a claim as a short sentence: `>1,000 to UKR under agreement-2`, `9th exchange under agreement-2`.

    A numbering of its own and the words it is described with come last, in brackets.
    """
    if claim.fulfilled is not None:
        return f"{claim.promise} is {'' if claim.fulfilled else 'not '}complete"
    if claim.nth is not None:
        unit = "hand-over of bodies" if claim.what == "bodies" else "exchange"
        return f"{ordinal(claim.nth)} {f'of {claim.series}' if claim.series else unit}{_scope_words(claim)}"
    said = ", ".join(word for word in (claim.series, *claim.described_as) if word)
    return _count_words(claim) + (f" ({said})" if said else "")


def claim_title(claim: ClaimRow) -> str:
    """Return a claim in words; where that is long, without those in brackets that the line below repeats."""
    words = claim_words(claim)
    why = claim.finding.why
    is_told_below = why == "not-counted-apart" or (why == "own-numbering" and not claim.described_as)
    return _count_words(claim) if claim.count is not None and is_told_below and len(words) > _LONG else words


def _count_words(claim: ClaimRow) -> str:
    assert claim.count is not None
    unit = " bodies" if claim.what == "bodies" else ""
    to = f" to {claim.to}" if claim.to else " both ways" if claim.both_ways else ""
    return pretty(claim.count.text) + unit + to + _scope_words(claim)


def _scope_words(claim: ClaimRow) -> str:
    scope, since = f" under {claim.under}" if claim.under else "", claim.since
    return scope if since is None else f"{scope} since {since.edtf if len(since.edtf) == 10 else display(since)}"


def recorded_words(claim: ClaimRow, register: Register) -> str:
    """Return what the record holds, with its arithmetic: `recorded 1,000 = 390 + 307 + 303`."""
    finding = claim.finding
    if finding.why:
        return why_words(claim, register)
    if finding.deliveries:
        return f"recorded {delivered_words(claim)}"
    if finding.position is not None:
        days = _days_words(finding.term_dates)
        return f"recorded the {ordinal(finding.position)}" + (f": {days}" if days else "")
    if finding.recorded is None:
        return "nothing recorded"
    return _sum_words(finding, finding.recorded) + _difference(claim)


def why_words(claim: ClaimRow, register: Register) -> str:
    """Return why a claim cannot be checked."""
    covers = register.heading.covers
    return {
        "own-numbering": f"a numbering of its own: {claim.series}",
        "before-ledger": f"the ledger begins on {covers.edtf}" if covers else "",
        "not-counted-apart": f"not counted apart in the record: {', '.join(claim.described_as)}",
        "nothing-recorded": "nothing is recorded in its scope",
        "no-number-promised": "it promises no number",
        None: "",
    }[claim.finding.why]


def _sum_words(finding: Finding, total: Sum) -> str:
    hidden = f"{total.undisclosed} of {total.terms} undisclosed"
    if total.state != "stated":
        return f"nothing recorded, {hidden}"
    terms = _known_terms(finding)
    whose = "by its own account" if finding.own_account else "recorded"
    added = _arithmetic(terms) if finding.terms else f" from {total.terms - total.undisclosed} hand-overs"
    return f"{whose} {_disclosed(total)}{added}" + (f", {hidden}" if total.undisclosed else "")


def _known_terms(finding: Finding) -> list[str]:
    return [pretty(text) for text in finding.terms if text not in ("unknown", "withheld", "0")]


def _disclosed(total: Sum) -> str:
    return pretty(total.text.rstrip("+") if total.undisclosed else total.text)


def _difference(claim: ClaimRow) -> str:
    """Return by how many a claimed count misses everything recorded: `; 600 fewer than claimed`."""
    recorded = claim.finding.recorded
    if claim.count is None or recorded is None:
        return ""
    low, high = claim.count.bounds
    if claim.verdict == "above" and recorded.high is not None:
        return f"; {low - recorded.high:,} fewer than claimed"
    if claim.verdict == "below" and high is not None:
        return f"; {recorded.low - high:,} more than claimed"
    return ""


def delivered_words(claim: ClaimRow) -> str:
    """Return what was delivered up to a claim of fulfilment: `~250 of 1,000+ each way, 8 of 9 undisclosed`."""
    sides: dict[tuple[str, str], list[str]] = {}
    for delivery in claim.finding.deliveries:
        sides.setdefault(_delivery_words(delivery), []).append(delivery.to)
    if len(sides) == 1:
        ((number, hidden),) = sides
        return f"{number}{'' if claim.to else ' each way'}{hidden}"
    return "; ".join(f"to {' and '.join(to)} {number}{hidden}" for (number, hidden), to in sides.items())


def _delivery_words(delivery: ClaimedDelivery) -> tuple[str, str]:
    total = delivery.delivered
    number = _disclosed(total) if total.state == "stated" else "nothing"
    hidden = f", {total.undisclosed} of {total.terms} undisclosed" if total.undisclosed else ""
    return f"{number} of {pretty(delivery.promised.text)}", hidden


def _arithmetic(terms: list[str]) -> str:
    """Return ` = 1,212 + 3 × 1,200 + 1,245` for the terms of a sum; nothing for a single one or too many.

    Equal terms that follow each other are counted together; where that is not short enough, all equal ones are.
    """
    if len(terms) < 2:
        return ""
    counted = Counter(terms)
    if len(counted) > _MOST_TERMS:
        return f" from {len(terms)} hand-overs"
    runs = [(text, len(list(same))) for text, same in groupby(terms)]
    if len(runs) > _MOST_TERMS:
        runs = list(counted.items())
    return " = " + " + ".join(f"{number} × {text}" if number > 1 else text for text, number in runs)


def _days_words(days: tuple[str, ...]) -> str:
    """Return days in order as `9, 10, 12 June, 4 July`; with the year where it changes, the ends of too many."""
    if len(days) > _MOST_DAYS:
        return f"{days[0]} to {days[-1]}"
    if any(len(day) != 10 or not day.replace("-", "").isdigit() for day in days):
        return ", ".join(days)
    years = len({day[:4] for day in days}) > 1
    months = []
    for month, same in groupby(days, key=lambda day: day[:7]):
        numbers = ", ".join(str(int(day[8:])) for day in same)
        months.append(f"{numbers} {MONTHS[int(month[5:]) - 1]}" + (f" {month[:4]}" if years else ""))
    return ", ".join(months)


def denial_words(denials: Iterable[Denial], register: Register) -> str:
    """Return who denies a claim, and when: `Yusov 2025-07-28, RUS 2025-08-19`."""
    return ", ".join(f"{register.called(denial.by)} {denial.date}" for denial in denials)


def brief_claim_words(claim: ClaimRow, home: str = "", receivers: tuple[str, ...] = ()) -> str:
    """Return a claim in few words beneath what it is about: `>1,000 each`, `the 9th`, `complete to UKR`.

    `home` is the scope it stands under, which is not repeated; `receivers` are the sides that this is claimed of.
    """
    to = " each" if len(receivers) > 1 else f" to {receivers[0]}" if receivers else ""
    scope = "" if not claim.under or claim.under in (home, home.partition("/")[0]) else f" under {claim.under}"
    scope += f" since {claim.since.edtf}" if claim.since else ""
    if claim.fulfilled is not None:
        return f"{'complete' if claim.fulfilled else 'not complete'}{to}{scope}"
    if claim.nth is not None:
        return f"the {ordinal(claim.nth)}{f' of {claim.series}' if claim.series else ''}{scope}"
    number = pretty(claim.count.text) if claim.count else ""
    to = to if claim.to else f"{to} both ways"
    described = ", ".join(claim.described_as)
    if " " in described:
        return f"{number}{to}{scope} ({described})"
    return f"{f'{number} {described}'.rstrip()}{to}{scope}"


def brief_recorded_words(claim: ClaimRow, register: Register) -> str:
    """Return what follows a verdict in few words: ` by RUS 2025-06-07`, `: 2,412 recorded`, `: it is the 2nd`."""
    if claim.verdict == "denied":
        return f" by {denial_words(claim.finding.denials, register)}"
    words = _brief_arithmetic(claim, register)
    return f": {words}" if words else ""


def _brief_arithmetic(claim: ClaimRow, register: Register) -> str:
    finding = claim.finding
    if finding.why:
        return "a numbering of its own" if claim.series else why_words(claim, register)
    if claim.fulfilled is not None:
        return delivered_words(claim)
    if finding.position is not None:
        return f"it is the {ordinal(finding.position)}"
    if finding.recorded is None:
        return "nothing recorded"
    total = finding.recorded
    if total.state != "stated":
        return f"{total.undisclosed} undisclosed"
    figure = _disclosed(total)
    known = _known_terms(finding)
    if 1 < len(known) <= _FEW_TERMS and len(set(known)) > 1 and claim.verdict in ("above", "below"):
        figure += " = " + " + ".join(known)
    if total.undisclosed:
        return f"{figure} + {total.undisclosed} undisclosed"
    return f"{figure} by its own account" if finding.own_account else f"{figure} recorded"
