"""Cutting agrees with a parse of the whole file, and a fault costs only its own block."""

from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from talkstrack.ledger.reading.blocks import Block, Cut, blocks, cut, gathered, newline_of
from talkstrack.ledger.reading.location import BOM, SourceRange
from talkstrack.ledger.reading.syntax import ParseError

LEDGER = '''\
# The talks.

[ledger]
format = 1
title = "Talks"

[party.UKR]
name = "Ukraine" # a state
[person.umerov]
name = "Rustem Umerov"
[[person.umerov.role]]
title = "Minister"

# the first
[[event]]
id = "a"
summary = """
[[event]]
# not a comment """
sources = [
  "one", # ]
  ["two"],
]
[[event.transfer]] # to Kyiv
to = "UKR"
parts = { military = 2, civilian = 1 }

[[ event . "transfer" ]]
to = 'RUS'

[[event]]
id = "b"
date = 2025-07-23
[event.extra]
x.y = [
  [1, 2],
  [3]
]
text = \'\'\'[ledger]
[event.extra]\'\'\'
[[person.umerov.role]]
title = "Secretary"
[[event.claim]]
by = "UKR"
# the end
'''
WHOLES = (
    "[[event]]\n", "[[event]]\n", '[["\\u0065vent"]] # quoted\n', "\t[[ event ]]\r\n",
    "[[event.transfer]]\n", "[event.transfer.one]\n", "[[event.transfer.sub]]\n", "[[\"event\".'claim']]\n",
    "[event.extra]\n", "[ledger]\n", "[party.UKR]\n", "[party]\n", "[person.x]\n", "[[person.x.role]]\n",
    "RUS.name = 3\n", 'id = "[[event]]"\n', "n = 1\n", "k.a = 2\n", 's = """\n[[event]]\n"""\n',
    "t = '''\n[ledger]\n# x '''\n", 'v = """\r\n[event.x]\r\n\\"""\r\n"""""\r\n',
    "a = [\n[1],\n[2] # ]\n]\n", "b = { x = 1, y = [\n[3]] }\n", "d = 2025-01-01 10:00:00 # day\n",
    '# """ note\n', "\n", "  \r\n",
)  # fmt: skip
PIECES = (
    *WHOLES, '"""', "'''", 's = """\n', "t = '''", "a = [\n", "[1],\n", '["a"]\n', "]\n", "b = { x = 1,\n",
    "}\n", "text\n", '"', "\\", "x = = 3\n", "[[event]\n", "[[event]] x\n", "date = 2025-02-30\n",
    "# \x01\n", "\r", "é = 1\n",
)  # fmt: skip


@st.composite
def valid_ledgers(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(["", BOM]))
    for piece in draw(st.lists(st.sampled_from(WHOLES), max_size=16)):
        try:
            tomli.loads((text + piece).removeprefix(BOM))
        except tomli.TOMLDecodeError:
            continue
        text += piece
    return text.rstrip() if draw(st.booleans()) else text


@st.composite
def mutated_ledgers(draw: st.DrawFn) -> str:
    text = LEDGER
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 0, 1, 3, 30]))
        text = text[:start] + draw(st.one_of(st.sampled_from(PIECES), st.just(""))) + text[end:]
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def faults(whole: Cut) -> list[ParseError]:
    return [*whole.header_faults, *(one.fault for one in whole.blocks if one.kind == "event" and one.fault)]


def events(whole: Cut) -> list[Any]:
    return [one.data for one in whole.blocks if one.kind == "event"]


def check(text: str) -> None:
    """Hold a cut against the text and against a parse of the whole."""
    whole = cut(text)
    kept = "".join(text[one.lead : one.end] for one in whole.blocks)
    assert BOM * text.startswith(BOM) + kept + whole.trailer == text
    lines = text.removeprefix(BOM).split("\n")
    for one in whole.blocks:
        assert one.lead <= one.start <= one.end
        assert (one.text, one.line) == (text[one.start : one.end], text.count("\n", 0, one.start) + 1)
        assert (one.data is None) == (one.fault is not None)
    for fault in faults(whole):
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
    try:
        expected = tomli.loads(text.removeprefix(BOM))
    except tomli.TOMLDecodeError:
        assert faults(whole)
        return
    expected_events = expected.pop("event", [])
    if isinstance(expected_events, list):
        assert (events(whole), whole.header, faults(whole)) == (expected_events, expected, [])
    else:
        assert faults(whole)


@settings(max_examples=400, deadline=None)
@given(valid_ledgers())
def test_a_valid_ledger_cut_says_what_it_says_whole(text: str) -> None:
    check(text)


