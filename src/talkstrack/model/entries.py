"""The entries of a register: what a party, a person, a source, a kind and the heading of a ledger may say."""

from typing import Annotated, Any, Literal

import msgspec

from talkstrack.model import convert
from talkstrack.model.convert import Fault, Path
from talkstrack.model.dates.period import Period
from talkstrack.model.event import FACET_TYPES, FACETS, Event
from talkstrack.model.facets import PartyName, Unit
from talkstrack.model.fields import Holds, Takes, fields_of, table_type
from talkstrack.model.names import did_you_mean

FORMAT = 1
"""The ledger format this version reads and writes."""


Colour = Literal[
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright_black", "bright_red", "bright_green", "bright_yellow", "bright_blue", "bright_magenta", "bright_cyan",
]  # fmt: skip


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A state, a body or an organisation. With `party` it speaks for that party: its figures are that side's."""

    name: str
    aliases: tuple[str, ...] = ()
    party: PartyName | None = None
    note: str | None = None


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """An office a person held; without `from` since before the ledger, without `until` until somebody else takes it."""

    title: str
    from_: Period | None = msgspec.field(name="from", default=None)
    until: Period | None = None
    party: PartyName | None = None
    note: str | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who acts or speaks."""

    name: str
    party: PartyName | None = None
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
    based_on: Annotated[tuple[str, ...], Holds("source", is_lone=True)] = ()
    language: str | None = None
    grade: Literal["weak"] | None = None
    note: str | None = None


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of event: how it is shown, the facets it needs and what it counts."""

    label: str | None = None
    symbol: str = "•"
    letter: str = "*"
    colour: Colour = "white"
    needs: tuple[str, ...] = ()
    what: Unit | None = None


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


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """The `[ledger]` table. `covers`: from this day on the ledger means to be complete."""

    format: int
    title: str | None = None
    covers: Period | None = None
    note: str | None = None


_ENTRIES: dict[str, type[msgspec.Struct]] = {"party": Party, "person": Person, "source": Source, "kind": Kind}
ENTRIES = tuple(_ENTRIES)
TABLES: dict[str, type[msgspec.Struct]] = {"event": Event, **FACET_TYPES, **_ENTRIES, "role": Role}
"""The struct of every table of a ledger, by its name."""


def field_type(table: str, field: str) -> Takes:
    """Return what a field takes; text for a field that the table does not have."""
    fields = fields_of(TABLES[table])
    return fields[field].takes if field in fields else "text"


def read_heading(table: Any, faults: list[Fault]) -> Heading | None:
    """Read the `[ledger]` table, or add to `faults` all that is wrong with it."""
    if not isinstance(table, dict):
        faults.append(Fault("wrong-type", ("ledger",), "`ledger` is a table", "write [ledger] and format = 1 below it"))
        return None
    heading: Heading | None = convert.read_table(table_type(Heading, "the ledger"), table, ("ledger",), faults)
    return heading


def read_entry(name: str, key: str, entry: Any, faults: list[Fault]) -> Any:
    """Read one `[name.key]` table into its struct; with faults, what can be read of it still answers to its name."""
    path: Path = (name, key)
    if not isinstance(entry, dict):
        faults.append(Fault("wrong-type", path, f"`{name}.{key}` is a table", f"write [{name}.{key}]"))
        return None
    if name == "party" and not is_party_code(key):
        message = "a party's code has 2 to 12 capitals, digits and hyphens, a letter first"
        wish = f"[party.{key.upper()}]" if is_party_code(key.upper()) else None
        faults.append(Fault("bad-id", path, message, wish, True))
    elif name != "party" and not convert.is_identifier(key):
        faults.append(Fault("bad-id", path, "an id has small letters, digits and hyphens only", None, True))
    table = table_type(TABLES[name])
    value = convert.read_table(table, entry, path, faults)
    if value is None:
        named = {"name": key} if name in ("party", "person") else {}
        value = convert.read_table(table, {**named, **convert.readable(table, entry)}, path, [])
    if name == "kind" and (unknown := [facet for facet in value.needs if facet not in FACETS]):
        hint = did_you_mean(unknown[0], FACETS, f"a facet is one of {', '.join(FACETS)}")
        faults.append(Fault("bad-value", (*path, "needs"), f"there is no facet `{unknown[0]}`", hint))
    return value


def is_party_code(code: str) -> bool:
    """Tell whether this can be a party's code."""
    bare = code.replace("-", "")
    return 2 <= len(code) <= 12 and bare.isascii() and bare.isalnum() and bare == bare.upper() and code[0].isalpha()
