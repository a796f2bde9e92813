"""docs/format.md holds what the program does: every table of it is held against the code."""

import datetime
import re
from functools import cache
from typing import Any

import msgspec
import pytest
import tomli

from golden import ROOT, SHIPPED
from markdown import Table, code_under, tables_under
from talkstrack.errors import Problem
from talkstrack.ledger.checking.check import all_checks, warnings
from talkstrack.ledger.reading.read import ParsedLedger, load, read_text
from talkstrack.ledger.reading.source import LARGEST_FILE, decode
from talkstrack.ledger.reading.syntax import DEEPEST
from talkstrack.model import convert as shape
from talkstrack.model import counts, entries, event
from talkstrack.model.convert import Fault, TableType
from talkstrack.model.counts import UNKNOWN, CountError, parse_count
from talkstrack.model.dates.durations import add, parse_duration
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import PRECISIONS, DateError
from talkstrack.model.event import FACETS
from talkstrack.model.fields import NAMES, fields_with, table_type
from talkstrack.rules.due import State as DeadlineState
from talkstrack.rules.fulfilment import State as CommitmentState
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.verdicts import WORST_FIRST

SLUGS = {check.slug for check in all_checks()}
PAGE = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
TODAY = datetime.date(2032, 1, 1)
FIELDS = ("field", "type", "required", "default", "meaning")

SHAPES: dict[str, TableType] = {
    "`[ledger]`": table_type(entries.Heading),
    "`[party.CODE]`": table_type(entries.Party),
    "`[person.ID]`": table_type(entries.Person),
    "`[[person.ID.role]]`": table_type(entries.Role),
    "`[source.ID]`": table_type(entries.Source),
    "`[kind.NAME]`": table_type(entries.Kind),
    "Events": table_type(event.Event),
    **{f"`[[event.{name}]]`": table_type(struct) for name, struct in event.FACET_TYPES.items()},
}
"""Each table of fields by the heading it stands under."""

SAMPLES: dict[str, tuple[Any, ...]] = {
    "text": ("some text",),
    'text or `""`': ("some text", ""),
    "texts": ("some text", ["one", "two"], []),
    "id": ("a-1",),
    "number": (1, 1_000_000),
    "date": ("2025-07", datetime.date(2025, 7, 23)),
    "duration": ("P10D", "P10D/P12D"),
    "count": (5, ">5", "withheld"),
    "counts": ({"military": 5}, {}),
    "boolean": (True, False),
    "table": ({"a": {"b": [1]}},),
    "tables": ([],),
}
REFUSED = ("", "A b", 0, 1.5, 1_000_001, {"a": "b"}, ["x", 1], "2025-02-30", datetime.time(10, 0), None)


@cache
def table(heading: str, first_column: str) -> Table:
    """Return the table below a heading whose first column has this title."""
    (found,) = [one for one in tables_under(PAGE, heading) if one.columns[0] == first_column]
    return found


def bare(cell: str) -> str:
    """Return a cell without its backticks."""
    return cell[1:-1] if cell.startswith("`") else cell


def number(cell: str) -> int | None:
    """Return a cell's whole number; `null` for None."""
    return None if cell == "null" else int(cell)


