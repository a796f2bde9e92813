"""The agreements report: each commitment from the promise to the delivery, as each side tells it."""

import msgspec

from talkstrack.model.counts import Count
from talkstrack.model.dates.period import Period
from talkstrack.model.event import Event, Status
from talkstrack.model.facets import Unit
from talkstrack.model.sums import Sum, add, range_of
from talkstrack.rules.directions import unit_of_commitment
from talkstrack.rules.fulfilment import (
    DirectionProgress,
    Fulfilment,
    State,
    commitment_references,
    direction,
    fulfilments,
    last_delivery,
    promised_receivers,
    readings_of,
    untied_since,
    worst,
)
from talkstrack.rules.scope import tied_events
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import Term, terms


class PromiseReading(msgspec.Struct, frozen=True, kw_only=True):
    """One side's wording of a commitment: how many, to whom (None: each way), described how."""

    by: str | None
    side: str | None
    is_press: bool
    to: str | None
    count: Count | None
    described_as: tuple[str, ...]
    due: Period | None
    note: str | None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One hand-over of a direction, and how much of it counts."""

    event: str
    date: Period
    figure: Sum


class NotHeld(msgspec.Struct, frozen=True, kw_only=True):
    """A hand-over under the commitment that is planned, or did not take place."""

    event: str
    title: str
    date: Period
    status: Status


class DirectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One direction of a commitment.

    `range` is from the least that any side ties to it to the most; `untied` are later hand-overs that nobody ties to
    any agreement and that may belong to it: with them it is `at_most`.
    """

    progress: DirectionProgress
    range: Sum
    deliveries: tuple[Delivery, ...]
    untied: tuple[Delivery, ...]
    at_most: Sum


class CommitmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment. `what` is None where it promises nothing that is counted."""

    reference: str
    what: Unit | None
    readings: tuple[PromiseReading, ...]
    directions: tuple[DirectionRow, ...]
    state: State | None
    fulfilments: tuple[Fulfilment, ...]
    last_delivery: str | None
    last_delivery_days: int | None
    not_held: tuple[NotHeld, ...]


class AgreementRow(msgspec.Struct, frozen=True, kw_only=True):
    """One agreement (or offer) with its commitments; `day` counts from its making to the report's day."""

    id: str
    kind: str
    title: str
    date: Period
    round: int | None
    state: State | None
    day: int | None
    commitments: tuple[CommitmentRow, ...]


class Agreements(msgspec.Struct, frozen=True, kw_only=True):
    """The agreements report."""

    rows: tuple[AgreementRow, ...]
    commitments: int
    today: str


def agreements(snapshot: Snapshot, events: tuple[Event, ...], *, today: str, only: str | None = None) -> Agreements:
    """Follow every commitment of the selected events that made one and stand; `only` keeps this one commitment."""
    rows = tuple(_agreement(snapshot, event, only) for event in events if event.commitment and event.counts)
    return Agreements(rows=rows, commitments=sum(len(row.commitments) for row in rows), today=today)


def _agreement(snapshot: Snapshot, event: Event, only: str | None) -> AgreementRow:
    references = commitment_references(event)
    rows = tuple(commitment_row(snapshot, reference) for reference in references if only in (None, reference))
    return AgreementRow(
        id=event.id,
        kind=event.kind,
        title=event.title,
        date=event.when,
        round=event.round,
        state=worst(row.state for row in rows),
        day=snapshot.today - event.when.last if event.when.last is not None else None,
        commitments=rows,
    )


def commitment_row(snapshot: Snapshot, reference: str) -> CommitmentRow:
    """Follow one commitment in all its directions."""
    directions = tuple(_direction(snapshot, reference, to) for to in promised_receivers(snapshot, reference))
    last = last_delivery(snapshot, reference)
    return CommitmentRow(
        reference=reference,
        what=unit_of_commitment(snapshot, reference),
        readings=promise_readings(snapshot, reference),
        directions=directions,
        state=worst(direction.progress.state for direction in directions),
        fulfilments=fulfilments(snapshot, reference),
        last_delivery=last.id if last else None,
        last_delivery_days=snapshot.today - last.when.last if last and last.when.last is not None else None,
        not_held=tuple(
            NotHeld(event=event.id, title=event.title, date=event.when, status=event.status)
            for event in tied_events(snapshot, reference)
            if event.status != "held"
        ),
    )


def promise_readings(snapshot: Snapshot, reference: str) -> tuple[PromiseReading, ...]:
    """Return every side's wording of a commitment, in the order written."""
    return tuple(
        PromiseReading(
            by=commitment.by,
            side=side,
            is_press=side in snapshot.register.sources,
            to=snapshot.register.side(commitment.to) if commitment.to else None,
            count=commitment.count,
            described_as=commitment.described_as,
            due=commitment.due,
            note=commitment.note,
        )
        for side, rows in readings_of(snapshot, reference).items()
        for _, commitment in rows
    )


def _direction(snapshot: Snapshot, reference: str, to: str) -> DirectionRow:
    progress = direction(snapshot, reference, to)
    tied = terms(snapshot, progress.what, to, scope=reference)
    untied = untied_since(snapshot, reference, to) if progress.state in ("open", "cannot-be-told") else ()
    return DirectionRow(
        progress=progress,
        range=range_of((progress.delivered, *progress.by_side.values())),
        deliveries=_deliveries(tied),
        untied=_deliveries(untied),
        at_most=add((progress.delivered, *(term.figure for term in untied))) if untied else progress.delivered,
    )


def _deliveries(terms: tuple[Term, ...]) -> tuple[Delivery, ...]:
    return tuple(Delivery(event=term.flow.event.id, date=term.flow.event.when, figure=term.figure) for term in terms)
