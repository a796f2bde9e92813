"""A block ends at the next real header; candidates inside values are passed over."""

import pytest

from talkstrack.ledger.reading.block_bounds import Extent, extent, header_keys
from talkstrack.ledger.reading.syntax import ParseError

NEVER_CLOSED = ParseError("this string is never closed", 2, 5)


@pytest.mark.parametrize(
    ("body", "gap", "rest", "parsed"),
    [
        ("a = 1\n", "", "[[event]]\n", {"a": 1}),
        ("a = 1\n", "\n# b\n", "\t[x]\n", {"a": 1}),
        ("[[event.x]]\n[ 'event'.y]\n", "", "[y]\n", {"x": [{}], "y": {}}),
        ('a = """\n[[event]]"""\n', "", "[y]\n", {"a": "[[event]]"}),
        ('a = """\n[[event]]\n# """\n', "# b\n", "[y]\n", {"a": "[[event]]\n# "}),
        ("a = [\n[1], [\n2]\n]\n", "", "[y]\n", {"a": [[1], [2]]}),
        ("a = 1", "", "", {"a": 1}),
        ('a = """\n', "", '[[event]]\nb = """\ntext\n"""\n', NEVER_CLOSED),
        ('a = """\n', "# c\n", '[[event]\nb = """text"""\n', NEVER_CLOSED),
        ("a = '''\n[1, 2]\n", "", "[y]\nb = 1\n", ParseError(NEVER_CLOSED.message, 2, 5)),
        ("[[event.x]\n", "", "[y]\n", ParseError("Expected ']]' at the end of an array declaration", 2, 10)),
    ],
)
def test_an_event_ends_at_the_next_real_header(
    body: str, gap: str, rest: str, parsed: dict[str, object] | ParseError
) -> None:
    own = "[[event]]\n" + body
    found = extent(own + gap + rest, 0, 0, lead_line=1, in_event=True)
    expected = {"event": [parsed]} if isinstance(parsed, dict) else parsed
    assert found == Extent(len(own), len(own + gap), expected)


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("[[event]]", ("event",)),
        (' [ "a" . b ] # c', ("a", "b")),
        ("[[event]", ("event",)),
        ("[[event] x", ("event",)),
        ("[events", ()),
        ("a = 1", ()),
    ],
)
def test_a_header_line_has_its_key(line: str, keys: tuple[str, ...]) -> None:
    assert header_keys(line, 0) == keys
