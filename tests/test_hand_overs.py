"""Hand-overs: what they are under."""

from ledgers import shipped_snapshot
from talkstrack.rules.hand_overs import hand_overs, tied_to


def test_a_hand_over_is_placed_by_any_link_of_any_account() -> None:
    snapshot = shipped_snapshot()
    under = {hand_over.event.id: tied_to(snapshot, hand_over.flows) for hand_over in hand_overs(snapshot, "bodies")}
    assert under["repatriation-2025-07-17"] == "istanbul"
    assert under["repatriation-2025-08-19"] == "agreement-3/bodies"
    assert under["repatriation-2025-12-19"] == ""
