"""How dates read on screen."""

import pytest

from talkstrack.model.dates.parse import parse_period
from talkstrack.render.words.dates import day_label, display, short_day, short_due

# text, in full, without the year, label under a month heading
WORDS = [
    ("2025-07-23", "23 July 2025", "23 July", "23 Wed"),
    ("2025-07-23?", "23 July 2025?", "23 July?", "23 Wed?"),
    ("2025-07-23~", "c. 23 July 2025", "c. 23 July", "~23 Wed"),
    ("2025-07~", "c. July 2025", "c. July", "~Jul"),
    ("2025-07", "July 2025", "July", "Jul"),
    ("2025-21", "spring 2025", "spring", "spring"),
    ("2025-24", "winter 2025–26", "winter 2025–26", "winter"),
    ("2099-24", "winter 2099–00", "winter 2099–00", "winter"),
    ("2025", "2025", "2025", "2025"),
    ("1984%", "c. 1984?", "c. 1984?", "~1984?"),
    ("0409", "409", "409", "409"),
    ("0000", "1 BCE", "1 BCE", "1 BCE"),
    ("-0044-03-15", "15 March 45 BCE", "15 March", "15 Thu"),
    ("-0044-24", "winter 45 BCE", "winter 45 BCE", "winter"),
    ("Y17000", "17000", "17000", "17000"),
    # unspecified digits
    ("202X", "2020s", "2020s", "2020–2029"),
    ("20XX", "2000–2099", "2000–2099", "2000–2099"),
    ("XXXX", "year unknown", "year unknown", "0–9999"),
    ("2025-XX", "2025 (one month)", "2025 (one month)", "2025"),
    ("2025-XX-XX", "2025 (one day)", "2025 (one day)", "2025"),
    ("2025-1X", "October–December 2025 (one month)", "October–December 2025 (one month)", "Oct–Dec"),
    ("2025-07-XX", "July 2025 (one day)", "July 2025 (one day)", "Jul"),
    ("2025-07-2X~", "c. 20–29 July 2025 (one day)", "c. 20–29 July 2025 (one day)", "20 to 29"),
    ("2025-XX-23", "the 23rd of a month in 2025", "the 23rd of a month in 2025", "Jan–Dec"),
    ("2025-XX-11", "the 11th of a month in 2025", "the 11th of a month in 2025", "Jan–Dec"),
    ("XXXX-12-25", "25 December, year unknown", "25 December, year unknown", "0–9999"),
    ("202X-23", "autumn, 2020s", "autumn, 2020s", "2020–2029"),
    ("000X", "000X (between 1 January 1 BCE and 31 December 9)", "000X (between 1 January 1 BCE and 31 December 9)",
     "0–9"),
    # intervals
    ("2025-05-23/2025-05-25", "23–25 May 2025", "23–25 May", "23 to 25"),
    ("2025-05-30/2025-06-02", "30 May – 2 June 2025", "30 May – 2 June", "30–2 Jun"),
    ("2025-05-16/2025-07-23", "16 May – 23 July 2025", "16 May – 23 July", "May–Jul"),
    ("2025-12-30/2026-01-02", "30 December 2025 – 2 January 2026", "30 December 2025 – 2 January 2026", "30–2 Jan"),
    ("2025-06/2025-08", "June–August 2025", "June–August", "Jun–Aug"),
    ("2025/2026-02", "2025 – February 2026", "2025 – February 2026", "2025–2026"),
    ("2022/2025", "2022–2025", "2022–2025", "2022–2025"),
    ("2025-05-23/2025-05-23", "23 May 2025", "23 May", "23 Fri"),
    ("2025-05-23~/2025-05-25", "c. 23 May 2025 – 25 May 2025", "c. 23 May – 25 May", "23 to 25"),
    ("2025-06-02/..", "since 2 June 2025", "since 2 June 2025", "from 2"),
    ("../2025-07-17", "until 17 July 2025", "until 17 July 2025", "to 17"),
    ("2025-06/", "from June 2025, end unknown", "from June 2025, end unknown", "from Jun"),
    ("/2025", "until 2025, start unknown", "until 2025, start unknown", "to 2025"),
    ("../..", "at any time", "at any time", "–"),
    ("/", "dates unknown", "dates unknown", "–"),
    ("/..", "since an unknown date", "since an unknown date", "–"),
    ("../", "until an unknown date", "until an unknown date", "–"),
    # sets
    ("[2025-05-10,2025-05-11]", "10 or 11 May 2025", "10 or 11 May", "10 or 11"),
    ("[2025-05-10, 2025-05-11?]", "10 May 2025 or 11 May 2025?", "10 May or 11 May?", "10 or 11"),
    ("[2025-08-07..2025-08-09]", "7–9 August 2025 (one day)", "7–9 August (one day)", "7 to 9"),
    ("{2025-06-09..2025-06-12}", "9–12 June 2025 (each day)", "9–12 June (each day)", "9 to 12"),
    ("{2025-06-09,2025-06-10,2025-06-12}", "9, 10 and 12 June 2025", "9, 10 and 12 June", "9 to 12"),
    ("{2025-05-30,2025-06-02,2025-06-03}", "30 May, 2 and 3 June 2025", "30 May, 2 and 3 June", "30–3 Jun"),
    ("[2025-08-05,2025-08-07..2025-08-09,2025-08-12]", "5, 7–9 or 12 August 2025", "5, 7–9 or 12 August", "5 to 12"),
    ("[1667,1668,1670..1672]", "1667, 1668 or 1670–1672", "1667, 1668 or 1670–1672", "1667–1672"),
    ("[1667,1760-12]", "1667 or December 1760", "1667 or December 1760", "1667–1760"),
    ("[..2025-07-17]", "17 July 2025 or earlier", "17 July 2025 or earlier", "to 17"),
    ("{2025-06-02..}", "2 June 2025 and later", "2 June 2025 and later", "from 2"),
    ("[1760-01,1760-02,1760-12..]", "January, February or December 1760 or later",
     "January, February or December 1760 or later", "from 1"),
    ("[2025]", "2025", "2025", "2025"),
    # times of day
    ("2025-07-23T20:37:00+03:00", "23 July 2025, 20:37 (+03:00)", "23 July, 20:37 (+03:00)", "23 Wed"),
    ("2025-07-23T20:37:05Z", "23 July 2025, 20:37:05 (UTC)", "23 July, 20:37:05 (UTC)", "23 Wed"),
    ("2025-07-23T20:37", "23 July 2025, 20:37", "23 July, 20:37", "23 Wed"),
    ("2025-07-23T12:40+03~", "23 July 2025, c. 12:40 (+03:00)", "23 July, c. 12:40 (+03:00)", "~23 Wed"),
    ("2025-07-23T20:37:00+03:00/2025-07-23T21:16:00+03:00", "23 July 2025, 20:37 to 21:16 (+03:00)",
     "23 July, 20:37 to 21:16 (+03:00)", "23 Wed"),
    ("2025-06-02T22:00+03:00/2025-06-03T01:10+03:00", "2 June 2025, 22:00 – 3 June 2025, 01:10 (+03:00)",
     "2 June, 22:00 – 3 June, 01:10 (+03:00)", "2 to 3"),
    ("2025-06-02T14:43+03:00/2025-06-02T13:00Z", "2 June 2025, 14:43 (+03:00) – 2 June 2025, 13:00 (UTC)",
     "2 June, 14:43 (+03:00) – 2 June, 13:00 (UTC)", "2 Mon"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "full", "short", "label"), WORDS)
def test_words(text: str, full: str, short: str, label: str) -> None:
    period = parse_period(text)
    assert (display(period), display(period, year=False), day_label(period)) == (full, short, label)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2025-09-02", "2 Sep"),
        ("[2025-08-07..2025-08-09]", "7–9 Aug"),
        ("2025-08-30/2025-09-02", "30 Aug–2 Sep"),
        ("../2025-09-02", "2 Sep"),
        ("2025-09-02/..", "2 Sep"),
        ("../..", "open"),
    ],
)
def test_due_days(due: str, words: str) -> None:
    assert short_due(parse_period(due)) == words


def test_days() -> None:
    assert [short_day(day) for day in ("2025-05-01", "Y17000-01-01", None)] == ["1 May", "Y17000-01-01", "open"]
