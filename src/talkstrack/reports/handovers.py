"""Hand-overs as rows: both directions, every account, running totals, who ties them, and the claims beside them."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

import msgspec

from talkstrack.model.counts import Sum, add
from talkstrack.model.dates import Period
from talkstrack.model.event import Claim, Event, What
from talkstrack.reports.accounts import Account, Group, figure, groups, in_scope, is_broken_down, parts_of, stated_links
from talkstrack.reports.book import Book, last_day
from talkstrack.reports.claims import ClaimRow, claim_rows
from talkstrack.reports.scopes import resolved
from talkstrack.reports.sums import parts_below
from talkstrack.reports.verdicts import unit_of_claim

Grouping = Literal["agreement", "month", "none"]


class AccountFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What one side says of one direction; `side` is None where nobody disputes it."""

    side: str | None
    figure: Sum
    parts: dict[str, Sum]
    speakers: tuple[str, ...]
    under: tuple[str, ...]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One direction of one hand-over, and the running total of its group with it.

    `tied` is how much of it counts under what the row is under; None where nobody ties this direction to it.
    """

    to: str
    figure: Sum
    running: Sum
    tied: Sum | None
    accounts: tuple[AccountFigure, ...]
    parts: dict[str, Sum]


class HandoverRow(msgspec.Struct, frozen=True, kw_only=True):
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
    directions: tuple[Cell, ...]
    tied_by: tuple[str | None, ...]
    denied_by: tuple[str, ...]
    may: bool
    claims: tuple[ClaimRow, ...]


class Handover(NamedTuple):
    """A hand-over before it is a row: its event, its groups of this unit, and what it is under."""

    event: Event
    groups: tuple[Group, ...]
    under: str


def handovers(book: Book, what: What) -> tuple[Handover, ...]:
    """Return every held hand-over of this unit, wholes left out, in the ledger's order."""
    found = []
    for event in book.events:
        if not (event.transfer and event.counts) or book.is_whole(event):
            continue
        own = tuple(group for group in groups(book, event) if group.what == what)
        if own:
            found.append(Handover(event, own, group_of(book, own)))
    return tuple(found)


def group_of(book: Book, own: tuple[Group, ...]) -> str:
    """Return the commitment (else the agreement or whole) that anybody ties an event to; "" for none."""
    for group in own:
        for links in stated_links(book, group).values():
            for link in links:
                if link:
                    return resolved(book, link, group.what, group.to)
    return ""


def handover_rows(
    book: Book,
    what: What,
    found: tuple[Handover, ...],
    *,
    chosen: frozenset[str],
    grouping: Grouping,
    side: str | None,
    may: frozenset[str],
) -> tuple[HandoverRow, ...]:
    """Return the chosen hand-overs as rows. Numbers and running totals are those of the whole ledger."""
    placed: dict[str, list[Handover]] = {}
    for one in found:
        placed.setdefault(_KEYS[grouping](one), []).append(one)
    claims = _claims_at(book, what, found, chosen)
    rows: list[HandoverRow] = []
    for key in sorted(placed, key=lambda key: _place(book, key, grouping)):
        running: dict[str, Sum] = {}
        for number, one in enumerate(placed[key], 1):
            for group in one.groups:
                so_far = (running[group.to],) if group.to in running else ()
                running[group.to] = add((*so_far, figure(group, side)))
            if one.event.id in chosen:
                cells = tuple(_cell(book, one, group, running[group.to], side) for group in one.groups)
                row = _row(book, one, what, key, number, cells)
                is_may = one.event.id in may
                rows.append(msgspec.structs.replace(row, may=is_may, claims=claims.get(row.id, ())))
    return tuple(rows)


def _cell(book: Book, one: Handover, group: Group, running: Sum, side: str | None) -> Cell:
    links = stated_links(book, group)
    return Cell(
        to=group.to,
        figure=figure(group, side),
        running=running,
        tied=in_scope(book, group, one.under, side) if one.under else None,
        accounts=tuple(_account(group, account, links[account.side]) for account in group.accounts),
        parts=parts_of(group, side) if is_broken_down(group) else {},
    )


