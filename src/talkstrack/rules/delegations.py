"""Delegations: who is present, whether a list is complete, and the office a person held on a day."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal, NamedTuple

from talkstrack.model.dates.period import OPEN_END, OPEN_START, Day, first_day, last_day
from talkstrack.model.facets import Delegation
from talkstrack.model.names import fold
from talkstrack.rules.snapshot import Snapshot, per_snapshot

Presence = Literal["listed", "joined", "left", "unknown", "absent"]


class Tenure(NamedTuple):
    """One office of one person, from a day to a day (both included)."""

    person: str
    title: str
    party: str | None
    first: Day
    last: Day


@per_snapshot
def tenures(snapshot: Snapshot) -> tuple[Tenure, ...]:
    """Return every office with its days. The same title for another person of that party ends the predecessor's."""
    known = tuple(dict.fromkeys([*_roles(snapshot), *_appointments(snapshot)]))
    by_title: dict[tuple[str | None, str], list[Tenure]] = {}
    for tenure in sorted(known, key=_first):
        by_title.setdefault((tenure.party, fold(tenure.title)), []).append(tenure)
    ended = []
    for tenure in known:
        holders = by_title[tenure.party, fold(tenure.title)]
        later = holders[bisect_right(holders, tenure.first, key=_first) :]
        start = next((other.first for other in later if other.person != tenure.person), OPEN_END + 1)
        ended.append(tenure._replace(last=min(tenure.last, start - 1)))
    return tuple(ended)


@per_snapshot
def _by_person(snapshot: Snapshot) -> dict[str, list[Tenure]]:
    """Return the offices of each person, the one that began last first."""
    by_person: dict[str, list[Tenure]] = {}
    for tenure in sorted(tenures(snapshot), key=lambda tenure: -tenure.first):
        by_person.setdefault(tenure.person, []).append(tenure)
    return by_person


def _first(tenure: Tenure) -> Day:
    return tenure.first


def _roles(snapshot: Snapshot) -> Iterator[Tenure]:
    for identity, person in snapshot.register.persons.items():
        for role in person.role:
            first = first_day(role.from_) if role.from_ else OPEN_START
            last = last_day(role.until) if role.until else OPEN_END
            yield Tenure(identity, role.title, snapshot.side(role.party or person.party), first, last)


def _appointments(snapshot: Snapshot) -> Iterator[Tenure]:
    for event in snapshot.events:
        for office in event.office if event.status == "held" else ():
            person = snapshot.register.person(office.person) or office.person
            known = snapshot.register.persons.get(person)
            party = snapshot.side(office.party or (known.party if known else None))
            last = last_day(office.ends) if office.ends else OPEN_END
            yield Tenure(person, office.title, party, first_day(event.when), last)


def offices_on(snapshot: Snapshot, person: str, day: Day) -> tuple[str, ...]:
    """Return the titles a person held on a day, the latest office first."""
    known = _by_person(snapshot).get(snapshot.register.person(person) or person, ())
    return tuple(dict.fromkeys(tenure.title for tenure in known if tenure.first <= day <= tenure.last))


def is_person(snapshot: Snapshot, name: str | None, person: str) -> bool:
    """Whether a name is that of this person."""
    return name is not None and (snapshot.register.person(name) or name) == person


def listed(snapshot: Snapshot, delegation: Delegation) -> tuple[str, ...]:
    """Return everybody a delegation names as present, the head first, each once."""
    names = (*((delegation.head,) if delegation.head else ()), *delegation.members, *delegation.joined)
    return tuple(dict.fromkeys(snapshot.register.person(name) or name for name in names))


def is_complete(snapshot: Snapshot, delegation: Delegation) -> bool:
    """Whether as many are named as the stated size says; only then is a missing name an absence."""
    size = delegation.size
    return size is not None and size.low is not None and len(listed(snapshot, delegation)) >= size.low


def presence(snapshot: Snapshot, delegation: Delegation | None, person: str) -> Presence:
    """Return what one list says of one person."""
    if delegation is None:
        return "unknown"
    if any(is_person(snapshot, name, person) for name in delegation.left):
        return "left"
    if any(is_person(snapshot, name, person) for name in delegation.joined):
        return "joined"
    if person in listed(snapshot, delegation):
        return "listed"
    return "absent" if is_complete(snapshot, delegation) else "unknown"
