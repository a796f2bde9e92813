"""Hand-overs: the held events of a unit, what each is under, and beneath which of them a claim is told."""

from typing import NamedTuple

from talkstrack.model.dates.period import last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Claim, Unit
from talkstrack.rules.accounts import Flow
from talkstrack.rules.directions import unit_claimed
from talkstrack.rules.scope import link_of, resolve_link
from talkstrack.rules.snapshot import Snapshot, per_snapshot
from talkstrack.rules.tally import handed_by
from talkstrack.rules.wholes import parts_below


class HandOver(NamedTuple):
    """One held event, and its flows of one unit."""

    event: Event
    flows: tuple[Flow, ...]


@per_snapshot
def hand_overs(snapshot: Snapshot, what: Unit) -> tuple[HandOver, ...]:
    """Return every held hand-over of this unit, wholes left out, in the ledger's order."""
    handed = ((event, handed_by(snapshot, event, what)) for event in snapshot.events if event.transfer)
    return tuple([HandOver(event, flows) for event, flows in handed if flows])


def tied_to(snapshot: Snapshot, flows: tuple[Flow, ...]) -> str:
    """Return the commitment (else the agreement or whole) that anybody ties flows of one event to; "" for none."""
    for flow in flows:
        for account in flow.accounts:
            for row in account.rows:
                if link := link_of(snapshot, flow.event, row.transfer):
                    return resolve_link(snapshot, link, flow.unit, flow.receiver)
    return ""


ClaimPlaces = tuple[tuple[Event, tuple[str | None, ...]], ...]
"""The events that claim, and for each of their claims the hand-over it is told beneath.

"" for a claim over several agreements, None where it is about something else.
"""


@per_snapshot
def claim_places(snapshot: Snapshot, what: Unit) -> ClaimPlaces:
    """Return beneath which hand-over of this unit each claim of the ledger is told."""
    by_scope: dict[str, list[Event]] = {}
    places: dict[str, int] = {}
    for place, hand_over in enumerate(hand_overs(snapshot, what)):
        by_scope.setdefault(tied_to(snapshot, hand_over.flows), []).append(hand_over.event)
        places[hand_over.event.id] = place
    return tuple([
        (event, tuple([_claim_place(snapshot, event, claim, what, by_scope, places) for claim in event.claim]))
        for event in snapshot.events
        if event.claim and event.counts
    ])  # fmt: skip


def _claim_place(
    snapshot: Snapshot,
    event: Event,
    claim: Claim,
    what: Unit,
    by_scope: dict[str, list[Event]],
    places: dict[str, int],
) -> str | None:
    if unit_claimed(snapshot, event, claim) != what:
        return None
    if event.id in places:
        return event.id
    if claim.under is None and claim.since is None:
        about = {event.id, *event.about}
        below = about.union(*(parts_below(snapshot, snapshot.by_id[key]) for key in about if key in snapshot.by_id))
        return max(below & places.keys(), key=lambda key: places[key], default=None)
    if claim.under is None:
        return ""
    scope = resolve_link(snapshot, claim.under, what, snapshot.register.side(claim.to) if claim.to else "")
    until = last_day(event.when)
    last = next((handed.id for handed in reversed(by_scope.get(scope, ())) if last_day(handed.when) <= until), None)
    return "" if last is None and "/" not in scope else last
