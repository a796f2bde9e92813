"""Statements are told apart without judging what they mean."""

import pytest

from talkstrack.ledger.reading.statements import header_at, members, statements, value_end

TEXT = '''\
# a = 1
a . "b\\u0020c" = """x
[y]""" # z

  [['t'.u]] # v
[broken
c = [1,
d = "[e]"'''


def test_statements_are_told_with_their_keys_and_values() -> None:
    found = [(one.names, one.brackets, TEXT[max(one.value, 0) : one.end]) for one in statements(TEXT)]
    assert found == [
        (("a", "b c"), 0, '"""x\n[y]"""'),
        (("t", "u"), 2, ""),
        ((), 0, TEXT[: TEXT.index("[broken") + 7]),
        ((), 0, "[1,"),
        (("d",), 0, '"[e]"'),
    ]


@pytest.mark.parametrize(
    ("value", "end"),
    [
        ('"a\\"]" x', 6),
        ("'a\\' x", 4),
        ('"""a""""" x', 9),
        ('"""a\\""" x', None),
        ("'''a\n''''x", 9),
        ('"a', None),
        ('""', 2),
        ('""""""', 6),
        ("[1, # ]\n'],', [ ], ] x", 20),
        ("[1 2]", None),
        ("[,]", None),
        ("[a = 1]", None),
        ("{ a.'}' = 1, b = { } } x", 22),
        ("{ a }", None),
        ("{ a = ", None),
        ("2025-01-01 10:00:00 x", 19),
        ("1 x", 1),
        ("", None),
        ("[" * 100_000, None),
    ],
)
def test_a_value_ends_where_its_last_bracket_or_quote_closes(value: str, end: int | None) -> None:
    assert value_end(value, 0) == end


def test_members_are_told_with_their_keys() -> None:
    text = "{ a.b = [1, { c = 2 }], d = 3 }"
    pairs = [(tuple(key.name for key in keys), text[start:end]) for keys, start, end in members(text, 0)]
    assert pairs == [(("a", "b"), "[1, { c = 2 }]"), (("d",), "3")]
    assert [text[start:end] for _, start, end in members(text, 8)] == ["1", "{ c = 2 }"]


@pytest.mark.parametrize("text", ["[a", "[[a]", "[a]]", "[a] b", "[[ a ] ]", "[]", "[a.]", "a"])
def test_a_broken_header_is_none(text: str) -> None:
    assert header_at(text, 0) is None
