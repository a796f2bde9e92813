"""Totals over scopes and spans: each hand-over once, wholes never added to their parts."""

from collections.abc import Iterable
from typing import NamedTuple

from talkstrack.model.dates.period import EVER, Day, Span, first_day, last_day
from talkstrack.model.event import Event, What
from talkstrack.model.sums import Sum, add, intersect
from talkstrack.rules.accounts import Flow, figure, figure_in_scope, flows
from talkstrack.rules.scope import rejects, tied_events
from talkstrack.rules.snapshot import Snapshot, per_snapshot
from talkstrack.rules.wholes import is_whole, parts_below


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
    if scope is None:
        return _terms(snapshot, _handed_in(snapshot, None).get((what, to), ()), scope, account, span)
    return _terms_within(snapshot, what, to, scope, account, span)


@per_snapshot
def _terms_within(
    snapshot: Snapshot, what: What, to: str, scope: str, account: str | None, span: Span
) -> tuple[Term, ...]:
    if span != EVER:
        return _within(_terms_within(snapshot, what, to, scope, account, EVER), span)
    return _terms(snapshot, _handed_in(snapshot, scope).get((what, to), ()), scope, account, EVER)


@per_snapshot
def _handed_in(snapshot: Snapshot, scope: str | None) -> dict[tuple[What, str], tuple[Flow, ...]]:
    return _handed(snapshot, snapshot.events if scope is None else tied_events(snapshot, scope))


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
            if group.unit != what or group.receiver != to:
                continue
            told_by = _parts_measured(snapshot, below, what, to, scope)
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
    found = _wholes_in(snapshot, scope) if events is None else _wholes_of(snapshot, events)
    return found if span == EVER else tuple([one for one in found if span.holds(one[1].when)])


@per_snapshot
def _wholes_in(snapshot: Snapshot, scope: str | None) -> _Wholes:
    return _wholes_of(snapshot, snapshot.events if scope is None else tied_events(snapshot, scope))


def _wholes_of(snapshot: Snapshot, events: Iterable[Event]) -> _Wholes:
    wholes = [event for event in events if is_whole(snapshot, event) and event.counts and event.transfer]
    found = [(parts_below(snapshot, event), event) for event in wholes]
    return tuple(sorted(found, key=lambda one: len(one[0])))


def _handed(snapshot: Snapshot, events: Iterable[Event]) -> dict[tuple[What, str], tuple[Flow, ...]]:
    """Return what these events hand over by unit and direction, wholes left out."""
    found: dict[tuple[What, str], list[Flow]] = {}
    for event in events:
        if event.transfer and event.counts and not is_whole(snapshot, event):
            for group in flows(snapshot, event):
                found.setdefault((group.unit, group.receiver), []).append(group)
    return {key: tuple(handed) for key, handed in found.items()}


def _is_contested(snapshot: Snapshot, group: Flow, scope: str) -> bool:
    return any(rejects(snapshot, group.event, row, scope) for one in group.accounts for row in one.rows)


@per_snapshot
def _parts_measured(
    snapshot: Snapshot, below: frozenset[str], what: What, to: str, scope: str | None
) -> frozenset[str] | None:
    """Return the parts that hand over any of what a whole measures; None where one is contested in this scope."""
    parts = [flow for key in below for flow in handed_by(snapshot, snapshot.by_id[key], what, to)]
    if scope is not None and any(_is_contested(snapshot, flow, scope) for flow in parts):
        return None
    return frozenset(flow.event.id for flow in parts)


def handed_by(snapshot: Snapshot, event: Event, what: What, to: str | None = None) -> tuple[Flow, ...]:
    """Return what a held event hands over of this unit (to this side); nothing of a whole."""
    if not (event.transfer and event.counts) or is_whole(snapshot, event):
        return ()
    return tuple([one for one in flows(snapshot, event) if one.unit == what and to in (None, one.receiver)])
