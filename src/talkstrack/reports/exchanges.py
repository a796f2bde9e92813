"""The tally: hand-overs under their commitments, running totals, claims beside them, and totals with their holes."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.event import Event, What
from talkstrack.model.handing import Handing
from talkstrack.model.sums import Sum
from talkstrack.reports.accounts import groups, told
from talkstrack.reports.book import Book
from talkstrack.reports.claims import ClaimRow
from talkstrack.reports.handovers import (
    Cell,
    Grouping,
    HandoverRow,
    claims_beyond,
    group_key,
    group_of,
    handover_rows,
    handovers,
    in_order,
)
from talkstrack.reports.sums import EVER, Span, directions
from talkstrack.reports.totals import Gathering, MonthSum, Total

__all__ = [
    "Cell", "Exchanges", "Grouping", "HandoverRow", "MonthSum", "Total", "Unit", "exchange_totals", "exchanges",
    "told_by",
]  # fmt: skip

Unit = Literal["people", "bodies", "all"]


class Exchanges(msgspec.Struct, frozen=True, kw_only=True):
    """The tally report. Units are never added to each other, nor are the two directions.

    `shown` is how many hand-overs of each unit are selected, `known` how many the whole ledger holds; `claims` are
    those over several agreements.
    """

    what: Unit
    grouping: Grouping
    account: str | None
    rows: tuple[HandoverRow, ...]
    totals: tuple[Total, ...]
    towards: dict[What, tuple[str, ...]]
    shown: dict[What, int]
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
    judged: bool = True,
) -> Exchanges:
    """Tally the selected hand-overs: `account` is the side whose figures are taken, else the range over all.

    Running totals and places in a group come from the whole ledger, so that a filter never changes a row. Claims are
    left out unless they are to be `judged`.
    """
    side = book.register.side(account) if account else None
    chosen = frozenset(event.id for event in events)

    def tallied(unit: What) -> _Tallied:
        found = handovers(book, unit)
        rows = handover_rows(book, unit, found, chosen=chosen, grouping=group, side=side, may=may, judged=judged)
        gathered = Gathering(book, unit)
        for row in rows:
            told = {cell.to: (cell.figure, cell.parts) for cell in row.directions}
            gathered.put(row.id, row.date, row.group, told, row.may)
        return _Tallied(rows, gathered, len(found), claims_beyond(book, unit, found, events) if judged else ())

    return _report(book, what, group, side, {unit: tallied(unit) for unit in _UNITS[what]})


def exchange_totals(
    book: Book,
    handings: Iterable[Handing],
    *,
    what: Unit = "people",
    group: Grouping = "none",
    account: str | None = None,
    span: Span = EVER,
) -> Exchanges:
    """Total these hand-overs as `exchanges` does, without their rows and claims.

    The book must have all wholes and parts; for groups by agreement also these events, and what they are under.
    """
    side = book.register.side(account) if account else None
    found = {unit: Gathering(book, unit) for unit in _UNITS[what]}
    wholes = {key for key in book.parts if key in book.by_id and book.is_whole(book.by_id[key])}
    for one in handings:
        if one.event in wholes:
            continue
        may = span != EVER and not span.holds(one)
        for unit, gathered in found.items():
            if own := told(book, one, unit, side):
                key = group_key(group, one, _under(book, one, unit) if group == "agreement" else "")
                gathered.put(one.event, one, key, own, may)
    known = {unit: 0 if book.beyond is not None else len(handovers(book, unit)) for unit in found}
    return _report(book, what, group, side, {unit: _Tallied((), one, known[unit], ()) for unit, one in found.items()})


def _under(book: Book, handing: Handing, unit: What) -> str:
    return group_of(book, tuple(one for one in groups(book, book.by_id[handing.event]) if one.what == unit))


_UNITS: dict[Unit, tuple[What, ...]] = {"people": ("people",), "bodies": ("bodies",), "all": ("people", "bodies")}


class _Tallied(NamedTuple):
    rows: tuple[HandoverRow, ...]
    gathered: Gathering
    known: int
    claims: tuple[ClaimRow, ...]


def _report(book: Book, what: Unit, group: Grouping, side: str | None, found: dict[What, _Tallied]) -> Exchanges:
    towards = {unit: directions(book, book.events, unit) for unit in found}
    known = {unit: one.known for unit, one in found.items()}
    gathered = {unit: one.gathered for unit, one in found.items()}
    totals: list[Total] = []
    for unit, ones in gathered.items():
        keys = in_order(book, group, ones.groups) if group != "none" else ()
        totals += ones.totals(towards[unit], side, keys)
    return Exchanges(
        what=what,
        grouping=group,
        account=side,
        rows=tuple([row for one in found.values() for row in one.rows]),
        totals=tuple(totals),
        towards=towards,
        shown={unit: ones.shown for unit, ones in gathered.items()},
        known=known if book.beyond is None else {unit: book.beyond.handed.get(unit, 0) for unit in found},
        claims={unit: one.claims for unit, one in found.items()},
        months=tuple(month for unit, ones in gathered.items() for month in ones.months(towards[unit])),
        first=min((ones.first for ones in gathered.values() if ones.first), default=None),
        last=max((ones.last for ones in gathered.values() if ones.last), default=None),
    )


def told_by(cell: Cell, side: str) -> Sum | None:
    """Return one direction as one side alone tells it: its own figure, else the undisputed one; None: no word of it."""
    for wanted in (side, None):
        for one in cell.accounts:
            if one.side == wanted:
                return one.figure
    return None
