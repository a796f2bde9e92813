"""Wholes and parts: a second measurement of the same sum, at every depth."""

from datetime import date

import pytest

from ledgers import snapshot_from
from talkstrack.model.counts import parse_count
from talkstrack.model.dates.period import Span
from talkstrack.model.sums import Sum, intersect, is_compatible, total
from talkstrack.rules.tally import tally, tally_of
from talkstrack.rules.wholes import parts_below
from tallies import Told, agreement, exact, hand, told

FRAME = agreement("a1") + agreement("a2")


WHOLE = {"when": '"{2025-06-01,2025-06-02,2025-06-03}"', "text": 'under = "a1"'}


PART = 'part_of = "w"'


UNKNOWN: Told = ("unknown", 0, None)


def whole(*rows: str, event_id: str = "w", text: str = WHOLE["text"]) -> str:
    return hand(event_id, *rows, when=WHOLE["when"], text=text)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


WHOLES: dict[str, tuple[str, Told]] = {
    "without a figure": (whole("unknown") + hand("x", "1", text=PART) + hand("y", "2", text=PART), exact(3)),
    "that withholds": (whole("withheld") + hand("x", "1+", text=PART), ("1+", 1, None)),
    "as undisclosed as its parts": (whole("withheld") + hand("x", "unknown", text=PART), UNKNOWN),
    "below the best figure of its parts": (whole("<=100") + hand("x", "150(..200)", text=PART), ("0..100", 0, 100)),
    "that agrees": (whole("3") + hand("x", "1", text=PART) + hand("y", "2", text=PART), exact(3)),
    "never added to its parts": (whole("~1200") + hand("x", "390", text=PART), exact(390)),
    "that fills the holes": (whole("1200") + hand("x", "~250", text=PART) + hand("y", "unknown", text=PART), exact(1200)),
    "of about": (whole("~1200") + hand("x", "unknown", text=PART), ("~1200", 0, None)),
    "of about over a floor": (
        whole("~1200") + hand("x", "300", text=PART) + hand("y", "unknown", text=PART), ("~1200", 300, None),
    ),
    "of less than its disclosed parts, which are a floor": (
        whole("~200") + hand("x", "300", text=PART) + hand("y", "unknown", text=PART), ("300+", 300, None),
    ),
    "that narrows both ways": (whole("110..130") + hand("x", "100..120", text=PART), ("110..120", 110, 120)),
    "that is narrower": (whole("105..110") + hand("x", "100..120", text=PART), ("105..110", 105, 110)),
    "that is wider": (whole("90..130") + hand("x", "100..120", text=PART), ("100..120", 100, 120)),
    "that bounds an about": (whole("240..260") + hand("x", "~250", text=PART), ("240..260", 240, 260)),
    "that is at least more": (whole("1000+") + hand("x", "900+", text=PART), ("1000+", 1000, None)),
    "of at most": (whole("<=100") + hand("x", "60+", text=PART), ("60..100", 60, 100)),
    "of more than an about": (whole("1000+") + hand("x", "~250", text=PART), ("1000+", 1000, None)),
    "that does not meet": (whole("300") + hand("x", "100", text=PART), ("100..300", 100, 300)),
    "that does not meet a floor": (whole("200") + hand("x", "250+", text=PART), ("200..250+", 200, None)),
    "that does not meet what is disclosed": (
        whole("200") + hand("x", "250", text=PART) + hand("y", "unknown", text=PART), ("200..250+", 200, None),
    ),
    "with rivals of its own": (
        whole("100 by=UKR", "120 by=RUS") + hand("x", "110..130", text=PART), ("110..120", 110, 120),
    ),
    "of parts that say nothing of this": (whole("300") + hand("x", "100 to=RUS", text=PART), exact(300)),
    "of parts that say nothing of this, undisclosed": (whole("unknown") + hand("x", "100 to=RUS", text=PART), UNKNOWN),
    "of parts not held": (whole("300") + hand("x", "100", text=PART + '\nstatus = "cancelled"'), exact(300)),
    "not held": (
        whole("300", text='under = "a1"\nstatus = "disputed"') + hand("x", "100", text=PART), exact(100),
    ),
    "of another kind": (whole("300") + hand("x", "100", kind="meeting", text=PART), exact(400)),
    "beside others": (whole("3") + hand("x", "unknown", text=PART) + hand("y", "4", text='under = "a1"'), exact(7)),
    "a part that counts elsewhere": (
        whole("300") + hand("x", "100", text=PART) + hand("y", "200", text=PART + '\nunder = "a2"'), exact(100),
    ),
    "a part that one side denies": (
        whole("100") + hand("x", "100 by=UKR", "100 by=RUS under=-", text=PART), ("0..100", 0, 100),
    ),
    "a whole in a whole": (
        whole("1000") + whole("300", event_id="v", text=PART)
        + hand("x", "100", text='part_of = "v"') + hand("y", "unknown", text='part_of = "v"')
        + hand("z", "700", text=PART),
        exact(1000),
    ),
    "a whole in a whole without a figure": (
        whole("unknown") + whole("300", event_id="v", text=PART)
        + hand("y", "unknown", text='part_of = "v"') + hand("z", "700", text=PART),
        exact(1000),
    ),
    "a whole around a whole without a figure": (
        whole("990..1000") + whole("unknown", event_id="v", text=PART)
        + hand("y", "unknown", text='part_of = "v"') + hand("z", "700", text=PART),
        ("990..1000", 990, 1000),
    ),
    "each level narrows": (
        whole("990..1000") + whole("290..310", event_id="v", text=PART)
        + hand("y", "<=305", text='part_of = "v"') + hand("z", "690..705", text=PART),
        ("990..1000", 990, 1000),
    ),
}  # fmt: skip


