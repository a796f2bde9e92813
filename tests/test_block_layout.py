"""Blocks read back as what they were made from, and look as a person would write them."""

from datetime import date, datetime, time, timedelta, timezone

import msgspec
import pytest
import tomli
from hypothesis import given, settings

from strategies import events
from talkstrack.ledger.reading.blocks import cut
from talkstrack.ledger.writing.block_layout import (
    ORDER,
    count_value,
    date_value,
    event_table,
    event_text,
    register_text,
    role_text,
)
from talkstrack.model.counts import parse_count
from talkstrack.model.entries import TABLES, Person, Role, Source, field_type
from talkstrack.model.event import FACETS, Event, read_event
from talkstrack.model.fields import fields_of
from talkstrack.model.register import read_register

DESIGN = """\
[[event]]
id = "exchange-2025-07-23"
kind = "exchange"
date = 2025-07-23
title = "Stage 9: seriously ill, severely wounded"
part_of = "exchange-agreement-2"
under = "agreement-2/prisoners"
sources = ["liga-2025-07-23"]
[[event.transfer]]
to = "UKR"
count = "~250"
by = "medinsky"
[[event.claim]]
by = "zelenskyy"
to = "UKR"
under = "agreement-2"
count = ">1000"
"""


def read(text: str) -> Event:
    event, faults = read_event(tomli.loads(text)["event"][0])
    assert event is not None, faults
    return event


@settings(max_examples=150, deadline=None)
@given(events())
def test_every_event_reads_back_as_it_was(event: Event) -> None:
    text = event_text(event)
    assert read(text) == event
    assert event_text(read(text)) == text
    assert event_text(msgspec.structs.replace(event, line=7)) == text
    assert read(text.replace("\n", "\r\n")) == event


@settings(max_examples=75, deadline=None)
@given(events())
def test_json_output_and_toml_tables_give_the_same_block(event: Event) -> None:
    text = event_text(event)
    assert event_text(tomli.loads(text)["event"][0]) == text
    assert event_text(event_table(event)) == text
    without_extra = msgspec.structs.replace(event, extra=None)
    assert event_text(msgspec.json.decode(msgspec.json.encode(without_extra))) == event_text(without_extra)


@settings(max_examples=75, deadline=None)
@given(events())
def test_the_reader_cuts_a_block_as_one(event: Event) -> None:
    text = event_text(event)
    found = cut(f'[ledger]\nformat = 1\n\n{text}\n[[event]]\nid = "after"\n').blocks
    assert [block.kind for block in found] == ["header", "event", "event"]
    assert found[1].data is not None
    assert read_event(found[1].data)[0] == event


def test_a_block_looks_as_in_the_design() -> None:
    assert event_text(read(DESIGN)) == DESIGN


def test_every_choice_of_the_layout() -> None:
    event = {
        "kind": "exchange",
        "id": "x",
        "title": "T",
        "status": "held",
        "revision": 1,
        "retracted": False,
        "date": "2025-05-16T13:30:00+03:00",
        "recorded": {"edtf": "2025-08-14", "earliest": "2025-08-14"},
        "by": ["UKR"],
        "parties": "UKR",
        "host": ["TUR", "USA"],
        "summary": "One line.\nAnd another.",
        "note": "[[event]]\nnot a header",
        "tags": [],
        "place": None,
        "sources": [f"a-rather-long-source-{number}" for number in range(4)],
        "extra": {"mood": "tense", "seen": date(2025, 8, 14)},
        "transfer": [
            {"count": {"text": "390"}, "to": "UKR", "under": "", "parts": {"military": 270, "civilian": "120"}},
            {"to": "RUS", "count": "over 1,000", "parts": None},
        ],
        "deadline": ({"to": ["RUS"], "due": "2025-09-02?"},),
        "line": 12,
    }
    assert event_text(event) == (
        "[[event]]\n"
        'id = "x"\n'
        'kind = "exchange"\n'
        "date = 2025-05-16T13:30:00+03:00\n"
        'title = "T"\n'
        'summary = """\nOne line.\nAnd another."""\n'
        'parties = ["UKR"]\n'
        'host = ["TUR", "USA"]\n'
        'by = "UKR"\n'
        "sources = [\n"
        '    "a-rather-long-source-0",\n'
        '    "a-rather-long-source-1",\n'
        '    "a-rather-long-source-2",\n'
        '    "a-rather-long-source-3",\n'
        "]\n"
        "recorded = 2025-08-14\n"
        'note = "[[event]]\\nnot a header"\n'
        'extra = { mood = "tense", seen = 2025-08-14 }\n'
        "[[event.transfer]]\n"
        'to = "UKR"\n'
        "count = 390\n"
        "parts = { military = 270, civilian = 120 }\n"
        'under = ""\n'
        "[[event.transfer]]\n"
        'to = "RUS"\n'
        'count = ">1000"\n'
        "[[event.deadline]]\n"
        'to = "RUS"\n'
        'due = "2025-09-02?"\n'
    )


def test_a_large_table_of_ones_own_stands_below_the_fields_and_above_the_facets() -> None:
    extra = {"text": "x" * 90, "below": {"a b": 1, "deeper": {}}, "rows": [{"n": 1}, {"n": 2}], "at": time(9, 30)}
    table = {
        "id": "x",
        "kind": "k",
        "date": "2025",
        "title": "t",
        "extra": extra,
        "office": [{"person": "p", "title": "t"}],
    }
    text = event_text(table)
    assert text.split("\n", 5)[5] == (
        "[event.extra]\n"
        f'text = "{"x" * 90}"\n'
        "rows = [{ n = 1 }, { n = 2 }]\n"
        "at = 09:30:00\n"
        "[event.extra.below]\n"
        '"a b" = 1\n'
        "[event.extra.below.deeper]\n"
        '[[event.office]]\nperson = "p"\ntitle = "t"\n'
    )
    assert tomli.loads(text)["event"][0]["extra"] == extra


