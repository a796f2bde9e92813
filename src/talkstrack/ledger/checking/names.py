"""Find names that the register does not know, or knows twice."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from talkstrack.ledger.checking import hints
from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault
from talkstrack.model.event import FACET_TYPES, Event
from talkstrack.model.fields import NAMES, Field, fields_with
from talkstrack.model.names import Suggestions, fold, nearest
from talkstrack.model.register import Register

Look = Callable[[str], Fault | None]
"""Says why a name cannot stand where it does, whatever the place: the path of the fault is empty."""
Values = tuple[str | tuple[str, ...] | None, ...]
"""What the fields of a row say that have names in them."""
Looks = tuple[tuple[str, Look], ...]
"""Fields, each with the look-up of the names in it."""


class Names:
    """Looks up the names of a ledger, each once: most of them come again and again."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.party: Look = lru_cache(maxsize=20_000)(self._party)
        self.actor: Look = lru_cache(maxsize=20_000)(self._actor)
        self.speaker: Look = lru_cache(maxsize=20_000)(self._speaker)
        self.source: Look = lru_cache(maxsize=20_000)(self._source)
        self.officer: Look = lru_cache(maxsize=20_000)(self._officer)
        self.person: Look = lru_cache(maxsize=20_000)(self._person)
        self.of_event = self._looks(_EVENT_FIELDS)
        self.of_facet = tuple((facet, _of_row[facet]) for facet in _FACET_FIELDS)
        self._looks_of = {facet: self._looks(fields) for facet, fields in _FACET_FIELDS.items()}
        self.faults = lru_cache(maxsize=20_000)(self._faults)
        parties = {name: codes[-1] for name, codes in register.party_names.items()}
        persons = {name: keys[-1] for name, keys in register.person_names.items()}
        sources = {key: key for key in register.sources}
        self._near_party = Suggestions(parties, 0.6)
        self._near_person = Suggestions(persons)
        self._near_source = Suggestions(sources)
        self._near_speaker = Suggestions({**sources, **persons, **parties})
        self._addresses = {source.url: key for key, source in register.sources.items() if source.url}

    def _looks(self, fields: Iterable[Field]) -> Looks:
        return tuple((field.name, getattr(self, str(field.role))) for field in fields)

    def _faults(self, facet: str, values: Values) -> tuple[Fault, ...]:
        """Return what is wrong with the names in one row of a facet; paths lie inside the row."""
        faults: list[Fault] = []
        for (field, look), value in zip(self._looks_of[facet], values, strict=False):
            is_list = isinstance(value, tuple)
            for place, name in enumerate(value if isinstance(value, tuple) else (value,)):
                if name and (fault := look(name)):
                    faults.append(fault._replace(path=(field, place) if is_list else (field,)))
        return tuple(faults)

    def _party(self, name: str) -> Fault | None:
        if self.register.party(name):
            return None
        if several := self._several(name, "parties"):
            return several
        person = self.register.person(name)
        if person:
            belongs = self.register.persons[person].party
            hint = f'write "{belongs}", whom {self.register.called(person)} speaks for' if belongs else None
            return Fault("unknown-party", (), f"{quoted(name)} is a person, and a party is asked for", hint)
        near = self._near_party.near(fold(name))
        message = f"{quoted(name)} is not a party in the register"
        return Fault("unknown-party", (), message, hints.meant_or(near, hints.register_party(name)))

    def _actor(self, name: str) -> Fault | None:
        if self.register.person(name):
            return self._several(name, "parties")
        return self._party(name) if not self._several(name, "persons") else self._person(name)

    def _speaker(self, name: str) -> Fault | None:
        register = self.register
        if register.party(name):
            return None
        several = self._several(name, "parties") or self._several(name, "persons")
        if several or register.who(name):
            return several
        near = self._near_speaker.near(fold(name))
        message = f"{quoted(name)} is no party, person or source in the register"
        return Fault("unknown-name", (), message, hints.meant_or(near, hints.register_speaker(name)))

    def _source(self, name: str) -> Fault | None:
        if name in self.register.sources:
            return None
        if name in self._addresses:
            message = "a source is named by its id, not by its address"
            return Fault("unknown-source", (), message, f'write "{self._addresses[name]}"')
        near = self._near_source.near(name)
        message = f"{quoted(name)} is not a source in the register"
        return Fault("unknown-source", (), message, hints.meant_or(near, hints.register_source(name)))

    def _officer(self, name: str) -> Fault | None:
        if self.register.person(name):
            return None
        return self._person(name) or self.not_a_person(name)

    def _person(self, name: str) -> Fault | None:
        return self._several(name, "persons")

    def _several(self, name: str, called: Literal["parties", "persons"]) -> Fault | None:
        entries = self.register.parties if called == "parties" else self.register.persons
        meanings = sorted(meaning for meaning in self.register.meanings(name) if meaning in entries)
        if len(meanings) < 2:
            return None
        count = "two" if len(meanings) == 2 else str(len(meanings))
        message = f"{quoted(name)} means {count} {called}: {hints.all_of(meanings[:5])}"
        return Fault("ambiguous-name", (), message, f"write {hints.one_of(meanings[:5])}")

    def not_a_person(self, name: str) -> Fault:
        """Return what is wrong with a name that no person in the register has."""
        if code := self.register.party(name):
            message = f"{quoted(name)} is the party {code}, and a person is asked for"
            return Fault("unknown-person", (), message, "a party goes under `parties`")
        near = self._near_person.near(fold(name))
        message = f"{quoted(name)} is not a person in the register"
        return Fault("unknown-person", (), message, hints.meant_or(near, hints.register_person(name)))


