"""Dates as a ledger and a command line say them: what is read, what it means, how periods compare."""

import datetime
import string

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from talkstrack.model.dates.days import (
    civil,
    day_number,
    days_in_month,
    iso_day,
    iso_day_number,
    months_later,
    weekday_name,
)
from talkstrack.model.dates.parse import parse_period, parse_when
from talkstrack.model.dates.period import EVER, DateError, Period, Precision, Span, ends_of, first_day, last_day
from talkstrack.render.words.dates import day_label, display

MARKS = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}

# The rules are those of the public lists (Library of Congress, edtf-validate, edtf.js, python-edtf, edtf-ruby) in
# the letters of 2019; docs/format.md says where they disagree.
VALID = [
    # text, earliest, latest, precision, mark
    ("2001-02-03", "2001-02-03", "2001-02-03", "day", ""),
    ("2008-12", "2008-12-01", "2008-12-31", "month", ""),
    ("2008", "2008-01-01", "2008-12-31", "year", ""),
    ("-0999", "-0999-01-01", "-0999-12-31", "year", ""),
    ("0000", "0000-01-01", "0000-12-31", "year", ""),
    ("-9999", "-9999-01-01", "-9999-12-31", "year", ""),
    ("2001-02-03T09:30:01", "2001-02-03", "2001-02-03", "second", ""),
    ("2004-01-01T10:10:10Z", "2004-01-01", "2004-01-01", "second", ""),
    ("2004-01-01T10:10:10+05:00", "2004-01-01", "2004-01-01", "second", ""),
    ("-2012-10-10T10:10:10Z", "-2012-10-10", "-2012-10-10", "second", ""),
    ("2016-05-02T24:00:00", "2016-05-02", "2016-05-02", "second", ""),
    ("1964/2008", "1964-01-01", "2008-12-31", "year", ""),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", "month", ""),
    ("Y170000002", "Y170000002-01-01", "Y170000002-12-31", "year", ""),
    ("Y-170000002", "Y-170000002-01-01", "Y-170000002-12-31", "year", ""),
    ("2001-21", "2001-03-01", "2001-05-31", "season", ""),
    ("2003-22~", "2003-06-01", "2003-08-31", "season", "~"),
    ("2000-23", "2000-09-01", "2000-11-30", "season", ""),
    ("2010-24", "2010-12-01", "2011-02-28", "season", ""),
    ("1984%", "1984-01-01", "1984-12-31", "year", "%"),
    ("201X", "2010-01-01", "2019-12-31", "decade", ""),
    ("20XX", "2000-01-01", "2099-12-31", "century", ""),
    ("1XXX", "1000-01-01", "1999-12-31", "millennium", ""),
    ("XXXX", "0000-01-01", "9999-12-31", "year", ""),
    ("1XX3", "1003-01-01", "1993-12-31", "year", ""),
    ("2004-XX", "2004-01-01", "2004-12-31", "month", ""),
    ("1985-04-XX", "1985-04-01", "1985-04-30", "day", ""),
    ("1985-XX-XX", "1985-01-01", "1985-12-31", "day", ""),
    ("XXXX-XX", "0000-01-01", "9999-12-31", "month", ""),
    ("XXXX-XX-XX", "0000-01-01", "9999-12-31", "day", ""),
    ("1985-04-12/..", "1985-04-12", None, "day", ""),
    ("1985-04/..", "1985-04-01", None, "month", ""),
    ("1985-04-12/", "1985-04-12", None, "day", ""),
    ("../1985", None, "1985-12-31", "year", ""),
    ("/1985-04", None, "1985-04-30", "month", ""),
    ("/", None, None, "none", ""),
    ("../..", None, None, "none", ""),
    ("/..", None, None, "none", ""),
    ("1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08", "day", "%"),
    ("-1985", "-1985-01-01", "-1985-12-31", "year", ""),
    ("156X-12-25", "1560-12-25", "1569-12-25", "day", ""),
    ("15XX-12-XX", "1500-12-01", "1599-12-31", "day", ""),
    ("XXXX-12-XX", "0000-12-01", "9999-12-31", "day", ""),
    ("XXXX-12-25", "0000-12-25", "9999-12-25", "day", ""),
    ("1XXX-XX", "1000-01-01", "1999-12-31", "month", ""),
    ("1984-1X", "1984-10-01", "1984-12-31", "month", ""),
    ("2025-07-2X", "2025-07-20", "2025-07-29", "day", ""),
    ("2025-07-3X", "2025-07-30", "2025-07-31", "day", ""),
    ("2024-02-2X", "2024-02-20", "2024-02-29", "day", ""),
    ("2025-XX-31", "2025-01-31", "2025-12-31", "day", ""),
    ("2025-XX-23", "2025-01-23", "2025-12-23", "day", ""),
    ("15XX-X2", "1500-02-01", "1599-12-31", "month", ""),
    ("XXX1-02-28", "0001-02-28", "9991-02-28", "day", ""),
    ("XXXX-02-29", "0000-02-29", "9996-02-29", "day", ""),
    ("-15XX", "-1599-01-01", "-1500-12-31", "century", ""),
    ("-000X", "-0009-01-01", "-0001-12-31", "decade", ""),
    ("202X-23", "2020-09-01", "2029-11-30", "season", ""),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "year", ""),
    ("[..1760-12-03]", None, "1760-12-03", "day", ""),
    ("[1760-12..]", "1760-12-01", None, "month", ""),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01", None, "month", ""),
    ("[1667,1760-12]", "1667-01-01", "1760-12-31", "year", ""),
    ("{1667,1668, 1670..1672}", "1667-01-01", "1672-12-31", "year", ""),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31", "year", ""),
    ("[2025-05-10,2025-05-11]", "2025-05-10", "2025-05-11", "day", ""),
    ("[2025-08-07..2025-08-09]", "2025-08-07", "2025-08-09", "day", ""),
    ("{2025-06-09,2025-06-10,2025-06-12}", "2025-06-09", "2025-06-12", "day", ""),
    ("{2025-05-30,2025-06-02,2025-06-03}", "2025-05-30", "2025-06-03", "day", ""),
    ("2025-05-23/2025-05-25", "2025-05-23", "2025-05-25", "day", ""),
    ("2025-05-30/2025-06-02", "2025-05-30", "2025-06-02", "day", ""),
    ("2025-06/2025-08", "2025-06-01", "2025-08-31", "month", ""),
    ("2025-05/2026-01", "2025-05-01", "2026-01-31", "month", ""),
    ("2025-21/2025-23", "2025-03-01", "2025-11-30", "season", ""),
    ("2025-07-23T20:37:00+03:00/2025-07-23T21:16:00+03:00", "2025-07-23", "2025-07-23", "second", ""),
    ("2025-06-02T14:43+03/2025-06-03T01:10+03:00", "2025-06-02", "2025-06-03", "minute", ""),
    ("2025-06-02T12:40Z~", "2025-06-02", "2025-06-02", "minute", "~"),
    ("2025-07-23?", "2025-07-23", "2025-07-23", "day", "?"),
    ("2025-07~", "2025-07-01", "2025-07-31", "month", "~"),
    ("2025-06-02/..", "2025-06-02", None, "day", ""),
    ("../2025-07-17", None, "2025-07-17", "day", ""),
    ("-0044-03-15", "-0044-03-15", "-0044-03-15", "day", ""),
    ("2025-1X-XX", "2025-10-01", "2025-12-31", "day", ""),
    ("2025-07-X1", "2025-07-01", "2025-07-31", "day", ""),
    ("{..1760}", None, "1760-12-31", "year", ""),
    ("{1760..}", "1760-01-01", None, "year", ""),
    ("2000-XX/2012", "2000-01-01", "2012-12-31", "year", ""),
    ("1919-XX-02/1919-XX-01", "1919-01-02", "1919-12-01", "day", ""),
    ("2015-02-27/2015-02-X8", "2015-02-27", "2015-02-28", "day", ""),
    ("0000-02/0000", "0000-02-01", "0000-12-31", "year", ""),
    ("2025-05-16/2025-07-23", "2025-05-16", "2025-07-23", "day", ""),
    ("2025-06-06/2025-06-07", "2025-06-06", "2025-06-07", "day", ""),
    ("[2025-08-05,2025-08-07..2025-08-09,2025-08-12]", "2025-08-05", "2025-08-12", "day", ""),
]  # fmt: skip

