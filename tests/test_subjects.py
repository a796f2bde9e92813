"""What a claim is about: its unit, its receivers, its scope and its days."""

import pytest

from ledgers import block, snapshot_from
from talkstrack.model.dates.days import iso_day_number
from talkstrack.model.dates.period import EVER, OPEN_START, Span
from talkstrack.rules.subjects import claimed_commitments, subject_of
from tallies import agreement, hand

LEDGER = agreement("a1", "people people", "bodies bodies UKR") + hand("x", "1", "2 to=RUS", text='under = "a1"')
DAY = iso_day_number("2025-07-01")
UNTIL = Span(OPEN_START, DAY)


def said(more: str, claim: str) -> str:
    return block("s", "statement", "2025-07-01", f'{more}\n[[event.claim]]\nby = "medinsky"\n{claim}\n')


SUBJECTS: dict[str, tuple[str, str, tuple[str, tuple[str, ...], str | None, Span, str | None]]] = {
    "the hand-over it is about": ('about = ["a1", "x"]', "count = 1", ("people", ("UKR", "RUS"), "x", EVER, "x")),
    "itself, where there is none": ("", "count = 1", ("people", ("UKR", "RUS"), "s", EVER, None)),
    "an agreement up to its day": (
        "", 'count = 1\nunder = "a1"\nto = "Kyiv"', ("people", ("UKR",), "a1", UNTIL, None),
    ),
    "a commitment and its unit": ("", 'count = 1\nunder = "a1/bodies"', ("bodies", (), "a1/bodies", UNTIL, None)),
    "since a day": (
        "", "count = 1\nsince = 2025-06-01",
        ("people", ("UKR", "RUS"), None, Span(iso_day_number("2025-06-01"), DAY), None),
    ),
    "an ordinal of everything": ('about = ["x"]', "nth = 1", ("people", ("UKR", "RUS"), None, UNTIL, "x")),
}  # fmt: skip


@pytest.mark.parametrize("case", SUBJECTS)
def test_what_a_claim_is_about(case: str) -> None:
    more, text, expected = SUBJECTS[case]
    snapshot = snapshot_from(LEDGER + said(more, text))
    event = snapshot.by_id["s"]
    subject = subject_of(snapshot, event, event.claim[0])
    hand_over = subject.hand_over.id if subject.hand_over else None
    assert (subject.unit, subject.receivers, subject.scope, subject.span, hand_over) == expected
    assert subject.side == "RUS"


CLAIMED = {
    "a commitment": ("", 'under = "a1/bodies"', ("a1/bodies",)),
    "all that an agreement counts": ("", 'under = "a1"', ("a1/people", "a1/bodies")),
    "what its event is under": ('under = "a1"', "", ("a1/people", "a1/bodies")),
    "nothing": ("", "", ()),
}


@pytest.mark.parametrize("case", CLAIMED)
def test_the_commitments_that_are_said_to_be_fulfilled(case: str) -> None:
    more, text, expected = CLAIMED[case]
    snapshot = snapshot_from(LEDGER + said(more, f"fulfilled = true\n{text}"))
    event = snapshot.by_id["s"]
    assert claimed_commitments(snapshot, event, event.claim[0]) == expected
