"""JSON Schemas (2020-12) of every JSON output, and of an event on input."""

from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import Any, NamedTuple

import msgspec

from talkstrack.errors import Problem
from talkstrack.model.dates.period import Period
from talkstrack.model.event import FACETS, Event
from talkstrack.model.query import Query


class LedgerInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger a report was made from, and the day it was made for."""

    path: str
    title: str | None
    format: int
    covers: Period | None
    events: int
    today: str


class CheckedOn(msgspec.Struct, frozen=True, kw_only=True):
    """The day the ledgers were checked for; each row names its ledger."""

    today: str


class OutputTypes(NamedTuple):
    """The types a JSON output consists of; `options` are the command's own, beside the filters in `query`."""

    row: Any
    total: Any = None
    options: Mapping[str, Any] = {}
    of_ledger: bool = True


_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{name}"


def event_schema() -> dict[str, Any]:
    """Return the schema of an event as `add --from` takes it."""
    return {"$schema": _DIALECT, "title": "event", "$ref": _REF.format(name="Event"), "$defs": _event_on_input()}


def schema_of(name: str, output: OutputTypes) -> dict[str, Any]:
    """Return the schema of one output."""
    ledger = LedgerInfo if output.of_ledger else CheckedOn
    row, *total = (_object(kind) for kind in (output.row, output.total) if kind)
    schemas, components = _components([row, Problem, _query(output), ledger, *total])
    rows, problems, asked, ledger_schema, *totals = schemas
    return {
        "$schema": _DIALECT,
        "$id": f"talkstrack.{name}/1",
        "title": name,
        "type": "object",
        "required": ["schema", "ledger", "query", "rows", "totals", "problems"],
        "properties": {
            "schema": {"const": f"talkstrack.{name}/1"},
            "ledger": ledger_schema,
            "query": asked,
            "rows": {"type": "array", "items": rows},
            "totals": {"type": "array", "items": totals[0]} if totals else {"type": "array", "maxItems": 0},
            "problems": {"type": "array", "items": problems},
        },
        "$defs": {key: _strict(component) for key, component in components.items()},
    }


def _object(kind: Any) -> Any:
    """Return a named tuple as the struct it is in JSON, where it is an object and no list."""
    if isinstance(kind, type) and issubclass(kind, tuple):
        fields = list(kind.__annotations__.items())
        return msgspec.defstruct(kind.__name__, fields, namespace={"__doc__": kind.__doc__})
    return kind


def _query(output: OutputTypes) -> type[msgspec.Struct]:
    filters = [(field.name, field.type) for field in msgspec.structs.fields(Query)] if output.of_ledger else []
    doc = "What was asked for: the filters, and the options of the command."
    return msgspec.defstruct("Query", [*filters, *output.options.items()], namespace={"__doc__": doc})


def _components(types: Iterable[Any]) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    for component in components.values():
        if "description" in component:
            component["description"] = " ".join(cleandoc(component["description"]).split())
    return schemas, components


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Require every key of an object: a key is always there, null when unset, and no default is left to the reader."""
    if "properties" not in schema:
        return schema
    properties = {
        key: {name: part for name, part in field.items() if name != "default"}
        for key, field in schema["properties"].items()
    }
    return {**schema, "properties": properties, "required": list(properties)}


_INPUT_PERIOD = {
    "description": "EDTF, or a date as the JSON output gives it",
    "anyOf": [
        {"type": "string"},
        {"type": "object", "required": ["edtf"], "properties": {"edtf": {"type": "string"}}},
    ],
}
_INPUT_COUNT = {
    "description": "a whole number, the ledger's notation, or a count as the JSON output gives it",
    "anyOf": [
        {"type": "integer", "minimum": 0},
        {"type": "string"},
        {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
    ],
}
_REQUIRED = {"Event": ["kind", "title"]}
_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 200}
_NUMBER = {"type": "integer", "minimum": 1, "maximum": 1_000_000}
_TEXT = {"type": "string", "pattern": r"\S"}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def _event_on_input() -> dict[str, Any]:
    _, defs = _components([Event])
    for name, definition in defs.items():
        if name in ("Period", "Count"):
            continue
        definition["required"] = _REQUIRED.get(name, definition.get("required", []))
        definition["additionalProperties"] = False
        for key, field in definition["properties"].items():
            definition["properties"][key] = _taken(name, key, field, may_be_null=key not in definition["required"])
    event = defs["Event"]
    event["description"] = "One event as `add --from` takes it; without an `id` it is given one."
    event["properties"]["line"] = {"description": "where the event stands in its ledger; not read"}
    return {**defs, "Period": _INPUT_PERIOD, "Count": _INPUT_COUNT}


def _taken(struct: str, key: str, field: dict[str, Any], *, may_be_null: bool) -> dict[str, Any]:
    """Return what a field takes on input, where more will do than what the output gives."""
    plain = {name: part for name, part in field.items() if name != "default"}
    choices: list[dict[str, Any]] = [choice for choice in plain.get("anyOf", [plain]) if choice != {"type": "null"}]
    (taken,) = choices
    if key == "id":
        taken = _ID
    elif taken == {"type": "string"} and (struct, key) != ("Transfer", "under"):
        taken = _TEXT
    elif taken == {"type": "integer"}:
        taken = _NUMBER
    elif taken.get("type") == "array" and key not in FACETS:
        taken = _TEXTS
    return {"anyOf": [taken, {"type": "null"}]} if may_be_null else taken
