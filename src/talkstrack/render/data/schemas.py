"""JSON Schemas (2020-12) of every JSON output, and of an event on input."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from inspect import cleandoc
from typing import Any, NamedTuple

import msgspec

from talkstrack.errors import Problem
from talkstrack.model.dates.period import Period
from talkstrack.model.event import FACETS, Event
from talkstrack.model.query import Query

Place = tuple[str, str]
"""A module and a name in it, imported only when its schema is asked for."""


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
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


class VerdictCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many claims have a verdict."""

    verdict: str
    claims: int


class DeadlineCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many deadlines are open, and how many are not any more."""

    open: int
    closed: int


class _Output(NamedTuple):
    """What a JSON output consists of; `asked` are the command's own options, beside the filters in `query`."""

    row: Place
    total: Place | None = None
    asked: Mapping[str, Any] = {}
    ledger: type[msgspec.Struct] = Ledger
    filters: bool = True


_EVENT = ("talkstrack.model.event", "Event")
_EXCHANGES = "talkstrack.reports.exchanges"
_WRITTEN = _Output(_EVENT, ("talkstrack.reports.effects", "Effect"), {"at": tuple[str, ...]})
_OUTPUTS = {
    "timeline": _Output(_EVENT),
    "show": _Output(("talkstrack.reports.event", "Shown")),
    "search": _Output(_EVENT),
    "exchanges": _Output(
        ("talkstrack.reports.exchanges", "HandOverRow"),
        ("talkstrack.reports.exchange_totals", "TotalRow"),
        {
            "what": (_EXCHANGES, "Unit"),
            "group": (_EXCHANGES, "Grouping"),
            "account": str | None,
            "accounts": bool,
            "totals": bool,
        },
    ),
    "delegations": _Output(("talkstrack.reports.delegations", "DelegationRow"), asked={"parties": tuple[str, ...]}),
    "agreements": _Output(("talkstrack.reports.agreements", "AgreementRow"), asked={"commitment": str | None}),
    "claims": _Output(
        ("talkstrack.reports.claims", "ClaimRow"), (__name__, "VerdictCount"), {"verdict": tuple[str, ...]}
    ),
    "deadlines": _Output(("talkstrack.reports.deadlines", "DeadlineRow"), (__name__, "DeadlineCount"), {"open": bool}),
    "brief": _Output(("talkstrack.reports.brief", "Brief")),
    "history": _Output(("talkstrack.reports.history", "RevisionRow")),
    "add": _WRITTEN,
    "revise": _WRITTEN,
    "retract": _WRITTEN,
    "check": _Output(("talkstrack.errors", "Problem"), ledger=CheckedOn, filters=False),
    "checks": _Output(("talkstrack.ledger.checking.registry", "Check"), ledger=CheckedOn, filters=False),
}
NAMES = ("event", *_OUTPUTS)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{name}"


def schema_of(name: str) -> dict[str, Any]:
    """Return the schema of one output, or of an event as `add --from` takes it."""
    if name == "event":
        return {"$schema": _DIALECT, "title": "event", "$ref": _REF.format(name="Event"), "$defs": _event_on_input()}
    output = _OUTPUTS[name]
    row, problem, query, ledger, *total = (
        _found(output.row), Problem, _query(output), output.ledger, *([_found(output.total)] if output.total else [])
    )  # fmt: skip
    schemas, components = _components([row, problem, query, ledger, *total])
    rows, problems, asked, told, *totals = schemas
    return {
        "$schema": _DIALECT,
        "$id": f"talkstrack.{name}/1",
        "title": name,
        "type": "object",
        "required": ["schema", "ledger", "query", "rows", "totals", "problems"],
        "properties": {
            "schema": {"const": f"talkstrack.{name}/1"},
            "ledger": told,
            "query": asked,
            "rows": {"type": "array", "items": rows},
            "totals": {"type": "array", "items": totals[0]} if totals else {"type": "array", "maxItems": 0},
            "problems": {"type": "array", "items": problems},
        },
        "$defs": {key: _strict(found) for key, found in components.items()},
    }


def _found(place: Place) -> Any:
    module, name = place
    found = getattr(import_module(module), name)
    if isinstance(found, type) and issubclass(found, tuple):  # a named tuple is an object in JSON, not a list
        return msgspec.defstruct(name, list(found.__annotations__.items()), namespace={"__doc__": found.__doc__})
    return found


def _query(output: _Output) -> type[msgspec.Struct]:
    filters = [(one.name, one.type) for one in msgspec.structs.fields(Query)] if output.filters else []
    own = [(key, _found(one) if isinstance(one, tuple) else one) for key, one in output.asked.items()]
    doc = "What was asked for: the filters, and the options of the command."
    return msgspec.defstruct("Query", [*filters, *own], namespace={"__doc__": doc})


def _components(types: Iterable[Any]) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    for found in components.values():
        if "description" in found:
            found["description"] = " ".join(cleandoc(found["description"]).split())
    return schemas, components


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Require every key of an object: a key is always there, null when unset, and no default is left to the reader."""
    if "properties" not in schema:
        return schema
    properties = {
        key: {name: part for name, part in found.items() if name != "default"}
        for key, found in schema["properties"].items()
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
_REQUIRED = {"Event": ["kind", "title"], "Transfer": ["to", "count"]}
_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 200}
_NUMBER = {"type": "integer", "minimum": 1, "maximum": 1_000_000}
_TEXT = {"type": "string", "pattern": r"\S"}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def _event_on_input() -> dict[str, Any]:
    _, defs = _components([Event])
    for name, found in defs.items():
        if name in ("Period", "Count"):
            continue
        found["required"] = _REQUIRED.get(name, found.get("required", []))
        found["additionalProperties"] = False
        for key, field in found["properties"].items():
            found["properties"][key] = _taken(name, key, field, may_be_null=key not in found["required"])
    event = defs["Event"]
    event["description"] = "One event as `add --from` takes it; without an `id` it is given one."
    event["properties"]["line"] = {"description": "where the event stands in its ledger; not read"}
    return {**defs, "Period": _INPUT_PERIOD, "Count": _INPUT_COUNT}


def _taken(struct: str, key: str, field: dict[str, Any], *, may_be_null: bool) -> dict[str, Any]:
    """Return what a field takes on input, where more will do than what the output gives."""
    plain = {name: part for name, part in field.items() if name != "default"}
    choices: list[dict[str, Any]] = [one for one in plain.get("anyOf", [plain]) if one != {"type": "null"}]
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