@settings(max_examples=300, deadline=None)
@given(mutated_ledgers())
def test_a_mutated_ledger_is_faulty_exactly_when_it_is_not_toml(text: str) -> None:
    check(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=40)))
def test_any_text_is_cut_without_losing_a_character(text: str) -> None:
    check(text)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4), st.sampled_from(['"""', "'''", '"', "[", "{ a = ", "= 1", "[[", "\x00", "2025-02-30"]))
def test_a_broken_value_costs_only_its_own_event(number: int, value: str) -> None:
    bodies = [f'[[event]]\nid = "{one}"\nsummary = """\ntwo\nlines"""\ntail = 1\n' for one in range(5)]
    bodies[number] = f'[[event]]\nid = "{number}"\nx = {value}\n'
    whole = cut("[ledger]\nformat = 1\n" + "\n".join(bodies))
    read = [one["id"] for one in events(whole) if one]
    assert read == [str(one) for one in range(5) if one != number]
    assert len(faults(whole)) == 1


def test_the_sample_is_cut_at_its_headers() -> None:
    whole = cut(LEDGER)
    assert [(one.kind, one.keys, one.line, len(one.within)) for one in whole.blocks] == [
        ("header", ("ledger",), 3, 0),
        ("header", ("party", "UKR"), 7, 0),
        ("header", ("person", "umerov"), 9, 0),
        ("header", ("person", "umerov", "role"), 11, 0),
        ("event", ("event",), 15, 0),
        ("event", ("event",), 31, 1),
    ]
    assert whole.header == {key: value for key, value in tomli.loads(LEDGER).items() if key != "event"}
    assert whole.trailer == "# the end\n"


def test_comments_belong_to_the_block_below() -> None:
    text = "# file\n\n[ledger]\nx = 1\n\n# of b\n\n[[event]] # here\nid = 1\n# of c\n[[event]]\n# in c\n"
    assert [text[one.lead : one.start] for one in blocks(text)] == ["# file\n\n", "\n# of b\n\n", "# of c\n"]


def test_the_end_of_a_string_that_looks_like_a_comment_is_not_one() -> None:
    text = "[[event]]\nid = \"\"\"\n# x \"\"\"\n# y\n[[event]]\nid = '''\n# z '''\n# end\n"
    whole = cut(text)
    assert [one["id"] for one in events(whole)] == ["# x ", "# z "]
    assert [text[one.lead : one.start] for one in whole.blocks] == ["", "# y\n"]
    assert whole.trailer == "# end\n"


def test_keys_above_all_headers_are_a_header_block() -> None:
    whole = cut('# top\ntitle = "x"\nparty.UKR.name = "U"\n[ledger]\nformat = 1\n')
    assert [(one.keys, one.line) for one in whole.blocks] == [((), 2), (("ledger",), 4)]
    assert whole.header == {"title": "x", "party": {"UKR": {"name": "U"}}, "ledger": {"format": 1}}


def test_facets_below_a_later_table_stay_with_their_event() -> None:
    text = '[[event]]\nid = "a"\n[party.UKR]\nname = "U"\n# facet\n[[event.claim]]\nby = 1\n[party.RUS]\n'
    whole = cut(text)
    assert events(whole) == [{"id": "a", "claim": [{"by": 1}]}]
    assert whole.header == {"party": {"UKR": {"name": "U"}, "RUS": {}}}
    assert whole.locate_header(("party", "UKR", "name")) == SourceRange(4, 8, 11)


def test_a_broken_table_between_facets_does_not_cost_the_event() -> None:
    whole = cut('[[event]]\nid = "a"\n[party.UKR]\nname = \n[[event.claim]]\nby = "x"\n')
    assert (events(whole), faults(whole)) == (
        [{"id": "a", "claim": [{"by": "x"}]}],
        [ParseError("Invalid value", 4, 8)],
    )


