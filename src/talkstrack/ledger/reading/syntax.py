"""Parse a stretch of TOML text, and say in words and in place what stands in the way."""

from typing import Any, Final

import msgspec
import tomli

from talkstrack.ledger.reading.statements import Statement, statements

DEEPEST: Final = 100
"""Values nested deeper than this are refused: whatever walks them later may recurse."""

_NOT_CLOSED = {
    '"': "this string is never closed",
    "'": "this string is never closed",
    "[": "this list is never closed",
    "{": "this inline table is never closed",
}
_HINTS = (
    ("the string is not closed", 'close it with the sign it begins with; a text of several lines stands in """'),
    ("this string is never", 'close it with the sign it begins with; a text of several lines ends with """'),
    ("is never closed", "close it: what begins with [ ends with ], what begins with { with }"),
    ("is given twice", "keep one of the two"),
    ("Duplicate inline table key", "keep one of the two"),
    ("Invalid value", 'a text stands in quotes: key = "text"'),
    ("Expected '='", "a line says key = value"),
    ("Invalid statement", "a line says key = value, or is a header like [[event]]"),
    ("Expected newline", 'one key = value a line; a quote inside a text is written \\"'),
    ("Unescaped '\\'", "write it twice, or put the text in single quotes"),
)
_TOO_DEEP = f"this is nested more than {DEEPEST} deep"
_TOO_LONG = "this number has too many digits"


class ParseError(msgspec.Struct, frozen=True):
    """What is not TOML, and where: line and column count from 1, in characters."""

    message: str
    line: int
    column: int


def parse(text: str, line: int = 1) -> dict[str, Any] | ParseError:
    """Return what the text says, or its first fault; `line` is the number of the text's first line."""
    try:
        parsed = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return _explained(error, line)
    except RecursionError:
        return _odd_statement(text, line, _TOO_DEEP)
    except ValueError:
        return _odd_statement(text, line, _TOO_LONG)
    if _may_be_deep(text) and _is_deep(parsed):
        return _odd_statement(text, line, _TOO_DEEP)
    return parsed


def hint_for(fault: ParseError) -> str | None:
    """Return how a fault of syntax is usually mended."""
    return next((hint for words, hint in _HINTS if words in fault.message), None)


def fault_at(text: str, offset: int, message: str, line: int = 1) -> ParseError:
    """Return the fault that stands at an offset of the text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return ParseError(message, line + text.count("\n", 0, offset), offset - line_start + 1)


def _explained(error: tomli.TOMLDecodeError, line: int) -> ParseError:
    message = error.msg
    if message.startswith("Cannot "):
        for statement in statements(error.doc):
            is_here = statement.brackets and statement.start < error.pos < statement.end
            if (statement.brackets or statement.keys) and (error.pos == statement.end or is_here):
                return fault_at(error.doc, statement.start, _clash(error.doc, statement, message), line)
    if message == "Illegal character '\\n'":
        message = "the string is not closed on its line"
    elif error.pos >= len(error.doc):
        for statement in statements(error.doc):
            opener = error.doc[statement.value : statement.value + 1] if statement.value >= 0 else ""
            if not statement.keys and opener in _NOT_CLOSED:
                return fault_at(error.doc, statement.value, _NOT_CLOSED[opener], line)
    return ParseError(message, line + error.lineno - 1, error.colno)


def _clash(text: str, statement: Statement, message: str) -> str:
    end = statement.end if statement.brackets else statement.keys[-1].end
    key = text[statement.start : end]
    is_twice = message.endswith("twice") if statement.brackets else len(statement.keys) == 1
    return f"{key} is given twice" if is_twice else f"{key} clashes with what is given above"


def _odd_statement(text: str, line: int, message: str) -> ParseError:
    """Return the fault of the first statement that the parser gives up on without naming a place."""
    for statement in statements(text):
        is_key = statement.brackets or statement.value < 0 or len(statement.keys) > DEEPEST
        start = statement.start if is_key else statement.value
        try:
            parsed = tomli.loads(text[statement.start : statement.end])
        except tomli.TOMLDecodeError:
            continue
        except (RecursionError, ValueError):
            return fault_at(text, start, message, line)
        if message == _TOO_DEEP and _is_deep(parsed):
            return fault_at(text, start, message, line)
    return ParseError(message, line, 1)


def _may_be_deep(text: str) -> bool:
    return text.count(".") > DEEPEST or text.count("[") + text.count("{") > DEEPEST // 2


def _is_deep(parsed: dict[str, Any]) -> bool:
    layer: list[Any] = [parsed]
    for _ in range(DEEPEST):
        layer = [
            value
            for above in layer
            for value in (above.values() if isinstance(above, dict) else above)
            if isinstance(value, (dict, list))
        ]
        if not layer:
            return False
    return True
