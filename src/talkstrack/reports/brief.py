"""The brief: last events, what is due, promises and their delivery, disputes, and the ledger's health."""

from collections.abc import Iterator
from itertools import islice

import msgspec

from talkstrack.model.dates.period import Period, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Unit
from talkstrack.model.sums import Sum
from talkstrack.reports.agreements import CommitmentRow, PromiseReading, commitment_row, promise_readings
from talkstrack.reports.deadlines import DeadlineRow, rows_of
from talkstrack.reports.headline import headline
from talkstrack.reports.timeline import TimelineRow
from talkstrack.rules.accounts import Flow, figure, flows, ties
from talkstrack.rules.directions import unit_of_commitment
from talkstrack.rules.fulfilment import commitment_references
from talkstrack.rules.hand_overs import tied_to
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.wholes import is_whole


class ContestedTie(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed over in one direction, that one side ties to a scope and another does not."""

    to: str
    what: Unit
    figure: Sum
    under: str
    tied_by: tuple[str, ...]
    cut_by: tuple[str, ...]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Something the sides tell differently: a commitment that each reads in its own way, or a contested tie."""

    subject: str
    date: Period
    readings: tuple[PromiseReading, ...] = ()
    tie: ContestedTie | None = None


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How the ledger stands: problems found, and how many hand-overs give no figure in any direction."""

    events: int
    errors: int
    warnings: int
    hand_overs: int
    undisclosed: int


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The one-screen brief. `past_due` are the deadlines that ended one way or the other, not the replaced ones."""

    title: str
    last: tuple[TimelineRow, ...]
    due: tuple[DeadlineRow, ...]
    past_due: tuple[DeadlineRow, ...]
    promised: tuple[CommitmentRow, ...]
    disputed: tuple[Dispute, ...]
    health: Health
    today: str


def brief(
    snapshot: Snapshot, events: tuple[Event, ...], *, today: str, errors: int, warnings: int, last: int = 4
) -> Brief:
    """Sum the selected events up on one screen; `errors` and `warnings` are what `check` found."""
    rows = [row for event in events for row in rows_of(snapshot, event)]
    is_open = [row for row in rows if row.state == "open"]
    is_over = [row for row in rows if row.state not in ("open", "replaced")]
    past = [event for event in events if last_day(event.when) <= snapshot.today and not snapshot.parts.get(event.id)]
    return Brief(
        title=snapshot.register.heading.title or "Ledger",
        last=tuple(
            TimelineRow(event=event, headline=headline(snapshot, event), is_possible=False, gap=None)
            for event in sorted(past, key=_lately)[-last:][::-1]
        ),
        due=tuple(sorted(is_open, key=lambda row: (row.days, row.event))),
        past_due=tuple(sorted(is_over, key=lambda row: (last_day(row.due), row.event))),
        promised=promised(snapshot, events),
        disputed=tuple(disputes(snapshot, events)),
        health=health(snapshot, events, errors, warnings),
        today=today,
    )


def _lately(event: Event) -> tuple[int, int]:
    """Order by the last day; of one day, what was done stands before what was said."""
    done = bool(event.transfer or event.delegation or event.commitment)
    bears = bool(event.office or event.deadline or event.response)
    return last_day(event.when), (2 * done + bears) if event.status == "held" else 0


def promised(snapshot: Snapshot, events: tuple[Event, ...]) -> tuple[CommitmentRow, ...]:
    """Return the countable commitments of the selected events, followed to their delivery."""
    references = [reference for event in events if event.counts for reference in commitment_references(event)]
    counted = (reference for reference in references if unit_of_commitment(snapshot, reference) is not None)
    return tuple(commitment_row(snapshot, reference) for reference in counted)


def disputes(snapshot: Snapshot, events: tuple[Event, ...]) -> Iterator[Dispute]:
    """Yield what the sides read or tie differently."""
    for event in events:
        if not event.counts:
            continue
        for reference in commitment_references(event):
            readings = _contrary_readings(snapshot, reference)
            if readings:
                yield Dispute(subject=reference, date=event.when, readings=readings)
        contested = (flow for flow in flows(snapshot, event) if ties(snapshot, (flow,)).is_contested)
        for flow in islice(contested, 1):
            yield Dispute(subject=event.id, date=event.when, tie=_tie(snapshot, flow))


def _contrary_readings(snapshot: Snapshot, reference: str) -> tuple[PromiseReading, ...]:
    """Return the parties' readings of a commitment where they differ in what is counted, or to whom."""
    parties = snapshot.register.parties
    readings = [reading for reading in promise_readings(snapshot, reference) if reading.side in parties]
    counted: dict[str | None, list[tuple[str, str | None]]] = {}
    for reading in readings:
        if reading.count is not None:
            counted.setdefault(reading.side, []).append((reading.count.text, reading.to))
    is_disputed = any(counts != first for first in list(counted.values())[:1] for counts in counted.values())
    return tuple(reading for reading in readings if reading.count is not None) if is_disputed else ()


def _tie(snapshot: Snapshot, flow: Flow) -> ContestedTie:
    tied, under = ties(snapshot, (flow,)), tied_to(snapshot, (flow,))
    sides = tuple(side for side in tied.tied_by if side is not None)
    total = figure(flow)
    return ContestedTie(to=flow.receiver, what=flow.unit, figure=total, under=under, tied_by=sides, cut_by=tied.cut_by)


def health(snapshot: Snapshot, events: tuple[Event, ...], errors: int, warnings: int) -> Health:
    """Count events, problems, and the hand-overs of which no side discloses any figure."""
    hand_overs = [event for event in events if event.transfer and event.counts and not is_whole(snapshot, event)]
    hidden = [event for event in hand_overs if all(figure(group).undisclosed for group in flows(snapshot, event))]
    handed, undisclosed = len(hand_overs), len(hidden)
    return Health(events=len(events), errors=errors, warnings=warnings, hand_overs=handed, undisclosed=undisclosed)
