"""Hand-overs as rows: both directions, every account, running totals, who ties them, and the claims beside them."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.dates.period import Dated, Period, last_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Claim, What
from talkstrack.model.sums import Sum, add
from talkstrack.reports.claims import ClaimRow, claim_rows
from talkstrack.reports.exchange_totals import month_of
from talkstrack.rules.accounts import (
    Account,
    Flow,
    categories,
    figure,
    figure_in_scope,
    links_by_side,
    stated_categories,
)
from talkstrack.rules.directions import unit_claimed
from talkstrack.rules.scope import link_of, resolve_link
from talkstrack.rules.snapshot import Snapshot, per_snapshot
from talkstrack.rules.tally import handed_by
from talkstrack.rules.wholes import parts_below

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


class HandOver(NamedTuple):
    """A hand-over before it is a row: its event, its groups of this unit, and what it is under."""

    event: Event
    groups: tuple[Flow, ...]
    under: str


@per_snapshot
def handovers(snapshot: Snapshot, what: What) -> tuple[HandOver, ...]:
    """Return every held hand-over of this unit, wholes left out, in the ledger's order."""
    return tuple([HandOver(event, own, group_of(snapshot, own)) for event, own in handed_over(snapshot, what)])


def handed_over(snapshot: Snapshot, what: What) -> Iterator[tuple[Event, tuple[Flow, ...]]]:
    """Yield every held hand-over of this unit with its groups, wholes left out, in the ledger's order."""
    for event in snapshot.events:
        if own := handed_by(snapshot, event, what):
            yield event, own


def group_of(snapshot: Snapshot, own: tuple[Flow, ...]) -> str:
    """Return the commitment (else the agreement or whole) that anybody ties an event to; "" for none."""
    for group in own:
        for account in group.accounts:
            for row in account.rows:
                if link := link_of(snapshot, group.event, row.transfer):
                    return resolve_link(snapshot, link, group.unit, group.receiver)
    return ""


def handover_rows(
    snapshot: Snapshot,
    what: What,
    found: tuple[HandOver, ...],
    *,
    chosen: frozenset[str],
    grouping: Grouping,
    side: str | None,
    may: frozenset[str],
    judged: bool = True,
) -> tuple[HandOverRow, ...]:
    """Return the chosen hand-overs as rows, with the claims on them unless these are not to be `judged`.

    Numbers and running totals are those of the whole ledger.
    """
    placed: dict[str, list[HandOver]] = {}
    for one in found:
        placed.setdefault(group_key(grouping, one.event.when, one.under), []).append(one)
    claims = _claims_at(snapshot, what, chosen) if judged else {}
    rows: list[HandOverRow] = []
    for key in in_order(snapshot, grouping, placed):
        running: dict[str, Sum] = {}
        for number, one in enumerate(placed[key], 1):
            figures = [figure(group, side) for group in one.groups]
            for group, amount in zip(one.groups, figures, strict=True):
                running[group.receiver] = (
                    add((running[group.receiver], amount)) if group.receiver in running else add((amount,))
                )
            if one.event.id in chosen:
                links = [links_by_side(snapshot, group) for group in one.groups]
                cells = tuple([
                    _cell(snapshot, one.under, group, amount, running[group.receiver], stated, side)
                    for group, amount, stated in zip(one.groups, figures, links, strict=True)
                ])  # fmt: skip
                is_may = one.event.id in may
                rows.append(_row(one, what, key, number, cells, links, claims.get(one.event.id, ()), is_may))
    return tuple(rows)


_Links = dict[str | None, tuple[str, ...]]


def _cell(
    snapshot: Snapshot, under: str, group: Flow, amount: Sum, running: Sum, links: _Links, side: str | None
) -> FlowRow:
    return FlowRow(
        to=group.receiver,
        figure=amount,
        running=running,
        tied=figure_in_scope(snapshot, group, under, side) if under else None,
        accounts=tuple([_account(group, account, links[account.side]) for account in group.accounts]),
        parts=categories(group, side),
    )


def _account(group: Flow, account: Account, links: tuple[str, ...]) -> AccountFigure:
    alone = group if len(group.accounts) == 1 else group._replace(accounts=(account,))
    return AccountFigure(
        side=account.side,
        figure=account.figure,
        parts=stated_categories(alone),
        speakers=tuple(dict.fromkeys([row.transfer.by for row in account.rows if row.transfer.by]))
        if account.side
        else (),
        under=links,
    )


