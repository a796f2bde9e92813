"""The tally: hand-overs under their commitments, running totals, claims beside them, and totals with their holes."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.dates.period import Period
from talkstrack.model.event import Event, What
from talkstrack.model.sums import NOTHING, Sum, add
from talkstrack.reports.claims import ClaimRow, claim_rows
from talkstrack.reports.exchange_totals import CountedFlow, MonthRow, TotalRow, TotalsBuilder, month_of
from talkstrack.rules.accounts import (
    Account,
    Flow,
    categories,
    figure,
    figure_in_scope,
    links_by_side,
    stated_categories,
    ties,
)
from talkstrack.rules.directions import receivers
from talkstrack.rules.hand_overs import ClaimPlaces, HandOver, claim_places, hand_overs
from talkstrack.rules.snapshot import Snapshot

Unit = Literal["people", "bodies", "all"]
Grouping = Literal["agreement", "month", "none"]


class AccountFigure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one side says of one direction; `side` is None where nobody disputes it."""

    side: str | None
    figure: Sum
    parts: dict[str, Sum]
    speakers: tuple[str, ...]
    under: tuple[str, ...]


class FlowRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One direction of one hand-over, and the running total of its group with it.

    `tied` is how much of it counts under what the row is under; None where nobody ties this direction to it.
    """

    to: str
    figure: Sum
    running: Sum
    tied: Sum | None
    accounts: tuple[AccountFigure, ...]
    parts: dict[str, Sum]


class HandOverRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One held exchange or repatriation.

    `number` is its place in its group, over the whole ledger; `under` the commitment (else the agreement or whole)
    that anybody ties it to, "" for none; `tied_by` who does; `may`: it only may fall inside the span asked for.
    """

    id: str
    kind: str
    what: What
    date: Period
    title: str
    under: str
    group: str
    number: int
    directions: tuple[FlowRow, ...]
    tied_by: tuple[str | None, ...]
    denied_by: tuple[str, ...]
    may: bool
    claims: tuple[ClaimRow, ...]


class Exchanges(msgspec.Struct, frozen=True, kw_only=True):
    """The tally report. Units are never added to each other, nor are the two directions.

    `shown` is how many hand-overs of each unit are selected, `known` how many the whole ledger holds; `claims` are
    those over several agreements.
    """

    what: Unit
    grouping: Grouping
    account: str | None
    rows: tuple[HandOverRow, ...]
    totals: tuple[TotalRow, ...]
    towards: dict[What, tuple[str, ...]]
    shown: dict[What, int]
    known: dict[What, int]
    claims: dict[What, tuple[ClaimRow, ...]]
    months: tuple[MonthRow, ...]
    first: str | None
    last: str | None

    @property
    def is_within_agreements(self) -> bool:
        """Whether each row stands under an agreement, so that no running total is over more than what is under it."""
        return not self.rows or (self.grouping == "agreement" and all(row.group for row in self.rows))


def exchanges(
    snapshot: Snapshot,
    events: tuple[Event, ...],
    *,
    what: Unit = "people",
    group: Grouping = "agreement",
    account: str | None = None,
    may: frozenset[str] = frozenset(),
    rows: bool = True,
    judged: bool = True,
) -> Exchanges:
    """Tally the selected hand-overs: `account` is the side whose figures are taken, else the range over all.

    Running totals and places in a group come from the whole ledger, so that a filter never changes a row. Without
    `rows` there are the totals alone; claims are left out unless they are to be `judged`.
    """
    side = snapshot.register.side(account) if account else None
    chosen = _Chosen(frozenset([event.id for event in events]), may, group, side, rows)
    units: tuple[What, ...] = ("people", "bodies") if what == "all" else (what,)
    receiving = {unit: receivers(snapshot, unit) for unit in units}
    totals = {unit: TotalsBuilder(snapshot, unit, side) for unit in units}
    places = {unit: claim_places(snapshot, unit) if rows and judged else () for unit in units}
    told = [row for unit in units for row in _rows(snapshot, unit, chosen, totals[unit], places[unit])]
    return Exchanges(
        what=what,
        grouping=group,
        account=side,
        rows=tuple(told),
        totals=tuple([
            total for unit in units for total in totals[unit].totals(receiving[unit], by_group=group != "none")
        ]),
        towards=receiving,
        shown={unit: totals[unit].shown for unit in units},
        known={unit: _known(snapshot, unit) for unit in units},
        claims={unit: _claims_over_several(snapshot, places[unit], chosen.ids) for unit in units},
        months=tuple([month for unit in units for month in totals[unit].months(receiving[unit])]),
        first=min((total.first for total in totals.values() if total.first), default=None),
        last=max((total.last for total in totals.values() if total.last), default=None),
    )  # fmt: skip


def _known(snapshot: Snapshot, what: What) -> int:
    return len(hand_overs(snapshot, what)) if snapshot.elsewhere is None else snapshot.elsewhere.handed.get(what, 0)


class _Chosen(NamedTuple):
    """Which hand-overs are asked for, which of them only may be meant, and how they are to be told."""

    ids: frozenset[str]
    possible: frozenset[str]
    grouping: Grouping
    side: str | None
    wants_rows: bool


