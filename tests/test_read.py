"""Reading a ledger: every way a file can be no ledger, and every fault of one in one run, each with its place."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talkstrack.errors import Problem
from talkstrack.ledger.reading.find import shipped_ledger
from talkstrack.ledger.reading.read import ParsedLedger, load, read_text
from talkstrack.ledger.reading.source import LARGEST_FILE, decode
from talkstrack.ledger.reading.unreadable import LedgerError

HEAD = (
    '[ledger]\nformat = 1\n[party.UKR]\nname = "Ukraine"\n[party.RUS]\nname = "Russia"\n[source.a]\npublisher = "A"\n'
)


def event(key: str, more: str = "") -> str:
    return f'\n[[event]]\nid = "{key}"\nkind = "statement"\ndate = 2025-06-01\ntitle = "T"\nsources = ["a"]\n{more}'


def told(text: str) -> list[str]:
    return [f"{one.line}:{one.column} {one.slug}" for one in read_text(text, "x.toml").problems]


@pytest.mark.parametrize(
    ("content", "slug", "place"),
    [
        (b"", "empty-file", (1, 1)),
        (b"\xef\xbb\xbf \r\n\t\n", "empty-file", (1, 1)),
        (b"[ledger]\nformat = 1\n\x00\x01", "binary-file", (3, 1)),
        (b"[ledger]\nformat = 1\n# caf\xe9\n", "not-utf8", (3, 6)),
        (b"[package]\nname = 'x'\n", "no-ledger-table", (1, 1)),
        (b"# only a comment\n", "no-ledger-table", (1, 1)),
        (b"[ledger]\ntitle = 'x'\nformat = 2\n", "format-version", (3, 10)),
    ],
)
def test_a_file_that_is_no_ledger_says_which_way(
    tmp_path: Path, content: bytes, slug: str, place: tuple[int, int]
) -> None:
    path = tmp_path / "events.toml"
    path.write_bytes(content)
    with pytest.raises(LedgerError) as caught:
        load(path, "events.toml")
    assert (caught.value.slug, (caught.value.line, caught.value.column)) == (slug, place)
    assert caught.value.exit_code == 3


def test_a_missing_file_a_folder_and_a_file_too_large(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    found = []
    for path in (tmp_path / "none.toml", tmp_path, large):
        with pytest.raises(LedgerError) as caught:
            load(path)
        found.append(caught.value.slug)
    assert found == ["no-ledger", "not-a-file", "too-large"]


def test_ten_faults_in_ten_blocks_are_all_told_with_their_places() -> None:
    blocks = [
        event("a", "sorces = []\n"),
        event("b", 'by = "nobody"\n'),
        event("c", 'under = "none"\n'),
        event("d", "round = 0\n"),
        event("e", 'scheduled = "2025-02-30"\n'),
        event("f", '[[event.transfer]]\nto = "UKR"\ncount = -1\n'),
        event("g", '[[event.transfer]]\nto = "UKR"\ncount = 3\nparts = { a = 1 }\n'),
        event("h", 'note = "unclosed\n'),
        event("c"),
        event("i", '[[event.claim]]\nby = "UKR"\n'),
    ]
    found = read_text(HEAD + "".join(blocks), "x.toml").problems
    assert [one.slug for one in found] == [
        "unknown-key", "unknown-name", "unknown-event", "out-of-range", "bad-date", "bad-count", "parts-sum", "syntax",
        "duplicate-id", "missing-field",
    ]  # fmt: skip
    lines = (HEAD + "".join(blocks)).split("\n")
    assert [lines[one.line - 1][one.column - 1 :][:6] for one in found] == [
        "sorces", '"nobod', '"none"', "0", '"2025-', "-1", "{ a = ", "", '"c"', "[[even",
    ]  # fmt: skip
    assert all(one.path == "x.toml" and one.excerpt for one in found)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n", "\n# the end\n"])
def test_any_newline_mark_and_end_reads_the_same(newline: str, mark: str, end: str) -> None:
    text = (
        event("early") + "\n" + HEAD + event("a", 'note = """\n[[event]]\nnot one\n"""') + event("b")
    ).rstrip() + end
    found = read_text(mark + text.replace("\n", newline), "x.toml")
    assert found.problems == ()
    assert [one.id for one in found.events] == ["early", "a", "b"]
    lines = text.split("\n")
    assert [lines[(one.line or 0) - 1 : (one.line or 0) + 1] for one in found.events] == [
        ["[[event]]", f'id = "{key}"'] for key in ("early", "a", "b")
    ]


def test_an_unclosed_text_costs_only_its_own_block() -> None:
    found = read_text(HEAD + event("a") + event("b", 'note = """\nnever closed\n') + event("c"), "x.toml")
    assert [one.id for one in found.events] == ["a", "c"]
    assert [one.slug for one in found.problems] == ["syntax"]


