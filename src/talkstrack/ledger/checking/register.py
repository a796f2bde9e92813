"""Check the register: what its entries say of each other."""

from collections.abc import Iterator, Mapping

from talkstrack.ledger.checking.cycles import cycles
from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.names import names_of
from talkstrack.ledger.checking.registry import also_finds, check
from talkstrack.model.convert import Fault, Path
from talkstrack.model.dates.period import Period
from talkstrack.model.names import fold
from talkstrack.model.register import Register


def _at(path: Path, fault: Fault | None) -> list[Fault]:
    return [fault._replace(path=path)] if fault else []


@also_finds("unknown-party", "ambiguous-name", "self-reference", "reference-cycle")
def parties(register: Register) -> Iterator[Fault]:
    """Find whom a party cannot speak for."""
    names = names_of(register)
    above: dict[str, tuple[str, ...]] = {}
    for code, party in register.parties.items():
        if party.party is None:
            continue
        parent = register.party(party.party)
        yield from _at(("party", code, "party"), names.party(party.party))
        if parent == code:
            message = f"{code} is said to speak for itself"
            yield Fault("self-reference", ("party", code, "party"), message, "leave `party` out")
        elif parent is not None:
            above[code] = (parent,)
    yield from _circles("party", "party", above)


def _circles(table: str, field: str, above: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    for circle in cycles(above):
        route = " → ".join((*circle, circle[0]))
        message = f"`{field}` leads round in a circle: {route}"
        yield Fault("reference-cycle", (table, circle[0], field), message, f"leave `{field}` out in one of them")


@also_finds("unknown-party", "ambiguous-name", "date-order")
def persons(register: Register) -> Iterator[Fault]:
    """Find parties of a person that are unknown, and offices that end before they begin."""
    names = names_of(register)
    for key, person in register.persons.items():
        if person.party is not None:
            yield from _at(("person", key, "party"), names.party(person.party))
        for place, role in enumerate(person.role):
            path = ("person", key, "role", place)
            if role.party is not None:
                yield from _at((*path, "party"), names.party(role.party))
            if is_before(role.until, role.from_):
                message = f"the office ends on {_day(role.until)}, before it begins on {_day(role.from_)}"
                yield Fault("date-order", (*path, "until"), message)


@check("bare-source", "warning", "a source without publisher, title and address cannot be found again")
@also_finds("unknown-source", "self-reference", "date-order", "reference-cycle")
def sources(register: Register) -> Iterator[Fault]:
    names = names_of(register)
    above: dict[str, tuple[str, ...]] = {}
    for key, source in register.sources.items():
        for place, original in enumerate(source.based_on):
            path = ("source", key, "based_on", place)
            yield from _at(path, names.source(original))
            if original == key:
                message = f"{quoted(key)} is said to be based on itself"
                yield Fault("self-reference", path, message, "leave it out of `based_on`")
            elif original in register.sources and is_before(source.published, register.sources[original].published):
                message = f"published on {_day(source.published)}, before {quoted(original)}, which it is based on"
                yield Fault("date-order", ("source", key, "published"), message)
        above[key] = tuple(name for name in source.based_on if name != key and name in register.sources)
        if not (source.publisher or source.title or source.url):
            message = "the source has neither publisher, title nor address"
            yield Fault("bare-source", ("source", key), message, "add `publisher`, and `title` or `url`")
    yield from _circles("source", "based_on", above)


def is_before(period: Period | None, other: Period | None) -> bool:
    """Tell whether one date certainly lies before another."""
    if period is None or other is None or period.last is None or other.first is None:
        return False
    return period.last < other.first


def _day(period: Period | None) -> str:
    return period.edtf if period else "?"


def _entries(register: Register) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for code, party in register.parties.items():
        yield "party", code, (party.name, *party.aliases)
    for key, person in register.persons.items():
        yield "person", key, (person.name, *person.aliases)


@also_finds("ambiguous-name")
def shadowed_names(register: Register) -> Iterator[Fault]:
    """Find a name that is another entry's code or id, which then could no longer be used."""
    keys = {("party", fold(code)): code for code in register.parties}
    keys |= {("person", fold(key)): key for key in register.persons}
    for table, key, called in _entries(register):
        for place, name in enumerate(called):
            other = keys.get((table, fold(name)))
            if other is not None and other != key:
                message = f"{quoted(name)} is the {'code' if table == 'party' else 'id'} of another {table}"
                hint = f"take it out here, or {quoted(other)} can no longer be named"
                yield Fault("ambiguous-name", _name_path(table, key, place), message, hint)


@check("shared-alias", "warning", "two entries of the register share a name, so one of them cannot be called by it")
def shared_names(register: Register) -> Iterator[Fault]:
    """A name of two entries is told at the second of them."""
    seen = {fold(code): ("party", code, True) for code in register.parties}
    for key in register.persons:
        table, before, _ = seen.setdefault(fold(key), ("person", key, True))
        if table == "party":
            yield _is_shared(key, before, ("person", key), at_key=True)
    for table, key, called in _entries(register):
        for place, name in enumerate(called):
            other_table, before, is_key = seen.setdefault(fold(name), (table, key, False))
            is_own = (other_table, before) == (table, key)
            if not is_own and not (is_key and other_table == table):
                yield _is_shared(name, before, _name_path(table, key, place))
    for key in register.sources:
        if known := register.party(key) or register.person(key):
            yield _is_shared(key, known, ("source", key), at_key=True)


def _is_shared(name: str, other: str, path: Path, *, at_key: bool = False) -> Fault:
    message = f"{quoted(name)} is also a name of {quoted(other)}"
    hint = "where it stands in an event, the other may be meant: give one of them another name"
    return Fault("shared-alias", path, message, hint, at_key)


def _name_path(table: str, key: str, place: int) -> Path:
    return (table, key, "name") if place == 0 else (table, key, "aliases", place - 1)
