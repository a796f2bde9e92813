"""Read the plainest event blocks several times as fast as a whole TOML parser; whatever else they hold is left to it.

A block is plain when each of its statements is a facet's header, or a bare key with a text without escapes, a whole
number, a day, true or false, a list of such texts, or a table of such numbers and texts on one line. For such a block
the result is what the parser gives.
"""

import re
from datetime import date
from typing import Any

_TEXT = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*"'
_KEY = r"[A-Za-z0-9_-]+"
_NUMBER = r"0|[1-9][0-9]{0,15}"
_PART = rf'({_KEY})\ =\ (?:"([^"\\\x00-\x08\x0a-\x1f\x7f]*)"|({_NUMBER}))'
_PLAIN_PART = _PART.replace("(", "(?:").replace("(?:?:", "(?:")
_STATEMENTS = re.compile(
    rf"""({_KEY})\ =\ (?:
        (?!\"\"\")({_TEXT})
        |({_NUMBER})
        |([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
        |(\[[\ \n]*(?:{_TEXT}(?:,[\ \n]*{_TEXT})*,?[\ \n]*)?\])
        |(\{{\ {_PLAIN_PART}(?:,\ {_PLAIN_PART})*\ \}})
        |(true|false)
        |(\"\"\"[^"\\\x00-\x08\x0b-\x1f\x7f]*\"\"\")
    )\n
    |\[\[event\.({_KEY})\]\]\n
    |\n
    |([^\n])""",
    re.VERBOSE,
)
"""One statement with its line's end, a group for each kind of value; what is none of these fills the last group."""

_PARTS = re.compile(_PART, re.VERBOSE)
_HEADER = "[[event]]\n"


def quick_event(block: str) -> dict[str, Any] | None:
    """Return what an event block says, given from its `[[event]]` on with every line ended; None if it is not plain."""
    if not block.startswith(_HEADER):
        return None
    event: dict[str, Any] = {}
    table = event
    for key, text, number, day, items, inline, truth, lines, facet, other in _STATEMENTS.findall(block, len(_HEADER)):
        if key:
            if key in table:
                return None
            value: Any
            if text:
                value = text[1:-1]
            elif number:
                value = int(number)
            elif items:
                value = _listed(items)
            elif inline:
                value = _parts(inline)
            elif lines:
                value = lines[4:-3] if lines.startswith('"""\n') else lines[3:-3]
            else:
                value = _day(day) if day else truth == "true"
            if value is None:
                return None
            table[key] = value
        elif facet:
            table = {}
            found = event.setdefault(facet, _Tables())
            if type(found) is not _Tables:
                return None
            found.append(table)
        elif other:
            return None
    for key, found in event.items():
        if type(found) is _Tables:
            event[key] = list(found)
    return event


class _Tables(list[dict[str, Any]]):
    """The tables of one facet, to be told from a list that was given as a value."""


def _listed(items: str) -> list[str]:
    return items.split('"')[1::2]


def _parts(inline: str) -> dict[str, Any] | None:
    found = _PARTS.findall(inline)
    parts = {key: int(number) if number else text for key, text, number in found}
    return parts if len(parts) == len(found) else None


def _day(text: str) -> date | None:
    """Return a day, None for one that does not exist."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