def test_a_late_header_and_a_broken_header_are_told_beside_events() -> None:
    assert told(HEAD + event("a") + '[party.UKR]\nname = "again"\n' + event("b", 'by = "X"\n')) == [
        "16:1 syntax",
        "25:6 unknown-name",
    ]


def test_git_conflict_markers_are_named() -> None:
    found = read_text(
        HEAD + event("a") + "<<<<<<< ours\n" + event("b") + "=======\n" + event("c") + ">>>>>>> theirs\n", "x"
    )
    assert "git left a conflict here" in [one.message for one in found.problems]


def test_a_day_that_does_not_exist_is_told_as_a_date_though_toml_trips_over_it() -> None:
    found = read_text(HEAD + event("a").replace("2025-06-01", "2025-02-30"), "x").problems
    assert [(one.slug, one.message, one.line, one.column) for one in found] == [
        ("bad-date", "there is no day 30: February 2025 has 28 days", 13, 8)
    ]


def test_only_the_latest_revision_is_held_to_the_register() -> None:
    mended = event("a", 'revision = 2\nbecause = "slip"\nrecorded = 2025-06-02\nby = "UKR"\n')
    assert told(HEAD + event("a", 'by = "nobody"\n') + mended) == []


def test_an_id_that_stands_twice_hides_no_fault_of_either_block() -> None:
    first = event("one").replace('["a"]', '["lost"]')
    assert told(HEAD + first + event("one", 'by = "X"\n')) == [
        "15:12 unknown-source",
        "18:6 duplicate-id",
        "23:6 unknown-name",
    ]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('place = "Ankara', 'close it with the sign it begins with; a text of several lines stands in """'),
        ("place = Ankara", 'a text stands in quotes: key = "text"'),
        ("place", "a line says key = value"),
        ("scheduled = 2025-02-30", "the last one is 2025-02-28; the month alone is 2025-02"),
        ("agenda = [1,", "close it: what begins with [ ends with ], what begins with { with }"),
        ("place = 1\nplace = 2", "keep one of the two"),
    ],
)
def test_a_fault_of_syntax_has_a_hint_and_names_its_event(line: str, hint: str) -> None:
    (problem,) = read_text(HEAD + event("one", line + "\n"), "x.toml").problems[:1]
    assert (problem.hint, problem.subject) == (hint, "one")


def test_the_shipped_ledger_has_no_errors() -> None:
    assert load(shipped_ledger()).problems == ()


def problems_lie_inside(found: ParsedLedger) -> bool:
    lines = found.text.split("\n")
    return all(1 <= one.line <= len(lines) + 1 and one.column >= 1 for one in found.problems)


def read_anything(content: bytes) -> tuple[Problem, ...] | str:
    """Return the problems of a ledger, or the slug of why it is none; anything else is a bug."""
    try:
        found = read_text(decode(content, "x"), "x")
    except LedgerError as error:
        return error.slug
    assert problems_lie_inside(found)
    return found.problems


