"""Look at events beside each other: rounds that skip, and one event that stands twice."""

from collections.abc import Iterator
from itertools import pairwise

from talkstrack.ledger.checking.hints import quoted, retract
from talkstrack.ledger.checking.register import is_before
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault
from talkstrack.model.event import Event
from talkstrack.model.names import fold
from talkstrack.rules.accounts import Account, flows
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.wholes import is_whole

Found = tuple[Event, Fault]


def _rounds(snapshot: Snapshot) -> Iterator[tuple[tuple[int, Event], tuple[int, Event]]]:
    """Yield each round of a series of talks with the next, one event for each number."""
    by_whole: dict[str | None, dict[int, Event]] = {}
    for event in snapshot.events:
        if event.kind == "talks" and event.round is not None and event.status != "cancelled":
            by_whole.setdefault(event.part_of, {}).setdefault(event.round, event)
    for series in by_whole.values():
        yield from pairwise(sorted(series.items()))


@check("round-gap", "warning", "the numbers of the rounds skip one, so a round may be missing")
def round_gap(snapshot: Snapshot) -> Iterator[Found]:
    for (before, _), (number, event) in _rounds(snapshot):
        if number > before + 1:
            lacking = f"is no round {before + 1}"
            if number > before + 2:
                lacking = f"are no rounds {before + 1} to {number - 1}"
            message = f"round {number} follows round {before}: there {lacking}"
            hint = "a round that was called off can stand there as planned or lapsed"
            yield event, Fault("round-gap", ("round",), message, hint)


@check("round-order", "warning", "a round is dated before the one before it")
def round_order(snapshot: Snapshot) -> Iterator[Found]:
    for (before, earlier), (number, event) in _rounds(snapshot):
        if is_before(event.when, earlier.when):
            message = f"round {number} is dated {event.when.edtf}, before round {before}, {earlier.when.edtf}"
            yield event, Fault("round-order", ("round",), message)


@check("likely-duplicate", "warning", "two events of the same kind, day and agreement may be one, counted twice")
def likely_duplicate(snapshot: Snapshot) -> Iterator[Found]:
    alike: dict[tuple[str, str, str | None, str], list[Event]] = {}
    for event in snapshot.events:
        if not event.counts or is_whole(snapshot, event):
            continue
        title = "" if event.transfer else fold(event.title)
        others = alike.setdefault((event.kind, event.when.edtf, event.under, title), [])
        for other in others[:20]:
            if _linked(event, other) or not _may_be_one(snapshot, event, other):
                continue
            message = f"same kind, day and agreement as {quoted(other.id)}, and the figures allow them to be one"
            if not event.transfer:
                message = f"same kind, day and title as {quoted(other.id)}"
            command = retract(event.id, f"the same as {other.id}")
            yield event, Fault("likely-duplicate", ("id",), message, command.preceded_by("if they are one: "))
            break
        others.append(event)


def _linked(event: Event, other: Event) -> bool:
    return any(
        there.id in (here.part_of, *here.about, *here.replaces) for here, there in ((event, other), (other, event))
    )


def _may_be_one(snapshot: Snapshot, event: Event, other: Event) -> bool:
    if not event.transfer:
        return True
    first, second = _bounds(snapshot, event), _bounds(snapshot, other)
    shared = first.keys() & second.keys()
    return bool(shared) and all(
        any(_meet(bounds, rival) for bounds in first[direction] for rival in second[direction]) for direction in shared
    )


_Bounds = tuple[int, int | None]


def _bounds(snapshot: Snapshot, event: Event) -> dict[tuple[str, str], list[_Bounds]]:
    """Bound what each side discloses of what was handed over, by receiver and unit; if none does, it is any number."""
    return {
        (flow.receiver, flow.unit): [_bounds_of(account) for account in flow.accounts if account.is_disclosed]
        or [(0, None)]
        for flow in flows(snapshot, event)
    }


def _bounds_of(account: Account) -> _Bounds:
    lows, highs = zip(*[row.transfer.count.bounds for row in account.rows], strict=True)
    return sum(lows), None if None in highs else sum(highs)


def _meet(bounds: _Bounds, rival: _Bounds) -> bool:
    return (bounds[1] is None or rival[0] <= bounds[1]) and (rival[1] is None or bounds[0] <= rival[1])
