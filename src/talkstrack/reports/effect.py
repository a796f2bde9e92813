"""What a change of the ledger does to its totals."""

from collections.abc import Iterable

import msgspec

from talkstrack.model.event import Event, What
from talkstrack.model.sums import Sum
from talkstrack.reports.accounts import groups
from talkstrack.reports.book import Book, current
from talkstrack.reports.sums import tally


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """The total of one unit in one direction, over the whole ledger: before the change (None: not added up), after."""

    what: What
    to: str
    before: Sum | None
    after: Sum


class Tallied(msgspec.Struct, frozen=True, kw_only=True):
    """How many events of one kind count, before the change and after."""

    kind: str
    before: int
    after: int


class Effects(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does to totals and numbers; empty where it hands nothing over."""

    sums: tuple[Effect, ...]
    numbers: tuple[Tallied, ...]


def effects(before: Book, changed: Iterable[Event]) -> Effects:
    """Return what these new events or revisions do to the totals of a ledger."""
    new = tuple(changed)
    after = Book(current((*before.events, *new), before.register), before.register, before.today)
    units: dict[tuple[What, str], None] = {}
    kinds: dict[str, None] = {}
    for book in (before, after):
        for event in (book.by_id.get(one.id) for one in new):
            if event is not None and event.transfer:
                units.update(dict.fromkeys((one.what, one.to) for one in groups(book, event)))
                kinds[event.kind] = None
    sums = tuple(
        Effect(what=what, to=to, before=tally(before, what, to), after=tally(after, what, to)) for what, to in units
    )
    numbers = tuple(Tallied(kind=kind, before=_number(before, kind), after=_number(after, kind)) for kind in kinds)
    return Effects(sums=sums, numbers=numbers)


def alone(events: Iterable[Event], book: Book) -> Effects:
    """Return what new events add, where the ledger is too large to be added up for that."""
    own = Book(events, book.register, book.today)
    units = dict.fromkeys((one.what, one.to) for event in own.events for one in groups(own, event) if event.counts)
    sums = (Effect(what=what, to=to, before=None, after=tally(own, what, to)) for what, to in units)
    return Effects(sums=tuple(sums), numbers=())


def _number(book: Book, kind: str) -> int:
    return sum(event.kind == kind and event.counts and not book.is_whole(event) for event in book.events)
