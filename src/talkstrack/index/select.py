"""What a query found, and the index through which every command finds it."""

import sqlite3
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from talkstrack.errors import Problem
from talkstrack.index.filters import AMONG, listed, span_of, statement
from talkstrack.index.links import rows_around, rows_below, rows_parted
from talkstrack.index.rows import events_of
from talkstrack.index.schema import ORDER, IndexDamaged, meta
from talkstrack.model.dates.period import Day, Period, last_day
from talkstrack.model.query import EVERYTHING, Query

if TYPE_CHECKING:
    from talkstrack.model.event import Event
    from talkstrack.model.register import Register

_Answer = TypeVar("_Answer")
_IN_ORDER = f"ORDER BY {', '.join(f'e.{column}' for column in ORDER)}"


class Selection:
    """The events a query selects, in the ledger's order. Never changed once made.

    `rows` are their JSON as it stands in the index, `possible` the ids of those that only may fall inside the span
    asked for, `total` how many events the ledger has on the day asked for.
    """

    def __init__(
        self,
        query: Query,
        ids: tuple[str, ...],
        rows: tuple[bytes, ...],
        possible: frozenset[str],
        total: int,
        again: "Callable[[], Selection]",
    ) -> None:
        self.query = query
        self.ids = ids
        self.rows = rows
        self.possible = possible
        self.total = total
        self._again = again

    @cached_property
    def events(self) -> "tuple[Event, ...]":
        """The events, decoded when first asked for."""
        try:
            return events_of(self.rows)
        except IndexDamaged:
            return events_of(self._again().rows)

    def __len__(self) -> int:
        return len(self.rows)


