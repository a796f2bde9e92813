"""The quick reader gives what the TOML parser gives, or leaves the block to it."""

import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from talkstrack.index.quick import quick_event

LINES = (
    'id = "a"', 'title = "Für \t „Kyiv“"', "date = 2025-05-01", "date = 2025-02-30", "date = 2025-05-01T10:00:00",
    "round = 3", "round = 03", "round = +3", "round = 0", "round = 1_000", "number = 12345678901234567890",
    "retracted = true", "retracted = false", "retracted = True", 'tags = ["a", "b, c"]', 'tags = ["a","b"]',
    "tags = []", "tags = [1, 2]", 'tags = ["a", "b",]', 'note = """\nTwo\nlines\n"""', 'note = """a"""',
    'note = """', 'note = "esc\\n"', "note = 'literal'", 'note = ""', 'note = """"""', 'note = "', "# remark", "",
    "[[event.transfer]]", "[[event.claim]]", "[event.extra]", "[[event.claim.more]]", "[[event]]", "[party.UKR]",
    'transfer = "x"', 'claim = ["a"]', 'tags = ["a", ""]', 'a-b = "x"', '"quoted" = 1', "x=1", "x  = 1", "x = 1 # r",
    "count = 1.5", "count = 1e3", "count = nan", 'note = "\x7f"', 'note = "\u2028"', 'note = "a" ', "9 = 1", "- = 1",
    'claim = []', "x = { a = 1 }", 'parts = { a = 1, b-1 = "~2" }', "x = { a = 1, a = 2 }", "x = {}", "x = { a = 01 }",
    'x = { a = "b = 1, c = 2" }', "x = { a.b = 1 }", "x = { a = 1,}", 'tags = [\n    "a",\n    "b, c", "d",\n]',
    'tags = [\n"a"\n]', 'tags = [\n]', 'tags = [ "a" ]', 'tags = ["a" "b"]', 'tags = ["a",,"b"]', "tags = [,]",
    'tags = [\n  # remark\n  "a",\n]', 'x = { a = 1,\n b = 2 }', 'x = { a = "q" }\n', 'x = "a" y = "b"', '\x0bid = "v"', 'id = "é"', 'é = "id"',
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=8))
@settings(max_examples=2500, deadline=None)
def test_quick_is_right_or_silent(lines: list[str]) -> None:
    block = "[[event]]\n" + "".join(line + "\n" for line in lines)
    found = quick_event(block)
    if found is not None:
        assert tomli.loads(block) == {"event": [found]}


def test_a_plain_block_is_read() -> None:
    block = (
        '[[event]]\nid = "a"\ndate = 2025-05-01\nround = 2\ntags = ["x", "y"]\n\nretracted = false\n'
        'note = """\nTwo\nlines\n"""\n[[event.transfer]]\nto = "UKR"\ncount = 0\n[[event.claim]]\nby = "RUS"\n'
        '[[event.transfer]]\nto = "RUS"\nparts = []\n'
    )
    assert {"event": [quick_event(block)]} == tomli.loads(block)


def test_what_is_not_plain_is_left() -> None:
    for line in ("x=1", "x = 1.5", "x = 'a'", "[event.extra]", "# remark", 'id = "a\\n"', 'id = "a"\nid = "b"'):
        assert quick_event(f"[[event]]\n{line}\n") is None
