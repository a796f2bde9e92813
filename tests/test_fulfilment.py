"""Promises and their delivery: per direction, per reading, with what is undisclosed or denied."""

import pytest

from ledgers import block, bounds, said, snapshot_from, texts
from talkstrack.model.counts import parse_count
from talkstrack.model.sums import total
from talkstrack.rules.directions import unit_of_commitment
from talkstrack.rules.fulfilment import (
    agreement_state,
    commitment_state,
    delivered_state,
    direction,
    fulfilments,
    last_delivery,
    latest_fulfilments,
    promised_receivers,
    untied_since,
)
from talkstrack.rules.subjects import claimed_commitments

DEAL = 'parties = ["UKR", "RUS"]\n'
PRISONERS = '[[event.commitment]]\nid = "prisoners"\nwhat = "people"\ncount = {}\n'


def deal(*commitments: str) -> str:
    """Write an agreement of 2 June between Ukraine and Russia."""
    return block("deal", "agreement", "2025-06-02", DEAL + "".join(commitments))


def promise(count: str, by: str = "", to: str = "") -> str:
    """Write one reading of the commitment on prisoners."""
    return PRISONERS.format(count) + (f'by = "{by}"\n' if by else "") + (f'to = "{to}"\n' if to else "")


def handed(day: str, *rows: str, under: str = 'under = "deal"') -> str:
    """Write an exchange of June 2025; a row is `UKR 390`, `UKR 390 RUS` (by) or `UKR 390 RUS ""` (by, under)."""
    text = f"{under}\n"
    for row in rows:
        to, count, *more = row.split()
        text += f'[[event.transfer]]\nto = "{to}"\ncount = {count if count.isdigit() else repr(count)}\n'
        text += f'by = "{more[0]}"\n' if more else ""
        text += f"under = {more[1]}\n" if len(more) > 1 else ""
    return block(f"x{day}", "exchange", f"2025-06-{day}", text)


@pytest.mark.parametrize(
    ("promised", "delivered", "state"),
    [
        ("1000", ["390", "307", "303"], "met"),
        ("1000", ["390", "307", "302"], "open"),
        ("1000+", ["1000"], "met"),
        (">1000", ["1000"], "open"),
        (">1000", ["1001"], "met"),
        ("1000..1200", ["1000"], "met"),
        ("1000..1200", ["999"], "open"),
        ("1000", ["withheld"], "cannot-be-told"),
        ("1000", ["1000", "unknown"], "met"),
        ("1000", ["999", "unknown"], "cannot-be-told"),
        ("1000", ["~1000"], "cannot-be-told"),
        ("1000", ["990..999"], "open"),
        ("1000", ["990..1000"], "cannot-be-told"),
        ("1000", ["1000..1010"], "met"),
        ("1000", ["900+"], "cannot-be-told"),
        ("1000", [], "open"),
        ("~1000", ["800"], "met"),
        ("~1000", ["799"], "open"),
    ],
)
def test_the_state_of_a_promise(promised: str, delivered: list[str], state: str) -> None:
    assert delivered_state(parse_count(promised), total(parse_count(one) for one in delivered)) == state


def test_a_direction_is_followed_to_the_day_it_was_met() -> None:
    text = deal(promise("1000")) + handed("05", "UKR 600", "RUS 600") + handed("09", "UKR 400", "RUS 399")
    snapshot = snapshot_from(text)
    ours, theirs = (direction(snapshot, "deal/prisoners", to) for to in ("UKR", "RUS"))
    assert (ours.state, ours.met_on, ours.days) == ("met", "2025-06-09", 7)
    assert (theirs.state, theirs.met_on, theirs.days) == ("open", None, 281)
    assert [(one.side, said(one.promised), one.state) for one in ours.readings] == [(None, "1000", "met")]


def test_two_readings_that_end_alike_are_not_disputed() -> None:
    snapshot = snapshot_from(deal(promise("1000", "RUS"), promise('"1000..1200"', "UKR")) + handed("05", "UKR 1000"))
    one = direction(snapshot, "deal/prisoners", "UKR")
    assert [(reading.side, reading.state) for reading in one.readings] == [("RUS", "met"), ("UKR", "met")]
    assert one.state == "met"


def test_readings_that_end_differently_are_disputed() -> None:
    snapshot = snapshot_from(deal(promise("1000", "RUS"), promise('"1200+"', "UKR")) + handed("05", "UKR 1000"))
    one = direction(snapshot, "deal/prisoners", "UKR")
    assert [(reading.side, reading.state) for reading in one.readings] == [("RUS", "met"), ("UKR", "open")]
    assert one.state == "disputed"


def test_a_side_that_reads_no_promise_in_a_direction_disputes_it_until_it_is_met() -> None:
    readings = deal(promise("60", "UKR"), promise("60", "RUS", to="UKR"))
    for count, state in (("59", "disputed"), ("60", "met")):
        one = direction(snapshot_from(readings + handed("05", "UKR 60", f"RUS {count}")), "deal/prisoners", "RUS")
        assert [(reading.side, said(reading.promised)) for reading in one.readings] == [("UKR", "60"), ("RUS", None)]
        assert one.state == state


def test_each_side_tells_what_it_ties() -> None:
    """Russia ties 185, Ukraine 146; a figure that nobody disputes counts for both."""
    text = (
        deal(promise('"1200+"', "RUS"), promise('">1200"', "UKR"))
        + handed("05", "UKR 146 RUS", "UKR withheld UKR 'deal'", under="")
        + handed("09", "UKR 205 UKR", "UKR 185 RUS 'deal'", under="")
        + handed("12", "UKR 10")
    )
    one = direction(snapshot_from(text), "deal/prisoners", "UKR")
    assert texts(one.by_side) == {"UKR": "156", "RUS": "195"}
    assert one.delivered.text == "341"
    assert [(reading.side, reading.delivered.text) for reading in one.readings] == [("RUS", "195"), ("UKR", "156")]


