"""Change the table of an event by what `--set` says: `title=...`, `transfer.UKR@RUS.count=1248`, `tags+=x`."""

import math
import re
from typing import Any

import tomli

from talkstrack.cli.entering.shorthand import facet
from talkstrack.errors import Hint
from talkstrack.ledger.intake.values import EntryError, count, field_value, text_list, unknown_field
from talkstrack.ledger.writing.block_layout import ORDER
from talkstrack.model.entries import field_type
from talkstrack.model.event import FACET_TYPES, FACETS
from talkstrack.model.fields import fields_of
from talkstrack.model.names import fold
from talkstrack.model.register import Register

_KEYS = {**{facet: next(iter(fields_of(struct))) for facet, struct in FACET_TYPES.items()}, "claim": "to"}
"""The field by which a row of a facet is named: its first one, of a claim whom it concerns."""
_KEPT = {
    "id": "an id is chosen once and never changed",
    "revision": "the revision is numbered by the tool",
    "retracted": Hint("use ", "retract", "ID"),
    "line": "the line is where the block stands",
}
_SETTING = re.compile(r"\s*([^=]*?)\s*([+-]?=)(.*)", re.DOTALL)


def apply_set(table: dict[str, Any], setting: str, register: Register | None = None) -> dict[str, Any]:
    """Return the table of an event with one thing set; the one given is left as it is.

    `FIELD=VALUE` sets, `FIELD=` removes, `FIELD+=VALUE` and `FIELD-=VALUE` add to and take from a list. A row of a
    facet is named by its number from 1 (`transfer.2.note`), by whom it concerns and who says so
    (`transfer.UKR@RUS.count`; `transfer.UKR@.count`: nobody), or not at all where there is but one
    (`deadline.outcome`). `transfer+='to=UKR count=3'` adds a row, `transfer.2=` removes one,
    `transfer.2.under=""` cuts an inherited link. The register, if given, knows that Kyiv is UKR.
    """
    match = _SETTING.fullmatch(setting)
    if match is None or not match[1]:
        raise EntryError(f"--set {setting[:80]!r} sets nothing", "write --set FIELD=VALUE, or FIELD= to remove it")
    path, sign, value = match.groups()
    head, dot, rest = path.partition(".")
    if head in FACETS:
        rows = [dict(row) for row in table.get(head, ())]
        return _with(table, head, _set_rows(head, rows, rest if dot else "", sign, value, register))
    if head == "extra" and dot:
        return _with(table, head, _set_extra(table.get("extra") or {}, rest.split("."), value))
    if head in _KEPT and not dot:
        raise EntryError(f"{head} cannot be set", _KEPT[head])
    if dot or head not in ORDER["event"]:
        known = (*FACETS, "extra") if dot else [name for name in ORDER["event"] if name not in _KEPT]
        raise unknown_field("event", path if dot and head in ORDER["event"] else head, known)
    return _set_field("event", table, head, sign, value)


