"""Make one event's entry from what was typed: names, ids, sources and the marks of who recorded it when."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from talkstrack.cli.entering.commit import Draft, Entry
from talkstrack.cli.entering.shorthand import transfers_each
from talkstrack.cli.entering.target import Taken, WriteTarget
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice
from talkstrack.errors import UsageError
from talkstrack.ledger.intake.values import EntryError
from talkstrack.ledger.writing.block_layout import Entry as Kind
from talkstrack.ledger.writing.block_layout import event_table, event_text, register_text
from talkstrack.ledger.writing.ids import event_id, find_source, is_address, source_id
from talkstrack.ledger.writing.refused import WriteError
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.model.convert import Fault, nearest
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import DateError
from talkstrack.model.entries import ENTRIES
from talkstrack.model.event import FACETS, Event, read_event
from talkstrack.model.query import Query
from talkstrack.model.register import Register, read_register

_PARTY = ("parties", "to", "from", "party")
_PERSON = ("people", "head", "members", "joined", "left", "person")
_ACTOR = ("host", "mediators")
_OPTIONS = {"parties": "party", "mediators": "mediator", "people": "person", "tags": "tag", "sources": "source"}
_PLURALS = {"party": "parties"}
_LOOK_BACK = 20
_FEW = 5
REGISTERED: tuple[Kind, ...] = ("party", "person", "source", "kind")


class IdTaken(WriteError):
    """The id that was given has an event already."""

    slug = "duplicate-id"

    def __init__(self, event_id: str) -> None:
        super().__init__(
            f"{event_id} is in the ledger already; nothing was written",
            f"give another id, or correct the event: talkstrack revise {event_id}",
        )


class Wanted(NamedTuple):
    """An event as typed: its table as far as it goes, transfers to each party, sources by id or address.

    `described` are the fields of new sources by their address; those of "" are of the only new one. `entries` are
    new entries of the register by kind and key.
    """

    table: dict[str, Any]
    each: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    described: Mapping[str, Mapping[str, Any]] = {}
    entries: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}


def draft_of(wanted: Wanted, target: WriteTarget, old: LedgerBytes) -> Draft:
    """Return the entries that an event comes to: new sources first, then the event."""
    env = target.env
    register = with_entries(target.register, wanted.entries)
    table = canonical(wanted.table, register)
    kind = table.get("kind")
    if isinstance(kind, str) and kind not in register.kinds:
        near = nearest(kind, register.kinds)
        hint = f"did you mean {near}?" if near else f"one of {', '.join(register.kinds)}"
        raise EntryError(f"there is no kind of event `{kind[:80]}`", hint)
    if wanted.each:
        rows = [row for each in wanted.each for row in transfers_each(each, two_sides(target, table))]
        table["transfer"] = [*table.get("transfer", ()), *(canonical_row("transfer", row, register) for row in rows)]
    taken = Taken(target, old)
    ids, new = sources_of(wanted.sources, wanted.described, register, taken)
    table["sources"] = [*table.get("sources", ()), *ids]
    table["id"] = _id(table, taken)
    table = {**table, **recorded(env, target.found.path.parent)}
    event = read_typed(table, env)
    added = {**wanted.entries, "source": {**wanted.entries.get("source", {}), **new}}
    entries, notes = register_entries(added)
    entries.append(Entry(f"event {event.id}", event_text(table), event))
    return Draft(tuple(entries), with_entries(register, {"source": new}), notes)


def register_entries(added: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> tuple[list[Entry], tuple[str, ...]]:
    """Return the blocks of new entries of the register, and what is said of them."""
    named = [(kind, key, fields) for kind in REGISTERED for key, fields in added.get(kind, {}).items()]
    entries = [Entry(f"{kind} {key}", register_text(kind, key, fields)) for kind, key, fields in named]
    notes = []
    for kind in REGISTERED:
        keys = [key for one, key, _ in named if one == kind]
        if len(keys) > _FEW:
            notes.append(f"{len(keys):,} new {_PLURALS.get(kind, f'{kind}s')}: {keys[0]} to {keys[-1]}")
        else:
            notes += [f"new {kind}: {key}" for key in keys]
    return entries, tuple(notes)


def with_entries(register: Register, entries: Mapping[str, Mapping[str, Any]]) -> Register:
    """Return a register with more entries, as far as they can be read."""
    if not any(entries.values()):
        return register
    more, _ = read_register({kind: dict(found) for kind, found in entries.items() if kind in ENTRIES})
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
        hint = f"\nhint: {fault.hint}" if fault.hint else ""
        notice(env, f"error[{fault.slug}]: {_said(fault)}{hint}")
    raise EntryError(_said(faults[-1]), faults[-1].hint)


def _said(fault: Fault) -> str:
    place = fault.path[0] if fault.path else None
    if not isinstance(place, str):
        return fault.message
    return f"{option_of(place)}: {fault.message}"


def option_of(field: str) -> str:
    """Return the option in which a field of an event is typed."""
    return "--" + _OPTIONS.get(field, field).replace("_", "-")


def _id(table: Mapping[str, Any], taken: Taken) -> str:
    given = table.get("id")
    if isinstance(given, str):
        if given in taken:
            raise IdTaken(given)
        return given
    when = table.get("date") or table.get("scheduled")
    try:
        return event_id(str(table.get("kind") or ""), parse_period(when), taken)
    except DateError:
        return event_id(str(table.get("kind") or ""), "", taken)  # told when the event is read


def sources_of(
    given: tuple[str, ...], described: Mapping[str, Mapping[str, Any]], register: Register, taken: Taken
) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the ids of sources given by id or address, and the entries of those that are new."""
    ids: list[str] = []
    new: dict[str, dict[str, Any]] = {}
    for one in given:
        key = find_source(register, one) if is_address(one) else one
        if key is None:
            fields = {**described.get("", {}), **described.get(one, {}), "url": one}
            key = source_id(fields.get("publisher"), one, fields.get("published"), taken)
            taken.more.add(key)
            new[key] = fields
        ids.append(key)
    if described.get("") and len(new) != 1:
        what = "no new source to describe" if not new else f"{len(new)} new sources, and one description"
        raise EntryError(f"there is {what}", "register the source first: talkstrack register source ID --url URL")
    return list(dict.fromkeys(ids)), new


