"""Accounts: everything one side says of one event, direction and unit. Rivals are never added."""

from collections.abc import Iterable
from typing import NamedTuple

from talkstrack.model.counts import exactly
from talkstrack.model.event import Event
from talkstrack.model.facets import Unit
from talkstrack.model.sums import NOTHING, Sum, as_single_term, range_of, term, total
from talkstrack.rules.directions import ResolvedTransfer, rows_of
from talkstrack.rules.scope import belongs_to, link_of, rejects
from talkstrack.rules.snapshot import Snapshot, per_snapshot


class Account(NamedTuple):
    """What one side says: its rows add up. `side` is None where nobody disputes the figure.

    `figure` is the sum of the rows, as one term; `is_disclosed` whether every row has a figure.
    """

    side: str | None
    rows: tuple[ResolvedTransfer, ...]
    figure: Sum
    is_disclosed: bool


class Flow(NamedTuple):
    """What one event moves of one unit to one side, with its rival accounts."""

    event: Event
    receiver: str
    unit: Unit
    accounts: tuple[Account, ...]


class Ties(NamedTuple):
    """Which sides tie a hand-over to anything (None: nobody disputes it), and which cut its link."""

    tied_by: tuple[str | None, ...]
    cut_by: tuple[str, ...]

    @property
    def is_contested(self) -> bool:
        """Whether a side ties it and another one does not."""
        return bool(self.tied_by and self.cut_by)


def account_of(side: str | None, rows: tuple[ResolvedTransfer, ...]) -> Account:
    """Return what a side says with these rows."""
    figure = total([row.transfer.count for row in rows])
    return Account(side, rows, as_single_term(figure), not figure.undisclosed)


@per_snapshot
def flows(snapshot: Snapshot, event: Event) -> tuple[Flow, ...]:
    """Return an event's transfers by receiver and unit, each with its accounts, in the order written."""
    by_direction = _accounts(rows_of(snapshot, event)) if event.transfer else {}
    return tuple([Flow(event, *direction, accounts) for direction, accounts in by_direction.items()])


def _accounts(rows: Iterable[ResolvedTransfer]) -> dict[tuple[str, Unit], tuple[Account, ...]]:
    by_direction: dict[tuple[str, Unit], dict[str | None, tuple[ResolvedTransfer, ...]]] = {}
    for row in rows:
        by_side = by_direction.setdefault((row.receiver, row.unit), {})
        by_side[row.side] = (*by_side.get(row.side, ()), row)
    return {
        direction: tuple([account_of(side, said) for side, said in by_side.items()])
        for direction, by_side in by_direction.items()
    }


def figure(flow: Flow, side: str | None = None) -> Sum:
    """Return one side's figure (its own, else the undisputed one), else the range over all that disclose one."""
    if len(flow.accounts) == 1:
        return flow.accounts[0].figure
    disclosed = {account.side: account.figure for account in flow.accounts if account.is_disclosed}
    if side is not None and not disclosed.keys().isdisjoint((side, None)):
        return disclosed[side if side in disclosed else None]
    return range_of(list(disclosed.values()) or [account.figure for account in flow.accounts])


def account_sum(flow: Flow, side: str) -> Sum | None:
    """Return a flow as one side alone tells it: its own figure, else the undisputed one; None: no word of it."""
    figures: dict[str | None, Sum] = {account.side: account.figure for account in flow.accounts}
    return figures.get(side, figures.get(None))


