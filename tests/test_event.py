"""Events: every field and facet decoded, every fault told, and JSON that reads back as the same event."""

import json
from typing import Any

import msgspec
import pytest
import tomli
from hypothesis import given, settings

import strategies
from talkstrack.model.convert import Fault
from talkstrack.model.counts import parse_count
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.event import (
    FACET_TYPES,
    STATUSES,
    UNDATED_STATUSES,
    Event,
    Status,
    read_event,
)
from talkstrack.model.facets import Claim, Commitment, Deadline, Delegation, Office, Response, Transfer
from talkstrack.model.fields import fields_of

DAY = parse_period("2025-07-23")
LEAST = {"id": "e1", "kind": "talks", "title": "Round 3", "date": "2025-07-23"}
WHOLE = """
id = "e1"
kind = "talks"
title = "Round 3"
date = 2025-07-23
status = "held"
scheduled = 2025-07-22
as_written = "on Wednesday"
summary = "s"
place = "Istanbul"
parties = ["UKR", "RUS"]
host = "TUR"
mediators = ["TUR", "USA"]
by = "fidan"
people = "umerov"
round = 3
agenda = "exchange"
under = "a1"
part_of = "istanbul"
replaces = "old"
about = ["a1", "a2"]
tags = "t"
sources = "liga"
recorded = 2025-07-24
recorded_by = "me"
revision = 2
because = "b"
retracted = false
note = "n"
extra = { mine = [1, "x"] }
[[delegation]]
party = "UKR"
head = "umerov"
members = "budanov"
size = 14
joined = ["a"]
left = "b"
by = "UKR"
note = "n"
[[commitment]]
id = "prisoners"
what = "people"
to = "UKR"
count = "1200"
described_as = "captive"
due = "2025-08"
by = "RUS"
note = "n"
[[transfer]]
to = "UKR"
from = "RUS"
what = "bodies"
count = "~250"
parts = { military = 200, civilian = "unknown" }
described_as = ["wounded", "ill"]
by = "medinsky"
under = ""
note = "n"
[[claim]]
by = "zelenskyy"
count = ">1000"
what = "people"
to = "UKR"
under = "a1"
since = 2025-05-16
series = "all"
described_as = "military"
note = "n"
[[claim]]
by = "UKR"
nth = 9
[[claim]]
by = "UKR"
fulfilled = false
[[deadline]]
to = "RUS"
within = "P10D/P12D"
outcome = "lapsed"
note = "n"
[[deadline]]
due = 2025-09-02
[[response]]
by = "RUS"
answer = "denied"
date = 2025-07-24
note = "n"
[[office]]
person = "umerov"
title = "Secretary"
party = "UKR"
ends = "2025-12"
"""
EXPECTED = Event(
    id="e1", kind="talks", title="Round 3", date=DAY, status="held", scheduled=parse_period("2025-07-22"),
    as_written="on Wednesday", summary="s", place="Istanbul", parties=("UKR", "RUS"), host=("TUR",),
    mediators=("TUR", "USA"), by=("fidan",), people=("umerov",), round=3, agenda=("exchange",), under="a1",
    part_of="istanbul", replaces=("old",), about=("a1", "a2"), tags=("t",), sources=("liga",),
    recorded=parse_period("2025-07-24"), recorded_by="me", revision=2, because="b", retracted=False, note="n",
    extra={"mine": [1, "x"]},
    delegation=(
        Delegation(
            party="UKR", head="umerov", members=("budanov",), size=parse_count(14), joined=("a",), left=("b",),
            by="UKR", note="n",
        ),
    ),
    commitment=(
        Commitment(
            id="prisoners", what="people", to="UKR", count=parse_count(1200), described_as=("captive",),
            due=parse_period("2025-08"), by="RUS", note="n",
        ),
    ),
    transfer=(
        Transfer(
            to="UKR", from_="RUS", what="bodies", count=parse_count("~250"),
            parts={"military": parse_count(200), "civilian": parse_count("unknown")},
            described_as=("wounded", "ill"), by="medinsky", under="", note="n",
        ),
    ),
    claim=(
        Claim(
            by="zelenskyy", count=parse_count(">1000"), what="people", to="UKR", under="a1",
            since=parse_period("2025-05-16"), series="all", described_as=("military",), note="n",
        ),
        Claim(by="UKR", nth=9),
        Claim(by="UKR", fulfilled=False),
    ),
    deadline=(
        Deadline(to=("RUS",), within="P10D/P12D", outcome="lapsed", note="n"),
        Deadline(due=parse_period("2025-09-02")),
    ),
    response=(Response(by="RUS", answer="denied", date=parse_period("2025-07-24"), note="n"),),
    office=(Office(person="umerov", title="Secretary", party="UKR", ends=parse_period("2025-12")),),
)  # fmt: skip


