"""Lay out blocks of a ledger as a person would write them; tomli-w writes the values."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec
import tomli_w

from talkstrack.model.counts import Count, CountError, parse_count
from talkstrack.model.dates.period import Period
from talkstrack.model.entries import TABLES, field_type
from talkstrack.model.event import FACETS, Event
from talkstrack.model.fields import fields_of

EntryKind = Literal["party", "person", "source", "kind"]

WIDTH = 100
"""A list that makes its line longer than this is written with one entry a line."""

_LEADS: Final = {
    "event": (
        "id", "kind", "date", "scheduled", "title", "status", "as_written", "summary", "place", "parties", "host",
        "mediators", "by", "people", "round", "agenda", "part_of", "under",
    ),
    "claim": ("by", "what", "to", "under", "since", "count", "nth", "fulfilled", "series"),
}  # fmt: skip
ORDER: Final = {
    table: tuple(dict.fromkeys((*_LEADS.get(table, ()), *fields_of(struct)))) for table, struct in TABLES.items()
}
"""The fields of each table (`event`, a facet, a register entry, `role`) in the order they are written."""

_AS_ASSUMED = (("status", "held"), ("revision", 1), ("retracted", False))
_HIDDEN = re.compile(  # what is not seen, breaks lines or turns the reading direction, save joiners of letters
    "[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LIKE_STRUCTURE = ("[", "<<<<<<<", "=======", ">>>>>>>", "|||||||")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?(?:[+-]\d\d:\d\d)?", re.ASCII)


def event_text(event: Event | Mapping[str, Any]) -> str:
    """Return the `[[event]]` block of an event or of its table, with a line end last.

    An event's block reads back as an equal event (its `line` aside). A table may be in the form of TOML or of JSON
    output; keys that are no fields are kept, so that a check can show them. TypeError for what TOML cannot say.
    """
    table = event_table(event)
    lines = ["[[event]]\n"]
    facets = [name for name in FACETS if _is_rows(table.get(name))]
    lines += [_entry(key, value) for key, value in table.items() if key not in facets and key != "extra"]
    lines += _extra(table["extra"]) if "extra" in table else ()
    for name in facets:
        for row in table[name]:
            lines.append(f"[[event.{name}]]\n")
            lines += [_entry(key, value) for key, value in row.items()]
    return "".join(lines)


def register_text(kind: EntryKind, key: str, entry: msgspec.Struct | Mapping[str, Any]) -> str:
    """Return the block of a register entry (`[source.liga-2025-07-23]`), a person's roles below it."""
    table = _table(kind, entry)
    name = f"{kind}.{_key(key)}"
    roles = table.pop("role") if _is_rows(table.get("role")) else []
    lines = [f"[{name}]\n", *(_entry(field, value) for field, value in table.items())]
    for role in roles:
        lines += [f"[[{name}.role]]\n", *(_entry(field, value) for field, value in role.items())]
    return "".join(lines)


def role_text(person: str, role: msgspec.Struct | Mapping[str, Any]) -> str:
    """Return the block of one more role of a person who is in the register: `[[person.umerov.role]]`."""
    lines = [f"[[person.{_key(person)}.role]]\n"]
    lines += [_entry(field, value) for field, value in _table("role", role).items()]
    return "".join(lines)


def event_table(event: Event | Mapping[str, Any]) -> dict[str, Any]:
    """Return an event as the plain table its block says: in the order written, what is assumed anyway left out."""
    table = _table("event", event)
    table.pop("line", None)
    for name, assumed in _AS_ASSUMED:
        if name in table and type(table[name]) is type(assumed) and table[name] == assumed:
            del table[name]
    return table


def count_value(count: Count) -> int | str:
    """Return a count as a ledger says it: a number where it is exact, else its text."""
    return int(count.text) if count.text.isdigit() else count.text


