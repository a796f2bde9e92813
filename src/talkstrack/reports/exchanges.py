"""The tally: hand-overs under their commitments, running totals, claims beside them, and totals with their holes."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Literal, TypeVar

import msgspec

from talkstrack.model.dates.period import Period, ends_of
from talkstrack.model.event import Event
from talkstrack.model.facets import UNITS, Unit
from talkstrack.model.sums import NOTHING, Sum, add
from talkstrack.reports.agreements import CommitmentRow, commitment_row
from talkstrack.reports.claims import ClaimRow, claims_beneath, claims_over_several
from talkstrack.reports.exchange_totals import (
    Asked,
    Counted,
    CountedFlow,
    Depth,
    Grouping,
    MonthRow,
    Totalled,
    TotalRow,
    chosen_hand_overs,
    in_groups,
    month_rows,
    total_rows,
)
from talkstrack.rules.accounts import (
    Account,
    Flow,
    account_sum,
    figure,
    figure_in_scope,
    links_by_side,
    stated_categories,
    ties,
)
from talkstrack.rules.directions import receivers
from talkstrack.rules.hand_overs import hand_overs, tied_to
from talkstrack.rules.snapshot import Snapshot

Units = Literal[Unit, "all"]
_Row = TypeVar("_Row")


class AccountFigure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one side says of one direction; `side` is None where nobody disputes it."""

    side: str | None
    is_press: bool
    figure: Sum
    parts: dict[str, Sum]
    speakers: tuple[str, ...]
    under: tuple[str, ...]


class FlowRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One direction of one hand-over, and the running total of its group with it.

    `tied` is how much of it counts under what the row is under; None where nobody ties this direction to it. `by_side`
    is what each side alone tells of it, where that is asked for; None: it gives no account of it.
    """

    to: str
    figure: Sum
    running: Sum
    tied: Sum | None
    accounts: tuple[AccountFigure, ...]
    by_side: dict[str, Sum | None]
    parts: dict[str, Sum]


class HandOverRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One held exchange or repatriation.

    `number` is its place in its group, over the whole ledger; `under` the commitment (else the agreement or whole)
    that anybody ties it to, "" for none; `tied_by` who does, `denied_by` who cuts that link; `is_possible`: it only may
    fall inside the span asked for.
    """

    id: str
    kind: str
    what: Unit
    date: Period
    title: str
    under: str
    group: str
    number: int
    directions: tuple[FlowRow, ...]
    tied_by: tuple[str | None, ...]
    denied_by: tuple[str, ...]
    is_possible: bool
    claims: tuple[ClaimRow, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Hand-overs of one unit that are told together: a month, or what they are under.

    `key` is empty for those without; `commitment` is what is promised there, `title` that of the event they are under
    where that promises nothing of the kind.
    """

    what: Unit
    key: str
    title: str | None
    commitment: CommitmentRow | None
    rows: tuple[HandOverRow, ...]


class Exchanges(msgspec.Struct, frozen=True, kw_only=True):
    """The tally report. Units are never added to each other, nor are the directions.

    `shown` is how many hand-overs of each unit are selected, `known` how many the whole ledger holds; `sides` are the
    parties with figures of their own among what is shown, where these are to be told; `claims` are those over several
    agreements.
    """

    what: Units
    grouping: Grouping
    account: str | None
    sides: tuple[str, ...]
    sections: tuple[Section, ...]
    totals: tuple[TotalRow, ...]
    receivers: dict[Unit, tuple[str, ...]]
    shown: dict[Unit, int]
    known: dict[Unit, int]
    claims: dict[Unit, tuple[ClaimRow, ...]]
    months: tuple[MonthRow, ...]
    first: str | None
    last: str | None

    @property
    def rows(self) -> tuple[HandOverRow, ...]:
        """The hand-overs of all sections."""
        return tuple([row for section in self.sections for row in section.rows])

    def of_all(self, what: Unit) -> list[TotalRow]:
        """Return the totals of one unit over everything selected."""
        return [total for total in self.totals if total.group is None and total.what == what]

    @property
    def is_within_agreements(self) -> bool:
        """Whether no running total is over more than what is under one agreement."""
        return not self.sections or (self.grouping == "agreement" and all(section.key for section in self.sections))


def exchanges(
    snapshot: Snapshot,
    events: tuple[Event, ...],
    *,
    what: Units = "people",
    group: Grouping = "agreement",
    account: str | None = None,
    accounts: bool = False,
    totals: bool = False,
    depth: Depth = "all",
    possible: frozenset[str] = frozenset(),
) -> Exchanges:
    """Tally the selected hand-overs: `account` is the side whose figures are taken, else the range over all.

    Running totals and places are of the whole ledger, so that a filter never changes a row. With `accounts` each side
    is told alone too; with `totals` there are these alone. Events of the ids `possible` only may fall inside the span.
    """
    side = snapshot.register.side(account) if account else None
    asked = Asked(frozenset([event.id for event in events]), possible, group, side, depth)
    units = UNITS if what == "all" else (what,)
    chosen = {unit: chosen_hand_overs(snapshot, unit, asked) for unit in units}
    flows = {unit: [flow for counted in chosen[unit] for flow in counted.flows] for unit in units}
    sides = _sides(snapshot, flows.values()) if accounts else ()
    totalled = {unit: Totalled(unit, receivers(snapshot, unit), side, sides) for unit in units}
    return Exchanges(
        what=what,
        grouping=group,
        account=side,
        sides=sides,
        sections=() if totals else _joined(_sections(snapshot, totalled[unit], chosen[unit], asked) for unit in units),
        totals=_joined(total_rows(snapshot, flows[unit], totalled[unit], by_group=group != "none") for unit in units),
        receivers={unit: totalled[unit].receivers for unit in units},
        shown={unit: len(chosen[unit]) for unit in units},
        known={unit: _known(snapshot, unit, depth) for unit in units},
        claims={unit: () if totals else _claims(snapshot, unit, asked) for unit in units},
        months=_joined(month_rows(flows[unit], totalled[unit]) for unit in units),
        **_extent(chosen.values()),
    )


def _extent(chosen: Iterable[list[Counted]]) -> dict[Literal["first", "last"], str | None]:
    """Return the first and the last day that hand-overs can be of."""
    first, last = ends_of(counted.hand_over.event.when for unit in chosen for counted in unit)
    return {"first": first, "last": last}


def _joined(rows: Iterable[Iterable[_Row]]) -> tuple[_Row, ...]:
    return tuple(chain.from_iterable(rows))


def _known(snapshot: Snapshot, what: Unit, depth: Depth) -> int:
    if depth == "claims":
        return 0
    return len(hand_overs(snapshot, what)) if snapshot.elsewhere is None else snapshot.elsewhere.handed.get(what, 0)


def _claims(snapshot: Snapshot, what: Unit, asked: Asked) -> tuple[ClaimRow, ...]:
    return () if asked.depth == "figures" else claims_over_several(snapshot, what, asked.ids)


def _sides(snapshot: Snapshot, flows: Iterable[Iterable[CountedFlow]]) -> tuple[str, ...]:
    """Return the parties that give figures of their own, in the order of the register."""
    said = {account.side for unit in flows for counted in unit for account in counted.flow.accounts}
    return tuple([code for code in snapshot.register.parties if code in said])


def _sections(snapshot: Snapshot, totalled: Totalled, chosen: Iterable[Counted], asked: Asked) -> Iterator[Section]:
    """Yield the groups with their rows, numbers and running totals those of the whole ledger."""
    shown = {counted.hand_over.event.id: counted for counted in chosen}
    claims = claims_beneath(snapshot, totalled.what, asked.ids) if asked.depth != "figures" else {}
    for group, inside in in_groups(snapshot, totalled.what, asked.grouping).items():
        running: dict[str, Sum] = {}
        rows: list[HandOverRow] = []
        for number, hand_over in enumerate(inside, 1):
            for flow in hand_over.flows:
                running[flow.receiver] = add((running.get(flow.receiver, NOTHING), figure(flow, asked.account)))
            if counted := shown.get(hand_over.event.id):
                rows.append(_row(snapshot, counted, number, running, totalled, claims.get(hand_over.event.id, [])))
        if rows:
            yield _section(snapshot, totalled.what, group, asked, tuple(rows))


def _section(snapshot: Snapshot, what: Unit, group: str, asked: Asked, rows: tuple[HandOverRow, ...]) -> Section:
    is_promised = asked.grouping == "agreement" and group in snapshot.commitments
    event = snapshot.by_id.get(group) if asked.grouping == "agreement" and not is_promised else None
    return Section(
        what=what,
        key=group,
        title=event.title if event else None,
        commitment=commitment_row(snapshot, group) if is_promised and asked.depth == "all" else None,
        rows=rows,
    )


def _row(
    snapshot: Snapshot,
    counted: Counted,
    number: int,
    running: Mapping[str, Sum],
    totalled: Totalled,
    claims: list[ClaimRow],
) -> HandOverRow:
    event, under = counted.hand_over.event, tied_to(snapshot, counted.hand_over.flows)
    linked, first = ties(snapshot, counted.hand_over.flows), counted.flows[0]
    rows = [_flow_row(snapshot, flow, running[flow.flow.receiver], under, totalled) for flow in counted.flows]
    return HandOverRow(
        id=event.id,
        kind=event.kind,
        what=first.flow.unit,
        date=event.when,
        title=event.title,
        under=under,
        group=first.group,
        number=number,
        directions=tuple(rows),
        tied_by=linked.tied_by,
        denied_by=linked.cut_by,
        is_possible=first.is_possible,
        claims=tuple(claims),
    )


def _flow_row(snapshot: Snapshot, counted: CountedFlow, running: Sum, under: str, totalled: Totalled) -> FlowRow:
    flow, links = counted.flow, links_by_side(snapshot, counted.flow)
    return FlowRow(
        to=flow.receiver,
        figure=counted.figure,
        running=running,
        tied=figure_in_scope(snapshot, flow, under, totalled.account) if under else None,
        accounts=tuple([_account(snapshot, flow, account, links[account.side]) for account in flow.accounts]),
        by_side={side: account_sum(flow, side) for side in totalled.sides},
        parts=dict(counted.categories),
    )


def _account(snapshot: Snapshot, flow: Flow, account: Account, links: tuple[str, ...]) -> AccountFigure:
    alone = flow if len(flow.accounts) == 1 else flow._replace(accounts=(account,))
    return AccountFigure(
        side=account.side,
        is_press=account.side in snapshot.register.sources,
        figure=account.figure,
        parts=stated_categories(alone),
        speakers=tuple(dict.fromkeys([speaker for row in account.rows if (speaker := row.transfer.by)])),
        under=links,
    )
