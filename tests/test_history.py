"""History: revisions in the order the ledger learned them, and what each changed."""

from datetime import date

from ledgers import read
from talkstrack.reports.history import Change, history

TEXT = """
[[event]]
id = "x"
kind = "exchange"
title = "Exchange"
date = 2025-07-22
sources = ["liga"]
[[event.transfer]]
to = "UKR"
count = 390
parts = { military = 270, civilian = 120 }
[[event]]
id = "x"
kind = "exchange"
title = "Exchange of the sick"
date = 2025-07-23
sources = ["liga", "tass"]
revision = 2
recorded = 2025-08-01
recorded_by = "a reader"
because = "the page was dated a day early"
[[event.transfer]]
to = "UKR"
count = "~390"
[[event]]
id = "said"
kind = "statement"
title = "Said"
date = 2025-07-30
[[event]]
id = "x"
kind = "exchange"
title = "Exchange of the sick"
date = 2025-07-23
sources = ["liga", "tass"]
revision = 3
recorded = 2025-09-01
because = "one page only"
retracted = true
[[event.transfer]]
to = "UKR"
count = "~390"
"""


def test_every_revision_in_the_order_it_was_learned() -> None:
    """A first revision is known from its source's day, else its own; a later one from its record."""
    ledger = read(TEXT)
    rows = history(ledger.events, ledger.register).rows
    told = [(row.id, row.revision, row.step, row.known, row.because, row.recorded_by, row.retracted) for row in rows]
    assert told == [
        ("x", 1, "added", "2025-07-23", None, None, False),
        ("said", 1, "added", "2025-07-30", None, None, False),
        ("x", 2, "changed", "2025-08-01", "the page was dated a day early", "a reader", False),
        ("x", 3, "withdrawn", "2025-09-01", "one page only", None, True),
    ]
    assert [row.line for row in rows] == [one.line for one in (ledger.events[place] for place in (0, 2, 1, 3))]


def test_what_a_revision_changed_field_by_field() -> None:
    ledger = read(TEXT)
    changed = [row.changes for row in history(ledger.events, ledger.register, only="x").rows]
    assert changed[0] == changed[2] == ()
    assert {(one.before, one.after) for one in changed[1]} == {
        ("Exchange", "Exchange of the sick"),
        ("2025-07-22", "2025-07-23"),
        ("liga", "liga, tass"),
        ("390", "~390"),
        ("270", None),
        ("120", None),
    }
    assert {one.field: one.about for one in changed[1]} == {
        "title": {},
        "date": {},
        "sources": {},
        "transfer.1.count": {"to": "UKR"},
        "transfer.1.parts.military": {"to": "UKR"},
        "transfer.1.parts.civilian": {"to": "UKR"},
    }
    assert changed[1][0] == Change(field="title", about={}, before="Exchange", after="Exchange of the sick")


def test_only_one_event_or_only_since_a_day() -> None:
    ledger = read(TEXT)
    since = history(ledger.events, ledger.register, since=date(2025, 8, 1).toordinal())
    assert [(row.id, row.revision) for row in since.rows] == [("x", 2), ("x", 3)]
    assert [len(row.changes) for row in since.rows] == [6, 0]
    one = history(ledger.events, ledger.register, only="said", since=date(2025, 7, 30).toordinal())
    assert [(row.id, row.revision) for row in one.rows] == [("said", 1)]
    assert history(ledger.events, ledger.register, only="none").rows == ()
    until = history(ledger.events, ledger.register, until=date(2025, 7, 30).toordinal())
    assert [(row.id, row.revision) for row in until.rows] == [("x", 1), ("said", 1)]


def test_a_revision_after_a_retraction_restores_and_is_compared_with_what_stood() -> None:
    """Restored as it stood but for the title; the retraction itself changes no field."""
    again = TEXT[TEXT.index("revision = 2") - 200 :]
    restored = again[again.index("[[event]]") :].partition('[[event]]\nid = "said"')[0]
    text = restored.replace("revision = 2", "revision = 4").replace("2025-08-01", "2025-10-01")
    ledger = read(TEXT + text.replace("Exchange of the sick", "Exchange of the ill"))
    last = history(ledger.events, ledger.register, only="x").rows[-1]
    assert (last.revision, last.step, [(one.field, one.before, one.after) for one in last.changes]) == (
        4, "restored", [("title", "Exchange of the sick", "Exchange of the ill")],
    )  # fmt: skip