def test_every_fault_of_the_header_is_told_in_one_run() -> None:
    whole = cut(
        "[ledger]\nformat = 1\n[party.UKR]\nname = 1\n[ledger]\n[party.UKR]\nname = 2\n"
        "[party.RUS]\nname = 1\nname = 2\n[person.x]\nname = ?\n[[person.x]]\n[party]\nUKR.code = 1\n"
    )
    assert whole.header == {"ledger": {"format": 1}, "party": {"UKR": {"name": 1}}, "person": {"x": [{}]}}
    assert whole.header_faults == (
        ParseError("[ledger] is given twice", 5, 1),
        ParseError("[party.UKR] is given twice", 6, 1),
        ParseError("name is given twice", 10, 1),
        ParseError("Invalid value", 12, 8),
        ParseError("UKR.code clashes with what is given above", 15, 1),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[event]\nid = 1\n", ParseError("an event begins with [[event]], not [event]", 1, 1)),
        ("event = 3\n", ParseError("an event begins with [[event]], it is not a value", 1, 1)),
        (
            "x = 1\nevent.id = 3\n[[event]]\n",
            ParseError("an event begins with [[event]], it is not a value", 2, 1),
        ),
        ("[[event.claim]]\n", ParseError("[[event.claim]] stands before the first [[event]]", 1, 1)),
        ("\n[[event]\nid = 1\n", ParseError("Expected ']]' at the end of an array declaration", 2, 8)),
        (BOM + "[[event]]\r\nid = ?\r\n", ParseError("Invalid value", 2, 6)),
        (BOM + "[[event]] ?", ParseError("Expected newline or end of document after a statement", 1, 11)),
        ("[[event]]\n# \x01", ParseError("Found invalid character '\\x01'", 2, 3)),
        ("# \x00", ParseError("Found invalid character '\\x00'", 1, 3)),
    ],
)
def test_a_fault_has_its_words_and_its_place(text: str, fault: ParseError) -> None:
    assert faults(cut(text)) == [fault]


def test_a_fault_below_a_header_in_a_string_has_its_own_place() -> None:
    whole = cut('[[event]]\ns = """\n[[event]]\n"""\ndate = 2025-02-30\n[[event]]\nid = "b"\n')
    assert (events(whole), faults(whole)) == (
        [None, {"id": "b"}],
        [ParseError("Invalid date or datetime", 5, 8)],
    )


def test_rows_of_an_unclosed_list_are_not_headers() -> None:
    whole = cut('[[event]]\nm = [\n  [1, 2],\n  [3, 4\n[[event]]\nid = "b"\n')
    assert events(whole) == [None, {"id": "b"}]
    assert len(faults(whole)) == 1


def test_a_wrong_event_header_does_not_cost_the_event_above() -> None:
    whole = cut('[[event]]\nid = "a"\n[event]\nid = "b"\n[[event.claim]]\nby = "x"\n')
    assert events(whole) == [{"id": "a"}, None]


def test_lines_count_on_from_the_first_line_given() -> None:
    whole = cut("[[event]]\nid = 1\n\n[[event]]\nid = ?\n[x]\ny = 1\ny = 2\n", first_line=100)
    assert [one.line for one in whole.blocks] == [100, 103, 105]
    assert faults(whole) == [ParseError("y is given twice", 107, 1), ParseError("Invalid value", 104, 6)]


def test_blocks_come_one_by_one() -> None:
    stream = blocks('[[event]]\nid = "a"\n[[event]]\nid = "b"\n')
    assert next(stream) == Block("event", ("event",), 0, 0, 19, 1, '[[event]]\nid = "a"\n', {"id": "a"}, None)


def test_blocks_taken_one_by_one_can_be_gathered() -> None:
    assert gathered(LEDGER, tuple(blocks(LEDGER))) == cut(LEDGER)


def test_a_string_open_to_the_end_of_a_long_ledger_costs_one_event() -> None:
    whole = cut('[[event]]\ns = """\n' + '[[event]]\nid = "x"\n' * 20_000)
    assert (len(whole.blocks), faults(whole)) == (
        20_001,
        [ParseError("this string is never closed", 2, 5)],
    )


@pytest.mark.parametrize("text", ["", BOM, "# only\n", "\r\n", "a\r\nb\n"])
def test_small_texts_are_cut(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("text", "newline"),
    [("", "\n"), ("[a]\r\n[b]\n[c]\r\n", "\r\n"), ("[a]\r\n\n\n", "\n"), ("[a]\r\n\n", "\r\n"), ("[a]", "\n")],
)
def test_the_newline_is_that_of_most_lines(text: str, newline: str) -> None:
    assert newline_of(text) == newline


def test_header_values_are_found_in_the_file() -> None:
    whole = cut(LEDGER)
    paths = [
        ("ledger", "format"),
        ("person", "umerov", "role", 1, "title"),
        ("person", "umerov", "name"),
        ("ledger", "nope"),
        ("person",),
        ("nope",),
    ]
    assert [whole.locate_header(path) for path in paths] == [
        SourceRange(4, 10, 11),
        SourceRange(LEDGER[: LEDGER.index('"Secretary"')].count("\n") + 1, 9, 20),
        SourceRange(10, 8, 23),
        SourceRange(3, 1, 9),
        SourceRange(9, 1, 16),
        SourceRange(1, 1, 1),
    ]
