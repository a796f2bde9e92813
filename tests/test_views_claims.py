"""The command `claims`: what it prints, and what can be asked of it."""

import json
from pathlib import Path

import pytest

from golden import golden, ledger_in, printed, run

CASES = {
    "claims-80.txt": ("--width", "80"),
    "claims-140.txt": ("--width", "140"),
    "claims-above-denied-80.txt": ("--verdict", "above,denied", "--width", "80"),
    "claims-2025-07-24-80.txt": ("--as-known", "2025-07-24", "--width", "80"),
    "claims.csv": ("--format", "csv"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_shipped_ledger(name: str) -> None:
    golden(name, printed("claims", *CASES[name]))


@pytest.mark.parametrize("width", [40, 61, 97, 140])
def test_no_line_is_longer_than_the_width(width: int) -> None:
    lines = printed("claims", "--width", str(width)).splitlines()
    assert [line for line in lines if len(line) > width] == []


def test_nothing_is_cut_at_80() -> None:
    assert [line for line in printed("claims", "--width", "80").splitlines() if "…" in line] == []


def test_json_has_every_verdict_counted_and_the_rows_asked_for() -> None:
    found = json.loads(printed("claims", "--verdict", "above", "--verdict", "below", "--json"))
    assert [(row["verdict"], row["event"]) for row in found["rows"]] == [
        ("above", "statement-2025-05-23"),
        ("above", "repatriation-2025-06-13"),
        ("above", "repatriation-2025-06-13"),
        ("above", "statement-2025-06-21-more"),
        ("below", "repatriation-2025-06-15"),
        ("below", "exchange-2025-07-04"),
        ("below", "exchange-2025-07-04"),
        ("below", "exchange-2026-03-06"),
    ]
    assert found["totals"] == [
        {"verdict": "above", "claims": 4},
        {"verdict": "below", "claims": 4},
        {"verdict": "denied", "claims": 3},
        {"verdict": "possible", "claims": 15},
        {"verdict": "unchecked", "claims": 20},
        {"verdict": "agrees", "claims": 16},
    ]
    assert found["query"]["verdict"] == ["above", "below"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--by", "Zelensky"), [("possible", "zelenskyy", ">1000"), ("agrees", "zelenskyy", None)]),
        (("--by", "Kyiv", "--verdict", "possible"), [("possible", "zelenskyy", ">1000"), ("possible", "CHQ", ">1000")]),
        (("--by", "CHQ"), [("possible", "CHQ", ">1000")]),
        (("--by", "medinsky", "--to", "RUS", "--verdict", "denied"), [("denied", "medinsky", None)]),
        (("--by", "trump"), []),
    ],
)
def test_filters_choose_the_events_and_who_claims(
    options: tuple[str, ...], found: list[tuple[str, str, str | None]]
) -> None:
    rows = json.loads(printed("claims", "--on", "2025-07-23", "--json", *options))["rows"]
    assert [(row["verdict"], row["by"], row["count"] and row["count"]["text"]) for row in rows] == found


def test_a_verdict_that_is_none() -> None:
    found = run("claims", "--verdict", "above,agree")
    assert (found.code, found.out, found.err) == (
        2,
        "",
        "error[usage]: --verdict: there is no `agree`\nhint: did you mean `agrees`?\n",
    )


def test_a_ledger_without_claims(tmp_path: Path) -> None:
    ledger = ledger_in("", tmp_path)
    assert printed("claims", ledger=ledger) == ""
    assert printed("claims", "--width", "40", ledger=ledger) == "Claims                              none\n\n"


def test_claims_of_every_make(tmp_path: Path) -> None:
    """Sums long and short, both ways, ordinals across years, and claims of more than can be checked.
    [[event]]
    id = "pact"
    kind = "agreement"
    date = 2024-12-30
    title = "The pact"
    parties = ["UKR", "RUS"]
    [[event.commitment]]
    id = "people"
    what = "people"
    count = 100

    [[event]]
    id = "x1"
    kind = "exchange"
    date = 2024-12-31
    title = "One"
    under = "pact"
    [[event.transfer]]
    to = "UKR"
    count = 60
    [[event.transfer]]
    to = "RUS"
    count = 40

    [[event]]
    id = "x2"
    kind = "exchange"
    date = 2025-01-02
    title = "Two"
    under = "pact"
    [[event.transfer]]
    to = "UKR"
    count = 60
    [[event.transfer]]
    to = "RUS"
    count = "unknown"
    [[event.claim]]
    by = "umerov"
    nth = 2
    under = "pact"
    [[event.claim]]
    by = "tass"
    nth = 22
    series = "exchanges of the war"
    [[event.claim]]
    by = "tass"
    count = "<=90"
    to = "UKR"
    under = "pact"
    note = "as of noon"
    [[event.claim]]
    by = "medinsky"
    count = 200
    under = "pact"
    [[event.claim]]
    by = "medinsky"
    fulfilled = true
    under = "pact"
    [[event.claim]]
    by = "umerov"
    count = 7
    to = "UKR"
    described_as = ["taken in the spring of the year before", "ill"]
    """
    ledger = ledger_in(test_claims_of_every_make.__doc__, tmp_path)
    golden("claims-small-80.txt", printed("claims", "--width", "80", ledger=ledger))
