"""The tally as people read it, held against golden files made from the shipped ledger, and its rules on small ones."""

import json
from pathlib import Path

import pytest

from golden import golden, printed, run
from ledgers import HEADER, block, shipped_snapshot, snapshot_from
from talkstrack.render.text.as_text import Look, as_text
from talkstrack.render.text.makers import sparkline
from talkstrack.render.views.exchanges import exchanges_document
from talkstrack.render.words.accounts import each_way, tie_mark
from talkstrack.reports.exchanges import exchanges
from talkstrack.rules.snapshot import Snapshot

MARCH = block(
    "agreement-1", "agreement", "2025-05-01", 'parties = ["UKR", "RUS"]\n[[event.commitment]]\nid = "prisoners"\n'
    'what = "people"\ncount = 100\n',
)  # fmt: skip


def swap(name: str, when: str, ukr: object, rus: object, more: str = "") -> str:
    """Write an exchange of so many each way."""
    return block(
        name,
        "exchange",
        when,
        f'{more}\n[[event.transfer]]\nto = "UKR"\ncount = {ukr}\n[[event.transfer]]\nto = "RUS"\ncount = {rus}\n',
    )


def shown(snapshot: Snapshot, *ids: str, may: frozenset[str] = frozenset(), width: int = 80) -> list[str]:
    """Return the page of a tally as lines; of these events only, where any are named."""
    events = tuple(event for event in snapshot.events if not ids or event.id in ids)
    return as_text(
        exchanges_document(exchanges(snapshot, events, possible=may), snapshot.register, width=width), Look(width)
    ).splitlines()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("exchanges-80.txt", ("--width", "80")),
        ("exchanges-140.txt", ("--width", "140")),
        ("exchanges-long-100.txt", ("--width", "100", "--long", "--since", "2025-07-23", "--until", "2025-10")),
        ("exchanges-ascii-80.txt", ("--width", "80", "--ascii", "--under", "agreement-3")),
        ("exchanges-bodies-80.txt", ("--what", "bodies", "--width", "80")),
        ("exchanges-bodies-140.txt", ("--what", "bodies", "--width", "140")),
        ("exchanges-accounts-80.txt", ("--accounts", "--width", "80")),
        ("exchanges-bodies-accounts-140.txt", ("--accounts", "--what", "bodies", "--width", "140")),
        ("exchanges-month-140.txt", ("--group", "month", "--width", "140", "--since", "2025-08")),
        ("exchanges-month-80.txt", ("--group", "month", "--width", "80")),
        ("exchanges-all-rus-80.txt", ("--what", "all", "--group", "none", "--account", "RUS", "--since", "2025-08", "--width", "80")),
        ("exchanges-known-80.txt", ("--as-known", "2025-06-20", "--width", "80")),
        ("exchanges-pipe.txt", ()),
        ("exchanges.csv", ("--what", "all", "--format", "csv")),
        ("exchanges-accounts.csv", ("--what", "all", "--accounts", "--format", "csv")),
        ("exchanges.md", ("--format", "markdown", "--under", "agreement-1")),
    ],
)  # fmt: skip
def test_the_tally_of_the_shipped_ledger(name: str, args: tuple[str, ...]) -> None:
    golden(name, printed("exchanges", *args))


@pytest.mark.parametrize("what", ["people", "bodies", "all"])
@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140, 200])
@pytest.mark.parametrize("option", ["--long", "--accounts", "--ascii"])
def test_no_line_is_wider_than_asked(what: str, width: int, option: str) -> None:
    lines = printed("exchanges", "--what", what, "--width", str(width), option).splitlines()
    assert [line for line in lines if len(line) > width] == []


def test_json_holds_the_rows_and_totals_of_the_report() -> None:
    found = json.loads(printed("exchanges", "--what", "all", "--json", "--account", "Kyiv"))
    report = exchanges(shipped_snapshot(), shipped_snapshot().events, what="all", account="UKR")
    assert found["schema"] == "talkstrack.exchanges/1"
    assert [row["id"] for row in found["rows"]] == [row.id for row in report.rows]
    assert [one["total"]["text"] for one in found["totals"]] == [one.total.text for one in report.totals]
    asked = {key: found["query"][key] for key in ("what", "group", "account", "accounts")}
    assert asked == {"what": "all", "group": "agreement", "account": "UKR", "accounts": False}


def test_nothing_selected_is_an_empty_stdout_in_a_pipe_and_a_word_on_a_page() -> None:
    assert printed("exchanges", "--since", "2030") == ""
    assert printed("exchanges", "--since", "2030", "--width", "40") == (
        "Prisoner exchanges          0 of 20 held\n\nNone selected.\n"
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--what", "peple"), "error[usage]: --what: there is no `peple`\nhint: did you mean `people`?\n"),
        (("--group", "week"), "error[usage]: --group: there is no `week`\nhint: one of agreement, month, none\n"),
        (("--account", "Rusia"), "error[usage]: --account: there is no party `Rusia`\nhint: did you mean `Russia`?\n"),
        (
            ("--account", "UKR", "--accounts"),
            "error[usage]: --account and --accounts contradict each other\n"
            "hint: --accounts shows every side's figures\n",
        ),
    ],
)
def test_a_wrong_word_is_told(args: tuple[str, ...], message: str) -> None:
    found = run("exchanges", *args)
    assert (found.code, found.out, found.err) == (2, "", message)


