"""Events and their facets: what a ledger says happened, was promised, claimed, or planned."""

from typing import Any, Literal, get_args

import msgspec

from talkstrack.model import convert as shape
from talkstrack.model.convert import Fault, TableType
from talkstrack.model.counts import UNKNOWN, Count
from talkstrack.model.dates.period import Period

What = Literal["people", "bodies"]
Status = Literal["held", "planned", "postponed", "cancelled", "lapsed", "disputed"]
Answer = Literal["accepted", "rejected", "partly", "conditional", "denied", "none"]
Outcome = Literal["met", "lapsed"]

STATUSES: tuple[Status, ...] = get_args(Status)
UNDATED_STATUSES: tuple[Status, ...] = ("planned", "postponed", "cancelled", "lapsed")
ANSWERS: tuple[Answer, ...] = get_args(Answer)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
WHATS: tuple[What, ...] = get_args(What)


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A table of an event: `[[event.transfer]]` and its like."""


class Delegation(Facet, frozen=True, kw_only=True):
    """Who sat at the table for one party. `size` includes the head."""

    party: str
    head: str | None = None
    members: tuple[str, ...] = ()
    size: Count | None = None
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    by: str | None = None
    note: str | None = None


class Commitment(Facet, frozen=True, kw_only=True):
    """What was promised. The same `id` with another `by` is that side's reading; `to` left out: each way."""

    id: str
    what: What | None = None
    to: str | None = None
    count: Count | None = None
    described_as: tuple[str, ...] = ()
    due: Period | None = None
    by: str | None = None
    note: str | None = None


class Transfer(Facet, frozen=True, kw_only=True):
    """People or bodies handed over. `parts` are disjoint and add up; `described_as` overlaps and is never summed."""

    to: str
    from_: str | None = msgspec.field(name="from", default=None)
    what: What | None = None
    count: Count = UNKNOWN
    parts: dict[str, Count] | None = None
    described_as: tuple[str, ...] = ()
    by: str | None = None
    under: str | None = None
    note: str | None = None


class Claim(Facet, frozen=True, kw_only=True):
    """A claimed total, ordinal or fulfilment: checked against the events, never changing them."""

    by: str
    count: Count | None = None
    nth: int | None = None
    fulfilled: bool | None = None
    what: What | None = None
    to: str | None = None
    under: str | None = None
    since: Period | None = None
    series: str | None = None
    described_as: tuple[str, ...] = ()
    note: str | None = None


class Deadline(Facet, frozen=True, kw_only=True):
    """A day set to somebody: `due`, or the event's date plus `within` (ISO 8601)."""

    to: tuple[str, ...] = ()
    within: str | None = None
    due: Period | None = None
    outcome: Outcome | None = None
    note: str | None = None


class Response(Facet, frozen=True, kw_only=True):
    """An answer to a proposal. On an event with `about`, it answers that event."""

    by: str
    answer: Answer
    date: Period | None = None
    note: str | None = None


