"""Totals over scopes and spans: each hand-over once, wholes never added to their parts."""

from collections.abc import Iterable, Iterator
from operator import add as plus
from typing import NamedTuple

from talkstrack.model.dates.period import EVER, OPEN_START, Day, Span, first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Unit
from talkstrack.model.sums import NO_NUMBERS, Sum, add, intersect, numbers_of, sum_of
from talkstrack.rules.accounts import Flow, figure_in_scope, flows, flows_in, sides_tying
from talkstrack.rules.directions import unit_of_commitment
from talkstrack.rules.lines import Entry, Line
from talkstrack.rules.scope import rejects, tied_events
from talkstrack.rules.snapshot import Snapshot, per_snapshot
from talkstrack.rules.wholes import is_whole, parts_below


class Term(NamedTuple):
    """One hand-over in a total, how much of it counts, and its first and last day."""

    flow: Flow
    figure: Sum
    first: Day
    last: Day


class Asked(NamedTuple):
    """Which sum is asked for: of a unit, to a side, in a scope (None: all), by whose account (None: over all).

    `own`: by what that side ties itself or nobody disputes alone, not by what only others tie.
    """

    unit: Unit
    receiver: str
    scope: str | None = None
    account: str | None = None
    own: bool = False


class Whole(NamedTuple):
    """A whole that hands something over, and the ids of the parts below it."""

    below: frozenset[str]
    event: Event


class Block(NamedTuple):
    """Hand-overs that are measured together: a whole with all below it."""

    terms: tuple[Term, ...]
    wholes: tuple[Whole, ...]


def tally(
    snapshot: Snapshot,
    unit: Unit,
    receiver: str,
    *,
    scope: str | None = None,
    account: str | None = None,
    span: Span = EVER,
    events: tuple[Event, ...] | None = None,
) -> Sum:
    """Return the total of this unit to this side in a scope, over the accounts or by one side's; of these events alone.

    Where a whole in the scope gives a figure of its own and all its parts are counted whole, the two measure the
    same people: the bounds are what both allow. A whole whose parts say nothing of this stands for itself.
    """
    asked = Asked(unit, receiver, scope, account)
    if events is not None:
        wholes = [whole for whole in _wholes(snapshot, events) if span.holds(whole.event.when)]
        return add(_measured(snapshot, asked, _within(_terms_of(snapshot, asked, events), span), wholes))
    return _sum_within(snapshot, _normal(snapshot, asked), span)


def delivered(
    snapshot: Snapshot, reference: str, receiver: str, account: str | None = None, until: Day | None = None
) -> Sum:
    """Return what was delivered of a commitment to a side, up to a day: over the accounts, or as one side tells it.

    A party tells of what it ties itself, or nobody disputes; of what only others tie it tells nothing.
    """
    asked = _delivery(snapshot, reference, receiver, account)
    return _sum_within(snapshot, asked, EVER if until is None else Span(OPEN_START, until))


def deliveries(snapshot: Snapshot, reference: str, receiver: str, account: str | None = None) -> tuple[Term, ...]:
    """Return the hand-overs that `delivered` adds up, in order, wholes left out."""
    return _all_terms(snapshot, _delivery(snapshot, reference, receiver, account))


def _delivery(snapshot: Snapshot, reference: str, receiver: str, account: str | None) -> Asked:
    unit = unit_of_commitment(snapshot, reference) or "people"
    return _normal(snapshot, Asked(unit, receiver, reference, account, account in snapshot.register.parties))


def terms(
    snapshot: Snapshot,
    unit: Unit,
    receiver: str,
    *,
    scope: str | None = None,
    account: str | None = None,
    span: Span = EVER,
    events: tuple[Event, ...] | None = None,
) -> tuple[Term, ...]:
    """Return the hand-overs of this unit and direction in a scope (None: all), in order, wholes left out."""
    asked = Asked(unit, receiver, scope, account)
    if events is not None:
        return _within(_terms_of(snapshot, asked, events), span)
    return _within(_all_terms(snapshot, _normal(snapshot, asked)), span)