def two_sides(target: WriteTarget, table: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the parties that `--each` means: those of the event, else the two that such events hand over to."""
    named = tuple(table.get("parties") or ())
    if named:
        return named
    found = sides(target, str(table.get("kind") or ""))
    if len(found) != 2:
        known = ",".join(found[:2] if len(found) > 1 else ("UKR", "RUS"))
        raise EntryError("--each: which two parties?", f"name them: --party {known}")
    return found


def sides(target: WriteTarget, kind: str) -> tuple[str, ...]:
    """Return the parties that events of this kind hand over to; where these are not two yet, all that stand alone."""
    register = target.register
    last = target.select(Query(kind=(kind,), last=_LOOK_BACK)) if kind else ()
    found = {register.side(row.to) for event in last for row in event.transfer}
    sole = [code for code in register.parties if register.side(code) == code]
    return tuple(code for code in sole if code in found) if len(found) > 1 else tuple(sole)


def canonical(table: Mapping[str, Any], register: Register) -> dict[str, Any]:
    """Return an event's table with names by code or id where the register knows them."""
    found = canonical_row("event", table, register)
    for name in FACETS:
        rows = found.get(name)
        if isinstance(rows, list):
            found[name] = [canonical_row(name, row, register) if isinstance(row, dict) else row for row in rows]
    return found


def canonical_row(table: str, row: Mapping[str, Any], register: Register) -> dict[str, Any]:
    """Return one table with names by code or id where the register knows them."""

    def plain(field: str, name: str) -> str:
        if field == "by":
            return register.who(name) or name
        if field in _ACTOR or (table == "deadline" and field == "to"):
            return register.party(name) or register.person(name) or name
        if field in _PARTY:
            return register.party(name) or name
        return (register.person(name) or name) if field in _PERSON else name

    found = dict(row)
    for field in ("by", *_ACTOR, *_PARTY, *_PERSON):
        value = found.get(field)
        if isinstance(value, str):
            found[field] = plain(field, value)
        elif isinstance(value, list):
            found[field] = [plain(field, one) if isinstance(one, str) else one for one in value]
    return found


def recorded(env: Env, folder: Path) -> dict[str, str]:
    """Return when and by whom the ledger learns of something."""
    author = env.environ.get("TALKSTRACK_AUTHOR", "").strip() or _git_user(env, folder)
    return {"recorded": env.today.isoformat(), **({"recorded_by": author} if author else {})}


def _git_user(env: Env, folder: Path) -> str | None:
    """Return git's user where the ledger is in a repository, so that it names them anyway."""
    real = folder.resolve()
    if not any((place / ".git").exists() for place in (real, *real.parents)):
        return None
    if name := env.environ.get("GIT_AUTHOR_NAME", "").strip():
        return name
    command = ["git", "-C", str(real), "config", "user.name"]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=dict(env.environ), check=False)
    except (OSError, UnicodeError):
        return None
    return done.stdout.strip() or None


def because_of(env: Env, reason: str | None) -> str:
    """Return why a revision is made, asked for on a terminal; UsageError where nobody says."""
    if reason is None and env.stdin_is_terminal and env.stderr_is_terminal:
        from talkstrack.cli.entering.prompt import read_line

        reason = read_line(env, "  why?  ")
    if reason is None or not reason.strip():
        raise UsageError("a revision says why", '-m "the source corrected its figure"')
    return reason.strip()
