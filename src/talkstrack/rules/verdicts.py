"""Claims against the record: does what somebody claims agree with what the ledger holds up to that day?"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from talkstrack.model.counts import Count, exactly
from talkstrack.model.dates.period import OPEN_START, Span, first_day, last_day
from talkstrack.model.event import Claim, Event, What
from talkstrack.model.sums import NOTHING, Sum, add, term
from talkstrack.rules.accounts import figure_in_scope, flows, stated_categories
from talkstrack.rules.answers import answers_to
from talkstrack.rules.directions import receivers, unit_claimed
from talkstrack.rules.fulfilment import claimed_commitments, delivered_state, direction, fulfilments, promised_receivers
from talkstrack.rules.scope import resolve_link, tied_events
from talkstrack.rules.snapshot import Snapshot, per_snapshot
from talkstrack.rules.tally import Term, tally, terms
from talkstrack.rules.wholes import is_whole

Verdict = Literal["above", "below", "denied", "possible", "unchecked", "agrees"]
WORST_FIRST: tuple[Verdict, ...] = ("above", "below", "denied", "possible", "unchecked", "agrees")


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
    elif why := _uncheckable(snapshot, event, claim):
        return Finding(verdict="unchecked", why=why)
    elif claim.nth is not None:
        finding = _ordinal(snapshot, event, claim, claim.nth)
    else:
        finding = _counted(snapshot, event, claim)
    denials = _denials(snapshot, event, claim) if finding.verdict == "possible" else ()
    return msgspec.structs.replace(finding, verdict="denied", denials=denials) if denials else finding


def scope_of(snapshot: Snapshot, event: Event, claim: Claim) -> tuple[str | None, Span]:
    """Return what a claim is about: a scope (None: everything) and its days, up to the event's own.

    Without `under` and `since` that is its event, or the hand-over that its event is about.
    """
    until = last_day(event.when)
    if claim.since is not None:
        return claim.under, Span(first_day(claim.since), until)
    if claim.under is not None:
        return claim.under, Span(OPEN_START, until)
    meant = (
        event if event.transfer else next((snapshot.by_id[key] for key in event.about if _moves(snapshot, key)), event)
    )
    return meant.id, Span()


def _moves(snapshot: Snapshot, key: str) -> bool:
    return key in snapshot.by_id and bool(snapshot.by_id[key].transfer)


def _uncheckable(snapshot: Snapshot, event: Event, claim: Claim) -> Reason | None:
    covers = snapshot.register.heading.covers
    if claim.series:
        return "own-numbering"
    if claim.since is not None and covers is not None and first_day(claim.since) < first_day(covers):
        return "before-ledger"
    if claim.described_as and claim.nth is None and _category(snapshot, event, claim) is None:
        return "not-counted-apart"
    return None


def _category(snapshot: Snapshot, event: Event, claim: Claim) -> str | None:
    if len(claim.described_as) != 1:
        return None
    scope, span = scope_of(snapshot, event, claim)
    what = unit_claimed(snapshot, event, claim)
    for to in _towards(snapshot, claim, what):
        for one in terms(snapshot, what, to, scope=scope, span=span):
            if claim.described_as[0] in stated_categories(one.flow):
                return claim.described_as[0]
    return None


def _towards(snapshot: Snapshot, claim: Claim, what: What) -> tuple[str, ...]:
    return (snapshot.register.side(claim.to),) if claim.to else receivers(snapshot, what)


def _counted(snapshot: Snapshot, event: Event, claim: Claim) -> Finding:
    assert claim.count is not None
    side = snapshot.register.side(claim.by)
    scope, span = scope_of(snapshot, event, claim)
    what = unit_claimed(snapshot, event, claim)
    category = _category(snapshot, event, claim) if claim.described_as else None
    found: list[Term] = []
    sums: list[Sum] = []
    for to in _towards(snapshot, claim, what):
        here = terms(snapshot, what, to, scope=scope, account=side, span=span)
        found.extend(here)
        if category is None:
            sums.append(tally(snapshot, what, to, scope=scope, account=side, span=span))
        else:
            sums.extend(_of_category(one, category, side) for one in here)
    recorded = add(sums) if sums else NOTHING
    if not found:
        return Finding(verdict="unchecked", why="nothing-recorded")
    texts = [(_of_category(one, category, side) if category else one.figure).text for one in found]
    return Finding(
        verdict=compare(claim.count.bounds, recorded),
        recorded=recorded,
        terms=tuple(texts),
        term_dates=tuple(one.flow.event.when.edtf for one in found),
        own_account=any(
            account.side == side and account.is_disclosed for one in found for account in one.flow.accounts
        ),
    )


def _of_category(one: Term, category: str, side: str) -> Sum:
    found = stated_categories(one.flow, side)
    if category in found:
        return found[category]
    if found:
        return term(exactly(0))
    hidden = one.figure
    return msgspec.structs.replace(
        hidden, text="unknown", low=0, best=None, high=hidden.high, state="unknown", terms=1, undisclosed=1,
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


def _ordinal(snapshot: Snapshot, event: Event, claim: Claim, nth: int) -> Finding:
    counted = positions(snapshot, event, claim)
    if not counted:
        return Finding(verdict="unchecked", why="nothing-recorded")
    place = len(counted)
    verdict: Verdict = "agrees" if nth == place else ("above" if nth > place else "below")
    return Finding(verdict=verdict, position=place, term_dates=tuple(one.when.edtf for one in counted))


def positions(snapshot: Snapshot, event: Event, claim: Claim) -> tuple[Event, ...]:
    """Return the held events of that kind in the claim's scope, up to and with the one it is about."""
    side = snapshot.register.side(claim.by)
    what = unit_claimed(snapshot, event, claim)
    if claim.under is None and claim.since is None:
        scope, span = None, Span(OPEN_START, last_day(event.when))
    else:
        scope, span = scope_of(snapshot, event, claim)
    meant = (
        event if event.transfer else next((snapshot.by_id[key] for key in event.about if key in snapshot.by_id), None)
    )

    def can_count(one: Event) -> bool:
        if not (one.transfer and one.counts and span.holds(one.when)) or is_whole(snapshot, one):
            return False
        return snapshot.register.what_of(one.kind) == what

    last = snapshot.places.get(meant.id) if meant is not None and can_count(meant) else None
    found = []
    for one in snapshot.events if scope is None else tied_events(snapshot, scope):
        if last is not None and snapshot.places[one.id] > last:
            break
        own = flows(snapshot, one) if can_count(one) else ()
        if own and (scope is None or any(figure_in_scope(snapshot, group, scope, side) is not None for group in own)):
            found.append(one)
    return tuple(found)