def _within(terms: tuple[Term, ...], span: Span) -> tuple[Term, ...]:
    if span == EVER:
        return terms
    first, last = span
    return tuple([term for term in terms if first <= term.first and term.last <= last])


@per_snapshot
def _all_terms(snapshot: Snapshot, asked: Asked) -> tuple[Term, ...]:
    return _terms(snapshot, asked, _flows_in_scope(snapshot, asked.scope).get((asked.unit, asked.receiver), ()))


@per_snapshot
def _flows_in_scope(snapshot: Snapshot, scope: str | None) -> dict[tuple[Unit, str], list[Flow]]:
    by_direction: dict[tuple[Unit, str], list[Flow]] = {}
    for event in _events_in(snapshot, scope):
        for flow in _handed(snapshot, event):
            by_direction.setdefault((flow.unit, flow.receiver), []).append(flow)
    return by_direction


def _events_in(snapshot: Snapshot, scope: str | None) -> tuple[Event, ...]:
    return snapshot.events if scope is None else tied_events(snapshot, scope)


def _terms_of(snapshot: Snapshot, asked: Asked, events: Iterable[Event]) -> tuple[Term, ...]:
    handing = [event for event in events if event.transfer]
    handed = [flow for event in handing for flow in handed_by(snapshot, event, asked.unit, asked.receiver)]
    return _terms(snapshot, asked, handed)


def _terms(snapshot: Snapshot, asked: Asked, flows: Iterable[Flow]) -> tuple[Term, ...]:
    amounts = [(flow, _amount(snapshot, asked, flow)) for flow in flows]
    return tuple([
        Term(flow, amount, first_day(flow.event.when), last_day(flow.event.when))
        for flow, amount in amounts
        if amount is not None
    ])  # fmt: skip


def _amount(snapshot: Snapshot, asked: Asked, flow: Flow) -> Sum | None:
    if asked.own and {asked.account, None}.isdisjoint(sides_tying(snapshot, flow, asked.scope or "")):
        return None
    return figure_in_scope(snapshot, flow, asked.scope, asked.account)


def _normal(snapshot: Snapshot, asked: Asked) -> Asked:
    """Return the same question with one name for all accounts that speak of nothing that is asked for."""
    if asked.account is None or asked.own:
        return asked
    return asked._replace(account=speaking_account(snapshot, asked.scope, asked.account))


def speaking_account(snapshot: Snapshot, scope: str | None, account: str) -> str:
    """Return an account where it speaks of anything in a scope, else ""."""
    return account if account in _speaking(snapshot, scope) else ""


@per_snapshot
def _speaking(snapshot: Snapshot, scope: str | None) -> frozenset[str | None]:
    """Return the sides that give a figure of anything in a scope."""
    handing = [event for event in _events_in(snapshot, scope) if event.transfer and event.counts]
    accounts = [account for event in handing for flow in flows(snapshot, event) for account in flow.accounts]
    return frozenset([account.side for account in accounts])


def handed_by(snapshot: Snapshot, event: Event, unit: Unit, receiver: str | None = None) -> tuple[Flow, ...]:
    """Return what a held event hands over of this unit (to this side); nothing of a whole."""
    return tuple([
        flow for flow in _handed(snapshot, event) if flow.unit == unit and receiver in (None, flow.receiver)
    ])  # fmt: skip


def _handed(snapshot: Snapshot, event: Event) -> tuple[Flow, ...]:
    if not (event.transfer and event.counts) or is_whole(snapshot, event):
        return ()
    return flows(snapshot, event)


def _sum_within(snapshot: Snapshot, asked: Asked, span: Span) -> Sum:
    line = _line(snapshot, asked)
    numbers = line.within(span)
    for block in line.cut_by(span):
        if block is not None:
            wholes = [whole for whole in block.wholes if span.holds(whole.event.when)]
            inside = add(_measured(snapshot, asked, _within(block.terms, span), wholes))
            numbers = tuple(map(plus, numbers, numbers_of(inside)))
    return sum_of(numbers)


