"""Events: what a ledger says happened, was promised, claimed, or planned."""

from functools import cache
from typing import Annotated, Any, Literal, get_args

import msgspec

from talkstrack.model import convert
from talkstrack.model.convert import Fault, TableType
from talkstrack.model.dates.period import Period
from talkstrack.model.facets import (
    Claim,
    Commitment,
    Deadline,
    Delegation,
    Facet,
    Identifier,
    Office,
    PersonNames,
    Phrases,
    PromiseId,
    Prose,
    Response,
    Transfer,
)
from talkstrack.model.fields import Holds, table_type

Status = Literal["held", "planned", "postponed", "cancelled", "lapsed", "disputed"]

STATUSES: tuple[Status, ...] = get_args(Status)
UNDATED_STATUSES: tuple[Status, ...] = ("planned", "postponed", "cancelled", "lapsed")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the ledger, as its block says it. `line` is where its block begins."""

    id: Identifier
    kind: str
    title: Prose
    date: Period | None = None
    status: Status = "held"
    scheduled: Period | None = None
    as_written: str | None = None
    summary: Prose | None = None
    place: Prose | None = None
    parties: Annotated[tuple[str, ...], Holds("party")] = ()
    host: Annotated[tuple[str, ...], Holds("actor", is_lone=True)] = ()
    mediators: Annotated[tuple[str, ...], Holds("actor", is_lone=True)] = ()
    by: Annotated[tuple[str, ...], Holds("speaker", is_lone=True)] = ()
    people: PersonNames = ()
    round: int | None = None
    agenda: Phrases = ()
    under: PromiseId | None = None
    part_of: Annotated[str, Holds("event")] | None = None
    replaces: Annotated[tuple[str, ...], Holds("event", is_lone=True)] = ()
    about: Annotated[tuple[str, ...], Holds("event", is_lone=True)] = ()
    tags: tuple[str, ...] = ()
    sources: Annotated[tuple[str, ...], Holds("source")] = ()
    recorded: Period | None = None
    recorded_by: str | None = None
    revision: int = 1
    because: str | None = None
    retracted: bool = False
    note: Prose | None = None
    extra: dict[str, Any] | None = None
    delegation: tuple[Delegation, ...] = ()
    commitment: tuple[Commitment, ...] = ()
    transfer: tuple[Transfer, ...] = ()
    claim: tuple[Claim, ...] = ()
    deadline: tuple[Deadline, ...] = ()
    response: tuple[Response, ...] = ()
    office: tuple[Office, ...] = ()
    line: Annotated[int, Holds(is_read=False)] | None = None

    @property
    def when(self) -> Period:
        """The date it happened, else the date it had been due."""
        day = self.date or self.scheduled
        assert day is not None
        return day

    @property
    def counts(self) -> bool:
        """Whether it enters a tally: held, and not withdrawn."""
        return self.status == "held" and not self.retracted


FACET_TYPES: dict[str, type[Facet]] = {
    name: row
    for name, hint in Event.__annotations__.items()
    for row in get_args(hint)[:1]
    if row in Facet.__subclasses__()
}
"""The struct of each facet, in the order in which facets are written."""

FACETS = tuple(FACET_TYPES)


@cache
def _event_table() -> TableType:
    event = table_type(Event)
    above = frozenset(event.fields)
    facets = {name: convert.tables(table_type(struct, above=above)) for name, struct in FACET_TYPES.items()}
    return event._replace(fields={**event.fields, **facets})


def read_event(table: dict[str, Any], line: int | None = None) -> tuple[Event | None, list[Fault]]:
    """Read one event from its table; on faults the event is None and every fault is in the list."""
    faults: list[Fault] = []
    event = convert.read_table(_event_table(), table, (), faults, line=line)
    faults += whole_faults(table)
    return (None if faults else event), faults


def whole_faults(table: dict[str, Any]) -> list[Fault]:
    """Find where the fields of an event, as written or as read, do not make a whole."""
    faults: list[Fault] = []
    if table.get("date") is None:
        status = table.get("status", "held")
        if status not in UNDATED_STATUSES:
            faults.append(Fault("missing-field", (), "an event needs `date`"))
        elif table.get("scheduled") is None:
            faults.append(Fault("missing-field", (), f"a {status} event needs `date` or `scheduled`"))
    needs = "a claim needs one of `count`, `nth`, `fulfilled`"
    _exactly_one(table, "claim", ("count", "nth", "fulfilled"), needs, ", not several", faults)
    _exactly_one(table, "deadline", ("within", "due"), "a deadline needs `within` or `due`", ", not both", faults)
    return faults


def _exactly_one(
    table: dict[str, Any], facet: str, names: tuple[str, ...], needs: str, surplus: str, faults: list[Fault]
) -> None:
    rows = table.get(facet)
    for position, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        stated = sum(row.get(name) is not None for name in names) if isinstance(row, dict) else 1
        if stated == 0:
            faults.append(Fault("missing-field", (facet, position), needs))
        elif stated > 1:
            faults.append(Fault("bad-value", (facet, position), needs + surplus))
