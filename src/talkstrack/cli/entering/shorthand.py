"""Read transfers and facets as they are typed in one argument: `UKR=84@RUS`, `to=UKR count=390`."""

import re
from collections.abc import Iterable
from typing import Any

from talkstrack.ledger.intake.values import EntryError, count_by, field_value, unknown_field
from talkstrack.model.entries import field_type
from talkstrack.model.event import FACET_TYPES
from talkstrack.model.fields import fields_of

_WORD = re.compile(r"""([^\s=]+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)(?:\s+|\Z)""", re.DOTALL)

_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)


def transfers_each(text: str, parties: Iterable[str]) -> list[dict[str, Any]]:
    """Read `COUNT[@WHO]` as a transfer to each of the parties."""
    counted = count_by(text, "--each ")
    return [{"to": party, **counted} for party in parties]


def facet(name: str, text: str) -> dict[str, Any]:
    """Read a whole facet: `to=UKR count=390 parts=military:270,civilian:120 note="a b"`, or a JSON object.

    Commas part lists and parts, a colon a part from its count; counts may be in words (`over-1000`).
    """
    option, fields = f"--{name}", fields_of(FACET_TYPES[name])
    if text.lstrip().startswith("{"):
        return {key: value for key, value in _json(text, option).items() if value is not None}
    row: dict[str, Any] = {}
    for key, value in _words(text, option):
        if key not in fields:
            raise unknown_field(name, key, fields)
        if key in row:
            raise EntryError(f"{option} gives {key} twice", "a list takes commas: members=umerov,kyslytsia")
        if not value and field_type(name, key) != "count" and not (name == "transfer" and key == "under"):
            raise EntryError(f"{option} gives {key} without a value", f"leave {key}= out where it is not known")
        row[key] = field_value(name, key, value, f"{key}=")
    if not row:
        raise EntryError(f"{option} is empty", f"write {option} 'KEY=VALUE ...' with {', '.join(fields)}")
    return row


def _words(text: str, option: str) -> list[tuple[str, str]]:
    """Cut at spaces, save those in a value that begins with a quotation mark."""
    pairs, place, rest = [], 0, text.strip()
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
        pairs.append((key, value))
        place = word.end()
    return pairs


def _json(text: str, option: str) -> dict[str, Any]:
    import json  # only who types JSON pays for it

    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise EntryError(f"{option} is not JSON: {error.msg.lower()} at character {error.pos + 1}", None) from None
    except (ValueError, RecursionError) as error:
        raise EntryError(f"{option} is not JSON: {error}", None) from None
    if not isinstance(row, dict):
        raise EntryError(f"{option} takes one JSON object", None)
    return row
