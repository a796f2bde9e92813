"""Totals of hand-overs: each direction of a unit, over all that is selected and in each group, with its holes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from talkstrack.model.dates.period import Dated
from talkstrack.model.facets import What
from talkstrack.model.sums import NOTHING, Adding, Sum, as_possible
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


def month_of(when: Dated) -> str:
    """Return the month a hand-over is told in, as `2025-05`: that of its first day; "" where neither end is known."""
    return (when.earliest or when.latest or "").rpartition("-")[0]


class _Direction:
    """What goes to one side, on its way into a total.

    `leaves` are the figures that a whole may stand for, by event; the others are in `figures`. What only may fall
    inside the span is in there as such, `unsure` has its categories once more.
    """

    __slots__ = ("figures", "leaves", "may", "parts", "unsure", "whole")

    def __init__(self) -> None:
        self.figures = Adding()
        self.leaves: dict[str, Sum] = {}
        self.parts: defaultdict[str, Adding] = defaultdict(Adding)
        self.whole = Adding()
        self.unsure: list[Mapping[str, Sum]] = []
        self.may = 0

    def put(self, amount: Sum, parts: Mapping[str, Sum]) -> None:
        if not parts:
            self.whole.put(amount)
        for name, part in parts.items():
            self.parts[name].put(part)

    def join(self, other: "_Direction") -> None:
        self.figures.join(other.figures)
        self.leaves |= other.leaves
        self.whole.join(other.whole)
        self.unsure += other.unsure
        self.may += other.may
        for name, parts in other.parts.items():
            self.parts[name].join(parts)


class Gathering:
    """Hand-overs of one unit that are put together, each as it is told, and then totalled: they need not be kept."""

    def __init__(self, snapshot: Snapshot, what: What) -> None:
        self.shown = 0
        self.first: str | None = None
        self.last: str | None = None
        self._book = snapshot
        self._what = what
        self._wholes = _wholes(snapshot, what)
        self._groups: dict[str, dict[str, _Direction]] = {}
        self._months: defaultdict[tuple[str, str], Adding] = defaultdict(Adding)

    def put(
        self, event: str, when: Dated, group: str, told: Mapping[str, tuple[Sum, Mapping[str, Sum]]], may: bool
    ) -> None:
        """Put in one hand-over: its group, and by direction the figure and the categories.

        `may`: it only may fall inside the span asked for.
        """
        self.shown += 1
        earliest, latest = when.earliest, when.latest
        if earliest and (self.first is None or earliest < self.first):
            self.first = earliest
        if latest and (self.last is None or latest > self.last):
            self.last = latest
        month = month_of(when)
        is_leaf = event in self._wholes
        found = self._groups.setdefault(group, {})
        for to, (amount, parts) in told.items():
            self._months[month, to].put(amount)
            here = found.get(to)
            if here is None:
                here = found[to] = _Direction()
            if may:
                here.may += 1
                here.figures.put(as_possible(amount))
                here.put(as_possible(amount), {name: as_possible(part) for name, part in parts.items()})
                here.unsure += [parts] if parts else []
                continue
            if is_leaf:
                here.leaves[event] = amount
            else:
                here.figures.put(amount)
            here.put(amount, parts)

    def totals(self, towards: tuple[str, ...], account: str | None, groups: Sequence[str]) -> Iterator[TotalRow]:
        """Yield the totals by direction: of each group in this order (none: not by group), then of all."""
        for key in groups:
            yield from self._totals(towards, account, key, self._groups[key])
        everything = {to: _Direction() for to in towards}
        for key in groups or self._groups:
            for to, here in self._groups[key].items():
                everything.setdefault(to, _Direction()).join(here)
        yield from self._totals(towards, account, None, everything)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups there are."""
        return tuple(self._groups)

    def months(self, towards: tuple[str, ...]) -> Iterator[MonthRow]:
        """Yield each month from the first to the last, those without any hand-over included."""
        named = sorted({month for month, _ in self._months if len(month) == 7})
        for month in _between(named[0], named[-1]) if named else ():
            for to in towards:
                sums = self._months.get((month, to))
                yield MonthRow(month=month, what=self._what, to=to, total=sums.sum() if sums else None)

    def _totals(
        self, towards: tuple[str, ...], account: str | None, key: str | None, found: Mapping[str, _Direction]
    ) -> Iterator[TotalRow]:
        measuring = _measuring(self._wholes, frozenset().union(*[here.leaves for here in found.values()]))
        events = tuple(self._book.by_id[one] for one in sorted(measuring, key=self._book.places.__getitem__))
        for to in towards:
            if to in found:
                measured = tally(self._book, self._what, to, account=account, events=events) if events else NOTHING
                yield _total(self._what, to, key, account, found[to], measured, measuring)


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
            leaves = frozenset(one for one in below if handed_by(snapshot, snapshot.by_id[one], what))
            whole = _Whole(leaves, below | {event.id})
            for leaf in leaves:
                found.setdefault(leaf, []).append(whole)
    return found


def _measuring(wholes: dict[str, list[_Whole]], sure: frozenset[str]) -> frozenset[str]:
    """Return the wholes all of whose hand-overs are surely among these, with what it takes to measure them."""
    return frozenset().union(*[whole.all for leaf in sure for whole in wholes[leaf] if whole.leaves <= sure])


def _total(
    what: What,
    to: str,
    key: str | None,
    account: str | None,
    here: _Direction,
    measured: Sum,
    measuring: frozenset[str],
) -> TotalRow:
    unmeasured = [amount for event, amount in here.leaves.items() if event not in measuring]
    nothing = as_possible(NOTHING)
    return TotalRow(
        what=what,
        to=to,
        group=key,
        account=account,
        total=here.figures.sum([measured, *unmeasured]),
        parts={
            name: parts.sum([nothing for unsure in here.unsure if name not in unsure])
            for name, parts in here.parts.items()
        },
        not_broken_down=here.whole.sum(),
        may=here.may,
    )


def _between(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, min(end, start + MOST_MONTHS) + 1)]
