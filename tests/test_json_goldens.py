"""What every report says in JSON, and in the text, CSV and Markdown that no other golden file holds.

A value that fits on a line stands on one, so that a difference reads well; keys stay in the order they are printed in.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from golden import ROOT, golden, printed, run
from markdown import code_under

KNOWN = ("--as-known", "2025-07-24")
SHIPPED = {
    "timeline-summer": ("timeline", "--since", "2025-07-20", "--until", "2025-07"),
    "timeline-known": ("timeline", *KNOWN, "--since", "2025-07-20"),
    "timeline-last-reverse": ("timeline", "--group", "round", "--last", "3", "--reverse", "--kind", "talks,agreement"),
    "show": ("show", "istanbul", "round-2", "2025-07-23", "agreement-2", "ultimatum-2025-07-14"),
    "show-contested": ("show", "repatriation-2025-07-17", "exchange-2025-10-02", "exchange-2025-07-23"),
    "show-known": ("show", "agreement-2", "exchange-2025-07-23", *KNOWN),
    "search": ("search", "snake", "island"),
    "search-known": ("search", "civilians", *KNOWN),
    "exchanges": ("exchanges",),
    "exchanges-known": ("exchanges", *KNOWN),
    "exchanges-bodies": ("exchanges", "--what", "bodies"),
    "exchanges-all-long": ("exchanges", "--what", "all", "--group", "none", "--since", "2025-10"),
    "exchanges-rus": ("exchanges", "--what", "all", "--account", "RUS", "--since", "2025-07"),
    "exchanges-ukr": ("exchanges", "--what", "all", "--account", "UKR", "--since", "2025-07"),
    "exchanges-accounts": ("exchanges", "--what", "all", "--accounts", "--since", "2025-07"),
    "exchanges-month": ("exchanges", "--group", "month", "--since", "2025-08"),
    "exchanges-under": ("exchanges", "--what", "all", "--under", "agreement-2", "--to", "RUS"),
    "exchanges-totals": ("exchanges", "--what", "all", "--totals"),
    "exchanges-totals-agreement": ("exchanges", "--what", "all", "--totals", "--group", "agreement"),
    "exchanges-totals-month": ("exchanges", "--what", "all", "--totals", "--group", "month"),
    "exchanges-totals-rus": ("exchanges", "--what", "all", "--totals", "--group", "agreement", "--account", "RUS"),
    "exchanges-totals-ukr": ("exchanges", "--what", "all", "--totals", "--group", "agreement", "--account", "UKR"),
    "exchanges-totals-known": ("exchanges", "--what", "all", "--totals", "--group", "agreement", *KNOWN),
    "delegations": ("delegations",),
    "delegations-others": ("delegations", "USA", "Turkey"),
    "delegations-known": ("delegations", *KNOWN),
    "agreements": ("agreements",),
    "agreements-bodies": ("agreements", "agreement-2/bodies"),
    "agreements-known": ("agreements", *KNOWN),
    "claims": ("claims",),
    "claims-above-denied": ("claims", "--verdict", "above,denied"),
    "claims-known": ("claims", *KNOWN),
    "deadlines": ("deadlines",),
    "deadlines-open-known": ("deadlines", "--open", *KNOWN),
    "brief": ("brief",),
    "brief-known": ("brief", *KNOWN),
    "history": ("history",),
    "history-exchange": ("history", "exchange-2025-05-06"),
    "history-known": ("history", *KNOWN, "--since", "2025-07"),
    "check": ("check", "data/events.toml"),
    "check-list": ("check", "--list"),
}
"""Questions to the shipped ledger, by the name of their golden file."""

SMALL = {
    "timeline": ("timeline",),
    "show": ("show", "deal"),
    "exchanges": ("exchanges", "--what", "all"),
    "exchanges-accounts": ("exchanges", "--what", "all", "--accounts", "--group", "month"),
    "exchanges-totals": ("exchanges", "--what", "all", "--totals", "--group", "agreement"),
    "delegations": ("delegations",),
    "agreements": ("agreements",),
    "claims": ("claims",),
    "deadlines": ("deadlines",),
    "brief": ("brief",),
    "history": ("history",),
}
DEAL = {
    **SMALL,
    "show": ("show", "deal", "whole", "day-1", "aside", "offer", "limit"),
    "exchanges-nor": ("exchanges", "--what", "all", "--account", "NOR"),
    "exchanges-sud": ("exchanges", "--what", "all", "--account", "SUD"),
    "exchanges-on": ("exchanges", "--until", "2030-01-22"),
}
CORRECTED = {
    **SMALL,
    "show": ("show", "deal", "swap", "doubted"),
    "show-known": ("show", "swap", "rumour", "--as-known", "2030-01-25"),
    **{f"{name}-known": (*args, "--as-known", "2030-01-25") for name, args in SMALL.items() if name != "show"},
}
DOCS = {**SMALL, "show": ("show", "exchange-1", "ultimatum-1", "agreement-1")}
LEDGERS = {"deal": DEAL, "corrected": CORRECTED}
"""Questions to the small ledgers in tests/golden/ledgers."""

OTHERS = {
    "agreements-pipe.txt": ("agreements",),
    "claims-pipe.txt": ("claims",),
    "deadlines-pipe.txt": ("deadlines",),
    "delegations-all-pipe.txt": ("delegations",),
    "history-pipe.txt": ("history",),
    "check-pipe.txt": ("check", "data/events.toml"),
    "check-list-pipe.txt": ("check", "--list"),
    "search-pipe.txt": ("search", "snake", "island"),
    "show-pipe.txt": ("show", "round-2", "agreement-2", "exchange-2025-07-23", "ultimatum-2025-07-14"),
    "exchanges-bodies-pipe.txt": ("exchanges", "--what", "bodies"),
    "exchanges-totals-pipe.txt": ("exchanges", "--what", "all", "--totals"),
    "exchanges-totals-80.txt": ("exchanges", "--what", "all", "--totals", "--group", "agreement", "--width", "80"),
    "exchanges-totals-known-80.txt": ("exchanges", "--what", "all", "--totals", *KNOWN, "--width", "80"),
    "claims.md": ("claims", "--format", "markdown"),
    "delegations.md": ("delegations", "--format", "markdown"),
    "deadlines.md": ("deadlines", "--format", "markdown"),
    "brief.md": ("brief", "--format", "markdown"),
    "history.md": ("history", "--format", "markdown"),
    "show.md": ("show", "agreement-2", "--format", "markdown"),
    "search.md": ("search", "snake", "island", "--format", "markdown"),
    "check-list.md": ("check", "--list", "--format", "markdown"),
    "exchanges-accounts.md": ("exchanges", "--accounts", "--format", "markdown"),
    "exchanges-totals.csv": ("exchanges", "--what", "all", "--totals", "--format", "csv"),
    "exchanges-totals-agreement.csv": ("exchanges", "--totals", "--group", "agreement", "--format", "csv"),
    "exchanges-totals.ndjson": ("exchanges", "--totals", "--group", "agreement", "--format", "ndjson"),
    "history.csv": ("history", "--format", "csv"),
    "show.csv": ("show", "exchange-2025-07-23", "--format", "csv"),
    "check-list.csv": ("check", "--list", "--format", "csv"),
    "timeline-long.md": ("timeline", "--long", "--format", "markdown", "--on", "2025-07-23"),
}
"""What else is printed of the shipped ledger, by the name of its golden file."""

WIDE = 160


def pretty(value: object, indent: int = 0) -> str:
    """Return JSON with a line for each value that fits on one, and its members below each other else."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) + indent <= WIDE or not isinstance(value, (dict, list)) or not value:
        return text
    inner, outer = " " * (indent + 1), " " * indent
    if isinstance(value, dict):
        members = [f"{json.dumps(key, ensure_ascii=False)}: {pretty(part, indent + 1)}" for key, part in value.items()]
        return "{\n" + ",\n".join(inner + member for member in members) + f"\n{outer}}}"
    return "[\n" + ",\n".join(inner + pretty(part, indent + 1) for part in value) + f"\n{outer}]"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_json_of_the_shipped_ledger(name: str) -> None:
    text = printed(*SHIPPED[name], "--json")
    golden(f"json/{name}.json", pretty(json.loads(text)) + "\n")