def _rows(
    snapshot: Snapshot, what: What, chosen: _Chosen, totals: TotalsBuilder, places: ClaimPlaces
) -> Iterator[HandOverRow]:
    """Put the chosen hand-overs into the totals, and yield them as rows where these are asked for."""
    groups: dict[str, list[HandOver]] = {}
    for hand_over in hand_overs(snapshot, what):
        groups.setdefault(_group(chosen.grouping, hand_over), []).append(hand_over)
    claims = _claims_beneath(snapshot, places, chosen.ids)
    for group in sorted(groups, key=lambda key: _place(snapshot, key, chosen.grouping)):
        running: dict[str, Sum] = {}
        for number, hand_over in enumerate(groups[group], 1):
            event, flows = hand_over.event, hand_over.flows
            is_chosen = event.id in chosen.ids
            if not (is_chosen or chosen.wants_rows):
                continue
            figures = [figure(flow, chosen.side) for flow in flows]
            if chosen.wants_rows:
                for flow, amount in zip(flows, figures, strict=True):
                    running[flow.receiver] = add((running.get(flow.receiver, NOTHING), amount))
            if is_chosen:
                may = event.id in chosen.possible
                counted = [
                    CountedFlow(event.id, flow.receiver, amount, categories(flow, chosen.side), may)
                    for flow, amount in zip(flows, figures, strict=True)
                ]
                totals.put(event, group, counted)
                if chosen.wants_rows:
                    cells = tuple([
                        _cell(snapshot, hand_over.under, flow, told, running[flow.receiver], chosen.side)
                        for flow, told in zip(flows, counted, strict=True)
                    ])  # fmt: skip
                    yield _row(snapshot, hand_over, group, number, cells, may, tuple(claims.get(event.id, ())))


def _group(grouping: Grouping, hand_over: HandOver) -> str:
    if grouping == "agreement":
        return hand_over.under
    return month_of(hand_over.event.when) if grouping == "month" else ""


def _place(snapshot: Snapshot, group: str, grouping: Grouping) -> tuple[int, int, str]:
    """Return where a group is told: agreements as they were made, what is under none at the end."""
    if grouping != "agreement":
        return (0, 0, group)
    event = snapshot.by_id.get(group.partition("/")[0])
    if not group or event is None:
        return (2, 0, group)
    return (0 if event.commitment else 1, snapshot.places[event.id], group)


def _cell(snapshot: Snapshot, under: str, flow: Flow, counted: CountedFlow, running: Sum, side: str | None) -> FlowRow:
    links = links_by_side(snapshot, flow)
    return FlowRow(
        to=flow.receiver,
        figure=counted.figure,
        running=running,
        tied=figure_in_scope(snapshot, flow, under, side) if under else None,
        accounts=tuple([_account(flow, account, links[account.side]) for account in flow.accounts]),
        parts=dict(counted.categories),
    )


def _account(flow: Flow, account: Account, links: tuple[str, ...]) -> AccountFigure:
    alone = flow if len(flow.accounts) == 1 else flow._replace(accounts=(account,))
    return AccountFigure(
        side=account.side,
        figure=account.figure,
        parts=stated_categories(alone),
        speakers=tuple(dict.fromkeys([speaker for row in account.rows if (speaker := row.transfer.by)])),
        under=links,
    )


def _row(
    snapshot: Snapshot,
    hand_over: HandOver,
    group: str,
    number: int,
    cells: tuple[FlowRow, ...],
    may: bool,
    claims: tuple[ClaimRow, ...],
) -> HandOverRow:
    event, tied = hand_over.event, ties(snapshot, hand_over.flows)
    return HandOverRow(
        id=event.id,
        kind=event.kind,
        what=hand_over.flows[0].unit,
        date=event.when,
        title=event.title,
        under=hand_over.under,
        group=group,
        number=number,
        directions=cells,
        tied_by=tied.tied_by,
        denied_by=tied.cut_by,
        may=may,
        claims=claims,
    )


def _claims_beneath(snapshot: Snapshot, places: ClaimPlaces, chosen: frozenset[str]) -> dict[str, list[ClaimRow]]:
    """Return the claims that are told beneath the chosen hand-overs; only those are judged."""
    beneath: dict[str, list[ClaimRow]] = {}
    for event, homes in places:
        if not chosen.isdisjoint(homes):
            for home, row in zip(homes, claim_rows(snapshot, (event,)), strict=True):
                if home and home in chosen:
                    beneath.setdefault(home, []).append(row)
    return beneath


def _claims_over_several(snapshot: Snapshot, places: ClaimPlaces, chosen: frozenset[str]) -> tuple[ClaimRow, ...]:
    """Return the claims of chosen events over more than one agreement, which are told beneath no hand-over."""
    rows: list[ClaimRow] = []
    for event, homes in places:
        if event.id in chosen and "" in homes:
            rows += [row for home, row in zip(homes, claim_rows(snapshot, (event,)), strict=True) if home == ""]
    return tuple(rows)


def told_by(cell: FlowRow, side: str) -> Sum | None:
    """Return one direction as one side alone tells it: its own figure, else the undisputed one; None: no word of it."""
    for wanted in (side, None):
        for account in cell.accounts:
            if account.side == wanted:
                return account.figure
    return None