ALSO_VALID = """
    0409 0023 0007 9999 -0002 2016-01 2016-05-31 2012-10-10T10:10:10Z 2016-05-02T16:54:59.042Z
    -2001-02-03 2016-05-02T16:54:59+14:00 2016-05-02T16:54:59-12:00 2016-05-02T16:54:59+04:10
    2016-05-02T16:54:59+02 2001-02-03T09:30:01 2004-06/2006-08 2005/2006-02 -2005/-1999-02 -1000/-0999
    -1000/-0090-10 -1000/2000 /2000 0000/0000 0000-02/1111 0000-01/0000-01-03 1111-01-01/1111
    0000-01/0000 2000-12-XX/2012 2000-XX-10/2012 -2000-XX-10/2012 2000/2000-XX-XX 198X/199X 198X/1999
    1987/199X 1984-11-2X/1999-01-01 1984-11-12/1984-11-XX 198X-11-XX/198X-11-30 1919-0X-02/1919-01-03
    1865-X2-02/1865-03-01 1930-X0-10/1930-10-30 1981-1X-10/1981-11-09 1919-12-02/1919-XX-04
    1919-11-02/1919-1X-01 1919-09-02/1919-X0-01 1919-08-02/1919-0X-01 1919-10-02/1919-X1-01
    1919-04-01/1919-X4-02 1602-10-0X/1602-10-02 2018-05-X0/2018-05-11 1200-01-X4/1200-01-08
    1919-07-30/1919-07-3X 1908-05-02/1908-05-0X 0501-11-18/0501-11-1X 1112-08-22/1112-08-2X
    2016-02-28/2016-02-X9 -1984? 2004-06? 2004-06-11? 2016-05-03% 1984~/2004-06 1984?/2004%
    1984-06?/2004-08? 1984-06-02?/ -19XX -1999-XX-XX Y10000 Y-10000 Y170000002? 15XX-01-3X 1500-1X-25
    15XX-0X-25 1XXX-12 1560-XX-25 [-1760-01,1760-02,1760-12..] {..1760} [1760..] {1667,1670..1672}
    [2025-07-23?,2025-07-24~] [2025] -0275~ 2011-23~ 2012-21/2012-22
"""

