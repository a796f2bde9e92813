"""The command `history`: revisions field by field, withdrawn and restored ones too."""

import json
from pathlib import Path

import pytest

from golden import golden, ledger_in, printed, run

SMALL = """A figure that came later, a statement that was withdrawn, and one that was restored.
    [[event]]
    id = "exchange-9"
    kind = "exchange"
    date = 2025-07-23
    title = "Stage 9"
    recorded = 2025-07-23
    [[event.transfer]]
    to = "UKR"
    count = "unknown"

    [[event]]
    id = "said"
    kind = "statement"
    date = 2025-07-20
    title = "Never said"
    by = "RUS"
    recorded = 2025-07-21

    [[event]]
    id = "said-again"
    kind = "statement"
    date = 2025-07-22
    title = "Said after all"
    by = "UKR"

    [[event]]
    id = "exchange-9"
    revision = 2
    kind = "exchange"
    date = "2025-07-23?"
    title = "Stage 9: seriously ill, severely wounded"
    place = "Belarus"
    tags = ["wounded", "ill"]
    recorded = 2025-07-24
    recorded_by = "ann"
    because = "a figure of Medinsky is reported"
    [[event.transfer]]
    to = "UKR"
    count = "~250"
    by = "medinsky"
    parts = { military = "~250" }
    [[event.transfer]]
    to = "UKR"
    count = "unknown"
    by = "UKR"

    [[event]]
    id = "said"
    revision = 2
    kind = "statement"
    date = 2025-07-20
    title = "Never said"
    retracted = true
    recorded = 2025-07-25
    because = "it was a parody"

    [[event]]
    id = "said-again"
    revision = 2
    kind = "statement"
    date = 2025-07-22
    title = "Said after all"
    retracted = true
    recorded = 2025-07-25
    because = "in doubt"

    [[event]]
    id = "said-again"
    revision = 3
    kind = "statement"
    date = 2025-07-22
    title = "Said after all"
    by = "UKR"
    recorded = 2025-07-27
    recorded_by = "ann"
    because = "there is a recording"

    [[event]]
    id = "exchange-9"
    revision = 3
    kind = "exchange"
    date = 2025-07-23
    title = "Stage 9: seriously ill, severely wounded"
    tags = ["wounded", "ill"]
    recorded = 2025-07-28
    because = "the place was a guess, Ukraine's account said nothing"
    [[event.transfer]]
    to = "UKR"
    count = "~250"
    by = "medinsky"
    parts = { military = "~250" }
    """


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return ledger_in(SMALL, tmp_path)


CASES = {
    "history-small-80.txt": ("--width", "80"),
    "history-small-exchange-80.txt": ("exchange-9", "--width", "80"),
    "history-small-restored-80.txt": ("said-again", "--width", "80"),
    "history-small-as-known-80.txt": ("--as-known", "2025-07-24", "--width", "80"),
    "history-small.csv": ("--format", "csv"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_ledger_that_was_corrected(name: str, ledger: Path) -> None:
    golden(name, printed("history", *CASES[name], ledger=ledger.name, cwd=ledger.parent))


@pytest.mark.parametrize("width", [80, 140])
def test_the_shipped_ledger(width: int) -> None:
    golden(f"history-{width}.txt", printed("history", "--width", str(width)))


@pytest.mark.parametrize(
    ("options", "steps"),
    [
        (("--since", "2025-07-27"), [("said-again", 3, "restored"), ("exchange-9", 3, "changed")]),
        (("-n", "1"), [("exchange-9", 3, "changed")]),
        (("said", "--since", "2025-07-22"), [("said", 2, "withdrawn")]),
        (("exch", "--as-known", "2025-07-23"), [("exchange-9", 1, "added")]),
        (("--since", "2026"), []),
    ],
)
def test_some_of_it(options: tuple[str, ...], steps: list[tuple[str, int, str]], ledger: Path) -> None:
    found = json.loads(printed("history", *options, "--json", ledger=ledger))
    assert [(row["id"], row["revision"], row["step"]) for row in found["rows"]] == steps
    assert len(printed("history", *options, ledger=ledger).splitlines()) >= len(steps)


def test_json_has_each_field_that_changed(ledger: Path) -> None:
    found = json.loads(printed("history", "exchange-9", "--json", ledger=ledger))
    assert found["rows"][2]["changes"] == [
        {"field": "date", "about": {}, "before": "2025-07-23?", "after": "2025-07-23"},
        {"field": "place", "about": {}, "before": "Belarus", "after": None},
        {"field": "transfer.2.to", "about": {"to": "UKR", "by": "UKR"}, "before": "UKR", "after": None},
        {"field": "transfer.2.count", "about": {"to": "UKR", "by": "UKR"}, "before": "unknown", "after": None},
        {"field": "transfer.2.by", "about": {"to": "UKR", "by": "UKR"}, "before": "UKR", "after": None},
    ]
    assert [row["known"] for row in found["rows"]] == ["2025-07-23", "2025-07-24", "2025-07-28"]


def test_an_id_that_is_none(ledger: Path) -> None:
    several = run("history", "sai", ledger=ledger)
    assert (several.code, several.err) == (
        4,
        "error[ambiguous-id]: 2 events begin with `sai`: said, said-again\nhint: write more of it\n",
    )
    none = run("history", "exchnge-9", ledger=ledger)
    assert (none.code, none.out) == (4, "")
    assert "hint: did you mean `exchange-9`?" in none.err


def test_a_page_of_nothing(ledger: Path) -> None:
    found = printed("history", "--since", "2026", "--width", "80", ledger=ledger).splitlines()
    assert [line.split()[:1] for line in found] == [["History"], []]