@per_snapshot
def _line(snapshot: Snapshot, asked: Asked) -> Line[Block | None]:
    """Return a sum as a line: an entry for each hand-over, and one for each whole with all below it, measured."""
    by_event = {term.flow.event.id: term for term in _all_terms(snapshot, asked)}
    entries: list[Entry[Block | None]] = []
    for block in _blocks(_wholes_in(snapshot, asked.scope), by_event):
        if figures := _measured(snapshot, asked, block.terms, block.wholes):
            firsts = [*[term.first for term in block.terms], *[first_day(whole.event.when) for whole in block.wholes]]
            lasts = [*[term.last for term in block.terms], *[last_day(whole.event.when) for whole in block.wholes]]
            entries.append(Entry(min(firsts), max(lasts), numbers_of(add(figures)), block))
    entries += [Entry(term.first, term.last, numbers_of(term.figure), None) for term in by_event.values()]
    return Line(entries, len(NO_NUMBERS))


def _blocks(wholes: tuple[Whole, ...], by_event: dict[str, Term]) -> Iterator[Block]:
    """Take out of these hand-overs what lies below wholes: a block for each whole that is no part of another."""
    by_id = {whole.event.id: whole for whole in wholes}
    for whole in reversed(wholes):
        if whole.event.id in by_id:
            ids = (*whole.below.difference([whole.event.id]), whole.event.id)
            inside = [by_id.pop(identity) for identity in ids if identity in by_id]
            parts = [by_event.pop(identity) for identity in ids if identity in by_event]
            yield Block(tuple(parts), tuple(sorted(inside, key=_size)))


def _measured(snapshot: Snapshot, asked: Asked, terms: Iterable[Term], wholes: Iterable[Whole]) -> tuple[Sum, ...]:
    """Return the figures of these hand-overs, those of wholes in the place of their parts' where both are measured."""
    measured = {term.flow.event.id: term.figure for term in terms}
    counted = frozenset(measured)
    for below, event in wholes:
        flows_of_whole = [flow for flow in flows_in(snapshot, event, asked.unit) if flow.receiver == asked.receiver]
        for flow in flows_of_whole:
            parts = _parts_handing(snapshot, event, asked.unit, asked.receiver, asked.scope)
            amount = _amount(snapshot, asked, flow) if parts is not None and parts <= counted else None
            inside = measured.keys() & below
            if amount is not None and not (inside and amount.undisclosed):
                sums = [measured.pop(identity) for identity in inside]
                measured[event.id] = intersect(add(sums), amount) if sums else amount
    return tuple(measured.values())


def _wholes(snapshot: Snapshot, events: Iterable[Event]) -> tuple[Whole, ...]:
    """Return the wholes among these events that hand something over, those with few parts first."""
    handing = [event for event in events if event.transfer and event.counts and is_whole(snapshot, event)]
    return tuple(sorted([Whole(parts_below(snapshot, event), event) for event in handing], key=_size))


def _size(whole: Whole) -> int:
    return len(whole.below)


@per_snapshot
def _wholes_in(snapshot: Snapshot, scope: str | None) -> tuple[Whole, ...]:
    return _wholes(snapshot, _events_in(snapshot, scope))


@per_snapshot
def _parts_handing(
    snapshot: Snapshot, whole: Event, unit: Unit, receiver: str, scope: str | None
) -> frozenset[str] | None:
    """Return the parts that hand over any of what a whole measures; None where one is contested in this scope."""
    below = [snapshot.by_id[identity] for identity in parts_below(snapshot, whole)]
    parts = [flow for event in below for flow in handed_by(snapshot, event, unit, receiver)]
    rows = [(flow.event, row) for flow in parts for account in flow.accounts for row in account.rows]
    if scope is not None and any(rejects(snapshot, event, row, scope) for event, row in rows):
        return None
    return frozenset([flow.event.id for flow in parts])