INVALID = """
    -0000 12345 2016-13 2016-00 2016-05-00 2016-05-32 2016-02-30 2016-04-31 2016-06-31 2016-09-31
    2016-11-31 1960-06-31 2025-02-29 2100-02-29 2016-05-02T24:00:01 2016-05-02T00:61:00
    2016-05-02T01:01:60 2016-05-02T12:00:00-00:00 2016-05-02T12:00:00-12:01 2016-05-02T12:00:00-13:00
    2016-05-02T12:00:00+14:01 2016-05-02T12:00:00+15 2016-05-02T12:00:00-00 2012-10-10T10:10:1
    2012-10-10T1:10:10 2012-10-10T10:1:10 2012-10-10t10:10:10 2012-10-10T10:10:10Z10 2016-05T10:00
    2016T10:00 2012/2013/1234/55BULBASAUR NONE/unknown 2012///4444 2012\\2013 2000/12-12 0800/-0999
    -1000/-2000 1000/-2000 0001/0000 0000/-0001 2012/2011 2025-07-24/2025-07-23 2025-07-2X/2025-07-19
    y2006 +2006?~ +20067890?~ Y9999 Y00001 Y-9999 Y-00001 Y17E7-12-26 Y17000-05 2016-13-XX 156X-09-31
    156X-11-31 15XX-02-3X 15XX-2X-25 2025-2X 2025-2X-01 2025-02-3X 2025-XX-32 2025-07-4X 2025-07-00
    XXX1-02-29 2001-21-05 2001-20 2001-42 [1999} {1999] [1999 {1999 1999] [] {} [,] [1999,] [..]
    [1999..,2000] [1999,..2000] [1672..1670] [[1999]] [1999]/2000 2000/{2001} ..2025 2025.. ... /../ -
    -000 202 20 2025- 2025-0 2025-07- 2025-07-2 20250723 202507 2025-W30 2025-204 Y Y- X XX 199u
    unknown/2006 2004-01-01/open 1984?~ 2001-21^southernHemisphere 2004-(06)?-11 (2011)-06-04~ %
"""
INVALID_WITH_BLANKS = [
    "",
    " ",
    "18 63-03-29",
    "1863- 03-29",
    "1863-03 -29",
    "2025-07-23 20:37",
    "[1 760-01,1760-02]",
    "1..2",
]

