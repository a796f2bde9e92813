"""Totals of hand-overs: rows in; totals by direction, group, month and category out, with their holes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from talkstrack.model.dates.period import Dated
from talkstrack.model.event import Event, What
from talkstrack.model.sums import NOTHING, Sum, add, as_possible
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import handed_by, tally
from talkstrack.rules.wholes import is_whole, parts_below

MOST_MONTHS = 1200


class TotalRow(msgspec.Struct, frozen=True, kw_only=True):
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


class MonthRow(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed over in one month, `2025-05`, by unit and direction; None where there was nothing."""

    month: str
    what: What
    to: str
    total: Sum | None


class CountedFlow(NamedTuple):
    """One direction of a hand-over as it enters a total; `is_possible`: it only may fall inside the span asked for."""

    event: str
    to: str
    figure: Sum
    categories: Mapping[str, Sum]
    is_possible: bool


def month_of(when: Dated) -> str:
    """Return the month a hand-over is told in, as `2025-05`: that of its first day; "" where neither end is known."""
    return (when.earliest or when.latest or "").rpartition("-")[0]


class TotalsBuilder:
    """Hand-overs of one unit that are put together, in the order of their groups, and then totalled."""

    def __init__(self, snapshot: Snapshot, what: What, account: str | None) -> None:
        self.shown = 0
        self.first: str | None = None
        self.last: str | None = None
        self._snapshot = snapshot
        self._what = what
        self._account = account
        self._wholes = _wholes(snapshot, what)
        self._groups: dict[str, list[CountedFlow]] = {}
        self._months: dict[tuple[str, str], list[Sum]] = {}

    def put(self, event: Event, group: str, flows: Iterable[CountedFlow]) -> None:
        """Put in one hand-over, told in that group."""
        self.shown += 1
        earliest, latest = event.when.earliest, event.when.latest
        if earliest and (self.first is None or earliest < self.first):
            self.first = earliest
        if latest and (self.last is None or latest > self.last):
            self.last = latest
        month = month_of(event.when)
        counted = self._groups.setdefault(group, [])
        for flow in flows:
            counted.append(flow)
            self._months.setdefault((month, flow.to), []).append(flow.figure)

    def totals(self, receivers: tuple[str, ...], *, by_group: bool) -> Iterator[TotalRow]:
        """Yield the totals by direction: of each group where that is asked for, then of all."""
        for group, flows in self._groups.items() if by_group else ():
            yield from self._totals(receivers, group, flows)
        everything = [flow for flows in self._groups.values() for flow in flows]
        yield from self._totals(receivers, None, everything, always=True)

    def months(self, receivers: tuple[str, ...]) -> Iterator[MonthRow]:
        """Yield each month from the first to the last, those without any hand-over included."""
        named = sorted({month for month, _ in self._months if len(month) == 7})
        for month in _between(named[0], named[-1]) if named else ():
            for to in receivers:
                figures = self._months.get((month, to))
                yield MonthRow(month=month, what=self._what, to=to, total=add(figures) if figures else None)

    def _totals(
        self, receivers: tuple[str, ...], group: str | None, flows: Sequence[CountedFlow], *, always: bool = False
    ) -> Iterator[TotalRow]:
        leaves = frozenset([flow.event for flow in flows if flow.event in self._wholes and not flow.is_possible])
        measuring = _measuring(self._wholes, leaves)
        events = tuple(self._snapshot.by_id[key] for key in sorted(measuring, key=self._snapshot.places.__getitem__))
        for to in receivers:
            counted = [flow for flow in flows if flow.to == to]
            if counted or always:
                account = self._account
                measured = tally(self._snapshot, self._what, to, account=account, events=events) if events else NOTHING
                others = [flow for flow in counted if flow.is_possible or flow.event not in measuring]
                yield TotalRow(
                    what=self._what,
                    to=to,
                    group=group,
                    account=account,
                    total=add([measured, *[_amount(flow, flow.figure) for flow in others]]),
                    parts=_categories(counted),
                    not_broken_down=add([_amount(flow, flow.figure) for flow in counted if not flow.categories]),
                    may=sum([flow.is_possible for flow in counted]),
                )


def _amount(flow: CountedFlow, figure: Sum) -> Sum:
    return as_possible(figure) if flow.is_possible else figure


def _categories(flows: Iterable[CountedFlow]) -> dict[str, Sum]:
    """Return what these directions come to by category: what one that only may count does not name may be nothing."""
    broken = [flow for flow in flows if flow.categories]
    names = dict.fromkeys([name for flow in broken for name in flow.categories])
    return {
        name: add([
            _amount(flow, flow.categories.get(name, NOTHING)) for flow in broken
            if name in flow.categories or flow.is_possible
        ])
        for name in names
    }  # fmt: skip


class _Whole(NamedTuple):
    """A whole with figures of its own: the hand-overs below it, and all it takes to measure them together."""

    leaves: frozenset[str]
    all: frozenset[str]


def _wholes(snapshot: Snapshot, what: What) -> dict[str, list[_Whole]]:
    """Return the wholes by the hand-overs of this unit below them."""
    found: dict[str, list[_Whole]] = {}
    for key in snapshot.parts:
        event = snapshot.by_id.get(key)
        if event is not None and event.transfer and event.counts and is_whole(snapshot, event):
            below = parts_below(snapshot, event)
            leaves = frozenset(part for part in below if handed_by(snapshot, snapshot.by_id[part], what))
            whole = _Whole(leaves, below | {event.id})
            for leaf in leaves:
                found.setdefault(leaf, []).append(whole)
    return found


def _measuring(wholes: dict[str, list[_Whole]], sure: frozenset[str]) -> frozenset[str]:
    """Return the wholes all of whose hand-overs are surely among these, with what it takes to measure them."""
    return frozenset().union(*[whole.all for leaf in sure for whole in wholes[leaf] if whole.leaves <= sure])


def _between(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, min(end, start + MOST_MONTHS) + 1)]