def test_a_side_that_denies_the_link_counts_nothing() -> None:
    text = deal(promise("1000")) + handed("05", "UKR 1000 RUS", "UKR 1000 UKR ''")
    one = direction(snapshot_from(text), "deal/prisoners", "UKR")
    assert (bounds(one.delivered), one.state) == ((0, 1000), "cannot-be-told")


def fulfilled(day: str, by: str, word: str, under: str = "deal/prisoners") -> str:
    """Write a statement that the commitment is complete, or not."""
    return block(
        f"s{day}", "statement", f"2025-07-{day}", f'[[event.claim]]\nby = "{by}"\nfulfilled = {word}\nunder = "{under}"'
    )


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ((("10", "RUS", "true"), ("11", "UKR", "false")), "disputed"),
        ((("10", "RUS", "true"), ("11", "UKR", "false"), ("12", "CHQ", "true")), "met"),
        ((("10", "RUS", "true"), ("11", "tass", "false")), "met"),
        ((("10", "RUS", "true"),), "met"),
    ],
)
def test_each_side_s_last_word_counts_and_the_press_has_none(
    words: tuple[tuple[str, str, str], ...], state: str
) -> None:
    text = deal(promise("1000")) + handed("05", "UKR 1000") + "".join(fulfilled(*one) for one in words)
    assert direction(snapshot_from(text), "deal/prisoners", "UKR").state == state


def test_fulfilments_in_order_of_date_and_of_a_whole_agreement() -> None:
    text = (
        deal(promise("1000"), '[[event.commitment]]\nid = "visions"\n')
        + fulfilled("12", "UKR", "false")
        + fulfilled("10", "medinsky", "true", "deal")
    )
    snapshot = snapshot_from(text)
    told = [(one.by, one.side, one.event, one.date, one.fulfilled) for one in fulfilments(snapshot, "deal/prisoners")]
    assert told == [("medinsky", "RUS", "s10", "2025-07-10", True), ("UKR", "UKR", "s12", "2025-07-12", False)]
    assert list(latest_fulfilments(snapshot, "deal/prisoners")) == ["RUS", "UKR"]
    event = snapshot.by_id["s10"]
    assert claimed_commitments(snapshot, event, event.claim[0]) == ("deal/prisoners",)


def test_where_a_commitment_goes() -> None:
    snapshot = snapshot_from(
        deal(
            promise("1000"),
            '[[event.commitment]]\nid = "bodies"\nwhat = "bodies"\nto = "Kyiv"\ncount = 1\n',
            '[[event.commitment]]\nid = "visions"\n',
        )
        + handed("05", "UKR 1", "RUS 1")
    )
    units = {
        key: (unit_of_commitment(snapshot, f"deal/{key}"), promised_receivers(snapshot, f"deal/{key}"))
        for key in ("prisoners", "bodies", "visions")
    }
    assert units == {"prisoners": ("people", ("UKR", "RUS")), "bodies": ("bodies", ("UKR",)), "visions": (None, ())}


def test_the_last_delivery_and_what_nobody_ties() -> None:
    """Of what came later, only a hand-over that nobody ties or cuts on all sides may belong to it."""
    text = (
        deal(promise("1000"))
        + handed("01", "UKR 205", under="")
        + handed("05", "UKR 100")
        + handed("09", "UKR 84 UKR ''", "UKR 84 RUS", under="")
        + handed("12", "UKR 157 UKR ''", under="")
        + handed("14", "UKR 7", under="")
    )
    snapshot = snapshot_from(text)
    last = last_delivery(snapshot, "deal/prisoners")
    assert last is not None and last.id == "x05"
    assert [one.flow.event.id for one in untied_since(snapshot, "deal/prisoners", "UKR")] == ["x09", "x14"]


def test_a_promise_of_years_before_the_first_is_followed_too() -> None:
    text = block("deal", "agreement", '"-0044-03-01"', DEAL + promise("5", to="UKR"))
    text += block("given", "exchange", '"-0044-03-15"', 'under = "deal"\n[[event.transfer]]\nto = "UKR"\ncount = 5\n')
    found = direction(snapshot_from(text), "deal/prisoners", "UKR")
    assert (found.state, found.met_on, found.days) == ("met", "-0044-03-15", 14)


def test_where_an_agreement_stands() -> None:
    deal = block(
        "deal",
        "agreement",
        "2025-06-02",
        'parties = ["UKR", "RUS"]\n[[event.commitment]]\nid = "a"\nwhat = "people"\nto = "UKR"\ncount = 5\n'
        '[[event.commitment]]\nid = "b"\nwhat = "people"\nto = "RUS"\ncount = 5\n[[event.commitment]]\nid = "visions"',
    )
    exchange = block(
        "it",
        "exchange",
        "2025-06-09",
        'under = "deal"\n[[event.transfer]]\nto = "UKR"\ncount = 5\n[[event.transfer]]\nto = "RUS"\ncount = "{}"',
    )
    told = {}
    for count in ("4", "unknown", "5"):
        snapshot = snapshot_from(deal + exchange.format(count))
        told[count] = (
            tuple(agreement_state(snapshot, snapshot.by_id["deal"])),
            tuple(commitment_state(snapshot, "deal/a")),
        )
    assert told == {
        "4": (("open", None), ("met", "2025-06-09")),
        "unknown": (("cannot-be-told", None), ("met", "2025-06-09")),
        "5": (("met", "2025-06-09"), ("met", "2025-06-09")),
    }
