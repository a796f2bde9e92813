"""Commitments: what was promised in each side's reading, what was delivered, and whether the promise is met."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.counts import Count
from talkstrack.model.dates.days import iso_day_number
from talkstrack.model.dates.period import OPEN_END, Span, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Commitment, Unit
from talkstrack.model.sums import Sum
from talkstrack.rules.accounts import links_by_side, sides_tying
from talkstrack.rules.directions import in_order, receivers, unit_of_commitment
from talkstrack.rules.lines import Entry, Line
from talkstrack.rules.scope import receivers_under, tied_events
from talkstrack.rules.snapshot import Snapshot, per_snapshot
from talkstrack.rules.subjects import claimed_commitments
from talkstrack.rules.tally import Term, delivered, deliveries, terms

State = Literal["met", "open", "cannot-be-told", "disputed"]
WORST_FIRST: tuple[State, ...] = ("disputed", "open", "cannot-be-told", "met")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One side's reading of one direction of a commitment; `promised` is None where it reads no promise."""

    side: str | None
    speaker: str | None
    is_press: bool
    promised: Count | None
    delivered: Sum
    state: State | None
    met_on: str | None


class DirectionProgress(msgspec.Struct, frozen=True, kw_only=True):
    """What one side was to receive under a commitment, and did."""

    to: str
    what: Unit
    readings: tuple[Reading, ...]
    delivered: Sum
    by_side: dict[str, Sum]
    state: State
    met_on: str | None
    days: int | None


class Standing(NamedTuple):
    """Where a commitment or an agreement as a whole stands; a day only where it is met."""

    state: State | None
    met_on: str | None