def test_every_event_of_the_shipped_ledger_a_row_a_line() -> None:
    golden("json/timeline.json", printed("timeline", "--json"))


@pytest.mark.parametrize(("ledger", "name"), [(ledger, name) for ledger, asked in LEDGERS.items() for name in asked])
def test_the_json_of_a_small_ledger(ledger: str, name: str) -> None:
    path = f"tests/golden/ledgers/{ledger}.toml"
    text = printed(*LEDGERS[ledger][name], "--json", ledger=path, today=date(2030, 3, 10))
    golden(f"json/{ledger}-{name}.json", pretty(json.loads(text)) + "\n")


@pytest.mark.parametrize("name", DOCS)
def test_the_json_of_the_ledger_in_the_documentation(name: str, tmp_path: Path) -> None:
    (text,) = code_under((ROOT / "docs" / "format.md").read_text(encoding="utf-8"), "A small ledger")
    path = tmp_path / "events.toml"
    path.write_text(text, encoding="utf-8")
    told = printed(*DOCS[name], "--json", ledger="events.toml", cwd=path.parent, today=date(2032, 1, 1))
    golden(f"json/docs-{name}.json", pretty(json.loads(told)) + "\n")


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_formats_of_the_shipped_ledger(name: str) -> None:
    ran = run(*OTHERS[name])
    assert ran.code == 0
    golden(name, ran.out)


def test_pretty_json_is_the_same_json() -> None:
    value = {"a": ["x" * 100, {"b": "y" * 100, "c": []}], "d": {"e": None, "f": "é"}}
    assert json.loads(pretty(value)) == value
    assert pretty(value).splitlines() == [
        "{",
        ' "a": [',
        f'  "{"x" * 100}",',
        f'  {{"b": "{"y" * 100}", "c": []}}',
        " ],",
        ' "d": {"e": null, "f": "é"}',
        "}",
    ]
