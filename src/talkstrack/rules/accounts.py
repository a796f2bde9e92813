"""Accounts: everything one side says of one event, direction and unit. Rivals are never added."""

from typing import NamedTuple

import msgspec

from talkstrack.model.counts import exactly
from talkstrack.model.event import Event, Transfer, What
from talkstrack.model.sums import Sum, across, add, term, total
from talkstrack.rules.scope import belongs_to, link_of, rejects
from talkstrack.rules.snapshot import Snapshot


class Account(NamedTuple):
    """What one side says: its rows add up. `side` is None where nobody disputes the figure.

    `figure` is the sum of the rows, as one term; `is_disclosed` whether every row has a figure.
    """

    side: str | None
    rows: tuple[Transfer, ...]
    figure: Sum
    is_disclosed: bool


class Flow(NamedTuple):
    """The rival accounts of one event, one direction and one unit."""

    event: Event
    to: str
    what: What
    accounts: tuple[Account, ...]


def account_of(side: str | None, rows: tuple[Transfer, ...]) -> Account:
    """Return what a side says with these rows."""
    if len(rows) == 1:
        figure = term(rows[0].count)
        return Account(side, rows, figure, not figure.undisclosed)
    is_disclosed = all(row.count.state == "stated" for row in rows)
    return Account(side, rows, as_one(total([row.count for row in rows])), is_disclosed)


def as_one(figure: Sum) -> Sum:
    """Return a sum counted as one term: undisclosed only when nothing of it is disclosed."""
    if figure.terms == 1:
        return figure
    hidden = figure.terms > 0 and figure.undisclosed == figure.terms
    partly = 0 < figure.undisclosed < figure.terms
    return Sum(
        text=figure.text,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        state=figure.state,
        terms=1,
        undisclosed=int(hidden),
        counted_low=figure.counted_low,
        counted_high=figure.counted_high,
        approximate=figure.approximate,
        open=figure.open or partly,
    )


def perhaps(figure: Sum) -> Sum:
    """Return a figure that only may fall inside the span asked for: it adds to the high end, not to the low."""
    return msgspec.structs.replace(figure, low=0, best=None, counted_low=0)


def flows(snapshot: Snapshot, event: Event) -> tuple[Flow, ...]:
    """Return an event's transfers by direction and unit, each with its accounts, in the order written."""
    known: dict[int, tuple[Event, tuple[Flow, ...]]] = snapshot.kept("groups", dict)
    found = known.get(id(event))
    if found is None:  # the event is kept with them, so that no other can have its place
        accounts = _accounts(snapshot, event.kind, event.transfer)
        found = known[id(event)] = event, tuple([Flow(event, *key, told) for key, told in accounts.items()])
    return found[1]


def _accounts(snapshot: Snapshot, kind: str, rows: tuple[Transfer, ...]) -> dict[tuple[str, What], tuple[Account, ...]]:
    found: dict[tuple[str, What], dict[str | None, tuple[Transfer, ...]]] = {}
    implied, side_of = snapshot.register.unit_of(kind), snapshot.register.side
    for row in rows:
        told = found.setdefault((side_of(row.to), row.what or implied), {})
        side = None if row.by is None else side_of(row.by)
        told[side] = (*told[side], row) if side in told else (row,)
    return {key: tuple([account_of(side, rows) for side, rows in told.items()]) for key, told in found.items()}


def figure(group: Flow, account: str | None = None) -> Sum:
    """Return one side's figure (its own, else the undisputed one), else the range over all that disclose one."""
    accounts = group.accounts
    if len(accounts) == 1:
        return accounts[0].figure
    if account is not None:
        for side in (account, None):
            for one in accounts:
                if one.side == side and one.is_disclosed:
                    return one.figure
    disclosed = [one for one in accounts if one.is_disclosed]
    return across(one.figure for one in disclosed or accounts)


