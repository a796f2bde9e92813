"""The delegations as people read them, held against golden files made from the shipped ledger."""

import json
from datetime import date

import pytest

from golden import golden, printed, run
from ledgers import block, snapshot_from
from talkstrack.render.text.as_text import Look, as_text
from talkstrack.render.text.makers import plain
from talkstrack.render.views.delegations import delegations_document, delegations_table
from talkstrack.render.words.promises import outcome_words
from talkstrack.reports.delegations import delegations
from talkstrack.rules.snapshot import Snapshot


def talks(number: int, when: str, text: str) -> str:
    """Write a round at which Ukraine's delegation is so composed."""
    return block(f"round-{number}", "talks", when, f'round = {number}\n[[event.delegation]]\nparty = "UKR"\n{text}\n')


def shown(snapshot: Snapshot, width: int = 60) -> str:
    return as_text(
        delegations_document(delegations(snapshot, snapshot.events), snapshot.register, width=width), Look(width)
    )


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("delegations-80.txt", ("--width", "80")),
        ("delegations-140.txt", ("--width", "140")),
        ("delegations-long-140.txt", ("UKR", "--long", "--width", "140")),
        ("delegations-others-80.txt", ("USA", "Turkey", "--width", "80", "--ascii")),
        ("delegations-round-2-80.txt", ("Moscow", "--round", "2", "--width", "80")),
        ("delegations-known-80.txt", ("UKR", "--as-known", "2025-06-05", "--width", "80")),
        ("delegations-pipe.txt", ("UKR",)),
        ("delegations.csv", ("--format", "csv")),
    ],
)
def test_the_delegations_of_the_shipped_ledger(name: str, args: tuple[str, ...]) -> None:
    golden(name, printed("delegations", *args))


@pytest.mark.parametrize("width", [20, 40, 60, 100, 200])
def test_no_line_is_wider_than_asked(width: int) -> None:
    lines = printed("delegations", "--long", "--width", str(width)).splitlines()
    assert [line for line in lines if len(line) > width] == []


def test_each_row_in_json_carries_the_rounds_its_lists_are_ordered_by() -> None:
    found = json.loads(printed("delegations", "UKR", "--json"))
    row = found["rows"][0]
    assert (found["schema"], found["query"]["parties"], len(found["rows"])) == ("talkstrack.delegations/1", ["UKR"], 1)
    assert [one["event"] for one in row["rounds"]] == ["round-1", "round-2", "round-3"]
    umerov = row["members"][0]
    assert (umerov["person"], umerov["heads"], umerov["titles"]) == (
        "umerov",
        [True, True, True],
        ["Minister of Defence", "Minister of Defence", "Secretary of the NSDC"],
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Ukrain", "did you mean `Ukraine`?"),
        ("Rusia", "did you mean `Russia`?"),
        ("umerov", "the register has UKR, RUS, TUR, USA, ARE, BLR, FRA, DEU, GBR, POL, VERSTKA"),
    ],
)
def test_an_unknown_party_is_told_with_what_may_have_been_meant(name: str, hint: str) -> None:
    found = run("delegations", name)
    assert (found.code, found.out) == (2, "")
    assert found.err == f"error[usage]: delegations: there is no party `{name}`\nhint: {hint}\n"


def test_a_head_who_becomes_a_member_has_a_row_for_each() -> None:
    snapshot = snapshot_from(
        talks(1, "2025-05-16", 'head = "umerov"\nmembers = ["zelenskyy"]\nsize = 2')
        + talks(2, "2025-06-02", 'head = "zelenskyy"\nmembers = ["umerov"]\nsize = 2')
        + talks(3, "2026-06-02", 'head = "zelenskyy"\nsize = 2')
    )
    assert [line.split() for line in shown(snapshot, 80).splitlines()[2:11] if "─" not in line] == [
        ["Ukraine", "(UKR)", "R1", "R2", "R3"],
        ["16", "May", "2", "Jun", "2", "Jun"],
        ["2025", "2025", "2026"],
        ["Rustem", "Umerov", "head", "●", "?"],
        ["●"],
        ["Volodymyr", "Zelenskyy", "●"],
        ["head", "●", "●"],
        ["named", "/", "stated", "size", "2/2", "2/2", "1/2"],
    ]


def test_more_rounds_than_fit_are_told_in_turn() -> None:
    snapshot = snapshot_from("".join(talks(n, date(2025, n, 1).isoformat(), 'head = "umerov"') for n in range(1, 6)))
    heads = [line.split() for line in shown(snapshot, 65).splitlines() if "(UKR)" in line]
    assert heads == [["Ukraine", "(UKR)", "R1", "R2"], ["Ukraine", "(UKR)", "R3", "R4"], ["Ukraine", "(UKR)", "R5"]]


def test_what_came_of_a_proposal_is_told_by_each_side_s_last_answer() -> None:
    answers = (
        '[[event.response]]\nby = "RUS"\nanswer = "rejected"\n[[event.response]]\nby = "medinsky"\nanswer = "partly"\n'
        '[[event.response]]\nby = "USA"\nanswer = "none"\n'
    )
    snapshot = snapshot_from(
        talks(1, "2025-05-16", 'head = "umerov"')
        + block("p", "proposal", "2025-05-17", f'by = ["UKR", "TUR"]\n{answers}')
        + block("q", "proposal", '"2025-05-18/2025-05-20"', 'by = "UKR"\n[[event.deadline]]\ndue = 2026-04-01')
        + block("r", "proposal", "2025-05-21", 'by = "UKR"\nstatus = "cancelled"')
    )
    found = delegations(snapshot, snapshot.events)
    assert [(row.event, plain(outcome_words(row, snapshot.register))) for row in found.rows[0].proposals] == [
        ("p", "RUS accepted partly; USA no answer"),
        ("q", "due 2026-04-01"),
        ("r", "cancelled"),
    ]
    lines = [line for line in shown(snapshot, 80).splitlines() if line.startswith("  2025")]
    assert lines[0] == "  2025-05-17  p (+1)                          RUS accepted partly; USA no answer"
    assert lines[1] == "  2025-05-18  q (18–20 May 2025)                                  due 2026-04-01"


def test_a_hand_over_that_only_may_fall_inside_adds_to_the_high_end_alone() -> None:
    snapshot = snapshot_from(
        block("one", "exchange", "2025-06-01", '[[event.transfer]]\nto = "UKR"\ncount = 10\n')
        + block("two", "exchange", '"2025-06"', '[[event.transfer]]\nto = "UKR"\ncount = 5\n')
    )
    found = delegations(snapshot, snapshot.events, ("Kyiv",), possible=frozenset({"two"})).rows[0].totals
    assert [(one.what, one.received and one.received.text, one.handed_over) for one in found] == [
        ("people", "10..15", None)
    ]


def test_the_flat_form_has_a_line_per_party_round_and_person() -> None:
    snapshot = snapshot_from(talks(1, "2025-05-16", 'head = "umerov"\nmembers = ["Somebody Else"]'))
    assert delegations_table(delegations(snapshot, snapshot.events)).rows == [
        ("UKR", 1, "2025-05-16", "round-1", "umerov", "Rustem Umerov", "head", None, "listed"),
        ("UKR", 1, "2025-05-16", "round-1", "Somebody Else", "Somebody Else", None, None, "listed"),
    ]