def _fulfilled(snapshot: Snapshot, event: Event, claim: Claim) -> Finding:
    targets = [key for key in claimed_commitments(snapshot, event, claim) if key in snapshot.commitments]
    span = Span(OPEN_START, last_day(event.when))
    states: list[str] = []
    deliveries: list[ClaimedDelivery] = []
    side = snapshot.register.side(claim.by)
    for reference in targets:
        for to in promised_receivers(snapshot, reference):
            if claim.to is not None and snapshot.register.side(claim.to) != to:
                continue
            whole = direction(snapshot, reference, to)
            chosen = tuple(reading for reading in whole.readings if reading.side == side) or whole.readings
            promised = [reading.promised for reading in chosen if reading.promised is not None]
            if promised:
                delivered = tally(snapshot, whole.what, to, scope=reference, account=side, span=span)
                deliveries.append(
                    ClaimedDelivery(commitment=reference, to=to, promised=promised[0], delivered=delivered)
                )
                states.extend(delivered_state(count, delivered) for count in promised)
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
    """Return every claimed count that is not described in words, by its day and what it is about."""
    found: dict[tuple[int, object], list[tuple[Event, Claim]]] = {}
    for event in snapshot.events:
        for claim in event.claim:
            if claim.count is not None and not claim.described_as:
                key = last_day(event.when), _identity(snapshot, event, claim)
                found.setdefault(key, []).append((event, claim))
    return found


def _identity(snapshot: Snapshot, event: Event, claim: Claim) -> tuple[object, ...]:
    what = unit_claimed(snapshot, event, claim)
    to = snapshot.register.side(claim.to) if claim.to else None
    scope, _ = scope_of(snapshot, event, claim)
    if scope and to:
        scope = resolve_link(snapshot, scope, what, to)
    return what, to, scope, claim.since, claim.described_as
