"""Claims against the record: each verdict, and a claim that just misses it."""

import pytest

from ledgers import block, found, snapshot_from
from talkstrack.model.counts import parse_count
from talkstrack.model.sums import total
from talkstrack.rules.ordinals import place_under
from talkstrack.rules.verdicts import Denial, compare

AGREEMENT = """
[[event]]
id = "deal"
kind = "agreement"
title = "Agreement"
date = 2025-06-02
parties = ["UKR", "RUS"]
[[event.commitment]]
id = "prisoners"
what = "people"
count = 1000
[[event.commitment]]
id = "bodies"
what = "bodies"
to = "UKR"
count = 6000
"""


def exchange(day: str, count: str, more: str = "", kind: str = "exchange") -> str:
    """Write a hand-over to Ukraine under the agreement, on a day of June 2025."""
    to = f'under = "deal"\n[[event.transfer]]\nto = "UKR"\ncount = {count}\n{more}'
    return block(f"{kind}-{day}", kind, f"2025-06-{day}", to)


def claim(text: str, day: str = "30", by: str = "UKR", more: str = "") -> str:
    """Write a statement with one claim, at the end of June 2025."""
    return block("said", "statement", f"2025-06-{day}", f'by = "{by}"\n{more}\n[[event.claim]]\nby = "{by}"\n{text}\n')


def verdict(*parts: str) -> str:
    """Return the verdict on the claim of the event `said`."""
    return found(snapshot_from(AGREEMENT + "".join(parts)), "said").verdict


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        ("390", "agrees"),
        ('"390+"', "agrees"),
        ('"<=390"', "agrees"),
        ('"~400"', "agrees"),
        ('"~500"', "above"),
        ("391", "above"),
        ("389", "below"),
        ('">390"', "above"),
        ('"<390"', "below"),
        ('">389"', "agrees"),
    ],
)
def test_an_exact_record_decides_every_claim(claimed: str, expected: str) -> None:
    assert verdict(exchange("10", "390"), claim(f'count = {claimed}\nto = "UKR"\nunder = "deal"')) == expected


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [("250", "possible"), ('">1000"', "possible"), ("1", "possible"), ('"0+"', "agrees")],
)
def test_an_open_record_decides_no_claim_above_its_floor(claimed: str, expected: str) -> None:
    stages = exchange("10", '"~250"') + exchange("12", '"withheld"')
    assert verdict(stages, claim(f'count = {claimed}\nto = "UKR"\nunder = "deal"')) == expected


@pytest.mark.parametrize(
    ("claimed", "recorded", "expected"),
    [
        ("1245..1248", "1245..1248", "agrees"),
        ("1246..1248", "1245..1248", "possible"),
        ("1244..1250", "1245..1248", "agrees"),
        ("1249", "1245..1248", "above"),
        ("1248", "1245..1248", "possible"),
        ("1244", "1245..1248", "below"),
        ("~12000", "12060..12063", "agrees"),
        ("1200+", "1200+", "agrees"),
        ("1201+", "1200+", "possible"),
        ("<=1199", "1200+", "below"),
    ],
)
def test_bounds_against_bounds(claimed: str, recorded: str, expected: str) -> None:
    assert compare(parse_count(claimed).bounds, total([parse_count(recorded)])) == expected


def test_about_n_is_half_of_its_last_place_and_at_most_a_fifth() -> None:
    for recorded, expected in (("12500", "agrees"), ("12501", "below"), ("11500", "agrees"), ("11499", "above")):
        assert verdict(exchange("10", recorded), claim('count = "~12000"\nto = "UKR"\nunder = "deal"')) == expected
    for recorded, expected in (("240", "agrees"), ("241", "below"), ("160", "agrees"), ("159", "above")):
        assert verdict(exchange("10", recorded), claim('count = "~200"\nto = "UKR"\nunder = "deal"')) == expected


def test_a_claim_is_checked_against_its_own_side_first() -> None:
    rivals = block(
        "x",
        "repatriation",
        "2025-06-16",
        """under = "deal"
[[event.transfer]]
to = "UKR"
count = 1245
by = "UKR"
[[event.transfer]]
to = "UKR"
count = 1248
by = "RUS"
""",
    )
    wanted = 'what = "bodies"\nto = "UKR"\nunder = "deal"\ncount = '
    told = {
        (by, count): verdict(rivals, claim(wanted + count, by=by))
        for by in ("CHQ", "RUS", "tass")
        for count in ("1245", "1248")
    }
    assert told == {
        ("CHQ", "1245"): "agrees",
        ("CHQ", "1248"): "above",
        ("RUS", "1245"): "below",
        ("RUS", "1248"): "agrees",
        ("tass", "1245"): "possible",
        ("tass", "1248"): "possible",
    }
    ours = found(snapshot_from(AGREEMENT + rivals + claim(wanted + "1245", by="CHQ")), "said")
    theirs = found(snapshot_from(AGREEMENT + rivals + claim(wanted + "1245", by="tass")), "said")
    assert (ours.own_account, theirs.own_account) == (True, False)