def codes(cell: str) -> list[str]:
    """Return the pieces of code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("heading", SHAPES)
def test_the_fields_are_those_that_are_read(heading: str) -> None:
    found = table(heading, "field")
    assert found.columns == FIELDS
    assert [bare(row[0]) for row in found.rows] == list(SHAPES[heading].fields)


def test_every_table_of_fields_is_tested() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.M)
    assert [one for one in headings if any(found.columns == FIELDS for found in tables_under(PAGE, one))] == list(
        SHAPES
    )


@pytest.mark.parametrize("heading", SHAPES)
def test_the_required_fields_are_those_without_which_it_is_an_error(heading: str) -> None:
    said = [bare(row[0]) for row in table(heading, "field").rows if row[2] == "yes"]
    assert sorted(said) == sorted(SHAPES[heading].required)


def test_the_fields_that_are_required_by_turns_say_so() -> None:
    said = {
        f"{heading} {bare(row[0])}": row[2]
        for heading in SHAPES
        for row in table(heading, "field").rows
        if row[2] not in ("yes", "no")
    }
    assert said == {
        "Events date": "unless `scheduled`",
        **{f"`[[event.claim]]` {name}": "one of these three" for name in ("count", "nth", "fulfilled")},
        **{f"`[[event.deadline]]` {name}": "one of these two" for name in ("within", "due")},
    }


@pytest.mark.parametrize("heading", SHAPES)
def test_the_defaults_are_those_of_the_values(heading: str) -> None:
    found = SHAPES[heading]
    defaults = {one.encode_name: one.default for one in msgspec.structs.fields(found.struct)}
    told = {row[0].strip("`"): row[3].strip("`") for row in table(heading, "field").rows}
    assert told == {name: _written(defaults[name]) for name in found.fields}


def _written(default: Any) -> str:
    """Return a default as the tables write it; nothing for unset, and where the field must be there."""
    if default is msgspec.NODEFAULT or default is None or default is UNKNOWN:
        return ""
    return {(): "[]", False: "false"}[default] if default in ((), False) else msgspec.json.encode(default).decode()


FIELD_TYPES = [(heading, bare(row[0]), row[1]) for heading in SHAPES for row in table(heading, "field").rows]


@pytest.mark.parametrize(("heading", "field", "kind"), FIELD_TYPES)
def test_the_type_is_what_is_taken(heading: str, field: str, kind: str) -> None:
    reader = SHAPES[heading].fields[field]
    words = codes(kind.removeprefix("one of ")) if kind.startswith("one of ") else []
    for good in words or SAMPLES[kind]:
        assert _faults(reader, good) == []
    if words:
        (fault,) = _faults(reader, "no such word")
        assert fault.message.startswith(f"`it` is one of {', '.join(words)}, not")
    else:
        same = {"texts": shape.texts, "tables": reader, **READERS}[kind]
        assert [bool(_faults(reader, bad)) for bad in REFUSED] == [bool(_faults(same, bad)) for bad in REFUSED]


READERS = {
    "text": shape.text, 'text or `""`': shape.text_or_empty, "id": shape.identifier, "number": shape.positive,
    "date": shape.period, "duration": shape.duration, "count": shape.count, "counts": shape.parts,
    "boolean": shape.boolean, "table": shape.table,
}  # fmt: skip


def _faults(reader: shape.Reader, value: Any) -> list[Fault]:
    found: list[Fault] = []
    reader(value, ("it",), found)
    return found


def test_every_type_is_explained() -> None:
    explained = [row[0] for row in table("Header tables", "type").rows]
    used = {kind for _, _, kind in FIELD_TYPES if not kind.startswith(("one of ", "text or "))}
    assert sorted(used) == sorted(explained)


def test_the_limits_are_those_of_the_program() -> None:
    text = {row[0]: row[1] for row in table("The file", "limit").rows}
    assert text["size of the file"] == f"{LARGEST_FILE >> 30} GiB"
    assert text["values within values"] == f"{DEEPEST} deep"
    assert text["a count"] == f"{counts.LARGEST:,}, in 200 characters"
    within: list[tuple[shape.Reader, Any, Any]] = [
        (shape.identifier, "a" * 200, "a" * 201),
        (shape.positive, 1_000_000, 1_000_001),
        (shape.count, counts.LARGEST, counts.LARGEST + 1),
        (shape.count, "5".rjust(200), "5".rjust(201)),
        (shape.period, f"[{'1' * 4}{',1111' * 398}    ]", f"[{'1' * 4}{',1111' * 400}]"),
    ]
    assert [(bool(_faults(reader, good)), bool(_faults(reader, bad))) for reader, good, bad in within] == [
        (False, True)
    ] * len(within)


def test_a_file_that_cannot_be_read_is_told_by_these_slugs() -> None:
    told = [bare(row[0]) for row in table("The file", "slug").rows]
    files = (ROOT / "src/talkstrack/ledger/reading").glob("*.py")
    made = {
        slug for file in files for slug in re.findall(r'\bslug ?= ?"([a-z0-9-]+)"', file.read_text(encoding="utf-8"))
    }
    assert sorted(told) == sorted(made)


def test_the_kinds_are_those_that_are_built_in() -> None:
    told = {bare(row[0]): row[1:] for row in table("Kinds", "kind").rows}
    assert told == {
        name: (one.label, one.symbol, one.letter, one.colour, " ".join(one.needs), one.what or "")
        for name, one in entries.KINDS.items()
    }


def test_the_names_are_looked_up_as_the_table_says() -> None:
    real: dict[str, set[str]] = {}
    for table_name in ("event", *FACETS):
        struct = entries.TABLES[table_name]
        for field in fields_with(struct, *NAMES):
            place = field.name if table_name == "event" else f"{table_name}.{field.name}"
            real.setdefault(str(field.role), set()).add(place)
    found = table("Names", "look-up")
    assert {row[0]: set(codes(row[3])) for row in found.rows} == real
    assert {one for row in found.rows for one in codes(row[2])} <= SLUGS


DATES = table("What each form means", "form").rows


@pytest.mark.parametrize("row", DATES, ids=[row[1] for row in DATES])
def test_a_date_means_what_the_table_says(row: tuple[str, ...]) -> None:
    found = parse_period(bare(row[1]))
    marks = ", ".join(name for name in ("approximate", "uncertain") if getattr(found, name))
    told = (found.earliest or "null", found.latest or "null", found.precision, marks)
    assert told == row[2:]


def test_every_precision_is_named() -> None:
    (told,) = [codes(row[1]) for row in table("Dates", "value").rows if row[0] == "`precision`"]
    assert tuple(told) == PRECISIONS


NOT_DATES = table("Not dates", "written").rows


@pytest.mark.parametrize("row", NOT_DATES, ids=[row[0] for row in NOT_DATES])
def test_what_is_no_date_is_refused(row: tuple[str, ...]) -> None:
    with pytest.raises(DateError):
        parse_period(bare(row[0]))


DISPUTED = [
    (text, row[2].startswith("valid"))
    for row in table("Where the public lists disagree", "question").rows
    for text in codes(row[3])
]


@pytest.mark.parametrize(("text", "is_valid"), DISPUTED)
def test_where_lists_disagree_the_side_is_taken_that_the_table_says(text: str, is_valid: bool) -> None:
    if is_valid:
        parse_period(text)
    else:
        with pytest.raises(DateError):
            parse_period(text)


def test_each_disagreement_says_a_side_and_has_a_case() -> None:
    rows = table("Where the public lists disagree", "question").rows
    assert [row for row in rows if not row[2].startswith(("valid", "invalid")) or not codes(row[3])] == []


@pytest.mark.parametrize("row", table("Durations", "from").rows, ids=" ".join)
def test_a_deadline_falls_on_the_day_the_table_says(row: tuple[str, ...]) -> None:
    start, length, due = map(bare, row)
    assert add(parse_period(start), parse_duration(length)).edtf == due


COUNTS = table("Counts", "written").rows


@pytest.mark.parametrize("row", COUNTS, ids=[row[0] for row in COUNTS])
def test_a_count_means_what_the_table_says(row: tuple[str, ...]) -> None:
    found = parse_count(bare(row[0]))
    assert (found.low, found.best, found.high) == tuple(map(number, row[1:4]))
    assert (found.state, f"`{found.text}`") == row[4:]
    assert parse_count(found.text) == found


@pytest.mark.parametrize("row", table("Counts", "in words").rows, ids=" ".join)
def test_a_count_in_words_is_what_the_table_says(row: tuple[str, ...]) -> None:
    assert parse_count(bare(row[0])).text == bare(row[1])
    assert parse_count(bare(row[0]).upper()).text == bare(row[1])


def test_every_word_for_a_count_is_in_the_table() -> None:
    """The words are taken from the patterns: a new one must be told."""
    told = {bare(row[0]) for row in table("Counts", "in words").rows}
    patterns = [pattern for pattern, _ in counts._WORDS]
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, text) for text in told)] == []
    listed = [choice[1] for pattern in patterns if (choice := re.match(r"\(\?:(.+?)\)\\s", pattern))]
    words = {word.replace("\\", "") for group in listed for word in group.split("|")}
    assert [word for word in words if not any(text.startswith(word) for text in told)] == []


@pytest.mark.parametrize("row", table("Counts", "not a count").rows, ids=lambda row: str(row[0]))
def test_what_is_no_count_is_refused(row: tuple[str, ...]) -> None:
    with pytest.raises(CountError):
        parse_count(bare(row[0]))


def test_a_claimed_about_is_read_as_the_page_says() -> None:
    told = re.findall(r"`~(\d+)` is ([\d,]+) to ([\d,]+)", PAGE)
    assert [parse_count(f"~{text}").bounds for text, *_ in told] == [
        (int(low.replace(",", "")), int(high.replace(",", ""))) for _, low, high in told
    ]
    assert len(told) == 2


@pytest.mark.parametrize(
    ("heading", "column", "real"),
    [
        ("Claims", "verdict", WORST_FIRST),
        ("Deadlines", "state", DeadlineState.__args__),  # type: ignore[attr-defined]
        ("Commitments", "state of a reading", CommitmentState.__args__),  # type: ignore[attr-defined]
    ],
)
def test_every_state_is_named(heading: str, column: str, real: tuple[str, ...]) -> None:
    told = [word for row in table(heading, column).rows for word in codes(row[0])]
    told += ["disputed"] if heading == "Commitments" else []
    assert sorted(told) == sorted(real)


def test_every_check_is_listed_with_what_it_is() -> None:
    errors, doubts = tables_under(PAGE, "Checks")
    told = {
        severity: [(bare(row[0]), row[1]) for row in found.rows]
        for severity, found in (("error", errors), ("warning", doubts))
    }
    assert told == {
        severity: [(one.slug, one.summary) for one in all_checks() if one.severity == severity] for severity in told
    }


def test_every_check_that_is_named_exists() -> None:
    named = re.findall(r"(?:error|warning)\s+`([a-z-]+)`", PAGE)
    assert len(named) > 5
    assert set(named) <= SLUGS


def problems(ledger: ParsedLedger) -> list[Problem | Fault]:
    """Return the errors and the warnings of a ledger."""
    snapshot = Snapshot(current_revisions(ledger.events, ledger.register), ledger.register, TODAY.toordinal())
    return [*ledger.problems, *(fault for _, fault in warnings(snapshot))]


def test_the_small_ledger_has_no_problem() -> None:
    (text,) = code_under(PAGE, "A small ledger")
    assert problems(read_text(text, "events.toml")) == []


def test_the_small_ledger_is_plain_toml() -> None:
    (text,) = code_under(PAGE, "A small ledger")
    assert set(tomli.loads(text)) == {"ledger", "party", "person", "source", "event"}


def test_the_small_ledger_shows_every_part_of_the_format() -> None:
    (text,) = code_under(PAGE, "A small ledger")
    ledger = read_text(text, "events.toml")
    used = {facet for one in ledger.events for facet in FACETS if getattr(one, facet)}
    assert set(FACETS) - used == {"office"}
    assert [one.id for one in ledger.events if one.revision > 1] == ["exchange-1"]


def test_the_awkward_cases_are_all_told() -> None:
    told = re.findall(r"^- ([A-F]\d+) ", PAGE, re.M)
    wanted = {"A": 15, "B": 19, "C": 6, "D": 13, "E": 12, "F": 12}
    assert told == [f"{letter}{place}" for letter, most in wanted.items() for place in range(1, most + 1)]


def test_the_shipped_ledger_is_utf8_with_a_format_that_is_read() -> None:
    assert decode((ROOT / SHIPPED).read_bytes(), SHIPPED).count("format = 1") == 1
    assert load(ROOT / SHIPPED, SHIPPED).register.heading.format == entries.FORMAT
