"""Due days: stated or reckoned, and how a deadline stands on a day."""

from datetime import date

import pytest

from ledgers import block, snapshot_from
from talkstrack.model.event import Event
from talkstrack.rules.due import deadline_state, due_date
from talkstrack.rules.snapshot import Snapshot


def ultimatum(event_id: str, when: str, text: str, more: str = "") -> str:
    """Write an ultimatum of Trump to Russia."""
    return block(event_id, "ultimatum", when, f'by = "trump"\n{more}\n[[event.deadline]]\nto = "RUS"\n{text}\n')


def only(snapshot: Snapshot) -> Event:
    """Return a book's one event."""
    (one,) = snapshot.events
    return one


@pytest.mark.parametrize(
    ("when", "text", "due"),
    [
        ("2025-07-14", 'within = "P50D"', "2025-09-02"),
        ("2025-07-28", 'within = "P10D/P12D"', "[2025-08-07..2025-08-09]"),
        ("2025-07-29", 'within = "P10D"', "2025-08-08"),
        ('"2025-07-14~"', 'within = "P50D"', "2025-09-02~"),
        ("2025-06-02", 'due = "2025-06-20/2025-06-30"', "2025-06-20/2025-06-30"),
    ],
)
def test_due_is_stated_or_computed(when: str, text: str, due: str) -> None:
    event = only(snapshot_from(ultimatum("one", when, text)))
    assert due_date(event, event.deadline[0]).edtf == due


@pytest.mark.parametrize(
    ("today", "status", "state"),
    [
        (date(2025, 7, 27), "held", ("open", None)),
        (date(2025, 7, 28), "held", ("replaced", "second")),
        (date(2025, 9, 2), "cancelled", ("open", None)),
        (date(2025, 9, 3), "cancelled", ("passed", None)),
    ],
)
def test_a_deadline_is_replaced_by_what_was_held_and_has_happened(
    today: date, status: str, state: tuple[str, str | None]
) -> None:
    more = f'replaces = "first"\nstatus = "{status}"'
    text = ultimatum("first", "2025-07-14", 'within = "P50D"') + ultimatum(
        "second", "2025-07-28", 'within = "P9D"', more
    )
    snapshot = snapshot_from(text, today)
    event = snapshot.by_id["first"]
    stands = deadline_state(snapshot, event, event.deadline[0])
    assert (stands.state, stands.successor and stands.successor.id) == state
    assert stands.due.edtf == "2025-09-02"
