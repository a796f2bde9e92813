"""Find where a block of a ledger ends: at the next line that is a header and does not go on with it.

A line that begins with a bracket is a header exactly when the text before it, from the last header on, parses
alone. The first such line nearly always is; only where it is not are the statements walked one by one.
"""

import re
from typing import Any, NamedTuple

from talkstrack.ledger.reading.statements import Statement, header_at, statements
from talkstrack.ledger.reading.syntax import ParseError, parse

_EVENT = "[[event]]"
_QUOTES = re.compile(r'"{3}|\x27{3}')
_IN_EVENT = re.compile(r"\n[ \t]*+\[(?!\[?event[ \t]*+\.)")
_IN_HEADER = re.compile(r"\n[ \t]*+\[")
_LIKE_EVENT = re.compile(r"[ \t]*+\[\[?[ \t]*+[\"']?event\b")
_LIKE_FACET = re.compile(r"\[\[?event[ \t]*+\.")
_LIKE_HEADER = re.compile(
    r"""\[\[event\]\]|\[\[?[ \t]*+["'A-Za-z_][\w"'. \t-]*+\]?\]?[ \t]*+(?:#[^\n]*+)?\r?(?:\n|\Z)"""
)


class Extent(NamedTuple):
    """The end of a block's last line that says something, the next header line, and what the block says."""

    end: int
    following: int
    parsed: dict[str, Any] | ParseError


def extent(text: str, lead: int, start: int, *, lead_line: int, in_event: bool) -> Extent:
    """Return the extent of the block with its comments from `lead` and its header line from `start`.

    `in_event` says that the header is an event's, so that `[[event.transfer]]` goes on with it. The last
    block is parsed with all that follows it, so that a fault in a last comment is found.
    """
    following = _candidate(text, start, in_event)
    end = _content_end(text, start, following)
    parsed = parse(text[lead : end if following < len(text) else following], lead_line)
    if isinstance(parsed, dict) and (following < len(text) or not _QUOTES.search(text, end)):
        return Extent(end, following, parsed)
    true_end, true_following = _walked(text, start, following, in_event)
    if (true_end, true_following) != (end, following):
        end, following = true_end, true_following
        parsed = parse(text[lead : end if following < len(text) else following], lead_line)
    return Extent(end, following, parsed)


def header_keys(text: str, start: int) -> tuple[str, ...]:
    """Return the key of the header line that begins at `start`; `("event",)` for a broken event header."""
    if text.startswith(_EVENT, start):
        return ("event",)
    header = header_at(text, next_word(text, start))
    if header:
        return header.names
    return ("event",) if _LIKE_EVENT.match(text, start) else ()


def next_word(text: str, start: int) -> int:
    """Return the offset after the spaces and tabs at `start`."""
    while text[start : start + 1] in (" ", "\t"):
        start += 1
    return start


def _candidate(text: str, start: int, in_event: bool) -> int:
    """Return the beginning of the next line that would end the block if it is a header, or the text's end."""
    pattern = _IN_EVENT if in_event else _IN_HEADER
    bracket_line = pattern.search(text, start)
    while bracket_line:
        bracket = bracket_line.end() - 1
        if not in_event or text.startswith(_EVENT, bracket) or not _continues(header_at(text, bracket)):
            return bracket_line.start() + 1
        bracket_line = pattern.search(text, bracket)
    return len(text)


def _continues(header: Statement | None) -> bool:
    return header is not None and len(header.keys) > 1 and header.keys[0].name == "event"


def _content_end(text: str, start: int, end: int) -> int:
    """Return the end of the last line before `end` that is neither blank nor a comment."""
    while end > start:
        line_start = max(start, text.rfind("\n", start, end - 1) + 1)
        line = text[line_start:end].strip(" \t\r\n")
        if line and line[0] != "#":
            return end
        end = line_start
    return end


def _walked(text: str, start: int, candidate: int, in_event: bool) -> tuple[int, int]:
    """Return the end and the next header line of a block that does not parse up to the candidate.

    A value that goes on past the candidate is believed only if all up to the next header reads as statements;
    else it was never closed. Before that, what reads as no statement is passed over line by line.
    """
    end, is_broken, has_crossed = start, False, False
    for number, statement in enumerate(statements(text, start)):
        if number and text.startswith("[", statement.start):
            facet = in_event and (_continues(statement) or _LIKE_FACET.match(text, statement.start))
            if not facet and (not is_broken or _LIKE_HEADER.match(text, statement.start)):
                return end, text.rfind("\n", 0, statement.start) + 1
        if not statement.keys:
            if has_crossed:
                return _given_up(text, start, candidate, in_event)
            is_broken = True
        elif statement.end > candidate:
            has_crossed = True
        end = statement.after
    return end, len(text)


def _given_up(text: str, start: int, candidate: int, in_event: bool) -> tuple[int, int]:
    following = candidate
    while following < len(text) and not _LIKE_HEADER.match(text, next_word(text, following)):
        following = _candidate(text, next_word(text, following), in_event)
    return _content_end(text, start, following), following
