"""Make the elements of a document from texts and styled texts: lines, rows, bars and sparklines."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from talkstrack.render.text.document import Document, Element, Heading, Line, Row, Spans, StyledText, Wrapped

Words: TypeAlias = "str | StyledText | Iterable[Words]"
"""What the makers accept for a piece of a line."""


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


def muted(text: str) -> StyledText:
    """Style a text that is less than what it stands beside."""
    return StyledText(text, "muted")


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
