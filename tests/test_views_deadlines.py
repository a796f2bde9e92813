"""The command `deadlines`: what it prints, on which day."""

import json
from datetime import date
from pathlib import Path

import pytest

from golden import golden, ledger_in, printed

CASES = {
    "deadlines-80.txt": ("--width", "80"),
    "deadlines-140.txt": ("--width", "140"),
    "deadlines-ascii-80.txt": ("--width", "80", "--ascii"),
    "deadlines-2025-07-24-80.txt": ("--as-known", "2025-07-24", "--width", "80"),
    "deadlines-2025-07-24-open-80.txt": ("--as-known", "2025-07-24", "--open", "--width", "80"),
    "deadlines.csv": ("--format", "csv"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_shipped_ledger(name: str) -> None:
    golden(name, printed("deadlines", *CASES[name]))


@pytest.mark.parametrize("width", [40, 61, 80, 97, 140])
def test_no_line_is_longer_than_the_width(width: int) -> None:
    lines = printed("deadlines", "--width", str(width)).splitlines()
    assert [line for line in lines if len(line) > width] == []


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2025-07-14", [("ultimatum-2025-07-14", 50)]),
        ("2025-07-24", [("proposal-leaders-meeting", 38), ("ultimatum-2025-07-14", 40)]),
        ("2025-07-28", [("ultimatum-2025-07-28", 12), ("proposal-leaders-meeting", 34)]),
        ("2025-07-29", [("ultimatum-2025-07-29", 10), ("proposal-leaders-meeting", 33)]),
        ("2025-08-08", [("ultimatum-2025-07-29", 0), ("proposal-leaders-meeting", 23)]),
        ("2025-08-09", [("proposal-leaders-meeting", 22)]),
        ("2025-09-01", []),
    ],
)
def test_what_is_open_day_by_day(day: str, left: list[tuple[str, int]]) -> None:
    found = json.loads(printed("deadlines", "--open", "--json", "--as-known", day))
    assert [(row["event"], row["days"]) for row in found["rows"]] == left
    assert found["totals"][0]["open"] == len(left)


def test_nothing_open_is_an_empty_pipe_and_a_line_on_a_page() -> None:
    assert printed("deadlines", "--open") == ""
    head = "Deadlines                                   0 open · 8 closed · on 10 March 2026\n\n"
    assert printed("deadlines", "--open", "--width", "80") == head


def test_deadlines_of_every_make(tmp_path: Path) -> None:
    """Days that are one of several, without an end, in months, without an outcome, and to nobody.
    [[event]]
    id = "demands"
    kind = "ultimatum"
    date = "2026-01-31~"
    title = "Demands"
    by = ["UKR", "umerov", "RUS"]
    [[event.deadline]]
    within = "P1M"
    to = "RUS"
    [[event.deadline]]
    within = "P1M/P1M10D"
    note = "more or less"
    [[event.deadline]]
    due = "[2026-12-30,2027-01-02]"
    to = ["RUS", "medinsky"]
    [[event.deadline]]
    due = "2026-03/.."
    [[event.deadline]]
    due = "2026-05"
    [[event.deadline]]
    due = "[2026-02-27,2026-03-01]"
    [[event]]
    id = "wish"
    kind = "proposal"
    date = 2026-02-01
    title = "A wish that is described at quite some length, as wishes are"
    [[event.deadline]]
    within = "P1D"
    outcome = "met"
    [[event.deadline]]
    within = "P37D"
    """
    ledger = ledger_in(test_deadlines_of_every_make.__doc__, tmp_path)
    golden("deadlines-small-80.txt", printed("deadlines", "--width", "80", ledger=ledger))
    golden("deadlines-small.csv", printed("deadlines", "--format", "csv", ledger=ledger, today=date(2026, 3, 9)))