def read(**fields: Any) -> tuple[Event | None, list[Fault]]:
    return read_event({**LEAST, **fields})


def test_every_field_and_facet_is_read() -> None:
    table = tomli.loads(WHOLE)
    assert read_event(table) == (EXPECTED, [])
    assert set(table) == set(fields_of(Event))
    for facet, struct in FACET_TYPES.items():
        assert set().union(*table[facet]) == set(fields_of(struct))


def test_an_event_needs_no_more_than_its_four_fields() -> None:
    assert read() == (Event(id="e1", kind="talks", title="Round 3", date=DAY), [])


def test_json_has_every_key_always_and_null_where_unset() -> None:
    assert msgspec.to_builtins(Event(id="e1", kind="talks", title="Round 3", date=DAY)) == {
        "id": "e1", "kind": "talks", "title": "Round 3", "date": msgspec.to_builtins(DAY), "status": "held",
        "scheduled": None, "as_written": None, "summary": None, "place": None, "parties": (), "host": (),
        "mediators": (), "by": (), "people": (), "round": None, "agenda": (), "under": None, "part_of": None,
        "replaces": (), "about": (), "tags": (), "sources": (), "recorded": None, "recorded_by": None, "revision": 1,
        "because": None, "retracted": False, "note": None, "extra": None, "delegation": (), "commitment": (),
        "transfer": (), "claim": (), "deadline": (), "response": (), "office": (), "line": None,
    }  # fmt: skip


def as_json(event: Event) -> dict[str, Any]:
    """Return what JSON output says of an event, but for the line it stands on, which is no field of a ledger."""
    table: dict[str, Any] = json.loads(msgspec.json.encode(event))
    del table["line"]
    return table


@settings(max_examples=60)
@given(strategies.events())
def test_json_reads_back_as_the_same_event(event: Event) -> None:
    plain = msgspec.structs.replace(event, extra=None)
    assert read_event(as_json(msgspec.structs.replace(plain, line=7))) == (plain, [])


def test_extra_is_kept_as_it_is() -> None:
    extra = {"Ключ": [1, 2.5, True, {"a": "b"}], "": ""}
    event, faults = read(extra=extra)
    assert event is not None
    assert (event.extra, faults) == (extra, [])
    assert read_event(as_json(event)) == (event, [])


@pytest.mark.parametrize(
    "field",
    ["parties", "host", "mediators", "by", "people", "agenda", "replaces", "about", "tags", "sources"],
)
def test_a_field_of_names_takes_one_or_a_list(field: str) -> None:
    for given_, expected in (("a", ("a",)), (["a", "b"], ("a", "b")), ([], ())):
        event, faults = read(**{field: given_})
        assert (getattr(event, field), faults) == (expected, [])


@pytest.mark.parametrize("field", ["under", "part_of", "place", "summary", "because"])
def test_a_field_of_one_text_takes_no_list(field: str) -> None:
    assert read(**{field: ["a"]}) == (None, [Fault("wrong-type", (field,), f"`{field}` takes text, not a list")])


def test_an_event_itself_may_not_cut_its_link() -> None:
    hint = "leave the field out where it is not known"
    assert read(under="") == (None, [Fault("empty-text", ("under",), "`under` is empty", hint)])


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_has_not_happened_may_go_without_a_date(status: Status) -> None:
    table = {"id": "e1", "kind": "talks", "title": "t", "status": status}
    if status in UNDATED_STATUSES:
        message = f"a {status} event needs `date` or `scheduled`"
        event, faults = read_event({**table, "scheduled": "2025-07-23"})
        assert (event.when if event else None, faults) == (DAY, [])
    else:
        message = "an event needs `date`"
        assert read_event({**table, "scheduled": "2025-07-23"}) == (None, [Fault("missing-field", (), message)])
    assert read_event(table) == (None, [Fault("missing-field", (), message)])


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("is_retracted", [False, True])
def test_only_what_was_held_and_not_withdrawn_counts(status: Status, is_retracted: bool) -> None:
    event, _ = read(status=status, retracted=is_retracted)
    assert event is not None
    assert event.counts is (status == "held" and not is_retracted)


