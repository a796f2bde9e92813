"""Scopes: what a row counts in, through links, wholes, agreements and the talks."""

import pytest

from ledgers import snapshot_from
from talkstrack.rules.directions import resolved
from talkstrack.rules.scope import event_link, link_of, rejects, resolve_link, scopes_of
from tallies import TALKS, agreement, hand

ROUND = '[[event]]\nid = "round-1"\nkind = "talks"\ntitle = "t"\ndate = 2025-05-16\npart_of = "talks"\n'
FRAME = TALKS + ROUND + agreement("a1", text='under = "talks"') + agreement("a2", text='under = "round-1"')
A1, A2 = {"a1/people", "a1", "talks"}, {"a2/people", "a2", "round-1", "talks"}

CASES: dict[str, tuple[str, str | None, set[str]]] = {
    "no link": (hand("x", "1"), None, {"x"}),
    "an agreement feeds what fits": (hand("x", "1", text='under = "a1"'), "a1", {"x"} | A1),
    "bodies feed bodies": (
        hand("x", "1", text='under = "a1"', kind="repatriation"), "a1", {"x", "a1/bodies", "a1", "talks"},
    ),
    "a commitment": (hand("x", "1", text='under = "a2/people"'), "a2/people", {"x"} | A2),
    "the talks": (hand("x", "1", text='under = "talks"'), "talks", {"x", "talks"}),
    "the row's own link": (hand("x", "1 under=a1", text='under = "a2"'), "a1", {"x"} | A1),
    "a cut link": (hand("x", "1 under=-", text='under = "a2"'), "", {"x"}),
    "a link to a whole": (
        hand("w", "9 to=RUS", text='under = "a1"') + hand("s", "9 to=RUS", text='part_of = "w"') + hand("x", "1 under=w"),
        "w",
        {"x", "w"} | A1,
    ),
    "a part takes the link of its whole": (
        hand("w", "1", text='under = "a1"') + hand("x", "1", text='part_of = "w"'), "a1", {"x", "w"} | A1,
    ),
    "a part of a part": (
        hand("w", "1", text='under = "a1"') + hand("v", "1", text='part_of = "w"') + hand("x", "1", text='part_of = "v"'),
        "a1",
        {"x", "v", "w"} | A1,
    ),
    "a part of a part with a link of its own": (
        hand("w", "1", text='under = "a1"') + hand("v", "1", text='part_of = "w"\nunder = "a2"')
        + hand("x", "1", text='part_of = "v"'),
        "a2",
        {"x", "v", "w"} | A2,
    ),
    "a cut link leaves the whole": (
        hand("w", "1", text='under = "a1"') + hand("x", "1 under=-", text='part_of = "w"'), "", {"x", "w"},
    ),
    "a whole that was withdrawn": (
        hand("w", "1", text='under = "a1"')
        + hand("w", "1", text='revision = 2\nrecorded = 2025-07-01\nbecause = "b"\nretracted = true')
        + hand("x", "1"),
        None,
        {"x"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_row_counts_in_its_event_its_wholes_and_all_above_its_link(case: str) -> None:
    text, link, scopes = CASES[case]
    snapshot = snapshot_from(FRAME + text)
    event = snapshot.by_id["x"]
    (row, *_) = resolved(snapshot.register, event)
    assert link_of(snapshot, event, row.transfer) == link
    assert scopes_of(snapshot, event, row) == scopes


def test_an_agreement_feeds_the_commitment_of_its_unit_and_direction() -> None:
    both = ("to-ukr people UKR", "to-rus people RUS", "each bodies")
    two = agreement("a3", "first people", "second people")
    snapshot = snapshot_from(agreement("a1", *both) + agreement("a2", "one bodies") + two + hand("x", "1"))
    assert resolve_link(snapshot, "a3", "people", "UKR") == "a3"
    assert resolve_link(snapshot, "a1", "people", "UKR") == "a1/to-ukr"
    assert resolve_link(snapshot, "a1", "people", "RUS") == "a1/to-rus"
    assert resolve_link(snapshot, "a1", "people", "USA") == "a1"
    assert resolve_link(snapshot, "a1", "bodies", "USA") == "a1/each"
    assert resolve_link(snapshot, "a2", "people", "UKR") == "a2"
    assert resolve_link(snapshot, "a1/each", "people", "UKR") == "a1/each"
    assert resolve_link(snapshot, "x", "people", "UKR") == "x"
    assert resolve_link(snapshot, "nothing", "people", "UKR") == "nothing"


def test_readings_of_one_commitment_are_one_commitment() -> None:
    readings = "".join(
        f'[[event.commitment]]\nid = "p"\nwhat = "people"\ncount = {count}\nby = "{by}"\n'
        for by, count in (("UKR", 1200), ("RUS", 1000))
    )
    text = f'[[event]]\nid = "a1"\nkind = "agreement"\ntitle = "t"\ndate = 2025-05-16\n{readings}'
    assert resolve_link(snapshot_from(text), "a1", "people", "UKR") == "a1/p"


DENIALS = {
    "silent": ("1", "a1/people", False),
    "cut": ("1 under=-", "a1/people", True),
    "tied": ("1 under=a1", "a1/people", False),
    "tied to another agreement": ("1 under=a2", "a1/people", True),
    "tied to the talks that hold it": ("1 under=talks", "a1/people", False),
    "tied to the agreement of the commitment": ("1 under=a1", "a1", False),
    "tied to a round beside it": ("1 under=round-1", "a1", True),
    "tied below the talks": ("1 under=a1", "talks", False),
    "cut, in its own scope": ("1 under=-", "x", False),
}


@pytest.mark.parametrize("case", DENIALS)
def test_silence_is_no_denial(case: str) -> None:
    row, scope, is_denied = DENIALS[case]
    snapshot = snapshot_from(FRAME + hand("x", row))
    event = snapshot.by_id["x"]
    assert rejects(snapshot, event, resolved(snapshot.register, event)[0], scope) is is_denied


def test_the_link_of_an_event_goes_up_through_its_wholes() -> None:
    snapshot = snapshot_from(
        FRAME + hand("w", "1", text='under = "a1"') + hand("x", "1", text='part_of = "w"') + hand("y", "1")
    )
    assert [event_link(snapshot, snapshot.by_id[key]) for key in ("w", "x", "y")] == ["a1", "a1", None]
