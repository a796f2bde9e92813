"""Read the plainest event blocks several times as fast as a whole TOML parser; whatever else they hold is left to it.

A block is plain when each of its lines is blank, a facet's header, or a bare key with a text without escapes, a whole
number, a day, true or false, or a list of such texts on one line. For such a block the result is what the parser gives.
"""

import re
from datetime import date
from typing import Any

_TEXT = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*"'
_LINE = re.compile(
    rf"""(?:([A-Za-z0-9_-]+)\ =\ (?:
        (?!\"\"\"){_TEXT}
        |\"\"\"[^"\\\x00-\x08\x0b-\x1f\x7f]*\"\"\"
        |[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}
        |0|[1-9][0-9]{{0,15}}
        |true|false
        |\[(?:{_TEXT}(?:,\ {_TEXT})*)?\]
        )
    |\[\[event\.([A-Za-z0-9_-]+)\]\]
    )?\n""",
    re.VERBOSE,
)
_HEADER = "[[event]]\n"


def quick_event(block: str) -> dict[str, Any] | None:
    """Return what an event block says, given from its `[[event]]` on with every line ended; None if it is not plain."""
    if not block.startswith(_HEADER):
        return None
    event: dict[str, Any] = {}
    table = event
    position, end = len(_HEADER), len(block)
    match = _LINE.match
    while position < end:
        line = match(block, position)
        if line is None:
            return None
        key = line[1]
        if key is not None:
            if key in table:
                return None
            value = _value(block[position + len(key) + 3 : line.end() - 1])
            if value is None:
                return None
            table[key] = value
        elif (facet := line[2]) is not None:
            table = {}
            found = event.setdefault(facet, _Tables())
            if type(found) is not _Tables:
                return None
            found.append(table)
        position = line.end()
    for key, found in event.items():
        if type(found) is _Tables:
            event[key] = list(found)
    return event


class _Tables(list[dict[str, Any]]):
    """The tables of one facet, to be told from a list that was given as a value."""


def _value(text: str) -> Any:
    """Return the value of a text that the pattern has let through; None for a day that does not exist."""
    first = text[0]
    if first == '"':
        if text.startswith('"""'):
            inner = text[3:-3]
            return inner[1:] if inner.startswith("\n") else inner
        return text[1:-1]
    if first == "[":
        return text[2:-2].split('", "') if len(text) > 2 else []
    if first == "t":
        return True
    if first == "f":
        return False
    if len(text) == 10 and text[4] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return int(text)
