"""The delegations report: who sat at the table at each round, what they proposed, what they got and gave."""

import msgspec

from talkstrack.model.counts import Count
from talkstrack.model.dates.period import Period, first_day
from talkstrack.model.event import Event
from talkstrack.model.facets import UNITS, Delegation, Unit
from talkstrack.model.sums import Sum, add, as_possible
from talkstrack.reports.proposals import ProposalRow, proposals_of
from talkstrack.rules.delegations import Presence, is_person, listed, offices_on, presence
from talkstrack.rules.directions import receivers
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally, terms


class RoundColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One round of talks as a column of the grid."""

    event: str
    round: int | None
    date: Period


class MemberRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a delegation, and per round whether the sources list them, as head or not, in which office.

    `unknown`: the list is partial and does not say; that is not the same as `absent` or `left`.
    """

    person: str
    name: str
    is_head: bool
    offices: tuple[str, ...]
    presence: tuple[Presence, ...]
    heads: tuple[bool, ...]
    titles: tuple[str | None, ...]
    note: str | None


class SizeCell(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a delegation are named at a round, and how many it is said to have."""

    named: int
    size: Count | None


class PartyTotals(msgspec.Struct, frozen=True, kw_only=True):
    """What a party received and handed over of one unit; None where nothing of the kind is recorded."""

    what: Unit
    received: Sum | None
    handed_over: Sum | None


class DelegationRow(msgspec.Struct, frozen=True, kw_only=True):
    """One party's delegations over the rounds: what is told per round stands in the order of `rounds`."""

    party: str
    name: str
    rounds: tuple[RoundColumn, ...]
    members: tuple[MemberRow, ...]
    sizes: tuple[SizeCell | None, ...]
    notes: tuple[str, ...]
    proposals: tuple[ProposalRow, ...]
    totals: tuple[PartyTotals, ...]


class Delegations(msgspec.Struct, frozen=True, kw_only=True):
    """The delegations report: the rounds as columns, a row per party."""

    rounds: tuple[RoundColumn, ...]
    rows: tuple[DelegationRow, ...]


def delegations(
    snapshot: Snapshot,
    events: tuple[Event, ...],
    parties: tuple[str, ...] = (),
    *,
    possible: frozenset[str] = frozenset(),
) -> Delegations:
    """Report the delegations at the selected rounds; of these parties, else of all that sent one but the hosts.

    Proposals and hand-overs are those of the selected events too; of the latter, `possible` only may fall in the span.
    """
    rounds = tuple(event for event in events if event.delegation and event.counts)
    sent = dict.fromkeys(
        snapshot.register.side(delegation.party) for event in rounds for delegation in event.delegation
    )
    hosts = {snapshot.register.side(name) for event in rounds for name in event.host}
    named = list(dict.fromkeys(snapshot.register.side(name) for name in parties))
    chosen = named or [side for side in sent if side not in hosts]
    columns = tuple(RoundColumn(event=event.id, round=event.round, date=event.when) for event in rounds)
    return Delegations(
        rounds=columns, rows=tuple(_party(snapshot, side, rounds, columns, events, possible) for side in chosen)
    )


def _party(
    snapshot: Snapshot,
    side: str,
    rounds: tuple[Event, ...],
    columns: tuple[RoundColumn, ...],
    events: tuple[Event, ...],
    possible: frozenset[str],
) -> DelegationRow:
    lists = [_of(snapshot, event, side) for event in rounds]
    people: dict[str, None] = {}
    for delegation in lists:
        if delegation is not None:
            names = (
                *((delegation.head,) if delegation.head else ()),
                *delegation.members,
                *delegation.joined,
                *delegation.left,
            )
            people.update((snapshot.register.person(name) or name, None) for name in names)
    heads = [
        key for key in people if any(delegation and is_person(snapshot, delegation.head, key) for delegation in lists)
    ]
    ordered = [*heads, *(key for key in people if key not in heads)]
    party = snapshot.register.parties.get(side)
    return DelegationRow(
        party=side,
        name=party.name if party else side,
        rounds=columns,
        members=tuple(_member(snapshot, key, key in heads, lists, rounds) for key in ordered),
        sizes=tuple(_size(snapshot, delegation) for delegation in lists),
        notes=tuple(dict.fromkeys(delegation.note for delegation in lists if delegation and delegation.note)),
        proposals=proposals_of(snapshot, side, events),
        totals=_totals(snapshot, side, events, possible),
    )


def _of(snapshot: Snapshot, event: Event, side: str) -> Delegation | None:
    return next(
        (delegation for delegation in event.delegation if snapshot.register.side(delegation.party) == side), None
    )


def _member(
    snapshot: Snapshot, key: str, is_head: bool, lists: list[Delegation | None], rounds: tuple[Event, ...]
) -> MemberRow:
    as_listed = [presence(snapshot, delegation, key) for delegation in lists]
    shown: list[Presence] = []
    for position, state in enumerate(as_listed):
        before = as_listed[:position]
        if state == "unknown" and "joined" in as_listed[position:] and not _present(before):
            state = "absent"
        if state == "unknown" and "left" in before and not _present(before[_last(before, "left") :]):
            state = "absent"
        shown.append(state)
    titles = [_title(snapshot, key, state, event) for state, event in zip(shown, rounds, strict=True)]
    known = snapshot.register.persons.get(key)
    return MemberRow(
        person=key,
        name=known.name if known else key,
        is_head=is_head,
        offices=tuple(dict.fromkeys(title for title in titles if title)),
        presence=tuple(shown),
        heads=tuple(delegation is not None and is_person(snapshot, delegation.head, key) for delegation in lists),
        titles=tuple(titles),
        note=known.note if known else None,
    )


def _title(snapshot: Snapshot, person: str, presence: Presence, event: Event) -> str | None:
    if presence not in ("listed", "joined"):
        return None
    return next(iter(offices_on(snapshot, person, first_day(event.when))), None)


def _present(states: list[Presence]) -> bool:
    return any(state in ("listed", "joined") for state in states)


def _last(states: list[Presence], wanted: Presence) -> int:
    return max(place for place, state in enumerate(states) if state == wanted)


def _size(snapshot: Snapshot, delegation: Delegation | None) -> SizeCell | None:
    return SizeCell(named=len(listed(snapshot, delegation)), size=delegation.size) if delegation else None


def _totals(
    snapshot: Snapshot, side: str, events: tuple[Event, ...], possible: frozenset[str]
) -> tuple[PartyTotals, ...]:
    totals = []
    for what in UNITS:
        towards = receivers(snapshot, what)
        if side not in towards:
            continue
        others = [receiver for receiver in towards if receiver != side]
        handed_over = _handed(snapshot, what, others[0], events, possible) if len(others) == 1 else None
        totals.append(
            PartyTotals(what=what, received=_handed(snapshot, what, side, events, possible), handed_over=handed_over)
        )
    return tuple(totals)


def _handed(snapshot: Snapshot, what: Unit, to: str, events: tuple[Event, ...], possible: frozenset[str]) -> Sum | None:
    sure = tuple(event for event in events if event.id not in possible)
    perhaps = terms(snapshot, what, to, events=tuple(event for event in events if event.id in possible))
    total = tally(snapshot, what, to, events=sure)
    if not total.terms and not perhaps:
        return None
    return add((total, *(as_possible(term.figure) for term in perhaps))) if perhaps else total