LEVEL_2_REFUSED = """
    Y17E7 Y-17E7 1950S2 Y17101000S3 Y-17101E3S3 2004?-06-11 2004-06~-11 ?2004-06 2004-06-~11 2004-?06-?11
    2001-25 2001-29 2001-34 2001-39 2001-41
"""


def fault(value: object) -> DateError:
    """Read what cannot be read."""
    with pytest.raises(DateError) as caught:
        parse_period(value)
    return caught.value


@pytest.mark.parametrize(("text", "earliest", "latest", "precision", "mark"), VALID)
def test_what_a_date_means(text: str, earliest: str | None, latest: str | None, precision: str, mark: str) -> None:
    approximate, uncertain = MARKS[mark]
    period = parse_period(text)
    assert msgspec.to_builtins(period) == {
        "edtf": text, "earliest": earliest, "latest": latest, "precision": precision,
        "approximate": approximate, "uncertain": uncertain,
    }  # fmt: skip
    assert parse_period(period.edtf) == period


@pytest.mark.parametrize("text", ALSO_VALID.split())
def test_valid_by_the_public_lists(text: str) -> None:
    period = parse_period(text)
    assert period.edtf == text
    assert parse_period(f"  {text}\n") == period


@pytest.mark.parametrize("text", [*INVALID.split(), *INVALID_WITH_BLANKS])
def test_invalid_by_the_public_lists(text: str) -> None:
    assert str(fault(text))


@pytest.mark.parametrize("text", LEVEL_2_REFUSED.split())
def test_level_2_is_refused_by_name(text: str) -> None:
    assert str(fault(text)).startswith("EDTF level 2 ")


@pytest.mark.parametrize(
    ("value", "edtf", "precision"),
    [
        (datetime.date(2025, 7, 23), "2025-07-23", "day"),
        (datetime.datetime(2025, 7, 23, 20, 37), "2025-07-23T20:37:00", "second"),
        (datetime.datetime(2025, 7, 23, 20, 37, tzinfo=datetime.UTC), "2025-07-23T20:37:00+00:00", "second"),
        (datetime.datetime(2025, 7, 23, 20, 37, 0, 500), "2025-07-23T20:37:00.000500", "second"),
    ],
)
def test_toml_values(value: datetime.date, edtf: str, precision: Precision) -> None:
    assert parse_period(value) == Period(edtf, "2025-07-23", "2025-07-23", precision, False, False)
    assert parse_period(edtf) == parse_period(value)


def test_a_period_is_given_back() -> None:
    period = parse_period("2025-07~")
    assert parse_period(period) is period


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        (datetime.time(20, 37), "20:37:00 is a time without a day", 'write "2025-07-23T20:37:00+03:00"'),
        (2025, "a date is a TOML date or a text, not a number", 'write "2025"'),
        (2025.5, "a date is a TOML date or a text, not a number", None),
        (True, "a date is a TOML date or a text, not true or false", None),
        (["2025"], "a date is a TOML date or a text, not a list", None),
        ({}, "a date is a TOML date or a text, not a table", None),
        (None, "a date is a TOML date or a text, not nothing", None),
    ],
)
def test_values_that_are_no_dates(value: object, message: str, hint: str | None) -> None:
    error = fault(value)
    assert (str(error), error.hint) == (message, hint)


def test_a_toml_offset_no_zone_has() -> None:
    far = datetime.timezone(datetime.timedelta(hours=15))
    error = fault(datetime.datetime(2025, 7, 23, tzinfo=far))
    assert str(error) == "no time zone is at +15:00: offsets run from -12:00 to +14:00"


def test_clock_times_in_two_zones_may_run_back_in_local_days() -> None:
    period = parse_period("2025-06-02T01:00+14:00/2025-06-01T14:00Z")
    assert (period.earliest, period.latest) == ("2025-06-01", "2025-06-02")


