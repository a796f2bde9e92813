"""Walk the statements of TOML text and say where each stands, without judging what it means."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import tomli

_PART = r"""(?:[^\s.=\[\]{}#,"']++|"(?:[^"\\\n]++|\\[^\n])*+"|'[^'\n]*+')"""
_KEYS = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_KEY_PART = re.compile(_PART)
_HEADER = re.compile(rf"(\[\[?+)[ \t]*+({_KEYS})[ \t]*+(\]\]?+)")
_PAIR = re.compile(rf"({_KEYS})[ \t]*+=[ \t]*+")
_ATOM = re.compile(
    r'''"""(?:[^"\\]++|\\.|"{1,2}+(?!"))*+"{3,5}+'''
    r"""|'''(?:[^']++|'{1,2}+(?!'))*+'{3,5}+"""
    r'''|(?!""")"(?:[^"\\\n]++|\\[^\n])*+"'''
    r"""|(?!''')'[^'\n]*+'"""
    r"""|\d{4}-\d\d-\d\d\ [\d:.+Zz-]++"""
    r"""|[^\s,\[\]{}#"'=]++""",
    re.DOTALL,
)
_SPACE = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SKIPPED = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*+[ \t]*+(?:#[^\n]*+)?")
_TAIL = re.compile(r"[ \t]*+(?:#[^\n]*+)?\r?(?:\n|\Z)")
_CLOSER = {"[": "]", "{": "}"}
_DEEPEST = 200


class Key(NamedTuple):
    """One part of a dotted key, and where it stands."""

    name: str
    start: int
    end: int


class Statement(NamedTuple):
    """A header line or a `key = value`; offsets count characters from the start of the text.

    `keys` is empty where the line is neither. `value` is then the place of a value that is broken or never
    closed, or -1. `brackets` is 0 for a pair, 1 for `[table]`, 2 for `[[table]]`.
    """

    start: int
    keys: tuple[Key, ...]
    brackets: int
    value: int
    end: int
    after: int

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the key, unquoted."""
        return tuple(key.name for key in self.keys)


def statements(text: str, start: int = 0) -> Iterator[Statement]:
    """Yield each statement from the offset `start`, the beginning of a line outside any value, to the end."""
    skipped = _SKIPPED.match(text, start)
    while skipped and skipped.end() < len(text):
        statement = _statement(text, skipped.end())
        yield statement
        skipped = _SKIPPED.match(text, statement.after)


def header_at(text: str, start: int) -> Statement | None:
    """Return the header that begins at the bracket at `start`, or None if there is no well-formed one."""
    statement = _statement(text, start)
    return statement if statement.keys and statement.brackets else None


def value_end(text: str, start: int) -> int | None:
    """Return the offset after the value at `start`, or None if it is broken, too deep or never closed."""
    open_brackets: list[str] = []
    position = start
    while True:
        opener = text[position : position + 1]
        if opener in _CLOSER:
            if len(open_brackets) == _DEEPEST:
                return None
            open_brackets.append(_CLOSER[opener])
            position = after_space(text, position + 1)
        else:
            atom = _ATOM.match(text, position)
            if atom is None:
                return None
            position = atom.end()
            opener = ""
        while open_brackets:
            closed, position = _after_member(text, position, open_brackets[-1], first=bool(opener))
            opener = ""
            if position < 0:
                return None
            if not closed:
                break
            open_brackets.pop()
        else:
            return position
        if open_brackets[-1] == "}":
            pair = _PAIR.match(text, position)
            if pair is None:
                return None
            position = pair.end()


def members(text: str, start: int) -> Iterator[tuple[tuple[Key, ...], int, int]]:
    """Yield key, start and end of each value in the array or inline table at `start`; in an array no key."""
    closer = _CLOSER.get(text[start : start + 1])
    if closer is None:
        return
    closed, position = _after_member(text, start + 1, closer, first=True)
    while not closed and position >= 0:
        keys: tuple[Key, ...] = ()
        if closer == "}":
            pair = _PAIR.match(text, position)
            if pair is None:
                return
            keys, position = _keys(text, *pair.span(1)), pair.end()
        end = value_end(text, position)
        if end is None:
            return
        yield keys, position, end
        closed, position = _after_member(text, end, closer, first=False)


def after_space(text: str, start: int) -> int:
    """Return the offset after the spaces, line ends and comments at `start`."""
    space = _SPACE.match(text, start)
    return space.end() if space else start


def _after_member(text: str, start: int, closer: str, *, first: bool) -> tuple[bool, int]:
    """Say whether the bracket closes here, and the offset after it or of the next member (-1: neither)."""
    position = after_space(text, start)
    if not first and text.startswith(",", position):
        first, position = True, after_space(text, position + 1)
    if text.startswith(closer, position):
        return True, position + 1
    return False, position if first else -1


def _statement(text: str, start: int) -> Statement:
    if text.startswith("[", start):
        header = _HEADER.match(text, start)
        if header and len(header[1]) == len(header[3]):
            tail = _TAIL.match(text, header.end())
            if tail:
                keys = _keys(text, *header.span(2))
                return Statement(start, keys, len(header[1]), header.end(), header.end(), tail.end())
        return _broken(text, start, -1)
    pair = _PAIR.match(text, start)
    if pair is None:
        return _broken(text, start, -1)
    end = value_end(text, pair.end())
    if end is None:
        return _broken(text, start, pair.end())
    tail = _TAIL.match(text, end)
    if tail is None:
        return _broken(text, start, pair.end())
    return Statement(start, _keys(text, *pair.span(1)), 0, pair.end(), end, tail.end())


def _broken(text: str, start: int, value: int) -> Statement:
    line_end = text.find("\n", start)
    end = len(text) if line_end < 0 else line_end
    return Statement(start, (), 0, value, end, min(end + 1, len(text)))


def _keys(text: str, start: int, end: int) -> tuple[Key, ...]:
    return tuple(Key(_unquoted(part[0]), *part.span()) for part in _KEY_PART.finditer(text, start, end))


def _unquoted(part: str) -> str:
    if part[0] not in "\"'":
        return part
    if part[0] == "'" or "\\" not in part:
        return part[1:-1]
    try:
        return next(iter(tomli.loads(f"{part} = 0")))
    except tomli.TOMLDecodeError:
        return part[1:-1]