def _row(
    one: HandOver,
    what: What,
    key: str,
    number: int,
    cells: tuple[FlowRow, ...],
    links: list[_Links],
    claims: tuple[ClaimRow, ...],
    may: bool,
) -> HandOverRow:
    tied: dict[str | None, None] = {}
    denied: dict[str, None] = {}
    for stated in links:
        for side, own in stated.items():
            if any(own):
                tied[side] = None
            elif own and side is not None:
                denied[side] = None
    return HandOverRow(
        id=one.event.id,
        kind=one.event.kind,
        what=what,
        date=one.event.when,
        title=one.event.title,
        under=one.under,
        group=key,
        number=number,
        directions=cells,
        tied_by=tuple(tied),
        denied_by=tuple([side for side in denied if side not in tied]),
        may=may,
        claims=claims,
    )


def group_key(grouping: Grouping, when: Dated, under: str) -> str:
    """Return the group a hand-over of that day and under that agreement is told in."""
    return under if grouping == "agreement" else month_of(when) if grouping == "month" else ""


def in_order(snapshot: Snapshot, grouping: Grouping, keys: Iterable[str]) -> list[str]:
    """Return groups in the order they are told in: agreements as they were made, what is under none at the end."""
    return sorted(keys, key=lambda key: _place(snapshot, key, grouping))


def _place(snapshot: Snapshot, key: str, grouping: Grouping) -> tuple[int, int, str]:
    if grouping != "agreement":
        return (0, 0, key)
    event = snapshot.by_id.get(key.partition("/")[0])
    if not key or event is None:
        return (2, 0, key)
    return (0 if event.commitment else 1, snapshot.places[event.id], key)


def _claims_at(snapshot: Snapshot, what: What, chosen: frozenset[str]) -> dict[str, tuple[ClaimRow, ...]]:
    """Return the claims that stand beneath the chosen hand-overs; only those are judged."""
    at: dict[str, list[ClaimRow]] = {}
    for event, homes in _homes(snapshot, what):
        wanted = [home in chosen for home in homes]
        if any(wanted):
            for home, is_wanted, row in zip(homes, wanted, claim_rows(snapshot, (event,)), strict=True):
                if is_wanted and home:
                    at.setdefault(home, []).append(row)
    return {key: tuple(rows) for key, rows in at.items()}


def claims_beyond(snapshot: Snapshot, what: What, events: Iterable[Event]) -> tuple[ClaimRow, ...]:
    """Return the claims of these events over more than one agreement, which stand beneath no single hand-over."""
    chosen = {event.id for event in events}
    rows = []
    for event, homes in _homes(snapshot, what):
        if event.id in chosen and "" in homes:
            rows += [row for home, row in zip(homes, claim_rows(snapshot, (event,)), strict=True) if home == ""]
    return tuple(rows)


_Homes = tuple[tuple[Event, tuple[str | None, ...]], ...]


@per_snapshot
def _homes(snapshot: Snapshot, what: What) -> _Homes:
    """Return the events that claim, and per claim its hand-over: "" for one over several, None where it is no tally."""
    return tuple(_found_homes(snapshot, what))


def _found_homes(snapshot: Snapshot, what: What) -> Iterator[tuple[Event, tuple[str | None, ...]]]:
    found = handovers(snapshot, what)
    handed: dict[str, list[Event]] = {}
    for one in found:
        handed.setdefault(one.under, []).append(one.event)
    order = {one.event.id: place for place, one in enumerate(found)}
    for event in snapshot.events:
        if event.claim and event.counts:
            yield event, tuple(_home(snapshot, event, claim, what, handed, order) for claim in event.claim)


def _home(
    snapshot: Snapshot, event: Event, claim: Claim, what: What, handed: dict[str, list[Event]], order: dict[str, int]
) -> str | None:
    if unit_claimed(snapshot, event, claim) != what:
        return None
    if event.id in order:
        return event.id
    if claim.under is None and claim.since is None:
        about = {event.id, *event.about}
        below = about.union(*(parts_below(snapshot, snapshot.by_id[key]) for key in about if key in snapshot.by_id))
        return max(below & order.keys(), key=lambda key: order[key], default=None)
    if claim.under is None:
        return ""
    scope = resolve_link(snapshot, claim.under, what, snapshot.register.side(claim.to) if claim.to else "")
    until = last_day(event.when)
    last = next((one.id for one in reversed(handed.get(scope, ())) if last_day(one.when) <= until), None)
    return "" if last is None and "/" not in scope else last
