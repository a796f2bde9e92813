"""What a claim is about: its unit, scope, days and directions, and the commitments it says are fulfilled."""

from typing import NamedTuple

from talkstrack.model.dates.period import OPEN_START, Span, first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Claim, Unit
from talkstrack.rules.directions import receivers, unit_claimed, unit_promised
from talkstrack.rules.snapshot import Snapshot


class Subject(NamedTuple):
    """What a claim is about: a scope (None: everything) and its days, up to the event's own; to whom, and who says so.

    `hand_over` is the event it is told at: its own, or the first that its event is about.
    """

    unit: Unit
    receivers: tuple[str, ...]
    scope: str | None
    span: Span
    side: str
    hand_over: Event | None


def subject_of(snapshot: Snapshot, event: Event, claim: Claim) -> Subject:
    """Return what a claim is about: without `under` and `since` its hand-over, an ordinal everything before it."""
    unit, until = unit_claimed(snapshot, event, claim), last_day(event.when)
    hand_over = _hand_over(snapshot, event)
    scope, span = claim.under, Span(OPEN_START if claim.since is None else first_day(claim.since), until)
    if claim.under is None and claim.since is None and claim.nth is None:
        scope, span = (hand_over or event).id, Span()
    return Subject(
        unit=unit,
        receivers=(snapshot.register.side(claim.to),) if claim.to else receivers(snapshot, unit),
        scope=scope,
        span=span,
        side=snapshot.register.side(claim.by),
        hand_over=hand_over,
    )


def _hand_over(snapshot: Snapshot, event: Event) -> Event | None:
    about = [snapshot.by_id[target] for target in event.about if target in snapshot.by_id]
    return next((meant for meant in (event, *about) if meant.transfer), None)


def claimed_commitments(snapshot: Snapshot, event: Event, claim: Claim) -> tuple[str, ...]:
    """Return the countable commitments a claim of fulfilment is about."""
    target = claim.under or event.under or event.id
    if "/" in target:
        return (target,)
    promising = snapshot.by_id.get(target)
    if promising is None:
        return ()
    counted = [row.id for row in promising.commitment if unit_promised(snapshot.register, promising, row)]
    return tuple(dict.fromkeys(f"{target}/{commitment}" for commitment in counted))
