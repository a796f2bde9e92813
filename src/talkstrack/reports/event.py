"""One event whole: what its facets come to, its links both ways, its sources and its revisions."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import msgspec

from talkstrack.model.counts import Count
from talkstrack.model.dates.period import Period, first_day
from talkstrack.model.entries import Source
from talkstrack.model.event import Event
from talkstrack.model.facets import Delegation, Unit
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum
from talkstrack.reports.agreements import PromiseReading, promise_readings
from talkstrack.reports.claims import ClaimRow, claim_rows
from talkstrack.reports.deadlines import DeadlineRow, rows_of
from talkstrack.reports.history import RevisionRow, history
from talkstrack.rules.accounts import Account, flows, links_by_side
from talkstrack.rules.answers import Answer, answers_to
from talkstrack.rules.delegations import is_complete, listed, offices_on
from talkstrack.rules.directions import unit_of_commitment
from talkstrack.rules.fulfilment import State, commitment_references, commitment_state
from talkstrack.rules.ordinals import place_under
from talkstrack.rules.scope import event_link, resolve_link
from talkstrack.rules.snapshot import Snapshot

Relation = Literal["before", "after", "part", "under", "about", "same-day"]


class DelegationCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a delegation are named, whether that is all of it, and the office of its head on the day."""

    party: str
    named: int
    is_complete: bool
    head_office: str | None


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Another event by its id; what it is called and when it was, where the ledger has it."""

    id: str
    title: str | None
    date: Period | None


class EventCommitment(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment of an event: every side's reading, and where it stands."""

    id: str
    what: Unit | None
    readings: tuple[PromiseReading, ...]
    state: State | None
    met_on: str | None


class CategoryCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a count are of one category."""

    category: str
    count: Count


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one side says was handed over in one direction (None: nobody disputes it), and who speaks for it."""

    side: str | None
    speakers: tuple[str, ...]
    figure: Sum
    is_disclosed: bool
    categories: tuple[CategoryCount, ...]
    described_as: tuple[str, ...]
    notes: tuple[str, ...]


class EventFlow(msgspec.Struct, frozen=True, kw_only=True):
    """What an event hands over in one direction, with its rival accounts."""

    to: str
    what: Unit
    accounts: tuple[AccountRow, ...]


class ScopeRow(msgspec.Struct, frozen=True, kw_only=True):
    """What an event is under, or with None that it is under nothing; `says`: whose accounts have it so.

    `nth` is its place among the `of` hand-overs of its kind there.
    """

    under: str | None
    says: tuple[str, ...]
    is_undisputed: bool
    nth: int | None
    of: int | None


