"""Find the line and column of a value or a key in the text of a block."""

from functools import lru_cache
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
    walk = _walk(block_text)
    place = walk.place(walk.root + path)
    if path and (place is None or place.depth <= len(walk.root)):
        place = walk.place(path) or place
    if place is None:
        return _span(block_text, *_first_line(block_text))
    return _span(block_text, *(place.key if key and place.key != (0, 0) else place.value))


def line_text(text: str, line: int) -> str:
    """Return the line with this number, counted from 1, without its line end; empty if there is none."""
    lines = lines_of(text)
    return lines[line - 1].removesuffix("\r") if 0 < line <= len(lines) else ""


@lru_cache(maxsize=2)
def lines_of(text: str) -> list[str]:
    """Return the lines of a text, kept for the next fault in it."""
    return text.split("\n")


class _Walk:
    """The statements of a text by the path they say something of; walked once, as far as somebody asks.

    Most faults stand near the beginning of a block, and a block can have many.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ahead = (statement for statement in statements(text, int(text.startswith(BOM))) if statement.keys)
        self._at: dict[Path, Statement] = {}
        self._passing: dict[Path, tuple[Statement, int]] = {}
        self._table: Path = ()
        self._counts: dict[Path, int] = {}
        self.root = self._root()

    def _root(self) -> Path:
        """Return where paths start: inside the event that the text begins with, else at the top."""
        full = self._step()
        first = self._at.get(full or ())
        if full is None or first is None or not first.brackets or first.keys[0].name != "event":
            return ()
        return full if len(first.keys) == 1 else ("event",)

    def _step(self) -> Path | None:
        """Take the next statement and return its path; None after the last."""
        statement = next(self._ahead, None)
        if statement is None:
            return None
        steps = _steps(statement, self._table, self._counts)
        full = steps[-1]
        self._at.setdefault(full, statement)
        above = 0 if statement.brackets else len(self._table)
        for depth in range(above + 1, len(full)):
            number = next(number for number, step in enumerate(steps) if len(step) >= depth)
            self._passing.setdefault(full[:depth], (statement, number))
        if statement.brackets:
            self._table = full
        return full

    def place(self, wanted: Path) -> _Place | None:
        """Return what stands at the path, else the deepest thing above it, or what names it in passing
        (`parts` in `parts.civilian = 1`)."""
        while wanted not in self._at and self._step() is not None:
            pass
        best: _Place | None = None
        if wanted in self._passing:
            statement, number = self._passing[wanted]
            part = statement.keys[number][1:]
            best = _Place(len(wanted), False, part, (statement.start, statement.end) if statement.brackets else part)
        for depth in range(len(wanted), 0, -1):
            if (statement_at := self._at.get(wanted[:depth])) is not None:
                place = _at_or_below(self._text, statement_at, wanted[:depth], wanted)
                if best is None or place[:2] > best[:2]:
                    best = place
        return best


_walk = lru_cache(maxsize=2)(_Walk)


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