def test_what_is_not_seen_is_escaped() -> None:
    title = "a\x1b[31m\x7f\x9b\u202e\ufeff\u200b\U000e0041z"
    text = event_text({"id": "x", "title": title})
    assert text == '[[event]]\nid = "x"\ntitle = "a\\u001b[31m\\u007f\\u009b\\u202e\\ufeff\\u200b\\U000e0041z"\n'
    assert tomli.loads(text)["event"][0]["title"] == title


def test_a_table_with_faults_is_written_as_it_is_so_that_a_check_can_show_them() -> None:
    table = {"id": "x", "date": "2025-02-30", "titel": "t", "transfer": [{"to": "UKR", "count": "many"}], "claim": 3}
    assert event_text(table) == (
        '[[event]]\nid = "x"\ndate = "2025-02-30"\nclaim = 3\ntitel = "t"\n'
        '[[event.transfer]]\nto = "UKR"\ncount = "many"\n'
    )


def test_what_toml_cannot_say_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        event_text({"id": "x", "extra": {"holes": [None]}})


def test_register_entries() -> None:
    source = {"title": "T", "publisher": "LIGA.net", "published": "2025-07-23", "based_on": ["other"], "url": None}
    person = Person(name="Rustem Umerov", party="UKR", aliases=("Umierov",), role=(Role(title="Minister"),))
    assert register_text("source", "liga-2025-07-23", source) == (
        '[source.liga-2025-07-23]\npublisher = "LIGA.net"\ntitle = "T"\npublished = 2025-07-23\nbased_on = "other"\n'
    )
    text = register_text("person", "umerov", person)
    assert text == (
        '[person.umerov]\nname = "Rustem Umerov"\nparty = "UKR"\naliases = ["Umierov"]\n'
        '[[person.umerov.role]]\ntitle = "Minister"\n'
    )
    role = role_text("umerov", {"title": "Secretary", "from": "2025-07-18", "until": "2026"})
    assert role == '[[person.umerov.role]]\ntitle = "Secretary"\nfrom = 2025-07-18\nuntil = "2026"\n'
    register, faults = read_register(tomli.loads(text + role))
    assert (faults, [one.title for one in register.persons["umerov"].role]) == ([], ["Minister", "Secretary"])
    assert register_text("source", "s", Source()) == "[source.s]\n"
    assert register_text("kind", "decree", {"needs": "office", "symbol": "§"}) == (
        '[kind.decree]\nsymbol = "§"\nneeds = ["office"]\n'
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-07-23", date(2025, 7, 23)),
        ("2025-02-30", "2025-02-30"),
        ("0000-01-01", "0000-01-01"),
        ("2025-07", "2025-07"),
        ("2025-07-23?", "2025-07-23?"),
        ("2025-07-23T20:37:00", datetime(2025, 7, 23, 20, 37)),
        ("2025-07-23T20:37:00+03:00", datetime(2025, 7, 23, 20, 37, tzinfo=timezone(timedelta(hours=3)))),
        ("2025-07-23T20:37:00Z", "2025-07-23T20:37:00Z"),
        ("2025-07-23T24:00:00", "2025-07-23T24:00:00"),
    ],
)
def test_dates(text: str, value: object) -> None:
    assert date_value(text) == value


def test_counts() -> None:
    said = [count_value(parse_count(text)) for text in ("390", "1,000", "over 1000", "about 250", "withheld")]
    assert said == [390, 1000, ">1000", "~250", "withheld"]


_TEXTS = {
    "event": ("parties", "host", "mediators", "by", "people", "agenda", "replaces", "about", "tags", "sources"),
    "delegation": ("members", "joined", "left"), "deadline": ("to",), "party": ("aliases",), "person": ("aliases",),
    "source": ("based_on",), "kind": ("needs",),
}  # fmt: skip
_DATES = {
    "event": ("date", "scheduled", "recorded"), "response": ("date",), "source": ("published", "retrieved"),
    "role": ("from", "until"),
}  # fmt: skip
_ANYWHERE = {
    "described_as": "texts", "due": "date", "since": "date", "ends": "date", "count": "count", "size": "count",
    "parts": "parts", "nth": "number", "round": "number", "revision": "number", "fulfilled": "boolean",
    "retracted": "boolean", "extra": "table", "role": "tables", **dict.fromkeys(FACETS, "tables"),
}  # fmt: skip


def test_what_fields_take_is_what_the_format_says() -> None:
    for table, fields in ORDER.items():
        for field in fields:
            lists = "texts" if field in _TEXTS.get(table, ()) else None
            dates = "date" if field in _DATES.get(table, ()) else None
            plain = None if (table, field) in (("office", "party"), ("role", "title")) else _ANYWHERE.get(field)
            assert field_type(table, field) == (lists or dates or plain or "text"), (table, field)


def test_every_field_of_a_table_is_written_and_one_entry_of_these_lists_without_brackets() -> None:
    assert {table: sorted(fields) for table, fields in ORDER.items()} == {
        table: sorted(fields_of(struct)) for table, struct in TABLES.items()
    }
    lone = {
        f"{table}.{field.name}"
        for table, struct in TABLES.items()
        for field in fields_of(struct).values()
        if field.is_lone
    }
    assert lone == {
        "event.host", "event.mediators", "event.by", "event.about", "event.replaces", "deadline.to", "source.based_on",
    }  # fmt: skip
