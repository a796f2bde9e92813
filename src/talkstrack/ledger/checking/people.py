"""Look at the people of an event: who is registered, who sits for whom, and how many."""

from collections.abc import Iterator

from talkstrack.errors import Hint
from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.names import names_of
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault, Path
from talkstrack.model.dates.days import iso_day
from talkstrack.model.event import Event
from talkstrack.model.facets import Delegation
from talkstrack.model.names import fold
from talkstrack.model.register import Register
from talkstrack.rules.delegations import Tenure, tenures
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
    "unregistered-person", "warning", "a person is not in the register, so other spellings and offices are not known"
)
def unregistered_person(snapshot: Snapshot) -> Iterator[tuple[Event, Fault]]:
    """Each name is told once, where it stands first."""
    names = names_of(snapshot.register)
    first: dict[str, tuple[Event, Path, str]] = {}
    events: dict[str, set[str]] = {}
    for event in snapshot.events:
        for path, name in _people(event):
            if snapshot.register.person(name) is None and names.person(name) is None:
                first.setdefault(fold(name), (event, path, name))
                events.setdefault(fold(name), set()).add(event.id)
    for key, (event, path, name) in first.items():
        fault = names.not_a_person(name)
        more = len(events[key]) - 1
        also = f"; so also in {more} other event{'s' if more > 1 else ''}" if more else ""
        yield event, Fault("unregistered-person", path, fault.message + also, fault.hint)


@check(
    "foreign-member", "warning", "a member of a delegation belongs to another party in the register: perhaps a namesake"
)
def foreign_member(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
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
    for position, row in enumerate(event.delegation):
        present = {_who(name, snapshot.register) for _, name in named(row)}
        for place, name in enumerate(row.left):
            if _who(name, snapshot.register) in present:
                path = ("delegation", position, "left", place)
                message = f"{quoted(name)} has left the delegation and is listed in it"
                yield Fault("delegation-left", path, message, "`left`: was in it before, and is no longer")


@check("office-not-held", "warning", "a delegate held none of the offices that the ledger knows of that day")
def office_not_held(snapshot: Snapshot) -> Iterator[tuple[Event, Fault]]:
    held: dict[str, list[Tenure]] = {}
    for tenure in sorted(tenures(snapshot), key=lambda tenure: tenure.first):
        held.setdefault(tenure.person, []).append(tenure)
    for event in snapshot.events:
        first, last = event.when.first, event.when.last
        if not (event.delegation and event.counts) or first is None or last is None:
            continue
        for position, row in enumerate(event.delegation):
            for path, name in named(row):
                person = snapshot.register.person(name)
                known = held.get(person, []) if person else []
                if known and not any(tenure.first <= last and tenure.last >= first for tenure in known):
                    yield event, _fault(event, snapshot, known, ("delegation", position, *path))


def _fault(event: Event, snapshot: Snapshot, known: list[Tenure], path: tuple[str | int, ...]) -> Fault:
    person = known[0].person
    first = event.when.first or 0
    before = [tenure for tenure in known if tenure.last < first]
    nearest = f"{before[-1].title} until {iso_day(before[-1].last)}" if before else ""
    if not before:
        nearest = f"{known[0].title} from {iso_day(known[0].first)}"
    message = f"{snapshot.register.persons[person].name} held no known office on {event.when.edtf}: {nearest}"
    hint = Hint("an appointment may be missing: ", "add", f"appointment --office 'person={person} title=TITLE'")
    return Fault("office-not-held", path, message, hint)
