"""Claims against the record: does what somebody claims agree with what the ledger holds up to that day?"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from talkstrack.model.counts import Count, exactly
from talkstrack.model.dates.period import first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Claim, Unit
from talkstrack.model.sums import NO_NUMBERS, Sum, add, numbers_of, sum_of, term
from talkstrack.rules.accounts import stated_categories
from talkstrack.rules.answers import answers_to
from talkstrack.rules.fulfilment import delivered_state, fulfilments, promised_receivers, promised_to
from talkstrack.rules.lines import Entry, Line
from talkstrack.rules.ordinals import ordinals
from talkstrack.rules.scope import resolve_link
from talkstrack.rules.snapshot import Snapshot, per_snapshot
from talkstrack.rules.subjects import Subject, claimed_commitments, subject_of
from talkstrack.rules.tally import Term, delivered, speaking_account, tally, terms

Verdict = Literal["above", "below", "denied", "possible", "unchecked", "agrees"]
WORST_FIRST: tuple[Verdict, ...] = ("above", "below", "denied", "possible", "unchecked", "agrees")
MOST_TERMS = 100
"""Of more hand-overs than this a finding says how many they are, not which."""
NONE_OF_IT = term(exactly(0))


Reason = Literal["own-numbering", "before-ledger", "not-counted-apart", "nothing-recorded", "no-number-promised"]
"""Why a claim cannot be checked."""


class Denial(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody says the contrary: who, and the date of it."""

    by: str
    date: str


class ClaimedDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim of fulfilment is about in one direction: what was promised there, and delivered by its day."""

    commitment: str
    to: str
    promised: Count
    delivered: Sum


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the record says of one claim. `terms` are the texts that were added, in order; `why` it is unchecked."""

    verdict: Verdict
    recorded: Sum | None = None
    position: int | None = None
    terms: tuple[str, ...] = ()
    term_dates: tuple[str, ...] = ()
    own_account: bool = False
    deliveries: tuple[ClaimedDelivery, ...] = ()
    denials: tuple[Denial, ...] = ()
    why: Reason | None = None


def finding_of(snapshot: Snapshot, event: Event, claim: Claim) -> Finding:
    """Return the verdict on one claim of one event."""
    if claim.fulfilled is not None:
        finding = _fulfilled(snapshot, event, claim)
    else:
        subject = subject_of(snapshot, event, claim)
        if why := _uncheckable(snapshot, subject, claim):
            return Finding(verdict="unchecked", why=why)
        if claim.nth is not None:
            finding = _ordinal(snapshot, subject, claim.nth)
        else:
            finding = _counted(snapshot, subject, claim)
    denials = _denials(snapshot, event, claim) if finding.verdict == "possible" else ()
    return msgspec.structs.replace(finding, verdict="denied", denials=denials) if denials else finding


def _uncheckable(snapshot: Snapshot, subject: Subject, claim: Claim) -> Reason | None:
    covers = snapshot.register.heading.covers
    if claim.series:
        return "own-numbering"
    if claim.since is not None and covers is not None and first_day(claim.since) < first_day(covers):
        return "before-ledger"
    if claim.described_as and claim.nth is None and _category(snapshot, subject, claim) is None:
        return "not-counted-apart"
    return None


def _category(snapshot: Snapshot, subject: Subject, claim: Claim) -> str | None:
    """Return the one category a claim is about, where anything of its subject is broken down into it."""
    if len(claim.described_as) != 1:
        return None
    (category,) = claim.described_as
    lines = [_broken_down(snapshot, subject.unit, to, subject.scope, category) for to in subject.receivers]
    return category if any(line.within(subject.span)[0] for line in lines) else None


@per_snapshot
def _broken_down(snapshot: Snapshot, unit: Unit, to: str, scope: str | None, category: str) -> Line[Term]:
    """Return the hand-overs of which anything is broken down into a category."""
    named = [term for term in terms(snapshot, unit, to, scope=scope) if category in stated_categories(term.flow)]
    return Line([Entry(term.first, term.last, (1,), term) for term in named], 1)


@per_snapshot
def _addends(
    snapshot: Snapshot, unit: Unit, to: str, scope: str | None, account: str, category: str | None
) -> Line[Term]:
    """Return the hand-overs that a claim is held against, by the account of who claims."""
    entries = []
    for addend in terms(snapshot, unit, to, scope=scope, account=account):
        is_own = any(rival.side == account and rival.is_disclosed for rival in addend.flow.accounts)
        sums = numbers_of(_of_category(addend, category, account)) if category else NO_NUMBERS
        entries.append(Entry(addend.first, addend.last, (1, is_own, *sums), addend))
    return Line(entries, 2 + len(NO_NUMBERS))


def _counted(snapshot: Snapshot, subject: Subject, claim: Claim) -> Finding:
    assert claim.count is not None
    unit, span, scope = subject.unit, subject.span, subject.scope
    account = speaking_account(snapshot, scope, subject.side)
    category = _category(snapshot, subject, claim) if claim.described_as else None
    lines = {to: _addends(snapshot, unit, to, scope, account, category) for to in subject.receivers}
    within = [line.within(span) for line in lines.values()]
    number, own, *sums = map(sum, zip((0, 0, *NO_NUMBERS), *within, strict=True))
    if not number:
        return Finding(verdict="unchecked", why="nothing-recorded")
    recorded = sum_of(tuple(sums))
    if category is None:
        recorded = add([tally(snapshot, unit, to, scope=scope, account=account, span=span) for to in lines])
    listed = [term for line in lines.values() for term in line.things(span)] if number <= MOST_TERMS else []
    return Finding(
        verdict=compare(claim.count.bounds, recorded),
        recorded=recorded,
        terms=tuple([_of_category(term, category, account).text for term in listed]),
        term_dates=tuple([term.flow.event.when.edtf for term in listed]),
        own_account=own > 0,
    )


