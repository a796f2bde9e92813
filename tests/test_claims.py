"""The claims report: every claim of the held events, worst first, and how many of each verdict."""

from ledgers import block, snapshot_from
from talkstrack.reports.claims import claim_rows, claims
from talkstrack.rules.verdicts import WORST_FIRST

TEXT = block(
    "x1",
    "exchange",
    "2025-05-23",
    '[[event.transfer]]\nto = "UKR"\ncount = 390\n[[event.transfer]]\nto = "RUS"\ncount = "withheld"',
) + "".join(
    block(
        f"s{number}",
        "statement",
        f"2025-05-2{number}",
        f'{more}\n[[event.claim]]\nby = "{by}"\nsince = 2025-05-06\n{text}',
    )
    for number, by, text, more in (
        (4, "UKR", 'count = 390\nto = "UKR"', ""),
        (5, "tass", 'count = 391\nto = "UKR"', ""),
        (6, "RUS", 'count = 1\nto = "RUS"', ""),
        (7, "CHQ", "nth = 2", ""),
        (8, "UKR", 'count = 1\nto = "UKR"', 'status = "disputed"'),
        (9, "medinsky", 'count = 389\nto = "Kyiv"', ""),
    )
)
BOOK = snapshot_from(TEXT)


def test_the_worst_come_first_and_then_the_earliest() -> None:
    report = claims(BOOK, BOOK.events)
    told = [(row.verdict, row.event, row.by, row.side, row.to, row.what) for row in report.rows]
    assert told == [
        ("above", "s5", "tass", "tass", "UKR", "people"),
        ("above", "s7", "CHQ", "UKR", None, "people"),
        ("below", "s9", "medinsky", "RUS", "UKR", "people"),
        ("possible", "s6", "RUS", "RUS", "RUS", "people"),
        ("agrees", "s4", "UKR", "UKR", "UKR", "people"),
    ]
    counted = {"above": 2, "below": 1, "denied": 0, "possible": 1, "unchecked": 0, "agrees": 1}
    assert [(count.verdict, count.claims) for count in report.verdicts] == list(counted.items())
    assert list(counted) == list(WORST_FIRST)


def test_only_some_verdicts_are_shown_and_all_are_counted() -> None:
    report = claims(BOOK, BOOK.events, only=("below", "agrees"))
    assert [row.event for row in report.rows] == ["s9", "s4"]
    assert sum(count.claims for count in report.verdicts) == 5


def test_the_claims_of_some_events_are_judged_against_the_whole_ledger() -> None:
    (row,) = claim_rows(BOOK, (BOOK.by_id["s4"],))
    assert (row.event, row.verdict, row.finding.terms) == ("s4", "agrees", ("390",))
