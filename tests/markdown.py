"""Find the tables and code blocks of a Markdown page by the heading they stand under."""

import re
from typing import NamedTuple

_HEADING = re.compile(r"^(#+) (.+)$")
_RULE = re.compile(r"^\|(?:-+\|)+$")


class Table(NamedTuple):
    """A table: its columns, and its rows as their cells' text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def section(page: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of any level; empty where there is no such heading."""
    lines: list[str] = []
    is_inside = is_code = False
    for line in page.splitlines():
        is_code ^= line.startswith("```")
        found = None if is_code else _HEADING.match(line)
        if found:
            is_inside = found[2] == heading
        elif is_inside:
            lines.append(line)
    return "\n".join(lines)


def tables_under(page: str, heading: str) -> tuple[Table, ...]:
    """Return the tables below a heading."""
    found: list[Table] = []
    rows: list[tuple[str, ...]] = []
    for line in (*section(page, heading).splitlines(), ""):
        if line.startswith("|"):
            rows += [] if _RULE.match(line) else [_cells(line)]
        elif rows:
            found.append(Table(rows[0], tuple(rows[1:])))
            rows = []
    return tuple(found)


def code_under(page: str, heading: str) -> tuple[str, ...]:
    """Return the TOML blocks below a heading."""
    return tuple(re.findall(r"^```toml\n(.*?)^```", section(page, heading), re.M | re.S))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