def date_value(text: str) -> date | str:
    """Return a date as a ledger says it: a TOML date or date-time where that reads back the same, else EDTF text."""
    kind = date if _DAY.fullmatch(text) else datetime if _MOMENT.fullmatch(text) else None
    if kind is None:
        return text
    try:
        value = kind.fromisoformat(text)
    except ValueError:
        return text
    return value if value.isoformat() == text else text


def _table(name: str, row: msgspec.Struct | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(row, msgspec.Struct):
        fields = zip(row.__struct_encode_fields__, row.__struct_fields__, strict=True)
        row = {key: getattr(row, field) for key, field in fields}
    order = ORDER[name]
    keys = [*(key for key in order if key in row), *(key for key in row if key not in order)]
    values = {key: _plain(name, key, row[key]) for key in keys}
    return {key: value for key, value in values.items() if value is not None and value != []}


def _plain(table: str, key: str, value: Any) -> Any:
    """Return a value of a struct, of JSON output or of TOML as TOML says it; one of a wrong type as it is."""
    wanted = field_type(table, key)
    if wanted == "tables" and isinstance(value, list | tuple):
        rows = (msgspec.Struct, Mapping)
        return [_table(key, row) if isinstance(row, rows) else row for row in value]
    if wanted == "texts":
        items = [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else value
        return (
            items[0] if isinstance(items, list) and len(items) == 1 and fields_of(TABLES[table])[key].is_lone else items
        )
    if wanted == "date":
        text = value.edtf if isinstance(value, Period) else value
        text = text.get("edtf") if isinstance(text, Mapping) else text
        return date_value(text) if isinstance(text, str) else text
    if wanted == "count":
        return _count(value)
    if wanted == "parts" and isinstance(value, Mapping):
        return {name: _count(part) for name, part in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _count(value: Any) -> Any:
    if value is None:
        return None
    try:
        return count_value(parse_count(value))
    except CountError:
        return value


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _entry(key: str, value: Any) -> str:
    name = _key(key)
    if isinstance(value, str):
        return f"{name} = {_string(value)}\n"
    line = f"{name} = {_literal(value)}"
    if len(line) > WIDTH and isinstance(value, list | tuple):
        return f"{name} = [\n" + "".join(f"    {_literal(item)},\n" for item in value) + "]\n"
    return line + "\n"


def _extra(extra: Any, name: str = "event.extra") -> Iterator[str]:
    """Write the user's own table: on one line if it fits there, else as a table with tables below it."""
    line = f"extra = {_literal(extra)}"
    if name == "event.extra" and (len(line) <= WIDTH or not isinstance(extra, Mapping)):
        yield line + "\n"
        return
    below = {key: value for key, value in extra.items() if isinstance(value, Mapping)}
    yield f"[{name}]\n"
    yield from (_entry(key, value) for key, value in extra.items() if key not in below and value is not None)
    for key, value in below.items():
        yield from _extra(value, f"{name}.{_key(key)}")


def _key(key: str) -> str:
    return _escaped(tomli_w.dumps({key: 0}).removesuffix(" = 0\n"))


def _literal(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_literal(item)}" for key, item in value.items() if item is not None)
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_literal(item) for item in value)}]"
    if isinstance(value, datetime):
        return value.isoformat()
    return _escaped(tomli_w.dumps({"k": value}).removeprefix("k = ").removesuffix("\n"))


def _string(value: str) -> str:
    """Write a text; one of several lines over several lines, unless an editor or a merge could misread them."""
    lines = value.split("\n")
    is_plain = "\r" not in value and not any(
        line != line.rstrip() or line.lstrip().startswith(_LIKE_STRUCTURE) for line in lines
    )
    if len(lines) == 1 or not is_plain:
        return _literal(value)
    body = "\n".join(_literal(line)[1:-1] for line in lines)
    return f'"""\n{body}"""'


def _escaped(literal: str) -> str:
    if literal.isascii() and "\x7f" not in literal:
        return literal
    return _HIDDEN.sub(lambda character: _escape(ord(character[0])), literal)


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
