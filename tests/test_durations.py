"""Deadlines: how long is left, and the day it falls on."""

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkstrack.model.dates.durations import Duration, Step, add, parse_duration
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import DateError


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("P50D", (0, 50), (0, 50)),
        ("P2W", (0, 14), (0, 14)),
        ("P1M", (1, 0), (1, 0)),
        ("P1Y6M10D", (18, 10), (18, 10)),
        ("P0D", (0, 0), (0, 0)),
        (" P10D/P12D ", (0, 10), (0, 12)),
        ("P1M/P30D", (1, 0), (0, 30)),
    ],
)
def test_durations(text: str, low: tuple[int, int], high: tuple[int, int]) -> None:
    assert parse_duration(text) == Duration(text.strip(), Step(*low), Step(*high))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("P12D/P10D", "the range runs backward: P12D is longer than P10D", 'did you mean "P10D/P12D"?'),
        ("P1Y/P11M", "the range runs backward: P1Y is longer than P11M", 'did you mean "P11M/P1Y"?'),
        ("PT48H", "a deadline is counted in days, not hours", 'write "P2D"'),
        ("PT36H", "a deadline is counted in days, not hours", None),
        ("p50d", "a duration is in capitals", 'did you mean "P50D"?'),
        ("50D", "a duration begins with P", 'did you mean "P50D"?'),
        ("50d", "a duration begins with P", 'did you mean "P50D"?'),
        *((text, f"{text!r} is not a duration",
           'write "P50D" (days), "P2W" (weeks), "P1M" (months) or "P10D/P12D"')
          for text in ("", "P", "50 days", "P1.5D", "-P5D", "P5DT3H", "P10D2M", "P123456D", "P٥D", "P5D\n6", "\x1b")),
        ("P1D/", "'' is not a duration", 'write "P50D" (days), "P2W" (weeks), "P1M" (months) or "P10D/P12D"'),
        ("P" + "9" * 10**6, "a duration of 1,000,001 characters", 'write "P50D"'),
    ],
)  # fmt: skip
def test_refused(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(DateError) as caught:
        parse_duration(text)
    assert (str(caught.value), caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("anchor", "duration", "due"),
    [
        ("2025-07-14", "P50D", "2025-09-02"),
        ("2025-07-28", "P10D/P12D", "[2025-08-07..2025-08-09]"),
        ("2025-07-29", "P10D", "2025-08-08"),
        ("2025-01-31", "P1M", "2025-02-28"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2025-01-31", "P1M1D", "2025-03-01"),
        ("2025-07-14~", "P1W", "2025-07-21~"),
        ("2025-07-14%", "P1D/P2D", "[2025-07-15%..2025-07-16%]"),
        ("2025-07", "P1M", "[2025-08-01..2025-08-31]"),
        ("2025-07-14/2025-07-16", "P2D", "[2025-07-16..2025-07-18]"),
        ("2025-07-14/..", "P2D", "[2025-07-16..]"),
        ("../2025-07-14?", "P2D", "[..2025-07-16?]"),
        ("../..", "P2D", "../.."),
        ("2025-07-23T20:37+03:00", "P2D", "2025-07-25"),
        ("2025-01-01", "P1M/P30D", "[2025-01-31..2025-02-01]"),
        ("0000-12-31", "P1D", "0001-01-01"),
    ],
)
def test_when_time_runs_out(anchor: str, duration: str, due: str) -> None:
    assert add(parse_period(anchor), parse_duration(duration)) == parse_period(due)


@pytest.mark.parametrize(("anchor", "day"), [("9999-12-31", "Y10000-01-01"), ("Y17000", "Y17000-01-02")])
def test_too_far_to_write(anchor: str, day: str) -> None:
    with pytest.raises(DateError, match=f"^{day} is too far away to be written as a day$"):
        add(parse_period(anchor), parse_duration("P1D"))


@given(st.dates(max_value=datetime.date(9700, 1, 1)), st.integers(0, 99_999), st.integers(0, 99_999))
def test_days_add_up_and_the_text_reads_back(day: datetime.date, one: int, two: int) -> None:
    low, high = sorted((one, two))
    due = add(parse_period(day), parse_duration(f"P{low}D/P{high}D"))
    assert (due.earliest, due.latest) == tuple(str(day + datetime.timedelta(days)) for days in (low, high))
    assert parse_period(due.edtf) == due


def test_json_shape() -> None:
    shape = {"text": "P1M", "low": {"months": 1, "days": 0}, "high": {"months": 1, "days": 0}}
    assert msgspec.to_builtins(parse_duration("P1M")) == shape
