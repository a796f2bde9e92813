"""What `add --from` is given is read whole, and every fault has the line of the input."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import events
from talkstrack.ledger.intake.intake import Form, Given, Intake, read_events, read_intake
from talkstrack.ledger.writing.block_layout import event_text
from talkstrack.model.event import Event, read_event

A = {"id": "a", "kind": "talks", "date": "2025-05-16", "title": "A"}
B = {"id": "b", "kind": "talks", "date": "2025-06-02", "title": "B"}
EVENT_A, EVENT_B = read_event(A)[0], read_event(B)[0]


def read(text: str, name: str = "-", form: Form | None = None) -> list[tuple[dict[str, Any], int]]:
    intake = read_intake(text, name, form)
    assert intake.problems == ()
    return [(one.table, one.line) for one in intake.events]


def faults(text: str, name: str = "-") -> list[tuple[int, str, str]]:
    found = read_events(read_intake(text, name), name)[1]
    assert {one.path for one in found} <= {name}
    return [(one.line, one.slug, one.message) for one in found]


def as_json(*tables: dict[str, Any]) -> list[str]:
    return [msgspec.json.encode(table).decode() for table in tables]


ONE, TWO = as_json(A, B)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (ONE, [1]),
        (f"\n\n{msgspec.json.format(ONE)}\n", [3]),
        (f"[{ONE},{TWO}]", [1, 1]),
        (f"[\n{ONE},\n\n{TWO}\n]\n", [2, 4]),
        (f"{ONE}\n{TWO}\n", [1, 2]),
        (f"{ONE}\r\n\r\n{TWO}", [1, 3]),
        (f"{msgspec.json.format(ONE)}\n{msgspec.json.format(TWO)}", [1, 7]),
        (
            f'{{"schema": "talkstrack.timeline/1",\n"query": {{"rows": 1}},\n"rows": [\n{ONE},\n{TWO}],"totals": []}}',
            [4, 5],
        ),
        (f"\ufeff{ONE}", [1]),
    ],
)
def test_json_in_each_of_its_forms(text: str, lines: list[int]) -> None:
    assert read(text) == list(zip((A, B), lines, strict=False))


def test_the_form_is_told_by_name_or_beginning() -> None:
    assert read(f"{ONE}\n", "x.ndjson") == read(f"{ONE}\n", "x.jsonl") == read(ONE, "x.json") == [(A, 1)]
    header = "id,kind,date,title\na,talks,2025-05-16,A\n"
    assert read(header) == read(header, "x.csv") == read(header.replace(",", "\t"), "x.tsv") == [(A, 2)]
    assert read(header, "x.json", "csv") == read(header.replace(",", ";")) == [(A, 2)]


def test_toml_blocks_and_register_entries() -> None:
    text = f'# from my notes\n[source.s]\ntitle = "T"\n\n{event_text(A)}\n{event_text(B)}'
    intake = read_intake(text, "-")
    assert [(read_event(one.table)[0], one.line) for one in intake.events] == [(EVENT_A, 5), (EVENT_B, 11)]
    assert (intake.entries, intake.problems) == ({"source": {"s": {"title": "T"}}}, ())
    assert intake.events[0].text == event_text(A)


@settings(max_examples=60, deadline=None)
@given(st.lists(events(), min_size=1, max_size=3))
def test_what_was_written_comes_back(given: list[Event]) -> None:
    plain = [msgspec.structs.replace(one, extra=None) for one in given]
    document = msgspec.json.encode({"schema": "talkstrack.timeline/1", "rows": plain}).decode()
    lines = "".join(msgspec.json.encode(one).decode() + "\n" for one in plain)
    blocks = "\n".join(event_text(one) for one in given)
    for text, wanted in ((document, plain), (lines, plain), (blocks, given)):
        found, problems = read_events(read_intake(text, "-"), "-")
        assert ([event for event, _ in found], problems) == (wanted, ())


def test_csv_with_facets() -> None:
    text = (
        "id,kind,date,title,sources,to_UKR,to_Coord. HQ,transfer.2.to,transfer.2.parts.military,extra.mood,line\n"
        'a,talks,2025-05-16,"A, and\nmore",s;t,84@UKR,over-1000,RUS,3,calm,7\n'
        ",,,,,5@RUS,,,,,\n"
        "\n"
        'b,talks,2025-06-02,\'=B,"s,t"\n'
    )
    assert read(text) == [
        (
            {
                **A,
                "title": "A, and\nmore",
                "sources": ["s", "t"],
                "transfer": [
                    {"to": "UKR", "count": 84, "by": "UKR"},
                    {"to": "Coord. HQ", "count": ">1000"},
                    {"to": "RUS", "parts": {"military": "3"}},
                    {"to": "UKR", "count": 5, "by": "RUS"},
                ],
                "extra": {"mood": "calm"},
            },
            2,
        ),
        ({**B, "title": "=B", "sources": ["s", "t"]}, 6),
    ]


@pytest.mark.parametrize(
    ("columns", "message", "hint"),
    [
        ("title,title", "the column `title` stands twice (columns 4 and 5)", "keep one of the two"),
        ("title,extra.x, extra.x", "the column `extra.x` stands twice (columns 5 and 6)", "keep one of the two"),
        (
            "title,transfer.to,transfer.count,transfer.to",
            "the column `transfer.to` stands twice (columns 5 and 7)",
            "name it `transfer.2.to` if it is of a second row",
        ),
        (
            "title,transfer.to,transfer.2.to,transfer.1.to",
            "`transfer.to` and `transfer.1.to` are one column (columns 5 and 7)",
            "name it `transfer.3.to` if it is of a second row",
        ),
        (
            "title,transfer.parts.civilian,transfer.parts",
            "`transfer.parts.civilian` and `transfer.parts` are one column (columns 5 and 6)",
            "name it `transfer.2.parts` if it is of a second row",
        ),
        (
            "title,to_UKR,to_RUS,to_UKR",
            "the column `to_UKR` stands twice (columns 5 and 7)",
            "put the second on a line of its own, below the event's, where only its cell is filled",
        ),
    ],
)
def test_no_column_of_a_csv_stands_twice(columns: str, message: str, hint: str) -> None:
    text = f"id,kind,date,{columns}\na,talks,2025-05-16,A\n"
    found = read_intake(text, "x.csv").problems
    assert [(one.line, one.slug, one.message, one.hint) for one in found] == [(1, "bad-input", message, hint)]


def test_every_fault_of_a_csv_is_told() -> None:
    text = (
        "id,kind,date,titel,transfer.to,transfer.count,to_RUS,transfer.count.x\n"
        "a,talks,2025-05-16,A,UKR,many,,\n"
        "b,talks,2025-02-30,B,UKR,,84@,\n"
        "c,talks,2025-05-16,C,,,,,,,too,many\n"
    )
    no_day = read_event({**A, "date": "2025-02-30"})[1][0].message
    assert faults(text, "x.csv") == [
        (1, "bad-input", "there is no field `titel`"),
        (1, "bad-input", "there is no field `transfer.count.x`"),
        (2, "bad-count", "transfer.1.count: 'many' is not a count"),
        (2, "missing-field", "an event needs `title`"),
        (3, "bad-input", "column RUS=84@ says @ but not who"),
        (3, "bad-date", no_day),
        (3, "missing-field", "transfer.1: a transfer needs `count`"),
        (3, "missing-field", "an event needs `title`"),
        (4, "bad-input", "the row has 12 cells, the header 8"),
    ]
    assert faults('id,kind\n"a,talks\n') == [(2, "bad-input", "this is not CSV: unexpected end of data")]


def test_every_line_of_ndjson_is_read_whatever_the_others_are() -> None:
    broken = [ONE, '{"id": "c",', "[1]", '{"id": "d", "id": "e"}', TWO, '{"id": NaN}', "3", '{"kind": "talks"}']
    found, problems = read_events(read_intake("\n".join(broken), "-", "ndjson"), "-")
    assert found == ((EVENT_A, 1), (EVENT_B, 5))
    assert [(one.line, one.message) for one in problems] == [
        (2, "this is not JSON: expecting property name enclosed in double quotes at column 12"),
        (3, "an event is a JSON object"),
        (4, "this is not JSON that an event can be: `id` is given twice"),
        (6, "this is not JSON that an event can be: NaN is not a number that JSON has"),
        (7, "an event is a JSON object"),
        (8, "an event needs `id`"),
        (8, "an event needs `title`"),
        (8, "an event needs `date`"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [(1, "bad-input", "there is no event in it")]),
        ("[]", [(1, "bad-input", "there is no event in it")]),
        (f"[\n{ONE}\n{TWO}]", [(3, "bad-input", "this is not JSON: expecting ',' or ']' at column 1")]),
        (f"[\n{ONE},\n", [(3, "bad-input", "this is not JSON: expecting value at column 1")]),
        ('{"id": "a",\n"kind": }', [(2, "bad-input", "this is not JSON: expecting value at column 9")]),
        ("[" * 100_000, [(1, "bad-input", "this is not JSON that an event can be: it is nested too deep")]),
        ("9" * 5000, [(1, "bad-input", "this is not JSON that an event can be: a number has too many digits")]),
        ('[\n{"id": "a",\n"id": "b"}]', [(2, "bad-input", "`id` is given twice")]),
    ],
)
def test_json_that_is_none(text: str, wanted: list[tuple[int, str, str]]) -> None:
    assert faults(text, "x.json") == wanted


def test_values_of_json_that_a_ledger_cannot_hold() -> None:
    deep: Any = 1
    for _ in range(60):
        deep = {"a": deep}
    rows = as_json({**A, "extra": {"a": [1, None]}}, {**B, "titel": 1, "transfer": [{"to": "UKR", "count": "x"}]})
    rows += [ONE.replace('"A"', '"\\ud800"'), *as_json({**A, "extra": deep})]
    assert faults("\n".join(rows), "x.ndjson") == [
        (1, "bad-value", "extra.a: a list of a ledger cannot hold null"),
        (2, "unknown-key", "an event has no field `titel`"),
        (2, "bad-count", "transfer.1.count: 'x' is not a count"),
        (3, "bad-value", "the text holds half of a surrogate pair, which is no character"),
        (4, "bad-value", "this is nested more than 50 deep"),
    ]


def test_faults_of_toml_have_their_own_line_and_column() -> None:
    broken = event_text({**B, "transfer": [{"to": "UKR", "count": "x"}]})
    text = f"title = 1\n{event_text(A)}\n[[event]]\nid = \n\n{broken}\n[sauce.s]\n"
    found = read_events(read_intake(text, "in.toml"), "in.toml")[1]
    assert [(one.line, one.column, one.slug) for one in found] == [
        (1, 1, "bad-input"), (9, 6, "bad-input"), (18, 9, "bad-count"), (20, 1, "bad-input"),
    ]  # fmt: skip
    assert (found[0].message, found[2].subject) == ("`title` stands outside an event", "b")
    assert faults("# nothing\n") == [(1, "bad-input", "there is no event in it")]


def test_the_shipped_ledger_can_be_fed_back() -> None:
    text = (Path(__file__).parents[1] / "data" / "events.toml").read_text(encoding="utf-8")
    found, problems = read_events(read_intake(text, "events.toml"), "events.toml")
    assert (len(found) > 80, problems) == (True, ())
    rows = msgspec.json.encode({"schema": "talkstrack.timeline/1", "rows": [event for event, _ in found]}).decode()
    again, problems = read_events(read_intake(rows, "-"), "-")
    assert ([event for event, _ in again], problems) == ([event for event, _ in found], ())


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet='{}[]",:=\n#ab1.event ', max_size=60), st.sampled_from(["json", "ndjson", "toml", "csv", "tsv"])
)
def test_any_text_is_read_or_told(text: str, form: Form) -> None:
    intake = read_intake(text, "-", form)
    assert isinstance(intake, Intake)
    assert all(isinstance(one, Given) for one in intake.events)
    assert intake.events or intake.entries or intake.problems or form == "toml"