# --- against the calendar of the standard library


@given(st.dates())
def test_every_day_of_the_calendar(day: datetime.date) -> None:
    text = day.isoformat()
    period = parse_period(text)
    assert period == parse_period(day) == Period(text, text, text, "day", False, False)
    assert period.first == period.last == day.toordinal()
    assert weekday_name(day.toordinal()) == day.strftime("%A")


@given(st.datetimes(), st.none() | st.integers(-16 * 3600, 16 * 3600))
@example(datetime.datetime(1, 1, 1), 30)
def test_a_toml_date_time_means_what_its_text_does(moment: datetime.datetime, offset: int | None) -> None:
    zone = None if offset is None else datetime.timezone(datetime.timedelta(seconds=offset))
    value = moment.replace(tzinfo=zone)
    if offset is not None and (offset % 60 or not -12 * 3600 <= offset <= 14 * 3600):
        fault(value)
    else:
        assert parse_period(value) == parse_period(value.isoformat())


@given(st.integers(1, 9999), st.integers(0, 13), st.integers(0, 32))
@example(2025, 2, 29)
@example(2000, 2, 29)
def test_a_day_is_read_exactly_when_it_exists(year: int, month: int, day: int) -> None:
    text = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        datetime.date(year, month, day)
    except ValueError:
        assert str(fault(text)).startswith(("there is no ", f"{year:04d} is not a leap year"))
    else:
        assert parse_period(text).earliest == text


@given(
    st.dates(datetime.date(10, 1, 1), datetime.date(9989, 12, 31)),
    st.sets(st.sampled_from((3, 5, 6, 8, 9)), min_size=1),
)
def test_unspecified_digits_by_trying_every_day(day: datetime.date, hidden: set[int]) -> None:
    text = day.isoformat()
    pattern = "".join("X" if at in hidden else letter for at, letter in enumerate(text))
    decade = datetime.date(day.year - day.year % 10, 1, 1)
    fitting = [
        candidate
        for candidate in (str(decade + datetime.timedelta(days)) for days in range(3653))
        if all(mask in ("X", letter) for mask, letter in zip(pattern, candidate, strict=True))
    ]
    fitting = [found for found in fitting if 3 in hidden or found[:4] == text[:4]]
    period = parse_period(pattern)
    assert (period.earliest, period.latest, period.precision) == (fitting[0], fitting[-1], "day")


@given(st.integers(-4_000_000_000, 4_000_000_000))
@example(0)
@example(1)
@example(day_number(9999, 12, 31) + 1)
def test_day_numbers_in_any_year(number: int) -> None:
    assert iso_day_number(iso_day(number)) == number
    assert day_number(*civil(number)) == number
    year, month, day = civil(number)
    assert 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)
    assert civil(number + 146_097) == (year + 400, month, day)


def test_days_before_year_one_follow_on() -> None:
    assert [iso_day(number) for number in (1, 0, -365, -366)] == [
        "0001-01-01", "0000-12-31", "0000-01-01", "-0001-12-31",
    ]  # fmt: skip
    assert parse_period("Y170000002").first == day_number(170_000_002, 1, 1)


@given(st.dates(datetime.date(5, 1, 1), datetime.date(9990, 1, 1)), st.integers(-48, 48))
def test_months_later_keeps_the_day_or_takes_the_last(day: datetime.date, months: int) -> None:
    year, month, number = civil(months_later(day.toordinal(), months))
    assert year * 12 + month == day.year * 12 + day.month + months
    assert number == min(day.day, days_in_month(year, month))


# --- whatever is thrown at it

EDTF_LETTERS = st.text("0123456789-/X?~%.[]{},TZ:+YuES ", max_size=30)
WRECKED = st.builds(
    lambda text, at, letter: text[: at % (len(text) + 1)] + letter + text[at % (len(text) + 1) + 1 :],
    st.sampled_from([row[0] for row in VALID]),
    st.integers(0, 60),
    st.text(max_size=2),
)