def _with(table: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    if value is None or value == [] or value == {}:
        return {name: kept for name, kept in table.items() if name != key}
    return {**table, key: value}


def _set_field(name: str, table: dict[str, Any], field: str, sign: str, value: str) -> dict[str, Any]:
    if sign != "=":
        return _with(table, field, _changed_list(name, table.get(field), field, sign, value))
    if not value.strip():
        if name == "transfer" and field == "count":
            count(value, f"{name}.{field}=")
        return _with(table, field, None)
    if name == "transfer" and field == "under" and value.strip() in ('""', "''"):
        return {**table, field: ""}
    return {**table, field: field_value(name, field, value.strip(), f"{field}=")}


def _changed_list(name: str, now: Any, field: str, sign: str, value: str) -> list[str]:
    if field_type(name, field) != "texts":
        raise EntryError(f"{field} is not a list", f"{field}={value} sets it")
    before = [now] if isinstance(now, str) else list(now or ())
    texts = text_list(value)
    if sign == "+=":
        return [*before, *(text for text in texts if text not in before)]
    missing = [text for text in texts if text not in before]
    if missing:
        raise EntryError(f"{field} has no {missing[0][:80]}", f"it has {', '.join(before) or 'nothing'}")
    return [text for text in before if text not in texts]


def _set_rows(
    name: str, rows: list[dict[str, Any]], path: str, sign: str, value: str, register: Register | None
) -> list[dict[str, Any]]:
    if not path:
        if sign == "-=":
            raise EntryError(f"{name}-= takes nothing away", f"a row is removed by its number: {name}.1=")
        if not value.strip():
            return [] if sign == "=" else rows
        return [*(rows if sign == "+=" else ()), facet(name, value)]
    selector, field, part = _parse_path(name, path)
    if field is None and not path.isdigit() and not any(_is_meant(name, row, path, register) for row in rows):
        raise unknown_field(name, path.rpartition(".")[2], fields_of(FACET_TYPES[name]))
    place = _row(name, rows, selector, register)
    if field is None:
        if sign != "=":
            raise EntryError(f"{name}.{path} is a row, not a list", f"{name}+='...' adds a row")
        return [*rows[:place], *([facet(name, value)] if value.strip() else ()), *rows[place + 1 :]]
    rows = [*rows, {}] if place == len(rows) else rows
    row = _set_part(rows[place], part, value) if part else _set_field(name, rows[place], field, sign, value)
    return [*rows[:place], row, *rows[place + 1 :]]


def _parse_path(name: str, path: str) -> tuple[str | None, str | None, str | None]:
    """Return the row that is named, the field, and the part of a count."""
    fields = "|".join(fields_of(FACET_TYPES[name]))
    match = re.fullmatch(rf"(?:(.+?)\.)?(?:(parts)\.([^.]+)|({fields}))", path)
    if match and (match[4] or "parts" in fields_of(FACET_TYPES[name])):
        return match[1], match[2] or match[4], match[3]
    return path, None, None


def _row(name: str, rows: list[dict[str, Any]], selector: str | None, register: Register | None) -> int:
    """Return the place of the row that is meant; the place after the last for the first field of a first row."""
    if selector is not None and selector.isascii() and selector.isdigit():
        if not 1 <= int(selector[:9]) <= len(rows):
            raise EntryError(f"there is no {name} {selector}", _choices(name, rows))
        return int(selector) - 1
    if selector is None:
        places = list(range(len(rows)))
        if not places:
            return 0
    else:
        places = [place for place, row in enumerate(rows) if _is_meant(name, row, selector, register)]
    if len(places) == 1:
        return places[0]
    called = name if selector is None else f"{name}.{selector}"
    raise EntryError(
        f"{called} means {len(places) or 'no'} row{'s' * (len(places) > 1)} of the event", _choices(name, rows)
    )


def _is_meant(name: str, row: dict[str, Any], selector: str, register: Register | None) -> bool:
    concerned, at, who = selector.partition("@")
    own, by = _texts(row.get(_KEYS[name])), _texts(row.get("by"))
    if at and not (_same(by, who, register) if who else not by):
        return False
    is_own = not concerned or _same(own, concerned, register)
    return is_own or (name == "claim" and not at and _same(by, concerned, register))


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [text for text in value or () if isinstance(text, str)]


def _same(names: list[str], wanted: str, register: Register | None) -> bool:
    def plain(name: str) -> str:
        return fold((register.who(name) if register else None) or name)

    return any(plain(name) == plain(wanted) for name in names)


def _choices(name: str, rows: list[dict[str, Any]]) -> str:
    shown = []
    for place, row in enumerate(rows[:9]):
        who = f"{','.join(_texts(row.get(_KEYS[name])))}" + (f"@{row['by']}" if row.get("by") else "")
        shown.append(f"{name}.{place + 1} ({who.strip('@') or 'no name'})")
    return f"there is {', '.join(shown)}" if shown else f"{name}+='KEY=VALUE ...' adds one"


def _set_part(row: dict[str, Any], part: str, value: str) -> dict[str, Any]:
    parts = dict(row.get("parts") or {})
    if value.strip():
        parts[part] = count(value, f"parts.{part}=")
    else:
        parts.pop(part, None)
    return _with(row, "parts", parts)


def _set_extra(extra: dict[str, Any], path: list[str], value: str) -> dict[str, Any]:
    head, *rest = path
    if not head:
        raise EntryError("extra. names no field", "write --set extra.NAME=VALUE")
    if rest:
        below = extra.get(head)
        return _with(extra, head, _set_extra(below if isinstance(below, dict) else {}, rest, value))
    return _with(extra, head, _typed(value.strip()) if value.strip() else None)


def _typed(text: str) -> Any:
    """Read a value of the user's own: a number, a date, true or false if it is one, else text."""
    if "\n" in text or ("#" in text and text[0] not in "\"'[{"):
        return text
    try:
        typed = tomli.loads(f"k = {text}")["k"]
    except (tomli.TOMLDecodeError, ValueError, RecursionError):
        return text
    return text if isinstance(typed, float) and not math.isfinite(typed) else typed
