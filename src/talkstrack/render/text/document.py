"""A report before anybody knows where it is shown: a document of lines and grids, and a table of plain columns."""

from collections.abc import Iterable, Sequence
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
Words: TypeAlias = "str | StyledText | Iterable[Words]"
"""What the makers below accept for a piece of a line."""


def spans(*pieces: Words) -> Spans:
    """Join texts, spans and nested sequences of them into one tuple of spans; empty ones fall away."""
    joined: list[StyledText] = []
    for piece in pieces:
        if isinstance(piece, StyledText):
            joined.append(piece)
        elif isinstance(piece, str):
            joined.append(StyledText(piece))
        else:
            joined.extend(spans(*piece))
    return tuple(span for span in joined if span.text)


def plain(pieces: Spans) -> str:
    """Return the text of spans without their roles."""
    return "".join(span.text for span in pieces)


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


class Grid(msgspec.Struct, frozen=True):
    """Columns that line up, with whole lines, rules and blanks between their rows where wanted.

    `head` are rows above the column titles. A rule follows the titles; a `Rule` among the rows goes above totals.
    """

    columns: tuple[Column, ...]
    rows: tuple["Row | Line | Wrapped | Heading | Blank | Rule", ...]
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


TableRow = tuple[str | int | None, ...]


class Table(msgspec.Struct, frozen=True):
    """A whole report as plain columns, for every format that takes a table, and pipes: ISO dates, whole numbers.

    Its title and note are those of the document, for a format that has a place for them.
    """

    columns: tuple[str, ...]
    rows: Sequence[TableRow]
    title: str = ""
    note: str = ""


def heading(left: Words, right: Words = "") -> Heading:
    """Make a heading with a rule; its text is strong unless it says otherwise."""
    return Heading(_with_role(left, "heading"), _with_role(right, "muted"))


def line(left: Words, right: Words = "") -> Line:
    """Make a line with an optional note on the right."""
    return Line(spans(left), spans(right))


def wrapped(label: Words, text: Words, indent: int) -> Wrapped:
    """Make a paragraph behind a label."""
    return Wrapped(spans(label), spans(text), indent)


def row(*cells: Words, role: str = "", spreads: bool = False) -> Row:
    """Make a row of a grid."""
    return Row(tuple(spans(cell) for cell in cells), role, spreads)


def document(title: Words, note: Words, elements: Iterable[Element]) -> Document:
    """Make a document; its title is strong and its note muted unless they say otherwise."""
    return Document(_with_role(title, "heading"), _with_role(note, "muted"), tuple(elements))


def _with_role(words: Words, role: str) -> Spans:
    return tuple(span if span.role else StyledText(span.text, role) for span in spans(words))


def bar(of: int, *, certain: int = 0, possible: int = 0, undisclosed: bool = False, cells: int = 20) -> Spans:
    """Draw progress towards `of`: `certain` by every account, `possible` by some, the rest undisclosed or missing.

    Anything above nothing shows at least one cell, and the bar is full only when everything is certain.
    """
    full = _share(certain, of, cells)
    perhaps = max(_share(max(possible, certain), of, cells) - full, int(certain < possible and full < cells))
    rest = cells - full - perhaps
    return spans(
        StyledText("█" * full, "good"),
        StyledText("▒" * perhaps, "warn"),
        StyledText(("?" if undisclosed else "·") * rest, "warn" if undisclosed else "muted"),
    )


def _share(part: int, of: int, cells: int) -> int:
    if of <= 0 or part >= of:
        return cells
    share = part * cells // of
    return max(share, 1) if part > 0 else 0


_BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[int | None]) -> str:
    """Draw one sign a value, as high as its share of the largest: `·` for none at all, `?` for not known."""
    top = max((value for value in values if value), default=0)
    signs = []
    for value in values:
        if value is None:
            signs.append("?")
        elif value <= 0:
            signs.append("·")
        else:
            signs.append(_BLOCKS[(value * len(_BLOCKS) - 1) // top if top else 0])
    return "".join(signs)