@lru_cache(maxsize=2)
def names_of(register: Register) -> Names:
    """Return the look-up of a register."""
    return Names(register)


_EVENT_FIELDS = fields_with(Event, *NAMES)
_FACET_FIELDS = {facet: fields_with(struct, *NAMES) for facet, struct in FACET_TYPES.items()}
_of_event = attrgetter(*(field.attribute for field in _EVENT_FIELDS))
_rows_of = attrgetter(*_FACET_FIELDS)
_of_row = {
    facet: attrgetter(*(field.attribute for field in fields), fields[0].attribute)
    for facet, fields in _FACET_FIELDS.items()
}  # the first field once more, since a getter of one field alone gives no tuple


@check(
    "unknown-kind",
    "error",
    "the kind is neither built in nor defined by the ledger, so no report would show it rightly",
)
def unknown_kind(event: Event, register: Register) -> Iterator[Fault]:
    if event.kind in register.kinds:
        return
    near = nearest(event.kind, register.kinds)
    table = event.kind if event.kind.replace("-", "").isalnum() and event.kind.isascii() else "NAME"
    hint = hints.meant_or((near,) if near else (), f"add [kind.{table}] to the ledger")
    yield Fault("unknown-kind", ("kind",), f"there is no kind {quoted(event.kind)}", hint)


@check(
    "unknown-party", "error", "a party is not in the register, so its people and figures would fall out of every tally"
)
@check("unknown-person", "error", "the person is not in the register, so nobody would hold the office")
@check("unknown-name", "error", "who says so is no party, person or source of the register, so the figure has no side")
@check("unknown-source", "error", "a source is not in the register, so the value cannot be traced")
@check("ambiguous-name", "error", "a name means two entries of the register, and which one is not said")
def name_faults(event: Event, register: Register) -> Iterator[Fault]:
    names = names_of(register)
    for (field, look), several in zip(names.of_event, _of_event(event), strict=True):
        if several and any(map(look, several)):
            for place, name in enumerate(several):
                if fault := look(name):
                    yield fault._replace(path=(field, place))
    for (facet, values_of), rows in zip(names.of_facet, _rows_of(event), strict=True):
        for position, row in enumerate(rows):
            for fault in names.faults(facet, values_of(row)):
                yield fault._replace(path=(facet, position, *fault.path))
