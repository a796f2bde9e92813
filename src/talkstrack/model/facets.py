"""The facets of an event; what each field holds stands in its annotation, and is read from there (`model.fields`)."""

from typing import Annotated, Literal, get_args

import msgspec

from talkstrack.model import convert
from talkstrack.model.counts import Count
from talkstrack.model.dates.period import Period
from talkstrack.model.fields import Holds

Unit = Literal["people", "bodies"]
Answer = Literal["accepted", "rejected", "partly", "conditional", "denied", "none"]
Outcome = Literal["met", "lapsed"]

UNITS: tuple[Unit, ...] = get_args(Unit)

Identifier = Annotated[str, Holds(reader=convert.identifier)]
Duration = Annotated[str, Holds(reader=convert.duration)]
PartyName = Annotated[str, Holds("party")]
SpeakerName = Annotated[str, Holds("speaker")]
PersonName = Annotated[str, Holds("person")]
PersonNames = Annotated[tuple[str, ...], Holds("person")]
PromiseId = Annotated[str, Holds("promise")]
Prose = Annotated[str, Holds(is_searched=True)]
Phrases = Annotated[tuple[str, ...], Holds(is_searched=True)]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A table of an event: `[[event.transfer]]` and its like."""


class Delegation(Facet, frozen=True, kw_only=True):
    """Who sat at the table for one party. `size` includes the head."""

    party: PartyName
    head: PersonName | None = None
    members: PersonNames = ()
    size: Count | None = None
    joined: PersonNames = ()
    left: PersonNames = ()
    by: SpeakerName | None = None
    note: Prose | None = None


class Commitment(Facet, frozen=True, kw_only=True):
    """What was promised. The same `id` with another `by` is that side's reading; `to` left out: each way."""

    id: Identifier
    what: Unit | None = None
    to: PartyName | None = None
    count: Count | None = None
    described_as: Phrases = ()
    due: Period | None = None
    by: SpeakerName | None = None
    note: Prose | None = None


class Transfer(Facet, frozen=True, kw_only=True):
    """People or bodies handed over. `parts` are disjoint and add up; `described_as` overlaps and is never summed."""

    to: PartyName
    from_: PartyName | None = msgspec.field(name="from", default=None)
    what: Unit | None = None
    count: Count
    parts: dict[str, Count] | None = None
    described_as: Phrases = ()
    by: SpeakerName | None = None
    under: Annotated[str, Holds("promise", convert.text_or_empty)] | None = None
    note: Prose | None = None


class Claim(Facet, frozen=True, kw_only=True):
    """A claimed total, ordinal or fulfilment: checked against the events, never changing them."""

    by: SpeakerName
    count: Count | None = None
    nth: int | None = None
    fulfilled: bool | None = None
    what: Unit | None = None
    to: PartyName | None = None
    under: PromiseId | None = None
    since: Period | None = None
    series: str | None = None
    described_as: Phrases = ()
    note: Prose | None = None


class Deadline(Facet, frozen=True, kw_only=True):
    """A day set to somebody: `due`, or the event's date plus `within` (ISO 8601)."""

    to: Annotated[tuple[str, ...], Holds("actor", is_lone=True)] = ()
    within: Duration | None = None
    due: Period | None = None
    outcome: Outcome | None = None
    note: Prose | None = None


class Response(Facet, frozen=True, kw_only=True):
    """An answer to a proposal. On an event with `about`, it answers that event."""

    by: SpeakerName
    answer: Answer
    date: Period | None = None
    note: Prose | None = None


class Office(Facet, frozen=True, kw_only=True):
    """An office a person holds from the event's day on."""

    person: Annotated[str, Holds("officer")]
    title: Prose
    party: PartyName | None = None
    ends: Period | None = None