ONE = "a claim needs one of `count`, `nth`, `fulfilled`"
WITHIN = "a deadline needs `within` or `due`"
RULES: dict[str, tuple[dict[str, Any], Fault]] = {
    "claim of nothing": ({"claim": [{"by": "UKR"}]}, Fault("missing-field", ("claim", 0), ONE)),
    "claim of two": (
        {"claim": [{"by": "UKR", "nth": 1}, {"by": "UKR", "nth": 1, "fulfilled": False}]},
        Fault("bad-value", ("claim", 1), ONE + ", not several"),
    ),
    "deadline of nothing": ({"deadline": [{"to": "RUS"}]}, Fault("missing-field", ("deadline", 0), WITHIN)),
    "deadline of both": (
        {"deadline": [{"within": "P1D", "due": "2025-07-24"}]},
        Fault("bad-value", ("deadline", 0), WITHIN + ", not both"),
    ),
    "transfer without a count": (
        {"transfer": [{"to": "UKR"}]},
        Fault("missing-field", ("transfer", 0), "a transfer needs `count`"),
    ),
    "round nought": ({"round": 0}, Fault("out-of-range", ("round",), "`round` is a whole number from 1 up")),
}


@pytest.mark.parametrize("case", RULES)
def test_a_facet_that_says_too_little_or_too_much_is_told(case: str) -> None:
    fields, fault = RULES[case]
    assert read(**fields) == (None, [fault])


def test_every_fault_of_an_event_is_told_with_its_path() -> None:
    table = {
        "id": "E 1", "knid": "talks", "title": "", "date": "2025-13", "status": "hold", "party": "UKR", "extra": 1,
        "transfer": [{"to": "UKR", "count": 1, "parts": {"a": "x"}}, {"too": "UKR"}, 3],
        "claim": [{"count": 1, "nth": 0}], "deadline": [5, {"within": "soon"}], "office": {"person": "x"},
        "response": [{"by": "RUS", "answer": "acepted"}],
    }  # fmt: skip
    event, faults = read_event(table)
    assert event is None
    assert [(fault.slug, fault.path) for fault in faults] == [
        ("bad-id", ("id",)),
        ("unknown-key", ("knid",)),
        ("empty-text", ("title",)),
        ("bad-date", ("date",)),
        ("bad-value", ("status",)),
        ("unknown-key", ("party",)),
        ("wrong-type", ("extra",)),
        ("bad-count", ("transfer", 0, "parts", "a")),
        ("unknown-key", ("transfer", 1, "too")),
        ("missing-field", ("transfer", 1)),
        ("missing-field", ("transfer", 1)),
        ("wrong-type", ("transfer", 2)),
        ("out-of-range", ("claim", 0, "nth")),
        ("missing-field", ("claim", 0)),
        ("wrong-type", ("deadline", 0)),
        ("bad-duration", ("deadline", 1, "within")),
        ("wrong-type", ("office",)),
        ("bad-value", ("response", 0, "answer")),
        ("missing-field", ()),
        ("bad-value", ("claim", 0)),
    ]
    hints = {fault.path: fault.hint for fault in faults if fault.slug in ("unknown-key", "bad-value", "bad-id")}
    own = "A field of your own goes under `extra`"
    assert hints == {
        ("id",): '"e-1"', ("knid",): f"did you mean `kind`? {own}", ("status",): "did you mean `held`?",
        ("party",): f"did you mean `parties`? {own}", ("transfer", 1, "too"): "did you mean `to`?",
        ("response", 0, "answer"): "did you mean `accepted`?", ("claim", 0): None,
    }  # fmt: skip


def test_an_event_key_below_a_facet_says_where_it_belongs() -> None:
    hint = "`sources` is a field of the event: move it above the first [[event....]] header"
    message = "a transfer has no field `sources`"
    assert read(transfer=[{"to": "UKR", "count": 1, "sources": ["x"]}]) == (
        None, [Fault("unknown-key", ("transfer", 0, "sources"), message, hint, True)],
    )  # fmt: skip
