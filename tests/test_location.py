"""A value is found at its own line and column, however it is laid out."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from talkstrack.ledger.reading.location import Path, SourceRange, line_text, locate

EVENT = '''\
[[event]] # id = 1
id = "a" # the id
sources = [ # ["b"]
  "id = 3", "b]", # "c"
  'c#', ]
extra.a . "b.c" = [[1, 2], [{ x = 3, y.z = """
[[event.transfer]]
count = 4""" }]]
[[event.transfer]]
to = "to"
[[ event."transfer" ]]
"count" = 5
parts = { military = 6, 'civilian' = 7, }
  [event.transfer.deep]
  at = 2025-07-23 10:00:00
[event.extra.more]
\tkey = true
'''
HEADER = """\
# Who
title = "x"
[ledger]
format = 1
[[person.umerov.role]]
title = 1
[[person.umerov.role]]
from = 2023-09-06
[person.umerov.role.place]
name = 2
[[person.other.role]]
from = 3
"""

names = st.sampled_from(["a", "b-c", "event", "a.b", "[x]", "#", '"', "", "é\t"])
values = st.recursive(
    st.just(0) | st.sampled_from(["a = 1", "[[event]]", '"""', "# x", "\n1000 = 1000\n", "'''"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


def quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def written(draw: st.DrawFn, value: Any, tokens: Iterator[int]) -> str:
    """Write a value in some layout; each 0 becomes a number that stands nowhere else."""
    gap = st.sampled_from(["", " ", "\n", " # ], 1 }\n\t", "\r\n"])
    if isinstance(value, str):
        if draw(st.booleans()):
            return '"""\n' + value.replace('"', '\\"') + '"""'
        return '"' + value.replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, list):
        inner = [draw(gap) + written(draw, one, tokens) + draw(gap) for one in value]
        return "[" + ",".join(inner) + (draw(st.sampled_from(["", ","])) if inner else "") + draw(gap) + "]"
    if isinstance(value, dict):
        pairs = [f"{draw(gap)}{quoted(key)} = {written(draw, one, tokens)}" for key, one in value.items()]
        return "{" + ",".join(pairs) + " }"
    return str(next(tokens))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Draw valid TOML: one event with facets, or header tables."""
    tokens = itertools.count(1000)
    is_event = draw(st.booleans())
    text = "[[event]]\n" if is_event else ""
    headers = ("[[event.t]]", "[event.u]", '[[ event . "t" ]] # x', "[event.t.v]", "[[event.t.w]]")
    others = ("[p.x]", "[[q]]", "[[q]]", "[q.r]", "[['q'.s]] # [q]", "[p]")
    statement = st.tuples(names, names, values, st.booleans())
    for one in draw(st.lists(st.one_of(st.sampled_from(headers if is_event else others), statement), max_size=9)):
        if isinstance(one, str):
            line = one
        else:
            key = f"{quoted(one[0])} . {quoted(one[1])}" if one[3] else quoted(one[0])
            line = f" {key} = {written(draw, one[2], tokens)} # 1000"
        try:
            tomli.loads(text + line + "\n")
        except tomli.TOMLDecodeError:
            continue
        text += line + "\n"
    return text


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(one, (*path, key))
    else:
        yield path, value


def shown(text: str, span: SourceRange) -> str:
    return line_text(text, span.line)[span.column - 1 : span.end_column - 1]


@settings(max_examples=400, deadline=None)
@given(documents())
def test_every_number_is_found_where_it_was_written(text: str) -> None:
    parsed = tomli.loads(text)
    root = parsed["event"][0] if text.startswith("[[event]]") else parsed
    for path, value in leaves(root):
        span = locate(text, path)
        if isinstance(value, int):
            assert shown(text, span) == str(value)
        else:
            assert shown(text, span)[0] == '"'
        if isinstance(path[-1], str):
            key = shown(text, locate(text, path, key=True))
            assert key in (path[-1], quoted(path[-1]))


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(documents(), st.text(max_size=30), st.sampled_from([EVENT, HEADER])),
    st.lists(st.one_of(names, st.integers(-1, 3), st.sampled_from(["transfer", "extra"])), max_size=5),
    st.booleans(),
)
def test_any_path_in_any_text_leads_somewhere(text: str, path: list[str | int], key: bool) -> None:
    span = locate(text, tuple(path), key=key)
    assert 1 <= span.line <= text.count("\n") + 1
    assert 1 <= span.column <= span.end_column <= len(line_text(text, span.line)) + 2


@pytest.mark.parametrize(
    ("path", "line", "value", "key"),
    [
        ((), 1, "[[event]]", "event"),
        (("id",), 2, '"a"', "id"),
        (("sources",), 3, '[ # ["b"]', "sources"),
        (("sources", 1), 4, '"b]"', '"b]"'),
        (("sources", 2), 5, "'c#'", "'c#'"),
        (("sources", 3), 3, '[ # ["b"]', "sources"),
        (("extra", "a"), 6, "a", "a"),
        (("extra", "a", "b.c", 0, 1), 6, "2", "2"),
        (("extra", "a", "b.c", 1, 0, "x"), 6, "3", "x"),
        (("extra", "a", "b.c", 1, 0, "y"), 6, "y", "y"),
        (("extra", "a", "b.c", 1, 0, "y", "z"), 6, '"""', "z"),
        (("transfer", 0), 9, "[[event.transfer]]", "transfer"),
        (("transfer", 0, "count"), 9, "[[event.transfer]]", "transfer"),
        (("transfer", 1), 11, '[[ event."transfer" ]]', '"transfer"'),
        (("transfer", 1, "count"), 12, "5", '"count"'),
        (("transfer", 1, "parts", "civilian"), 13, "7", "'civilian'"),
        (("transfer", 1, "parts", "nope"), 13, "{ military = 6, 'civilian' = 7, }", "parts"),
        (("transfer", 1, "deep"), 14, "[event.transfer.deep]", "deep"),
        (("transfer", 1, "deep", "at"), 15, "2025-07-23 10:00:00", "at"),
        (("extra", "more", "key"), 17, "true", "key"),
        (("nope", 1, "x"), 1, "[[event]]", "event"),
    ],
)
def test_places_in_an_event(path: Path, line: int, value: str, key: str) -> None:
    spans = locate(EVENT, path), locate(EVENT, path, key=True)
    assert [(span.line, shown(EVENT, span)) for span in spans] == [
        (line, value),
        (locate(EVENT, path).line, key),
    ]


