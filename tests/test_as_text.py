"""Pages on a terminal of any width, and plain columns in a pipe."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from hostile import EMOJI, ESCAPE, HIDDEN, LONG, REVERSED, STEERING, TITLES
from talkstrack.render.sanitize import clean, to_ascii
from talkstrack.render.table import Table
from talkstrack.render.text.as_text import Look, as_columns, as_text, style_name
from talkstrack.render.text.document import Blank, Column, Document, Grid, Legend, Rule, StyledText
from talkstrack.render.text.makers import bar, document, heading, line, row, spans, wrapped

COLUMNS = (
    Column("#", align="right"), Column("date", gap=1), Column("what", least=8, keep=1, grows=True),
    Column("count", align="right"), Column("total", align="right"), Column("tied", gap=1),
)  # fmt: skip


def sample(title: str = "1,000 for 1,000, day 1") -> Document:
    return document("Prisoner exchanges", "19 held · 6 May 2025 to 6 March 2026", [
        heading("May 2025", "11 events"),
        line([" 6 Tue   ", StyledText("⇄", "kind.exchange"), "   ", title], "205 each"),
        Blank(),
        wrapped("  summary", title, 12),
        Grid(
            COLUMNS,
            (
                line([StyledText("agreement-1/prisoners", "id"), " · 1,000 each way"], "met 2025-05-25"),
                row("1", "2025-05-23", title, "390", "390"),
                row("2", "2025-05-24", "day 2", "307", "697", StyledText("UKR", "bad")),
                Rule(),
                row("", "", "All 2", "", "~2,549–2,557+", role="strong", spreads=True),
            ),
            head=(row("", "", "", "", "to UKR", spreads=True),),
        ),
        line(["to UKR ", bar(1000, certain=250, undisclosed=True, cells=10), " ~250+"], StyledText("open", "warn")),
        Legend(((spans(StyledText("◆", "kind.talks")), "talks"), (spans("■"), "agreement"), (spans("?"), title))),
    ])  # fmt: skip


def test_a_page_at_80_columns() -> None:
    assert (
        as_text(sample(), Look(80))
        == """\
Prisoner exchanges                          19 held · 6 May 2025 to 6 March 2026

May 2025 ───────────────────────────────────────────────────────────── 11 events
 6 Tue   ⇄   1,000 for 1,000, day 1                                     205 each

  summary   1,000 for 1,000, day 1
                                                                     to UKR
# date        what                                            count   total tied
────────────────────────────────────────────────────────────────────────────────
agreement-1/prisoners · 1,000 each way                            met 2025-05-25
1 2025-05-23  1,000 for 1,000, day 1                            390     390
2 2025-05-24  day 2                                             307     697 UKR
────────────────────────────────────────────────────────────────────────────────
              All 2                                           ~2,549–2,557+
