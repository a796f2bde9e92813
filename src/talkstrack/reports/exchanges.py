"""The tally: hand-overs under their commitments, running totals, claims beside them, and totals with their holes."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.dates.period import EVER, Span
from talkstrack.model.event import Event
from talkstrack.model.facets import What
from talkstrack.model.handing import Handing
from talkstrack.model.sums import Sum
from talkstrack.reports.claims import ClaimRow
from talkstrack.reports.exchange_totals import Gathering, MonthRow, TotalRow
from talkstrack.reports.handovers import (
    FlowRow,
    Grouping,
    HandOverRow,
    claims_beyond,
    group_key,
    group_of,
    handover_rows,
    handovers,
    in_order,
)
from talkstrack.rules.accounts import flows, told
from talkstrack.rules.directions import receivers
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.wholes import is_whole

Unit = Literal["people", "bodies", "all"]


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


def exchanges(
    snapshot: Snapshot,
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
    side = snapshot.register.side(account) if account else None
    chosen = frozenset(event.id for event in events)

    def tallied(unit: What) -> _Tallied:
        found = handovers(snapshot, unit)
        rows = handover_rows(snapshot, unit, found, chosen=chosen, grouping=group, side=side, may=may, judged=judged)
        gathered = Gathering(snapshot, unit)
        for row in rows:
            told = {cell.to: (cell.figure, cell.parts) for cell in row.directions}
            gathered.put(row.id, row.date, row.group, told, row.may)
        return _Tallied(rows, gathered, len(found), claims_beyond(snapshot, unit, events) if judged else ())

    return _report(snapshot, what, group, side, {unit: tallied(unit) for unit in _UNITS[what]})


def exchange_totals(
    snapshot: Snapshot,
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
    side = snapshot.register.side(account) if account else None
    found = {unit: Gathering(snapshot, unit) for unit in _UNITS[what]}
    wholes = {key for key in snapshot.parts if key in snapshot.by_id and is_whole(snapshot, snapshot.by_id[key])}
    for one in handings:
        if one.event in wholes:
            continue
        may = span != EVER and not span.holds(one)
        for unit, gathered in found.items():
            if own := told(snapshot, one, unit, side):
                key = group_key(group, one, _under(snapshot, one, unit) if group == "agreement" else "")
                gathered.put(one.event, one, key, own, may)
    known = {unit: 0 if snapshot.elsewhere is not None else len(handovers(snapshot, unit)) for unit in found}
    return _report(
        snapshot, what, group, side, {unit: _Tallied((), one, known[unit], ()) for unit, one in found.items()}
    )


def _under(snapshot: Snapshot, handing: Handing, unit: What) -> str:
    return group_of(snapshot, tuple(one for one in flows(snapshot, snapshot.by_id[handing.event]) if one.unit == unit))


_UNITS: dict[Unit, tuple[What, ...]] = {"people": ("people",), "bodies": ("bodies",), "all": ("people", "bodies")}


class _Tallied(NamedTuple):
    rows: tuple[HandOverRow, ...]
    gathered: Gathering
    known: int
    claims: tuple[ClaimRow, ...]


def _report(
    snapshot: Snapshot, what: Unit, group: Grouping, side: str | None, found: dict[What, _Tallied]
) -> Exchanges:
    towards = {unit: receivers(snapshot, unit) for unit in found}
    known = {unit: one.known for unit, one in found.items()}
    gathered = {unit: one.gathered for unit, one in found.items()}
    totals: list[TotalRow] = []
    for unit, ones in gathered.items():
        keys = in_order(snapshot, group, ones.groups) if group != "none" else ()
        totals += ones.totals(towards[unit], side, keys)
    return Exchanges(
        what=what,
        grouping=group,
        account=side,
        rows=tuple([row for one in found.values() for row in one.rows]),
        totals=tuple(totals),
        towards=towards,
        shown={unit: ones.shown for unit, ones in gathered.items()},
        known=known if snapshot.elsewhere is None else {unit: snapshot.elsewhere.handed.get(unit, 0) for unit in found},
        claims={unit: one.claims for unit, one in found.items()},
        months=tuple(month for unit, ones in gathered.items() for month in ones.months(towards[unit])),
        first=min((ones.first for ones in gathered.values() if ones.first), default=None),
        last=max((ones.last for ones in gathered.values() if ones.last), default=None),
    )


def told_by(cell: FlowRow, side: str) -> Sum | None:
    """Return one direction as one side alone tells it: its own figure, else the undisputed one; None: no word of it."""
    for wanted in (side, None):
        for one in cell.accounts:
            if one.side == wanted:
                return one.figure
    return None
