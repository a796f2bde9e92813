"""The awkward cases A to C (time, counts, order words): how a ledger says each, one test per case."""

import re
from datetime import date
from pathlib import Path

from ledgers import block, bounds, found, said, snapshot_from, texts, warned
from talkstrack.ledger.reading.read import read_text
from talkstrack.model.counts import parse_count
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.event import Event
from talkstrack.reports.agreements import commitment_row
from talkstrack.reports.deadlines import deadlines
from talkstrack.reports.exchanges import exchanges
from talkstrack.rules.accounts import flows, stated_categories
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally
from talkstrack.rules.wholes import is_whole

CASES = {
    *(f"a{number}" for number in range(1, 16)),
    *(f"b{number}" for number in range(1, 20)),
    *(f"c{number}" for number in range(1, 7)),
    *(f"d{number}" for number in range(1, 14)),
    *(f"e{number}" for number in range(1, 13)),
    *(f"f{number}" for number in range(1, 13)),
}
DEAL = block(
    "deal",
    "agreement",
    "2025-06-02",
    'parties = ["UKR", "RUS"]\n[[event.commitment]]\nid = "prisoners"\nwhat = "people"\ncount = 1000',
)


def test_every_case_has_its_test() -> None:
    here = Path(__file__).parent
    text = "".join((here / name).read_text(encoding="utf-8") for name in ("test_awkward.py", "test_awkward_links.py"))
    assert sorted(re.findall(r"^def test_([a-f]\d+)_", text, re.MULTILINE)) == sorted(CASES)


def said_on(text: str) -> Event:
    """Return the one event that a statement with these fields is."""
    return snapshot_from(block("it", "statement", "2025-07-22", text)).by_id["it"]


def handed(name: str, day: str, *rows: str, more: str = "", kind: str = "exchange") -> str:
    """Write a hand-over; a row is `UKR 390` or `UKR 390 RUS` with who says so."""
    text = f"{more}\n"
    for row in rows:
        to, count, *by = row.split(" ", 2)
        text += f'[[event.transfer]]\nto = "{to}"\ncount = "{count}"\n' + (f'by = "{by[0]}"\n' if by else "")
    return block(name, kind, day, text)


def total(snapshot: Snapshot, to: str = "UKR") -> str:
    """Return the text of the total of people to a side."""
    return tally(snapshot, "people", to).text


def test_a1_earlier_this_week_is_one_day_of_an_interval_and_the_words() -> None:
    event = snapshot_from(
        block("it", "statement", '"[2025-07-21..2025-07-23]"', 'as_written = "earlier this week"')
    ).by_id["it"]
    assert (event.when.earliest, event.when.latest, event.when.precision) == ("2025-07-21", "2025-07-23", "day")
    assert event.as_written == "earlier this week"


def test_a2_in_recent_weeks_is_the_days_of_the_parts() -> None:
    days = '"{2025-06-09,2025-07-23}"'
    text = block("all", "exchange", days, 'as_written = "in recent weeks"')
    snapshot = snapshot_from(
        text
        + handed("one", "2025-06-09", "UKR 5", more='part_of = "all"')
        + handed("two", "2025-07-23", "UKR 6", more='part_of = "all"')
    )
    whole, parts = snapshot.by_id["all"], snapshot.parts["all"]
    assert (whole.when.first, whole.when.last) == (parts[0].when.first, parts[-1].when.last)
    assert (whole.as_written, total(snapshot)) == ("in recent weeks", "11")


def test_a3_rival_dates_of_one_fact_are_one_of_several_and_the_note_tells_whose() -> None:
    when = parse_period("[2022-01..2022-03,2022-12]")
    assert (when.earliest, when.latest) == ("2022-01-01", "2022-12-31")
    assert said_on('note = "March 2022 (avia-pro.net), the end of 2022 (RBC-Ukraine)"').note is not None


def test_a4_planned_and_actual_time_stand_side_by_side() -> None:
    text = "scheduled = 2025-06-02T13:00:00+03:00"
    event = snapshot_from(block("r2", "talks", "2025-06-02T14:43:00+03:00", text)).by_id["r2"]
    assert (event.when.edtf, event.scheduled and event.scheduled.edtf) == (
        "2025-06-02T14:43:00+03:00",
        "2025-06-02T13:00:00+03:00",
    )


