"""What the shell gives becomes tables, and what it ate is told."""

import re
from typing import Any

import pytest

from talkstrack.cli.entering.shorthand import facet, transfers_each
from talkstrack.errors import USAGE
from talkstrack.ledger.intake.values import EntryError, field_value, text_list, transfer_to
from talkstrack.model.entries import field_type
from talkstrack.model.event import FACET_TYPES, FACETS, read_event
from talkstrack.model.fields import fields_of

EATEN = "the shell takes > and ~ for itself: quote the whole argument, or use words: {}over-1000"
NOTATION = 'write 390, "1000+", ">1000", "<=50", "~250", "246..250", "146 (146..154)", "withheld" or "unknown"'


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("UKR=84", {"to": "UKR", "count": 84}),
        ("UKR=84@UKR", {"to": "UKR", "count": 84, "by": "UKR"}),
        (" United States = 1,000 @ Coordination HQ ", {"to": "United States", "count": 1000, "by": "Coordination HQ"}),
        ("UKR=>1000@medinsky", {"to": "UKR", "count": ">1000", "by": "medinsky"}),
        ("UKR=over-1000", {"to": "UKR", "count": ">1000"}),
        ("UKR=at least 1000", {"to": "UKR", "count": "1000+"}),
        ("UKR=withheld", {"to": "UKR", "count": "withheld"}),
    ],
)
def test_a_transfer_to_a_party(text: str, table: dict[str, Any]) -> None:
    assert transfer_to(text) == table


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("UKR", "--to UKR has no count", EATEN.format("--to UKR=")),
        ("UKR=", "the count after --to UKR= is empty", EATEN.format("--to UKR=")),
        ("UKR=@UKR", "the count after --to UKR= is empty", EATEN.format("--to UKR=")),
        ("UKR=84@", "--to UKR=84@ says @ but not who", "after @ stands a party, a person or a source: 84@UKR"),
        ("=84", "--to '=84' names no party", "write --to UKR=84 or --to UKR=84@UKR"),
        ("UKR=many", "--to UKR=many: 'many' is not a count", NOTATION),
    ],
)
def test_a_transfer_that_cannot_be_read(text: str, message: str, hint: str) -> None:
    with pytest.raises(EntryError) as caught:
        transfer_to(text)
    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (message, hint, USAGE)


def test_a_transfer_to_each() -> None:
    both = [{"to": "UKR", "count": 200, "by": "RUS"}, {"to": "RUS", "count": 200, "by": "RUS"}]
    assert transfers_each("200@RUS", ("UKR", "RUS")) == both
    assert transfers_each("200", ()) == []
    with pytest.raises(EntryError, match=r"^the count after --each is empty$"):
        transfers_each("", ("UKR",))