def figure_in_scope(snapshot: Snapshot, flow: Flow, scope: str | None, side: str | None = None) -> Sum | None:
    """Return how much of a flow counts in a scope (an event's or a commitment's id; None: all); None: nothing of it.

    Links belong to the account. An account that ties rows gives its figure (the range, where it discloses none); one
    that denies the link gives 0, but where all that is tied is undisclosed that hole stands; one that is silent about
    it takes no part. With `side`, only that side's word counts, where it has an account at all, else the undisputed.
    """
    if scope is None:
        return figure(flow, side)
    chosen = flow.accounts
    if len(chosen) == 1 and len(_tied_rows(snapshot, flow, chosen[0], scope)) == len(chosen[0].rows):
        return chosen[0].figure
    if side is not None:
        its_own = tuple(account for account in chosen if account.side == side)
        chosen = its_own or tuple(account for account in chosen if account.side is None) or chosen
    disclosed: list[Sum] = []
    of_rivals: list[Sum] = []
    hidden: list[Sum] = []
    is_denied = False
    for account in chosen:
        rows = _tied_rows(snapshot, flow, account, scope)
        is_all = len(rows) == len(account.rows)
        tied = account if is_all else account_of(account.side, rows)
        if not rows:
            is_denied = is_denied or any(rejects(snapshot, flow.event, row, scope) for row in account.rows)
        elif tied.is_disclosed:
            disclosed.append(tied.figure)
        elif not is_all:
            hidden.append(tied.figure)
        else:
            is_known = any(rival.is_disclosed for rival in flow.accounts)
            (of_rivals if is_known else hidden).append(figure(flow, side))
    counted = disclosed or of_rivals or hidden
    if not counted:
        return None
    amount = range_of(counted)
    return range_of((amount, as_single_term(NOTHING))) if is_denied and not amount.undisclosed else amount


def sides_tying(snapshot: Snapshot, flow: Flow, scope: str) -> tuple[str | None, ...]:
    """Return the sides that tie a flow to a scope; None stands for nobody disputing it."""
    return tuple(account.side for account in flow.accounts if _tied_rows(snapshot, flow, account, scope))


def _tied_rows(snapshot: Snapshot, flow: Flow, account: Account, scope: str) -> tuple[ResolvedTransfer, ...]:
    """Return the rows of an account that count in a scope."""
    return tuple([row for row in account.rows if belongs_to(snapshot, flow.event, row, scope)])


def links_by_side(snapshot: Snapshot, flow: Flow) -> dict[str | None, tuple[str, ...]]:
    """Return, per side, the links its rows state; an empty text denies a link."""
    links: dict[str | None, tuple[str, ...]] = {}
    for account in flow.accounts:
        stated = dict.fromkeys([link_of(snapshot, flow.event, row.transfer) for row in account.rows])
        links[account.side] = tuple([link for link in stated if link is not None])
    return links


def ties(snapshot: Snapshot, flows: Iterable[Flow]) -> Ties:
    """Return who ties these flows to anything, and which sides cut the link of all they say of them."""
    tied: dict[str | None, None] = {}
    cut: dict[str, None] = {}
    for flow in flows:
        for side, links in links_by_side(snapshot, flow).items():
            if any(links):
                tied[side] = None
            elif links and side is not None:
                cut[side] = None
    return Ties(tuple(tied), tuple([side for side in cut if side not in tied]))


def categories(flow: Flow, side: str | None = None) -> dict[str, Sum]:
    """Return the categories of a flow where any account breaks its whole figure down, else none.

    What such an account does not name is nothing in it.
    """
    if len(flow.accounts) == 1 and len(flow.accounts[0].rows) == 1:
        return stated_categories(flow, side)
    is_whole = any(all(row.transfer.parts for row in account.rows) for account in flow.accounts)
    return stated_categories(flow, side) if is_whole else {}


def stated_categories(flow: Flow, side: str | None = None) -> dict[str, Sum]:
    """Return the categories of a flow, each the range over the accounts that break their figure down.

    A category that an account does not name is 0 in it where every row has parts, since they add up to its count;
    where some have none it tells nothing of that category.
    """
    accounts = flow.accounts
    if len(accounts) == 1 and len(accounts[0].rows) == 1:
        parts = accounts[0].rows[0].transfer.parts
        return {name: term(count) for name, count in parts.items()} if parts else {}
    stating = [account for account in accounts if any(row.transfer.parts for row in account.rows)]
    chosen = [account for account in stating if side is not None and account.side == side] or stating
    full = [account for account in chosen if all(row.transfer.parts for row in account.rows)]
    broken = full or chosen
    names = dict.fromkeys(name for account in broken for row in account.rows for name in row.transfer.parts or {})
    by_name: dict[str, Sum] = {}
    for name in names:
        rivals = []
        for account in broken:
            parts_of_rows = [row.transfer.parts or {} for row in account.rows]
            counts = [parts[name] for parts in parts_of_rows if name in parts]
            if counts or full:
                rivals.append(as_single_term(total(counts or (exactly(0),))))
        by_name[name] = range_of(rivals)
    return by_name