class EventFacets(msgspec.Struct, frozen=True, kw_only=True):
    """What the facets of one event come to in the light of the others."""

    delegations: tuple[DelegationCount, ...]
    about: tuple[Mention, ...]
    replaced_by: tuple[Mention, ...]
    commitments: tuple[EventCommitment, ...]
    flows: tuple[EventFlow, ...]
    scopes: tuple[ScopeRow, ...]
    claims: tuple[ClaimRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    answers: tuple[Answer, ...]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Another event and how it stands to this one."""

    relation: Relation
    id: str
    title: str


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A source as the register has it; `copies` are those it is based on."""

    id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: Period | None
    grade: str | None
    copies: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One event with all that belongs to it."""

    event: Event
    facets: EventFacets
    links: tuple[Link, ...]
    sources: tuple[SourceRow, ...]
    revisions: tuple[RevisionRow, ...]


def show(snapshot: Snapshot, event: Event, revisions: tuple[Event, ...]) -> Shown:
    """Show one event; `revisions` are all that the ledger holds of it."""
    return Shown(
        event=event,
        facets=event_facets(snapshot, event),
        links=links(snapshot, event),
        sources=tuple(_source(snapshot.register, key) for key in event.sources),
        revisions=history(revisions, snapshot.register).rows,
    )


def event_facets(snapshot: Snapshot, event: Event) -> EventFacets:
    """Return what the facets of one event come to."""
    return EventFacets(
        delegations=tuple(_delegation(snapshot, event, delegation) for delegation in event.delegation),
        about=tuple(_mention(snapshot, key) for key in event.about),
        replaced_by=tuple(_mention(snapshot, other.id) for other in snapshot.replaced_by.get(event.id, ())),
        commitments=tuple(_commitment(snapshot, reference) for reference in commitment_references(event)),
        flows=tuple(
            EventFlow(to=flow.receiver, what=flow.unit, accounts=tuple(map(_account, flow.accounts)))
            for flow in flows(snapshot, event)
        ),
        scopes=tuple(_scopes(snapshot, event)),
        claims=claim_rows(snapshot, (event,)),
        deadlines=rows_of(snapshot, event),
        answers=answers_to(snapshot, event),
    )


def _delegation(snapshot: Snapshot, event: Event, delegation: Delegation) -> DelegationCount:
    offices = offices_on(snapshot, delegation.head, first_day(event.when)) if delegation.head else ()
    return DelegationCount(
        party=snapshot.register.side(delegation.party),
        named=len(listed(snapshot, delegation)),
        is_complete=is_complete(snapshot, delegation),
        head_office=next(iter(offices), None),
    )


def _mention(snapshot: Snapshot, key: str) -> Mention:
    event = snapshot.by_id.get(key)
    return Mention(id=key, title=event.title if event else None, date=event.when if event else None)


def _commitment(snapshot: Snapshot, reference: str) -> EventCommitment:
    standing = commitment_state(snapshot, reference)
    return EventCommitment(
        id=reference.rpartition("/")[2],
        what=unit_of_commitment(snapshot, reference),
        readings=promise_readings(snapshot, reference),
        state=standing.state,
        met_on=standing.met_on,
    )


def _account(account: Account) -> AccountRow:
    rows = [row.transfer for row in account.rows]
    parts = [part for row in rows for part in (row.parts or {}).items()]
    return AccountRow(
        side=account.side,
        speakers=tuple(dict.fromkeys(row.by for row in rows if row.by)),
        figure=account.figure,
        is_disclosed=account.is_disclosed,
        categories=tuple(CategoryCount(category=name, count=count) for name, count in parts),
        described_as=tuple(dict.fromkeys(word for row in rows for word in row.described_as)),
        notes=tuple(dict.fromkeys(row.note for row in rows if row.note)),
    )


def _scopes(snapshot: Snapshot, event: Event) -> Iterator[ScopeRow]:
    sides: dict[str, dict[str | None, None]] = {}
    for flow in flows(snapshot, event):
        for side, stated in links_by_side(snapshot, flow).items():
            for link in stated:
                target = resolve_link(snapshot, link, flow.unit, flow.receiver) if link else ""
                sides.setdefault(target, {})[side] = None
    if not sides and (inherited := event_link(snapshot, event)):
        sides[inherited] = {None: None}
    for target, saying in sides.items():
        nth, of = (place_under(snapshot, event, target) if target else None) or (None, None)
        says = tuple(side for side in saying if side is not None)
        yield ScopeRow(under=target or None, says=says, is_undisputed=None in saying, nth=nth, of=of)


def links(snapshot: Snapshot, event: Event) -> tuple[Link, ...]:
    """Return the events this one stands beside, points to, and is pointed at by."""
    return (*_beside(snapshot, event), *_linked(snapshot, event))


def _beside(snapshot: Snapshot, event: Event) -> Iterator[Link]:
    alike = [other for other in snapshot.events if other.kind == event.kind and other.part_of == event.part_of]
    for before, after in pairwise(alike if event.part_of else ()):
        if after.id == event.id:
            yield _link("before", before)
        if before.id == event.id:
            yield _link("after", after)


def _linked(snapshot: Snapshot, event: Event) -> Iterator[Link]:
    for other in snapshot.events:
        if other.id == event.id:
            continue
        if other.part_of == event.id:
            yield _link("part", other)
        elif any(under.partition("/")[0] == event.id for under in _scopes_named(other)):
            yield _link("under", other)
        elif event.id in other.about:
            yield _link("about", other)
        elif _is_same_day(other, event) and other.kind in ("talks", "agreement"):
            yield _link("same-day", other)


def _scopes_named(event: Event) -> Iterator[str]:
    return filter(None, (event.under, *(row.under for row in event.transfer)))


def _link(relation: Relation, event: Event) -> Link:
    return Link(relation=relation, id=event.id, title=event.title)


def _is_same_day(event: Event, other: Event) -> bool:
    day = event.when.earliest
    return day == other.when.earliest and day == event.when.latest == other.when.latest


def _source(register: Register, key: str) -> SourceRow:
    source = register.sources.get(key, Source())
    return SourceRow(
        id=key,
        publisher=source.publisher,
        title=source.title or source.note,
        url=source.url,
        published=source.published,
        grade=source.grade,
        copies=source.based_on,
    )
