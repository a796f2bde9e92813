"""Totals of the tally: wholes that measure their parts, and categories that break a figure down."""

import pytest

from ledgers import book_of
from talkstrack.reports.exchanges import exchanges
from tallies import exact, hand, told

WHOLE = hand("w", "300")
PART = 'part_of = "w"'


def totals(text: str) -> dict[str, tuple[str, int, int | None] | None]:
    snapshot = book_of(text)
    return {one.to: told(one.total) for one in exchanges(snapshot, snapshot.events).totals if one.group is None}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (hand("x", "100 to=RUS", text=PART), {"UKR": exact(300), "RUS": exact(100)}),
        (
            hand("x", "unknown", text=PART) + hand("y", "5 to=RUS", text=PART),
            {"UKR": exact(300), "RUS": exact(5)},
        ),
        (hand("x", "100", text=PART) + hand("y", "200", text=PART), {"UKR": exact(300)}),
    ],
)
def test_a_whole_speaks_for_the_directions_its_parts_leave_open(
    parts: str, expected: dict[str, tuple[str, int, int | None]]
) -> None:
    assert totals(WHOLE + parts) == expected


def test_a_figure_that_is_broken_down_in_part_only_counts_as_not_broken_down() -> None:
    snapshot = book_of(hand("x", "33 parts=military:33", "51") + hand("y", "7 parts=military:7"))
    total = next(one for one in exchanges(snapshot, snapshot.events).totals if one.group is None)
    assert (told(total.total), told(total.not_broken_down)) == (exact(91), exact(84))
    assert {name: told(one) for name, one in total.parts.items()} == {"military": exact(7)}
