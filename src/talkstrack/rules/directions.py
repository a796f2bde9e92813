"""Directions and units: from whom to whom a row hands over, and what it, a promise or a claim counts."""

from collections.abc import Iterable
from typing import NamedTuple

from talkstrack.model.event import Event
from talkstrack.model.facets import Claim, Commitment, Transfer, Unit
from talkstrack.model.register import Register
from talkstrack.rules.snapshot import Snapshot, per_snapshot


class Direction(NamedTuple):
    """From which side to which; a giver of None: not known, or whoever it is."""

    giver: str | None
    receiver: str


class ResolvedTransfer(NamedTuple):
    """A row of a hand-over with what follows from its event and the register.

    `side` is that of its speaker, None where nobody disputes the figure.
    """

    transfer: Transfer
    giver: str | None
    receiver: str
    unit: Unit
    side: str | None


def resolved(register: Register, event: Event) -> tuple[ResolvedTransfer, ...]:
    """Return an event's transfers, each with its giver, receiver, unit and side.

    The giver is who is said to be it, else, where exactly two sides hand over to each other, the other one.
    """
    side_of = register.side
    receiving = [side_of(row.to) for row in event.transfer]
    sides = tuple(dict.fromkeys(receiving))
    other = {sides[0]: sides[1], sides[1]: sides[0]} if len(sides) == 2 else {}
    return tuple([
        ResolvedTransfer(
            row,
            other.get(receiver) if row.from_ is None else side_of(row.from_),
            receiver,
            unit_of(register, event.kind, row),
            None if row.by is None else side_of(row.by),
        )
        for row, receiver in zip(event.transfer, receiving, strict=True)
    ])  # fmt: skip


@per_snapshot
def rows_of(snapshot: Snapshot, event: Event) -> tuple[ResolvedTransfer, ...]:
    """Return the resolved transfers of an event of a snapshot."""
    return resolved(snapshot.register, event)


def unit_of(register: Register, kind: str, row: Transfer) -> Unit:
    """Return what a row of an event of this kind counts: as it says, else as the kind implies, else people."""
    return row.what or register.unit_of(kind)


def unit_promised(register: Register, event: Event, commitment: Commitment) -> Unit | None:
    """Return what a reading of a commitment counts: as it says, else, where it has a count, as its kind or people."""
    return commitment.what or (None if commitment.count is None else register.unit_of(event.kind))


@per_snapshot
def unit_of_commitment(snapshot: Snapshot, reference: str) -> Unit | None:
    """Return what a commitment counts, or None where it counts nothing."""
    readings = snapshot.commitments.get(reference, ())
    units = (unit_promised(snapshot.register, event, commitment) for event, commitment in readings)
    return next((unit for unit in units if unit is not None), None)


def unit_claimed(snapshot: Snapshot, event: Event, claim: Claim) -> Unit:
    """Return what a claim counts: as said, as its commitment or its event implies, else people."""
    if claim.what is not None:
        return claim.what
    if unit := unit_of_commitment(snapshot, claim.under or ""):
        return unit
    register = snapshot.register
    about = [snapshot.by_id[target].kind for target in event.about if target in snapshot.by_id]
    return next((unit for kind in (event.kind, *about) if (unit := register.what_of(kind))), "people")


@per_snapshot
def receivers(snapshot: Snapshot, unit: Unit) -> tuple[str, ...]:
    """Return the sides that anything of a unit was handed to, in the order of the register."""
    register = snapshot.register
    if snapshot.elsewhere is not None:
        return in_order(register, [register.side(name) for name in snapshot.elsewhere.receiving[unit]])
    rows = (row for event in snapshot.events if event.transfer for row in rows_of(snapshot, event))
    return in_order(register, [row.receiver for row in rows if row.unit == unit])


def receivers_in(register: Register, unit: Unit, events: Iterable[Event]) -> tuple[str, ...]:
    """Return the sides that these events hand anything of a unit to, in the order of the register."""
    rows = (row for event in events for row in resolved(register, event))
    return in_order(register, [row.receiver for row in rows if row.unit == unit])


def directions(snapshot: Snapshot, unit: Unit) -> tuple[Direction, ...]:
    """Return the directions of a unit: to each side that receives, from the other one where there are two."""
    receiving = receivers(snapshot, unit)
    givers = reversed(receiving) if len(receiving) == 2 else [None] * len(receiving)
    return tuple([Direction(giver, receiver) for giver, receiver in zip(givers, receiving, strict=True)])


def in_order(register: Register, sides: Iterable[str]) -> tuple[str, ...]:
    """Return sides, each once, in the order of the register; those it does not know at the end."""
    named = set(sides)
    known = [code for code in register.parties if code in named]
    return (*known, *sorted(named.difference(known)))
