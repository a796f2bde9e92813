"""Check that what is handed over under an agreement fits one commitment of it."""

from collections.abc import Iterable, Iterator

from talkstrack.ledger.checking import hints
from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.references import Direction, Reference, References
from talkstrack.model.convert import Fault, nearest


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
