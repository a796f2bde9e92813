"""Delegations: who is present, whether a list is complete, and the office a person held on a day."""

from typing import Literal, NamedTuple

from talkstrack.model.dates.period import OPEN_END, OPEN_START, Day, first_day, last_day
from talkstrack.model.event import Delegation
from talkstrack.model.register import fold
from talkstrack.rules.snapshot import Snapshot

Presence = Literal["listed", "joined", "left", "unknown", "absent"]


class Tenure(NamedTuple):
    """One office of one person, from a day to a day (both included)."""

    person: str
    title: str
    party: str | None
    first: Day
    last: Day


def tenures(snapshot: Snapshot) -> tuple[Tenure, ...]:
    """Return every office with its days. The same title for another person of that party ends the predecessor's."""
    found: list[Tenure] = []
    for key, person in snapshot.register.persons.items():
        for role in person.role:
            party = snapshot.side(role.party or person.party)
            first = first_day(role.from_) if role.from_ else OPEN_START
            found.append(Tenure(key, role.title, party, first, last_day(role.until) if role.until else OPEN_END))
    for event in snapshot.events:
        if event.status != "held":
            continue
        for office in event.office:
            who = snapshot.register.person(office.person) or office.person
            known = snapshot.register.persons.get(who)
            party = snapshot.side(office.party or (known.party if known else None))
            last = last_day(office.ends) if office.ends else OPEN_END
            found.append(Tenure(who, office.title, party, first_day(event.when), last))
    return tuple(_ended(one, found) for one in found)


def _ended(one: Tenure, others: list[Tenure]) -> Tenure:
    title = fold(one.title)
    starts = [
        other.first
        for other in others
        if other.person != one.person
        and other.party == one.party
        and fold(other.title) == title
        and other.first > one.first
    ]
    return one._replace(last=min(one.last, min(starts) - 1)) if starts else one


def offices_on(snapshot: Snapshot, person: str, day: Day) -> tuple[str, ...]:
    """Return the titles a person held on a day, the latest office first."""
    who = snapshot.register.person(person) or person
    held = [one for one in tenures(snapshot) if one.person == who and one.first <= day <= one.last]
    held.sort(key=lambda one: -one.first)
    return tuple(dict.fromkeys(one.title for one in held))


def is_person(snapshot: Snapshot, name: str | None, key: str) -> bool:
    """Whether a name is that of this person."""
    return name is not None and (snapshot.register.person(name) or name) == key


def listed(snapshot: Snapshot, delegation: Delegation) -> tuple[str, ...]:
    """Return everybody a delegation names as present, the head first, each once."""
    names = (*((delegation.head,) if delegation.head else ()), *delegation.members, *delegation.joined)
    return tuple(dict.fromkeys(snapshot.register.person(name) or name for name in names))


def is_complete(snapshot: Snapshot, delegation: Delegation) -> bool:
    """Whether as many are named as the stated size says; only then is a missing name an absence."""
    return (
        delegation.size is not None
        and delegation.size.low is not None
        and len(listed(snapshot, delegation)) >= delegation.size.low
    )


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
