"""A fault of syntax has plain words and the place a person has to look at."""

import json

import pytest

from talkstrack.ledger.reading.syntax import DEEPEST, ParseError, parse

TOO_DEEP = f"this is nested more than {DEEPEST} deep"
NO_NEWLINE = "Expected newline or end of document after a statement"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('a = 1\r\n\r\nb = "é" x\r\n', ParseError(NO_NEWLINE, 3, 9)),
        ('a = "b\n', ParseError("the string is not closed on its line", 1, 7)),
        ('a = "b', ParseError("this string is never closed", 1, 5)),
        ('a = 1\nb = """c\n\n', ParseError("this string is never closed", 2, 5)),
        ("b = '''c\n", ParseError("this string is never closed", 1, 5)),
        ('b = """\n"""\na = [\n"b",\n', ParseError("this list is never closed", 3, 5)),
        ("a = { b = 1", ParseError("this inline table is never closed", 1, 5)),
        ("a = ", ParseError("Invalid value", 1, 5)),
        ("a = 1\na = '''\n'''\n", ParseError("a is given twice", 2, 1)),
        ("a = 1\n\ta.'b' = 2\n", ParseError("a.'b' clashes with what is given above", 2, 2)),
        ("[a]\n[[b]]\n[a] # c\n", ParseError("[a] is given twice", 3, 1)),
        ("a = 1\n[[a]]\n", ParseError("[[a]] clashes with what is given above", 2, 1)),
        ("a = { b = 1, b = 2 }", ParseError("Duplicate inline table key 'b'", 1, 19)),
        ("a = " + "9" * 5000, ParseError("this number has too many digits", 1, 5)),
        ("a = 1\nb = " + "[" * 100_000, ParseError(TOO_DEEP, 2, 5)),
        ("b = " + "{ a = " * 5_000, ParseError(TOO_DEEP, 1, 5)),
        ("a = 1\nb = " + "[" * 150 + "]" * 150, ParseError(TOO_DEEP, 2, 5)),
        ("a = 1\n" + "n." * 100_000 + "n = 1", ParseError(TOO_DEEP, 2, 1)),
        ("[" + "n." * 150 + "n]", ParseError(TOO_DEEP, 1, 1)),
    ],
)
def test_a_fault_is_explained(text: str, fault: ParseError) -> None:
    moved = ParseError(fault.message, fault.line + 9, fault.column)
    assert (parse(text), parse(text, 10)) == (fault, moved)


def test_what_is_valid_is_read() -> None:
    deep = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    assert parse(f'a = {10**400}\nb = {deep}\nc = "{"." * 500}"\n') == {
        "a": 10**400,
        "b": json.loads(deep),
        "c": "." * 500,
    }


@pytest.mark.parametrize("text", ["a=1\n[a", "[a]\nx=1\n[[a", '[party.A]\nname="x"\n[[party.A'])
def test_a_header_that_is_not_closed_at_the_end_is_a_fault(text: str) -> None:
    assert isinstance(parse(text), ParseError)
