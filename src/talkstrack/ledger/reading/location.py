"""Find the line and column of a value or a key in the text of a block."""

from collections.abc import Iterator
from typing import NamedTuple

from talkstrack.ledger.reading.statements import Statement, members, statements

Path = tuple[str | int, ...]

BOM = "\ufeff"
_LONGEST_KEY = 1000


class SourceRange(NamedTuple):
    """A stretch of one line, counted in characters from 1; `end_column` is the column after its last one.

    A value over several lines ends where its first line does.
    """

    line: int
    column: int
    end_column: int


class _Place(NamedTuple):
    """Where a node stands, and how good an answer that is: the deepest wins, then a whole one over a part."""

    depth: int
    is_whole: bool
    key: tuple[int, int]
    value: tuple[int, int]


def locate(block_text: str, path: Path, *, key: bool = False) -> SourceRange:
    """Return where the value at `path` stands, or with `key` its key; lines count from the text's first.

    In a text that begins with an event paths start inside it: `("transfer", 1, "count")`; elsewhere, or if
    nothing in it is on the path, at the top: `("person", "umerov", "role", 0, "from")`. A table is its header
    line. Where nothing stands at the path it is the nearest thing above it: the value around it, the facet's
    header, the block's first line.
    """
    path = tuple(path)
    best = _Place(0, False, (0, 0), _first_line(block_text))
    for place in _places(block_text, path, None):
        if place[:2] > best[:2]:
            best = place
    if path and not best.depth:
        best = max(_places(block_text, path, ()), key=lambda place: place[:2], default=best)
    start, end = best.key if key and best.key != (0, 0) else best.value
    return _span(block_text, start, end)


def line_text(text: str, line: int) -> str:
    """Return the line with this number, counted from 1, without its line end; empty if there is none."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            return ""
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end].removesuffix("\r")


def _places(text: str, path: Path, root: Path | None) -> Iterator[_Place]:
    """Yield what stands at the path, above it, or names it in passing (`parts` in `parts.civilian = 1`)."""
    table: Path = ()
    counts: dict[Path, int] = {}
    for statement in statements(text, int(text.startswith(BOM))):
        if not statement.keys:
            continue
        steps = _steps(statement, table, counts)
        full = steps[-1]
        if root is None:
            root = _root(statement, full)
        wanted = root + path
        if wanted[: len(full)] == full:
            place = _at_or_below(text, statement, full, wanted)
        elif len(wanted) > len(table) * (not statement.brackets) and full[: len(wanted)] == wanted:
            place = _in_passing(statement, steps, wanted)
        else:
            place = None
        if place is not None:
            yield place._replace(depth=place.depth - len(root))
        if statement.brackets:
            table = full


def _steps(statement: Statement, table: Path, counts: dict[Path, int]) -> list[Path]:
    """Return the path after each part of the statement's key; a header counts its array of tables on."""
    here: Path = () if statement.brackets else table
    steps: list[Path] = []
    for number, part in enumerate(statement.keys[:_LONGEST_KEY], 1):
        here = (*here, part.name)
        if statement.brackets == 2 and number == len(statement.keys):
            counts[here] = counts.get(here, -1) + 1
        if statement.brackets and here in counts:
            here = (*here, counts[here])
        steps.append(here)
    return steps


def _root(first: Statement, full: Path) -> Path:
    if not first.brackets or first.keys[0].name != "event":
        return ()
    return full if len(first.keys) == 1 else ("event",)


def _at_or_below(text: str, statement: Statement, full: Path, wanted: Path) -> _Place:
    """Return the statement's own place, or that of the value within its value that the path leads to."""
    key = statement.keys[-1][1:]
    if statement.brackets:
        return _Place(len(full), True, key, (statement.start, statement.end))
    place = _Place(len(full), True, key, (statement.value, statement.end))
    while place.is_whole and place.depth < len(wanted):
        below = _member(text, place, wanted)
        if below is None:
            break
        place = below
    return place


def _member(text: str, above: _Place, wanted: Path) -> _Place | None:
    """Return the place of the member of an array or inline table that is on the way to the path."""
    rest = wanted[above.depth :]
    for index, (keys, start, end) in enumerate(members(text, above.value[0])):
        if not keys:
            if rest[0] == index:
                return _Place(above.depth + 1, True, (start, end), (start, end))
            continue
        names = tuple(part.name for part in keys)
        if rest[: len(names)] == names:
            return _Place(above.depth + len(names), True, keys[-1][1:], (start, end))
        if names[: len(rest)] == rest:
            part = keys[len(rest) - 1][1:]
            return _Place(len(wanted), False, part, part)
    return None


def _in_passing(statement: Statement, steps: list[Path], wanted: Path) -> _Place:
    """Return the place of the part of a longer key at which the path ends."""
    number = next(number for number, step in enumerate(steps) if len(step) >= len(wanted))
    part = statement.keys[number][1:]
    whole = (statement.start, statement.end) if statement.brackets else part
    return _Place(len(wanted), False, part, whole)


def _first_line(text: str) -> tuple[int, int]:
    end = text.find("\n")
    line = text if end < 0 else text[:end]
    return len(line) - len(line.lstrip(" \t" + BOM)), len(line)


def _span(text: str, start: int, end: int) -> SourceRange:
    line_start = text.rfind("\n", 0, start) + 1 or int(text.startswith(BOM))
    line_end = text.find("\n", start, end)
    if line_end >= 0:
        end = line_end
    end = start + len(text[start:end].rstrip("\r"))
    column = start - line_start + 1
    return SourceRange(text.count("\n", 0, start) + 1, column, column + end - start)
