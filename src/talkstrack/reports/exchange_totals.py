"""Totals of hand-overs: rows in; totals by direction, group, month, category and side out, with their holes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.counts import UNKNOWN
from talkstrack.model.dates.period import Dated
from talkstrack.model.facets import Unit
from talkstrack.model.sums import NOTHING, Sum, add, as_possible, term
from talkstrack.rules.accounts import Flow, account_sum, categories, figure
from talkstrack.rules.hand_overs import HandOver, hand_overs, tied_to
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import handed_by, tally_of
from talkstrack.rules.wholes import is_whole, parts_below

Grouping = Literal["agreement", "month", "none"]
Depth = Literal["all", "claims", "figures"]
"""What of a tally is worked out: all of it; rows with their claims, but no promises; or figures alone."""
MOST_MONTHS = 1200


class TotalRow(msgspec.Struct, frozen=True, kw_only=True):
    """The total of one unit in one direction: over everything selected, or one group of it.

    `parts` are its categories, `not_broken_down` what comes without any, `possible` how many of its terms only may
    fall inside the span asked for: they add to the high end alone. `account` is the side whose figures were taken.
    `by_side` is what each side alone tells of it, where that is asked for: its own figures, else the undisputed ones,
    and a term without a figure for each hand-over it gives no account of.
    """

    what: Unit
    to: str
    group: str | None
    account: str | None
    total: Sum
    parts: dict[str, Sum]
    not_broken_down: Sum
    possible: int
    by_side: dict[str, Sum]


class MonthRow(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed over in one month, `2025-05`, by unit and direction; None where there was nothing."""

    month: str
    what: Unit
    to: str
    total: Sum | None


class CountedFlow(NamedTuple):
    """A flow as it enters a total: by the accounts asked for, told in a group.

    `is_possible`: it only may fall inside the span asked for.
    """

    flow: Flow
    group: str
    figure: Sum
    categories: Mapping[str, Sum]
    is_possible: bool


def month_of(when: Dated) -> str:
    """Return the month a hand-over is told in, as `2025-05`: that of its first day; "" where neither end is known."""
    return (when.earliest or when.latest or "").rpartition("-")[0]


class Asked(NamedTuple):
    """Which hand-overs are asked for, and how they are told.

    `possible` are those that only may fall inside the span asked for, `account` is the side whose figures are taken.
    """

    ids: frozenset[str]
    possible: frozenset[str]
    grouping: Grouping
    account: str | None
    depth: Depth


class Counted(NamedTuple):
    """A hand-over with its flows as they are counted."""

    hand_over: HandOver
    flows: tuple[CountedFlow, ...]


def in_groups(snapshot: Snapshot, what: Unit, grouping: Grouping) -> dict[str, list[HandOver]]:
    """Return all hand-overs by group, agreements as they were made, what is under none at the end."""
    groups: dict[str, list[HandOver]] = {}
    for hand_over in hand_overs(snapshot, what):
        groups.setdefault(_group(snapshot, grouping, hand_over), []).append(hand_over)
    return {group: groups[group] for group in sorted(groups, key=lambda key: _place(snapshot, key, grouping))}


def chosen_hand_overs(snapshot: Snapshot, what: Unit, asked: Asked) -> list[Counted]:
    """Return the chosen hand-overs as they are counted, group by group."""
    return [
        Counted(hand_over, _counted(hand_over.flows, group, asked))
        for group, inside in in_groups(snapshot, what, asked.grouping).items()
        for hand_over in inside
        if hand_over.event.id in asked.ids
    ]


def _counted(flows: tuple[Flow, ...], group: str, asked: Asked) -> tuple[CountedFlow, ...]:
    side, is_possible = asked.account, flows[0].event.id in asked.possible
    return tuple([
        CountedFlow(flow, group, figure(flow, side), categories(flow, side), is_possible) for flow in flows
    ])  # fmt: skip


def _group(snapshot: Snapshot, grouping: Grouping, hand_over: HandOver) -> str:
    if grouping == "agreement":
        return tied_to(snapshot, hand_over.flows)
    return month_of(hand_over.event.when) if grouping == "month" else ""


def _place(snapshot: Snapshot, group: str, grouping: Grouping) -> tuple[int, int, str]:
    """Return where a group is told: agreements as they were made, what is under none at the end."""
    if grouping != "agreement":
        return (0, 0, group)
    event = snapshot.by_id.get(group.partition("/")[0])
    if not group or event is None:
        return (2, 0, group)
    return (0 if event.commitment else 1, snapshot.places[event.id], group)