class Fulfilment(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's word that a commitment is complete, or is not."""

    by: str
    side: str
    event: str
    date: str
    fulfilled: bool


def delivered_state(promised: Count, delivered: Sum) -> State:
    """Return whether a promise is met by what was delivered."""
    low, _ = promised.bounds
    if delivered.low >= low:
        return "met"
    if delivered.undisclosed or delivered.open or delivered.approximate:
        return "cannot-be-told"
    if delivered.high is None or delivered.high >= low:
        return "cannot-be-told"
    return "open"


def worst(states: Iterable[str | None]) -> State | None:
    """Return the worst of these states; None where none of them tells."""
    known = set(states)
    return next((state for state in WORST_FIRST if state in known), None)


def commitment_references(event: Event) -> tuple[str, ...]:
    """Return the references of an event's commitments, each once, however many read it."""
    return tuple(dict.fromkeys(f"{event.id}/{row.id}" for row in event.commitment))


def readings_of(snapshot: Snapshot, reference: str) -> dict[str | None, tuple[tuple[Event, Commitment], ...]]:
    """Return the readings of a commitment by side, each with its rows (one per direction, or one for both)."""
    readings: dict[str | None, list[tuple[Event, Commitment]]] = {}
    for event, row in snapshot.commitments.get(reference, ()):
        readings.setdefault(snapshot.side(row.by), []).append((event, row))
    return {side: tuple(rows) for side, rows in readings.items()}


@per_snapshot
def promised_receivers(snapshot: Snapshot, reference: str) -> tuple[str, ...]:
    """Return the sides a commitment is to deliver to, in the order of the register.

    Each way is to the parties of the agreement; where it names none, to whoever was handed anything under it.
    """
    unit = unit_of_commitment(snapshot, reference)
    if unit is None:
        return ()
    side_of = snapshot.register.side
    readings = snapshot.commitments[reference]
    sides = {side_of(row.to) for _, row in readings if row.to is not None}
    if any(row.to is None for _, row in readings):
        parties = {side_of(name) for event, row in readings if row.to is None for name in event.parties}
        sides |= parties.intersection(receivers(snapshot, unit)) or parties or receivers_under(snapshot, reference)
    return in_order(snapshot.register, sides)


@per_snapshot
def direction(snapshot: Snapshot, reference: str, to: str) -> DirectionProgress:
    """Follow one direction of a commitment from the promise to the delivery."""
    what = unit_of_commitment(snapshot, reference) or "people"
    readings = tuple(
        _reading(snapshot, reference, to, side, row) for side, row in promised_to(snapshot, reference, to).items()
    )
    state = _state(snapshot, reference, readings)
    met = [reading.met_on for reading in readings if reading.met_on]
    met_on = max(met) if state == "met" and met else None
    made = snapshot.commitments[reference][0][0].when
    end = iso_day_number(met_on) if met_on else snapshot.today
    days = end - made.first if made.first is not None else None
    return DirectionProgress(
        to=to,
        what=what,
        readings=readings,
        delivered=delivered(snapshot, reference, to),
        by_side={side: delivered(snapshot, reference, to, side) for side in tying_sides(snapshot, reference, to)},
        state=state,
        met_on=met_on,
        days=days,
    )


def commitment_state(snapshot: Snapshot, reference: str) -> Standing:
    """Return where one commitment stands in all its directions together."""
    return _standing([direction(snapshot, reference, to) for to in promised_receivers(snapshot, reference)])


def agreement_state(snapshot: Snapshot, event: Event) -> Standing:
    """Return where an agreement stands with all its commitments together."""
    references = commitment_references(event)
    return _standing(
        [
            direction(snapshot, reference, to)
            for reference in references
            for to in promised_receivers(snapshot, reference)
        ]
    )


def _standing(directions: list[DirectionProgress]) -> Standing:
    state = worst(progress.state for progress in directions)
    days = [progress.met_on for progress in directions if progress.met_on]
    return Standing(state, max(days) if state == "met" and days else None)


def tying_sides(snapshot: Snapshot, reference: str, to: str) -> tuple[str, ...]:
    """Return the sides whose own account ties hand-overs to a commitment."""
    tying = [
        side for term in deliveries(snapshot, reference, to) for side in sides_tying(snapshot, term.flow, reference)
    ]
    return tuple(dict.fromkeys(side for side in tying if side is not None))


def promised_to(snapshot: Snapshot, reference: str, to: str) -> dict[str | None, Commitment | None]:
    """Return the row of each side's reading that is about this direction; None where it reads no promise there."""
    side_of = snapshot.register.side
    return {
        side: next((row for _, row in rows if row.to is None or side_of(row.to) == to), None)
        for side, rows in readings_of(snapshot, reference).items()
    }


def _reading(
    snapshot: Snapshot,
    reference: str,
    to: str,
    side: str | None,
    row: Commitment | None,
) -> Reading:
    counted = delivered(snapshot, reference, to, side)
    promised = row.count if row is not None else None
    state = delivered_state(promised, counted) if promised is not None else None
    return Reading(
        side=side,
        speaker=(row or readings_of(snapshot, reference)[side][0][1]).by,
        is_press=side in snapshot.register.sources,
        promised=promised,
        delivered=counted,
        state=state,
        met_on=_met_on(snapshot, reference, to, side, promised) if promised and state == "met" else None,
    )


def _met_on(snapshot: Snapshot, reference: str, to: str, side: str | None, promised: Count) -> str | None:
    """Return the day on which so much was delivered that the promise is met."""
    low, _ = promised.bounds
    days = {last_day(event.when): event.when.latest for event in tied_events(snapshot, reference) if event.counts}
    met = (day for day in sorted(days) if delivered(snapshot, reference, to, side, day).low >= low)
    return days.get(next(met, OPEN_END))


def _state(snapshot: Snapshot, reference: str, readings: tuple[Reading, ...]) -> State:
    """Return the state of a direction: disputed where sides' readings, or their last claims, are contrary."""
    states: set[State] = {reading.state for reading in readings if reading.state is not None}
    reads_none = any(reading.promised is None for reading in readings)
    words = {word.fulfilled for word in latest_fulfilments(snapshot, reference).values()}
    if len(words) > 1 or {"met", "open"} <= states or (reads_none and states and states != {"met"}):
        return "disputed"
    return states.pop() if len(states) == 1 else "cannot-be-told"


def fulfilments(snapshot: Snapshot, reference: str) -> tuple[Fulfilment, ...]:
    """Return every claim that this commitment is fulfilled, or is not, in order of date."""
    return tuple(_fulfilments(snapshot).get(reference, ()))


@per_snapshot
def _fulfilments(snapshot: Snapshot) -> dict[str, list[Fulfilment]]:
    by_reference: dict[str, list[Fulfilment]] = {}
    for event in snapshot.events:
        for claim in event.claim if event.status == "held" else ():
            if claim.fulfilled is None:
                continue
            said = Fulfilment(
                by=claim.by,
                side=snapshot.register.side(claim.by),
                event=event.id,
                date=event.when.edtf,
                fulfilled=claim.fulfilled,
            )
            for reference in claimed_commitments(snapshot, event, claim):
                by_reference.setdefault(reference, []).append(said)
    return by_reference


def latest_fulfilments(snapshot: Snapshot, reference: str) -> dict[str, Fulfilment]:
    """Return each side's last word on whether a commitment is fulfilled (the press is no side of it)."""
    return {word.side: word for word in fulfilments(snapshot, reference) if snapshot.register.source(word.by) is None}


def last_delivery(snapshot: Snapshot, reference: str) -> Event | None:
    """Return the last hand-over that anybody ties to this commitment."""
    what = unit_of_commitment(snapshot, reference)
    if what is None:
        return None
    handed = [
        term.flow.event
        for to in promised_receivers(snapshot, reference)
        for term in deliveries(snapshot, reference, to)
    ]
    return max(handed, key=lambda event: last_day(event.when), default=None)


def untied_since(snapshot: Snapshot, reference: str, to: str) -> tuple[Term, ...]:
    """Return the later hand-overs that nobody ties to any agreement: they may belong to this one."""
    unit = unit_of_commitment(snapshot, reference) or "people"
    made = last_day(snapshot.commitments[reference][0][0].when)
    return tuple(_untied(snapshot, unit, to).things(Span(first=made)))


@per_snapshot
def _untied(snapshot: Snapshot, unit: Unit, to: str) -> Line[Term]:
    untied = [term for term in terms(snapshot, unit, to) if _is_untied(links_by_side(snapshot, term.flow))]
    return Line([Entry(term.first, term.last, (), term) for term in untied], 0)


def _is_untied(links: dict[str | None, tuple[str, ...]]) -> bool:
    if any(link for ones in links.values() for link in ones):
        return False
    return not all("" in ones for ones in links.values())
