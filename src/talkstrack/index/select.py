"""What a query found, and the index through which every command finds it."""

import sqlite3
from collections.abc import Callable, Iterable
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from talkstrack.errors import Problem
from talkstrack.index.facts import fact
from talkstrack.index.filter import known_on, span_of, statement
from talkstrack.index.rows import BODY, PICKED, events_of, sound
from talkstrack.index.schema import COLUMNS, NAMINGS, Damaged
from talkstrack.index.scope import VISIBLE, around
from talkstrack.model.dates.period import Period
from talkstrack.model.query import EVERYTHING, Query

if TYPE_CHECKING:
    from talkstrack.model.event import Event, What
    from talkstrack.model.register import Register

_Found = TypeVar("_Found")
_ID, _EARLIEST, _LATEST = (COLUMNS.index(name) for name in ("id", "earliest", "latest"))
_IN_ORDER = "ORDER BY e.earliest, e.latest, e.ord"


class Selection:
    """The events a query selects, in the ledger's order. Never changed once made.

    `rows` are their JSON as it stands in the index, `may` the ids of those that only may fall inside the span asked
    for, `total` how many events the ledger has on the day asked for.
    """

    def __init__(
        self, query: Query, ids: tuple[str, ...], rows: tuple[bytes, ...], may: frozenset[str], total: int
    ) -> None:
        self.query = query
        self.ids = ids
        self.rows = rows
        self.may = may
        self.total = total

    @cached_property
    def events(self) -> "tuple[Event, ...]":
        """The events, decoded when first asked for."""
        return events_of(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Store:
    """An index that is open and up to date."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        problems: tuple[Problem, ...],
        total: int,
    ) -> None:
        self.connection = connection
        self.problems = problems
        self.total = total
        self._register: Register | None = None

    def register(self) -> "Register":
        """Return the register, read when first asked for."""
        if self._register is None:
            from talkstrack.index.registered import load_register

            self._register = load_register(self.connection)
        return self._register

    def heading(self) -> dict[str, Any]:
        """Return what the ledger says of itself."""
        found: dict[str, Any] = fact(self.connection, "heading", dict[str, Any])
        return found

    @property
    def made_from(self) -> str:
        """The digest of the ledger the index was made from."""
        found: str = fact(self.connection, "made_from", str)
        return found

    @property
    def last_event(self) -> tuple[int, int] | None:
        """The offset and the line that the last event's block begins at; None where a ledger has faults or no event."""
        found: tuple[int, int] | None = fact(self.connection, "tail", tuple[int, int] | None)
        return found


class Index:
    """A ledger as commands read it: selections, and whatever a report needs beyond them.

    A damaged store is replaced by a sound one when it is noticed, and the question asked again.
    """

    def __init__(self, store: Store, mend: Callable[[], Store]) -> None:
        self._store = store
        self._mend = mend

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._store.connection.close()

    @property
    def register(self) -> "Register":
        """The register of the ledger, as far as it can be read."""
        return self.ask(Store.register)

    @property
    def heading(self) -> dict[str, Any]:
        """The `[ledger]` table, as in JSON output."""
        return self.ask(Store.heading)

    @property
    def last_event(self) -> tuple[int, int] | None:
        """The offset and the line that the last event's block begins at; None where a ledger has faults or no event."""
        return self.ask(lambda store: store.last_event)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The errors of the ledger, in the order of their places; while there are any, totals cannot be trusted."""
        return self._store.problems

    def select(self, query: Query = EVERYTHING) -> Selection:
        """Return the events a query selects."""
        return self.ask(lambda store: _select(store, query))

    def events(self, as_known: Period | None = None) -> "tuple[Event, ...]":
        """Return all events that hold on a day (None: now), in the ledger's order."""
        return self.select(Query(as_known=as_known)).events

    def around(self, ids: Iterable[str], as_known: Period | None = None, *, below: bool = False) -> "tuple[Event, ...]":
        """Return these events with what a report on them may need, in the ledger's order.

        That is what they are part of, under, about or replace, at any depth, and what points to them. With `below`
        also all that points to any of these, at any depth, and what it refers to: a book of that says the same of
        these events as one of all, but for what is claimed of no agreement or event (`since` a day, or the nth of all).
        """
        chosen = tuple(ids)
        return self.ask(lambda store: _around(store, chosen, as_known, below))

    def total(self, as_known: Period | None = None) -> int:
        """Return how many events the ledger has on a day."""
        return self.ask(lambda store: _total(store, as_known))

    def receiving(self, what: str, as_known: Period | None = None) -> frozenset[str]:
        """Return the folded names that anything of this unit was handed to, as the events that hold on a day say."""
        from talkstrack.index.handed import receiving  # only a part of a long ledger needs it

        return self.ask(lambda store: frozenset(receiving(store.connection, what, known_on(as_known))))

    def untied(self, as_known: Period | None = None) -> tuple[str, ...]:
        """Return the ids of the events that hand something over and are under nothing themselves."""
        from talkstrack.index.handed import untied  # only a part of a long ledger needs it

        return self.ask(lambda store: untied(store.connection, known_on(as_known)))

    def handed(self, what: "What", as_known: Period | None = None) -> int:
        """Return how many held events hand over anything of this unit; wholes do not count beside their parts."""
        from talkstrack.index.handed import handed  # only a part of a long ledger needs it

        return self.ask(lambda store: handed(store.connection, what, known_on(as_known)))

    def revisions(self, event_id: str) -> "tuple[Event, ...]":
        """Return every revision of an event, withdrawn ones included, the first one first."""
        found = f"SELECT {PICKED} FROM event e {BODY} WHERE e.id = ? ORDER BY e.revision, e.row"
        return self.ask(lambda store: _events(store, found, (event_id,)))

    def history(self) -> "tuple[Event, ...]":
        """Return every revision of every event, in the order of the file."""
        return self.ask(lambda store: _events(store, f"SELECT {PICKED} FROM event e {BODY} ORDER BY e.row", ()))

    def ids(self, prefix: str = "") -> tuple[str, ...]:
        """Return the ids that begin like this, withdrawn events included, sorted."""
        found = "SELECT DISTINCT id FROM event WHERE id >= ? AND id < ? ORDER BY id"
        return self._strings(found, (prefix, prefix + "\U0010ffff"))

    def has(self, event_id: str) -> bool:
        """Tell whether there is an event of this id, a withdrawn one included."""
        return bool(self._strings("SELECT id FROM event WHERE id = ? LIMIT 1", (event_id,)))

    def on_day(self, day: Period, as_known: Period | None = None) -> tuple[str, ...]:
        """Return the ids of the events of a day, in the ledger's order; where there are none, of those that may be."""
        found = self.select(Query(on=day, as_known=as_known))
        return tuple(one for one in found.ids if one not in found.may) or found.ids

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that occur, sorted."""
        return self._strings("SELECT DISTINCT kind FROM event ORDER BY kind", ())

    def tags(self) -> tuple[str, ...]:
        """Return the tags that occur, folded and sorted."""
        return self._strings(
            f"SELECT DISTINCT n.folded FROM {NAMINGS} WHERE n.role = 'tag' ORDER BY n.folded",
            (),
        )

    def _strings(self, found: str, values: tuple[str, ...]) -> tuple[str, ...]:
        return self.ask(lambda store: tuple(one for (one,) in store.connection.execute(found, values)))

    def ask(self, question: Callable[[Store], _Found]) -> _Found:
        """Return what a question to the store comes to; where that turns out damaged, that of a sound one."""
        try:
            return question(self._store)
        except sqlite3.Error:
            self._store.connection.close()
            self._store = self._mend()
            return question(self._store)


def _select(store: Store, query: Query) -> Selection:
    sql = statement(store.connection, query, store.register)
    found = sound(store.connection.execute(f"SELECT {PICKED} FROM {sql.text}", sql.values))
    if query.last is not None:
        found.reverse()
    first, last = span_of(query)
    may = frozenset(one[_ID] for one in found if one[_EARLIEST] < first or one[_LATEST] > last)
    total = _total(store, query.as_known)
    if query == EVERYTHING and len(found) != total:
        raise Damaged("the index does not have all rows")
    return Selection(query, tuple(one[_ID] for one in found), tuple(one[-2] for one in found), may, total)


def _total(store: Store, as_known: Period | None) -> int:
    if as_known is None:
        return store.total
    day = known_on(as_known)
    visible = f"SELECT count(*) FROM event e WHERE {VISIBLE.format('e')}"
    found: int = store.connection.execute(visible, (day, day)).fetchone()[0]
    return found


def _events(store: Store, found: str, values: tuple[str | int, ...]) -> "tuple[Event, ...]":
    return events_of([one[-2] for one in sound(store.connection.execute(found, values))])


def _around(store: Store, ids: tuple[str, ...], as_known: Period | None, below: bool) -> "tuple[Event, ...]":
    day = known_on(as_known)
    return _of_rows(store, around(store.connection, ids, day, below=below), day)


def _of_rows(store: Store, rows: Iterable[int], day: int) -> "tuple[Event, ...]":
    found = f"SELECT {PICKED} FROM event e NOT INDEXED {BODY} WHERE e.row IN ({', '.join(map(str, rows))}) AND "
    return _events(store, f"{found}{VISIBLE.format('e')} {_IN_ORDER}", (day, day))
