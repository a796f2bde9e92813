"""A report as text: in colour for a terminal, in plain columns for a pipe. The only renderer that imports Rich."""

from functools import cache

import msgspec
from rich.cells import cell_len, set_cell_size

from talkstrack.model.entries import KINDS
from talkstrack.render.sanitize import clean, to_ascii
from talkstrack.render.table import Table
from talkstrack.render.text.document import Document, Spans
from talkstrack.render.text.layout import Setting, lay_out

NARROWEST = 20
WIDEST_PADDED = 40

_STYLES = {
    "heading": "bold", "strong": "bold", "muted": "dim", "id": "cyan", "number": "", "mark": "bold underline",
    "good": "green", "bad": "red", "warn": "yellow",
}  # fmt: skip


class Look(msgspec.Struct, frozen=True):
    """How a document is to look: cells across, with colour or without, in ASCII or not."""

    width: int = 80
    colour: bool = False
    ascii: bool = False


def as_text(document: Document, look: Look) -> str:
    """Return a document for a terminal: no line is longer than the width, none ends in blanks."""
    setting = Setting(max(look.width, NARROWEST), look.ascii, cell_len, _crop)
    paint = _painted if look.colour else _bare
    return "".join(paint(line) + "\n" for line in lay_out(document, setting))


def as_columns(table: Table, *, ascii_only: bool = False) -> str:
    """Return a line a row for a pipe: no heading, nothing wrapped or cut, two blanks or more between columns.

    An empty cell is `-`, so that every line has the same columns.
    """
    rows = [[_plain(value, ascii_only) for value in row] for row in table.rows]
    widths = [0] * len(table.columns)
    for row in rows:
        for place, cell in enumerate(row):
            width = len(cell) if cell.isascii() else cell_len(cell)
            if widths[place] < width <= WIDEST_PADDED:
                widths[place] = width
    return "".join(_joined(row, widths) + "\n" for row in rows)


def _joined(row: list[str], widths: list[int]) -> str:
    return "  ".join(
        cell + " " * (width - (len(cell) if cell.isascii() else cell_len(cell)))
        for cell, width in zip(row, widths, strict=True)
    ).rstrip()


def _plain(value: str | int | None, ascii_only: bool) -> str:
    if value is None:
        return "-"
    text = clean(str(value)).strip()
    return (to_ascii(text) if ascii_only else text) or "-"


def _crop(text: str, room: int) -> str:
    return set_cell_size(text, room)


def _bare(line: Spans) -> str:
    return "".join(span.text for span in line).rstrip()


def _painted(line: Spans) -> str:
    pieces = []
    for text, role, _ in line:
        before, after = _codes(role) if role else ("", "")
        pieces.append(before + text + after)
    return "".join(pieces).rstrip(" ")


@cache
def _codes(role: str) -> tuple[str, str]:
    name = style_name(role)
    if not name:
        return "", ""
    from rich.color import ColorSystem
    from rich.style import Style

    before, _, after = Style.parse(name).render("|", color_system=ColorSystem.STANDARD).partition("|")
    return before, after


def style_name(role: str) -> str:
    """Return the Rich style of a role: 16-colour names that are legible on dark and on light, "" for none."""
    family, _, name = role.partition(".")
    if family == "kind":
        family, name = "colour", KINDS[name].colour if name in KINDS else "white"
    if family == "colour":
        if name in ("black", "white", "bright_white"):
            return ""
        return "dim" if name == "bright_black" else name.removeprefix("bright_")
    return _STYLES.get(role, "")
