"""What makes the elements of a document, and the small pictures."""

import msgspec
import pytest

from talkstrack.render.text.document import Heading, Line, Row, StyledText
from talkstrack.render.text.makers import bar, document, heading, line, plain, row, spans, sparkline, wrapped


def test_spans_flattens_texts_spans_and_nested_sequences() -> None:
    found = spans("a", StyledText("b", "id"), ["c", StyledText(""), (StyledText("d", "bad"), "")], "")
    assert found == (StyledText("a"), StyledText("b", "id"), StyledText("c"), StyledText("d", "bad"))
    assert plain(found) == "abcd"


def test_makers_give_roles_only_where_none_was_said() -> None:
    assert heading(["May ", StyledText("2025", "id")], "11 events") == Heading(
        (StyledText("May ", "heading"), StyledText("2025", "id")), (StyledText("11 events", "muted"),)
    )
    assert line("a", StyledText("b", "good")) == Line((StyledText("a"),), (StyledText("b", "good"),))
    assert row("a", "", StyledText("b"), role="strong") == Row(
        ((StyledText("a"),), (), (StyledText("b"),)), "strong", False
    )
    assert msgspec.structs.asdict(wrapped("label", "text", 8)) == {
        "label": (StyledText("label"),),
        "text": (StyledText("text"),),
        "indent": 8,
    }


def test_page_has_a_strong_title_and_a_muted_note() -> None:
    assert msgspec.structs.asdict(document("Title", "note", [line("x")])) == {
        "title": (StyledText("Title", "heading"),),
        "note": (StyledText("note", "muted"),),
        "elements": (Line((StyledText("x"),), ()),),
    }


@pytest.mark.parametrize(
    ("of", "given", "expected"),
    [
        (1000, {"certain": 1000}, "██████████"),
        (6000, {"certain": 6057}, "██████████"),
        (1000, {"certain": 250, "undisclosed": True}, "██????????"),
        (1200, {"certain": 205, "possible": 351}, "█▒········"),
        (1000, {"certain": 1}, "█·········"),
        (1000, {"certain": 999}, "█████████·"),
        (1000, {"certain": 250, "possible": 251}, "██▒·······"),
        (1000, {"possible": 2000}, "▒▒▒▒▒▒▒▒▒▒"),
        (1000, {}, "··········"),
        (0, {}, "██████████"),
    ],
)
def test_bar(of: int, given: dict[str, int], expected: str) -> None:
    found = bar(of, cells=10, **given)  # type: ignore[arg-type]
    assert plain(found) == expected


def test_bar_colours_repeat_its_signs() -> None:
    assert bar(10, certain=5, possible=7, cells=10) == (
        StyledText("█████", "good"), StyledText("▒▒", "warn"), StyledText("···", "muted"),
    )  # fmt: skip


def test_sparkline_scales_to_the_largest_and_shows_holes() -> None:
    assert sparkline([0, 125, 250, 500, 1000, None]) == "·▁▂▄█?"
    assert sparkline([]) == ""
    assert sparkline([0, None]) == "·?"
