"""Make the blocks of one event from what was typed: names, ids, sources and the marks of who recorded it when."""

from collections.abc import Callable, Container, Mapping
from typing import Any, NamedTuple

from talkstrack.cli.entering.shorthand import transfers_each
from talkstrack.cli.entering.target import Taken, WriteTarget
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice
from talkstrack.errors import Hint
from talkstrack.ledger.intake.values import EntryError
from talkstrack.ledger.writing.block_layout import EntryKind, event_table, event_text, register_text
from talkstrack.ledger.writing.ids import event_id, find_source, is_address, source_id
from talkstrack.ledger.writing.refused import WriteError
from talkstrack.model.convert import Fault
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import DateError
from talkstrack.model.entries import ENTRIES, TABLES
from talkstrack.model.event import Event, read_event
from talkstrack.model.fields import Role, fields_of
from talkstrack.model.names import did_you_mean
from talkstrack.model.query import Query
from talkstrack.model.register import Register, read_register

_OPTIONS = {"parties": "party", "mediators": "mediator", "people": "person", "tags": "tag", "sources": "source"}
_PLURALS = {"party": "parties"}
_LOOK_BACK = 20
_FEW = 5
REGISTERED: tuple[EntryKind, ...] = ("party", "person", "source", "kind")


class NewBlock(NamedTuple):
    """One block to be appended: `event ID` or `party CODE`, its text. `origin` is its input and the line there."""

    name: str
    text: str
    event: Event | None = None
    origin: tuple[str, int] | None = None


class Draft(NamedTuple):
    """The blocks of one write, the register as it will be, and what the user is to be told besides."""

    blocks: tuple[NewBlock, ...]
    register: Register
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The blocks, an empty line between two."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events among them."""
        return tuple(block.event for block in self.blocks if block.event is not None)

    @property
    def ids(self) -> tuple[str, ...]:
        """What a script goes on with: the ids of the events, or where there are none those of the entries."""
        events = tuple(event.id for event in self.events)
        return events or tuple(block.name.partition(" ")[2] for block in self.blocks)


class IdTaken(WriteError):
    """The id that was given has an event already."""

    slug = "duplicate-id"

    def __init__(self, event_id: str) -> None:
        super().__init__(
            f"{event_id} is in the ledger already; nothing was written",
            Hint("give another id, or correct the event: ", "revise", event_id),
        )


class TypedEvent(NamedTuple):
    """An event as typed: its table as far as it goes, transfers to each party, sources by id or address.

    `described` are the fields of new sources by their address; those of "" are of the only new one. `entries` are
    new entries of the register by kind and key.
    """

    table: dict[str, Any]
    each: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    described: Mapping[str, Mapping[str, Any]] = {}
    entries: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}


def draft_event(typed: TypedEvent, target: WriteTarget) -> Draft:
    """Return the blocks that an event comes to, new sources first; EntryError, IdTaken where it comes to none."""
    register = with_entries(target.register, typed.entries)
    table = canonical(typed.table, register)
    kind = table.get("kind")
    if isinstance(kind, str) and kind not in register.kinds:
        hint = did_you_mean(kind, register.kinds, f"one of {', '.join(register.kinds)}")
        raise EntryError(f"there is no kind of event `{kind[:80]}`", hint)
    if typed.each:
        rows = [row for each in typed.each for row in transfers_each(each, two_sides(target, table))]
        table["transfer"] = [*table.get("transfer", ()), *(canonical(row, register, "transfer") for row in rows)]
    taken = Taken(target)
    ids, sources = sources_of(typed.sources, typed.described, register, taken)
    table["sources"] = [*table.get("sources", ()), *ids]
    if "id" not in table:
        table["id"] = new_id(table, taken)
    elif table["id"] in taken:
        raise IdTaken(table["id"])
    table |= target.marks
    event = read_typed(table, target.env)
    added = {**typed.entries, "source": {**typed.entries.get("source", {}), **sources}}
    blocks, notes = register_blocks(added)
    blocks.append(NewBlock(f"event {event.id}", event_text(table), event))
    return Draft(tuple(blocks), with_entries(register, {"source": sources}), notes)


