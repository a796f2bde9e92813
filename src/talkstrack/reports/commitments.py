"""Commitments: what was promised in each side's reading, what was delivered, and whether the promise is met."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from talkstrack.model.counts import Count, as_claimed
from talkstrack.model.days import iso_day_number
from talkstrack.model.event import Claim, Commitment, Event, What
from talkstrack.model.sums import Sum, add
from talkstrack.reports.accounts import stated_links, tied_by
from talkstrack.reports.book import Book, last_day
from talkstrack.reports.sums import Span, Term, directions, tally, terms

State = Literal["met", "open", "cannot be told", "disputed"]
WORST_FIRST: tuple[State, ...] = ("disputed", "open", "cannot be told", "met")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One side's reading of one direction of a commitment; `promised` is None where it reads no promise."""

    side: str | None
    speaker: str | None
    promised: Count | None
    delivered: Sum
    state: State | None
    met_on: str | None


class Direction(msgspec.Struct, frozen=True, kw_only=True):
    """What one side was to receive under a commitment, and did."""

    to: str
    what: What
    readings: tuple[Reading, ...]
    delivered: Sum
    by_side: dict[str, Sum]
    state: State
    met_on: str | None
    days: int | None


class Fulfilment(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's word that a commitment is complete, or is not."""

    by: str
    side: str
    event: str
    date: str
    fulfilled: bool


def delivered_state(promised: Count, delivered: Sum) -> State:
    """Return whether a promise is met by what was delivered."""
    low, _ = as_claimed(promised)
    if delivered.low >= low:
        return "met"
    if delivered.undisclosed or delivered.open or delivered.approximate:
        return "cannot be told"
    if delivered.high is None or delivered.high >= low:
        return "cannot be told"
    return "open"


def worst(states: Iterable[str | None]) -> State | None:
    """Return the worst of these states; None where none of them tells."""
    found = set(states)
    return next((one for one in WORST_FIRST if one in found), None)


def references_of(event: Event) -> tuple[str, ...]:
    """Return the references of an event's commitments, each once, however many read it."""
    return tuple(dict.fromkeys(f"{event.id}/{one.id}" for one in event.commitment))


def readings_of(book: Book, reference: str) -> dict[str | None, tuple[tuple[Event, Commitment], ...]]:
    """Return the readings of a commitment by side, each with its rows (one per direction, or one for both)."""
    found: dict[str | None, list[tuple[Event, Commitment]]] = {}
    for event, one in book.commitments.get(reference, ()):
        found.setdefault(book.side(one.by), []).append((event, one))
    return {side: tuple(rows) for side, rows in found.items()}


def unit_of(book: Book, reference: str) -> What | None:
    """Return what a commitment counts, or None where it counts nothing."""
    units = (book.promised_unit(event, one) for event, one in book.commitments.get(reference, ()))
    return next((unit for unit in units if unit is not None), None)


def towards(book: Book, reference: str) -> tuple[str, ...]:
    """Return the sides a commitment is to deliver to, in the order of the register."""
    what = unit_of(book, reference)
    if what is None:
        return ()
    found: set[str] = set()
    sides: set[str] = set()
    for event, one in book.commitments[reference]:
        if one.to is not None:
            found.add(book.register.side(one.to))
        else:
            sides.update(book.register.side(name) for name in event.parties)
    if sides:
        receiving = directions(book, book.events, what)
        found |= sides & set(receiving) or sides
    ordered = [code for code in book.register.parties if code in found]
    return (*ordered, *sorted(found.difference(ordered)))


def direction(book: Book, reference: str, to: str) -> Direction:
    """Follow one direction of a commitment from the promise to the delivery."""
    what = unit_of(book, reference) or "people"
    readings = tuple(
        _reading(book, reference, to, what, side, rows) for side, rows in readings_of(book, reference).items()
    )
    range_ = tally(book, what, to, scope=reference)
    state = _state(book, reference, readings)
    met = [one.met_on for one in readings if one.met_on]
    met_on = max(met) if state == "met" and met else None
    made = book.commitments[reference][0][0].when
    end = iso_day_number(met_on) if met_on else book.today
    days = end - made.first if made.first is not None else None
    return Direction(
        to=to,
        what=what,
        readings=readings,
        delivered=range_,
        by_side={side: told_by(book, reference, to, side) for side in tying_sides(book, reference, to)},
        state=state,
        met_on=met_on,
        days=days,
    )


def tying_sides(book: Book, reference: str, to: str) -> tuple[str, ...]:
    """Return the sides whose own account ties hand-overs to a commitment."""
    what = unit_of(book, reference) or "people"
    found: dict[str, None] = {}
    for one in terms(book, what, to, scope=reference):
        found.update((side, None) for side in tied_by(book, one.group, reference) if side is not None)
    return tuple(found)


def told_by(book: Book, reference: str, to: str, side: str | None) -> Sum:
    """Return what was delivered as one side tells it: of what it ties itself, or nobody disputes."""
    what = unit_of(book, reference) or "people"
    if side is None or side not in book.register.parties:
        return tally(book, what, to, scope=reference)
    return add(one.figure for one in _terms_of(book, reference, to, what, side))


def _terms_of(book: Book, reference: str, to: str, what: What, side: str | None) -> tuple[Term, ...]:
    found = terms(book, what, to, scope=reference, account=side)
    if side is None or side not in book.register.parties:
        return found
    return tuple(one for one in found if {side, None}.intersection(tied_by(book, one.group, reference)))


def _reading(
    book: Book,
    reference: str,
    to: str,
    what: What,
    side: str | None,
    rows: tuple[tuple[Event, Commitment], ...],
) -> Reading:
    delivered = told_by(book, reference, to, side)
    for _, one in rows:
        if one.to is None or book.register.side(one.to) == to:
            promised = one.count
            state = delivered_state(promised, delivered) if promised is not None else None
            met_on = _met_on(book, reference, to, what, side, promised) if promised and state == "met" else None
            return Reading(
                side=side, speaker=one.by, promised=promised, delivered=delivered, state=state, met_on=met_on
            )
    return Reading(side=side, speaker=rows[0][1].by, promised=None, delivered=delivered, state=None, met_on=None)


def _met_on(book: Book, reference: str, to: str, what: What, side: str | None, promised: Count) -> str | None:
    reached: list[Term] = []
    low, _ = as_claimed(promised)
    for one in _terms_of(book, reference, to, what, side):
        reached.append(one)
        if sum(term.figure.low for term in reached) >= low:
            return one.group.event.when.latest
    return None


def _state(book: Book, reference: str, readings: tuple[Reading, ...]) -> State:
    states: set[State] = {one.state for one in readings if one.state is not None}
    if any(one.promised is None for one in readings) and states and states != {"met"}:
        return "disputed"
    if len(states) > 1:
        return "disputed"
    words = {one.fulfilled for one in latest_fulfilments(book, reference).values()}
    if len(words) > 1:
        return "disputed"
    return states.pop() if states else "cannot be told"


def fulfilments(book: Book, reference: str) -> tuple[Fulfilment, ...]:
    """Return every claim that this commitment is fulfilled, or is not, in order of date."""
    return tuple(book.kept("fulfilments", lambda: _fulfilments(book)).get(reference, ()))


def _fulfilments(book: Book) -> dict[str, list[Fulfilment]]:
    found: dict[str, list[Fulfilment]] = {}
    for event in book.events:
        for claim in event.claim if event.status == "held" else ():
            if claim.fulfilled is None:
                continue
            said = Fulfilment(
                by=claim.by,
                side=book.register.side(claim.by),
                event=event.id,
                date=event.when.edtf,
                fulfilled=claim.fulfilled,
            )
            for reference in claimed_commitments(book, event, claim):
                found.setdefault(reference, []).append(said)
    return found


def latest_fulfilments(book: Book, reference: str) -> dict[str, Fulfilment]:
    """Return each side's last word on whether a commitment is fulfilled (the press is no side of it)."""
    return {one.side: one for one in fulfilments(book, reference) if book.register.source(one.by) is None}


def claimed_commitments(book: Book, event: Event, claim: Claim) -> tuple[str, ...]:
    """Return the countable commitments a claim of fulfilment is about."""
    target = claim.under or event.under or event.id
    if "/" in target:
        return (target,)
    found = book.by_id.get(target)
    ids = dict.fromkeys(one.id for one in found.commitment if book.promised_unit(found, one)) if found else {}
    return tuple(f"{target}/{one}" for one in ids)


def last_delivery(book: Book, reference: str) -> Event | None:
    """Return the last hand-over that anybody ties to this commitment."""
    what = unit_of(book, reference)
    if what is None:
        return None
    found = [one.group.event for to in towards(book, reference) for one in terms(book, what, to, scope=reference)]
    return max(found, key=lambda event: last_day(event.when), default=None)


def untied_since(book: Book, reference: str, to: str) -> tuple[Term, ...]:
    """Return the later hand-overs that nobody ties to any agreement: they may belong to this one."""
    what = unit_of(book, reference) or "people"
    made = last_day(book.commitments[reference][0][0].when)
    found = book.kept(("untied", what, to), lambda: _untied(book, what, to))
    span = Span(first=made)
    return tuple(one for one in found if span.holds(one.group.event.when))


def _untied(book: Book, what: What, to: str) -> tuple[Term, ...]:
    return tuple(one for one in terms(book, what, to) if _is_untied(stated_links(book, one.group)))


def _is_untied(links: dict[str | None, tuple[str, ...]]) -> bool:
    if any(link for ones in links.values() for link in ones):
        return False
    return not all("" in ones for ones in links.values())