class Totalled(NamedTuple):
    """What is totalled: the unit, who receives, by whose account, and the sides that are to be told each alone."""

    what: Unit
    receivers: tuple[str, ...]
    account: str | None
    sides: tuple[str, ...]


def total_rows(
    snapshot: Snapshot, flows: Sequence[CountedFlow], asked: Totalled, *, by_group: bool
) -> Iterator[TotalRow]:
    """Yield the totals by receiver: of each group, in the order they come in, where that is asked for; then of all."""
    wholes = _wholes(snapshot, asked.what)
    groups: dict[str, list[CountedFlow]] = {}
    for counted in flows if by_group else ():
        groups.setdefault(counted.group, []).append(counted)
    for group, inside in groups.items():
        yield from _totals(snapshot, inside, asked, group, wholes)
    yield from _totals(snapshot, flows, asked, None, wholes)


def month_rows(flows: Iterable[CountedFlow], asked: Totalled) -> Iterator[MonthRow]:
    """Yield each month from the first to the last, those without any hand-over included."""
    months: dict[tuple[str, str], list[Sum]] = {}
    for counted in flows:
        flow = counted.flow
        months.setdefault((month_of(flow.event.when), flow.receiver), []).append(counted.figure)
    named = sorted({month for month, _ in months if len(month) == len("2025-05")})
    for month in _between(named[0], named[-1]) if named else ():
        for to in asked.receivers:
            figures = months.get((month, to))
            yield MonthRow(month=month, what=asked.what, to=to, total=add(figures) if figures else None)


def _totals(
    snapshot: Snapshot, flows: Sequence[CountedFlow], asked: Totalled, group: str | None, wholes: "_Wholes"
) -> Iterator[TotalRow]:
    sure = frozenset([counted.flow.event.id for counted in flows if not counted.is_possible])
    measuring = _measuring(wholes, sure)
    events = tuple(snapshot.by_id[name] for name in sorted(measuring, key=snapshot.places.__getitem__))
    for to in asked.receivers:
        inside = [counted for counted in flows if counted.flow.receiver == to]
        if inside or group is None:
            measured = tally_of(snapshot, events, asked.what, to, asked.account)
            others = [counted for counted in inside if counted.is_possible or counted.flow.event.id not in measuring]
            yield TotalRow(
                what=asked.what,
                to=to,
                group=group,
                account=asked.account,
                total=add([measured, *[_amount(counted, counted.figure) for counted in others]]),
                parts=_categories(inside),
                not_broken_down=add([_amount(counted, counted.figure) for counted in inside if not counted.categories]),
                possible=sum([counted.is_possible for counted in inside]),
                by_side={side: add([_told_by(side, counted) for counted in inside]) for side in asked.sides},
            )


def _amount(counted: CountedFlow, figure: Sum) -> Sum:
    return as_possible(figure) if counted.is_possible else figure


def _told_by(side: str, counted: CountedFlow) -> Sum:
    return _amount(counted, account_sum(counted.flow, side) or term(UNKNOWN))


def _categories(flows: Iterable[CountedFlow]) -> dict[str, Sum]:
    """Return what these flows come to by category: what one that only may count does not name may be nothing."""
    broken = [counted for counted in flows if counted.categories]
    names = dict.fromkeys([name for counted in broken for name in counted.categories])
    return {
        name: add([
            _amount(counted, counted.categories.get(name, NOTHING)) for counted in broken
            if name in counted.categories or counted.is_possible
        ])
        for name in names
    }  # fmt: skip


class _Whole(NamedTuple):
    """A whole with figures of its own: the hand-overs below it, and all it takes to measure them together."""

    leaves: frozenset[str]
    all: frozenset[str]


_Wholes = dict[str, list[_Whole]]
"""The wholes by the hand-overs below them."""


def _wholes(snapshot: Snapshot, what: Unit) -> _Wholes:
    wholes: _Wholes = {}
    for key in snapshot.parts:
        event = snapshot.by_id.get(key)
        if event is not None and event.transfer and event.counts and is_whole(snapshot, event):
            below = parts_below(snapshot, event)
            leaves = frozenset(part for part in below if handed_by(snapshot, snapshot.by_id[part], what))
            whole = _Whole(leaves, below | {event.id})
            for leaf in leaves:
                wholes.setdefault(leaf, []).append(whole)
    return wholes


def _measuring(wholes: _Wholes, sure: frozenset[str]) -> frozenset[str]:
    """Return the wholes all of whose hand-overs are surely among these, with what it takes to measure them."""
    below = [whole for leaf in wholes.keys() & sure for whole in wholes[leaf] if whole.leaves <= sure]
    return frozenset().union(*[whole.all for whole in below])


def _between(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, min(end, start + MOST_MONTHS) + 1)]
