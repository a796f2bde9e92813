"""Accounts: what one side says adds up, what rivals say stands side by side, and links belong to who states them."""

import pytest

from ledgers import snapshot_from
from talkstrack.model.counts import parse_count
from talkstrack.model.sums import as_single_term, total
from talkstrack.rules.accounts import figure, figure_in_scope, flows, links_by_side, sides_tying, stated_categories
from tallies import TALKS, Told, agreement, exact, group_in, hand, told

FRAME = TALKS + agreement("a1", text='under = "talks"') + agreement("a2", text='under = "talks"')
SCOPE = "a1/people"
WITHHELD: Told = ("withheld", 0, None)
UNKNOWN: Told = ("unknown", 0, None)
Rows = tuple[str, ...]


def test_rows_fall_into_groups_by_direction_and_unit_and_accounts_by_side() -> None:
    rows = ("1 by=UKR", "2 by=umerov to=CHQ", "3 by=RUS", "4 to=RUS", "5 by=tass", "6 what=bodies")
    snapshot = snapshot_from(FRAME + hand("x", *rows))
    found = {
        (group.receiver, group.unit): [
            (one.side, [row.transfer.count.text for row in one.rows]) for one in group.accounts
        ]
        for group in flows(snapshot, snapshot.by_id["x"])
    }
    assert found == {
        ("UKR", "people"): [("UKR", ["1", "2"]), ("RUS", ["3"]), ("tass", ["5"])],
        ("RUS", "people"): [(None, ["4"])],
        ("UKR", "bodies"): [(None, ["6"])],
    }


FIGURES: dict[str, tuple[Rows, Told, dict[str, Told]]] = {
    "undisputed": (("84",), exact(84), {"UKR": exact(84), "RUS": exact(84)}),
    "rows of one account add up": (("33 by=UKR", "51 by=CHQ"), exact(84), {"UKR": exact(84)}),
    "rivals are never added": (
        ("33 by=UKR", "51 by=UKR", "84 by=RUS"), exact(84), {"UKR": exact(84), "RUS": exact(84)},
    ),
    "a range over rivals": (
        ("1245 by=UKR", "1248 by=RUS"),
        ("1245..1248", 1245, 1248),
        {"UKR": exact(1245), "RUS": exact(1248), "USA": ("1245..1248", 1245, 1248), "tass": ("1245..1248", 1245, 1248)},
    ),
    "each source is a side": (
        ("10 by=UKR", "20 by=tass", "30 by=liga"), ("10..30", 10, 30), {"tass": exact(20), "liga": exact(30)},
    ),
    "who withholds never widens": (
        ("withheld by=UKR", "~250 by=medinsky"), ("~250", 0, None), {"UKR": ("~250", 0, None), "RUS": ("~250", 0, None)},
    ),
    "nobody tells": (("withheld by=UKR", "unknown by=RUS"), WITHHELD, {"UKR": WITHHELD, "RUS": WITHHELD}),
    "half an account does not disclose": (
        ("33 by=UKR", "withheld by=UKR", "84 by=RUS"), exact(84), {"UKR": exact(84), "RUS": exact(84)},
    ),
    "half an account is a floor where nobody tells more": (
        ("33 by=UKR", "withheld by=UKR", "unknown by=RUS"), ("33+", 33, None), {"UKR": ("33+", 33, None)},
    ),
    "unknown is not zero": (("unknown",), UNKNOWN, {"UKR": UNKNOWN}),
    "zero is": (("0",), exact(0), {"UKR": exact(0)}),
    "at least": (("1000+ by=UKR", "900 by=RUS"), ("900..1000+", 900, None), {"UKR": ("1000+", 1000, None)}),
}  # fmt: skip


@pytest.mark.parametrize("case", FIGURES)
def test_a_figure_is_the_range_or_one_sides(case: str) -> None:
    rows, expected, by_side = FIGURES[case]
    snapshot = snapshot_from(FRAME + hand("x", *rows))
    group = group_in(snapshot, "x")
    assert told(figure(group)) == expected
    assert {side: told(figure(group, side)) for side in by_side} == by_side
    assert figure(group).terms == 1


def test_the_number_of_terms_is_the_number_of_hand_overs() -> None:
    half, none = (total(map(parse_count, texts)) for texts in (["33", "withheld"], ["withheld", "unknown"]))
    for found, hidden, is_open in (
        (as_single_term(half), 0, True),
        (as_single_term(none), 1, False),
        (as_single_term(total(())), 0, False),
    ):
        assert (found.terms, found.undisclosed, found.open) == (1, hidden, is_open)


