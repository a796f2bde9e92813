"""The brief: one screen of 24 lines and 80 cells, on the shipped ledger and on any other."""

import json

import pytest

from golden import golden, printed
from ledgers import block, shipped_snapshot, snapshot_from
from talkstrack.ledger.checking.check import warnings
from talkstrack.render.text.as_text import Look, as_text
from talkstrack.render.views.brief import LINES, brief_document, brief_table
from talkstrack.reports.brief import brief
from talkstrack.rules.snapshot import Snapshot


def shown(snapshot: Snapshot, width: int = 80) -> list[str]:
    report = brief(snapshot, snapshot.events, today="2026-03-10", errors=0, warnings=0)
    return as_text(brief_document(report, snapshot.register, "on 10 March 2026"), Look(width)).splitlines()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("brief-80.txt", ("--width", "80")),
        ("brief-140.txt", ("--width", "140")),
        ("brief-ascii-80.txt", ("--width", "80", "--ascii")),
        ("brief-known-80.txt", ("--as-known", "2025-07-24", "--width", "80")),
        ("brief-pipe.txt", ()),
        ("brief.csv", ("--format", "csv")),
    ],
)
def test_the_brief_of_the_shipped_ledger(name: str, args: tuple[str, ...]) -> None:
    golden(name, printed("brief", *args))


def test_it_is_what_the_program_does_without_a_command() -> None:
    assert printed("--width", "80") == printed("brief", "--width", "80")


@pytest.mark.parametrize(
    "known", [None, "2025-05-01", "2025-05-20", "2025-06-01", "2025-07-24", "2025-09-01", "2026-01-01"]
)
def test_it_fits_a_screen_with_the_prompt_below_whatever_is_known(known: str | None) -> None:
    lines = printed("brief", "--width", "80", *(("--as-known", known) if known else ())).splitlines()
    assert len(lines) <= LINES
    assert max(len(line) for line in lines) <= 80


def test_ids_are_whole_and_every_state_stands_in_the_last_column_at_80_cells() -> None:
    for known in ((), ("--as-known", "2025-07-24")):
        lines = printed("brief", "--width", "80", *known).splitlines()
        start = next(place for place, line in enumerate(lines) if line.startswith("Promised"))
        rows = lines[start : lines.index("", start)]
        assert "…" not in "".join(rows)
        assert {len(row) for row in rows} == {80}


def test_an_empty_ledger_has_a_brief() -> None:
    assert shown(snapshot_from("")) == [
        "Ledger                                                          on 10 March 2026",
        "",
        "Last     no event yet",
        "",
        "Due      nothing is open",
        "",
        "Promised nothing counted",
        "",
        "Disputed nothing",
        "",
        "Ledger   0 events, 0 errors, 0 warnings",
    ]


def test_more_than_fits_is_told_with_where_it_is() -> None:
    promise = '[[event.commitment]]\nid = "prisoners"\nwhat = "people"\nby = "{}"\ncount = {}\n'
    many = "".join(
        block(
            f"agreement-{n}",
            "agreement",
            f"2025-05-{n:02}",
            'parties = ["UKR", "RUS"]\n' + promise.format("UKR", 10) + promise.format("RUS", 20),
        )
        + block(f"limit-{n}", "ultimatum", f"2025-06-{n:02}", 'by = "USA"\n[[event.deadline]]\ndue = 2026-04-01\n')
        for n in range(1, 13)
    )
    lines = shown(snapshot_from(many))
    assert len(lines) == LINES
    assert [line for line in lines if "more: talkstrack" in line] == [
        "         and 10 more: talkstrack deadlines --open",
        "         and 6 more: talkstrack agreements",
        "         and 11 more: talkstrack agreements",
    ]


def test_of_one_day_what_was_done_stands_before_what_was_said() -> None:
    snapshot = snapshot_from(
        block("done", "exchange", "2025-06-01", '[[event.transfer]]\nto = "UKR"\ncount = 10\n')
        + "".join(block(f"said-{n}", "statement", "2025-06-01", 'by = "UKR"') for n in range(6))
    )
    report = brief(snapshot, snapshot.events, today="2026-03-10", errors=0, warnings=0)
    assert [one.event.id for one in report.last] == ["done", "said-5", "said-4", "said-3"]


def test_what_is_due_stands_soonest_first_and_else_what_ended_last() -> None:
    limits = block(
        "a", "ultimatum", "2025-06-01", 'by = "USA"\n[[event.deadline]]\nto = "RUS"\ndue = 2026-03-10\n'
    ) + block("b", "ultimatum", "2025-06-02", 'by = "USA"\n[[event.deadline]]\ndue = 2026-03-09\noutcome = "lapsed"\n')
    both = snapshot_from(limits)
    assert [line for line in shown(both) if "2026-03" in line] == [
        "Due      2026-03-10  ! a                                   USA → RUS · due today"
    ]
    only = snapshot_from(limits.partition("[[event]]")[2].partition("[[event]]")[2].join(("[[event]]", "")))
    assert [line for line in shown(only) if "2026-03" in line] == [
        "         2026-03-09  ! b                                            USA · lapsed"
    ]


def test_json_is_the_report_and_its_health_that_of_check() -> None:
    found = json.loads(printed("brief", "--json"))
    snapshot = shipped_snapshot()
    doubts = sum(1 for _ in warnings(snapshot))
    assert (found["schema"], len(found["rows"])) == ("talkstrack.brief/1", 1)
    assert found["rows"][0]["health"] == {
        "events": 91,
        "errors": 0,
        "warnings": doubts,
        "hand_overs": 33,
        "undisclosed": 8,
    }


def test_the_flat_form_has_a_line_per_fact() -> None:
    snapshot = snapshot_from(block("done", "exchange", "2025-06-01", '[[event.transfer]]\nto = "UKR"\ncount = 10\n'))
    report = brief(snapshot, snapshot.events, today="2026-03-10", errors=0, warnings=2)
    assert brief_table(report, snapshot.register, "on 10 March 2026").rows == [
        ("last", "2025-06-01", "done", "done", "UKR 10"),
        ("ledger", None, None, "events", "1"),
        ("ledger", None, None, "errors", "0"),
        ("ledger", None, None, "warnings", "2"),
        ("ledger", None, None, "hand-overs", "1"),
        ("ledger", None, None, "undisclosed", "0"),
    ]
