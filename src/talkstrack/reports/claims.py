"""The claims report: every claim with its verdict and the arithmetic, worst first."""

from collections import Counter
from itertools import groupby

import msgspec

from talkstrack.model.counts import Count, as_claimed, pretty
from talkstrack.model.dates.days import MONTHS
from talkstrack.model.dates.period import OPEN_START, Period, Span, first_day, last_day
from talkstrack.model.event import Claim, Event, What
from talkstrack.model.sums import Sum
from talkstrack.render.words.dates import display
from talkstrack.rules.directions import unit_claimed
from talkstrack.rules.fulfilment import claimed_commitments, direction, promised_receivers
from talkstrack.rules.hand_overs import claim_places
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally
from talkstrack.rules.verdicts import WORST_FIRST, Finding, Verdict, finding_of

MOST_PARTS = 7
MOST_DAYS = 14


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of one event, in words and in its parts, with what the record says of it."""

    event: str
    date: Period
    by: str
    side: str
    words: str
    count: Count | None
    nth: int | None
    fulfilled: bool | None
    what: What
    to: str | None
    under: str | None
    since: Period | None
    series: str | None
    described_as: tuple[str, ...]
    verdict: Verdict
    recorded: str
    finding: Finding
    note: str | None


class VerdictCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many claims have a verdict."""

    verdict: Verdict
    claims: int


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """The claims report: rows, worst first, and how many of each verdict."""

    rows: tuple[ClaimRow, ...]
    verdicts: tuple[VerdictCount, ...]


def claims(
    snapshot: Snapshot, events: tuple[Event, ...], *, only: tuple[str, ...] = (), by: tuple[str, ...] = ()
) -> Claims:
    """Judge every claim of the selected events; `only` keeps these verdicts, `by` what these or their sides claim."""
    rows = [row for row in claim_rows(snapshot, events) if not by or _is_by(snapshot, row, by)]
    verdicts = tuple(
        VerdictCount(verdict=verdict, claims=sum(row.verdict == verdict for row in rows)) for verdict in WORST_FIRST
    )
    ordered = sorted(rows, key=lambda row: (WORST_FIRST.index(row.verdict), first_day(row.date), row.event))
    return Claims(rows=tuple(row for row in ordered if not only or row.verdict in only), verdicts=verdicts)


def _is_by(snapshot: Snapshot, row: ClaimRow, names: tuple[str, ...]) -> bool:
    wanted = {snapshot.register.who(name) or name for name in names}
    return bool(wanted & {snapshot.register.who(row.by) or row.by, row.side})


def claim_rows(snapshot: Snapshot, events: tuple[Event, ...]) -> tuple[ClaimRow, ...]:
    """Return the claims of these events with their verdicts, in the order written; only held events claim."""
    return tuple(_row(snapshot, event, claim) for event in events if event.counts for claim in event.claim)


def _row(snapshot: Snapshot, event: Event, claim: Claim) -> ClaimRow:
    finding = finding_of(snapshot, event, claim)
    what = unit_claimed(snapshot, event, claim)
    return ClaimRow(
        event=event.id,
        date=event.when,
        by=claim.by,
        side=snapshot.register.side(claim.by),
        words=in_words(snapshot, event, claim),
        count=claim.count,
        nth=claim.nth,
        fulfilled=claim.fulfilled,
        what=what,
        to=snapshot.register.side(claim.to) if claim.to else None,
        under=claim.under,
        since=claim.since,
        series=claim.series,
        described_as=claim.described_as,
        verdict=finding.verdict,
        recorded=_recorded(snapshot, event, claim, finding),
        finding=finding,
        note=claim.note,
    )


def _recorded(snapshot: Snapshot, event: Event, claim: Claim, finding: Finding) -> str:
    if claim.fulfilled is not None and (told := _delivered_words(snapshot, event, claim)):
        return told
    return recorded_words(finding) + _difference(claim, finding)


def in_words(snapshot: Snapshot, event: Event, claim: Claim) -> str:
    """Return a claim as a short sentence: `>1,000 to UKR under agreement-2`, `9th exchange under agreement-2`.

    A numbering of its own and the words it is described with come last, in brackets.
    """
    if claim.fulfilled is not None:
        target = claim.under or event.under or event.id
        return f"{target} is {'' if claim.fulfilled else 'not '}complete"
    scope = f" under {claim.under}" if claim.under else ""
    if claim.since is not None:
        scope += f" since {_day_words(claim.since)}"
    what = unit_claimed(snapshot, event, claim)
    if claim.nth is not None:
        unit = f"of {claim.series}" if claim.series else ("hand-over of bodies" if what == "bodies" else "exchange")
        return f"{ordinal(claim.nth)} {unit}{scope}"
    assert claim.count is not None
    words = [pretty(claim.count.text), *(["bodies"] if what == "bodies" else [])]
    if claim.to:
        words.append(f"to {snapshot.register.side(claim.to)}")
    elif event.transfer or claim.under or claim.since is not None:
        words.append("both ways")
    return " ".join(words) + scope + _brackets(claim.series, *claim.described_as)


def _brackets(*said: str | None) -> str:
    told = ", ".join(word for word in said if word)
    return f" ({told})" if told else ""


def _day_words(period: Period) -> str:
    return period.edtf if len(period.edtf) == 10 else display(period)


