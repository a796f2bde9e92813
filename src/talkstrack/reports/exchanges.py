"""The tally: hand-overs under their commitments, running totals, claims beside them, and totals with their holes."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.counts import NOTHING, Sum, add
from talkstrack.model.event import Event, What
from talkstrack.reports.accounts import perhaps
from talkstrack.reports.book import Book
from talkstrack.reports.claims import ClaimRow
from talkstrack.reports.handovers import (
    Cell,
    Grouping,
    Handover,
    HandoverRow,
    claims_beyond,
    handover_rows,
    handovers,
    month_of,
)
from talkstrack.reports.sums import directions, parts_below, tally

__all__ = ["Cell", "Exchanges", "Grouping", "HandoverRow", "MonthSum", "Total", "Unit", "exchanges", "told_by"]

Unit = Literal["people", "bodies", "all"]
MOST_MONTHS = 1200


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """The total of one unit in one direction: over everything selected, or one group of it.

    `parts` are its categories, `not_broken_down` what comes without any, `may` how many of its terms only may fall
    inside the span asked for: they add to the high end alone. `account` is the side whose figures were taken.
    """

    what: What
    to: str
    group: str | None
    account: str | None
    total: Sum
    parts: dict[str, Sum]
    not_broken_down: Sum
    may: int


class MonthSum(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed over in one month, `2025-05`, by unit and direction; None where there was nothing."""

    month: str
    what: What
    to: str
    total: Sum | None


class Exchanges(msgspec.Struct, frozen=True, kw_only=True):
    """The tally report. Units are never added to each other, nor are the two directions.

    `known` is how many hand-overs of each unit the whole ledger holds; `claims` are those over several agreements.
    """

    what: Unit
    grouping: Grouping
    account: str | None
    rows: tuple[HandoverRow, ...]
    totals: tuple[Total, ...]
    towards: dict[What, tuple[str, ...]]
    known: dict[What, int]
    claims: dict[What, tuple[ClaimRow, ...]]
    months: tuple[MonthSum, ...]
    first: str | None
    last: str | None


def exchanges(
    book: Book,
    events: tuple[Event, ...],
    *,
    what: Unit = "people",
    group: Grouping = "agreement",
    account: str | None = None,
    may: frozenset[str] = frozenset(),
) -> Exchanges:
    """Tally the selected hand-overs: `account` is the side whose figures are taken, else the range over all.

    Running totals and places in a group come from the whole ledger, so that a filter never changes a row.
    """
    units: tuple[What, ...] = ("people", "bodies") if what == "all" else (what,)
    side = book.register.side(account) if account else None
    found = {unit: _tallied(book, unit, events, group, side, may) for unit in units}
    rows = tuple(row for one in found.values() for row in one.rows)
    return Exchanges(
        what=what,
        grouping=group,
        account=side,
        rows=rows,
        totals=tuple(total for one in found.values() for total in one.totals),
        towards={unit: one.towards for unit, one in found.items()},
        known={unit: one.known for unit, one in found.items()},
        claims={unit: one.claims for unit, one in found.items()},
        months=tuple(month for unit, one in found.items() for month in _months(unit, one.rows, one.towards)),
        first=min((row.date.earliest for row in rows if row.date.earliest), default=None),
        last=max((row.date.latest for row in rows if row.date.latest), default=None),
    )


class _Tallied(NamedTuple):
    rows: tuple[HandoverRow, ...]
    totals: tuple[Total, ...]
    towards: tuple[str, ...]
    known: int
    claims: tuple[ClaimRow, ...]


def _tallied(
    book: Book, unit: What, events: tuple[Event, ...], group: Grouping, side: str | None, may: frozenset[str]
) -> _Tallied:
    found = handovers(book, unit)
    towards = directions(book, book.events, unit)
    chosen = frozenset(event.id for event in events)
    rows = handover_rows(book, unit, found, chosen=chosen, grouping=group, side=side, may=may)
    totals = tuple(_totals(book, unit, found, rows, towards, side, grouped=group != "none"))
    known = book.beyond.handed.get(unit, 0) if book.beyond is not None else len(found)
    return _Tallied(rows, totals, towards, known, claims_beyond(book, unit, found, events))