def _account(group: Group, account: Account, links: tuple[str, ...]) -> AccountFigure:
    return AccountFigure(
        side=account.side,
        figure=account.figure,
        parts=parts_of(group._replace(accounts=(account,))),
        speakers=tuple(dict.fromkeys(row.by for row in account.rows if row.by)),
        under=links,
    )


def _row(book: Book, one: Handover, what: What, key: str, number: int, cells: tuple[Cell, ...]) -> HandoverRow:
    tied: dict[str | None, None] = {}
    denied: dict[str, None] = {}
    for group in one.groups:
        for side, links in stated_links(book, group).items():
            if any(links):
                tied[side] = None
            elif links and side is not None:
                denied[side] = None
    return HandoverRow(
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
        denied_by=tuple(side for side in denied if side not in tied),
        may=False,
        claims=(),
    )


def month_of(when: Period) -> str:
    """Return the month a hand-over is told in, as `2025-05`: that of its first day; "" where neither end is known."""
    return (when.earliest or when.latest or "").rpartition("-")[0]


_KEYS: dict[Grouping, Callable[[Handover], str]] = {
    "agreement": lambda one: one.under,
    "month": lambda one: month_of(one.event.when),
    "none": lambda _: "",
}


def _place(book: Book, key: str, grouping: Grouping) -> tuple[int, int, str]:
    if grouping != "agreement":
        return (0, 0, key)
    event = book.by_id.get(key.partition("/")[0])
    if not key or event is None:
        return (2, 0, key)
    return (0 if event.commitment else 1, book.places[event.id], key)


def _claims_at(
    book: Book, what: What, found: tuple[Handover, ...], chosen: frozenset[str]
) -> dict[str, tuple[ClaimRow, ...]]:
    """Return the claims that stand beneath the chosen hand-overs; only those are judged."""
    at: dict[str, list[ClaimRow]] = {}
    for event, homes in _homes(book, what, found):
        wanted = [home in chosen for home in homes]
        if any(wanted):
            for home, is_wanted, row in zip(homes, wanted, claim_rows(book, (event,)), strict=True):
                if is_wanted and home:
                    at.setdefault(home, []).append(row)
    return {key: tuple(rows) for key, rows in at.items()}


def claims_beyond(book: Book, what: What, found: tuple[Handover, ...], events: Iterable[Event]) -> tuple[ClaimRow, ...]:
    """Return the claims of these events over more than one agreement, which stand beneath no single hand-over."""
    chosen = {event.id for event in events}
    rows = []
    for event, homes in _homes(book, what, found):
        if event.id in chosen and "" in homes:
            rows += [row for home, row in zip(homes, claim_rows(book, (event,)), strict=True) if home == ""]
    return tuple(rows)


def _homes(book: Book, what: What, found: tuple[Handover, ...]) -> Iterable[tuple[Event, tuple[str | None, ...]]]:
    """Yield the events that claim, and per claim its hand-over: "" for one over several, None where it is no tally."""
    handed: dict[str, list[Event]] = {}
    for one in found:
        handed.setdefault(one.under, []).append(one.event)
    order = {one.event.id: place for place, one in enumerate(found)}
    for event in book.events:
        if event.claim and event.counts:
            yield event, tuple(_home(book, event, claim, what, handed, order) for claim in event.claim)


def _home(
    book: Book, event: Event, claim: Claim, what: What, handed: dict[str, list[Event]], order: dict[str, int]
) -> str | None:
    if unit_of_claim(book, event, claim) != what:
        return None
    if event.id in order:
        return event.id
    if claim.under is None and claim.since is None:
        about = {event.id, *event.about}
        below = about.union(*(parts_below(book, book.by_id[key]) for key in about if key in book.by_id))
        return max(below & order.keys(), key=lambda key: order[key], default=None)
    if claim.under is None:
        return ""
    scope = resolved(book, claim.under, what, book.register.side(claim.to) if claim.to else "")
    before = [one for one in handed.get(scope, ()) if last_day(one.when) <= last_day(event.when)]
    if before:
        return before[-1].id
    return None if "/" in scope else ""
