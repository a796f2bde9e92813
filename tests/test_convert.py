"""Tables read field by field: every value in its form, every fault of a table in one run."""

from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from talkstrack.model import convert as shape
from talkstrack.model.convert import WRONG, Fault, Reader, TableType
from talkstrack.model.counts import parse_count
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.names import nearest

AT = ("here",)


class Inner(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    size: int | None = None


class Outer(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    from_: str | None = None
    names: tuple[str, ...] = ()
    rows: tuple[Inner, ...] = ()


INNER = TableType("a row", Inner, {"name": shape.text, "size": shape.positive}, ("name",), above=frozenset({"title"}))
OUTER = TableType(
    "an outer table",
    Outer,
    {"title": shape.text, "from": shape.text, "names": shape.texts, "rows": shape.tables(INNER)},
    ("title",),
    renamed={"from": "from_"},
)

READ: dict[str, tuple[Reader, Any, Any]] = {
    "text": (shape.text, " a ", " a "),
    "text or empty": (shape.text_or_empty, "", ""),
    "id": (shape.identifier, "agreement-2", "agreement-2"),
    "texts": (shape.texts, ["a", "b"], ("a", "b")),
    "lone text": (shape.texts, "a", ("a",)),
    "no texts": (shape.texts, [], ()),
    "boolean": (shape.boolean, False, False),
    "positive": (shape.positive, 1_000_000, 1_000_000),
    "a day": (shape.period, date(2025, 7, 23), parse_period("2025-07-23")),
    "a time": (shape.period, datetime(2025, 7, 23, 20), parse_period(datetime(2025, 7, 23, 20))),
    "edtf": (shape.period, "2025-07~", parse_period("2025-07~")),
    "date of JSON": (shape.period, {"edtf": "2025-07~", "earliest": "wrong"}, parse_period("2025-07~")),
    "count": (shape.count, "about 250", parse_count("~250")),
    "count of JSON": (shape.count, {"text": "~250", "low": 3}, parse_count("~250")),
    "duration": (shape.duration, "P10D/P12D", "P10D/P12D"),
    "parts": (shape.parts, {"military": 270, "civilian": "~120"}, {
        "military": parse_count(270), "civilian": parse_count("~120"),
    }),
    "table": (shape.table, {"a": [1]}, {"a": [1]}),
    "one of": (shape.one_of("met", "lapsed"), "met", "met"),
    "tables": (shape.tables(INNER), [{"name": "a"}, {"name": "b", "size": 2}], (
        Inner(name="a"), Inner(name="b", size=2),
    )),
}  # fmt: skip

ID = "an id has small letters, digits and hyphens only"
EMPTY = "leave the field out where it is not known"
REFUSED: dict[str, tuple[Reader, Any, Fault]] = {
    "text": (shape.text, 3, Fault("wrong-type", AT, "`here` takes text, not a whole number")),
    "text of a date": (shape.text, date(2025, 7, 23), Fault("wrong-type", AT, "`here` takes text, not a date")),
    "empty text": (shape.text, " ", Fault("empty-text", AT, "`here` is empty", EMPTY)),
    "text or empty": (shape.text_or_empty, {}, Fault("wrong-type", AT, "`here` takes text, not a table")),
    "id": (shape.identifier, "Agreement 2!", Fault("bad-id", AT, ID, '"agreement-2"')),
    "id without letters": (shape.identifier, "—", Fault("bad-id", AT, ID)),
    "id of hyphens": (shape.identifier, "--", Fault("bad-id", AT, ID)),
    "id that starts with a hyphen": (shape.identifier, "-a", Fault("bad-id", AT, ID, '"a"')),
    "id of another type": (shape.identifier, True, Fault("wrong-type", AT, "`here` takes text, not true or false")),
    "texts": (shape.texts, 1.5, Fault("wrong-type", AT, "`here` takes a list of texts, not a number")),
    "texts of texts": (
        shape.texts, ["a", ["b"]], Fault("wrong-type", ("here", 1), "`here` takes a list of texts, not a list"),
    ),
    "empty among texts": (shape.texts, ["a", " "], Fault("empty-text", ("here", 1), "an entry of `here` is empty")),
    "lone empty text": (shape.texts, "", Fault("empty-text", AT, "`here` is empty", EMPTY)),
    "boolean": (shape.boolean, 1, Fault("wrong-type", AT, "`here` takes true or false, not a whole number")),
    "zero": (shape.positive, 0, Fault("out-of-range", AT, "`here` is a whole number from 1 up")),
    "too many": (shape.positive, 1_000_001, Fault("out-of-range", AT, "`here` is a whole number from 1 up")),
    "positive": (shape.positive, True, Fault("wrong-type", AT, "`here` takes a whole number, not true or false")),
    "count": (shape.count, 2.5, Fault(
        "bad-count", AT, "a count is a whole number or text, not a number with a point",
        'write 390, "1000+", ">1000", "<=50", "~250", "246..250", "146 (146..154)", "withheld" or "unknown"',
    )),
    "duration": (shape.duration, 50, Fault(
        "wrong-type", AT, '`here` takes a duration such as "P50D", not a whole number'
    )),
    "parts": (shape.parts, [], Fault(
        "wrong-type", AT, "`here` takes a table such as { military = 270, civilian = 120 }, not a list"
    )),
    "table": (shape.table, "a", Fault("wrong-type", AT, "`here` takes a table, not text")),
    "one of": (shape.one_of("met", "lapsed"), "laps", Fault(
        "bad-value", AT, "`here` is one of met, lapsed, not 'laps'", "did you mean `lapsed`?"
    )),
    "none near": (shape.one_of("met", "lapsed"), "yes", Fault(
        "bad-value", AT, "`here` is one of met, lapsed, not 'yes'"
    )),
    "one of another type": (shape.one_of("met", "lapsed"), 1, Fault(
        "wrong-type", AT, "`here` takes one of met, lapsed, not a whole number"
    )),
    "tables": (shape.tables(INNER), {}, Fault(
        "wrong-type", AT, "`here` is an array of tables", "write [[event.here]]"
    )),
    "no table": (shape.tables(INNER), [1], Fault("wrong-type", ("here", 0), "`here` takes tables, not a whole number")),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_a_value_in_its_form_is_read(case: str) -> None:
    reader, value, expected = READ[case]
    faults: list[Fault] = []
    assert (reader(value, AT, faults), faults) == (expected, [])


@pytest.mark.parametrize("case", REFUSED)
def test_a_value_in_another_form_is_told(case: str) -> None:
    reader, value, expected = REFUSED[case]
    faults: list[Fault] = []
    assert (reader(value, AT, faults), faults) == (WRONG, [expected])


@pytest.mark.parametrize(
    ("reader", "value", "slug"),
    [
        (shape.period, "2025-13", "bad-date"),
        (shape.period, {}, "bad-date"),
        (shape.duration, "50 days", "bad-duration"),
    ],
)
def test_a_date_or_duration_is_refused_in_the_words_of_its_own_module(reader: Reader, value: Any, slug: str) -> None:
    faults: list[Fault] = []
    assert reader(value, AT, faults) is WRONG
    assert [(fault.slug, fault.path, fault.message != "") for fault in faults] == [(slug, AT, True)]


def test_every_bad_part_is_told() -> None:
    faults: list[Fault] = []
    assert shape.parts({"a": -1, "b": 2, "c": "many"}, AT, faults) is WRONG
    assert [(fault.slug, fault.path) for fault in faults] == [
        ("bad-count", ("here", "a")),
        ("bad-count", ("here", "c")),
    ]


def test_a_table_is_read_into_its_struct() -> None:
    faults: list[Fault] = []
    value = {"title": "t", "from": "x", "names": "n", "rows": [{"name": "a", "size": None}]}
    expected = Outer(title="t", from_="x", names=("n",), rows=(Inner(name="a"),))
    assert (shape.read_table(OUTER, value, (), faults), faults) == (expected, [])


def test_every_fault_of_a_table_is_told_in_one_run() -> None:
    faults: list[Fault] = []
    value = {
        "titel": "t", "from": 1, "names": 2, "ü": 3,
        "rows": [{"size": 0}, {"name": "", "title": "x"}, 5, {"name": "a", "sise": 1}],
    }  # fmt: skip
    assert shape.read_table(OUTER, value, ("top",), faults) is None
    assert faults == [
        Fault("unknown-key", ("top", "titel"), "an outer table has no field `titel`", "did you mean `title`?", True),
        Fault("wrong-type", ("top", "from"), "`from` takes text, not a whole number"),
        Fault("wrong-type", ("top", "names"), "`names` takes a list of texts, not a whole number"),
        Fault("unknown-key", ("top", "ü"), "an outer table has no field `ü`", None, True),
        Fault("out-of-range", ("top", "rows", 0, "size"), "`size` is a whole number from 1 up"),
        Fault("missing-field", ("top", "rows", 0), "a row needs `name`"),
        Fault("empty-text", ("top", "rows", 1, "name"), "`name` is empty", EMPTY),
        Fault(
            "unknown-key", ("top", "rows", 1, "title"), "a row has no field `title`",
            "`title` is a field of the event: move it above the first [[event....]] header", True,
        ),
        Fault("wrong-type", ("top", "rows", 2), "`rows` takes tables, not a whole number"),
        Fault("unknown-key", ("top", "rows", 3, "sise"), "a row has no field `sise`", "did you mean `size`?", True),
        Fault("missing-field", ("top",), "an outer table needs `title`"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "near"),
    [("exchnage", "exchange"), ("EXCHANGE", "exchange"), ("talk", "talks"), ("zzz", None), ("x" * 80, None)],
)
def test_the_nearest_word_is_offered_where_one_is_near(word: str, near: str | None) -> None:
    assert nearest(word, ("exchange", "talks")) == near


def test_what_can_be_read_of_a_faulty_table_is_kept() -> None:
    value = {"title": "t", "from": 1, "names": ["a", ""], "other": 1, "rows": []}
    assert shape.readable(OUTER, value) == {"title": "t", "rows": []}
