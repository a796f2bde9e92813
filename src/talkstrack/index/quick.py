"""Read the plainest event blocks several times as fast as by way of a whole TOML parser; others are left to that.

A block is plain when each of its statements is a facet's header, or a bare key with a text without escapes, a whole
number, a day, true or false, a list of such texts, or a table of such numbers and texts on one line. The event of such
a block, if it has no fault, is the one that the parser and `read_event` give. Statements come again and again through
a ledger: most are read once, and kept.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from talkstrack.model.convert import Fault, TableType, text
from talkstrack.model.event import EVENT_TABLE, FACET_TABLES, Event, whole_faults

MOST = 8192
"""So many statements are kept of each kind of table."""

_TEXT = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*"'
_KEY = r"[A-Za-z0-9_-]+"
_NUMBER = r"0|[1-9][0-9]{0,15}"
_PART = rf'({_KEY})\ =\ (?:"([^"\\\x00-\x08\x0a-\x1f\x7f]*)"|({_NUMBER}))'
_PLAIN_PART = _PART.replace("(", "(?:").replace("(?:?:", "(?:")
_STATEMENT = re.compile(
    rf"""({_KEY})\ =\ (?:
        (?!\"\"\")({_TEXT})
        |({_NUMBER})
        |([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
        |(\[[\ \n]*(?:{_TEXT}(?:,[\ \n]*{_TEXT})*,?[\ \n]*)?\])
        |(\{{\ {_PLAIN_PART}(?:,\ {_PLAIN_PART})*\ \}})
        |(true|false)
        |(\"\"\"[^"\\\x00-\x08\x0b-\x1f\x7f]*\"\"\")
    )""",
    re.VERBOSE,
)
"""One statement without its line's end, a group for each kind of value."""

_PARTS = re.compile(_PART, re.VERBOSE)
_HEADER = "[[event]]\n"
_OWN = frozenset(("id", "title", "summary", "note"))
"""Fields that seldom say the same twice."""
_Field = tuple[str, Any]


def _day(text: str) -> date | None:
    """Return a day, None for one that does not exist."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _parts(inline: str) -> dict[str, Any] | None:
    found = _PARTS.findall(inline)
    parts = {key: int(number) if number else text for key, text, number in found}
    return parts if len(parts) == len(found) else None


_VALUES: tuple[Callable[[str], Any], ...] = (
    lambda text: text[1:-1],
    int,
    _day,
    lambda items: items.split('"')[1::2],
    _parts,
    lambda truth: truth == "true",
    lambda lines: lines[4:-3] if lines.startswith('"""\n') else lines[3:-3],
)
"""What each group of a statement but the first means; None for what cannot be."""


class _Statements:
    """Reads the statements of one kind of table into its fields."""

    def __init__(self, shape: TableType) -> None:
        self.shape = shape
        self.required = frozenset(shape.required)
        self.kept: dict[str, _Field] = {}

    def read(self, written: str) -> _Field | None:
        """Return the field that a statement fills and its value; None if it is not plain or has a fault."""
        found = _STATEMENT.fullmatch(written)
        if found is None:
            return None
        key, group = found[1], found.lastindex or 1
        reader, value = self.shape.fields.get(key), _VALUES[group - 2](found[group])
        if value is None or reader is None:
            return None
        if reader is not text or type(value) is not str or not value or value.isspace():
            faults: list[Fault] = []
            value = reader(value, (key,), faults)
            if faults:
                return None
        field = self.shape.renamed.get(key, key), value
        if key not in _OWN and type(value) is not dict:
            if len(self.kept) >= MOST:
                self.kept.clear()
            self.kept[written] = field
        return field


STATEMENTS = _Statements(EVENT_TABLE)
"""Those above the facets."""
_FACETS = {name: _Statements(shape) for name, shape in FACET_TABLES.items()}
_HEADERS = {f"[[event.{name}]]": name for name in FACET_TABLES}


def quick_event(block: str, line: int | None = None) -> Event | None:
    """Return the event of a block, given from its `[[event]]` on; None if it is not plain or has a fault."""
    if not block.startswith(_HEADER):
        return None
    facets: dict[str, list[dict[str, Any]]] = {}
    fields: dict[str, Any] = {"line": line}
    statements, table = STATEMENTS, fields
    lines = iter(block[len(_HEADER) :].split("\n"))
    for written in lines:
        field = statements.kept.get(written)
        if field is None:
            if not written:
                continue
            if facet := _HEADERS.get(written):
                statements, table = _FACETS[facet], {}
                facets.setdefault(facet, []).append(table)
                continue
            field = statements.read(written) or statements.read(_to_its_end(written, lines))
            if field is None:
                return None
        name, value = field
        if name in table:
            return None
        table[name] = value
    return _made(fields, facets)


def _made(fields: dict[str, Any], facets: dict[str, list[dict[str, Any]]]) -> Event | None:
    faults = whole_faults({**fields, **facets})
    for name, rows in facets.items():
        statements = _FACETS[name]
        if name in fields or any(not statements.required <= row.keys() for row in rows):
            return None
        struct = statements.shape.struct
        fields[name] = tuple([struct(**row) for row in rows])
    return None if faults or not STATEMENTS.required <= fields.keys() else Event(**fields)


def _to_its_end(written: str, lines: Iterator[str]) -> str:
    """Return a statement with those of the lines that are its own."""
    last = '"""' if written.count('"""') == 1 else "]" if written.endswith("[") else None
    if last is not None:
        for one in lines:
            written += "\n" + one
            if one.endswith(last):
                break
    return written
