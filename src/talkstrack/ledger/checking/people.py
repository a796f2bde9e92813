"""Look at the people of an event: who is registered, who sits for whom, and how many."""

from collections.abc import Iterator
from typing import NamedTuple

from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.names import names_of
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault, Path
from talkstrack.model.dates.days import iso_day
from talkstrack.model.dates.period import OPEN_END, OPEN_START, Period
from talkstrack.model.event import Delegation, Event
from talkstrack.model.register import Register, fold
from talkstrack.rules.snapshot import Snapshot


def named(row: Delegation) -> Iterator[tuple[Path, str]]:
    """Yield everybody a delegation lists as present, with the place inside its table."""
    if row.head is not None:
        yield ("head",), row.head
    for field, names in (("members", row.members), ("joined", row.joined)):
        for place, name in enumerate(names):
            yield (field, place), name


def _people(event: Event) -> Iterator[tuple[Path, str]]:
    for place, name in enumerate(event.people):
        yield ("people", place), name
    for position, row in enumerate(event.delegation):
        for path, name in named(row):
            yield ("delegation", position, *path), name
        for place, name in enumerate(row.left):
            yield ("delegation", position, "left", place), name


@check(
    "unregistered-person",
    "warning",
    "a person is not in the register, so other spellings and offices are not known",
)
def unregistered_person(snapshot: Snapshot) -> Iterator[tuple[Event, Fault]]:
    """Find names of people that the register does not have, each told once, where it stands first."""
    names = names_of(snapshot.register)
    first: dict[str, tuple[Event, Path, str]] = {}
    events: dict[str, set[str]] = {}
    for event in snapshot.events:
        for path, name in _people(event):
            if snapshot.register.person(name) is None and names.person(name) is None:
                first.setdefault(fold(name), (event, path, name))
                events.setdefault(fold(name), set()).add(event.id)
    for key, (event, path, name) in first.items():
        message, hint = names.not_a_person(name)
        more = len(events[key]) - 1
        if more:
            message += f"; so also in {more} other event{'s' if more > 1 else ''}"
        yield event, Fault("unregistered-person", path, message, hint)


@check(
    "foreign-member",
    "warning",
    "a member of a delegation belongs to another party in the register: perhaps a namesake",
)
def foreign_member(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    """Find a member of a delegation whom the register gives to another side."""
    register = snapshot.register
    for position, row in enumerate(event.delegation):
        if register.party(row.party) is None:
            continue
        for path, name in named(row):
            person = register.person(name)
            if person is None or register.persons[person].party is None:
                continue
            if register.side(person) != register.side(row.party):
                full = register.persons[person].name
                message = f"{quoted(name)} is {full} of {register.side(person)}, in the delegation of {row.party}"
                hint = "a namesake goes by an id of his or her own"
                yield Fault("foreign-member", ("delegation", position, *path), message, hint)


def _who(name: str, register: Register) -> str:
    return register.person(name) or fold(name)


@check("delegation-size", "warning", "more members are named than the delegation is said to have had")
def delegation_size(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    """Find a delegation of which more are named than it is said to have had."""
    for position, row in enumerate(event.delegation):
        if row.size is None or row.size.high is None:
            continue
        count = len({_who(name, snapshot.register) for _, name in named(row)})
        if count > row.size.high:
            message = f"{count} are named, and the size is given as {row.size.text}"
            hint = "the size includes the head; a name may stand there in two spellings"
            yield Fault("delegation-size", ("delegation", position, "size"), message, hint)


@check("delegation-left", "warning", "a person is said to have left a delegation and is listed in it")
def delegation_left(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    """Find somebody who is said to have left and is listed as present."""
    for position, row in enumerate(event.delegation):
        present = {_who(name, snapshot.register) for _, name in named(row)}
        for place, name in enumerate(row.left):
            if _who(name, snapshot.register) in present:
                path = ("delegation", position, "left", place)
                message = f"{quoted(name)} has left the delegation and is listed in it"
                yield Fault("delegation-left", path, message, "`left`: was in it before, and is no longer")


class Term(NamedTuple):
    """A time in office, in day numbers, both ends included."""

    person: str
    title: str
    party: str
    first: int
    last: int


def terms(snapshot: Snapshot) -> dict[str, list[Term]]:
    """Return the terms in office that the register and the appointments give each person, in order."""
    found = sorted([*_roles(snapshot), *_appointments(snapshot)], key=lambda term: (term.first, term.last))
    posts: dict[tuple[str, str], list[Term]] = {}
    for term in found:
        posts.setdefault((fold(term.title), term.party), []).append(term)
    by_person: dict[str, list[Term]] = {}
    for holders in posts.values():
        for place, term in enumerate(holders):
            for later in holders[place + 1 :]:
                if later.person != term.person and later.first > term.first:
                    term = term._replace(last=min(term.last, later.first))
                    break
            by_person.setdefault(term.person, []).append(term)
    return {person: sorted(several, key=lambda term: term.first) for person, several in by_person.items()}


def _roles(snapshot: Snapshot) -> Iterator[Term]:
    register = snapshot.register
    for key, person in register.persons.items():
        for role in person.role:
            party = register.side(role.party or person.party or "")
            yield Term(key, role.title, party, _first(role.from_), _last(role.until))


def _appointments(snapshot: Snapshot) -> Iterator[Term]:
    register = snapshot.register
    for event in snapshot.events:
        first = event.when.first
        if not event.counts or first is None:
            continue
        for row in event.office:
            person = register.person(row.person)
            if person is not None:
                party = register.side(row.party or register.persons[person].party or "")
                yield Term(person, row.title, party, first, _last(row.ends))


def _first(period: Period | None) -> int:
    return OPEN_START if period is None or period.first is None else period.first


def _last(period: Period | None) -> int:
    return OPEN_END if period is None or period.last is None else period.last


@check("office-not-held", "warning", "a delegate held none of the offices that the ledger knows of that day")
def office_not_held(snapshot: Snapshot) -> Iterator[tuple[Event, Fault]]:
    """Find a delegate whose known offices had all ended by that day, or not begun."""
    held = terms(snapshot)
    if not held:
        return
    for event in snapshot.events:
        first, last = event.when.first, event.when.last
        if not (event.delegation and event.counts) or first is None or last is None:
            continue
        for position, row in enumerate(event.delegation):
            for path, name in named(row):
                person = snapshot.register.person(name)
                known = held.get(person, []) if person else []
                if known and not any(term.first <= last and term.last >= first for term in known):
                    yield event, _fault(event, snapshot, known, ("delegation", position, *path))


def _fault(event: Event, snapshot: Snapshot, known: list[Term], path: tuple[str | int, ...]) -> Fault:
    person = known[0].person
    first = event.when.first or 0
    before = [term for term in known if term.last < first]
    nearest = f"{before[-1].title} until {iso_day(before[-1].last)}" if before else ""
    if not before:
        nearest = f"{known[0].title} from {iso_day(known[0].first)}"
    message = f"{snapshot.register.persons[person].name} held no known office on {event.when.edtf}: {nearest}"
    hint = f"an appointment may be missing: talkstrack add appointment --office 'person={person} title=TITLE'"
    return Fault("office-not-held", path, message, hint)
