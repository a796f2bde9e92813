"""The timeline: groups, gaps, order, what may fall inside, and the span."""

import pytest

from ledgers import block, snapshot_from
from talkstrack.reports.timeline import Grouping, timeline

TEXT = (
    block("whole", "talks", '"2025-05-16/2025-07-23"')
    + block("r1", "talks", "2025-05-16", 'part_of = "whole"\nround = 1')
    + block("deal", "agreement", "2025-05-16", 'round = 1\n[[event.commitment]]\nid = "visions"')
    + block("x1", "exchange", "2025-05-22", 'under = "deal"\n[[event.transfer]]\nto = "UKR"\ncount = 1')
    + block("x2", "exchange", '"2025-05-29/2025-06-03"', '[[event.transfer]]\nto = "UKR"\ncount = 1')
    + block("said", "statement", "2025-06-09")
    + block("later", "statement", "2026-01-01")
)
BOOK = snapshot_from(TEXT)


def groups(group: Grouping, reverse: bool = False) -> dict[str, list[tuple[str, int | None]]]:
    """Return each group's events with the gap before them."""
    report = timeline(BOOK, BOOK.events, group=group, reverse=reverse)
    return {one.key: [(row.event.id, row.gap) for row in one.rows] for one in report.groups}


def test_by_month_with_gaps_of_seven_days_or_more() -> None:
    """A whole does not close the gaps between its parts; six days are no gap."""
    assert groups("month") == {
        "2025-05": [("r1", None), ("deal", None), ("whole", None), ("x1", None), ("x2", 7)],
        "2025-06": [("said", None)],
        "2026-01": [("later", 206)],
    }


@pytest.mark.parametrize(
    ("group", "keys"),
    [
        ("year", {"2025": 6, "2026": 1}),
        ("round", {"1": 3, "": 4}),
        ("kind", {"talks": 2, "agreement": 1, "exchange": 2, "statement": 2}),
    ],
)
def test_the_other_groups(group: Grouping, keys: dict[str, int]) -> None:
    found = groups(group)
    assert {key: len(rows) for key, rows in found.items()} == keys
    if group != "year":
        assert {gap for rows in found.values() for _, gap in rows} == {None}


def test_reverse_is_the_same_events_backward_without_gaps() -> None:
    forward = [row for rows in groups("month").values() for row in rows]
    backward = [row for rows in groups("month", reverse=True).values() for row in rows]
    assert backward == [(key, None) for key, _ in reversed(forward)]


def test_what_it_holds_and_what_only_may_fall_inside() -> None:
    report = timeline(BOOK, BOOK.events[:2], possible=frozenset({"deal"}), total=7)
    assert (report.title, report.shown, report.total, report.first, report.last) == (
        "Timeline", 2, 7, "2025-05-16", "2025-05-16",
    )  # fmt: skip
    assert [row.is_possible for one in report.groups for row in one.rows] == [False, True]


def test_open_and_empty_spans() -> None:
    snapshot = snapshot_from(block("a", "statement", '"../2025-07-17"') + block("b", "statement", '"../.."'))
    report = timeline(snapshot, snapshot.events)
    assert ([one.key for one in report.groups], report.first, report.last) == (
        ["2025-07", "undated"],
        None,
        "2025-07-17",
    )
    empty = timeline(snapshot, ())
    assert (empty.groups, empty.shown, empty.total, empty.first) == ((), 0, 2, None)
