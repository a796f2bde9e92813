"""GitHub tables whose cells hold text and nothing else."""

import pytest

from hostile import STEERING, TITLES
from talkstrack.render.data.as_markdown import as_markdown
from talkstrack.render.table import Table


def test_a_heading_a_note_and_a_table() -> None:
    rows = [("2025-05-06", "Last exchange", 1000), ("2025-05-07", None, None)]
    assert as_markdown(Table(("date", "title", "count"), rows, "Exchanges", "2 held")) == (
        "## Exchanges\n\n2 held\n\n"
        "| date | title | count |\n| --- | --- | ---: |\n"
        "| 2025-05-06 | Last exchange | 1,000 |\n| 2025-05-07 |  |  |\n"
    )
    assert as_markdown(Table(("a",), [])) == "| a |\n| --- |\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | b", "a \\| b"), ("[bold]x[/bold]", "\\[bold\\]x\\[/bold\\]"), ("<b>&amp;", "\\<b\\>&amp;amp;"),
        ("*x* _y_ `z` ~250 #1", "\\*x\\* \\_y\\_ \\`z\\` \\~250 \\#1"), ("@user", "&#64;user"), ("- item", "\\- item"),
        ("C:\\x", "C:\\\\x"), ("https://a.example/x_y?z=1&b", "<https://a.example/x_y?z=1&b>"), ("a\nb", "a b"),
        ("https://a.example/x|y", "https://a.example/x\\|y"), ("$x$", "\\$x\\$"), (" x ", "x"),
    ],
)  # fmt: skip
def test_markup_is_escaped(text: str, expected: str) -> None:
    assert as_markdown(Table(("x",), [(text,)])).splitlines()[2:] == [f"| {expected} |"]


@pytest.mark.parametrize("title", TITLES)
def test_hostile_titles_stay_one_cell(title: str) -> None:
    text = as_markdown(Table(("a", "b"), [(title, "z")], title, title))
    lines = text.splitlines()
    assert STEERING.isdisjoint(text)
    assert len(lines) == 7
    assert lines[6].endswith(" | z |")
    assert lines[6].replace("\\|", "").count("|") == 3
