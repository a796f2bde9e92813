"""Who and what a ledger knows, and the names they go by.

The public face of the register: its entries (`model.entries`) are imported from here too.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from talkstrack.model.convert import Fault
from talkstrack.model.entries import (
    ENTRIES,
    FORMAT,
    KINDS,
    Heading,
    Kind,
    Party,
    Person,
    Source,
    read_entry,
    read_heading,
)
from talkstrack.model.facets import Unit
from talkstrack.model.names import did_you_mean, fold


class Register:
    """Who and what a ledger knows, and which entry a name means. Never changed once made."""

    def __init__(
        self,
        parties: Mapping[str, Party] | None = None,
        persons: Mapping[str, Person] | None = None,
        sources: Mapping[str, Source] | None = None,
        kinds: Mapping[str, Kind] | None = None,
        heading: Heading | None = None,
    ) -> None:
        self.parties = dict(parties or {})
        self.persons = dict(persons or {})
        self.sources = dict(sources or {})
        self.kinds = {**KINDS, **(kinds or {})}
        self.heading = heading or Heading(format=FORMAT)
        self.party_names = _names((code, (code, party.name, *party.aliases)) for code, party in self.parties.items())
        self.person_names = _names((key, (key, person.name, *person.aliases)) for key, person in self.persons.items())
        self._sides: dict[str, str] = {}
        self._people: dict[str, str | None] = {}

    def party(self, name: str) -> str | None:
        """Return the code of the party a code, name or alias means; None when none or several do."""
        return self._only(self.party_names, name)

    def person(self, name: str) -> str | None:
        """Return the id of the person an id, name or alias means; None when none or several do."""
        if name not in self._people:
            self._people[name] = self._only(self.person_names, name)
        return self._people[name]

    def source(self, name: str) -> str | None:
        """Return the id of a source by its id."""
        return name if name in self.sources else None

    @staticmethod
    def _only(names: Mapping[str, tuple[str, ...]], name: str) -> str | None:
        keys = names.get(fold(name), ())
        return keys[0] if len(keys) == 1 else None

    def meanings(self, name: str) -> tuple[str, ...]:
        """Return every party code, person id and source id this name can mean."""
        key = fold(name)
        own = (name,) if name in self.sources else ()
        return (*self.party_names.get(key, ()), *self.person_names.get(key, ()), *own)

    def who(self, name: str) -> str | None:
        """Return the code or id of who is meant by a `by`: a party, else a person, else a source."""
        return self.party(name) or self.person(name) or self.source(name)

    def side(self, name: str) -> str:
        """Return the party whose account this is; a source and an unknown name are a side of their own."""
        side = self._sides.get(name)
        if side is None:
            side = self._sides[name] = self._side(name)
        return side

    def sides(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the sides of these, each once."""
        return tuple(dict.fromkeys(self.side(name) for name in names))

    def _side(self, name: str) -> str:
        code = self.party(name)
        if code is None and (person := self.person(name)):
            belongs = self.persons[person].party
            code = self.party(belongs) if belongs else None
            if code is None:
                return person
        if code is None:
            return name
        return self._upward(code)[-1]

    def _upward(self, code: str) -> list[str]:
        """Return a party, whom it speaks for, whom that one speaks for and so on."""
        chain = [code]
        while (above := self.parties[chain[-1]].party) and (parent := self.party(above)) and parent not in chain:
            chain.append(parent)
        return chain

    def names_of_party(self, name: str) -> frozenset[str]:
        """Return every folded name that means this party or anybody who speaks for it."""
        code = self.party(name)
        if code is None:
            return frozenset({fold(name)})
        members = {key for key in self.parties if code in self._upward(key)}
        names = {key for key, codes in self.party_names.items() if members.intersection(codes)}
        persons = {key for key, person in self.persons.items() if person.party and self.party(person.party) in members}
        names.update(key for key, ids in self.person_names.items() if persons.issuperset(ids))
        return frozenset(names)

    def names_of_person(self, name: str) -> frozenset[str]:
        """Return every folded name that means this person."""
        person = self.person(name)
        if person is None:
            return frozenset({fold(name)})
        return frozenset(key for key, ids in self.person_names.items() if person in ids)

    def called(self, name: str) -> str:
        """Return how tables show a name: a party's code, a person's surname, a source's publisher."""
        if code := self.party(name):
            return code
        if person := self.person(name):
            return self.persons[person].surname
        if name in self.sources:
            return self.sources[name].publisher or name
        return name

    def full_name(self, name: str) -> str:
        """Return the whole name of a party, person or source, else the name as written."""
        if code := self.party(name):
            return self.parties[code].name
        if person := self.person(name):
            return self.persons[person].name
        return self.called(name)

    def what_of(self, kind: str) -> Unit | None:
        """Return what a kind of event counts."""
        entry = self.kinds.get(kind)
        return entry.what if entry else None

    def unit_of(self, kind: str) -> Unit:
        """Return what a row of an event of this kind counts where it does not say: as the kind does, else people."""
        return self.what_of(kind) or "people"


def _names(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    keys_of: dict[str, tuple[str, ...]] = {}
    for key, names in entries:
        for name in names:
            folded = fold(name)
            before = keys_of.get(folded, ())
            if key not in before:
                keys_of[folded] = (*before, key)
    return keys_of


def read_register(header: Mapping[str, Any]) -> tuple[Register, list[Fault]]:
    """Read the header tables of a ledger; what is faulty is left out of the register and told."""
    faults: list[Fault] = []
    entries: dict[str, dict[str, Any]] = {name: {} for name in ENTRIES}
    heading: Heading | None = None
    for name, table in header.items():
        if name == "ledger":
            heading = read_heading(table, faults)
        elif name not in ENTRIES:
            tables = "a ledger has `ledger`, `party`, `person`, `source`, `kind` and `event`"
            hint = did_you_mean(name, (*ENTRIES, "ledger", "event"), tables)
            faults.append(Fault("unknown-key", (name,), f"a ledger has no table `{name[:80]}`", hint, at_key=True))
        elif not isinstance(table, dict):
            faults.append(Fault("wrong-type", (name,), f"`{name}` is a table of entries", f"write [{name}.NAME]"))
        else:
            for key, entry in table.items():
                read = read_entry(name, key, entry, faults)
                if read is not None:
                    entries[name][key] = read
    register = Register(entries["party"], entries["person"], entries["source"], entries["kind"], heading)
    return register, faults
