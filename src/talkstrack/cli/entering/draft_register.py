"""Make the block of a party, a person or a source from what was typed."""

import re
import shlex
from typing import Any, NamedTuple

from talkstrack.cli.entering.draft import Draft, NewBlock, with_entries
from talkstrack.cli.entering.target import Taken, WriteTarget
from talkstrack.errors import Hint, UsageError
from talkstrack.ledger.intake.values import EntryError, unknown_field
from talkstrack.ledger.writing.block_layout import ORDER, EntryKind, register_text, role_text
from talkstrack.ledger.writing.ids import as_id, find_source, source_id
from talkstrack.ledger.writing.refused import WriteError
from talkstrack.model.convert import is_identifier
from talkstrack.model.entries import TABLES, Kind, Party, Person, Source, is_party_code
from talkstrack.model.fields import fields_of
from talkstrack.model.names import did_you_mean
from talkstrack.model.register import Register, read_register

_KINDS: tuple[EntryKind, ...] = ("party", "person", "source")
_ROLE = re.compile(r"(?P<title>.+?)(?:\s+from\s+(?P<from>\S+))?(?:\s+(?:until|to)\s+(?P<until>\S+))?", re.DOTALL)
_OPTIONS = {"aliases": "--alias", "grade": "--weak", "name": "NAME", "based_on": "--based-on"}


class InRegister(WriteError):
    """The register has this entry already."""

    slug = "in-register"

    def __init__(self, what: str, key: str, named: str) -> None:
        hint = f"give {key} another --role, or edit its block" if what == "person" else "edit its block to change it"
        super().__init__(f"{what} {key} is in the register already: {named}; nothing was written", hint)


class TypedEntry(NamedTuple):
    """What is to be registered: the kind of entry, its code or id, its fields, a person's offices."""

    what: str
    key: str | None
    fields: dict[str, Any]
    roles: tuple[str, ...] = ()


def draft_entry(typed: TypedEntry, target: WriteTarget) -> Draft:
    """Return the blocks that a registration comes to."""
    what = _kind(typed.what)
    fields = _fitting(what, typed)
    register, roles = target.register, [_role(text) for text in typed.roles]
    if party := fields.get("party"):
        fields["party"] = register.party(party) or party
    key = typed.key if what != "source" else _source_key(typed, target, Taken(target))
    if key is None:
        raise UsageError(f"register {what}: which?", Hint("", "register", f"{what} {_example(what)}"))
    known = known_entry(register, what, key)
    if known is not None and what == "person" and roles and set(fields) <= {"name"}:
        blocks = tuple(NewBlock(f"role {key}", role_text(key, role)) for role in roles)
        return Draft(blocks, register, (f"one more office of {key}",))
    if known is not None:
        raise InRegister(what, key, getattr(known, "name", None) or getattr(known, "publisher", None) or key)
    if what != "source" and "name" not in fields:
        raise UsageError(f"register {what} {key}: what is the full name?", Hint("", "register", f"{what} {key} NAME"))
    table = {**fields, **({"role": roles} if roles else {})}
    _, faults = read_register({what: {key: table}})
    if faults:
        raise EntryError(faults[0].message, _better(what, key, table) or faults[0].hint)
    after = with_entries(register, {what: {key: table}})
    return Draft((NewBlock(f"{what} {key}", register_text(what, key, table)),), after)


def _better(what: EntryKind, key: str, table: dict[str, Any]) -> str | None:
    """Return the line to type where the code or id is misspelt; None where it is not, or nothing is near."""
    wish = key.upper() if what == "party" else as_id(key)
    is_right = is_party_code if what == "party" else is_identifier
    if is_right(key) or not is_right(wish):
        return None
    return Hint("", "register", " ".join([what, wish, *([shlex.quote(table["name"])] if "name" in table else [])]))


def known_entry(register: Register, what: EntryKind, key: str) -> Party | Person | Source | Kind | None:
    """Return the entry that the register has under this code or id."""
    if what == "party":
        return register.parties.get(key)
    if what == "person":
        return register.persons.get(key)
    return register.sources.get(key) if what == "source" else register.kinds.get(key)


def _kind(what: str) -> EntryKind:
    for kind in _KINDS:
        if kind == what:
            return kind
    raise UsageError(
        f"register adds a party, a person or a source, not `{what[:80]}`",
        did_you_mean(what, _KINDS, "talkstrack register --help"),
    )


def _fitting(what: EntryKind, typed: TypedEntry) -> dict[str, Any]:
    """Return the fields, each of which the kind of entry must have."""
    for field in typed.fields:
        if field not in fields_of(TABLES[what]):
            option = _OPTIONS.get(field, f"--{field}")
            example = Hint("", "register", f"{what} {_example(what)}")
            hint = "a source's title is --title" if field == "name" else example
            raise UsageError(f"register {what} takes no {option}", hint)
    if typed.roles and what != "person":
        raise UsageError(f"register {what} takes no --role", "offices are held by persons")
    return dict(typed.fields)


def _example(what: EntryKind) -> str:
    return {"party": "CODE NAME", "person": "ID NAME --party PARTY", "source": "ID --url URL"}.get(what, "ID")


def _source_key(typed: TypedEntry, target: WriteTarget, taken: Taken) -> str | None:
    fields = typed.fields
    url = fields.get("url")
    known = find_source(target.register, url) if url else None
    if known is not None and known != typed.key:
        raise InRegister("source", known, "it has this address")
    if typed.key is not None or not (url or fields.get("publisher")):
        return typed.key
    return source_id(fields.get("publisher"), url, fields.get("published"), taken)


def _role(text: str) -> dict[str, str]:
    """Read `Minister of Defence from 2023-09-06 until 2025-07-17`, or key=value."""
    if re.match(r"\w+=", text):
        role = dict(word.partition("=")[::2] for word in _split(text))
        for field in role:
            if field not in ORDER["role"]:
                raise unknown_field("role", field, ORDER["role"])
        return role
    words = _ROLE.fullmatch(text.strip())
    if words is None:
        raise EntryError("--role is empty", "--role 'Minister of Defence from 2023-09-06'")
    return {field: value for field, value in words.groupdict().items() if value}


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        raise EntryError(f"--role: a quotation mark in {text[:80]} is not closed") from None