class Index:
    """A ledger as commands read it: selections, and whatever a report needs beyond them.

    Where the database turns out damaged it is made anew, and the question is asked again.
    """

    def __init__(self, connection: sqlite3.Connection, shown: str, renewed: Callable[[], sqlite3.Connection]) -> None:
        self._connection = connection
        self._shown = shown
        self._renewed = renewed
        self._replays: dict[Day, Index] = {}
        self._whole: dict[Query, Selection] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        for replay in self._replays.values():
            replay.close()

    def ask(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """Return what a question to the database comes to."""
        try:
            return question(self._connection)
        except sqlite3.Error:
            return self._ask_anew(question)

    def _ask_anew(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        self._connection.close()
        self._connection = self._renewed()
        return question(self._connection)

    @cached_property
    def register(self) -> "Register":
        """The register of the ledger, as far as it can be read."""
        return self.ask(read_register_of)

    @property
    def heading(self) -> dict[str, Any]:
        """The `[ledger]` table, as in JSON output."""
        return self.ask(lambda connection: meta(connection, "heading", dict[str, Any]))

    @property
    def last_event(self) -> tuple[int, int] | None:
        """The offset and the line that the last event's block begins at; None where a ledger has faults or no event."""
        tail: tuple[int, int] | None = self.ask(lambda connection: meta(connection, "tail", tuple[int, int] | None))
        return tail

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The errors of the ledger, in the order of their places; while there are any, totals cannot be trusted."""
        problems = self.ask(lambda connection: meta(connection, "problems", tuple[Problem, ...]))
        return tuple([msgspec.structs.replace(problem, path=self._shown) for problem in problems])

    def select(self, query: Query = EVERYTHING) -> Selection:
        """Return the events a query selects."""
        index = self._on(query.as_known)
        if query in index._whole:
            return index._whole[query]
        selection = index.ask(lambda connection: index._select(connection, query))
        if len(selection) == selection.total:  # reports ask for all again, and all are long to decode
            index._whole = {query: selection}
        return selection

    def events(self, as_known: Period | None = None) -> "tuple[Event, ...]":
        """Return all events that hold on a day (None: now), in the ledger's order."""
        return self.select(Query(as_known=as_known)).events

    def around(self, ids: Iterable[str], as_known: Period | None = None, *, below: bool = False) -> "tuple[Event, ...]":
        """Return these events with what a report on them may need, in the ledger's order.

        That is what they are part of, under, about or replace, at any depth, and what points to them. With `below`
        also all that points to any of these, at any depth, and what it refers to: a snapshot of that says the same of
        these events as one of all, but for what is claimed of no agreement or event (`since` a day, or the nth of all).
        """
        chosen = tuple(ids)
        index = self._on(as_known)
        return index.ask(lambda connection: _events(connection, rows_around(connection, chosen, below=below)))

    def total(self, as_known: Period | None = None) -> int:
        """Return how many events the ledger has on a day."""
        return self._on(as_known).ask(_total)

    def receiving(self, what: str, as_known: Period | None = None) -> frozenset[str]:
        """Return the folded names that anything of this unit was handed to, as the events that hold on a day say."""
        held = "SELECT 1 FROM naming t CROSS JOIN event e ON e.row = t.row WHERE t.name = n.id AND e.current"
        question = f"SELECT DISTINCT n.folded FROM name n WHERE n.id {AMONG} AND EXISTS ({held})"
        index = self._on(as_known)
        return frozenset(index._strings(question, (index._handing(what),)))

    def untied(self, as_known: Period | None = None) -> tuple[str, ...]:
        """Return the ids of the held events that hand something over and are under nothing, whatever their rows are."""
        handing = "SELECT t.row FROM name n CROSS JOIN naming t ON t.name = n.id WHERE n.kind <> ''"
        tied = "SELECT row FROM link WHERE field = 'under'"
        held = "SELECT e.id FROM event e WHERE e.current AND e.status = 'held'"
        return self._on(as_known)._strings(f"{held} AND e.row IN ({handing}) AND e.row NOT IN ({tied}) {_IN_ORDER}")

    def handed(self, what: str, as_known: Period | None = None) -> int:
        """Return how many held events hand over anything of this unit; wholes do not count beside their parts."""
        from talkstrack.rules.snapshot import Snapshot  # only a page of totals asks
        from talkstrack.rules.wholes import is_whole

        index = self._on(as_known)
        held = "SELECT e.id FROM event e WHERE e.current AND e.status = 'held' AND e.row IN"
        ids = index._strings(f"{held} (SELECT row FROM naming WHERE name {AMONG})", (index._handing(what),))
        events = index.ask(lambda connection: _events(connection, rows_parted(connection)))
        parted = Snapshot(events, index.register, 0)
        wholes = {event.id for event in parted.events if is_whole(parted, event)}
        return sum(event_id not in wholes for event_id in ids)

    def _handing(self, what: str) -> str:
        """Return the numbers of the names that anything of this unit is handed to, as the register says of kinds."""

        def question(connection: sqlite3.Connection) -> list[int]:
            names = connection.execute("SELECT id, kind, what FROM name WHERE kind <> ''")
            return [number for number, kind, said in names if (said or self.register.unit_of(kind)) == what]

        return listed(self.ask(question))

    def revisions(self, event_id: str) -> "tuple[Event, ...]":
        """Return every revision of an event, withdrawn ones included, the first one first."""
        question = "SELECT json FROM event WHERE id = ? ORDER BY revision, row"
        return self.ask(lambda connection: _decoded(connection.execute(question, (event_id,))))

    def history(self) -> "tuple[Event, ...]":
        """Return every revision of every event, in the order of the file."""
        return self.ask(lambda connection: _decoded(connection.execute("SELECT json FROM event ORDER BY row")))

    def ids(self, prefix: str = "") -> tuple[str, ...]:
        """Return the ids that begin like this, withdrawn events included, sorted."""
        question = "SELECT DISTINCT id FROM event WHERE id >= ? AND id < ? ORDER BY id"
        return self._strings(question, (prefix, prefix + "\U0010ffff"))

    def has(self, event_id: str) -> bool:
        """Tell whether there is an event of this id, a withdrawn one included."""
        return bool(self._strings("SELECT id FROM event WHERE id = ? LIMIT 1", (event_id,)))

    def on_day(self, day: Period, as_known: Period | None = None) -> tuple[str, ...]:
        """Return the ids of the events of a day, in the ledger's order; where there are none, of those that may be."""
        selection = self.select(Query(on=day, as_known=as_known))
        return tuple(event_id for event_id in selection.ids if event_id not in selection.possible) or selection.ids

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that occur, sorted."""
        return self._strings("SELECT DISTINCT kind FROM event ORDER BY kind")

    def tags(self) -> tuple[str, ...]:
        """Return the tags that occur, folded and sorted."""
        used = "EXISTS (SELECT 1 FROM naming WHERE name = n.id)"
        return self._strings(f"SELECT folded FROM name n WHERE role = 'tag' AND {used} ORDER BY folded")

    def _strings(self, question: str, values: tuple[str, ...] = ()) -> tuple[str, ...]:
        return self.ask(lambda connection: tuple([text for (text,) in connection.execute(question, values)]))

    def _on(self, as_known: Period | None) -> "Index":
        """Return the index of the ledger as it was known on a day: that of the events that the rules replay."""
        if as_known is None:
            return self
        day = last_day(as_known)
        if day not in self._replays:
            from talkstrack.index.build import replay  # few questions are about what was known

            def replayed() -> sqlite3.Connection:
                return replay(self.history(), self.register, day)

            self._replays[day] = Index(replayed(), self._shown, replayed)
        return self._replays[day]

    def _select(self, connection: sqlite3.Connection, query: Query) -> Selection:
        sql = statement(connection, query, lambda: self.register, lambda scopes: self._under(connection, scopes))
        found = connection.execute(f"SELECT e.id, e.earliest, e.latest, e.json FROM {sql.text}", sql.values).fetchall()
        if query.last is not None:
            found.reverse()
        first, last = span_of(query)
        possible = frozenset([row[0] for row in found if row[1] < first or row[2] > last])
        total = _total(connection)
        ids = tuple([row[0] for row in found])
        rows = tuple([row[3] for row in found])
        if None in rows or (query == EVERYTHING and len(set(ids)) != total):
            raise IndexDamaged("the index does not have all rows")

        def again() -> Selection:
            return self._ask_anew(lambda connection: self._select(connection, query))

        return Selection(query, ids, rows, possible, total, again)

    def _under(self, connection: sqlite3.Connection, scopes: tuple[str, ...]) -> list[int]:
        """Return the rows of the events that belong to one of these scopes: links narrow, the rules decide."""
        from talkstrack.rules.scope import events_under  # few questions are about scopes
        from talkstrack.rules.snapshot import Snapshot

        ids = [scope.partition("/")[0] for scope in scopes]
        linked = Snapshot(_events(connection, rows_below(connection, ids)), self.register, 0)
        return [event.line or 0 for scope in scopes for event in events_under(linked, scope)]


def read_register_of(connection: sqlite3.Connection) -> "Register":
    """Return the register that an index was made with."""
    from talkstrack.model.entries import Heading, Kind, Party, Person, Source  # JSON alone does without
    from talkstrack.model.register import Register

    return Register(
        meta(connection, "parties", dict[str, Party]),
        meta(connection, "persons", dict[str, Person]),
        meta(connection, "sources", dict[str, Source]),
        meta(connection, "kinds", dict[str, Kind]),
        meta(connection, "heading", Heading),
    )


def _total(connection: sqlite3.Connection) -> int:
    total: int = meta(connection, "total", int)
    return total


def _decoded(found: Iterable[tuple[bytes]]) -> "tuple[Event, ...]":
    return events_of([json for (json,) in found])


def _events(connection: sqlite3.Connection, rows: Iterable[int]) -> "tuple[Event, ...]":
    """Return the events that hold of these rows, in the ledger's order."""
    question = f"SELECT e.json FROM event e WHERE e.row {AMONG} AND e.current {_IN_ORDER}"
    return _decoded(connection.execute(question, (listed(rows),)))
