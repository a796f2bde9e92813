"""Directions and units: who hands over to whom, and what a row, a promise and a claim count."""

import pytest

from ledgers import block, snapshot_from
from talkstrack.rules.directions import receivers, resolved, unit_claimed, unit_of_commitment
from tallies import agreement, hand

FRAME = agreement("a1") + agreement("a2")


def test_directions_stand_in_the_order_of_the_register() -> None:
    text = hand("x", "1 to=RUS", "2 to=CHQ", "3 to=TUR") + hand("y", "4 to=USA", kind="repatriation")
    snapshot = snapshot_from(FRAME + text)
    assert receivers(snapshot, "people") == ("UKR", "RUS", "TUR")
    assert receivers(snapshot, "bodies") == ("USA",)


RESOLVED: dict[str, tuple[tuple[str, ...], list[tuple[str | None, str, str, str | None]]]] = {
    "both ways": (("1", "2 to=RUS"), [("RUS", "UKR", "people", None), ("UKR", "RUS", "people", None)]),
    "one way: by whom is not known": (("1",), [(None, "UKR", "people", None)]),
    "one way, and it is said": (("1 from=Moscow",), [("RUS", "UKR", "people", None)]),
    "three receive": (
        ("1", "2 to=RUS", "3 to=TUR"),
        [(None, "UKR", "people", None), (None, "RUS", "people", None), (None, "TUR", "people", None)],
    ),
    "a party that speaks for another": (("1 to=CHQ by=umerov", "2 to=RUS by=tass what=bodies"), [
        ("RUS", "UKR", "people", "UKR"), ("UKR", "RUS", "bodies", "tass"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("case", RESOLVED)
def test_a_row_goes_from_somebody_to_somebody(case: str) -> None:
    rows, expected = RESOLVED[case]
    snapshot = snapshot_from(FRAME + hand("x", *rows))
    found = resolved(snapshot.register, snapshot.by_id["x"])
    assert [(row.giver, row.receiver, row.unit, row.side) for row in found] == expected


def test_two_sides_hand_over_to_each_other_and_of_three_nobody_knows() -> None:
    snapshot = snapshot_from(
        hand("x", "1", "2 to=RUS", "9 to=TUR what=bodies", "9 what=bodies", "9 to=RUS what=bodies")
    )
    rows = resolved(snapshot.register, snapshot.by_id["x"])
    assert {(row.giver, row.receiver) for row in rows} == {(None, "UKR"), (None, "RUS"), (None, "TUR")}
    assert receivers(snapshot, "people") == ("UKR", "RUS")


def test_what_a_commitment_counts() -> None:
    snapshot = snapshot_from(agreement("a1", "people people", "bodies bodies") + LOOSE)
    units = {reference: unit_of_commitment(snapshot, reference) for reference in snapshot.commitments}
    assert units == {"a1/people": "people", "a1/bodies": "bodies", "a2/some": "people", "a2/truce": None}
    assert unit_of_commitment(snapshot, "a3/none") is None


LOOSE = block("a2", "agreement", "2025-05-17", """
[[event.commitment]]
id = "some"
count = 5
[[event.commitment]]
id = "truce"
note = "a silence of a week"
""")  # fmt: skip

CLAIMED = {
    "as said": ('about = ["h"]', 'what = "people"', "people"),
    "as its commitment": ("", 'under = "a1/bodies"', "bodies"),
    "as what its event is about": ('about = ["a1", "h"]', "", "bodies"),
    "else people": ("", "", "people"),
}


@pytest.mark.parametrize("case", CLAIMED)
def test_what_a_claim_counts(case: str) -> None:
    more, text, expected = CLAIMED[case]
    said = f'{more}\n[[event.claim]]\nby = "RUS"\ncount = 5\n{text}\n'
    snapshot = snapshot_from(
        agreement("a1") + hand("h", "1", kind="repatriation") + block("s", "statement", "2025-07-01", said)
    )
    event = snapshot.by_id["s"]
    assert unit_claimed(snapshot, event, event.claim[0]) == expected
