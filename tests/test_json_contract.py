"""The JSON contract: every key of every schema is pinned, printed, and told in docs/json.md."""

import csv
import io
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest

from desk import Desk
from golden import ROOT, golden, run
from json_words import words
from markdown import Table, code_under, tables_under
from talkstrack.cli.commands.schema import NAMES
from talkstrack.cli.commands.schema import schema_named as schema_of

OUTPUTS = tuple(name for name in NAMES if name != "event")
WRITES = ("add", "revise", "retract")
"""What these print goes with a write, so they are asked on a ledger of their own and not on the shipped one."""

READS = tuple(name for name in OUTPUTS if name not in WRITES)
ARGUMENTS = {
    "show": ("show", "istanbul", "round-2", "2025-07-23", "agreement-2", "ultimatum-2025-07-14"),
    "search": ("search", "snake"),
    "checks": ("check", "--list"),
}
"""How an output is asked for, where its name alone will not do."""

VARIANTS = (
    ("timeline", "--as-known", "2025-07-24", "--since", "2025-07", "--last", "3"),
    ("timeline", "--kind", "ultimatum"),
    ("exchanges", "--what", "all", "--group", "month", "--account", "UKR", "--since", "2025-06-07"),
    ("exchanges", "--what", "bodies", "--accounts"),
    ("exchanges", "--on", "1999"),
    ("delegations", "Kyiv", "TUR"),
    ("agreements", "agreement-2/bodies"),
    ("claims", "--verdict", "above,denied"),
    ("deadlines", "--open", "--as-known", "2025-07-24"),
    ("brief", "--as-known", "2025-06-03"),
    ("history", "exchange-2025-05-06"),
)
"""Other ways to ask, which may fill keys that the plain output leaves empty."""


def asked(name: str) -> tuple[str, ...]:
    """Return the command line of an output."""
    return ARGUMENTS.get(name, (name,))


@cache
def printed(*args: str) -> dict[str, Any]:
    """Return what a command prints on the shipped ledger."""
    found = run(*args, "--json")
    assert found.code == 0, found.err
    document: dict[str, Any] = json.loads(found.out)
    return document


