"""Turn what was typed in the shell into the table of an event or of a facet."""

from collections.abc import Iterable
from typing import Any

from talkstrack.errors import UsageError
from talkstrack.ledger.writing.block_layout import count_value
from talkstrack.model.counts import CountError, parse_count
from talkstrack.model.entries import field_type
from talkstrack.model.names import did_you_mean

_YES, _NO = ("true", "yes"), ("false", "no")


class EntryError(UsageError):
    """Something typed for an entry cannot be read."""


def field_value(table: str, field: str, text: str, typed: str = "") -> Any:
    """Read the text of one field of an event, a facet or a register entry as the field takes it.

    A date stays EDTF text. `typed` is what stands before the text on the command line, for the hint.
    """
    wanted = field_type(table, field)
    if wanted == "texts":
        return text_list(text)
    if wanted == "count":
        return count(text, typed or f"{field}=")
    if wanted == "parts":
        return parts(text, typed or f"{field}=")
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
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return value
    return [item.strip() for item in text.split(",") if item.strip()]


def count(text: str, typed: str) -> int | str:
    """Read a count in symbols or words as the ledger says it; EntryError if the shell has eaten it."""
    if not text.strip():
        raise EntryError(f"the count after {typed.strip()} is empty", count_hint(typed))
    try:
        return count_value(parse_count(text))
    except CountError as error:
        raise EntryError(f"{typed}{text}: {error}", error.hint) from None


def unknown_field(table: str, key: str, fields: Iterable[str]) -> EntryError:
    """Return the error that a table has no such field."""
    hint = did_you_mean(key, fields, f"it has {', '.join(fields)}")
    return EntryError(f"{'an' if table[0] in 'aeio' else 'a'} {table} has no field {key[:80]}", hint)


def count_hint(typed: str) -> str:
    return f"the shell takes > and ~ for itself: quote the whole argument, or use words: {typed}over-1000"


def transfer_to(text: str, option: str = "--to") -> dict[str, Any]:
    """Read `PARTY=COUNT[@WHO]` as a transfer to a party: `UKR=84`, `UKR=84@RUS`, `"UKR=>1000"`, `UKR=over-1000`."""
    party, equals, rest = text.partition("=")
    if not party.strip():
        raise EntryError(f"{option} {text!r} names no party", f"write {option} UKR=84 or {option} UKR=84@UKR")
    if not equals:
        raise EntryError(f"{option} {text} has no count", count_hint(f"{option} {text}="))
    return {"to": party.strip(), **count_by(rest, f"{option} {party.strip()}=")}


def count_by(text: str, typed: str) -> dict[str, Any]:
    number, at, who = text.partition("@")
    if at and not who.strip():
        raise EntryError(f"{typed}{text} says @ but not who", "after @ stands a party, a person or a source: 84@UKR")
    return {"count": count(number, typed), **({"by": who.strip()} if at else {})}


def parts(text: str, typed: str) -> dict[str, int | str]:
    parts: dict[str, int | str] = {}
    for part in text.split(","):
        name, colon, number = part.rpartition(":")
        if not colon or not name.strip():
            hint = "write parts=military:270,civilian:120, without commas inside numbers"
            raise EntryError(f"{part.strip()[:80] or 'parts='} is not NAME:COUNT", hint)
        if name.strip() in parts:
            raise EntryError(f"the part {name.strip()[:80]} is given twice", None)
        parts[name.strip()] = count(number, f"{typed}{name.strip()}:")
    return parts
