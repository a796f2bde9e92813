"""Look at events beside each other: rounds that skip, and one event that stands twice."""

from collections.abc import Iterator
from itertools import pairwise

from talkstrack.ledger.checking import hints
from talkstrack.ledger.checking.figures import groups
from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.register import is_before
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault
from talkstrack.model.event import Event
from talkstrack.model.register import Register, fold
from talkstrack.rules.snapshot import Snapshot

Found = tuple[Event, Fault]


def _rounds(snapshot: Snapshot) -> Iterator[list[tuple[int, Event]]]:
    """Yield the rounds of each series of talks in order, one event for each number."""
    by_whole: dict[str | None, dict[int, Event]] = {}
    for event in snapshot.events:
        if event.kind == "talks" and event.round is not None and event.status != "cancelled":
            by_whole.setdefault(event.part_of, {}).setdefault(event.round, event)
    for series in by_whole.values():
        yield sorted(series.items())


@check("round-gap", "warning", "the numbers of the rounds skip one, so a round may be missing")
def round_gap(snapshot: Snapshot) -> Iterator[Found]:
    """Find a round whose number skips one."""
    for series in _rounds(snapshot):
        for (before, _), (number, event) in pairwise(series):
            if number == before + 1:
                continue
            lacking = f"is no round {before + 1}"
            if number > before + 2:
                lacking = f"are no rounds {before + 1} to {number - 1}"
            message = f"round {number} follows round {before}: there {lacking}"
            hint = "a round that was called off can stand there as planned or lapsed"
            yield event, Fault("round-gap", ("round",), message, hint)


@check("round-order", "warning", "a round is dated before the one before it")
def round_order(snapshot: Snapshot) -> Iterator[Found]:
    """Find a round that is dated before the one before it."""
    for series in _rounds(snapshot):
        for (before, earlier), (number, event) in pairwise(series):
            if is_before(event.when, earlier.when):
                message = f"round {number} is dated {event.when.edtf}, before round {before}, {earlier.when.edtf}"
                yield event, Fault("round-order", ("round",), message)


@check("likely-duplicate", "warning", "two events of the same kind, day and agreement may be one, counted twice")
def likely_duplicate(snapshot: Snapshot) -> Iterator[Found]:
    """Find a held event that says what another of the same kind, day and agreement says."""
    alike: dict[tuple[str, str, str | None, str], list[Event]] = {}
    for event in snapshot.events:
        if not event.counts or event.id in snapshot.parts:
            continue
        title = "" if event.transfer else fold(event.title)
        others = alike.setdefault((event.kind, event.when.edtf, event.under, title), [])
        for other in others[:20]:
            if _linked(event, other) or not _may_be_one(event, other, snapshot.register):
                continue
            message = f"same kind, day and agreement as {quoted(other.id)}, and the figures allow them to be one"
            if not event.transfer:
                message = f"same kind, day and title as {quoted(other.id)}"
            command = hints.retract(event.id, f"the same as {other.id}")
            yield event, Fault("likely-duplicate", ("id",), message, f"if they are one: {command}")
            break
        others.append(event)


def _linked(event: Event, other: Event) -> bool:
    return any(
        there.id in (here.part_of, *here.about, *here.replaces) for here, there in ((event, other), (other, event))
    )


def _may_be_one(event: Event, other: Event, register: Register) -> bool:
    if not event.transfer:
        return True
    here, there = _ranges(event, register), _ranges(other, register)
    shared = here.keys() & there.keys()
    return bool(shared) and all(
        any(_meet(first, second) for first in here[key] for second in there[key]) for key in shared
    )


_Range = tuple[int, int | None]


def _ranges(event: Event, register: Register) -> dict[tuple[str, str], list[_Range]]:
    """Bound what each side says was handed over, by direction; what nobody discloses can be any number."""
    found: dict[tuple[str, str], list[_Range]] = {}
    for key, positions in groups(event, register).items():
        sides: dict[str | None, list[int]] = {}
        for position in positions:
            by = event.transfer[position].by
            sides.setdefault(register.side(by) if by else None, []).append(position)
        for rows in sides.values():
            counts = [event.transfer[position].count for position in rows]
            if all(count.state == "stated" for count in counts):
                highs = [count.high for count in counts]
                bests = sum(count.best or 0 for count in counts)
                low = sum(count.low or 0 for count in counts)
                high = None if None in highs else sum(high or 0 for high in highs)
                if low == 0 and high is None and bests:
                    low, high = bests - bests // 5, bests + bests // 5
                found.setdefault(key, []).append((low, high))
        found.setdefault(key, [(0, None)])
    return found


def _meet(one: _Range, other: _Range) -> bool:
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])
