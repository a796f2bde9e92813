"""Totals: floors, holes, spans, scopes, and wholes that measure their parts a second time."""

from datetime import date

import pytest

from ledgers import snapshot_from
from talkstrack.model.dates.period import EVER, OPEN_END, OPEN_START, Span
from talkstrack.rules.tally import tally, terms
from tallies import Told, agreement, exact, hand, told

FRAME = agreement("a1") + agreement("a2")
WHOLE = {"when": '"{2025-06-01,2025-06-02,2025-06-03}"', "text": 'under = "a1"'}
PART = 'part_of = "w"'
UNKNOWN: Told = ("unknown", 0, None)


def whole(*rows: str, event_id: str = "w", text: str = WHOLE["text"]) -> str:
    return hand(event_id, *rows, when=WHOLE["when"], text=text)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


TALLIES: dict[str, tuple[str, Told]] = {
    "nothing": ("", exact(0)),
    "each once": (hand("x", "1") + hand("y", "2"), exact(3)),
    "directions apart": (hand("x", "1", "20 to=RUS"), exact(1)),
    "units apart": (hand("x", "1", "20 what=bodies") + hand("y", "300", kind="repatriation"), exact(1)),
    "rivals are a range": (hand("x", "10 by=UKR", "12 by=RUS") + hand("y", "100"), ("110..112", 110, 112)),
    "a floor and a hole": (hand("x", "~250") + hand("y", "withheld") + hand("z", "1000+"), ("~1250+", 1000, None)),
    "holes alone": (hand("x", "unknown") + hand("y", "unknown"), UNKNOWN),
    "planned": (hand("x", "1") + hand("y", "2", text='status = "planned"'), exact(1)),
    "disputed": (hand("x", "1") + hand("y", "2", text='status = "disputed"'), exact(1)),
    "withdrawn": (
        hand("x", "1") + hand("y", "2")
        + hand("y", "2", text='revision = 2\nrecorded = 2025-07-01\nbecause = "b"\nretracted = true'),
        exact(1),
    ),
    "revised": (
        hand("x", "1") + hand("x", "7", text='revision = 2\nrecorded = 2025-07-01\nbecause = "b"'), exact(7),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TALLIES)
def test_a_total_holds_each_hand_over_once(case: str) -> None:
    text, expected = TALLIES[case]
    assert told(tally(snapshot_from(FRAME + text), "people", "UKR")) == expected


SPANS = {
    "ever": (EVER, exact(111111)),
    "from": (Span(first=day("2025-06-10")), exact(10010)),
    "until": (Span(last=day("2025-06-15")), exact(100111)),
    "both": (Span(day("2025-06-01"), day("2025-06-15")), exact(111)),
    "one day": (Span(day("2025-06-10"), day("2025-06-10")), exact(10)),
    "the day before": (Span(last=day("2025-06-09")), exact(100001)),
    "all that has bounds": (Span(OPEN_START + 1, OPEN_END - 1), exact(1111)),
}


@pytest.mark.parametrize("case", SPANS)
def test_a_span_holds_what_certainly_falls_inside(case: str) -> None:
    whens = (
        "2025-06-01",
        "2025-06-10",
        '"{2025-06-08,2025-06-12}"',
        '"2025-06~"',
        '"2025-06-20/.."',
        '"../2025-06-01"',
    )
    text = "".join(hand(f"x{place}", str(10**place), when=when) for place, when in enumerate(whens))
    span, expected = SPANS[case]
    assert told(tally(snapshot_from(FRAME + text), "people", "UKR", span=span)) == expected


def test_terms_are_the_hand_overs_of_a_scope_in_order() -> None:
    text = (
        whole("9")
        + hand("y", "2 by=UKR", "3 by=RUS under=-", when="2025-06-02", text=PART)
        + hand("x", "1", text=PART)
        + hand("z", "5")
        + hand("r", "7 to=RUS", text='under = "a1"')
    )
    snapshot = snapshot_from(FRAME + text)

    def found(scope: str | None, account: str | None = None) -> list[tuple[str, str]]:
        chosen = terms(snapshot, "people", "UKR", scope=scope, account=account)
        return [(one.flow.event.id, one.figure.text) for one in chosen]

    assert found(None) == [("x", "1"), ("z", "5"), ("y", "2..3")]
    assert found("a1/people") == [("x", "1"), ("y", "0..2")]
    assert found("a1/people", "RUS") == [("x", "1")]
    assert found("a1/people", "UKR") == [("x", "1"), ("y", "2")]
    assert found("a2/people") == []
