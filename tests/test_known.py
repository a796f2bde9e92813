"""What was known: revisions, retraction, replay, and the order of events."""

from datetime import date

import pytest

from ledgers import read
from talkstrack.model.dates.period import OPEN_END, OPEN_START, first_day, last_day
from talkstrack.rules.known import current_revisions, known_from

MEETING = '[[event]]\nid = "{}"\nkind = "meeting"\ntitle = "{}"\ndate = {}\n{}\n'


def meeting(event_id: str, when: str = "2025-07-23", text: str = "", title: str = "t") -> str:
    return MEETING.format(event_id, title, when, text)


def known(text: str, day: str | None = None) -> list[tuple[str, int]]:
    """Return the ids and revisions of the current events, as known on a day."""
    ledger = read(text)
    number = date.fromisoformat(day).toordinal() if day else None
    return [(event.id, event.revision) for event in current_revisions(ledger.events, ledger.register, number)]


def test_order_is_earliest_then_latest_then_place() -> None:
    text = "".join(
        meeting(name, f'"{when}"')
        for name, when in {
            "day-2": "2025-07-02", "month": "2025-07", "late": "2025-08-01", "day-1b": "2025-07-01",
            "day-1": "2025-07-01", "open-end": "2025-07-01/..", "open-start": "../2025-07-01", "year": "2025",
        }.items()
    )  # fmt: skip
    assert [one for one, _ in known(text)] == [
        "open-start", "year", "day-1b", "day-1", "month", "open-end", "day-2", "late",
    ]  # fmt: skip


def test_a_revision_keeps_its_place_among_events_of_a_day() -> None:
    later = meeting("a", text='revision = 2\nrecorded = 2025-07-25\nbecause = "b"')
    assert known(meeting("a") + meeting("b") + later) == [("a", 2), ("b", 1)]


REVISED = """
[[event]]
id = "a"
kind = "meeting"
title = "first"
date = 2025-07-10
[[event]]
id = "a"
kind = "meeting"
title = "second"
date = 2025-07-12
revision = 2
recorded = 2025-07-20
because = "the day was wrong"
[[event]]
id = "a"
kind = "meeting"
title = "third"
date = 2025-07-12
revision = 3
recorded = 2025-07-30
because = "it was not so"
retracted = true
[[event]]
id = "b"
kind = "meeting"
title = "other"
date = 2025-07-11
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-07-09", []),
        ("2025-07-10", [("a", 1)]),
        ("2025-07-11", [("a", 1), ("b", 1)]),
        ("2025-07-19", [("a", 1), ("b", 1)]),
        ("2025-07-20", [("b", 1), ("a", 2)]),
        ("2025-07-29", [("b", 1), ("a", 2)]),
        ("2025-07-30", [("b", 1)]),
        (None, [("b", 1)]),
    ],
)
def test_the_ledger_is_replayed_as_it_was_known(day: str | None, expected: list[tuple[str, int]]) -> None:
    assert known(REVISED, day) == expected


def test_the_number_of_a_revision_counts_and_not_its_place_in_the_file() -> None:
    ledger = read(REVISED)
    found = current_revisions(reversed(ledger.events[:2]), ledger.register)
    assert [event.title for event in found] == ["second"]


SINCE = {
    "its date": ("2025-07-10", "", "2025-07-10"),
    "recorded": ("2025-07-10", "recorded = 2025-07-15", "2025-07-15"),
    "published": ("2025-07-10", 'recorded = 2025-07-30\nsources = ["tass", "liga"]', "2025-07-23"),
    "published before its date": ("2025-08-10", 'sources = ["liga"]', "2025-07-23"),
    "a source without a day": ("2025-07-10", 'recorded = 2025-07-15\nsources = ["tass"]', "2025-07-15"),
    "the first day of a stretch": ('"2025-07"', "", "2025-07-01"),
    "a later revision": (
        "2025-07-10",
        'sources = ["liga"]\nrevision = 2\nrecorded = 2025-08-01\nbecause = "b"',
        "2025-08-01",
    ),
    "due, not yet held": (
        "2025-07-10",
        'status = "planned"\nrecorded = 2025-07-01',
        "2025-07-01",
    ),
}


@pytest.mark.parametrize("case", SINCE)
def test_a_revision_is_known_from_its_source_else_its_record_else_its_date(case: str) -> None:
    when, text, expected = SINCE[case]
    ledger = read((meeting("a") if "revision" in text else "") + meeting("a", when, text))
    day = known_from(ledger.events[-1], ledger.register)
    assert day == date.fromisoformat(expected).toordinal()


def test_an_open_end_is_after_and_an_open_start_before_every_day() -> None:
    events = read(meeting("a", '"../2025-07-10"') + meeting("b", '"2025-07-10/.."')).events
    ten = date(2025, 7, 10).toordinal()
    found = [(first_day(event.when), last_day(event.when)) for event in events]
    assert found == [(OPEN_START, ten), (ten, OPEN_END)]
