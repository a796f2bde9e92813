"""An independent tally, written from the design alone: every number an account allows, tried one by one.

Numbers are bits of an integer: bit 5 set means that five is possible. `TOP` stands for all that is more than any
ledger made here can come to, so that a sum that can be `TOP` has no upper bound.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

TOP = 250
ANY = (1 << TOP + 1) - 1
Bounds = tuple[int, int | None]


class Form(NamedTuple):
    """A count as it is written, and the least and the most it can be."""

    text: str
    low: int
    high: int
    is_hidden: bool = False

    @property
    def numbers(self) -> int:
        return interval(self.low, self.high)


class Row(NamedTuple):
    """A transfer; `link` None says nothing, "" denies."""

    to: str
    by: str | None
    form: Form
    link: str | None = None


class Hand(NamedTuple):
    """A hand-over, in one revision."""

    id: str
    kind: str
    rows: tuple[Row, ...]
    first: str = "2025-06-01"
    last: str = "2025-06-01"
    status: str = "held"
    link: str | None = None
    part_of: str | None = None
    source: str | None = None
    recorded: str | None = None
    revision: int = 1
    retracted: bool = False

    @property
    def what(self) -> str:
        return "people" if self.kind == "exchange" else "bodies"

    def known(self, published: dict[str, str]) -> str:
        if self.revision == 1 and self.source in published:
            return published[self.source]
        return self.recorded or self.first

    def table(self) -> dict[str, Any]:
        fields = {
            "id": self.id, "kind": self.kind, "title": self.id, "status": self.status, "under": self.link,
            "part_of": self.part_of, "sources": [self.source] if self.source else [], "recorded": self.recorded,
            "revision": self.revision, "retracted": self.retracted, "because": "b" if self.revision > 1 else None,
            "date": self.first if self.first == self.last else f"{self.first}/{self.last}",
        }  # fmt: skip
        rows = [{"to": row.to, "by": row.by, "count": row.form.text, "under": row.link} for row in self.rows]
        return {**fields, "transfer": rows}


class Promise(NamedTuple):
    """A commitment; `to` None is each way."""

    id: str
    what: str
    to: str | None


class Agreement(NamedTuple):
    """An agreement with its commitments."""

    id: str
    promises: tuple[Promise, ...]
    link: str | None

    def table(self) -> dict[str, Any]:
        rows = [{"id": one.id, "what": one.what, "to": one.to, "count": 9} for one in self.promises]
        fields = {"id": self.id, "kind": "agreement", "title": self.id, "date": "2025-05-16", "under": self.link}
        return {**fields, "commitment": rows}


def interval(low: int, high: int) -> int:
    return (1 << high + 1) - (1 << low)


def least(numbers: int) -> int:
    return (numbers & -numbers).bit_length() - 1


def most(numbers: int) -> int:
    return numbers.bit_length() - 1


def both(one: int, other: int) -> int:
    """Return every sum of a number of the one and a number of the other."""
    found = 0
    for number in range(other.bit_length()):
        if other >> number & 1:
            found |= one << number
    return (found | (1 << TOP if found > ANY else 0)) & ANY


def summed(sets: Iterable[int]) -> int:
    found = 1
    for numbers in sets:
        found = both(found, numbers)
    return found


class Said(NamedTuple):
    """Numbers that somebody allows; `rank` 2: all disclosed, 1: in part, 0: nothing disclosed."""

    numbers: int
    rank: int


def said(rows: Iterable[Row]) -> Said:
    rows = tuple(rows)
    hidden = [row.form.is_hidden for row in rows]
    rank = 0 if all(hidden) else 1 if any(hidden) else 2
    return Said(summed(row.form.numbers for row in rows), rank)


def spanned(rivals: Iterable[Said]) -> Said:
    """Return what any of those allows that disclose the most: rivals are alternatives."""
    rivals = tuple(rivals)
    rank = max(one.rank for one in rivals)
    numbers = 0
    for one in rivals:
        numbers |= one.numbers if one.rank == rank else 0
    return Said(numbers, rank)


class Brute:
    """The tally of a made ledger: agreements and current hand-overs."""

    def __init__(self, agreements: Iterable[Agreement], hands: Iterable[Hand], sides: dict[str, str]) -> None:
        self.agreements = {one.id: one for one in agreements}
        self.hands = {one.id: one for one in hands}
        self.sides = sides

    def held(self, hand: Hand) -> bool:
        return hand.status == "held"

    def parts(self, hand: Hand) -> list[Hand]:
        return [one for one in self.hands.values() if one.part_of == hand.id and one.kind == hand.kind]

    def is_whole(self, hand: Hand) -> bool:
        return any(self.held(part) for part in self.parts(hand))

    def chain(self, hand: Hand) -> list[Hand]:
        """Return a hand-over and the wholes it is part of."""
        found = [hand]
        while found[-1].part_of in self.hands:
            found.append(self.hands[found[-1].part_of or ""])
        return found

    def accounts(self, hand: Hand, to: str) -> dict[str | None, list[Row]]:
        found: dict[str | None, list[Row]] = {}
        for row in hand.rows:
            if row.to == to:
                found.setdefault(self.sides.get(row.by, row.by) if row.by else None, []).append(row)
        return found

    # Links

    def link(self, hand: Hand, row: Row) -> str | None:
        said = [row.link, *(one.link for one in self.chain(hand))]
        return next((one for one in said if one is not None), None)

    def fed(self, link: str, what: str, to: str) -> str:
        agreement = self.agreements.get(link)
        fitting = (
            [one.id for one in agreement.promises if one.what == what and one.to in (None, to)] if agreement else []
        )
        return f"{link}/{fitting[0]}" if len(fitting) == 1 else link

    def above(self, scope: str) -> set[str]:
        """Return a scope and all that holds it."""
        name, _, promise = scope.partition("/")
        found = {scope}
        if promise:
            found |= self.above(name)
        elif name in self.agreements:
            found |= self.above(self.agreements[name].link or name) if self.agreements[name].link else set()
        elif name in self.hands:
            for up in (self.hands[name].part_of, self.hands[name].link):
                found |= self.above(up) if up else set()
        return found

    def ties(self, hand: Hand, row: Row, scope: str) -> bool:
        if any(scope in (one.id, one.part_of) for one in self.chain(hand)):
            return True
        link = self.link(hand, row)
        return bool(link) and scope in self.above(self.fed(link or "", hand.what, row.to))

    def denies(self, hand: Hand, row: Row, scope: str) -> bool:
        link = self.link(hand, row)
        if link is None or self.ties(hand, row, scope):
            return False
        return not link or self.fed(link, hand.what, row.to) not in self.above(scope)

    # Figures

    def figure(self, hand: Hand, to: str, account: str | None) -> Said | None:
        """Return one side's figure where it or nobody in particular discloses one, else the range."""
        accounts = {side: said(rows) for side, rows in self.accounts(hand, to).items()}
        if not accounts:
            return None
        if account is not None:
            for side in (account, None):
                if side in accounts and accounts[side].rank == 2:
                    return accounts[side]
        return spanned(accounts.values())

    def tied(self, hand: Hand, to: str, scope: str | None, account: str | None) -> Said | None:
        """Return how much of a hand-over counts in a scope; None where nobody ties it."""
        if scope is None:
            return self.figure(hand, to, account)
        accounts = self.accounts(hand, to)
        if account in accounts:
            accounts = {account: accounts[account]}
        told, untold, is_denied = [], [], False
        for rows in accounts.values():
            inside = [row for row in rows if self.ties(hand, row, scope)]
            if inside and said(inside).rank == 2:
                told.append(said(inside))
            elif inside:
                all_of_it = len(inside) == len(rows) and self.figure(hand, to, account)
                untold.append(all_of_it or said(inside))
            elif any(self.denies(hand, row, scope) for row in rows):
                is_denied = True
        if not told and not untold:
            return None
        found = spanned(told or untold)
        return Said(found.numbers | 1, found.rank) if is_denied and found.rank else found

    def is_contested(self, hand: Hand, to: str, scope: str | None) -> bool:
        return scope is not None and any(self.denies(hand, row, scope) for row in hand.rows if row.to == to)

    # Totals

    def leaves(self, what: str, to: str, scope: str | None, account: str | None) -> dict[str, Said]:
        found = {}
        for hand in self.hands.values():
            if self.held(hand) and hand.what == what and not self.is_whole(hand):
                amount = self.tied(hand, to, scope, account)
                if amount is not None:
                    found[hand.id] = amount
        return found

    def total(self, what: str, to: str, scope: str | None = None, account: str | None = None) -> Bounds:
        counted = self.leaves(what, to, scope, account)
        roots = [hand for hand in self.hands.values() if hand.what == what and not self._is_below(hand)]
        found = summed(amount for hand in roots for amount in self._measured(hand, to, scope, account, counted))
        return least(found), (None if found >> TOP & 1 else most(found))

    def _is_below(self, hand: Hand) -> bool:
        above = self.hands.get(hand.part_of or "")
        return above is not None and above.kind == hand.kind

    def _measured(
        self, hand: Hand, to: str, scope: str | None, account: str | None, counted: dict[str, Said]
    ) -> list[int]:
        """Return the amounts of a hand-over, or of a whole and all below it, to be added."""
        if hand.id in counted:
            inside = [counted[hand.id].numbers]
        else:
            inside = []
        for part in self.parts(hand):
            inside += self._measured(part, to, scope, account, counted)
        if not (self.held(hand) and self.is_whole(hand)):
            return inside
        own = self.tied(hand, to, scope, account)
        telling = [one for one in self._below(hand) if self._tells(one, to)]
        is_all = all(one.id in counted and not self.is_contested(one, to, scope) for one in telling)
        if own is None or not is_all:
            return inside
        if not inside:
            return [own.numbers]
        if own.rank == 0:
            return inside
        parts = summed(inside)
        low, high = max(least(parts), least(own.numbers)), min(most(parts), most(own.numbers))
        if low > high:
            low, high = min(least(parts), least(own.numbers)), max(most(parts), most(own.numbers))
        return [interval(low, high)]

    def _below(self, hand: Hand) -> list[Hand]:
        return [one for part in self.parts(hand) for one in (part, *self._below(part))]

    def _tells(self, hand: Hand, to: str) -> bool:
        return self.held(hand) and not self.is_whole(hand) and any(row.to == to for row in hand.rows)


def standing(revisions: Iterable[Hand], published: dict[str, str], day: str | None = None) -> list[Hand]:
    """Return the latest revision of each hand-over known on a day, without what was withdrawn."""
    latest: dict[str, Hand] = {}
    for one in sorted(revisions, key=lambda one: one.revision):
        if day is None or one.known(published) <= day:
            latest[one.id] = one
    return [one for one in latest.values() if not one.retracted]