LINKS: dict[str, tuple[Rows, Told | None, dict[str, Told | None], tuple[str | None, ...]]] = {
    "nobody ties it": (("84",), None, {"UKR": None}, ()),
    "undisputed tie": (("84 under=a1",), exact(84), {"UKR": exact(84), "RUS": exact(84)}, (None,)),
    "undisputed cut": (("84 under=-",), None, {"UKR": None}, ()),
    "tied and denied": (
        ("84 by=UKR under=a1", "84 by=RUS under=-"), ("0..84", 0, 84), {"UKR": exact(84), "RUS": None}, ("UKR",),
    ),
    "tied to one agreement and to another": (
        ("84 by=UKR under=a1", "84 by=RUS under=a2"), ("0..84", 0, 84), {"UKR": exact(84), "RUS": None}, ("UKR",),
    ),
    "tied and silent": (
        ("84 by=UKR under=a1", "90 by=RUS"), exact(84), {"UKR": exact(84), "RUS": None}, ("UKR",),
    ),
    "tied and left open by a link to the talks": (
        ("84 by=UKR under=a1", "90 by=RUS under=talks"), exact(84), {"UKR": exact(84), "RUS": None}, ("UKR",),
    ),
    "tied by both": (
        ("80 by=UKR under=a1", "84 by=RUS under=a1"),
        ("80..84", 80, 84), {"UKR": exact(80), "RUS": exact(84), "USA": ("80..84", 80, 84)}, ("UKR", "RUS"),
    ),
    "some rows of an account": (
        ("33 by=UKR under=a1", "51 by=UKR", "84 by=RUS under=-"),
        ("0..33", 0, 33), {"UKR": exact(33), "RUS": None}, ("UKR",),
    ),
    "tied by one that withholds": (
        ("withheld by=UKR under=a1", "84 by=RUS"), exact(84), {"UKR": exact(84), "RUS": None}, ("UKR",),
    ),
    "withheld and denied: a hole, never nothing": (
        ("withheld by=UKR under=a1", "unknown by=RUS under=-"), WITHHELD, {"UKR": WITHHELD, "RUS": None}, ("UKR",),
    ),
    "some rows withheld and denied: a hole, never nothing": (
        ("withheld by=UKR under=a1", "51 by=UKR", "84 by=RUS under=-"),
        WITHHELD, {"UKR": WITHHELD, "RUS": None}, ("UKR",),
    ),
    "a floor that is denied": (
        ("33 by=UKR under=a1", "withheld by=UKR under=a1", "unknown by=RUS under=-"),
        ("0..33+", 0, None), {"UKR": ("33+", 33, None)}, ("UKR",),
    ),
    "half an account never widens what others tie": (
        ("33 by=UKR under=a1", "withheld by=UKR under=a1", "5 by=UKR", "84 by=RUS under=a1"),
        exact(84), {"UKR": ("33+", 33, None), "RUS": exact(84)}, ("UKR", "RUS"),
    ),
    "half an account gives way to what others tie": (
        ("33 by=UKR under=a1", "withheld by=UKR under=a1", "20 by=RUS under=a1", "7 by=RUS"),
        exact(20), {"RUS": exact(20)}, ("UKR", "RUS"),
    ),
    "about that is denied": (("~250 by=UKR under=a1", "0 by=RUS under=-"), ("~0..250", 0, None), {}, ("UKR",)),
}  # fmt: skip


@pytest.mark.parametrize("case", LINKS)
def test_a_link_belongs_to_the_account_that_states_it(case: str) -> None:
    rows, expected, by_side, ties = LINKS[case]
    snapshot = snapshot_from(FRAME + hand("x", *rows))
    group = group_in(snapshot, "x")
    assert told(figure_in_scope(snapshot, group, SCOPE)) == expected
    assert {side: told(figure_in_scope(snapshot, group, SCOPE, side)) for side in by_side} == by_side
    assert sides_tying(snapshot, group, SCOPE) == ties


def test_the_links_of_each_side_are_told() -> None:
    rows = ("1 by=UKR under=a1", "2 by=UKR under=a1", "3 by=UKR under=a2", "4 by=RUS under=-", "5 by=tass")
    snapshot = snapshot_from(FRAME + hand("x", *rows))
    assert links_by_side(snapshot, group_in(snapshot, "x")) == {"UKR": ("a1", "a2"), "RUS": ("",), "tass": ()}


def test_a_scope_above_the_link_takes_it_too() -> None:
    snapshot = snapshot_from(FRAME + hand("x", "84 by=UKR under=a1", "84 by=RUS under=a2"))
    group = group_in(snapshot, "x")
    assert [told(figure_in_scope(snapshot, group, scope)) for scope in ("talks", "a1", "a2/people", "a1/bodies", "x")] == [
        exact(84), ("0..84", 0, 84), ("0..84", 0, 84), None, exact(84),
    ]  # fmt: skip


PARTS: dict[str, tuple[Rows, dict[str, str], dict[str, dict[str, str]]]] = {
    "none": (("390",), {}, {"UKR": {}}),
    "one account": (("390 parts=military:270,civilian:120",), {"military": "270", "civilian": "120"}, {}),
    "rows add up": (
        ("33 by=UKR parts=military:33", "51 by=UKR parts=civilian:51"),
        {"military": "33", "civilian": "51"}, {},
    ),
    "rivals make a range per category": (
        ("146 by=UKR parts=military:146", "154 by=RUS parts=military:146,civilian:8"),
        {"military": "146", "civilian": "0..8"},
        {"UKR": {"military": "146"}, "RUS": {"military": "146", "civilian": "8"}},
    ),
    "only who breaks down is asked": (
        ("84 by=UKR", "84 by=RUS parts=military:80,civilian:4"),
        {"military": "80", "civilian": "4"}, {"UKR": {"military": "80", "civilian": "4"}},
    ),
    "holes stay holes": (("10 parts=military:5,civilian:unknown",), {"military": "5", "civilian": "unknown"}, {}),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTS)
def test_categories_are_a_range_over_the_accounts_that_tell_them(case: str) -> None:
    rows, expected, by_side = PARTS[case]
    group = group_in(snapshot_from(FRAME + hand("x", *rows)), "x")
    assert {name: one.text for name, one in stated_categories(group).items()} == expected
    found = {side: {name: one.text for name, one in stated_categories(group, side).items()} for side in by_side}
    assert found == by_side


def test_a_category_that_half_an_account_leaves_out_is_not_zero_in_it() -> None:
    """Only an account that breaks all of its figure down says that what it does not name is nought."""
    rows = ("10 by=UKR parts=military:10", "5 by=UKR", "10 by=RUS parts=civilian:10", "5 by=RUS")
    group = group_in(snapshot_from(FRAME + hand("x", *rows)), "x")
    assert {name: one.text for name, one in stated_categories(group).items()} == {"military": "10", "civilian": "10"}