def _of_category(term: Term, category: str | None, account: str | None) -> Sum:
    """Return how many of a hand-over are of a category (None: all of it)."""
    if category is None:
        return term.figure
    stated = stated_categories(term.flow, account)
    if stated:
        return stated.get(category, NONE_OF_IT)
    return msgspec.structs.replace(
        term.figure, text="unknown", low=0, best=None, state="unknown", terms=1, undisclosed=1,
        disclosed_low=0, disclosed_high=0, approximate=False, open=False,
    )  # fmt: skip


def compare(claimed: tuple[int, int | None], recorded: Sum) -> Verdict:
    """Return how claimed bounds stand to a recorded sum."""
    low, high = claimed
    if recorded.high is not None and low > recorded.high:
        return "above"
    if high is not None and high < recorded.low:
        return "below"
    if low <= recorded.low and (high is None or (recorded.high is not None and recorded.high <= high)):
        return "agrees"
    return "possible"


def _ordinal(snapshot: Snapshot, subject: Subject, nth: int) -> Finding:
    counted = ordinals(snapshot, subject.unit, subject.scope, subject.side, subject.span, subject.hand_over)
    place = counted.number
    if not place:
        return Finding(verdict="unchecked", why="nothing-recorded")
    verdict: Verdict = "agrees" if nth == place else ("above" if nth > place else "below")
    listed = counted.events if place <= MOST_TERMS else ()
    return Finding(verdict=verdict, position=place, term_dates=tuple([other.when.edtf for other in listed]))


def _fulfilled(snapshot: Snapshot, event: Event, claim: Claim) -> Finding:
    targets = [
        reference for reference in claimed_commitments(snapshot, event, claim) if reference in snapshot.commitments
    ]
    states: list[str] = []
    deliveries: list[ClaimedDelivery] = []
    side = snapshot.register.side(claim.by)
    for reference in targets:
        for to in promised_receivers(snapshot, reference):
            if claim.to is not None and snapshot.register.side(claim.to) != to:
                continue
            readings = promised_to(snapshot, reference, to)
            chosen = [readings[side]] if side in readings else list(readings.values())
            promised = [row.count for row in chosen if row is not None and row.count is not None]
            if promised:
                counted = delivered(snapshot, reference, to, side, last_day(event.when))
                deliveries.append(ClaimedDelivery(commitment=reference, to=to, promised=promised[0], delivered=counted))
                states.extend(delivered_state(count, counted) for count in promised)
    if not states:
        return Finding(verdict="unchecked", why="no-number-promised")
    if all(state == "met" for state in states):
        verdict: Verdict = "agrees" if claim.fulfilled else "below"
    elif any(state == "open" for state in states):
        verdict = "above" if claim.fulfilled else "agrees"
    else:
        verdict = "possible"
    return Finding(
        verdict=verdict,
        recorded=deliveries[0].delivered if len(deliveries) == 1 else None,
        terms=tuple(delivery.delivered.text for delivery in deliveries),
        deliveries=tuple(deliveries),
    )


def _denials(snapshot: Snapshot, event: Event, claim: Claim) -> tuple[Denial, ...]:
    side = snapshot.register.side(claim.by)
    denials = [
        Denial(by=answer.by, date=answer.date)
        for answer in answers_to(snapshot, event)
        if answer.answer == "denied" and snapshot.register.side(answer.by) != side
    ]
    if claim.fulfilled is not None:
        for reference in claimed_commitments(snapshot, event, claim):
            denials.extend(
                Denial(by=word.by, date=word.date)
                for word in fulfilments(snapshot, reference)
                if word.side != side and word.fulfilled != claim.fulfilled
            )
    elif claim.count is not None:
        denials.extend(_contrary_counts(snapshot, event, claim, side))
    return tuple(dict.fromkeys(denials))


def _contrary_counts(snapshot: Snapshot, event: Event, claim: Claim, side: str) -> Iterator[Denial]:
    assert claim.count is not None
    low, high = claim.count.bounds
    rivals = _rival_counts(snapshot)
    for other, rival in rivals.get((last_day(event.when), _identity(snapshot, event, claim)), ()):
        if rival.count is None or snapshot.register.side(rival.by) == side:
            continue
        least, most = rival.count.bounds
        if (most is not None and most < low) or (high is not None and high < least):
            yield Denial(by=rival.by, date=other.when.edtf)


@per_snapshot
def _rival_counts(snapshot: Snapshot) -> dict[tuple[int, object], list[tuple[Event, Claim]]]:
    """Return every count claimed in a held event and not described in words, by its day and what it is about."""
    rivals: dict[tuple[int, object], list[tuple[Event, Claim]]] = {}
    for event in snapshot.events:
        for claim in event.claim if event.counts else ():
            if claim.count is not None and not claim.described_as:
                subject = last_day(event.when), _identity(snapshot, event, claim)
                rivals.setdefault(subject, []).append((event, claim))
    return rivals


def _identity(snapshot: Snapshot, event: Event, claim: Claim) -> tuple[object, ...]:
    subject = subject_of(snapshot, event, claim)
    to, scope = subject.receivers[0] if claim.to else None, subject.scope
    if scope and to:
        scope = resolve_link(snapshot, scope, subject.unit, to)
    return subject.unit, to, scope, claim.since, claim.described_as
