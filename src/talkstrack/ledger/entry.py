"""Turn what was typed in the shell into the table of an event or of a facet."""

import re
from collections.abc import Iterable
from typing import Any

from talkstrack.errors import UsageError
from talkstrack.ledger.block_text import count_value
from talkstrack.ledger.fields import takes
from talkstrack.model.counts import CountError, parse_count
from talkstrack.model.event import FACET_FIELDS
from talkstrack.model.shape import nearest

_WORD = re.compile(r"""([^\s=]+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)(?:\s+|\Z)""", re.DOTALL)
_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)
_YES, _NO = ("true", "yes"), ("false", "no")


class EntryError(UsageError):
    """Something typed for an entry cannot be read."""


def transfer_to(text: str, option: str = "--to") -> dict[str, Any]:
    """Read `PARTY=COUNT[@WHO]` as a transfer to a party: `UKR=84`, `UKR=84@RUS`, `"UKR=>1000"`, `UKR=over-1000`."""
    party, equals, rest = text.partition("=")
    if not party.strip():
        raise EntryError(f"{option} {text!r} names no party", f"write {option} UKR=84 or {option} UKR=84@UKR")
    if not equals:
        raise EntryError(f"{option} {text} has no count", _count_hint(f"{option} {text}="))
    return {"to": party.strip(), **_count_by(rest, f"{option} {party.strip()}=")}


def transfers_each(text: str, parties: Iterable[str], option: str = "--each") -> list[dict[str, Any]]:
    """Read `COUNT[@WHO]` as a transfer to each of the parties."""
    found = _count_by(text, f"{option} ")
    return [{"to": party, **found} for party in parties]


def facet(name: str, text: str) -> dict[str, Any]:
    """Read a whole facet: `to=UKR count=390 parts=military:270,civilian:120 note="a b"`, or a JSON object.

    Commas part lists and parts, a colon a part from its count; counts may be in words (`over-1000`).
    """
    option = f"--{name}"
    if text.lstrip().startswith("{"):
        return {key: value for key, value in _json(text, option).items() if value is not None}
    found: dict[str, Any] = {}
    for key, value in _words(text, option):
        if key not in FACET_FIELDS[name]:
            raise unknown_field(name, key, FACET_FIELDS[name])
        if key in found:
            raise EntryError(f"{option} gives {key} twice", "a list takes commas: members=umerov,kyslytsia")
        if not value and takes(name, key) != "count" and not (name == "transfer" and key == "under"):
            raise EntryError(f"{option} gives {key} without a value", f"leave {key}= out where it is not known")
        found[key] = field_value(name, key, value, f"{key}=")
    if not found:
        raise EntryError(f"{option} is empty", f"write {option} 'KEY=VALUE ...' with {', '.join(FACET_FIELDS[name])}")
    return found


def field_value(table: str, field: str, text: str, typed: str = "") -> Any:
    """Read the text of one field of an event, a facet or a register entry as the field takes it.

    A date stays EDTF text. `typed` is what stands before the text on the command line, for the hint.
    """
    wanted = takes(table, field)
    if wanted == "texts":
        return text_list(text)
    if wanted == "count":
        return count(text, typed or f"{field}=")
    if wanted == "parts":
        return _parts(text, typed or f"{field}=")
    if wanted == "number":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    if wanted == "boolean":
        return True if text.lower() in _YES else False if text.lower() in _NO else text
    if wanted in ("table", "tables"):
        raise EntryError(f"{field} has fields of its own", f"name one: {field}.FIELD=VALUE")
    return text


def text_list(text: str) -> list[str]:
    """Read a list: texts with commas between, or a JSON array where a text has a comma of its own."""
    if text.lstrip().startswith("["):
        import json  # only who types JSON pays for it

        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return found
    return [one.strip() for one in text.split(",") if one.strip()]


def count(text: str, typed: str) -> int | str:
    """Read a count in symbols or words as the ledger says it; EntryError if the shell has eaten it."""
    if not text.strip():
        raise EntryError(f"the count after {typed.strip()} is empty", _count_hint(typed))
    try:
        return count_value(parse_count(text))
    except CountError as error:
        raise EntryError(f"{typed}{text}: {error}", error.hint) from None


def unknown_field(table: str, key: str, fields: Iterable[str]) -> EntryError:
    """Return the error that a table has no such field."""
    near = nearest(key, fields)
    hint = f"did you mean {near}?" if near else f"it has {', '.join(fields)}"
    return EntryError(f"{'an' if table[0] in 'aeio' else 'a'} {table} has no field {key[:80]}", hint)


def _count_hint(typed: str) -> str:
    return f"the shell takes > and ~ for itself: quote the whole argument, or use words: {typed}over-1000"


def _count_by(text: str, typed: str) -> dict[str, Any]:
    number, at, who = text.partition("@")
    if at and not who.strip():
        raise EntryError(f"{typed}{text} says @ but not who", "after @ stands a party, a person or a source: 84@UKR")
    return {"count": count(number, typed), **({"by": who.strip()} if at else {})}


def _words(text: str, option: str) -> list[tuple[str, str]]:
    """Cut at spaces, save those in a value that begins with a quotation mark."""
    found, place, rest = [], 0, text.strip()
    while place < len(rest):
        word = _WORD.match(rest, place)
        if word is None:
            shown = rest[place:].split()[0]
            hint = 'write KEY=VALUE; a value with spaces takes quotation marks: note="a b", count="over 1000"'
            raise EntryError(f"{option}: {shown[:80]} is not KEY=VALUE", hint)
        key, value = word.groups()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = _BACKSLASH.sub(r"\1", value[1:-1]) if value[0] == '"' else value[1:-1]
        elif value[:1] == '"':
            raise EntryError(f"{option}: the quotation mark after {key}= is not closed", None)
        found.append((key, value))
        place = word.end()
    return found


def _parts(text: str, typed: str) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for one in text.split(","):
        name, colon, number = one.rpartition(":")
        if not colon or not name.strip():
            hint = "write parts=military:270,civilian:120, without commas inside numbers"
            raise EntryError(f"{one.strip()[:80] or 'parts='} is not NAME:COUNT", hint)
        if name.strip() in found:
            raise EntryError(f"the part {name.strip()[:80]} is given twice", None)
        found[name.strip()] = count(number, f"{typed}{name.strip()}:")
    return found


def _json(text: str, option: str) -> dict[str, Any]:
    import json  # only who types JSON pays for it

    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise EntryError(f"{option} is not JSON: {error.msg.lower()} at character {error.pos + 1}", None) from None
    except (ValueError, RecursionError) as error:
        raise EntryError(f"{option} is not JSON: {error}", None) from None
    if not isinstance(found, dict):
        raise EntryError(f"{option} takes one JSON object", None)
    return found
