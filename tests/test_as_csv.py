"""CSV and TSV that come back as they went in, and that no spreadsheet runs."""

import csv
import io

import pytest

from hostile import STEERING, TITLES
from talkstrack.render.data.as_csv import as_csv, as_tsv
from talkstrack.render.sanitize import clean
from talkstrack.render.table import Table


def test_a_header_and_a_line_a_row() -> None:
    flat = Table(("date", "title", "count"), [("2025-05-06", 'He said "1,000"', 1000), ("2025-05-07", None, None)])
    assert as_csv(flat) == 'date,title,count\n2025-05-06,"He said ""1,000""",1000\n2025-05-07,,\n'
    assert as_tsv(flat) == 'date\ttitle\tcount\n2025-05-06\tHe said "1,000"\t1000\n2025-05-07\t\t\n'
    assert as_csv(Table(("a", "b"), [])) == "a,b\n"
    assert as_tsv(Table(("a", "b"), [])) == "a\tb\n"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-cmd", "'-cmd"), ("@SUM(1)", "'@SUM(1)"), ("  =1", "'  =1"),
        ("\t=1", "' =1"), ("\r=1", "' =1"), ("\tplain", "' plain"), ("＝1", "'＝1"), ("\u200b=1", "'=1"),
        ("-5", "-5"), ("+4.5", "+4.5"), ("-5\n", "'-5 "), ("~250", "~250"), (">1000", ">1000"),
        ("one\ntwo", "one two"), ("– none", "– none"), (-5, "-5"),
    ],
)  # fmt: skip
def test_a_cell_cannot_start_a_formula(cell: str | int, expected: str) -> None:
    assert as_tsv(Table(("x",), [(cell,)])) == f"x\n{expected}\n"
    assert list(csv.reader(io.StringIO(as_csv(Table(("x",), [(cell,)]))))) == [["x"], [expected]]


@pytest.mark.parametrize("title", TITLES)
def test_hostile_titles_stay_one_safe_cell(title: str) -> None:
    expected = ("'" if title.startswith("=") else "") + clean(title)
    flat = Table(("id", "title"), [("x", title)])
    assert list(csv.reader(io.StringIO(as_csv(flat)))) == [["id", "title"], ["x", expected]]
    assert as_tsv(flat) == f"id\ttitle\nx\t{expected}\n"
    assert STEERING.isdisjoint(as_csv(flat))