@pytest.mark.parametrize(
    ("name", "text", "table"),
    [
        (
            "transfer",
            "to=UKR count=390 parts=military:270,civilian:120 by=RUS",
            {"to": "UKR", "count": 390, "parts": {"military": 270, "civilian": 120}, "by": "RUS"},
        ),
        (
            "transfer",
            """  to='Coord. HQ'  count="over 1000" note="a \\"b\\" = c"\tby=O'Brien under= """,
            {"to": "Coord. HQ", "count": ">1000", "note": 'a "b" = c', "by": "O'Brien", "under": ""},
        ),
        ("transfer", "to=UKR count=~250 note=x=y", {"to": "UKR", "count": "~250", "note": "x=y"}),
        ("transfer", "to=UKR count=3 parts=in:all:3", {"to": "UKR", "count": 3, "parts": {"in:all": 3}}),
        (
            "delegation",
            'party=UKR members="Rustem Umerov, kyslytsia" size=about-12 joined=a,b',
            {"party": "UKR", "members": ["Rustem Umerov", "kyslytsia"], "size": "~12", "joined": ["a", "b"]},
        ),
        ("claim", "by=zelenskyy to=UKR count=over-1000", {"by": "zelenskyy", "to": "UKR", "count": ">1000"}),
        ("claim", "by=RUS fulfilled=no", {"by": "RUS", "fulfilled": False}),
        ("claim", "by=RUS nth=9", {"by": "RUS", "nth": 9}),
        ("claim", "by=RUS nth=ninth", {"by": "RUS", "nth": "ninth"}),
        ("deadline", "to=RUS,UKR within=P10D/P12D", {"to": ["RUS", "UKR"], "within": "P10D/P12D"}),
        ("commitment", "id=prisoners count=1000 due=2025-06", {"id": "prisoners", "count": 1000, "due": "2025-06"}),
        (
            "office",
            '{"person": "umerov", "title": "Minister", "ends": null}',
            {"person": "umerov", "title": "Minister"},
        ),
    ],
)
def test_a_whole_facet(name: str, text: str, table: dict[str, Any]) -> None:
    assert facet(name, text) == table


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "to=UKR count=over 1000",
            "--transfer: 1000 is not KEY=VALUE",
            'write KEY=VALUE; a value with spaces takes quotation marks: note="a b", count="over 1000"',
        ),
        ("to=UKR count=", "the count after count= is empty", EATEN.format("count=")),
        ("to=UKR parts=military:", "the count after parts=military: is empty", EATEN.format("parts=military:")),
        (
            "to=UKR parts=military:1,000",
            "000 is not NAME:COUNT",
            "write parts=military:270,civilian:120, without commas inside numbers",
        ),
        ("to=UKR parts=a:1,a:2", "the part a is given twice", None),
        ("to=UKR cuont=3", "a transfer has no field cuont", "did you mean `count`?"),
        ("to=UKR to=RUS", "--transfer gives to twice", "a list takes commas: members=umerov,kyslytsia"),
        ("to=UKR by= count=3", "--transfer gives by without a value", "leave by= out where it is not known"),
        ('to=UKR note="half', "--transfer: the quotation mark after note= is not closed", None),
        (
            " ",
            "--transfer is empty",
            "write --transfer 'KEY=VALUE ...' with to, from, what, count, parts, described_as, by, under, note",
        ),
        ("[]", "--transfer: [] is not KEY=VALUE", None),
        ('{"to": }', "--transfer is not JSON: expecting value at character 8", None),
    ],
)
def test_a_facet_that_cannot_be_read(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(EntryError) as caught:
        facet("transfer", text)
    assert caught.value.message == message
    assert hint is None or caught.value.hint == hint


@pytest.mark.parametrize("name", FACETS)
def test_every_field_of_every_facet_can_be_typed(name: str) -> None:
    samples = {
        "text": "x", "texts": "x,y", "date": "2025-07", "count": "3", "parts": "a:1,b:2", "number": "1",
        "boolean": "yes",
    }  # fmt: skip
    special = {
        "what": "people", "within": "P1D", "outcome": "met", "answer": "none", "id": "x-1", "due": "2025-07",
    }  # fmt: skip
    one_of = {"claim": {"nth", "fulfilled"}, "deadline": {"within"}}.get(name, set())
    fields = [field for field in fields_of(FACET_TYPES[name]) if field not in one_of]
    typed = " ".join(f"{field}={special.get(field, samples.get(field_type(name, field), 'x'))}" for field in fields)
    event, faults = read_event({"id": "e", "kind": "k", "title": "t", "date": "2025", name: [facet(name, typed)]})
    assert (faults, event is not None) == ([], True)


def test_lists() -> None:
    assert text_list("a, b,,c ") == ["a", "b", "c"]
    assert text_list('["a, b", "c"]') == ["a, b", "c"]
    assert text_list("[half, a list") == ["[half", "a list"]
    assert text_list("") == []


def test_fields_of_an_event() -> None:
    assert field_value("event", "round", "3") == 3
    assert field_value("event", "retracted", "yes") is True
    assert field_value("event", "date", "2025-07-2X") == "2025-07-2X"
    assert field_value("source", "based_on", "a,b") == ["a", "b"]
    with pytest.raises(EntryError, match=re.escape("transfer has fields of its own")):
        field_value("event", "transfer", "x")
