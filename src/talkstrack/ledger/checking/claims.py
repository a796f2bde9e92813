"""Hold what is claimed against the record, and against having anything to be held against."""

from collections.abc import Iterator
from itertools import groupby

from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault
from talkstrack.model.counts import pretty
from talkstrack.model.dates.days import MONTHS
from talkstrack.model.event import Event
from talkstrack.model.facets import Claim
from talkstrack.rules.directions import unit_claimed
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.subjects import subject_of
from talkstrack.rules.verdicts import Finding, finding_of
from talkstrack.rules.wholes import is_whole

_MOST_TERMS = 14


@check("claim-above", "warning", "a claim is above everything recorded")
@check("claim-below", "warning", "a claim is below everything recorded")
def above_or_below(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    for place, claim in enumerate(event.claim if event.counts else ()):
        finding = finding_of(snapshot, event, claim)
        if finding.verdict in ("above", "below"):
            message = f"{_claimed(snapshot, event, claim)}: {_recorded(finding)}"
            hint = (
                f"its note says: {claim.note}"
                if claim.note
                else "if the slip is the source's, say so in the claim's `note`; the record stands either way"
            )
            yield Fault(f"claim-{finding.verdict}", ("claim", place), message, hint)


def _claimed(snapshot: Snapshot, event: Event, claim: Claim) -> str:
    """Say what is claimed: `3,012 bodies to UKR since 2025-06-11`, `9th exchange under agreement-2`."""
    if claim.fulfilled is not None:
        return f"{claim.under or event.under or event.id} is {'' if claim.fulfilled else 'not '}complete"
    unit = unit_claimed(snapshot, event, claim)
    if claim.nth is not None:
        words = [_ordinal(claim.nth), "hand-over of bodies" if unit == "bodies" else "exchange"]
    else:
        words = [pretty(claim.count.text)] if claim.count else []
        words += [unit] if unit != "people" else []
        words += [f"to {snapshot.register.side(claim.to)}"] if claim.to else []
        words += ["both ways"] if not claim.to and (event.transfer or claim.under or claim.since) else []
    words += [f"under {claim.under}"] if claim.under else []
    words += [f"since {claim.since.edtf}"] if claim.since else []
    return " ".join(words) + (f" ({', '.join(claim.described_as)})" if claim.described_as else "")


def _recorded(finding: Finding) -> str:
    """Say what is recorded: `recorded 2,412 = 1,212 + 1,200`, `recorded the 4th: 9, 10, 12, 14 June`."""
    if finding.position is not None:
        days = f": {_days(finding.term_dates)}" if finding.term_dates else ""
        return f"recorded the {_ordinal(finding.position)}{days}"
    terms = [pretty(text) for text in finding.terms if text not in ("unknown", "withheld", "0")]
    if finding.recorded is None:
        return f"recorded {' and '.join(terms)}" if terms else "nothing recorded"
    total = finding.recorded
    words = "by its own account " if finding.own_account else "recorded "
    words += pretty(total.text.rstrip("+") if total.undisclosed else total.text)
    if not finding.terms or len(terms) > _MOST_TERMS:
        words += f" from {len(terms) or total.terms - total.undisclosed} hand-overs"
    elif len(terms) > 1:
        words += f" = {' + '.join(terms)}"
    return words + (f", {total.undisclosed} of {total.terms} undisclosed" if total.undisclosed else "")


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _days(days: tuple[str, ...]) -> str:
    """Write days of the record: `9, 10, 12 June, 4 July`; many, or ones that are no whole days, as they are."""
    if len(days) > _MOST_TERMS:
        return f"{days[0]} to {days[-1]}"
    if len({day[:4] for day in days}) > 1 or any(len(day) != 10 for day in days):
        return ", ".join(days)
    months = groupby(days, key=lambda day: int(day[5:7]))
    return ", ".join(f"{', '.join(str(int(day[8:])) for day in same)} {MONTHS[month - 1]}" for month, same in months)


@check(
    "claim-without-scope",
    "warning",
    "a claim has nothing to be checked against: neither `under` nor `since` nor own figures",
)
def claim_without_scope(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    if event.under is not None:
        return
    for position, claim in enumerate(event.claim):
        if claim.under or claim.since or claim.series or claim.described_as or _has_subject(snapshot, event, claim):
            continue
        field = "nth" if claim.nth else "fulfilled" if claim.count is None else "count"
        message = "the claim says neither `under` nor `since`, and this event has nothing to hold it against"
        hint = 'say what it covers: under = "EVENT", or since = DATE; a numbering of their own has `series`'
        yield Fault("claim-without-scope", ("claim", position, field), message, hint)


def _has_subject(snapshot: Snapshot, event: Event, claim: Claim) -> bool:
    if claim.nth is not None:
        return False
    subject = subject_of(snapshot, event, claim)
    if is_whole(snapshot, subject.hand_over or event):
        return True
    return bool(event.commitment if claim.fulfilled is not None else subject.hand_over)
