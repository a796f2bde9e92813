"""A report before anybody knows where it is shown: a document of lines and grids."""

from typing import Literal, NamedTuple, TypeAlias

import msgspec

Align = Literal["left", "right", "center"]


class StyledText(NamedTuple):
    """A piece of text and its role: "muted", "id", "good", "bad", "warn", "strong", "heading", "number", "mark",
    "kind.NAME" or "colour.NAME". Never markup, never ANSI. `ascii` is shown where only ASCII may be."""

    text: str
    role: str = ""
    ascii: str = ""


Spans = tuple[StyledText, ...]


class Heading(msgspec.Struct, frozen=True):
    """A text, a rule that fills the line, and a note at its end."""

    left: Spans
    right: Spans = ()


class Line(msgspec.Struct, frozen=True):
    """One line: text on the left, a note against the right edge. What does not fit is cut on the left first."""

    left: Spans
    right: Spans = ()


class Wrapped(msgspec.Struct, frozen=True):
    """A label and a text that runs on below itself, `indent` cells in (the label included)."""

    label: Spans
    text: Spans
    indent: int = 0


class Blank(msgspec.Struct, frozen=True):
    """An empty line."""


class Rule(msgspec.Struct, frozen=True):
    """A line across the whole width."""


class Column(msgspec.Struct, frozen=True):
    """A column of a grid.

    Where room is short, columns give way in the order of `keep` (lowest first), each down to `least` cells; a
    column without `least` gives way only when nothing else is left. A `grows` column takes the room left over.
    """

    title: str = ""
    align: Align = "left"
    least: int | None = None
    keep: int = 5
    grows: bool = False
    gap: int = 2


class Row(NamedTuple):
    """The cells of one row of a grid, from the left; missing ones are empty.

    In a row that `spreads` a long cell runs over the empty cells beside it, as totals and spanning titles want.
    """

    cells: tuple[Spans, ...]
    role: str = ""
    spreads: bool = False


GridRow: TypeAlias = Row | Line | Wrapped | Heading | Blank | Rule
"""What stands in a grid: rows of cells, and whole lines between them."""


class Grid(msgspec.Struct, frozen=True):
    """Columns that line up, with whole lines, rules and blanks between their rows where wanted.

    `head` are rows above the column titles. A rule follows the titles; a `Rule` among the rows goes above totals.
    """

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    head: tuple[Row, ...] = ()
    titles: bool = True


class Legend(msgspec.Struct, frozen=True):
    """Signs and what they mean, as many on a line as fit."""

    entries: tuple[tuple[Spans, str], ...]


Element = Heading | Line | Wrapped | Blank | Rule | Grid | Legend


class Document(msgspec.Struct, frozen=True):
    """A whole report for a terminal: what this is, how much of what, and the elements below."""

    title: Spans
    note: Spans
    elements: tuple[Element, ...]