def test_a5_days_with_gaps_are_a_set_and_days_without_an_interval() -> None:
    whole = block("all", "exchange", '"{2025-06-09,2025-06-12}"')
    parts = "".join(handed(f"p{day}", f"2025-06-{day}", "UKR 5", more='part_of = "all"') for day in ("12", "09"))
    snapshot = snapshot_from(whole + parts)
    assert [event.id for event in snapshot.events] == ["p09", "all", "p12"]
    assert (total(snapshot), is_whole(snapshot, snapshot.by_id["all"])) == ("10", True)
    assert snapshot.by_id["all"].when.edtf != parse_period("2025-06-09/2025-06-12").edtf


def ultimatum(name: str, day: str, within: str, more: str = "") -> str:
    """Write an ultimatum with a duration."""
    return block(name, "ultimatum", day, f'{more}\n[[event.deadline]]\nto = "RUS"\nwithin = "{within}"\n')


def test_a6_a_deadline_is_a_start_and_a_duration_and_says_that_it_is_computed() -> None:
    snapshot = snapshot_from(ultimatum("it", "2025-07-14", "P50D"))
    (row,) = deadlines(snapshot, snapshot.events).rows
    assert (row.set_on.edtf, row.within, row.due.edtf, row.computed) == ("2025-07-14", "P50D", "2025-09-02", True)


def test_a7_a_deadline_of_10_or_12_days_is_a_range() -> None:
    snapshot = snapshot_from(ultimatum("it", "2025-07-28", "P10D/P12D"))
    (row,) = deadlines(snapshot, snapshot.events).rows
    assert (row.due.earliest, row.due.latest) == ("2025-08-07", "2025-08-09")


def test_a8_replaced_replaced_again_then_lapsed() -> None:
    last = ultimatum("c", "2025-07-29", "P10D", 'replaces = "b"') + 'outcome = "lapsed"\n'
    snapshot = snapshot_from(
        ultimatum("a", "2025-07-14", "P50D") + ultimatum("b", "2025-07-28", "P12D", 'replaces = "a"') + last
    )
    states = {row.event: (row.state, row.replaced_by) for row in deadlines(snapshot, snapshot.events).rows}
    assert states == {"a": ("replaced", "b"), "b": ("replaced", "c"), "c": ("lapsed", None)}


def test_a9_a_night_is_one_of_two_days_and_comes_before_its_answer() -> None:
    night = block("offer", "proposal", '"[2025-05-10,2025-05-11]"')
    snapshot = snapshot_from(block("answer", "statement", "2025-05-11", 'about = "offer"') + night)
    assert [event.id for event in snapshot.events] == ["offer", "answer"]


def test_a10_clock_times_with_their_zone() -> None:
    exact = parse_period("2025-06-02T14:43+03:00/2025-06-02T15:57+03:00")
    about = parse_period("2025-05-23T12:40+03:00~")
    assert (exact.earliest, exact.latest, exact.precision) == ("2025-06-02", "2025-06-02", "minute")
    assert (about.earliest, about.precision, about.approximate) == ("2025-05-23", "minute", True)


def test_a11_event_publication_and_retrieval_are_three_dates() -> None:
    source = "[source.reprint]\npublisher = 'P'\npublished = 2025-06-19\nretrieved = 2026-05-30\n"
    event = block("it", "exchange", "2025-06-10", 'sources = "reprint"\n[[event.transfer]]\nto = "UKR"\ncount = 5')
    one = snapshot_from(source + event).register.sources["reprint"]
    assert (one.published and one.published.edtf, one.retrieved and one.retrieved.edtf) == ("2025-06-19", "2026-05-30")
    told = {day: total(snapshot_from(source + event, as_known=date(2025, 6, day))) for day in (18, 19)}
    assert told == {18: "0", 19: "5"}


def test_a12_an_undated_source_has_no_date_or_an_inferred_one() -> None:
    register = snapshot_from(
        '[source.none]\npublisher = "P"\n[source.inferred]\npublisher = "P"\npublished = "2025-07-23?"\n'
    ).register
    published = register.sources["inferred"].published
    assert register.sources["none"].published is None
    assert published is not None and (published.earliest, published.uncertain) == ("2025-07-23", True)


def test_a13_a_weekday_that_contradicts_the_date_is_told_and_both_are_kept() -> None:
    text = block("it", "statement", "2025-07-23", 'as_written = "{}"')
    assert warned(text.replace("{}", "on Thursday")) == {"weekday-mismatch"}
    assert warned(text.replace("{}", "on Wednesday")) == set()


def test_a14_before_and_after_alone_are_open_intervals() -> None:
    role = '[[person.umerov.role]]\ntitle = "Minister"\nuntil = "../2025-07-17"\n'
    until = snapshot_from(role).register.persons["umerov"].role[0].until
    assert until is not None and (until.earliest, until.latest) == (None, "2025-07-17")


