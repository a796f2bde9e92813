"""Find commitments said twice or in mixed readings, and hand-overs that fit none of an agreement, or two."""

from collections.abc import Iterable, Iterator

from talkstrack.ledger.checking.hints import all_of, quoted
from talkstrack.ledger.checking.references import Direction, Reference, References
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault
from talkstrack.model.event import Event
from talkstrack.model.names import nearest
from talkstrack.model.register import Register
from talkstrack.rules.scope import fitting, promises_of
from talkstrack.rules.snapshot import Snapshot


@check("unknown-commitment", "error", "a reference names a commitment that its event does not have")
@check("ambiguous-commitment", "error", "two commitments of the agreement fit, and which one is served is not said")
@check("unfit-commitment", "error", "people are handed over under a promise of bodies, or bodies under one of people")
def promise_faults(
    ref: Reference, target: References, commitment: str | None, earlier: Iterable[References]
) -> Iterator[Fault]:
    if commitment is None:
        yield from _under_event(ref, target)
        return
    readings = [promise for promise in target.commitments if promise.id == commitment]
    if not readings:
        yield _no_commitment(ref, target, commitment, earlier)
        return
    units = {promise.unit for promise in readings}
    for unit in dict.fromkeys(unit for unit, _ in ref.feeds):
        if unit not in units and None not in units:
            yield _unfit(ref, target, f"{target.id}/{commitment}", unit)


def _no_commitment(ref: Reference, target: References, commitment: str, earlier: Iterable[References]) -> Fault:
    had = any(promise.id == commitment for card in earlier for promise in card.commitments)
    there = sorted({promise.id for promise in target.commitments})
    hint = f"{quoted(target.id)} has {all_of(there)}" if there else f'write "{target.id}"'
    if had:
        message = f"revision {target.revision} of {quoted(target.id)} no longer has a commitment {quoted(commitment)}"
        return Fault("retracted-referenced", ref.path, message, hint)
    if near := nearest(commitment, there):
        hint = f'did you mean "{target.id}/{near}"?'
    message = f"{quoted(target.id)} has no commitment {quoted(commitment)}"
    return Fault("unknown-commitment", ref.path, message, hint)


def _under_event(ref: Reference, target: References) -> Iterator[Fault]:
    counted = {promise.unit for promise in target.commitments if promise.unit is not None}
    if not counted:
        return
    for feed in ref.feeds:
        fits = sorted(fitting(target.commitments, *feed))
        if len(fits) > 1:
            yield _ambiguous(ref, target, feed, fits)
    for unit in dict.fromkeys(unit for unit, _ in ref.feeds):
        if unit not in counted:
            yield _unfit(ref, target, target.id, unit)


def _ambiguous(ref: Reference, target: References, feed: Direction, fits: list[str]) -> Fault:
    unit, receiver = feed
    both = "both" if len(fits) == 2 else "all"
    message = f"{all_of(fits)} of {quoted(target.id)} {both} fit {unit} to {receiver}"
    hint = "write " + " or ".join(f'"{target.id}/{commitment}"' for commitment in fits)
    return Fault("ambiguous-commitment", ref.path, message, hint)


def _unfit(ref: Reference, target: References, named: str, unit: str) -> Fault:
    others = sorted({promise.id for promise in target.commitments if promise.unit == unit})
    hint = f"name what promises {unit}, or leave `under` out"
    if others:
        hint = "write " + " or ".join(f'"{target.id}/{commitment}"' for commitment in others)
    return Fault("unfit-commitment", ref.path, f"{quoted(named)} promises no {unit}", hint)


@check(
    "commitment-conflict", "error", "one side promises the same thing twice in one event, so what was promised is open"
)
def commitment_conflict(event: Event, register: Register) -> Iterator[Fault]:
    if len(event.commitment) < 2:
        return
    seen: dict[tuple[str, str | None, str | None], list[str | None]] = {}
    for position, (row, promise) in enumerate(zip(event.commitment, promises_of(register, event), strict=True)):
        side, to = register.side(row.by) if row.by else None, promise.receiver
        before = seen.setdefault((row.id, side, promise.unit), [])
        if any(to is None or other is None or to == other for other in before):
            whose = f"by {side}" if side else "by no side in particular"
            message = f"`{row.id}` {f'to {to}' if to else 'each way'} is promised twice {whose}"
            hint = "another side's reading says `by`; another promise takes an id of its own"
            yield Fault("commitment-conflict", ("commitment", position), message, hint)
        before.append(to)


@check("mixed-readings", "warning", "a commitment has readings with and without a side")
def mixed_readings(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    if len(event.commitment) < 2:
        return
    promises = promises_of(snapshot.register, event)
    for position, (row, promise) in enumerate(zip(event.commitment, promises, strict=True)):
        if row.by is not None:
            continue
        for other, rival in zip(event.commitment, promises, strict=True):
            is_same_way = None in (promise.receiver, rival.receiver) or promise.receiver == rival.receiver
            if other.id == row.id and other.by is not None and is_same_way:
                message = f"{quoted(row.id)} has a reading by {other.by}, and this one by nobody"
                hint = "say whose reading this is with `by`, or leave the other out"
                yield Fault("mixed-readings", ("commitment", position), message, hint)
                break
