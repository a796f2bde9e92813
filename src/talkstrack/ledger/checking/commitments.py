"""Find commitments said twice or in mixed readings, and hand-overs that fit none of an agreement, or two."""

from collections.abc import Iterable, Iterator

from talkstrack.ledger.checking import hints
from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.references import Direction, Reference, References
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault, nearest
from talkstrack.model.event import Event
from talkstrack.model.register import Register
from talkstrack.rules.snapshot import Snapshot


@check("unknown-commitment", "error", "a reference names a commitment that its event does not have")
@check("ambiguous-commitment", "error", "two commitments of the agreement fit, and which one is served is not said")
@check("unfit-commitment", "error", "people are handed over under a promise of bodies, or bodies under one of people")
def promise_faults(
    ref: Reference, target: References, commitment: str | None, earlier: Iterable[References]
) -> Iterator[Fault]:
    """Find what is wrong with a reference under an event, or under one commitment of it."""
    if commitment is None:
        yield from _under_event(ref, target)
        return
    readings = [promise for promise in target.commitments if promise.id == commitment]
    if not readings:
        yield _no_commitment(ref, target, commitment, earlier)
        return
    whats = {promise.what for promise in readings}
    for what in dict.fromkeys(what for what, _ in ref.feeds):
        if what not in whats and None not in whats:
            yield _unfit(ref, target, f"{target.id}/{commitment}", what)


def _no_commitment(ref: Reference, target: References, commitment: str, earlier: Iterable[References]) -> Fault:
    had = any(promise.id == commitment for card in earlier for promise in card.commitments)
    there = sorted({promise.id for promise in target.commitments})
    hint = f"{quoted(target.id)} has {hints.all_of(there)}" if there else f'write "{target.id}"'
    if had:
        message = f"revision {target.revision} of {quoted(target.id)} no longer has a commitment {quoted(commitment)}"
        return Fault("retracted-referenced", ref.path, message, hint)
    if near := nearest(commitment, there):
        hint = f'did you mean "{target.id}/{near}"?'
    message = f"{quoted(target.id)} has no commitment {quoted(commitment)}"
    return Fault("unknown-commitment", ref.path, message, hint)


def _under_event(ref: Reference, target: References) -> Iterator[Fault]:
    counted = {promise.what for promise in target.commitments if promise.what is not None}
    if not counted:
        return
    for feed in ref.feeds:
        fits = fitting(target, feed)
        if len(fits) > 1:
            yield _ambiguous(ref, target, feed, fits)
    for what in dict.fromkeys(what for what, _ in ref.feeds):
        if what not in counted:
            yield _unfit(ref, target, target.id, what)


def fitting(target: References, feed: Direction) -> list[str]:
    """Return the commitments of an event that a hand-over can serve, by what is counted and who receives it."""
    what, to = feed
    found = (one.id for one in target.commitments if one.what == what and one.to in (None, to))
    return sorted(set(found))


def _ambiguous(ref: Reference, target: References, feed: Direction, fits: list[str]) -> Fault:
    what, to = feed
    both = "both" if len(fits) == 2 else "all"
    message = f"{hints.all_of(fits)} of {quoted(target.id)} {both} fit {what} to {to}"
    hint = "write " + " or ".join(f'"{target.id}/{commitment}"' for commitment in fits)
    return Fault("ambiguous-commitment", ref.path, message, hint)


def _unfit(ref: Reference, target: References, named: str, what: str) -> Fault:
    others = sorted({promise.id for promise in target.commitments if promise.what == what})
    hint = f"name what promises {what}, or leave `under` out"
    if others:
        hint = "write " + " or ".join(f'"{target.id}/{commitment}"' for commitment in others)
    return Fault("unfit-commitment", ref.path, f"{quoted(named)} promises no {what}", hint)


@check(
    "commitment-conflict",
    "error",
    "one side promises the same thing twice in one event, so what was promised is open",
)
def commitment_conflict(event: Event, register: Register) -> Iterator[Fault]:
    """Find a commitment that one side reads twice for the same direction."""
    if len(event.commitment) < 2:
        return
    seen: dict[tuple[str, str | None, str | None], list[str | None]] = {}
    for position, row in enumerate(event.commitment):
        side = register.side(row.by) if row.by else None
        to = (register.party(row.to) or row.to) if row.to else None
        before = seen.setdefault((row.id, side, row.what), [])
        if any(to is None or other is None or to == other for other in before):
            whose = f"by {side}" if side else "by no side in particular"
            message = f"`{row.id}` {f'to {to}' if to else 'each way'} is promised twice {whose}"
            hint = "another side's reading says `by`; another promise takes an id of its own"
            yield Fault("commitment-conflict", ("commitment", position), message, hint)
        before.append(to)


@check("mixed-readings", "warning", "a commitment has readings with and without a side")
def mixed_readings(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    """Find a commitment that some read with a side and some without, for the same direction."""
    if len(event.commitment) < 2:
        return
    register = snapshot.register
    for position, row in enumerate(event.commitment):
        if row.by is not None:
            continue
        to = register.party(row.to) if row.to else None
        for other in event.commitment:
            toward = register.party(other.to) if other.to else None
            if other.id == row.id and other.by is not None and (to is None or toward is None or to == toward):
                message = f"{quoted(row.id)} has a reading by {other.by}, and this one by nobody"
                hint = "say whose reading this is with `by`, or leave the other out"
                yield Fault("mixed-readings", ("commitment", position), message, hint)
                break