to UKR ██???????? ~250+                                                     open
◆ talks  ■ agreement  ? 1,000 for 1,000, day 1
"""
    )


def test_the_least_important_column_gives_way_first() -> None:
    lines = as_text(sample("a title that is far too long for forty"), Look(48)).splitlines()
    assert lines[11:13] == [
        "1 2025-05-23  a title that…     390     390",
        "2 2025-05-24  day 2             307     697 UKR",
    ]


def test_a_long_text_on_the_left_leaves_the_note_alone() -> None:
    assert as_text(document("", "", [line("x" * 100, "205 each")]), Look(30)) == "x" * 19 + "…  205 each\n"
    assert as_text(document("", "", [line("left", "y" * 100)]), Look(30)) == "left  " + "y" * 23 + "…\n"
    assert as_text(document("", "", [line("x" * 100)]), Look(20)) == "x" * 19 + "…\n"


def test_wide_signs_are_measured_in_cells() -> None:
    assert as_text(document("", "", [line("日本語" * 10, "x")]), Look(20)) == "日本語日本語日本…  x\n"
    assert as_text(document("", "", [line("e\u0301a", "x")]), Look(20)) == "e\u0301a" + " " * 17 + "x\n"


def test_text_runs_on_below_itself_and_a_word_too_long_is_cut_up() -> None:
    text = as_text(document("", "", [wrapped("  note", "one two three " + "x" * 30, 8)]), Look(20))
    assert text == "  note  one two\n        three\n" + "        xxxxxxxxxxxx\n" * 2 + "        xxxxxx\n"


@pytest.mark.parametrize("width", [20, 33, 80, 140])
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_hostile_titles_harm_no_line(title: str, width: int, ascii_only: bool) -> None:
    text = as_text(sample(title), Look(width, ascii=ascii_only))
    assert STEERING.isdisjoint(text)
    assert max(cell_len(one) for one in text.splitlines()) <= width
    assert not ascii_only or text.isascii()


@settings(max_examples=60, deadline=None)
@given(title=st.text(max_size=120), width=st.integers(20, 160), colour=st.booleans(), ascii_only=st.booleans())
def test_no_text_sticks_out_or_steers(title: str, width: int, colour: bool, ascii_only: bool) -> None:
    text = as_text(sample(title), Look(width, colour, ascii_only))
    bare = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert STEERING.isdisjoint(bare)
    assert len(bare.split("\n")) == bare.count("\n") + 1
    assert max(cell_len(one) for one in bare.split("\n")) <= width
    assert not ascii_only or text.isascii()


def test_colour_only_repeats_the_words() -> None:
    plain = as_text(sample(), Look(80))
    coloured = as_text(sample(), Look(80, colour=True))
    assert re.sub(r" +\n", "\n", re.sub(r"\x1b\[[\d;]*m", "", coloured)) == plain
    assert set(re.findall(r"\x1b\[([\d;]*)m", coloured)) == {"0", "1", "2", "31", "32", "33", "34", "36"}


@pytest.mark.parametrize(
    ("role", "style"),
    [
        ("kind.exchange", "blue"), ("kind.appointment", "dim"), ("kind.statement", ""), ("kind.made-up", ""),
        ("colour.bright_red", "red"), ("colour.black", ""), ("bad", "red"), ("nonsense", ""), ("", ""),
    ],
)  # fmt: skip
def test_styles_are_legible_on_dark_and_on_light(role: str, style: str) -> None:
    assert style_name(role) == style


def test_a_pipe_gets_a_line_a_row_with_nothing_cut() -> None:
    flat = Table(("date", "id", "count", "title"), [
        ("2025-05-06", "exchange-2025-05-06", 205, "Last exchange before the talks"),
        ("2025-05-10/2025-05-11", "talks", None, LONG),
        ("", "x", 1000, EMOJI),
    ])  # fmt: skip
    assert as_columns(flat) == (
        "2025-05-06             exchange-2025-05-06  205   Last exchange before the talks\n"
        f"2025-05-10/2025-05-11  talks                -     {LONG}\n"
        f"-                      x                    1000  {EMOJI}\n"
    )
    assert as_columns(Table(("a",), [])) == ""


@pytest.mark.parametrize("title", TITLES)
def test_a_pipe_is_safe_too(title: str) -> None:
    text = as_columns(Table(("a", "b"), [(title, title)]))
    assert STEERING.isdisjoint(text)
    assert text.count("\n") == 1
    assert as_columns(Table(("a",), [(title,)]), ascii_only=True).isascii()


def test_clean_shows_controls_and_drops_what_is_invisible() -> None:
    assert clean("plain – text") == "plain – text"
    assert clean(ESCAPE) == "red ␛[31malert␛[0m �2J␇"
    assert clean(REVERSED) == "pay �001� �x� ��� to UKR"
    assert clean(HIDDEN) == "zerowidth  lines  � a" + "\u0301" * 3
    assert clean(EMOJI) == EMOJI
    assert clean("a\tb\r\nc\u00a0d") == "a b  c d"
    assert clean("a\u200cb می\u200cخواهم") == "ab می\u200cخواهم"


def test_ascii_stands_in_for_signs_and_letters() -> None:
    assert to_ascii("“Łódź” – 1,000–1,200 → UKR…") == '"Lodz" - 1,000-1,200 -> UKR...'
    assert to_ascii("Türkiye 日本 █▒·") == "Turkiye ?? #=."
    assert to_ascii("␛[31m") == "?[31m"