def closed(schema: Any) -> Any:
    """Return a schema that allows no key beyond those it names."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    return {**found, "additionalProperties": False} if "properties" in schema else found


def faults(document: object, schema: dict[str, Any]) -> list[str]:
    """Return what is wrong with a document, as places and messages."""
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(document)]


@cache
def tables(heading: str) -> tuple[Table, ...]:
    """Return the tables below a heading of docs/json.md."""
    return tables_under((ROOT / "docs" / "json.md").read_text(encoding="utf-8"), heading)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(name))


@pytest.mark.parametrize("name", READS)
def test_the_output_is_what_the_schema_says_and_no_more(name: str) -> None:
    assert faults(printed(*asked(name)), closed(schema_of(name))) == []


@pytest.mark.parametrize("args", VARIANTS, ids=" ".join)
def test_so_it_is_however_it_is_asked_for(args: tuple[str, ...]) -> None:
    assert faults(printed(*args), closed(schema_of(args[0]))) == []


@pytest.mark.parametrize("name", [name for name in READS if name != "search"])
def test_so_it_is_of_the_small_ledger_in_the_documentation(name: str, tmp_path: Path) -> None:
    (text,) = code_under((ROOT / "docs" / "format.md").read_text(encoding="utf-8"), "A small ledger")
    ledger = tmp_path / "events.toml"
    ledger.write_text(text, encoding="utf-8")
    args = ("show", "exchange-1", "ultimatum-1") if name == "show" else asked(name)
    found = run(*args, "--json", ledger=ledger, today=date(2032, 1, 1))
    assert found.code == 0, found.err
    document = json.loads(found.out)
    assert (faults(document, closed(schema_of(name))), document["rows"] == []) == ([], name == "check")


@pytest.mark.parametrize(("name", "code"), [("timeline", 3), ("history", 3), ("check", 1)])
def test_so_it_is_of_a_ledger_with_errors(name: str, code: int, tmp_path: Path) -> None:
    ledger = tmp_path / "events.toml"
    ledger.write_text('[ledger]\nformat = 1\n[[event]]\nid = "A"\nkind = "talk"\n[[event]]\nx = \n', encoding="utf-8")
    found = run(name, "--json", ledger=ledger)
    document = json.loads(found.out)
    told = document["rows" if name == "check" else "problems"]
    assert (found.code, faults(document, closed(schema_of(name))), len(told) > 2) == (code, [], True)


@pytest.mark.parametrize(
    ("args", "revision", "totals"),
    [
        (("add", "exchange", "Ten", "--date", "2025-08-14", "--to", "UKR=>84@UKR", "--to", "UKR=90@RUS"), 1, ["UKR"]),
        (("add", "statement", "A word", "--date", "2025-08", "--by", "medinsky"), 1, []),
        (("revise", "exchange-2025-07-23", "--set", "transfer.UKR@UKR.count=withheld", "-m", "why"), 2, ["UKR", "RUS"]),
        (("revise", "agreement-2", "--set", "extra.own=1", "-m", "why"), 2, []),
        (("retract", "exchange-2025-07-23", "-m", "why"), 2, ["UKR", "RUS"]),
    ],
)
def test_so_it_is_of_a_write(args: tuple[str, ...], revision: int, totals: list[str], tmp_path: Path) -> None:
    ran = Desk(tmp_path).run(*args, "--json")
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    assert faults(document, closed(schema_of(args[0]))) == []
    assert [one["revision"] for one in document["rows"]] == [revision]
    assert [one["to"] for one in document["totals"]] == totals
    assert document["query"]["id"] == [one["id"] for one in document["rows"]]
    assert document["query"]["at"] == ["events.toml:49"]


def test_so_it_is_of_a_write_of_several_events_and_of_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    lines = [
        {"id": "b", "kind": "exchange", "title": "B", "date": "2025-08-15", "transfer": [{"to": "RUS", "count": 5}]},
        {"id": "a", "kind": "statement", "title": "A", "date": "2025-08-14", "by": "RUS"},
    ]
    text = "\n".join(json.dumps(one) for one in lines)
    documents = [
        json.loads(desk.run("add", "--from", "-", "--skip-existing", "--json", stdin=text).out) for _ in range(2)
    ]
    assert [faults(one, closed(schema_of("add"))) for one in documents] == [[], []]
    assert [
        ([f"events.toml:{row['line']}" for row in one["rows"]] == one["query"]["at"], one["query"]["id"])
        for one in documents
    ] == [(True, ["b", "a"]), (True, [])]


def test_so_it_is_of_a_write_to_a_ledger_too_large_to_be_added_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talkstrack.cli.entering.target.MANY", 1)
    ran = Desk(tmp_path).run("add", "exchange", "Ten", "--date", "2025-08-14", "--to", "UKR=84", "--json")
    document = json.loads(ran.out)
    assert faults(document, closed(schema_of("add"))) == []
    assert [(one["before"], one["after"]["text"]) for one in document["totals"]] == [(None, "84")]


def test_so_it_is_of_a_write_to_a_ledger_with_errors(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ledger.write_text(desk.text + '[[event]]\nid = "x"\nkind = "statement"\ntitle = "X"\n', encoding="utf-8")
    ran = desk.run("add", "exchange", "Ten", "--date", "2025-08-14", "--to", "UKR=84", "--json")
    document = json.loads(ran.out)
    assert (ran.code, faults(document, closed(schema_of("add")))) == (0, [])
    assert [one["slug"] for one in document["problems"]] == ["missing-field"]


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_command_prints_the_same_schema(name: str) -> None:
    assert json.loads(run("schema", name).out) == json.loads(msgspec.json.encode(schema_of(name)))


def test_an_output_without_a_key_is_refused() -> None:
    document = {**printed("timeline"), "rows": [{"id": "a"}]}
    assert len(faults(document, schema_of("timeline"))) == len(schema_of("timeline")["$defs"]["Event"]["required"]) - 1


def test_every_key_is_pinned() -> None:
    """Keys may be added, never renamed or removed: a line that goes from this file breaks the promise."""
    pinned: dict[str, dict[str, object]] = {
        name: {
            struct: {
                key: words(found) + ("" if key in schema.get("required", ()) else ", may be left out")
                for key, found in schema["properties"].items()
            }
            for struct, schema in schema_of(name)["$defs"].items()
            if "properties" in schema
        }
        for name in NAMES
    }
    for name in OUTPUTS:
        pinned[name]["envelope"] = schema_of(name)["required"]
    golden("keys.json", json.dumps(pinned, indent=1) + "\n")


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_key_and_its_type_is_in_the_documentation(name: str) -> None:
    told: dict[str, dict[str, str]] = {}
    real: dict[str, dict[str, str]] = {}
    filters = schema_of("timeline")["$defs"]["Query"]["properties"]
    for struct, schema in schema_of(name)["$defs"].items():
        properties = schema.get("properties", {})
        if struct == "Query":
            own = {key: found for key, found in properties.items() if key not in filters}
            told["own"], real["own"] = documented(heading(name)), types(own)
            told["filters"], real["filters"] = documented("`Query`"), types(filters)
        else:
            told[struct], real[struct] = documented(f"`{struct}`"), types(properties)
    assert told == real


def heading(name: str) -> str:
    """Return the heading of docs/json.md that an output is told under; those of the writes are one."""
    return {"checks": "check --list", **dict.fromkeys(WRITES, ", ".join(WRITES))}.get(name, name)


def documented(below: str) -> dict[str, str]:
    """Return the keys and types that the first table below a heading tells."""
    found = [one for one in tables(below) if one.columns == ("key", "type", "is")]
    return {row[0].strip("`"): row[1] for row in found[0].rows} if found else {}


def types(properties: dict[str, Any]) -> dict[str, str]:
    """Return the types of keys in words."""
    return {key: words(found) for key, found in properties.items()}


def test_the_envelope_is_in_the_documentation() -> None:
    assert list(documented("The envelope")) == schema_of("timeline")["required"]


def test_every_heading_of_the_documentation_is_an_output_or_a_value() -> None:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    structs = {name for output in OUTPUTS for name in schema_of(output)["$defs"]}
    assert set(re.findall(r"^### `(\w+)`$", text, re.M)) == structs
    assert set(re.findall(r"^## ([a-z][a-z, -]*)$", text, re.M)) == {heading(name) for name in OUTPUTS}


def test_the_links_of_the_documentation_lead_somewhere() -> None:
    for name in ("json.md", "format.md"):
        assert dead_links(ROOT / "docs" / name) == []


def dead_links(page: Path) -> list[str]:
    """Return the links of a page to a heading that is not there."""
    found = re.findall(r"\]\(([\w.-]*)#([\w-]+)\)", page.read_text(encoding="utf-8"))
    return [f"{file}#{place}" for file, place in found if place not in anchors(page.parent / (file or page.name))]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


CSV = tables("CSV and TSV")[0].rows if tables("CSV and TSV") else ()


@pytest.mark.parametrize(("name", "columns"), CSV, ids=[row[0] for row in CSV])
def test_the_columns_are_those_of_the_documentation(name: str, columns: str) -> None:
    command = name.strip("`").split()
    args = (*asked(command[0]), *command[1:]) if command[0] in ("show", "search") else command
    header = next(csv.reader(io.StringIO(run(*args, "--format", "csv").out)))
    plain = [re.sub(r"^to_[A-Z]+", "to_X", re.sub(r"_says_[A-Z]+", "_says_S", column)) for column in header]
    assert list(dict.fromkeys(plain)) == re.findall(r"`(\w+)`", columns)


def test_every_output_has_its_columns_in_the_documentation() -> None:
    assert {row[0].strip("`").removesuffix(" --accounts") for row in CSV} == {heading(name) for name in READS}


def test_an_event_that_was_printed_is_an_event_on_input() -> None:
    schema = schema_of("event")
    assert [found for row in printed("timeline")["rows"] for found in faults(row, schema)] == []


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({"kind": "exchange", "title": "T", "date": "2025-07-23", "sources": "liga"}, None),
        ({"kind": "exchange", "title": "T", "transfer": [{"to": "UKR", "count": 5, "under": ""}]}, None),
        ({"kind": "exchange", "title": "T", "transfer": [{"to": "UKR", "count": ">5", "parts": {"a": 1}}]}, None),
        ({"kind": "exchange", "title": "T", "round": None, "extra": {"x": [1]}, "line": 3}, None),
        ({"kind": "exchange"}, "$: 'title' is a required property"),
        ({"kind": "exchange", "title": "T", "id": "A"}, "$.id: 'A' is not valid under any of the given schemas"),
        ({"kind": "exchange", "title": "T", "x": 1}, "$: Additional properties are not allowed ('x' was unexpected)"),
        (
            {"kind": "exchange", "title": "T", "transfer": [{"to": "UKR"}]},
            "$.transfer: [{'to': 'UKR'}] is not valid under any of the given schemas",
        ),
    ],
)
def test_an_event_on_input_may_say_less(event: dict[str, object], message: str | None) -> None:
    assert faults(event, schema_of("event")) == ([message] if message else [])
