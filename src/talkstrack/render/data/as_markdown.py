"""A report as a GitHub-flavoured Markdown table under its title."""

import re

from talkstrack.render.sanitize import clean
from talkstrack.render.table import Table

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~#$])")
_AT_START = re.compile(r"^([-+=:])")
_LINK = re.compile(r"https?://[^\s<>|\\`\"]+", re.ASCII)


def as_markdown(table: Table) -> str:
    """Return a heading, a note and a table; numbers stand on the right and have thousands commas."""
    above = [f"## {_escaped(table.title)}", ""] if table.title else []
    above += [_escaped(table.note), ""] if table.note else []
    numbers = [_is_numeric(table, place) for place in range(len(table.columns))]
    lines = [
        _row([_escaped(name) for name in table.columns]),
        _row(["---:" if is_number else "---" for is_number in numbers]),
    ]
    lines += [_row([_cell(value) for value in row]) for row in table.rows]
    return "\n".join([*above, *lines]) + "\n"


def _is_numeric(table: Table, place: int) -> bool:
    values = [row[place] for row in table.rows if row[place] is not None]
    return bool(values) and all(isinstance(value, int) for value in values)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: str | int | None) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else _escaped(value)


def _escaped(text: str) -> str:
    """Escape what GitHub would read as markup, as an entity, a mention or the end of the cell; a web address links."""
    shown = clean(text).strip()
    if _LINK.fullmatch(shown):
        return f"<{shown}>"
    safe = _MARKUP.sub(r"\\\1", shown.replace("&", "&amp;")).replace("@", "&#64;")
    return _AT_START.sub(r"\\\1", safe)
