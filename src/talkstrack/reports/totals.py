"""Totals of hand-overs: each direction of a unit, over all that is selected and in each group, with its holes."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from talkstrack.model.counts import NOTHING, Sum, add
from talkstrack.model.event import What
from talkstrack.model.period import Period
from talkstrack.reports.accounts import perhaps
from talkstrack.reports.book import Book
from talkstrack.reports.sums import handed_by, parts_below, tally


class Total(msgspec.Struct, frozen=True, kw_only=True):
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


class Counted(NamedTuple):
    """One direction of a hand-over that is selected: its event, the group it is told in, and what counts of it.

    `may`: it only may fall inside the span asked for.
    """

    event: str
    when: Period
    group: str
    to: str
    figure: Sum
    parts: dict[str, Sum]
    may: bool


def totals(
    book: Book,
    what: What,
    counted: Iterable[Counted],
    *,
    towards: tuple[str, ...],
    account: str | None = None,
    grouped: bool = False,
) -> Iterator[Total]:
    """Yield the totals of these hand-overs by direction: with `grouped` first those of each group, then over all."""
    everything = list(counted)
    inside: dict[str | None, list[Counted]] = {}
    for one in everything if grouped else ():
        inside.setdefault(one.group, []).append(one)
    inside[None] = everything
    wholes = _wholes(book, what)
    for key, shown in inside.items():
        measuring = _measuring(wholes, shown) if wholes else frozenset()
        by_direction: dict[str, list[Counted]] = {}
        for one in shown:
            by_direction.setdefault(one.to, []).append(one)
        for to in towards:
            here = by_direction.get(to, [])
            if here or key is None:
                yield _total(book, what, to, key, here, measuring, account)


class _Whole(NamedTuple):
    """A whole with figures of its own: the hand-overs below it, and all it takes to measure them together."""

    leaves: frozenset[str]
    all: frozenset[str]


def _wholes(book: Book, what: What) -> dict[str, list[_Whole]]:
    """Return the wholes by the hand-overs of this unit below them."""
    found: dict[str, list[_Whole]] = {}
    for key in book.parts:
        event = book.by_id.get(key)
        if event is not None and event.transfer and event.counts and book.is_whole(event):
            below = parts_below(book, event)
            leaves = frozenset(one for one in below if handed_by(book, book.by_id[one], what))
            whole = _Whole(leaves, below | {event.id})
            for leaf in leaves:
                found.setdefault(leaf, []).append(whole)
    return found


def _measuring(wholes: dict[str, list[_Whole]], shown: list[Counted]) -> frozenset[str]:
    """Return the wholes all of whose hand-overs are surely among these, with what it takes to measure them."""
    sure = frozenset([one.event for one in shown if one.event in wholes and not one.may])
    found = (whole.all for leaf in sure for whole in wholes[leaf] if whole.leaves <= sure)
    return frozenset().union(*found)


def _total(
    book: Book,
    what: What,
    to: str,
    key: str | None,
    here: list[Counted],
    measuring: frozenset[str],
    account: str | None,
) -> Total:
    figures = [one.figure for one in here if not one.may and one.event not in measuring]
    if measuring:
        events = tuple(book.by_id[one] for one in sorted(measuring, key=book.places.__getitem__))
        figures.append(tally(book, what, to, account=account, events=events))
    possible = [perhaps(one.figure) for one in here if one.may]
    broken = [one for one in here if one.parts]
    names = dict.fromkeys([name for one in broken for name in one.parts])

    def category(name: str) -> list[tuple[Sum, bool]]:
        return [(one.parts.get(name, NOTHING), one.may) for one in broken]

    return Total(
        what=what,
        to=to,
        group=key,
        account=account,
        total=add((*figures, *possible)),
        parts={name: add([perhaps(amount) if may else amount for amount, may in category(name)]) for name in names},
        not_broken_down=add([perhaps(one.figure) if one.may else one.figure for one in here if not one.parts]),
        may=len(possible),
    )