def test_a_claim_counts_up_to_its_own_day() -> None:
    late = exchange("10", "390") + exchange("20", "10")
    wanted = 'count = 390\nto = "UKR"\nunder = "deal"'
    assert [verdict(late, claim(wanted, day)) for day in ("10", "19", "20")] == ["agrees", "agrees", "below"]


def test_since_cuts_off_what_came_before() -> None:
    two = exchange("10", "390") + exchange("20", "10")
    for day, expected in (("10", "agrees"), ("11", "above")):
        assert verdict(two, claim(f'count = 400\nto = "UKR"\nsince = 2025-06-{day}')) == expected


def test_without_a_direction_both_are_counted_together() -> None:
    both = exchange("10", "390", '[[event.transfer]]\nto = "RUS"\ncount = 10')
    assert verdict(both, claim('count = 400\nunder = "deal"')) == "agrees"
    assert verdict(both, claim('count = 400\nto = "UKR"\nunder = "deal"')) == "above"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('count = 390\nto = "UKR"\nsince = 2025-05-05', "before-ledger"),
        ('nth = 66\nseries = "numbered"\nunder = "deal"', "own-numbering"),
        (
            'count = 20\nto = "UKR"\nunder = "deal"\ndescribed_as = "wounded"',
            "not-counted-apart",
        ),
        ('count = 390\nto = "UKR"\nunder = "deal"\nwhat = "bodies"', "nothing-recorded"),
    ],
)
def test_unchecked(text: str, why: str) -> None:
    one = found(snapshot_from(AGREEMENT + exchange("10", "390") + claim(text)), "said")
    assert (one.verdict, one.why) == ("unchecked", why)


def test_a_claim_since_the_first_covered_day_is_checked() -> None:
    assert verdict(exchange("10", "390"), claim('count = 390\nto = "UKR"\nsince = 2025-05-06')) == "agrees"


def test_a_category_that_the_record_counts_apart_is_checked() -> None:
    parts = exchange("10", "390", "parts = { military = 270, civilian = 120 }") + exchange(
        "12", "307", "parts = { military = 307 }"
    )
    wanted = 'to = "UKR"\nunder = "deal"\ndescribed_as = "civilian"\ncount = '
    assert [verdict(parts, claim(wanted + count)) for count in ("119", "120", "121")] == ["below", "agrees", "above"]
    hidden = parts + exchange("14", '"unknown"')
    assert verdict(hidden, claim(wanted + "121")) == "possible"


def test_an_ordinal_is_the_place_among_the_held_hand_overs_of_its_kind() -> None:
    stages = "".join(exchange(day, "5") for day in ("09", "10", "12"))
    bodies = exchange("11", "1212", kind="repatriation")
    skipped = block(
        "planned",
        "exchange",
        "2025-06-07",
        'status = "lapsed"\nunder = "deal"\n[[event.transfer]]\nto = "UKR"\ncount = 500',
    )
    untied = block("own", "exchange", "2025-06-08", '[[event.transfer]]\nto = "UKR"\ncount = 1')
    told = [verdict(stages, bodies, skipped, untied, claim(f'nth = {nth}\nunder = "deal"')) for nth in (2, 3, 4)]
    assert told == ["below", "agrees", "above"]


def test_a_whole_takes_no_place() -> None:
    whole = block("whole", "exchange", '"2025-06-09/2025-06-10"', 'under = "deal"')
    stages = "".join(exchange(day, "5").replace("under =", 'part_of = "whole"\nunder =') for day in ("09", "10"))
    one = found(snapshot_from(AGREEMENT + whole + stages + claim('nth = 2\nunder = "deal"')), "said")
    assert (one.verdict, one.position, one.term_dates) == ("agrees", 2, ("2025-06-09", "2025-06-10"))


def test_an_ordinal_on_a_hand_over_counts_up_to_that_one_on_its_day() -> None:
    first = block(
        "first", "exchange", "2025-06-10",
        'under = "deal"\n[[event.transfer]]\nto = "UKR"\ncount = 5\n'
        '[[event.claim]]\nby = "UKR"\nnth = 1\nunder = "deal"',
    )  # fmt: skip
    second = first.replace('"first"', '"second"').replace("nth = 1", "nth = 2")
    snapshot = snapshot_from(AGREEMENT + first + second)
    assert [found(snapshot, key).verdict for key in ("first", "second")] == ["agrees", "agrees"]