def ordinal(number: int) -> str:
    """Return `1st`, `2nd`, `11th`, `23rd`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def recorded_words(finding: Finding) -> str:
    """Return what the record holds, with its arithmetic: `recorded 1,000 = 390 + 307 + 303`."""
    if finding.why:
        return finding.why
    if finding.position is not None:
        days = days_words(finding.term_dates)
        return f"recorded the {ordinal(finding.position)}" + (f": {days}" if days else "")
    parts = [pretty(text) for text in finding.terms]
    if finding.recorded is None:
        return "recorded " + " and ".join(parts) if parts else "nothing recorded"
    total, hidden = finding.recorded, finding.recorded.undisclosed
    if total.state != "stated":
        return f"nothing recorded, {hidden} of {total.terms} undisclosed"
    words = "by its own account" if finding.own_account else "recorded"
    words += f" {pretty(total.text.rstrip('+') if hidden else total.text)}"
    words += arithmetic([text for text in parts if text not in ("unknown", "withheld", "0")])
    return words + (f", {hidden} of {total.terms} undisclosed" if hidden else "")


def _difference(claim: Claim, finding: Finding) -> str:
    """Return by how many a claimed count misses everything recorded: `; 600 fewer than claimed`."""
    if claim.count is None or finding.recorded is None:
        return ""
    low, high = as_claimed(claim.count)
    if finding.verdict == "above" and finding.recorded.high is not None:
        return f"; {low - finding.recorded.high:,} fewer than claimed"
    if finding.verdict == "below" and high is not None:
        return f"; {finding.recorded.low - high:,} more than claimed"
    return ""


def _delivered_words(snapshot: Snapshot, event: Event, claim: Claim) -> str:
    """Return what was delivered up to a claim of fulfilment: `recorded ~250 of 1,000+ each way, 8 of 9 undisclosed`."""
    side, span = snapshot.register.side(claim.by), Span(OPEN_START, last_day(event.when))
    told: dict[str, list[str]] = {}
    for reference in claimed_commitments(snapshot, event, claim):
        for to in promised_receivers(snapshot, reference):
            if claim.to is not None and snapshot.register.side(claim.to) != to:
                continue
            whole = direction(snapshot, reference, to)
            chosen = [one for one in whole.readings if one.side == side] or list(whole.readings)
            promised = next((one.promised for one in chosen if one.promised is not None), None)
            if promised is not None:
                found = tally(snapshot, whole.what, to, scope=reference, account=side, span=span)
                told.setdefault(_of_promised(found, promised), []).append(to)
    words = [text if len(told) == 1 else f"to {' and '.join(sides)} {text}" for text, sides in told.items()]
    both = " each way" if len(told) == 1 and claim.to is None else ""
    number, comma, hidden = "; ".join(words).partition(", ")
    return f"recorded {number}{both}{comma}{hidden}" if told else ""


def _of_promised(found: Sum, promised: Count) -> str:
    hidden = f", {found.undisclosed} of {found.terms} undisclosed" if found.undisclosed else ""
    number = pretty(found.text.rstrip("+") if found.undisclosed else found.text)
    return f"{number if found.state == 'stated' else 'nothing'} of {pretty(promised.text)}{hidden}"


def arithmetic(parts: list[str]) -> str:
    """Return ` = 1,212 + 3 × 1,200 + 1,245` for the parts of a sum; nothing for a single one or too many.

    Equal parts that follow each other are counted together; where that is not short enough, all equal parts are.
    """
    if len(parts) < 2:
        return ""
    counted = Counter(parts)
    if len(counted) > MOST_PARTS:
        return f" from {len(parts)} hand-overs"
    told = [(len(list(same)), text) for text, same in groupby(parts)]
    if len(told) > MOST_PARTS:
        told = [(number, text) for text, number in counted.items()]
    return " = " + " + ".join(f"{number} × {text}" if number > 1 else text for number, text in told)


def days_words(days: tuple[str, ...]) -> str:
    """Return days in order as `9, 10, 12 June, 4 July`; with the year where it changes, nothing for too many."""
    if len(days) > MOST_DAYS:
        return f"{days[0]} to {days[-1]}"
    if any(len(day) != 10 or not day.replace("-", "").isdigit() for day in days):
        return ", ".join(days)
    years = len({day[:4] for day in days}) > 1
    months = []
    for month, found in groupby(days, key=lambda day: day[:7]):
        numbers = ", ".join(str(int(day[8:])) for day in found)
        months.append(f"{numbers} {MONTHS[int(month[5:]) - 1]}" + (f" {month[:4]}" if years else ""))
    return ", ".join(months)


def claims_beneath(snapshot: Snapshot, what: What, chosen: frozenset[str]) -> dict[str, list[ClaimRow]]:
    """Return the claims that are told beneath the chosen hand-overs; only those are judged."""
    beneath: dict[str, list[ClaimRow]] = {}
    for event, homes in claim_places(snapshot, what):
        if not chosen.isdisjoint(homes):
            for home, row in zip(homes, claim_rows(snapshot, (event,)), strict=True):
                if home and home in chosen:
                    beneath.setdefault(home, []).append(row)
    return beneath


def claims_over_several(snapshot: Snapshot, what: What, chosen: frozenset[str]) -> tuple[ClaimRow, ...]:
    """Return the claims of chosen events over more than one agreement, which are told beneath no hand-over."""
    rows: list[ClaimRow] = []
    for event, homes in claim_places(snapshot, what):
        if event.id in chosen and "" in homes:
            rows += [row for home, row in zip(homes, claim_rows(snapshot, (event,)), strict=True) if home == ""]
    return tuple(rows)
