"""Hand-overs as rows: places, running totals, and under which of them a claim stands."""

from ledgers import block, shipped_snapshot, snapshot_from
from talkstrack.reports.exchanges import exchanges

AGREEMENT = block(
    "agreement-1", "agreement", "2025-05-01", 'parties = ["UKR", "RUS"]\n[[event.commitment]]\nid = "prisoners"\n'
    'what = "people"\ncount = 100\n',
)  # fmt: skip


def swap(name: str, when: str, count: object, more: str = 'under = "agreement-1"', by: str = "") -> str:
    return block(name, "exchange", when, f'{more}\n[[event.transfer]]\nto = "UKR"\ncount = {count}\n{by}')


def claim(name: str, when: str, text: str, more: str = "") -> str:
    return block(name, "statement", when, f'{more}\n[[event.claim]]\nby = "UKR"\n{text}\n')


def claims_of(text: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return the claims beneath each hand-over, and those beneath none, by the event that claims."""
    snapshot = snapshot_from(text)
    report = exchanges(snapshot, snapshot.events)
    beneath = {row.id: [one.event for one in row.claims] for row in report.rows if row.claims}
    return beneath, [one.event for one in report.claims["people"]]


TWO = AGREEMENT + swap("one", "2025-06-01", 10) + swap("two", "2025-06-05", 20)


def test_a_claim_over_an_agreement_stands_beneath_the_last_hand_over_before_it() -> None:
    said = 'to = "UKR"\ncount = 10\nunder = "agreement-1"'
    found = claims_of(TWO + claim("early", "2025-06-03", said) + claim("late", "2025-07-01", said))
    assert found == ({"one": ["early"], "two": ["late"]}, [])


def test_a_claim_before_any_hand_over_of_one_commitment_stands_nowhere() -> None:
    assert claims_of(TWO + claim("early", "2025-05-02", 'count = 10\nunder = "agreement-1/prisoners"')) == ({}, [])


def test_a_claim_over_several_agreements_stands_beneath_the_totals() -> None:
    assert claims_of(TWO + claim("late", "2025-07-01", "count = 30\nsince = 2025-05-06")) == ({}, ["late"])


def test_a_claim_about_one_hand_over_stands_beneath_it() -> None:
    assert claims_of(TWO + claim("late", "2025-07-01", "count = 10", 'about = "one"')) == ({"one": ["late"]}, [])


def test_a_claim_about_a_whole_stands_beneath_its_last_part() -> None:
    whole = block("all", "exchange", '"2025-06-01/2025-06-05"')
    parts = swap("one", "2025-06-01", 10, 'part_of = "all"') + swap("two", "2025-06-05", 20, 'part_of = "all"')
    found = claims_of(whole + parts + claim("late", "2025-07-01", "count = 30", 'about = "all"'))
    assert found == ({"two": ["late"]}, [])


def test_a_claim_of_something_else_stands_nowhere() -> None:
    other = claim("children", "2025-07-01", "count = 30\ndescribed_as = ['children']")
    assert claims_of(TWO + other + claim("bodies", "2025-07-01", "count = 3\nwhat = 'bodies'\nsince = 2025-06-01")) == (
        {},
        [],
    )


def test_only_the_claims_of_what_is_shown_are_taken() -> None:
    snapshot = snapshot_from(TWO + claim("late", "2025-07-01", "count = 30\nsince = 2025-05-06"))
    report = exchanges(snapshot, (snapshot.by_id["one"],))
    assert (report.claims["people"], report.known, [row.id for row in report.rows]) == ((), {"people": 2}, ["one"])


def test_running_totals_start_anew_in_each_group() -> None:
    snapshot = snapshot_from(TWO + swap("three", "2025-07-01", 40, ""))
    found = {
        group: [(row.id, row.group, row.number, row.directions[0].running.text) for row in report.rows]
        for group in ("agreement", "month", "none")
        for report in (exchanges(snapshot, snapshot.events, group=group),)
    }
    key = "agreement-1/prisoners"
    assert found == {
        "agreement": [("one", key, 1, "10"), ("two", key, 2, "30"), ("three", "", 1, "40")],
        "month": [("one", "2025-06", 1, "10"), ("two", "2025-06", 2, "30"), ("three", "2025-07", 1, "40")],
        "none": [("one", "", 1, "10"), ("two", "", 2, "30"), ("three", "", 3, "70")],
    }


def test_a_part_that_is_tied_is_told_beside_the_whole_figure() -> None:
    cells = {
        (row.id, cell.to): cell.tied.text
        for row in exchanges(shipped_snapshot(), shipped_snapshot().events).rows
        for cell in row.directions
        if cell.tied is not None and cell.tied.text != cell.figure.text
    }
    assert cells == {("exchange-2025-10-02", "UKR"): "185", ("exchange-2025-10-02", "RUS"): "185"}


def test_a_side_tells_its_own_figure_else_the_undisputed_one_else_nothing() -> None:
    snapshot = snapshot_from(
        swap("one", "2025-06-01", 10, "")
        + swap("two", "2025-06-02", 20, "", 'by = "UKR"')
        + swap("three", "2025-06-03", 30, "", 'by = "tass"')
        + swap("four", "2025-06-04", 40, "", 'by = "RUS"')
    )
    report = exchanges(snapshot, snapshot.events, accounts=True)
    flows = [row.directions[0] for row in report.rows]
    told = [{side: figure and figure.text for side, figure in flow.by_side.items()} for flow in flows]
    assert told == [
        {"UKR": "10", "RUS": "10"},
        {"UKR": "20", "RUS": None},
        {"UKR": None, "RUS": None},
        {"UKR": None, "RUS": "40"},
    ]
    total = next(total for total in report.totals if total.group is None)
    alone = {side: (sum_.text, sum_.undisclosed, sum_.terms) for side, sum_ in total.by_side.items()}
    assert alone == {"UKR": ("30+", 2, 4), "RUS": ("50+", 2, 4)}
    assert [account.is_press for flow in flows for account in flow.accounts] == [False, False, True, False]


def test_what_only_may_fall_inside_raises_no_floor_of_a_side() -> None:
    snapshot = snapshot_from(swap("one", "2025-06-01", 10, "") + swap("two", "2025-06-02", 20, "", 'by = "UKR"'))
    report = exchanges(snapshot, snapshot.events, accounts=True, possible=frozenset({"two"}))
    total = next(total for total in report.totals if total.group is None)
    assert (total.possible, total.by_side["UKR"].low, total.by_side["UKR"].high) == (1, 10, 30)