VALUES = st.recursive(
    st.sampled_from(
        [
            "1",
            "-1",
            "1e400",
            "nan",
            "true",
            '"x"',
            "2025-06-01",
            "07:32:00",
            "9" * 400,
            '""',
            '"2025-13"',
            '">5"',
            "[]",
            "{}",
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=2).map(
            lambda items: f"{{ {', '.join(f'k{at} = {one}' for at, one in enumerate(items))} }}"
        ),
    ),
    max_leaves=6,
)
FIELDS = [
    "id", "kind", "title", "date", "status", "scheduled", "parties", "by", "round", "under", "part_of", "about", "tags",
    "sources", "recorded", "revision", "retracted", "extra", "delegation", "commitment", "transfer", "claim",
    "deadline", "response", "office", "nonsense",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6), max_size=3))
def test_valid_toml_of_any_shape_is_read(tables: list[dict[str, str]]) -> None:
    blocks = ["[[event]]\n" + "".join(f"{key} = {value}\n" for key, value in table.items()) for table in tables]
    assert read_anything((HEAD + "\n".join(blocks)).encode()) is not None


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_are_read(content: bytes) -> None:
    assert read_anything(content) is not None
    assert read_anything(HEAD.encode() + content) is not None


SHIPPED = shipped_ledger().read_bytes()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_shipped_ledgers_are_read(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SHIPPED) - 20_000))
    piece = bytearray(SHIPPED[:2_000] + SHIPPED[start : start + 12_000])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(piece) - 1))
        match data.draw(st.sampled_from(("flip", "cut", "double", "insert"))):
            case "flip":
                piece[at] = data.draw(st.integers(0, 255))
            case "cut":
                del piece[at : at + data.draw(st.integers(1, 60))]
            case "double":
                piece[at:at] = piece[at : at + 200]
            case _:
                piece[at:at] = data.draw(
                    st.sampled_from((b'"""', b"'", b"[[event]]\n", b"[", b"}", b"\\", b"=", b"\r"))
                )
    assert read_anything(bytes(piece)) is not None


@pytest.mark.parametrize(
    "line",
    [
        "extra = " + "[" * 5000 + "]" * 5000,
        "extra = " + "{a = " * 3000,
        "round = " + "9" * 9000,
        "a" + ".a" * 5000 + " = 1",
    ],
)
def test_deep_nesting_and_huge_numbers_are_told(line: str) -> None:
    assert re.fullmatch(r"\d+:\d+ [a-z-]+", told(HEAD + event("a", line + "\n"))[0])


def test_a_circle_through_one_of_two_blocks_of_an_id_is_told_of_that_block() -> None:
    blocks = event("a", 'under = "b"\n') + event("a") + event("b", 'part_of = "a"\n')
    found = told(HEAD + blocks)
    assert any("reference-cycle" in one for one in found), found
    assert any("duplicate-id" in one for one in found), found


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="no devices here")
def test_a_device_without_an_end_is_not_read() -> None:
    with pytest.raises(LedgerError) as caught:
        load(Path("/dev/zero"))
    assert caught.value.slug == "unreadable"


MANY = 3_000


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("".join(f'[[event]]\nid = "e{number}\n' for number in range(MANY)), MANY),
        ("".join(f'[source.s{number}]\npublished = "x"\n' for number in range(MANY)), 2 * MANY),
        ("[source]\n" + "".join(f'[source.s{number}]\npublished = "x"\n' for number in range(MANY)), 2 * MANY),
        (event("a") + "".join(f'[[event.transfer]]\nto = "X{number}"\n' for number in range(MANY)), MANY),
    ],
    ids=["broken blocks", "entries", "entries of one table", "rows of one event"],
)
def test_many_faults_are_told_in_one_walk(text: str, faults: int) -> None:
    """Each place was once sought from the beginning: 8,000 faults took a quarter of a minute."""
    assert len(read_text(HEAD + text, "x").problems) == faults