@settings(max_examples=400)
@given(st.one_of(EDTF_LETTERS, WRECKED, st.text(max_size=20), st.text(string.printable, max_size=20)))
def test_any_text_is_a_period_or_a_date_error(text: str) -> None:
    try:
        period = parse_period(text)
    except DateError as error:
        assert str(error) and str(error).isprintable()
        assert error.hint is None or error.hint.isprintable()
        return
    assert period.edtf == text.strip()
    assert parse_period(period.edtf) == period
    assert period.earliest is None or period.latest is None or period.first <= period.last  # type: ignore[operator]
    assert display(period) and display(period, year=False) and day_label(period)
    assert parse_period(msgspec.json.decode(msgspec.json.encode(period), type=Period)) == period


@pytest.mark.parametrize("text", ["٢٠٢٥", "２０２５", "2025-०७", "²025", "20２5-07-23", "\ud800", "\x00", "2025\u202e"])
def test_only_plain_digits(text: str) -> None:
    assert str(fault(text)).isprintable()


@pytest.mark.parametrize("text", ["9" * 10**6, "[" + "2025," * 200_000 + "]", "Y" + "9" * 2001, "?" * 10**6])
def test_huge_texts_are_refused_at_once(text: str) -> None:
    assert str(fault(text)) == f"a date of {len(text):,} characters: no more than 2,000 are read"


@pytest.mark.parametrize(
    "text", ["9" * 2000, "u" * 2000, "[" * 2000, "/" * 2000, "XXX1-02-29," * 100, "T" * 2000, "c. " * 600, "é" * 2000]
)
def test_long_texts_do_not_run_away(text: str) -> None:
    assert len(str(fault(text))) < 150


# --- comparing


def test_sort_order() -> None:
    mixed = ["2026-01/", "2025-07-18", "2025-07-17/..", "2025", "2025-07-17", "2025-07", "../2025", "/2025-07-17"]
    assert sorted(mixed, key=lambda text: (first_day(parse_period(text)), last_day(parse_period(text)))) == [
        "/2025-07-17", "../2025", "2025", "2025-07", "2025-07-17", "2025-07-17/..", "2025-07-18", "2026-01/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_inside"),
    [
        ("2025-06-01", True),
        ("2025-06-30", True),
        ("2025-05-31", False),
        ("2025-07-01", False),
        ("2025-06", True),
        ("2025", False),
        ("2025-05-30/2025-06-02", False),
        ("../2025-06-01", False),
        ("2025-06-30/..", False),
        ("../2025-05-31", False),
    ],
)
def test_certainly_in_a_span(text: str, is_inside: bool) -> None:
    june, period = parse_period("2025-06"), parse_period(text)
    assert Span(first_day(june), last_day(june)).holds(period) is is_inside
    assert EVER.holds(period)


# --- the command line


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("today", "2026-03-31"),
        (" Yesterday ", "2026-03-30"),
        ("0d", "2026-03-31"),
        ("30d", "2026-03-01"),
        ("2w", "2026-03-17"),
        ("1mo", "2026-02-28"),
        ("25mo", "2024-02-29"),
        ("1y", "2025-03-31"),
        ("3000y", "-0974-03-31"),
        ("2025-07~", "2025-07~"),
        ("2025", "2025"),
    ],
)
def test_when(text: str, edtf: str) -> None:
    assert parse_when(text, datetime.date(2026, 3, 31)) == parse_period(edtf)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("6m", "6m could be minutes or months", 'did you mean "6mo" (months)?'),
        ("-3d", "'-3d' is not an EDTF date", None),
        ("999999d", "'999999d' is not an EDTF date", None),
        ("last week", "'last week' is not an EDTF date", None),
        ("23/07/2025", "23/07/2025 is not EDTF, which begins with the year and joins with hyphens",
         'did you mean "2025-07-23"?'),
    ],
)  # fmt: skip
def test_when_not_readable(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(DateError) as caught:
        parse_when(text, datetime.date(2026, 3, 31))
    assert str(caught.value) == message
    assert hint is None or caught.value.hint == hint


def test_the_ends_of_several_dates_pass_over_what_is_open() -> None:
    periods = [parse_period(text) for text in ("2025-06", "2025-05-10/..", "../2025-05-25")]
    assert ends_of(periods) == ("2025-05-10", "2025-06-30")
    assert ends_of(()) == (None, None)
