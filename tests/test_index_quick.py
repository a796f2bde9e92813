"""The quick reader gives what the TOML parser gives, or leaves the block to it."""

import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from talkstrack.index.quick import MOST, STATEMENTS, quick_event
from talkstrack.ledger.writing.block_layout import event_text
from talkstrack.model.event import Event, read_event

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


def slowly(block: str) -> Event | None:
    """Return the event of a block as the parser and `read_event` give it; None at any fault."""
    try:
        events = tomli.loads(block)["event"]
    except tomli.TOMLDecodeError:
        return None
    event, faults = read_event(events[0], 7)
    return None if faults else event


@given(st.lists(st.sampled_from(LINES), max_size=8), st.booleans())
@settings(max_examples=2500, deadline=None)
def test_quick_is_right_or_silent(lines: list[str], is_whole: bool) -> None:
    head = 'id = "x"\nkind = "talks"\ntitle = "T"\ndate = 2025-05-02\n' if is_whole else ""
    block = f"[[event]]\n{head}" + "".join(line + "\n" for line in lines)
    for _ in range(2):  # the second time by what was kept
        found = quick_event(block, 7)
        if found is not None:
            assert found == slowly(block)


@given(strategies.events())
@settings(max_examples=300, deadline=None)
def test_any_event_as_it_is_written_is_read_right_or_left(event: Event) -> None:
    block = event_text(event)
    found = quick_event(block, 7)
    if found is not None:
        assert found == slowly(block)


def test_a_plain_block_is_read() -> None:
    block = (
        '[[event]]\nid = "a"\nkind = "exchange"\ntitle = "T"\ndate = 2025-05-01\nround = 2\ntags = ["x", "y"]\n\n'
        'retracted = false\nnote = """\nTwo\nlines\n"""\nsources = [\n    "b",\n    "c",\n]\n[[event.transfer]]\nto = "UKR"\n'
        'count = 0\n[[event.claim]]\nby = "RUS"\nnth = 3\n[[event.transfer]]\nto = "RUS"\nfrom = "UKR"\ncount = "~25"\n'
        'parts = { military = 20, other = "withheld" }\n'
    )
    found = quick_event(block, 7)
    assert found is not None
    assert found == slowly(block)


WHOLE = '[[event]]\nid = "a"\nkind = "talks"\ntitle = "T"\ndate = 2025-05-01\n'


def test_what_is_not_plain_or_has_a_fault_is_left() -> None:
    assert quick_event(WHOLE) is not None
    for line in ("round=1", "round = 1.5", "note = 'a'", "[event.extra]", "# remark", 'note = "a\\n"', 'id = "b"'):
        assert quick_event(f"{WHOLE}{line}\n") is None, line
    for line in (
        "round = 0",
        'titel = "x"',
        'status = "gone"',
        "[[event.claim]]",
        '[[event.claim]]\nby = "RUS"',
        "[[event.x]]",
    ):
        assert quick_event(f"{WHOLE}{line}\n") is None, line
    for missing in ("id", "kind", "title", "date"):
        left = "".join(line for line in WHOLE.splitlines(keepends=True) if not line.startswith(missing))
        assert quick_event(left) is None, missing


def test_many_statements_are_not_kept_for_ever() -> None:
    for number in range(2 * MOST):
        assert quick_event(f"{WHOLE}round = {number % 900_000 + 1}\n") is not None
    assert len(STATEMENTS.kept) <= MOST
