"""Deadlines: the computed day, and open, replaced, met, lapsed or passed as of a day."""

from datetime import date

import pytest

from ledgers import block, snapshot_from
from talkstrack.model.event import Event
from talkstrack.reports.deadlines import DeadlineCount, deadlines, rows_of
from talkstrack.rules.snapshot import Snapshot


def ultimatum(event_id: str, when: str, text: str, more: str = "") -> str:
    """Write an ultimatum of Trump to Russia."""
    return block(event_id, "ultimatum", when, f'by = "trump"\n{more}\n[[event.deadline]]\nto = "RUS"\n{text}\n')


CHAIN = (
    ultimatum("first", "2025-07-14", 'within = "P50D"')
    + ultimatum("second", "2025-07-28", 'within = "P10D/P12D"', 'replaces = "first"')
    + ultimatum("third", "2025-07-29", 'within = "P10D"\noutcome = "lapsed"', 'replaces = "second"')
)


def only(snapshot: Snapshot) -> Event:
    """Return a book's one event."""
    (one,) = snapshot.events
    return one


@pytest.mark.parametrize(
    ("today", "outcome", "state", "shown", "days"),
    [
        (date(2025, 8, 7), "lapsed", "open", None, 1),
        (date(2025, 8, 8), "lapsed", "open", None, 0),
        (date(2025, 8, 9), "lapsed", "lapsed", "lapsed", -1),
        (date(2025, 8, 9), "met", "met", "met", -1),
        (date(2025, 8, 9), None, "passed", None, -1),
    ],
)
def test_the_state_on_a_day(today: date, outcome: str | None, state: str, shown: str | None, days: int) -> None:
    text = 'within = "P10D"' + (f'\noutcome = "{outcome}"' if outcome else "")
    (row,) = deadlines(
        snapshot_from(ultimatum("one", "2025-07-29", text), today),
        (only(snapshot_from(ultimatum("one", "2025-07-29", text))),),
    ).rows
    assert (row.state, row.outcome, row.days, row.computed, row.within) == (state, shown, days, True, "P10D")


def test_a_range_is_open_until_its_last_day() -> None:
    for day, state in ((9, "open"), (10, "passed")):
        snapshot = snapshot_from(ultimatum("one", "2025-07-28", 'within = "P10D/P12D"'), date(2025, 8, day))
        assert [row.state for row in rows_of(snapshot, only(snapshot))] == [state]


@pytest.mark.parametrize(
    ("today", "states"),
    [
        (date(2025, 7, 27), {"first": "open", "second": "open", "third": "open"}),
        (date(2025, 7, 28), {"first": "replaced", "second": "open", "third": "open"}),
        (date(2025, 7, 29), {"first": "replaced", "second": "replaced", "third": "open"}),
        (date(2025, 8, 9), {"first": "replaced", "second": "replaced", "third": "lapsed"}),
    ],
)
def test_a_deadline_is_replaced_from_the_day_another_replaces_it(today: date, states: dict[str, str]) -> None:
    snapshot = snapshot_from(CHAIN, today)
    assert {row.event: row.state for row in deadlines(snapshot, snapshot.events).rows} == states


def test_the_rows_by_due_day_and_how_many_are_open() -> None:
    snapshot = snapshot_from(CHAIN, date(2025, 8, 8))
    report = deadlines(snapshot, snapshot.events)
    assert [row.event for row in report.rows] == ["second", "third", "first"]
    assert report.count == DeadlineCount(open=1, closed=2)
    first = report.rows[-1]
    assert (first.by, first.to, first.replaced_by, first.replaced_after) == (("trump",), ("RUS",), "second", 14)
    only_open = deadlines(snapshot, snapshot.events, only_open=True)
    assert ([row.event for row in only_open.rows], only_open.count) == (["third"], report.count)


def test_as_known_before_the_replacement_only_the_first_stands() -> None:
    snapshot = snapshot_from(CHAIN, as_known=date(2025, 7, 24))
    assert [(row.event, row.state, row.days) for row in deadlines(snapshot, snapshot.events).rows] == [
        ("first", "open", 40)
    ]


@pytest.mark.parametrize(("status", "state"), [("held", "replaced"), ("planned", "open"), ("cancelled", "open")])
def test_only_what_was_held_replaces_a_deadline(status: str, state: str) -> None:
    later = ultimatum("second", "2025-07-28", 'within = "P10D"', f'replaces = "first"\nstatus = "{status}"')
    snapshot = snapshot_from(ultimatum("first", "2025-07-14", 'within = "P50D"') + later, date(2025, 8, 1))
    assert [row.state for row in rows_of(snapshot, snapshot.by_id["first"])] == [state]
