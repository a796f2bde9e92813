"""The register: parties, persons, sources and kinds, and the names they go by."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from talkstrack.model import shape
from talkstrack.model.dates import Period
from talkstrack.model.event import FACETS, WHATS, What
from talkstrack.model.shape import Fault, Path, Shape

FORMAT = 1
"""The ledger format this version reads and writes."""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A state, a body or an organisation. With `party` it speaks for that party: its figures are that side's."""

    name: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    note: str | None = None


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """An office a person held; without `from` since before the ledger, without `until` until somebody else takes it."""

    title: str
    from_: Period | None = msgspec.field(name="from", default=None)
    until: Period | None = None
    party: str | None = None
    note: str | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who acts or speaks."""

    name: str
    party: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None
    role: tuple[Role, ...] = ()

    @property
    def surname(self) -> str:
        """The last word of the name, as tables show it."""
        return self.name.split()[-1]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A page or document. `based_on` another source: a copy is not a second witness."""

    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    published: Period | None = None
    retrieved: Period | None = None
    based_on: tuple[str, ...] = ()
    language: str | None = None
    grade: Literal["weak"] | None = None
    note: str | None = None


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of event: how it is shown, the facets it needs and what it counts."""

    label: str | None = None
    symbol: str = "•"
    letter: str = "*"
    colour: str = "white"
    needs: tuple[str, ...] = ()
    what: What | None = None


KINDS: dict[str, Kind] = {
    "talks": Kind(label="talks", symbol="◆", letter="T", colour="cyan"),
    "agreement": Kind(label="agreement", symbol="■", letter="A", colour="green", needs=("commitment",)),
    "exchange": Kind(label="exchange", symbol="⇄", letter="X", colour="blue", needs=("transfer",), what="people"),
    "repatriation": Kind(label="bodies", symbol="†", letter="B", colour="magenta", needs=("transfer",), what="bodies"),
    "proposal": Kind(label="proposal", symbol="○", letter="P", colour="yellow"),
    "statement": Kind(label="statement", symbol="“", letter="S", colour="white"),
    "ultimatum": Kind(label="ultimatum", symbol="!", letter="U", colour="red", needs=("deadline",)),
    "appointment": Kind(label="appointment", symbol="▲", letter="N", colour="bright_black", needs=("office",)),
    "meeting": Kind(label="meeting", symbol="◇", letter="M", colour="cyan"),
}

COLOURS = (
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright_black", "bright_red", "bright_green", "bright_yellow", "bright_blue", "bright_magenta", "bright_cyan",
)  # fmt: skip


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """The `[ledger]` table. `covers`: from this day on the ledger means to be complete."""

    format: int
    title: str | None = None
    covers: Period | None = None
    note: str | None = None


_ROLE = Shape(
    "a role",
    Role,
    {
        "title": shape.text,
        "from": shape.period,
        "until": shape.period,
        "party": shape.text,
        "note": shape.text,
    },
    ("title",),
    renamed={"from": "from_"},
)
_ENTRIES: dict[str, Shape] = {
    "party": Shape(
        "a party",
        Party,
        {"name": shape.text, "aliases": shape.texts, "party": shape.text, "note": shape.text},
        ("name",),
    ),
    "person": Shape(
        "a person",
        Person,
        {
            "name": shape.text, "party": shape.text, "aliases": shape.texts, "note": shape.text,
            "role": shape.tables(_ROLE),
        },
        ("name",),
    ),
    "source": Shape(
        "a source",
        Source,
        {
            "publisher": shape.text, "title": shape.text, "url": shape.text, "published": shape.period,
            "retrieved": shape.period, "based_on": shape.texts, "language": shape.text,
            "grade": shape.one_of("weak"), "note": shape.text,
        },
    ),
    "kind": Shape(
        "a kind",
        Kind,
        {
            "label": shape.text, "symbol": shape.text, "letter": shape.text, "colour": shape.one_of(*COLOURS),
            "needs": shape.texts, "what": shape.one_of(*WHATS),
        },
    ),
}  # fmt: skip
_HEADING = Shape(
    "the ledger",
    Heading,
    {"format": shape.positive, "title": shape.text, "covers": shape.period, "note": shape.text},
    ("format",),
)
ENTRIES = tuple(_ENTRIES)
ENTRY_FIELDS = {name: tuple(found.fields) for name, found in _ENTRIES.items()}


def fold(name: str) -> str:
    """Return a name with case, Unicode form and spacing taken away, for comparing."""
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


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
        self._party_names = _names((code, (code, one.name, *one.aliases)) for code, one in self.parties.items())
        self._person_names = _names((key, (key, one.name, *one.aliases)) for key, one in self.persons.items())

    def party(self, name: str) -> str | None:
        """Return the code of the party a code, name or alias means; None when none or several do."""
        return self._only(self._party_names, name)

    def person(self, name: str) -> str | None:
        """Return the id of the person an id, name or alias means; None when none or several do."""
        return self._only(self._person_names, name)

    def source(self, name: str) -> str | None:
        """Return the id of a source by its id."""
        return name if name in self.sources else None

    @staticmethod
    def _only(names: Mapping[str, tuple[str, ...]], name: str) -> str | None:
        found = names.get(fold(name), ())
        return found[0] if len(found) == 1 else None

    def meanings(self, name: str) -> tuple[str, ...]:
        """Return every party code, person id and source id this name can mean."""
        key = fold(name)
        own = (name,) if name in self.sources else ()
        return (*self._party_names.get(key, ()), *self._person_names.get(key, ()), *own)

    def who(self, name: str) -> str | None:
        """Return the code or id of who is meant by a `by`: a party, else a person, else a source."""
        return self.party(name) or self.person(name) or self.source(name)

    def side(self, name: str) -> str:
        """Return the party whose account this is; a source and an unknown name are a side of their own."""
        code = self.party(name)
        if code is None and (person := self.person(name)):
            belongs = self.persons[person].party
            code = self.party(belongs) if belongs else None
            if code is None:
                return person
        if code is None:
            return name
        seen = {code}
        while (above := self.parties[code].party) and (parent := self.party(above)) and parent not in seen:
            seen.add(parent)
            code = parent
        return code

    def names_of_party(self, name: str) -> frozenset[str]:
        """Return every folded name that means this party or anybody who speaks for it."""
        code = self.party(name)
        if code is None:
            return frozenset({fold(name)})
        members = {key for key in self.parties if self.side(key) == self.side(code) and self._below(key, code)}
        names = {key for key, codes in self._party_names.items() if members.intersection(codes)}
        persons = {key for key, one in self.persons.items() if one.party and self.party(one.party) in members}
        names.update(key for key, ids in self._person_names.items() if persons.issuperset(ids))
        return frozenset(names)

    def _below(self, code: str, top: str) -> bool:
        seen: set[str] = set()
        here: str | None = code
        while here and here not in seen:
            if here == top:
                return True
            seen.add(here)
            above = self.parties[here].party
            here = self.party(above) if above else None
        return False

    def names_of_person(self, name: str) -> frozenset[str]:
        """Return every folded name that means this person."""
        found = self.person(name)
        if found is None:
            return frozenset({fold(name)})
        return frozenset(key for key, ids in self._person_names.items() if found in ids)

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

    def what_of(self, kind: str) -> What | None:
        """Return what a kind of event counts."""
        found = self.kinds.get(kind)
        return found.what if found else None


def _names(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, names in entries:
        for name in names:
            folded = fold(name)
            before = found.get(folded, ())
            if key not in before:
                found[folded] = (*before, key)
    return found


def read_register(header: Mapping[str, Any]) -> tuple[Register, list[Fault]]:
    """Read the header tables of a ledger; what is faulty is left out of the register and told."""
    faults: list[Fault] = []
    found: dict[str, dict[str, Any]] = {name: {} for name in _ENTRIES}
    heading: Heading | None = None
    for name, table in header.items():
        if name == "ledger":
            heading = _heading(table, faults)
        elif name not in _ENTRIES:
            near = shape.nearest(name, (*_ENTRIES, "ledger", "event"))
            hint = (
                f"did you mean `{near}`?"
                if near
                else "a ledger has `ledger`, `party`, `person`, `source`, `kind` and `event`"
            )
            faults.append(Fault("unknown-key", (name,), f"a ledger has no table `{name[:80]}`", hint, at_key=True))
        elif not isinstance(table, dict):
            faults.append(Fault("wrong-type", (name,), f"`{name}` is a table of entries", f"write [{name}.NAME]"))
        else:
            for key, entry in table.items():
                one = _entry(name, key, entry, faults)
                if one is not None:
                    found[name][key] = one
    register = Register(found["party"], found["person"], found["source"], found["kind"], heading)
    return register, faults


def _heading(table: Any, faults: list[Fault]) -> Heading | None:
    if not isinstance(table, dict):
        faults.append(Fault("wrong-type", ("ledger",), "`ledger` is a table", "write [ledger] and format = 1 below it"))
        return None
    one: Heading | None = shape.read_table(_HEADING, table, ("ledger",), faults)
    return one


def _entry(name: str, key: str, entry: Any, faults: list[Fault]) -> Any:
    path: Path = (name, key)
    if not isinstance(entry, dict):
        faults.append(Fault("wrong-type", path, f"`{name}.{key}` is a table", f"write [{name}.{key}]"))
        return None
    if name == "party" and not is_party_code(key):
        message = "a party's code has 2 to 12 capitals, digits and hyphens, a letter first"
        faults.append(
            Fault(
                "bad-id",
                path,
                message,
                f"[party.{key.upper()}]" if is_party_code(key.upper()) else None,
                True,
            )
        )
    elif name != "party" and not shape.is_identifier(key):
        faults.append(Fault("bad-id", path, "an id has small letters, digits and hyphens only", None, True))
    one = shape.read_table(_ENTRIES[name], entry, path, faults)
    if one is None:  # told above; what can be read of it still answers to its name
        kept = shape.readable(_ENTRIES[name], entry)
        one = shape.read_table(_ENTRIES[name], {"name": key, **kept} if name in ("party", "person") else kept, path, [])
    if name == "kind" and one is not None:
        unknown = [facet for facet in one.needs if facet not in FACETS]
        if unknown:
            near = shape.nearest(unknown[0], FACETS)
            hint = f"did you mean `{near}`?" if near else f"a facet is one of {', '.join(FACETS)}"
            faults.append(Fault("bad-value", (*path, "needs"), f"there is no facet `{unknown[0]}`", hint))
    return one


def is_party_code(code: str) -> bool:
    """Tell whether this can be a party's code."""
    bare = code.replace("-", "")
    return 2 <= len(code) <= 12 and bare.isascii() and bare.isalnum() and bare == bare.upper() and code[0].isalpha()