def test_a15_a_claim_is_of_its_own_day_for_ever() -> None:
    claim = '[[event.claim]]\nby = "UKR"\nto = "UKR"\nsince = 2025-05-06\ncount = 390'
    snapshot = snapshot_from(
        handed("x", "2025-05-23", "UKR 390")
        + block("said", "statement", "2025-05-23", claim)
        + handed("y", "2025-05-24", "UKR 307")
    )
    assert (found(snapshot, "said").verdict, total(snapshot)) == ("agrees", "697")


def test_b1_withheld_unknown_zero_and_not_applicable_are_four_things() -> None:
    """What does not apply has no row."""
    text = (
        handed("a", "2025-06-09", "UKR withheld")
        + handed("b", "2025-06-10", "UKR unknown")
        + handed("c", "2025-06-11", "UKR 0")
    )
    snapshot = snapshot_from(text + block("d", "meeting", "2025-06-12"))
    states = [
        account.figure.state
        for event in snapshot.events
        for group in flows(snapshot, event)
        for account in group.accounts
    ]
    assert states == ["withheld", "unknown", "stated"]
    one = tally(snapshot, "people", "UKR")
    assert (one.text, one.terms, one.undisclosed) == ("0+", 3, 2)


def test_b2_every_qualifier_in_signs_and_in_words() -> None:
    words = {
        "over 1000": (">1000", 1001, None),
        "at least 1200": ("1200+", 1200, None),
        "about 250": ("~250", None, None),
        "up to 20": ("<=20", None, 20),
    }
    told = {text: (one.text, one.low, one.high) for text in words for one in [parse_count(text)]}
    assert told == words
    assert parse_count("~250").best == 250


def test_b3_about_the_same_number_is_a_note_beside_two_unknowns() -> None:
    text = handed("x", "2025-06-09", "UKR unknown", "RUS unknown") + 'note = "as many as to Ukraine"\n'
    snapshot = snapshot_from(text)
    assert [total(snapshot, to) for to in ("UKR", "RUS")] == ["unknown", "unknown"]
    assert snapshot.by_id["x"].transfer[1].note == "as many as to Ukraine"


def test_b4_two_directions_are_never_one_total() -> None:
    snapshot = snapshot_from(handed("x", "2025-05-23", "UKR 390", "RUS 389"))
    totals = [(one.to, one.total.text) for one in exchanges(snapshot, snapshot.events).totals if one.group is None]
    assert totals == [("UKR", "390"), ("RUS", "389")]


def test_b5_a_count_from_one_side_alone_says_whose_it_is() -> None:
    snapshot = snapshot_from(handed("x", "2025-07-23", "UKR ~250 medinsky", "UKR unknown UKR"))
    (group,) = flows(snapshot, snapshot.by_id["x"])
    assert [(one.side, one.figure.text) for one in group.accounts] == [("RUS", "~250"), ("UKR", "unknown")]
    assert total(snapshot) == "~250"


def test_b6_low_best_high() -> None:
    one = parse_count("146 (146..154)")
    assert (one.low, one.best, one.high) == (146, 146, 154)
    assert (parse_count("1001 (1001..)").low, parse_count("1001 (1001..)").high) == (1001, None)


def test_b7_parts_add_up_or_are_an_error() -> None:
    text = handed("x", "2025-05-23", "UKR 390") + "parts = {{ military = 270, civilian = {} }}\n"
    assert texts(
        stated_categories(flows(snapshot_from(text.format(120)), snapshot_from(text.format(120)).events[0])[0])
    ) == {
        "military": "270",
        "civilian": "120",
    }
    assert faults(text.format(121)) == ["parts-sum"]


def faults(text: str) -> list[str]:
    """Return the slugs of a ledger's errors."""
    return [
        one.slug
        for one in read_text(
            '[ledger]\nformat = 1\n[party.UKR]\nname = "Ukraine"\n[party.RUS]\nname = "Russia"\n' + text, "x"
        ).errors
    ]


def test_b8_words_that_overlap_are_never_summed() -> None:
    text = handed("x", "2025-07-04", "UKR 100") + 'described_as = ["wounded", "officers", "under 25"]\n'
    snapshot = snapshot_from(text)
    (group,) = flows(snapshot, snapshot.events[0])
    assert (total(snapshot), stated_categories(group)) == ("100", {})