@pytest.mark.parametrize(
    ("path", "line", "value", "key"),
    [
        (("title",), 2, '"x"', "title"),
        (("ledger", "format"), 4, "1", "format"),
        (("ledger", "nope"), 3, "[ledger]", "ledger"),
        (("person",), 5, "[[person.umerov.role]]", "person"),
        (("person", "umerov", "role", 0, "title"), 6, "1", "title"),
        (("person", "umerov", "role", 1, "from"), 8, "2023-09-06", "from"),
        (("person", "umerov", "role", 1, "place", "name"), 10, "2", "name"),
        (("person", "other", "role", 0, "from"), 12, "3", "from"),
        (("nope",), 1, "# Who", "# Who"),
    ],
)
def test_places_in_the_header(path: Path, line: int, value: str, key: str) -> None:
    for text in (HEADER, "\ufeff" + HEADER, HEADER.replace("\n", "\r\n")):
        spans = locate(text, path), locate(text, path, key=True)
        bom = "\ufeff" if line == 1 and text.startswith("\ufeff") else ""
        plain = text.removeprefix("\ufeff")
        assert (bom in text, [(span.line, shown(plain, span)) for span in spans]) == (
            True,
            [(line, value), (line, key)],
        )


def test_columns_count_characters() -> None:
    assert locate('[[event]]\n\t"é" = "🙂" \n', ("é",)) == SourceRange(2, 8, 11)


def test_a_header_table_is_found_below_events() -> None:
    assert locate("[[event]]\nid = 1\n[ledger]\nformat = 22\n", ("ledger", "format")) == SourceRange(4, 10, 12)


def test_a_broken_line_does_not_hide_what_follows() -> None:
    text = '[[event]]\nid = "a\nsources = ["b"\n[[event.transfer]]\ncount = 3\n'
    assert locate(text, ("transfer", 0, "count")) == SourceRange(5, 9, 10)


def test_deep_nesting_is_no_trouble() -> None:
    text = "[[event]]\na = " + "[" * 100_000 + "\n" + "b." * 50_000 + "c = 1\nd = 2\n"
    assert locate(text, ("d",)) == SourceRange(4, 5, 6)


@pytest.mark.parametrize(("line", "shown"), [(1, "a"), (2, "b"), (3, ""), (4, ""), (9, "")])
def test_a_line_is_shown_without_its_end(line: int, shown: str) -> None:
    assert line_text("a\r\nb\n\n", line) == shown
