"""Totals over scopes and spans: each hand-over once, wholes never added to their parts."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from talkstrack.model.counts import Sum, across, add
from talkstrack.model.event import Event, What
from talkstrack.reports.accounts import Group, as_one, figure, groups, in_scope
from talkstrack.reports.book import OPEN_END, OPEN_START, Book, Day, first_day, last_day
from talkstrack.reports.scopes import denies, tied_events


class Span(NamedTuple):
    """Days, both included. An event counts where its last day lies inside (and its first is not before it)."""

    first: Day = OPEN_START
    last: Day = OPEN_END

    def holds(self, event: Event) -> bool:
        """Whether the event certainly falls inside."""
        return self.first <= first_day(event.when) and last_day(event.when) <= self.last


EVER = Span()


class Term(NamedTuple):
    """One hand-over in a total, and how much of it counts."""

    group: Group
    figure: Sum


def terms(
    book: Book,
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
        return _terms(book, what, to, scope, account, span, events)
    if scope is None:
        handed = book.kept("handed", lambda: _handed(book)).get((what, to), ())
        return tuple(Term(group, figure(group, account)) for group in handed if span.holds(group.event))
    key = "terms", what, to, scope, account, span
    return book.kept(key, lambda: _terms(book, what, to, scope, account, span, tied_events(book, scope)))


def _terms(
    book: Book,
    what: What,
    to: str,
    scope: str | None,
    account: str | None,
    span: Span,
    events: tuple[Event, ...],
) -> tuple[Term, ...]:
    found = []
    for event in events:
        if not (event.transfer and event.counts and span.holds(event)) or book.is_whole(event):
            continue
        for group in groups(book, event):
            if group.what != what or group.to != to:
                continue
            amount = figure(group, account) if scope is None else in_scope(book, group, scope, account)
            if amount is not None:
                found.append(Term(group, amount))
    return tuple(found)


def tally(
    book: Book,
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
    counted = terms(book, what, to, scope=scope, account=account, span=span, events=events)
    measured = {one.group.event.id: one.figure for one in counted}
    handed = frozenset(
        one.group.event.id for one in counted if scope is None or not _is_contested(book, one.group, scope)
    )
    wholes = [
        (parts_below(book, event), event)
        for event in (_all(book, scope) if events is None else events)
        if event.counts and event.transfer and span.holds(event) and book.is_whole(event)
    ]
    for below, event in sorted(wholes, key=lambda one: len(one[0])):
        for group in groups(book, event):
            if group.what != what or group.to != to or not _told_by(book, below, what, to) <= handed:
                continue
            own = figure(group, account) if scope is None else in_scope(book, group, scope, account)
            inside = measured.keys() & below
            if own is None or (inside and own.undisclosed):
                continue
            told = [measured.pop(key) for key in inside]
            measured[event.id] = meet(add(told), own) if told else own
    return add(measured.values())


def _all(book: Book, scope: str | None) -> tuple[Event, ...]:
    """Return the events of which anything can count in a scope."""
    return book.events if scope is None else tied_events(book, scope)


def _handed(book: Book) -> dict[tuple[What, str], tuple[Group, ...]]:
    found: dict[tuple[What, str], list[Group]] = {}
    for event in book.events:
        if event.transfer and event.counts and not book.is_whole(event):
            for group in groups(book, event):
                found.setdefault((group.what, group.to), []).append(group)
    return {key: tuple(handed) for key, handed in found.items()}


def _is_contested(book: Book, group: Group, scope: str) -> bool:
    return any(denies(book, group.event, row, scope) for one in group.accounts for row in one.rows)


def _told_by(book: Book, below: frozenset[str], what: What, to: str) -> frozenset[str]:
    """Return those parts that hand over anything of this unit to this side."""
    return frozenset(
        key
        for key in below
        if (event := book.by_id[key]).counts
        and not book.is_whole(event)
        and any((one.what, one.to) == (what, to) for one in groups(book, event))
    )


def parts_below(book: Book, whole: Event) -> frozenset[str]:
    """Return the ids of all parts of the same kind below a whole, at any depth."""
    found: set[str] = set()
    waiting = [whole.id]
    while waiting:
        for part in book.parts.get(waiting.pop(), ()):
            if part.kind == whole.kind and part.id not in found:
                found.add(part.id)
                waiting.append(part.id)
    return frozenset(found)


def meet(parts: Sum, whole: Sum) -> Sum:
    """Return what two measurements of the same people allow together; their span where they do not meet."""
    if not they_meet(parts, whole):
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


def they_meet(parts: Sum, whole: Sum) -> bool:
    """Whether a whole's own figure can be the sum of its parts."""
    return not (
        (whole.high is not None and parts.low > whole.high) or (parts.high is not None and whole.low > parts.high)
    )


def _least(one: int | None, other: int | None) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return min(known) if known else None


def directions(book: Book, events: Iterable[Event], what: What) -> tuple[str, ...]:
    """Return the sides that anything of this unit was handed to, in the order of the register."""
    if events is book.events:
        return book.kept(("directions", what), lambda: _directions(book, events, what))
    return _directions(book, events, what)


def _directions(book: Book, events: Iterable[Event], what: What) -> tuple[str, ...]:
    if events is book.events and book.beyond is not None:
        found = {book.register.side(name) for name in book.beyond.receiving[what]}
    else:
        found = {group.to for event in events if event.transfer for group in groups(book, event) if group.what == what}
    known = [code for code in book.register.parties if code in found]
    return (*known, *sorted(found.difference(known)))
