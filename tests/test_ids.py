"""Ids are made from what an entry says, and an address finds its source."""

import pytest
from hypothesis import given

from strategies import periods, texts
from talkstrack.ledger.writing.ids import as_id, event_id, find_source, is_address, plain_address, site_name, source_id
from talkstrack.model.convert import is_identifier
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import Period
from talkstrack.model.entries import Source
from talkstrack.model.register import Register


@pytest.mark.parametrize(
    ("when", "key"),
    [
        ("2025-08-14", "exchange-2025-08-14"),
        ("2025-08-14?", "exchange-2025-08-14"),
        ("2025-05-16T13:30:00+03:00", "exchange-2025-05-16"),
        ("2025-07", "exchange-2025-07"),
        ("2025-07~", "exchange-2025-07"),
        ("2025-07-2X", "exchange-2025-07-2x"),
        ("2025-05-23/2025-05-25", "exchange-2025-05-23-2025-05-25"),
        ("[2025-05-10,2025-05-11]", "exchange-2025-05-10-2025-05-11"),
        ("2025-06-02/..", "exchange-2025-06-02"),
        ("../..", "exchange-undated"),
    ],
)
def test_an_event_is_named_for_its_kind_and_day(when: str, key: str) -> None:
    assert event_id("exchange", parse_period(when), ()) == key


def test_a_taken_id_gets_a_number() -> None:
    taken = {"exchange-2025-08-14", "exchange-2025-08-14-2"}
    assert event_id("exchange", "2025-08-14", taken) == "exchange-2025-08-14-3"


@given(texts(), periods())
def test_every_id_that_is_made_can_be_one(kind: str, when: Period) -> None:
    assert is_identifier(event_id(kind, when, ()))
    assert is_identifier(source_id(kind, None, when, ()))
    assert is_identifier(source_id(None, f"https://{kind}", None, ()))


@pytest.mark.parametrize(
    ("publisher", "url", "published", "key"),
    [
        ("LIGA.net", "https://news.liga.net/en/x", "2025-07-23", "liga-2025-07-23"),
        ("The Moscow Times", None, None, "moscow-times"),
        ("Türkiye Gazetesi", None, "2025", "turkiye-gazetesi-2025"),
        ("Українська правда", "https://www.pravda.com.ua/news", "2025-07-23?", "pravda-2025-07-23"),
        (None, "news.liga.net/en/x", "2025-07", "liga-2025-07"),
        (None, "https://[half", None, "source"),
        (None, None, "2025-07-23", "source-2025-07-23"),
    ],
)
def test_a_source_is_named_for_its_publisher_and_day(
    publisher: str | None, url: str | None, published: str | None, key: str
) -> None:
    assert source_id(publisher, url, published and parse_period(published), ()) == key
    assert source_id(publisher, url, published and parse_period(published), {key}) == f"{key}-2"


def test_sites() -> None:
    hosts = ("www.bbc.co.uk", "president.gov.ua", "news.com", "en.interfax.com.ua", "127.0.0.1", "localhost", "")
    assert [site_name(host) for host in hosts] == ["bbc", "president", "news", "interfax", "127-0-0-1", "localhost", ""]


def test_a_source_is_found_by_its_address_however_it_is_written() -> None:
    register = Register(
        sources={
            "a": Source(title="no address"),
            "b": Source(url="http://www.Liga.net/en/x/"),
            "c": Source(url="https://l.net/?p=1"),
        }
    )
    for url in (
        "https://liga.net/en/x",
        "HTTPS://LIGA.NET:443/en/x/#top",
        "liga.net/en/x?utm_source=t&fbclid=1",
        " www.liga.net/en/x ",
    ):
        assert find_source(register, url) == "b"
    found = [
        find_source(register, url) for url in ("https://l.net/?p=1", "https://l.net/?p=2", "https://liga.net/EN/x")
    ]
    assert found == ["c", None, None]
    assert plain_address("https://[half") == "https://[half"
    assert [is_address(one) for one in ("https://x", "www.x.net", "liga-2025")] == [True, True, False]


def test_what_can_stand_in_an_id() -> None:
    assert [as_id(one) for one in ("Ça va?", "a--b", "-", "x" * 130)] == ["ca-va", "a-b", "", "x" * 120]
