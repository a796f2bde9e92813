"""The claims report: every claim with its verdict and the arithmetic, worst first."""

from collections import Counter

import msgspec

from talkstrack.model.counts import Count
from talkstrack.model.dates.period import Period, first_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Claim, Unit
from talkstrack.rules.directions import unit_claimed
from talkstrack.rules.hand_overs import claim_places
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.verdicts import WORST_FIRST, Finding, Verdict, finding_of


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of one event, with what the record says of it.

    `promise` is the agreement or commitment that a claim of fulfilment is about; `both_ways`: a claimed count that is
    of all directions together.
    """

    event: str
    date: Period
    by: str
    side: str
    count: Count | None
    nth: int | None
    fulfilled: bool | None
    promise: str | None
    what: Unit
    to: str | None
    both_ways: bool
    under: str | None
    since: Period | None
    series: str | None
    described_as: tuple[str, ...]
    verdict: Verdict
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
    counts = Counter(row.verdict for row in rows)
    verdicts = tuple(VerdictCount(verdict=verdict, claims=counts[verdict]) for verdict in WORST_FIRST)
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
    has_scope = bool(event.transfer or claim.under or claim.since is not None)
    return ClaimRow(
        event=event.id,
        date=event.when,
        by=claim.by,
        side=snapshot.register.side(claim.by),
        count=claim.count,
        nth=claim.nth,
        fulfilled=claim.fulfilled,
        promise=None if claim.fulfilled is None else claim.under or event.under or event.id,
        what=unit_claimed(snapshot, event, claim),
        to=snapshot.register.side(claim.to) if claim.to else None,
        both_ways=claim.count is not None and not claim.to and has_scope,
        under=claim.under,
        since=claim.since,
        series=claim.series,
        described_as=claim.described_as,
        verdict=finding.verdict,
        finding=finding,
        note=claim.note,
    )


def claims_beneath(snapshot: Snapshot, what: Unit, chosen: frozenset[str]) -> dict[str, list[ClaimRow]]:
    """Return the claims that are told beneath the chosen hand-overs; only those are judged."""
    beneath: dict[str, list[ClaimRow]] = {}
    for event, homes in claim_places(snapshot, what):
        if not chosen.isdisjoint(homes):
            for home, row in zip(homes, claim_rows(snapshot, (event,)), strict=True):
                if home and home in chosen:
                    beneath.setdefault(home, []).append(row)
    return beneath


def claims_over_several(snapshot: Snapshot, what: Unit, chosen: frozenset[str]) -> tuple[ClaimRow, ...]:
    """Return the claims of chosen events over more than one agreement, which are told beneath no hand-over."""
    places = [(event, homes) for event, homes in claim_places(snapshot, what) if event.id in chosen and "" in homes]
    placed = (pair for event, homes in places for pair in zip(homes, claim_rows(snapshot, (event,)), strict=True))
    return tuple(row for home, row in placed if home == "")