def test_totals_are_refused_over_a_ledger_with_errors(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(HEADER + swap("one", "2025-06-01", 1, -1), encoding="utf-8")
    assert (run("exchanges", ledger=path).code, run("exchanges", ledger=path).out) == (3, "")


def test_a_filter_changes_no_row_and_is_told() -> None:
    snapshot = snapshot_from(MARCH + swap("one", "2025-06-01", 10, 20) + swap("two", "2025-06-02", 30, 40))
    rows = [line for line in shown(snapshot) if line.startswith(" –")]
    assert [line for line in shown(snapshot, "two") if line.startswith(" –")] == rows[1:]
    assert shown(snapshot, "two")[0].endswith("1 of 2 held · 2 June 2025")
    assert "filter   numbers and running totals are those of the whole ledger, every other" in shown(snapshot, "two")


def test_what_only_may_fall_inside_is_marked_and_adds_to_the_high_end_alone() -> None:
    snapshot = snapshot_from(swap("one", "2025-06-01", 10, 20) + swap("two", '"2025-06"', 30, 40))
    page = shown(snapshot, may=frozenset({"two"}))
    assert [line.split() for line in page if line.startswith((" –", " ?", "?"))] == [
        ["–", "2025-06-01", "one", "10", "10", "20", "20"],
        ["?–", "2025-06", "two", "30", "40", "40", "60"],
    ]
    assert [line.split() for line in page if line.startswith("All")] == [["All", "2", "10–40", "20–60"]]
    assert page[-1] == "a–b accounts differ, or a range  ? may fall inside: adds to the high end only"


def test_a_whole_s_own_figure_bounds_the_total_of_its_parts() -> None:
    part = 'part_of = "all"'
    snapshot = snapshot_from(
        swap("all", '"2025-06-01/2025-06-02"', 35, '"<=60"')
        + swap("one", "2025-06-01", '"10..20"', 20, part)
        + swap("two", "2025-06-02", '"20..30"', 30, part)
    )
    totals = {one.to: one.total for one in exchanges(snapshot, snapshot.events).totals if one.group is None}
    assert (totals["UKR"].low, totals["UKR"].high) == (35, 35)
    assert (totals["RUS"].low, totals["RUS"].high) == (50, 50)
    alone = exchanges(snapshot, (snapshot.by_id["one"],)).totals
    assert [(one.to, one.total.text) for one in alone if one.group is None] == [("UKR", "10..20"), ("RUS", "20")]


def test_a_third_direction_has_columns_of_its_own() -> None:
    three = '[[event.transfer]]\nto = "TUR"\ncount = 7\n'
    snapshot = snapshot_from(swap("one", "2025-06-01", 10, 20) + block("two", "exchange", "2025-06-02", three))
    assert [line.split() for line in shown(snapshot) if line.startswith((" –", "All"))] == [
        ["–", "2025-06-01", "one", "10", "10", "20", "20"],
        ["–", "2025-06-02", "two", "7", "7"],
        ["All", "2", "10", "20", "7"],
    ]


def test_months_without_a_hand_over_stand_in_the_picture() -> None:
    snapshot = snapshot_from(
        swap("one", "2025-01-01", 80, 0)
        + swap("two", "2025-03-01", '"unknown"', 5)
        + swap("three", "2025-04-01", 10, 5)
    )
    assert [line.split()[-2:] for line in shown(snapshot) if "per month" in line] == [["█·?▁", "··██"]]
    assert sparkline([80, 0, None, 10]) == "█·?▁"


def test_each_way_is_said_only_of_all_directions() -> None:
    assert each_way({"UKR": "1", "RUS": "1"}, ("UKR", "RUS")) == "1 each"
    assert each_way({"UKR": "1", "RUS": "2"}, ("UKR", "RUS")) == "1 to UKR · 2 to RUS"
    assert each_way({"UKR": "1"}, ("UKR", "RUS")) == "1 to UKR"
    assert each_way({"UKR": "1"}, ("UKR",)) == "1 to UKR"


def test_who_ties_a_hand_over_is_told_where_it_is_not_undisputed() -> None:
    snapshot = shipped_snapshot()
    rows = [*exchanges(snapshot, snapshot.events, what="all").rows]
    assert {row.id: mark for row in rows if (mark := tie_mark(row, snapshot.register))} == {
        "exchange-2025-08-24": "UKR",
        "exchange-2025-10-02": "RUS*",
        "repatriation-2025-07-17": "RUS*",
        **dict.fromkeys(
            (
                "repatriation-2025-08-19",
                "repatriation-2025-09-18",
                "repatriation-2025-10-23",
                "repatriation-2025-11-20",
                "repatriation-2026-01-29",
            ),
            "RUS",
        ),
    }
