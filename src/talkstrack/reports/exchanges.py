"""The tally: hand-overs under their commitments, running totals, claims beside them, and totals with their holes."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.counts import Sum, add
from talkstrack.model.event import Event, What
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
    month_of,
)
from talkstrack.reports.sums import EVER, Span, directions
from talkstrack.reports.totals import Counted, Total, totals

__all__ = [
    "Cell", "Exchanges", "Grouping", "HandoverRow", "MonthSum", "Total", "Unit", "exchange_totals", "exchanges",
    "told_by",
]  # fmt: skip

Unit = Literal["people", "bodies", "all"]
MOST_MONTHS = 1200


class MonthSum(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed over in one month, `2025-05`, in one direction; None where there was nothing."""

    month: str
    to: str
    total: Sum | None


class Exchanges(msgspec.Struct, frozen=True, kw_only=True):
    """The tally report. Units are never added to each other, nor are the two directions.

    `counted` is what the totals are over, `known` how many hand-overs of each unit the whole ledger holds; `claims`
    are those over several agreements.
    """

    what: Unit
    grouping: Grouping
    account: str | None
    rows: tuple[HandoverRow, ...]
    counted: dict[What, tuple[Counted, ...]]
    totals: tuple[Total, ...]
    towards: dict[What, tuple[str, ...]]
    known: dict[What, int]
    claims: dict[What, tuple[ClaimRow, ...]]

    def shown(self, what: What) -> int:
        """Return how many hand-overs of a unit are selected."""
        return len({one.event for one in self.counted[what]})

    @property
    def span(self) -> tuple[str | None, str | None]:
        """The first and the last day of what is selected."""
        whens = [one.when for counted in self.counted.values() for one in counted]
        first = min((when.earliest for when in whens if when.earliest), default=None)
        return first, max((when.latest for when in whens if when.latest), default=None)

    def months(self, what: What) -> tuple[MonthSum, ...]:
        """Return the sums of each month from the first to the last, those without any hand-over included."""
        return tuple(_months(self.counted[what], self.towards[what]))


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
        counted = [
            Counted(row.id, row.date, row.group, cell.to, cell.figure, cell.parts, row.may)
            for row in rows
            for cell in row.directions
        ]
        claims = claims_beyond(book, unit, found, events) if judged else ()
        return _Tallied(rows, tuple(counted), len(found), claims)

    return _report(book, what, group, side, {unit: tallied(unit) for unit in _UNITS[what]})


def exchange_totals(
    book: Book,
    events: Iterable[Event],
    *,
    what: Unit = "people",
    group: Grouping = "none",
    account: str | None = None,
    span: Span = EVER,
) -> Exchanges:
    """Total the hand-overs among these events as `exchanges` does, without their rows and claims.

    The book need not have them, but all wholes and parts, and for groups by agreement also what they are under.
    """
    side = book.register.side(account) if account else None
    inside: dict[What, dict[str, list[Counted]]] = {unit: {} for unit in _UNITS[what]}
    for event in events:
        if event.counts and event.transfer and not book.is_whole(event):
            may = span != EVER and not span.holds(event)
            for unit, groups_of in inside.items():
                if own := told(book, event, unit, side):
                    key = group_key(group, event.when, _under(book, event, unit) if group == "agreement" else "")
                    groups_of.setdefault(key, []).extend([
                        Counted(event.id, event.when, key, to, *amounts, may) for to, amounts in own.items()
                    ])  # fmt: skip

    def tallied(unit: What) -> _Tallied:
        counted = [one for key in in_order(book, group, inside[unit]) for one in inside[unit][key]]
        return _Tallied((), tuple(counted), 0 if book.beyond is not None else len(handovers(book, unit)), ())

    return _report(book, what, group, side, {unit: tallied(unit) for unit in inside})


def _under(book: Book, event: Event, unit: What) -> str:
    return group_of(book, tuple(one for one in groups(book, event) if one.what == unit))


_UNITS: dict[Unit, tuple[What, ...]] = {"people": ("people",), "bodies": ("bodies",), "all": ("people", "bodies")}


class _Tallied(NamedTuple):
    rows: tuple[HandoverRow, ...]
    counted: tuple[Counted, ...]
    known: int
    claims: tuple[ClaimRow, ...]


def _report(book: Book, what: Unit, group: Grouping, side: str | None, found: dict[What, _Tallied]) -> Exchanges:
    towards = {unit: directions(book, book.events, unit) for unit in found}
    known = {unit: one.known for unit, one in found.items()}
    return Exchanges(
        what=what,
        grouping=group,
        account=side,
        rows=tuple([row for one in found.values() for row in one.rows]),
        counted={unit: one.counted for unit, one in found.items()},
        totals=tuple(
            total
            for unit, one in found.items()
            for total in totals(book, unit, one.counted, towards=towards[unit], account=side, grouped=group != "none")
        ),
        towards=towards,
        known=known if book.beyond is None else {unit: book.beyond.handed.get(unit, 0) for unit in found},
        claims={unit: one.claims for unit, one in found.items()},
    )


def told_by(cell: Cell, side: str) -> Sum | None:
    """Return one direction as one side alone tells it: its own figure, else the undisputed one; None: no word of it."""
    for wanted in (side, None):
        for one in cell.accounts:
            if one.side == wanted:
                return one.figure
    return None


def _months(counted: Iterable[Counted], towards: tuple[str, ...]) -> Iterable[MonthSum]:
    found: dict[tuple[str, str], list[Sum]] = {}
    for one in counted:
        found.setdefault((month_of(one.when), one.to), []).append(one.figure)
    named = sorted({month for month, _ in found if len(month) == 7})
    for month in _between(named[0], named[-1]) if named else ():
        for to in towards:
            sums = found.get((month, to))
            yield MonthSum(month=month, to=to, total=add(sums) if sums else None)


def _between(first: str, last: str) -> Iterable[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, min(end, start + MOST_MONTHS) + 1)]