def register_blocks(added: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> tuple[list[NewBlock], tuple[str, ...]]:
    """Return the blocks of new entries of the register, and what is said of them."""
    blocks, notes = [], []
    for kind in REGISTERED:
        tables = added.get(kind, {})
        blocks += [NewBlock(f"{kind} {key}", register_text(kind, key, table)) for key, table in tables.items()]
        keys = list(tables)
        if len(keys) > _FEW:
            notes.append(f"{len(keys):,} new {_PLURALS.get(kind, f'{kind}s')}: {keys[0]} to {keys[-1]}")
        else:
            notes += [f"new {kind}: {key}" for key in keys]
    return blocks, tuple(notes)


def with_entries(register: Register, entries: Mapping[str, Mapping[str, Any]]) -> Register:
    """Return a register with more entries, as far as they can be read."""
    if not any(entries.values()):
        return register
    more, _ = read_register({kind: dict(tables) for kind, tables in entries.items() if kind in ENTRIES})
    return Register(
        {**register.parties, **more.parties},
        {**register.persons, **more.persons},
        {**register.sources, **more.sources},
        {**register.kinds, **{key: more.kinds[key] for key in entries.get("kind", ()) if key in more.kinds}},
        register.heading,
    )


def read_typed(table: dict[str, Any], env: Env) -> Event:
    """Read an event's table, or say all that is wrong with it, each with the option it was typed in."""
    event, faults = read_event(event_table(table))
    if event is not None and not faults:
        return event
    for fault in faults[:-1]:
        notice(env, f"error[{fault.slug}]: {_said(fault)}", fault.hint)
    raise EntryError(_said(faults[-1]), faults[-1].hint)


def _said(fault: Fault) -> str:
    place = fault.path[0] if fault.path else None
    if not isinstance(place, str):
        return fault.message
    return f"{option_of(place)}: {fault.message}"


def option_of(field: str) -> str:
    """Return the option in which a field of an event is typed."""
    return "--" + _OPTIONS.get(field, field).replace("_", "-")


def new_id(table: Mapping[str, Any], taken: Container[str] = ()) -> str:
    """Return a free id from an event's kind and date; one that cannot be read is told when the event is read."""
    kind, when = str(table.get("kind") or ""), table.get("date") or table.get("scheduled")
    try:
        return event_id(kind, parse_period(when.get("edtf") if isinstance(when, dict) else when), taken)
    except DateError:
        return event_id(kind, "", taken)


def sources_of(
    named: tuple[str, ...], described: Mapping[str, Mapping[str, Any]], register: Register, taken: Taken
) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the ids of sources given by id or address, and the entries of those that are new."""
    ids: list[str] = []
    new: dict[str, dict[str, Any]] = {}
    for name in named:
        key = find_source(register, name) if is_address(name) else name
        if key is None:
            fields = {**described.get("", {}), **described.get(name, {}), "url": name}
            key = source_id(fields.get("publisher"), name, fields.get("published"), taken)
            taken.more.add(key)
            new[key] = fields
        ids.append(key)
    if described.get("") and len(new) != 1:
        what = "no new source to describe" if not new else f"{len(new)} new sources, and one description"
        raise EntryError(f"there is {what}", Hint("register the source first: ", "register", "source ID --url URL"))
    return list(dict.fromkeys(ids)), new


def two_sides(target: WriteTarget, table: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the parties that `--each` means: those of the event, else the two that such events hand over to."""
    named = tuple(table.get("parties") or ())
    if named:
        return named
    parties = sides(target, str(table.get("kind") or ""))
    if len(parties) != 2:
        known = ",".join(parties[:2] if len(parties) > 1 else ("CODE", "CODE"))
        raise EntryError("--each: which two parties?", f"name them: --party {known}")
    return parties


def sides(target: WriteTarget, kind: str) -> tuple[str, ...]:
    """Return the parties that events of this kind hand over to; where these are not two yet, all that stand alone."""
    register = target.register
    last = target.index.select(Query(kind=(kind,), last=_LOOK_BACK)).events if kind else ()
    receivers = {register.side(row.to) for event in last for row in event.transfer}
    sole = [code for code in register.parties if register.side(code) == code]
    return tuple(code for code in sole if code in receivers) if len(receivers) > 1 else tuple(sole)


def canonical(table: Mapping[str, Any], register: Register, name: str = "event") -> dict[str, Any]:
    """Return the table of an event or of a facet with names by code or id where the register knows them."""
    look_up: dict[Role | None, Callable[[str], str | None]] = {
        "party": register.party,
        "actor": lambda text: register.party(text) or register.person(text),
        "speaker": register.who,
        "person": register.person,
        "officer": register.person,
    }
    plain = dict(table)
    for field in fields_of(TABLES[name]).values():
        value, find = plain.get(field.name), look_up.get(field.role)
        if field.takes == "tables" and isinstance(value, list):
            rows = (canonical(row, register, field.name) if isinstance(row, dict) else row for row in value)
            plain[field.name] = list(rows)
        elif find is not None and isinstance(value, str):
            plain[field.name] = find(value) or value
        elif find is not None and isinstance(value, list):
            plain[field.name] = [find(text) or text if isinstance(text, str) else text for text in value]
    return plain