def told_by(cell: Cell, side: str) -> Sum | None:
    """Return one direction as one side alone tells it: its own figure, else the undisputed one; None: no word of it."""
    for wanted in (side, None):
        for one in cell.accounts:
            if one.side == wanted:
                return one.figure
    return None


class _Whole(NamedTuple):
    """A whole with figures of its own: the hand-overs below it, and all it takes to measure them together."""

    leaves: frozenset[str]
    all: frozenset[str]


def _totals(
    book: Book,
    what: What,
    found: tuple[Handover, ...],
    rows: tuple[HandoverRow, ...],
    towards: tuple[str, ...],
    side: str | None,
    *,
    grouped: bool,
) -> Iterable[Total]:
    wholes = _wholes(book, frozenset(one.event.id for one in found))
    keys = list(dict.fromkeys(row.group for row in rows)) if grouped else []
    inside: dict[str, list[HandoverRow]] = {}
    for row in rows:
        inside.setdefault(row.group, []).append(row)
    for key in (*keys, None):
        shown = list(rows) if key is None else inside[key]
        for to in towards:
            here = [row for row in shown if any(cell.to == to for cell in row.directions)]
            if here or key is None:
                sure = frozenset(row.id for row in shown if not row.may)
                yield _total(book, what, to, key, here, _measuring(wholes, sure), side)


def _wholes(book: Book, handed: frozenset[str]) -> dict[str, list[_Whole]]:
    """Return the wholes by the hand-overs below them."""
    found: dict[str, list[_Whole]] = {}
    for event in book.events:
        if event.transfer and event.counts and book.is_whole(event):
            below = parts_below(book, event)
            if leaves := below & handed:
                whole = _Whole(leaves, below | {event.id})
                for leaf in leaves:
                    found.setdefault(leaf, []).append(whole)
    return found


def _measuring(wholes: dict[str, list[_Whole]], sure: frozenset[str]) -> frozenset[str]:
    """Return the wholes all of whose hand-overs are among these, with what it takes to measure them."""
    found = (whole.all for leaf in sure for whole in wholes.get(leaf, ()) if whole.leaves <= sure)
    return frozenset().union(*found)


def _total(
    book: Book,
    what: What,
    to: str,
    key: str | None,
    rows: list[HandoverRow],
    measuring: frozenset[str],
    side: str | None,
) -> Total:
    cells = [(cell, row.may) for row in rows for cell in row.directions if cell.to == to]
    ids = measuring.union(row.id for row in rows if not row.may)
    events = tuple(book.by_id[key] for key in sorted(ids, key=book.places.__getitem__))
    measured = tally(book, what, to, account=side, events=events)
    possible = [perhaps(cell.figure) for cell, may in cells if may]
    names = dict.fromkeys(name for cell, _ in cells for name in cell.parts)
    broken = [(cell, may) for cell, may in cells if cell.parts]
    return Total(
        what=what,
        to=to,
        group=key,
        account=side,
        total=add((measured, *possible)) if possible else measured,
        parts={name: add(_as_may(cell.parts.get(name, NOTHING), may) for cell, may in broken) for name in names},
        not_broken_down=add(_as_may(cell.figure, may) for cell, may in cells if not cell.parts),
        may=len(possible),
    )


def _as_may(amount: Sum, may: bool) -> Sum:
    return perhaps(amount) if may else amount


def _months(what: What, rows: tuple[HandoverRow, ...], towards: tuple[str, ...]) -> Iterable[MonthSum]:
    """Yield each month from the first to the last, those without any hand-over included."""
    found: dict[tuple[str, str], list[Sum]] = {}
    for row in rows:
        for cell in row.directions:
            found.setdefault((month_of(row.date), cell.to), []).append(cell.figure)
    named = sorted({month for month, _ in found if len(month) == 7})
    for month in _between(named[0], named[-1]) if named else ():
        for to in towards:
            sums = found.get((month, to))
            yield MonthSum(month=month, what=what, to=to, total=add(sums) if sums else None)


def _between(first: str, last: str) -> Iterable[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, min(end, start + MOST_MONTHS) + 1)]
