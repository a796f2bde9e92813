"""Look at the offices delegates held on the day."""

from collections.abc import Iterator
from typing import NamedTuple

from talkstrack.ledger.checking.people import named
from talkstrack.ledger.checking.view import View
from talkstrack.model.convert import Fault
from talkstrack.model.dates.days import iso_day
from talkstrack.model.dates.period import OPEN_END, OPEN_START, Period
from talkstrack.model.event import Event
from talkstrack.model.register import fold


class Term(NamedTuple):
    """A time in office, in day numbers, both ends included."""

    person: str
    title: str
    party: str
    first: int
    last: int


def terms(view: View) -> dict[str, list[Term]]:
    """Return the terms in office that the register and the appointments give each person, in order."""
    found = sorted([*_roles(view), *_appointments(view)], key=lambda term: (term.first, term.last))
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


def _roles(view: View) -> Iterator[Term]:
    register = view.register
    for key, person in register.persons.items():
        for role in person.role:
            party = register.side(role.party or person.party or "")
            yield Term(key, role.title, party, _first(role.from_), _last(role.until))


def _appointments(view: View) -> Iterator[Term]:
    register = view.register
    for event in view.events.values():
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


def office_not_held(view: View) -> Iterator[tuple[Event, Fault]]:
    """Find a delegate whose known offices had all ended by that day, or not begun."""
    held = terms(view)
    if not held:
        return
    for event in view.events.values():
        first, last = event.when.first, event.when.last
        if not (event.delegation and event.counts) or first is None or last is None:
            continue
        for position, row in enumerate(event.delegation):
            for path, name in named(row):
                person = view.register.person(name)
                known = held.get(person, []) if person else []
                if known and not any(term.first <= last and term.last >= first for term in known):
                    yield event, _fault(event, view, known, ("delegation", position, *path))


def _fault(event: Event, view: View, known: list[Term], path: tuple[str | int, ...]) -> Fault:
    person = known[0].person
    first = event.when.first or 0
    before = [term for term in known if term.last < first]
    nearest = f"{before[-1].title} until {iso_day(before[-1].last)}" if before else ""
    if not before:
        nearest = f"{known[0].title} from {iso_day(known[0].first)}"
    message = f"{view.register.persons[person].name} held no known office on {event.when.edtf}: {nearest}"
    hint = f"an appointment may be missing: talkstrack add appointment --office 'person={person} title=TITLE'"
    return Fault("office-not-held", path, message, hint)