def test_b9_rival_breakdowns_of_one_total() -> None:
    text = "".join(
        f'[[event.transfer]]\nto = "UKR"\ncount = 84\nby = "{by}"\nparts = {parts}\n'
        for by, parts in (("UKR", "{ military = 33, civilian = 51 }"), ("RUS", "{ military = 84 }"))
    )
    snapshot = snapshot_from(block("x", "exchange", "2025-08-14", text))
    assert (total(snapshot), texts(stated_categories(flows(snapshot, snapshot.events[0])[0]))) == (
        "84",
        {"military": "33..84", "civilian": "0..51"},
    )


def test_b10_a_cumulative_figure_is_a_claim_with_its_scope_and_adds_nothing() -> None:
    claim = '[[event.claim]]\nby = "UKR"\nto = "UKR"\nunder = "deal"\ncount = ">1000"'
    snapshot = snapshot_from(
        DEAL
        + handed("x", "2025-06-09", "UKR 250", more='under = "deal"')
        + block("said", "statement", "2025-07-23", claim)
    )
    assert (total(snapshot), found(snapshot, "said").verdict) == ("250", "above")


def test_b11_a_known_total_of_unknown_parts_is_the_whole_s_own_figure() -> None:
    whole = handed("all", '"{2025-06-09,2025-06-10}"', "UKR 1000+")
    snapshot = snapshot_from(
        whole
        + "".join(handed(f"p{day}", f"2025-06-{day}", "UKR unknown", more='part_of = "all"') for day in ("09", "10"))
    )
    one = tally(snapshot, "people", "UKR")
    assert (one.text, one.low, one.high) == ("1000+", 1000, None)


def test_b12_totals_that_nearly_agree_are_a_range_with_their_difference() -> None:
    snapshot = snapshot_from(
        handed("x", "2025-06-16", "UKR 1245 UKR", "UKR 1248 RUS") + handed("y", "2025-06-15", "UKR 1200")
    )
    low, high = bounds(tally(snapshot, "people", "UKR"))
    assert (low, high, (high or 0) - low) == (2445, 2448, 1248 - 1245)


def test_b13_agreed_and_delivered_in_each_reading_and_direction() -> None:
    reading = '[[event.commitment]]\nid = "prisoners"\nwhat = "people"\ncount = "{}"\nby = "{}"\n'
    deal = block(
        "deal",
        "agreement",
        "2025-06-02",
        'parties = ["UKR", "RUS"]\n' + reading.format("1000+", "RUS") + reading.format("1200", "UKR"),
    )
    snapshot = snapshot_from(deal + handed("x", "2025-06-09", "UKR 1100", "RUS 78", more='under = "deal"'))
    told = {
        one.progress.to: [
            (reading.side, said(reading.promised), reading.delivered.text, reading.state)
            for reading in one.progress.readings
        ]
        for one in commitment_row(snapshot, "deal/prisoners").directions
    }
    assert told == {
        "UKR": [("RUS", "1000+", "1100", "met"), ("UKR", "1200", "1100", "open")],
        "RUS": [("RUS", "1000+", "78", "open"), ("UKR", "1200", "78", "open")],
    }


def test_b14_a_later_subtraction_is_a_statement_about_the_event_and_overwrites_nothing() -> None:
    later = 'about = "b"\n[[event.claim]]\nby = "UKR"\nto = "UKR"\nwhat = "bodies"\nsince = 2025-06-11\n'
    later += 'count = "20+"\ndescribed_as = "found to be Russian"'
    snapshot = snapshot_from(
        handed("b", "2025-06-16", "UKR 6057", kind="repatriation") + block("found", "statement", "2025-06-21", later)
    )
    assert tally(snapshot, "bodies", "UKR").text == "6057"
    assert [one.id for one in snapshot.about["b"]] == ["found"]
    assert found(snapshot, "found").verdict == "unchecked"


def test_b15_people_and_bodies_are_two_units_and_bags_are_none() -> None:
    snapshot = snapshot_from(
        handed("x", "2025-06-14", "UKR 5") + handed("b", "2025-06-14", "UKR 1200", kind="repatriation")
    )
    assert (tally(snapshot, "people", "UKR").text, tally(snapshot, "bodies", "UKR").text) == ("5", "1200")
    assert faults(handed("b", "2025-06-14", "UKR 3", kind="repatriation") + 'what = "bags"\n') == ["bad-value"]


def test_b16_a_share_is_told_in_words_and_is_no_count() -> None:
    assert faults(handed("x", "2025-06-14", "UKR 1") + '[[event.claim]]\nby = "UKR"\ncount = "15 %"\n') == ["bad-count"]
    assert (
        said_on('summary = "15 % of the 6,000"\nabout = "it2"\n' + block("it2", "statement", "2025-06-02")).summary
        == "15 % of the 6,000"
    )


