"""Totals over scopes and spans: each hand-over once, wholes never added to their parts."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from talkstrack.model.dates.period import EVER, Day, Span, first_day, last_day
from talkstrack.model.event import Event, What
from talkstrack.model.sums import Sum, across, add
from talkstrack.rules.accounts import Flow, as_one, figure, figure_in_scope, flows
from talkstrack.rules.scope import rejects, tied_events
from talkstrack.rules.snapshot import Snapshot


class Term(NamedTuple):
    """One hand-over in a total, how much of it counts, and its first and last day."""

    group: Flow
    figure: Sum
    first: Day
    last: Day


def terms(
    snapshot: Snapshot,
    what: What,
    to: str,
    *,
    scope: str | None = None,
    account: str | None = None,
    span: Span = EVER,
    events: tuple[Event, ...] | None = None,
) -> tuple[Term, ...]:
    """Return the hand-overs of this unit and direction in a scope (None: all), in order, wholes left out."""
    if events is not None:
        return _terms(snapshot, _handed(snapshot, events).get((what, to), ()), scope, account, span)
    counting = snapshot.events if scope is None else tied_events(snapshot, scope)
    handed = snapshot.kept(("handed", scope), lambda: _handed(snapshot, counting)).get((what, to), ())
    key = "terms", what, to, scope, account
    if scope is None:
        return _terms(snapshot, handed, scope, account, span)
    found = snapshot.kept(key, lambda: _terms(snapshot, handed, scope, account, EVER))
    return found if span == EVER else snapshot.kept((*key, span), lambda: _within(found, span))


def _within(found: tuple[Term, ...], span: Span) -> tuple[Term, ...]:
    first, last = span
    return tuple([one for one in found if first <= one.first and one.last <= last])


def _terms(
    snapshot: Snapshot, handed: tuple[Flow, ...], scope: str | None, account: str | None, span: Span
) -> tuple[Term, ...]:
    found = []
    for group in handed:
        if span != EVER and not span.holds(group.event.when):
            continue
        amount = figure(group, account) if scope is None else figure_in_scope(snapshot, group, scope, account)
        if amount is not None:
            when = group.event.when
            found.append(Term(group, amount, first_day(when), last_day(when)))
    return tuple(found)


def tally(
    snapshot: Snapshot,
    what: What,
    to: str,
    *,
    scope: str | None = None,
    account: str | None = None,
    span: Span = EVER,
    events: tuple[Event, ...] | None = None,
) -> Sum:
    """Return the total of this unit to this side in a scope, over the accounts or by one side's.

    Where a whole in the scope gives a figure of its own and all its parts are counted whole, the two measure the
    same people: the bounds are what both allow. A whole whose parts say nothing of this stands for itself.
    """
    counted = terms(snapshot, what, to, scope=scope, account=account, span=span, events=events)
    measured = {one.group.event.id: one.figure for one in counted}
    handed = frozenset(measured)
    for below, event in _wholes(snapshot, scope, span, events):
        for group in flows(snapshot, event):
            if group.what != what or group.to != to:
                continue
            told_by = _told_by(snapshot, event, below, group, scope)
            if told_by is None or not told_by <= handed:
                continue
            own = figure(group, account) if scope is None else figure_in_scope(snapshot, group, scope, account)
            inside = measured.keys() & below
            if own is None or (inside and own.undisclosed):
                continue
            told = [measured.pop(key) for key in inside]
            measured[event.id] = intersect(add(told), own) if told else own
    return add(measured.values())


_Wholes = tuple[tuple[frozenset[str], Event], ...]


def _wholes(snapshot: Snapshot, scope: str | None, span: Span, events: tuple[Event, ...] | None) -> _Wholes:
    """Return the wholes of which anything can count, each with the ids of its parts; those with few parts first."""
    if events is not None:
        found = _wholes_of(snapshot, events)
    else:
        counting = snapshot.events if scope is None else tied_events(snapshot, scope)
        found = snapshot.kept(("wholes", scope), lambda: _wholes_of(snapshot, counting))
    return found if span == EVER else tuple([one for one in found if span.holds(one[1].when)])


def _wholes_of(snapshot: Snapshot, events: Iterable[Event]) -> _Wholes:
    wholes = [event for event in events if snapshot.is_whole(event) and event.counts and event.transfer]
    found = [(parts_below(snapshot, event), event) for event in wholes]
    return tuple(sorted(found, key=lambda one: len(one[0])))


def _handed(snapshot: Snapshot, events: Iterable[Event]) -> dict[tuple[What, str], tuple[Flow, ...]]:
    """Return what these events hand over by unit and direction, wholes left out."""
    found: dict[tuple[What, str], list[Flow]] = {}
    for event in events:
        if event.transfer and event.counts and not snapshot.is_whole(event):
            for group in flows(snapshot, event):
                found.setdefault((group.what, group.to), []).append(group)
    return {key: tuple(handed) for key, handed in found.items()}


def _is_contested(snapshot: Snapshot, group: Flow, scope: str) -> bool:
    return any(rejects(snapshot, group.event, row, scope) for one in group.accounts for row in one.rows)


def _told_by(
    snapshot: Snapshot, whole: Event, below: frozenset[str], measure: Flow, scope: str | None
) -> frozenset[str] | None:
    """Return the parts that hand over any of what a whole measures; None where one is contested in this scope."""

    def found() -> frozenset[str] | None:
        parts = [one for key in below for one in handed_by(snapshot, snapshot.by_id[key], measure.what, measure.to)]
        if scope is not None and any(_is_contested(snapshot, one, scope) for one in parts):
            return None
        return frozenset(one.event.id for one in parts)

    return snapshot.kept(("told by", whole.id, measure.what, measure.to, scope), found)


def handed_by(snapshot: Snapshot, event: Event, what: What, to: str | None = None) -> tuple[Flow, ...]:
    """Return what a held event hands over of this unit (to this side); nothing of a whole."""
    if not (event.transfer and event.counts) or snapshot.is_whole(event):
        return ()
    return tuple([one for one in flows(snapshot, event) if one.what == what and to in (None, one.to)])


def parts_below(snapshot: Snapshot, whole: Event) -> frozenset[str]:
    """Return the ids of all parts of the same kind below a whole, at any depth."""
    found: set[str] = set()
    waiting = [whole.id]
    while waiting:
        for part in snapshot.parts.get(waiting.pop(), ()):
            if part.kind == whole.kind and part.id not in found:
                found.add(part.id)
                waiting.append(part.id)
    return frozenset(found)


def intersect(parts: Sum, whole: Sum) -> Sum:
    """Return what two measurements of the same people allow together; their span where they do not meet."""
    if not is_compatible(parts, whole):
        apart = msgspec.structs.replace(across((_disclosed(parts), whole)), best=None)
        return _worded(apart, parts.terms, apart.counted_low, apart.counted_high)
    low, high = max(parts.low, whole.low), _least(parts.high, whole.high)
    better = whole if parts.undisclosed or (parts.high is None and whole.high is not None) else parts
    other = parts if better is whole else whole
    best = better.best if better.best is not None else other.best
    raised = low > better.counted_high
    first = max(better.counted_low, low)
    last = max(better.counted_high, low) if high is None else min(better.counted_high, high)
    found = msgspec.structs.replace(
        better,
        low=low,
        best=best if best is not None and low <= best and (high is None or best <= high) else None,
        high=high,
        approximate=better.approximate and not raised,
        open=high is None and (better.open or raised),
    )
    return _worded(found, parts.terms, first if first <= last else low, last)


def _disclosed(parts: Sum) -> Sum:
    """Return what is disclosed of a sum as a floor, so that its holes are not lost when it is spanned."""
    return msgspec.structs.replace(as_one(parts), undisclosed=0, open=parts.open or parts.undisclosed > 0)


def _worded(found: Sum, terms: int, first: int, last: int) -> Sum:
    """Return a measured sum of so many terms with the text that says what it comes to."""
    text = ("~" if found.approximate else "") + (str(first) if first == last else f"{first}..{last}")
    return msgspec.structs.replace(
        found,
        text=text + ("+" if found.open else ""),
        state="stated",
        terms=terms,
        undisclosed=0,
        counted_low=first,
        counted_high=last,
    )


def is_compatible(parts: Sum, whole: Sum) -> bool:
    """Whether a whole's own figure can be the sum of its parts."""
    return not (
        (whole.high is not None and parts.low > whole.high) or (parts.high is not None and whole.low > parts.high)
    )


def _least(one: int | None, other: int | None) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return min(known) if known else None


def directions(snapshot: Snapshot, events: Iterable[Event], what: What) -> tuple[str, ...]:
    """Return the sides that anything of this unit was handed to, in the order of the register."""
    if events is snapshot.events:
        return snapshot.kept(("directions", what), lambda: _directions(snapshot, events, what))
    return _directions(snapshot, events, what)


def _directions(snapshot: Snapshot, events: Iterable[Event], what: What) -> tuple[str, ...]:
    if events is snapshot.events and snapshot.beyond is not None:
        found = {snapshot.register.side(name) for name in snapshot.beyond.receiving[what]}
    else:
        found = {
            group.to for event in events if event.transfer for group in flows(snapshot, event) if group.what == what
        }
    known = [code for code in snapshot.register.parties if code in found]
    return (*known, *sorted(found.difference(known)))
