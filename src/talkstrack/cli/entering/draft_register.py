"""Make the block of a party, a person or a source from what was typed."""

import re
import shlex
from typing import Any, NamedTuple

from talkstrack.cli.entering.commit import Draft, Entry
from talkstrack.cli.entering.draft import with_entries
from talkstrack.cli.entering.target import Taken, WriteTarget
from talkstrack.errors import UsageError
from talkstrack.ledger.intake.values import EntryError, unknown_field
from talkstrack.ledger.writing.block_layout import Entry as Kind
from talkstrack.ledger.writing.block_layout import register_text, role_text
from talkstrack.ledger.writing.ids import as_id, find_source, source_id
from talkstrack.ledger.writing.refused import WriteError
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.model.convert import is_identifier, nearest
from talkstrack.model.entries import ENTRY_FIELDS, Party, Person, Source, is_party_code
from talkstrack.model.entries import Kind as Registered
from talkstrack.model.fields import ORDER
from talkstrack.model.register import Register, read_register

KINDS: tuple[Kind, ...] = ("party", "person", "source")
_ROLE = re.compile(r"(?P<title>.+?)(?:\s+from\s+(?P<from>\S+))?(?:\s+(?:until|to)\s+(?P<until>\S+))?", re.DOTALL)
_OPTIONS = {"aliases": "--alias", "grade": "--weak", "name": "NAME", "based_on": "--based-on"}


class InRegister(WriteError):
    """The register has this entry already."""

    slug = "in-register"

    def __init__(self, what: str, key: str, named: str) -> None:
        hint = f"give {key} another --role, or edit its block" if what == "person" else "edit its block to change it"
        super().__init__(f"{what} {key} is in the register already: {named}; nothing was written", hint)


class Registration(NamedTuple):
    """What is to be registered: the kind of entry, its code or id, its fields, a person's offices."""

    what: str
    key: str | None
    fields: dict[str, Any]
    roles: tuple[str, ...] = ()


def entry_of(wanted: Registration, target: WriteTarget, old: LedgerBytes) -> Draft:
    """Return the blocks that a registration comes to."""
    what = _kind(wanted.what)
    fields = _fitting(what, wanted)
    register, roles = target.register, [_role(text) for text in wanted.roles]
    if party := fields.get("party"):
        fields["party"] = register.party(party) or party
    key = wanted.key if what != "source" else _source_key(wanted, target, Taken(target, old))
    if key is None:
        raise UsageError(f"register {what}: which?", f"talkstrack register {what} {_example(what)}")
    known = known_entry(register, what, key)
    if known is not None and what == "person" and roles and set(fields) <= {"name"}:
        entries = [Entry(f"role {key}", role_text(key, role)) for role in roles]
        return Draft(tuple(entries), register, (f"one more office of {key}",))
    if known is not None:
        raise InRegister(what, key, getattr(known, "name", None) or getattr(known, "publisher", None) or key)
    if what != "source" and "name" not in fields:
        raise UsageError(f"register {what} {key}: what is the full name?", f"talkstrack register {what} {key} NAME")
    table = {**fields, **({"role": roles} if roles else {})}
    _, faults = read_register({what: {key: table}})
    if faults:
        raise EntryError(faults[0].message, _better(what, key, table) or faults[0].hint)
    after = with_entries(register, {what: {key: table}})
    return Draft((Entry(f"{what} {key}", register_text(what, key, table)),), after)


def _better(what: Kind, key: str, table: dict[str, Any]) -> str | None:
    """Return the line to type where the code or id is misspelt; None where it is not, or nothing is near."""
    wish = key.upper() if what == "party" else as_id(key)
    is_right = is_party_code if what == "party" else is_identifier
    if is_right(key) or not is_right(wish):
        return None
    return " ".join(
        ["talkstrack register", what, wish, *(shlex.quote(table[one]) for one in ("name",) if one in table)]
    )


def known_entry(register: Register, what: Kind, key: str) -> Party | Person | Source | Registered | None:
    """Return the entry that the register has under this code or id."""
    if what == "party":
        return register.parties.get(key)
    if what == "person":
        return register.persons.get(key)
    return register.sources.get(key) if what == "source" else register.kinds.get(key)


def _kind(what: str) -> Kind:
    for one in KINDS:
        if one == what:
            return one
    near = nearest(what, KINDS)
    raise UsageError(
        f"register adds a party, a person or a source, not `{what[:80]}`",
        f"did you mean `{near}`?" if near else "talkstrack register --help",
    )


def _fitting(what: Kind, wanted: Registration) -> dict[str, Any]:
    """Return the fields, each of which the kind of entry must have."""
    for field in wanted.fields:
        if field not in ENTRY_FIELDS[what]:
            option = _OPTIONS.get(field, f"--{field}")
            hint = "a source's title is --title" if field == "name" else f"talkstrack register {what} {_example(what)}"
            raise UsageError(f"register {what} takes no {option}", hint)
    if wanted.roles and what != "person":
        raise UsageError(f"register {what} takes no --role", "offices are held by persons")
    return dict(wanted.fields)


def _example(what: Kind) -> str:
    return {"party": "CODE NAME", "person": "ID NAME --party PARTY", "source": "ID --url URL"}.get(what, "ID")


def _source_key(wanted: Registration, target: WriteTarget, taken: Taken) -> str | None:
    fields = wanted.fields
    url = fields.get("url")
    found = find_source(target.register, url) if url else None
    if found is not None and found != wanted.key:
        raise InRegister("source", found, "it has this address")
    if wanted.key is not None or not (url or fields.get("publisher")):
        return wanted.key
    return source_id(fields.get("publisher"), url, fields.get("published"), taken)


def _role(text: str) -> dict[str, str]:
    """Read `Minister of Defence from 2023-09-06 until 2025-07-17`, or key=value."""
    if re.match(r"\w+=", text):
        found = dict(word.partition("=")[::2] for word in _split(text))
        for field in found:
            if field not in ORDER["role"]:
                raise unknown_field("role", field, ORDER["role"])
        return found
    words = _ROLE.fullmatch(text.strip())
    if words is None:
        raise EntryError("--role is empty", "--role 'Minister of Defence from 2023-09-06'")
    return {field: value for field, value in words.groupdict().items() if value}


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        raise EntryError(f"--role: a quotation mark in {text[:80]} is not closed") from None
