"""Ordinals: the place of a hand-over among the held ones of its unit in a scope."""

import pytest

from ledgers import snapshot_from
from talkstrack.model.dates.days import iso_day_number
from talkstrack.model.dates.period import EVER, OPEN_START, Span
from talkstrack.rules.ordinals import ordinals, place_under
from tallies import agreement, hand

LEDGER = (
    agreement("a1")
    + hand("w", when='"2025-06-01/2025-06-02"', text='under = "a1"')
    + hand("x1", "1", when="2025-06-01", text='part_of = "w"')
    + hand("x2", "1 to=RUS", when="2025-06-02", text='part_of = "w"')
    + hand("ours", "1 by=UKR under=a1", "1 by=RUS under=-", when="2025-06-03")
    + hand("bodies", "1", when="2025-06-04", kind="repatriation", text='under = "a1"')
    + hand("planned", "1", when="2025-06-04", text='under = "a1"\nstatus = "planned"')
    + hand("long", "1", when='"2025-06-04/2025-06-20"', text='under = "a1"')
    + hand("free", "1", when="2025-06-05")
    + hand("last", "1", when="2025-06-06", text='under = "a1"')
)


def until(day: str) -> Span:
    return Span(OPEN_START, iso_day_number(day))


COUNTED: dict[str, tuple[str | None, str, Span, str | None, list[str]]] = {
    "of everything": (None, "UKR", EVER, None, ["x1", "x2", "ours", "long", "free", "last"]),
    "up to a day": (None, "UKR", until("2025-06-05"), None, ["x1", "x2", "ours", "free"]),
    "up to one": (None, "UKR", EVER, "ours", ["x1", "x2", "ours"]),
    "up to one, on its day": (None, "UKR", until("2025-06-06"), "free", ["x1", "x2", "ours", "free"]),
    "one that does not count is no end": (None, "UKR", EVER, "bodies", ["x1", "x2", "ours", "long", "free", "last"]),
    "of an agreement, as one side ties it": ("a1", "UKR", EVER, None, ["x1", "x2", "ours", "long", "last"]),
    "as the other does": ("a1", "RUS", EVER, None, ["x1", "x2", "long", "last"]),
    "since a day": ("a1", "RUS", Span(iso_day_number("2025-06-02"), iso_day_number("2025-06-20")), None, ["x2", "long", "last"]),
}  # fmt: skip


@pytest.mark.parametrize("case", COUNTED)
def test_held_hand_overs_are_counted_in_order(case: str) -> None:
    scope, account, span, last, expected = COUNTED[case]
    snapshot = snapshot_from(LEDGER)
    counted = ordinals(snapshot, "people", scope, account, span, snapshot.by_id.get(last or ""))
    assert [event.id for event in counted.events] == expected
    assert counted.number == len(expected)


def test_the_place_under_a_scope() -> None:
    snapshot = snapshot_from(LEDGER)
    places = {event.id: place_under(snapshot, event, "a1") for event in snapshot.events if event.transfer}
    assert places == {
        "x1": (1, 5), "x2": (2, 5), "ours": (3, 5), "bodies": (1, 1), "planned": None, "long": (4, 5), "free": None,
        "last": (5, 5),
    }  # fmt: skip
