"""Look at the people of an event: who is registered, who sits for whom, and how many."""

from collections.abc import Iterator

from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.names import names_of
from talkstrack.ledger.checking.view import View
from talkstrack.model.convert import Fault, Path
from talkstrack.model.event import Delegation, Event
from talkstrack.model.register import Register, fold


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


def unregistered_person(view: View) -> Iterator[tuple[Event, Fault]]:
    """Find names of people that the register does not have, each told once, where it stands first."""
    names = names_of(view.register)
    first: dict[str, tuple[Event, Path, str]] = {}
    events: dict[str, set[str]] = {}
    for event in view.events.values():
        for path, name in _people(event):
            if view.register.person(name) is None and names.person(name) is None:
                first.setdefault(fold(name), (event, path, name))
                events.setdefault(fold(name), set()).add(event.id)
    for key, (event, path, name) in first.items():
        message, hint = names.not_a_person(name)
        more = len(events[key]) - 1
        if more:
            message += f"; so also in {more} other event{'s' if more > 1 else ''}"
        yield event, Fault("unregistered-person", path, message, hint)


def foreign_member(event: Event, view: View) -> Iterator[Fault]:
    """Find a member of a delegation whom the register gives to another side."""
    register = view.register
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


def delegation_size(event: Event, view: View) -> Iterator[Fault]:
    """Find a delegation of which more are named than it is said to have had."""
    for position, row in enumerate(event.delegation):
        if row.size is None or row.size.high is None:
            continue
        count = len({_who(name, view.register) for _, name in named(row)})
        if count > row.size.high:
            message = f"{count} are named, and the size is given as {row.size.text}"
            hint = "the size includes the head; a name may stand there in two spellings"
            yield Fault("delegation-size", ("delegation", position, "size"), message, hint)


def delegation_left(event: Event, view: View) -> Iterator[Fault]:
    """Find somebody who is said to have left and is listed as present."""
    for position, row in enumerate(event.delegation):
        present = {_who(name, view.register) for _, name in named(row)}
        for place, name in enumerate(row.left):
            if _who(name, view.register) in present:
                path = ("delegation", position, "left", place)
                message = f"{quoted(name)} has left the delegation and is listed in it"
                yield Fault("delegation-left", path, message, "`left`: was in it before, and is no longer")