class Office(Facet, frozen=True, kw_only=True):
    """An office a person holds from the event's day on."""

    person: str
    title: str
    party: str | None = None
    ends: Period | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the ledger, as its block says it. `line` is where its block begins."""

    id: str
    kind: str
    title: str
    date: Period | None = None
    status: Status = "held"
    scheduled: Period | None = None
    as_written: str | None = None
    summary: str | None = None
    place: str | None = None
    parties: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    round: int | None = None
    agenda: tuple[str, ...] = ()
    under: str | None = None
    part_of: str | None = None
    replaces: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    recorded: Period | None = None
    recorded_by: str | None = None
    revision: int = 1
    because: str | None = None
    retracted: bool = False
    note: str | None = None
    extra: dict[str, Any] | None = None
    delegation: tuple[Delegation, ...] = ()
    commitment: tuple[Commitment, ...] = ()
    transfer: tuple[Transfer, ...] = ()
    claim: tuple[Claim, ...] = ()
    deadline: tuple[Deadline, ...] = ()
    response: tuple[Response, ...] = ()
    office: tuple[Office, ...] = ()
    line: int | None = None

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


_what = shape.one_of(*WHATS)

FACET_SHAPES: dict[str, TableType] = {
    "delegation": TableType(
        "a delegation",
        Delegation,
        {
            "party": shape.text, "head": shape.text, "members": shape.texts, "size": shape.count,
            "joined": shape.texts, "left": shape.texts, "by": shape.text, "note": shape.text,
        },
        ("party",),
    ),
    "commitment": TableType(
        "a commitment",
        Commitment,
        {
            "id": shape.identifier, "what": _what, "to": shape.text, "count": shape.count,
            "described_as": shape.texts, "due": shape.period, "by": shape.text, "note": shape.text,
        },
        ("id",),
    ),
    "transfer": TableType(
        "a transfer",
        Transfer,
        {
            "to": shape.text, "from": shape.text, "what": _what, "count": shape.count, "parts": shape.parts,
            "described_as": shape.texts, "by": shape.text, "under": shape.text_or_empty, "note": shape.text,
        },
        ("to", "count"),
        renamed={"from": "from_"},
    ),
    "claim": TableType(
        "a claim",
        Claim,
        {
            "by": shape.text, "count": shape.count, "nth": shape.positive, "fulfilled": shape.boolean,
            "what": _what, "to": shape.text, "under": shape.text, "since": shape.period,
            "series": shape.text, "described_as": shape.texts, "note": shape.text,
        },
        ("by",),
    ),
    "deadline": TableType(
        "a deadline",
        Deadline,
        {
            "to": shape.texts, "within": shape.duration, "due": shape.period,
            "outcome": shape.one_of(*OUTCOMES), "note": shape.text,
        },
    ),
    "response": TableType(
        "a response",
        Response,
        {"by": shape.text, "answer": shape.one_of(*ANSWERS), "date": shape.period, "note": shape.text},
        ("by", "answer"),
    ),
    "office": TableType(
        "an office",
        Office,
        {"person": shape.text, "title": shape.text, "party": shape.text, "ends": shape.period},
        ("person", "title"),
    ),
}  # fmt: skip

FACETS = tuple(FACET_SHAPES)
"""The names of the facets, in the order they are written."""

FACET_FIELDS = {name: tuple(table_type.fields) for name, table_type in FACET_SHAPES.items()}

_ABOVE = frozenset(Event.__struct_fields__) - {"line"}

EVENT_SHAPE = TableType(
    "an event",
    Event,
    {
        "id": shape.identifier, "kind": shape.text, "title": shape.text, "date": shape.period,
        "status": shape.one_of(*STATUSES), "scheduled": shape.period, "as_written": shape.text,
        "summary": shape.text, "place": shape.text, "parties": shape.texts, "host": shape.texts,
        "mediators": shape.texts, "by": shape.texts, "people": shape.texts, "round": shape.positive,
        "agenda": shape.texts, "under": shape.text, "part_of": shape.text, "replaces": shape.texts,
        "about": shape.texts, "tags": shape.texts, "sources": shape.texts, "recorded": shape.period,
        "recorded_by": shape.text, "revision": shape.positive, "because": shape.text,
        "retracted": shape.boolean, "note": shape.text, "extra": shape.table,
        **{name: shape.tables(table_type._replace(above=_ABOVE)) for name, table_type in FACET_SHAPES.items()},
    },
    ("id", "kind", "title"),
)  # fmt: skip


def read_event(table: dict[str, Any], line: int | None = None) -> tuple[Event | None, list[Fault]]:
    """Read one event from its table; on faults the event is None and every fault is in the list."""
    faults: list[Fault] = []
    event = shape.read_table(EVENT_SHAPE, table, (), faults, line=line)
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
    for position, item in enumerate(_items(table, facet) if facet in table else ()):
        stated = sum(item.get(name) is not None for name in names)
        if stated == 0:
            faults.append(Fault("missing-field", (facet, position), needs))
        elif stated > 1:
            faults.append(Fault("bad-value", (facet, position), needs + surplus))


def _items(table: dict[str, Any], facet: str) -> list[dict[str, Any]]:
    rows = table.get(facet)
    if rows is None:
        return []
    items = rows if isinstance(rows, list | tuple) else []
    return [item if isinstance(item, dict) else {"count": 0, "due": 0} for item in items]