def test_the_place_of_a_hand_over_under_an_agreement() -> None:
    snapshot = snapshot_from(
        AGREEMENT + exchange("09", "5") + exchange("10", "5") + exchange("11", "9", kind="repatriation")
    )
    places = {
        key: place_under(snapshot, snapshot.by_id[key], "deal/prisoners")
        for key in ("exchange-09", "exchange-10", "repatriation-11")
    }
    assert places == {"exchange-09": (1, 2), "exchange-10": (2, 2), "repatriation-11": None}


def one_way(count: str) -> str:
    """Write an exchange of as many each way."""
    return exchange("10", count, f'[[event.transfer]]\nto = "RUS"\ncount = {count}')


@pytest.mark.parametrize(
    ("count", "complete", "not_complete"),
    [
        ("1000", "agrees", "below"),
        ("999", "above", "agrees"),
        ('"withheld"', "possible", "possible"),
        ('"~1000"', "possible", "possible"),
    ],
)
def test_fulfilled_agrees_when_met_and_is_above_when_it_cannot_be(count: str, complete: str, not_complete: str) -> None:
    for word, expected in (("true", complete), ("false", not_complete)):
        assert verdict(one_way(count), claim(f'fulfilled = {word}\nunder = "deal/prisoners"')) == expected


def test_fulfilled_in_one_direction_alone() -> None:
    handed = exchange("10", "1000") + exchange("11", "10", '[[event.transfer]]\nto = "RUS"\ncount = 999')
    for to, expected in (("UKR", "agrees"), ("RUS", "above")):
        assert verdict(handed, claim(f'fulfilled = true\nto = "{to}"\nunder = "deal/prisoners"')) == expected


def test_a_promise_without_a_number_is_not_checked() -> None:
    visions = '[[event.commitment]]\nid = "visions"\n'
    one = found(snapshot_from(AGREEMENT + visions + claim('fulfilled = true\nunder = "deal/visions"')), "said")
    assert (one.verdict, one.why) == ("unchecked", "no-number-promised")


def contrary(text: str, by: str = "RUS", day: str = "30") -> str:
    """Write another side's word."""
    return block("contrary", "statement", f"2025-06-{day}", f'[[event.claim]]\nby = "{by}"\n{text}')


def test_denied_where_the_record_cannot_decide_and_another_side_claims_the_contrary() -> None:
    done, not_done = ('fulfilled = true\nunder = "deal/prisoners"', 'fulfilled = false\nunder = "deal/prisoners"')
    hidden = one_way('"withheld"')
    one = found(snapshot_from(AGREEMENT + hidden + claim(done) + contrary(not_done)), "said")
    assert (one.verdict, one.denials) == ("denied", (Denial(by="RUS", date="2025-06-30"),))
    assert verdict(hidden, claim(done), contrary(done)) == "possible"
    assert verdict(hidden, claim(done), contrary(not_done, by="CHQ")) == "possible"
    assert verdict(one_way("1000"), claim(done), contrary(not_done)) == "agrees"


def test_a_count_is_denied_by_a_rival_count_of_the_same_thing() -> None:
    mine, hidden = 'count = ">1000"\nto = "UKR"\nunder = "deal"', exchange("10", '"withheld"')
    for rival, expected in (("900", "denied"), ("1001", "possible"), ('"~1200"', "possible")):
        assert verdict(hidden, claim(mine), contrary(f'count = {rival}\nto = "UKR"\nunder = "deal"')) == expected
    other_way = 'count = 900\nto = "RUS"\nunder = "deal"'
    earlier = 'count = 900\nto = "UKR"\nunder = "deal"'
    assert verdict(hidden, claim(mine), contrary(other_way)) == "possible"
    assert verdict(hidden, claim(mine), contrary(earlier, day="29")) == "possible"


def test_an_answer_denies_what_the_record_leaves_open() -> None:
    hidden = one_way('"withheld"')
    said = claim('fulfilled = true\nunder = "deal/prisoners"', by="trump")
    for answer, expected in (("denied", "denied"), ("none", "possible")):
        assert verdict(hidden, said, f'[[event.response]]\nby = "UKR"\nanswer = "{answer}"\n') == expected
    own = '[[event.response]]\nby = "USA"\nanswer = "denied"\n'
    assert verdict(hidden, said, own) == "possible"


def test_a_claim_about_the_event_alone() -> None:
    handed = block(
        "said", "exchange", "2025-06-10",
        '[[event.transfer]]\nto = "UKR"\ncount = 205\n[[event.claim]]\nby = "tass"\nto = "UKR"\ncount = 200',
    )  # fmt: skip
    assert verdict(handed, exchange("09", "5")) == "below"
    assert verdict(handed.replace("count = 200", "count = 205"), exchange("09", "5")) == "agrees"
