"""What a failed date says, and what it offers instead."""

import pytest

from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import DateError

EXAMPLES = 'write a day as "2025-07-23", a month as "2025-07", a span as "2025-05-23/2025-05-25"'


def last(month: str, day: int) -> str:
    """Return the hint for a day that a month does not have."""
    return f"the last one is {month}-{day}; the month alone is {month}"


FAULTS = [
    # text, what is wrong, hint
    ("", "the date is empty", EXAMPLES),
    ("2025-02-30", "there is no day 30: February 2025 has 28 days", last("2025-02", 28)),
    ("2023-02-29", "2023 is not a leap year: February 2023 has 28 days", last("2023-02", 28)),
    ("1900-02-29", "1900 is not a leap year: February 1900 has 28 days", last("1900-02", 28)),
    ("2025-2X-01", "there is no month 2X", None),
    ("2025-02-3X", "there is no day 3X: February 2025 has 28 days", last("2025-02", 28)),
    ("2025-13", "there is no month 13", None),
    ("2025-00", "there is no month 00", None),
    ("2016-13-08", "there is no month 13", 'did you mean "2016-08-13"?'),
    ("2025-06-31", "there is no day 31: June 2025 has 30 days", last("2025-06", 30)),
    ("2025-07-00", "there is no day 00: July 2025 has 31 days", last("2025-07", 31)),
    ("2025-07-32", "there is no day 32: July 2025 has 31 days", last("2025-07", 31)),
    (
        "2025-06-02/2025-05-01",
        "the interval runs backward: 2025-06-02 is after 2025-05-01",
        'did you mean "2025-05-01/2025-06-02"?',
    ),
    ("-0000", "there is no year -0000: the year before 0001 is 0000", 'write "0000"'),
    ("12345", "a year of more than four digits begins with Y", 'did you mean "Y12345"?'),
    ("20250723", "EDTF has hyphens between year, month and day", 'did you mean "2025-07-23"?'),
    ("202507", "EDTF has hyphens between year, month and day", 'did you mean "2025-07"?'),
    ("2025-7-23", "half-written: month and day are a hyphen and two digits each", 'did you mean "2025-07-23"?'),
    ("2025-7", "half-written: month and day are a hyphen and two digits each", 'did you mean "2025-07"?'),
    (
        "23/07/2025",
        "23/07/2025 is not EDTF, which begins with the year and joins with hyphens",
        'did you mean "2025-07-23"?',
    ),
    (
        "03/04/2025",
        "03/04/2025 is not EDTF, which begins with the year and joins with hyphens",
        'write "2025-04-03" or "2025-03-04", whichever is meant',
    ),
    ("07/2025", "EDTF begins with the year", 'did you mean "2025-07"?'),
    ("2025/07/23", "half-written: month and day are a hyphen and two digits each", 'did you mean "2025-07-23"?'),
    ("2025/07", "half-written: month and day are a hyphen and two digits each", 'did you mean "2025-07"?'),
    ("2025.07.23", "half-written: month and day are a hyphen and two digits each", 'did you mean "2025-07-23"?'),
    ("23 July 2025", "a date is written in digits", 'did you mean "2025-07-23"?'),
    ("July 23, 2025", "a date is written in digits", 'did you mean "2025-07-23"?'),
    ("Jul 2025", "a date is written in digits", 'did you mean "2025-07"?'),
    ("spring 2025", "a season is written in digits", 'did you mean "2025-21"?'),
    ("c. 2025", "approximate is written ~, at the end", 'did you mean "2025~"?'),
    ("2020s", "a decade is written with X", 'did you mean "202X"?'),
    ("202", "half-written: a year has four digits", 'did you mean "202X"?'),
    ("20", "half-written: a year has four digits", 'did you mean "20XX"?'),
    ("2025-", "half-written: nothing stands after the last hyphen", 'did you mean "2025"?'),
    ("2025-07-", "half-written: nothing stands after the last hyphen", 'did you mean "2025-07"?'),
    ("2025-0", "half-written: month and day are a hyphen and two digits each", None),
    ("2025-07-2", "half-written: month and day are a hyphen and two digits each", 'did you mean "2025-07-02"?'),
    ("+2025", "a year has no plus sign", 'did you mean "2025"?'),
    (
        "199u",
        "EDTF is in capitals: X for an unspecified digit, Y for a long year, T before a time",
        'did you mean "199X"?',
    ),
    (
        "19uu",
        "EDTF is in capitals: X for an unspecified digit, Y for a long year, T before a time",
        'did you mean "19XX"?',
    ),
    (
        "196x",
        "EDTF is in capitals: X for an unspecified digit, Y for a long year, T before a time",
        'did you mean "196X"?',
    ),
    (
        "y170000002",
        "EDTF is in capitals: X for an unspecified digit, Y for a long year, T before a time",
        'did you mean "Y170000002"?',
    ),
    ("Y2006", "Y begins a year of more than four digits, the first of them not 0", 'did you mean "2006"?'),
    ("Y00012", "Y begins a year of more than four digits, the first of them not 0", 'did you mean "0012"?'),
    ("Y17E7", "EDTF level 2 exponents are not supported: write the year out", None),
    ("y17e7", "EDTF level 2 exponents are not supported: write the year out", None),
    ("1950S2", "EDTF level 2 significant digits are not supported: write X for the digits that are not known", None),
    ("Y17000-05", "a year that begins with Y stands alone, without '-05'", None),
    (
        "2004?-06-11",
        "EDTF level 2 marks on one part of a date are not supported: a mark is for the whole date, at its end",
        'did you mean "2004-06-11?"?',
    ),
    (
        "2004-06~-11",
        "EDTF level 2 marks on one part of a date are not supported: a mark is for the whole date, at its end",
        'did you mean "2004-06-11~"?',
    ),
    (
        "?2004-06",
        "EDTF level 2 marks on one part of a date are not supported: a mark is for the whole date, at its end",
        'did you mean "2004-06?"?',
    ),
    ("2004-(06)?-11", "parentheses and ^ are from a draft of EDTF", None),
    ("1984?~", "uncertain and approximate together is one mark, %", 'did you mean "1984%"?'),
    ("1984/2004?~", "uncertain and approximate together is one mark, %", 'did you mean "1984/2004%"?'),
    (
        "unknown/2006",
        '"unknown" is from a draft of EDTF: an open end is written .. and an unknown one left empty',
        'did you mean "/2006"?',
    ),
    (
        "2004-01-01/open",
        '"open" is from a draft of EDTF: an open end is written .. and an unknown one left empty',
        'did you mean "2004-01-01/.."?',
    ),
    ("2001-21^south", "parentheses and ^ are from a draft of EDTF", None),
    ("2001-25", "EDTF level 2 codes for parts of a year (25 to 41) are not supported: 25", 'write "2001-21"'),
    (
        "2001-30",
        "EDTF level 2 codes for parts of a year (25 to 41) are not supported: 30",
        'write its months, as in "2001-03/2001-05"',
    ),
    ("2001-34", "EDTF level 2 codes for parts of a year (25 to 41) are not supported: 34", 'write "2001-04/2001-06"'),
    ("2001-40", "EDTF level 2 codes for parts of a year (25 to 41) are not supported: 40", 'write "2001-01/2001-06"'),
    ("2001-42", "there is no month 42", None),
    ("2001-21-05", "21 is a season, and a season has no day 05", None),
    ("2025-W30", "ISO week dates are not EDTF", 'did you mean "2025-07-21/2025-07-27"?'),
    ("2025-W30-3", "ISO week dates are not EDTF", 'did you mean "2025-07-23"?'),
    ("2025-204", "ISO ordinal dates (year and day of the year) are not EDTF", None),
    ("20:37", "a time without a day: the day and a T go before it", None),
    ("T20:37", "a time without a day: the day and a T go before it", None),
    (
        "2025-07-23 20:37",
        "half-written: a time is T20:37 or T20:37:00, then nothing, Z or an offset like +03:00",
        'did you mean "2025-07-23T20:37"?',
    ),
    ("2025-07-23T20", "half-written: a time is T20:37 or T20:37:00, then nothing, Z or an offset like +03:00", None),
    (
        "2025-07-23T20:37+0300",
        "half-written: a time is T20:37 or T20:37:00, then nothing, Z or an offset like +03:00",
        'did you mean "2025-07-23T20:37+03:00"?',
    ),
    (
        "2025-07-23T20:37:1",
        "half-written: a time is T20:37 or T20:37:00, then nothing, Z or an offset like +03:00",
        'did you mean "2025-07-23T20:37:01"?',
    ),
    ("2025-07-23T25:00", "there is no hour 25: a day runs from 00:00 to 24:00", None),
    ("2025-07-23T20:61", "there is no minute 61: minutes are 00 to 59", None),
    ("2025-07-23T20:37:60", "there is no second 60: seconds are 00 to 59", None),
    ("2025-07-23T24:00:01", "there is no hour 24: a day runs from 00:00 to 24:00", None),
    ("2025-07-23T20:37-00:00", "an offset of zero has no minus: -00:00", "write Z or +00:00"),
    ("2025-07-23T20:37+15:00", "no time zone is at +15:00: offsets run from -12:00 to +14:00", None),
    ("2025-07-23T20:37-12:30", "no time zone is at -12:30: offsets run from -12:00 to +14:00", None),
    (
        "2012-10-10t10:10:10",
        "EDTF is in capitals: X for an unspecified digit, Y for a long year, T before a time",
        'did you mean "2012-10-10T10:10:10"?',
    ),
    ("2012-10-10T10:10:10Z10", "'2012-10-10T10:10:10Z10' is not an EDTF date", EXAMPLES),
    ("2025-XX-23T10:00", "a date with unspecified digits (X) has no time of day", None),
    ("٢٠٢٥", "digits are 0 to 9, not '٢' (U+0662)", 'did you mean "2025"?'),
    ("2025–05–23", "the character '–' (U+2013) is not part of a date", 'did you mean "2025-05-23"?'),
    (
        "2025-05-23–2025-05-25",
        "the character '–' (U+2013) is not part of a date",
        'did you mean "2025-05-23/2025-05-25"?',
    ),
    (
        "2025-05-23 – 2025-05-25",
        "the character '–' (U+2013) is not part of a date",
        'did you mean "2025-05-23/2025-05-25"?',
    ),
    (
        "2025-05-23/25",
        "half-written: the end of an interval is written in full, not 25",
        'did you mean "2025-05-23/2025-05-25"?',
    ),
    (
        "2025-06-02T14:43/15:57",
        "half-written: the end of an interval is written in full, not 15:57",
        'did you mean "2025-06-02T14:43/2025-06-02T15:57"?',
    ),
    ("2012/2013/2014", "'2012/2013/2014' is not an EDTF date", EXAMPLES),
    ("2012///4444", "'2012///4444' is not an EDTF date", EXAMPLES),
    ("2000/12-12", "half-written: month and day are a hyphen and two digits each", 'did you mean "2000-12-12"?'),
    ("[1999", "half-written set: [ is not closed by ]", None),
    ("[1999}", "half-written set: [ is not closed by ]", None),
    ("{1999]", "half-written set: { is not closed by }", None),
    ("[]", "the set is empty", None),
    ("[1999,]", "the set has an empty place between its commas", None),
    ("[..]", "a set with .. alone has no date", None),
    ("[1760..,1761]", "in a set, 1760.. may only stand last", None),
    ("[1999,..2000]", "in a set, ..2000 may only stand first", None),
    ("[1672..1670]", "the range runs backward: 1672 is after 1670", None),
    ("[1760-12..1761]", "the range 1760-12..1761 runs from a month to a year: both must be alike", None),
    ("[2025]/2026", "a set in brackets stands alone, not inside another date", None),
    ("2026/[2025]", "a set in brackets stands alone, not inside another date", None),
    ("[1 760-01, 1760-02]", "'1 760-01' is not an EDTF date", EXAMPLES),
    ("today", "a date in a ledger is the day itself, not a word for it", None),
    ("-", "half-written: a year has four digits", None),
    ("XXX1-02-29", "there is no day 29: no year XXX1 is a leap year, so February has 28 days", None),
    ("156X-09-31", "there is no day 31: September has 30 days", None),
    ("2025-XX-32", "there is no day 32", None),
    ("not a date", "'not a date' is not an EDTF date", EXAMPLES),
    ("\x00", "'\\x00' is not an EDTF date", EXAMPLES),
    ("\u202e2025", "the character U+202E is not part of a date", None),
    (
        "2025-06-02T15:57+03:00/2025-06-02T14:43+03:00",
        "the interval runs backward: 2025-06-02T15:57+03:00 is after 2025-06-02T14:43+03:00",
        'did you mean "2025-06-02T14:43+03:00/2025-06-02T15:57+03:00"?',
    ),
    ("1863- 03-29", "'1863- 03-29' is not an EDTF date", EXAMPLES),
    ("-000", "half-written: a year has four digits", 'did you mean "-000X"?'),
    ("-00XX-02-30", "there is no day 30: February has 29 days", None),
    ("0800/-0999", "the interval runs backward: 0800 is after -0999", 'did you mean "-0999/0800"?'),
    (
        "y-61000/-2000",
        "EDTF is in capitals: X for an unspecified digit, Y for a long year, T before a time",
        'did you mean "Y-61000/-2000"?',
    ),
    ("2025-08-32/..", "there is no day 32: August 2025 has 31 days", last("2025-08", 31)),
    ("2025/26", "half-written: the end of an interval is written in full, not 26", 'did you mean "2025/2026"?'),
    (
        "[2025-05-10,10/05/2025]",
        "10/05/2025 is not EDTF, which begins with the year and joins with hyphens",
        'write "[2025-05-10,2025-05-10]" or "[2025-05-10,2025-10-05]", whichever is meant',
    ),
    ("23rd July 2025", "a date is written in digits", 'did you mean "2025-07-23"?'),
    ("May 2025", "a date is written in digits", 'did you mean "2025-05"?'),
    ("mai 2025", "'mai 2025' is not an EDTF date", EXAMPLES),
    ("2025-07-23T20:37:00,5", "'2025-07-23T20:37:00,5' is not an EDTF date", EXAMPLES),
    ("Y9999999999999", "a year of more than 12 digits is not supported", None),
    ("9999999999999", "a year of more than 12 digits is not supported", None),
    ("31/02/2025", "31/02/2025 is not EDTF, which begins with the year and joins with hyphens", None),
    (
        "2025-05-23..2025-05-25",
        "two dots join dates inside a set only: a span has a slash",
        'did you mean "2025-05-23/2025-05-25"?',
    ),
    ("Y17000\x1b[31m", "a year that begins with Y stands alone, without '\\x1b[31m'", None),
    ("in, ..\x1b", "'in, ..\\x1b' is not an EDTF date", EXAMPLES),
    ("[2025,..\x1b]", "'\\x1b' is not an EDTF date", EXAMPLES),
    ("2025-07-23T", "half-written: no time stands after the T", 'did you mean "2025-07-23"?'),
    ("2025-07-23T2", "half-written: a time is T20:37 or T20:37:00, then nothing, Z or an offset like +03:00", None),
    ("2025-W60", "ISO week dates are not EDTF", None),
    ("-0000-01-01", "there is no year -0000: the year before 0001 is 0000", 'write "0000"'),
]


@pytest.mark.parametrize(("text", "message", "hint"), FAULTS)
def test_faults(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(DateError) as caught:
        parse_period(text)
    assert (str(caught.value), caught.value.hint) == (message, hint)


@pytest.mark.parametrize("hint", [hint for _, _, hint in FAULTS if hint])
def test_every_offer_can_be_read(hint: str) -> None:
    for text in hint.split('"')[1::2]:
        assert parse_period(text).edtf == text