def figure_in_scope(snapshot: Snapshot, group: Flow, scope: str, account: str | None = None) -> Sum | None:
    """Return how much of a group counts in a scope (an event's or a commitment's id); None when nobody ties it.

    Links belong to the account. An account that ties rows gives its figure (the range, where it discloses none); one
    that denies the link gives 0, but where all that is tied is undisclosed that hole stands; one that is silent about
    it takes no part. With `account`, only that side's word counts, where it has an account at all.
    """
    chosen = group.accounts
    if len(chosen) == 1 and len(_tied_rows(snapshot, group, chosen[0], scope)) == len(chosen[0].rows):
        return chosen[0].figure
    if account is not None:
        own = tuple(one for one in group.accounts if one.side == account)
        chosen = own or tuple(one for one in group.accounts if one.side is None) or group.accounts
    told: list[Sum] = []
    ranged: list[Sum] = []
    partly: list[Sum] = []
    is_denied = False
    for one in chosen:
        rows = _tied_rows(snapshot, group, one, scope)
        tied = one if len(rows) == len(one.rows) else account_of(one.side, rows)
        if rows and tied.is_disclosed:
            told.append(tied.figure)
        elif rows and len(rows) == len(one.rows):
            is_known = any(rival.is_disclosed for rival in group.accounts)
            (ranged if is_known else partly).append(figure(group, account))
        elif rows:
            partly.append(tied.figure)
        elif any(rejects(snapshot, group.event, row, scope) for row in one.rows):
            is_denied = True
    found = told or ranged or partly
    if not found:
        return None
    amount = across(found)
    return across((amount, as_one(add(())))) if is_denied and not amount.undisclosed else amount


def tied_by(snapshot: Snapshot, group: Flow, scope: str) -> tuple[str | None, ...]:
    """Return the sides that tie a group to a scope; None stands for nobody disputing it."""
    return tuple(one.side for one in group.accounts if _tied_rows(snapshot, group, one, scope))


def _tied_rows(snapshot: Snapshot, group: Flow, account: Account, scope: str) -> tuple[Transfer, ...]:
    """Return the rows of an account that count in a scope."""
    event, what, to = group.event, group.what, group.to
    return tuple([row for row in account.rows if belongs_to(snapshot, event, row, scope, what, to)])


def stated_links(snapshot: Snapshot, group: Flow) -> dict[str | None, tuple[str, ...]]:
    """Return, per side, the links its rows state; an empty text denies a link."""
    found: dict[str | None, tuple[str, ...]] = {}
    for one in group.accounts:
        links = dict.fromkeys([link_of(snapshot, group.event, row) for row in one.rows])
        found[one.side] = tuple([link for link in links if link is not None])
    return found


def categories(group: Flow, account: str | None = None) -> dict[str, Sum]:
    """Return the categories of a group where any account breaks its whole figure down, else none.

    What such an account does not name is nothing in it.
    """
    for one in group.accounts:
        if all(row.parts for row in one.rows):
            return parts_of(group, account)
    return {}


def parts_of(group: Flow, account: str | None = None) -> dict[str, Sum]:
    """Return the categories of a group, each the range over the accounts that break their figure down.

    A category that an account does not name is 0 in it where every row has parts, since they add up to its count;
    where some have none it tells nothing of that category.
    """
    accounts = group.accounts
    if len(accounts) == 1 and len(accounts[0].rows) == 1:
        parts = accounts[0].rows[0].parts
        return {name: term(count) for name, count in parts.items()} if parts else {}
    chosen = [one for one in accounts if one.side == account] if account is not None else []
    chosen = [one for one in chosen if any(row.parts for row in one.rows)] or list(accounts)
    full = [one for one in chosen if all(row.parts for row in one.rows)]
    broken = full or [one for one in chosen if any(row.parts for row in one.rows)]
    names = list(dict.fromkeys(name for one in broken for row in one.rows for name in row.parts or {}))
    found: dict[str, Sum] = {}
    for name in names:
        rivals = []
        for one in broken:
            counts = [row.parts[name] for row in one.rows if row.parts and name in row.parts]
            if counts or full:
                rivals.append(as_one(total(counts or (exactly(0),))))
        found[name] = across(rivals)
    return found