def test_b17_a_direction_not_stated_is_from_none_to_all_in_each() -> None:
    snapshot = snapshot_from(handed("x", "2025-10-02", "UKR 0..20", "RUS 0..20"))
    assert [bounds(tally(snapshot, "people", to)) for to in ("UKR", "RUS")] == [(0, 20), (0, 20)]


def test_b18_a_derived_figure_is_computed_or_kept_apart_and_counts_nothing() -> None:
    text = (
        handed("x", "2025-07-28", "UKR 5")
        + "[event.extra]\nderived = { people = 100, from = [5857, 5757], tolerance = 100 }\n"
    )
    snapshot = snapshot_from(text)
    assert snapshot.events[0].extra == {"derived": {"people": 100, "from": [5857, 5757], "tolerance": 100}}
    assert total(snapshot) == "5"


def test_b19_a_slip_is_a_claim_as_printed_and_is_told() -> None:
    claim = '[[event.claim]]\nby = "tass"\nto = "UKR"\nsince = 2025-05-06\ncount = 3012\nnote = "for 2,412"'
    text = handed("x", "2025-06-11", "UKR 2412") + block("said", "statement", "2025-06-13", claim)
    assert (found(snapshot_from(text), "said").verdict, warned(text)) == ("above", {"claim-above"})


def ordinal(nth: int, scope: str, by: str = "UKR") -> str:
    """Write a claimed ordinal."""
    return f'[[event.claim]]\nby = "{by}"\nnth = {nth}\n{scope}\n'


def test_c1_the_ninth_in_its_series_is_checked_against_the_list() -> None:
    stages = "".join(handed(f"s{day}", f"2025-06-{day}", "UKR unknown", more='under = "deal"') for day in ("09", "10"))
    for nth, verdict in ((2, "agrees"), (3, "above")):
        snapshot = snapshot_from(
            DEAL + stages + block("said", "statement", "2025-06-10", ordinal(nth, 'under = "deal"'))
        )
        assert found(snapshot, "said").verdict == verdict


def test_c2_one_event_has_many_ordinals_each_with_an_owner() -> None:
    schemes = (
        ordinal(1, 'under = "deal"')
        + ordinal(2, "since = 2025-05-16", "tass")
        + ordinal(66, 'series = "numbered"', "CHQ")
    )
    first = handed("x1", "2025-05-23", "UKR 390")
    snapshot = snapshot_from(DEAL + first + handed("x2", "2025-06-09", "UKR 5", more='under = "deal"') + schemes)
    told = [
        (claim.by, claim.nth, found(snapshot, "x2", place).verdict)
        for place, claim in enumerate(snapshot.by_id["x2"].claim)
    ]
    assert told == [
        ("UKR", 1, "agrees"), ("tass", 2, "agrees"), ("CHQ", 66, "unchecked"),
    ]  # fmt: skip


def test_c3_a_series_cut_anew_is_an_event_and_the_old_number_stays() -> None:
    text = handed("x", "2025-06-09", "UKR 5") + ordinal(66, 'series = "numbered"')
    recut = block("recut", "statement", "2025-07-28", 'about = "x"\nsummary = "taken out of the series"')
    snapshot = snapshot_from(text + recut + handed("y", "2025-08-14", "UKR 84") + ordinal(67, 'series = "numbered"'))
    assert [(event.id, claim.nth) for event in snapshot.events for claim in event.claim] == [("x", 66), ("y", 67)]
    assert [one.id for one in snapshot.about["x"]] == ["recut"]


def test_c4_a_number_left_out_of_a_series_is_allowed() -> None:
    text = (
        handed("x", "2025-05-25", "UKR 303")
        + ordinal(65, 'series = "numbered"')
        + handed("y", "2025-08-14", "UKR 84")
        + ordinal(67, 'series = "numbered"')
    )
    assert warned(text) == set()


def test_c5_a_superlative_is_told_in_words() -> None:
    assert said_on('by = "tass"\nsummary = "Called the largest swap of the war, as of 16 May."').claim == ()


def test_c6_a_wrong_ordinal_is_a_warning_and_stays() -> None:
    text = (
        handed("x", "2025-06-11", "UKR 1")
        + handed("y", "2025-06-13", "UKR 1")
        + ordinal(3, "since = 2025-06-11", "tass")
    )
    snapshot = snapshot_from(text)
    assert (found(snapshot, "y").position, warned(text), snapshot.by_id["y"].claim[0].nth) == (2, {"claim-above"}, 3)
