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
from talkstrack.rules.tally import tally_of, terms_of


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
    sides = snapshot.register.sides
    sent = sides(delegation.party for event in rounds for delegation in event.delegation)
    hosts = sides(name for event in rounds for name in event.host)
    chosen = sides(parties) or [side for side in sent if side not in hosts]
    columns = tuple(RoundColumn(event=event.id, round=event.round, date=event.when) for event in rounds)
    rows = tuple(_party(snapshot, side, rounds, columns, events, possible) for side in chosen)
    return Delegations(rounds=columns, rows=rows)


def _party(
    snapshot: Snapshot,
    side: str,
    rounds: tuple[Event, ...],
    columns: tuple[RoundColumn, ...],
    events: tuple[Event, ...],
    possible: frozenset[str],
) -> DelegationRow:
    lists = [_of(snapshot, event, side) for event in rounds]
    sent = [delegation for delegation in lists if delegation is not None]
    people: dict[str, None] = {}
    for delegation in sent:
        names = (delegation.head, *delegation.members, *delegation.joined, *delegation.left)
        people.update((snapshot.register.person(name) or name, None) for name in names if name)
    heads = [key for key in people if any(is_person(snapshot, delegation.head, key) for delegation in sent)]
    ordered = [*heads, *(key for key in people if key not in heads)]
    party = snapshot.register.parties.get(side)
    return DelegationRow(
        party=side,
        name=party.name if party else side,
        rounds=columns,
        members=tuple(_member(snapshot, key, key in heads, lists, rounds) for key in ordered),
        sizes=tuple(
            SizeCell(named=len(listed(snapshot, delegation)), size=delegation.size) if delegation else None
            for delegation in lists
        ),
        notes=tuple(dict.fromkeys(delegation.note for delegation in sent if delegation.note)),
        proposals=proposals_of(snapshot, side, events),
        totals=_totals(snapshot, side, events, possible),
    )


def _of(snapshot: Snapshot, event: Event, side: str) -> Delegation | None:
    sent = (delegation for delegation in event.delegation if snapshot.register.side(delegation.party) == side)
    return next(sent, None)


def _member(
    snapshot: Snapshot, key: str, is_head: bool, lists: list[Delegation | None], rounds: tuple[Event, ...]
) -> MemberRow:
    as_listed = [presence(snapshot, delegation, key) for delegation in lists]
    shown: list[Presence] = []
    for position, state in enumerate(as_listed):
        before = as_listed[:position]
        is_early = "joined" in as_listed[position:] and not _present(before)
        has_left = "left" in before and not _present(before[_last(before, "left") :])
        shown.append("absent" if state == "unknown" and (is_early or has_left) else state)
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
    offices = offices_on(snapshot, person, first_day(event.when)) if _present([presence]) else ()
    return next(iter(offices), None)


def _present(states: list[Presence]) -> bool:
    return "listed" in states or "joined" in states


def _last(states: list[Presence], wanted: Presence) -> int:
    return max(place for place, state in enumerate(states) if state == wanted)


def _totals(
    snapshot: Snapshot, side: str, events: tuple[Event, ...], possible: frozenset[str]
) -> tuple[PartyTotals, ...]:
    totals = []
    for what in UNITS:
        sums = {to: _handed(snapshot, what, to, events, possible) for to in receivers(snapshot, what)}
        if side in sums:
            received, others = sums.pop(side), list(sums.values())
            handed_over = others[0] if len(others) == 1 else None
            totals.append(PartyTotals(what=what, received=received, handed_over=handed_over))
    return tuple(totals)


def _handed(snapshot: Snapshot, what: Unit, to: str, events: tuple[Event, ...], possible: frozenset[str]) -> Sum | None:
    perhaps = terms_of(snapshot, [event for event in events if event.id in possible], what, to)
    total = tally_of(snapshot, [event for event in events if event.id not in possible], what, to)
    if not total.terms and not perhaps:
        return None
    return add((total, *(as_possible(term.figure) for term in perhaps))) if perhaps else total