def asked() -> list[tuple[str, str | None]]:
    """Return each case with the scopes it holds in: cases of links and of other events not in all."""
    scopes: dict[str, tuple[str | None, ...]] = {
        "beside others": (None, "a1", "a1/people"),
        "a part that counts elsewhere": ("a1", "a1/people"),
        "a part that one side denies": ("a1", "a1/people"),
        "of another kind": (None, "a1/people"),
    }
    return [(case, scope) for case in WHOLES for scope in scopes.get(case, (None, "a1", "a1/people", "w"))]


@pytest.mark.parametrize(("case", "scope"), asked())
def test_a_whole_is_a_second_measurement_of_its_parts(case: str, scope: str | None) -> None:
    text, expected = WHOLES[case]
    assert told(tally(snapshot_from(FRAME + text), "people", "UKR", scope=scope)) == expected


def test_each_side_measures_its_own_parts_with_its_own_whole() -> None:
    text = whole("100 by=UKR", "120 by=RUS") + hand("x", "90..100 by=UKR", "110..125 by=RUS", text=PART)
    snapshot = snapshot_from(FRAME + text)
    found = {side: told(tally(snapshot, "people", "UKR", account=side)) for side in ("UKR", "RUS", None)}
    assert found == {"UKR": exact(100), "RUS": exact(120), None: ("100..120", 100, 120)}


def test_a_whole_measures_only_when_all_its_parts_are_asked_for() -> None:
    snapshot = snapshot_from(
        FRAME + whole("1000") + hand("x", "1", text=PART) + hand("y", "2", when="2025-06-03", text=PART)
    )
    assert told(tally(snapshot, "people", "UKR")) == ("3..1000", 3, 1000)
    first = Span(last=day("2025-06-02"))
    assert told(tally(snapshot, "people", "UKR", span=first)) == exact(1)
    chosen = tuple(event for event in snapshot.events if event.id in ("w", "x"))
    assert told(tally_of(snapshot, chosen, "people", "UKR")) == exact(1)
    assert told(tally_of(snapshot, [event for event in snapshot.events if event.id != "w"], "people", "UKR")) == exact(
        3
    )


def test_parts_below_are_of_the_same_kind_at_any_depth() -> None:
    text = whole("9") + whole("9", event_id="v", text=PART) + hand("x", "1", text='part_of = "v"')
    snapshot = snapshot_from(FRAME + text + hand("m", "1", kind="meeting", text=PART))
    assert [parts_below(snapshot, snapshot.by_id[key]) for key in ("w", "v", "x")] == [{"v", "x"}, {"x"}, frozenset()]


MEETS = {
    ("100", "100"): True, ("100", "300"): False, ("100..120", "120..130"): True, ("100..120", "121+"): False,
    ("100+", "~1"): True, ("~250", "300"): True, ("unknown", "3"): True, ("3", "unknown"): True, (">3", "3"): False,
}  # fmt: skip


@pytest.mark.parametrize(("parts", "own"), MEETS)
def test_two_measurements_meet_where_one_number_can_be_both(parts: str, own: str) -> None:
    assert is_compatible(total([parse_count(parts)]), total([parse_count(own)])) is MEETS[parts, own]


def test_a_measured_sum_keeps_the_number_of_its_parts() -> None:
    parts = total(map(parse_count, ["~250", *["unknown"] * 8]))
    assert intersect(parts, total([parse_count("1000..1200")])) == Sum(
        text="1000..1200", low=1000, best=None, high=1200, state="stated", terms=9, undisclosed=0,
        disclosed_low=1000, disclosed_high=1200, approximate=False, open=False,
    )  # fmt: skip
