"""Find the events in a CSV whose header names the fields."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from talkstrack.ledger.intake.values import EntryError, field_value, text_list, transfer_to
from talkstrack.model.entries import field_type
from talkstrack.model.event import FACET_TYPES, FACETS, Event
from talkstrack.model.fields import fields_of
from talkstrack.model.names import did_you_mean

OF_OUTPUT = frozenset({"line"})
"""What a row of JSON or CSV output says beside the event itself."""

Faults = list[tuple[int, str, str | None]]

_FACET = re.compile(rf"({'|'.join(FACETS)})(?:\.(\d+))?\.(\w+)(?:\.(.+))?")
_GUARDED = re.compile(r"'[=+\-@\t\r]")


class _Column(NamedTuple):
    """Where the cells of a column go: a field of the event, or of the n-th row of a facet of this line."""

    facet: str | None
    row: str
    field: str
    part: str | None = None


def csv_rows(text: str, delimiter: str | None, faults: Faults) -> list[tuple[dict[str, Any], int]]:
    """Return each event with its line; what is wrong goes to `faults` as line, message and hint.

    Columns: a field of the event; `transfer.to` or `transfer.2.to`; `transfer.parts.military`; `extra.NAME`;
    `to_UKR` for a whole transfer, `84@UKR`. An empty cell leaves its field out; a row without any field of the
    event goes on with the event above it.
    """
    tables: list[tuple[dict[str, Any], int]] = []
    columns: list[_Column | None] = []
    for line, cells in _lines(text, delimiter, faults):
        if not columns:
            columns = [_column(name.strip(), line, faults) for name in cells]
            _no_column_twice(columns, cells, line, faults)
        elif len(cells) > len(columns):
            faults.append((line, f"the row has {len(cells)} cells, the header {len(columns)}", None))
        else:
            own, rows = _row(columns, cells, line, faults)
            if own or not tables:
                tables.append((own, line))
            for name, row in rows:
                tables[-1][0].setdefault(name, []).append(row)
    return tables


def _lines(text: str, delimiter: str | None, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that say something, each with the line it begins on."""
    header = text.lstrip("\n").split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or max(",;\t", key=header.count), strict=True
    )
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append((line, f"this is not CSV: {error}", "a cell with a comma or a line end takes quotation marks"))


def _column(name: str, line: int, faults: Faults) -> _Column | None:
    if name in fields_of(Event) and name not in (*FACETS, "extra"):
        return _Column(None, "", name)
    if name.startswith("extra.") and len(name) > 6:
        return _Column(None, "", "extra", name[6:])
    if name.startswith("to_") and len(name) > 3:
        return _Column("transfer", name, "to", name[3:])
    column = _FACET.fullmatch(name)
    if column and column[3] in fields_of(FACET_TYPES[column[1]]) and (not column[4] or column[3] == "parts"):
        return _Column(column[1], column[2] or "1", column[3], column[4])
    if name in OF_OUTPUT:
        return None
    of_facets = (f"{facet}.{field}" for facet, struct in FACET_TYPES.items() for field in fields_of(struct))
    known = [*fields_of(Event), *of_facets]
    hint = did_you_mean(name, known, "a column is a field of an event, or as `transfer.to` of a facet")
    faults.append((line, f"there is no field `{name[:80]}`", hint))
    return None


def _no_column_twice(columns: list[_Column | None], cells: list[str], line: int, faults: Faults) -> None:
    """Refuse a place that two columns fill: of a row's cells the last would win without a word."""
    names = [cell.strip()[:80] for cell in cells]
    last: dict[str, int] = {}
    for column in columns:
        if column is not None and column.facet is not None and column.row.isdigit() and len(column.row) < 6:
            last[column.facet] = max(last.get(column.facet, 1), int(column.row))
    filled: dict[tuple[str | None, str, str], dict[str | None, int]] = {}
    for place, column in enumerate(columns):
        if column is None:
            continue
        parts = filled.setdefault(column[:3], {})
        before = parts.get(column.part, parts.get(None))  # a part, and the whole that it is of, are one place too
        if before is None and column.part is None and parts:
            before = next(iter(parts.values()))
        if before is None:
            parts[column.part] = place
            continue
        first, second = names[before], names[place]
        what = f"the column `{second}` stands twice" if first == second else f"`{first}` and `{second}` are one column"
        free = last.get(column.facet or "event", 1) + 1
        faults.append((line, f"{what} (columns {before + 1} and {place + 1})", _instead(column, free)))


def _instead(column: _Column, free: int) -> str:
    """Return where the second of two equal columns can go; `free` is a row of its facet that has no column yet."""
    if column.facet is None:
        return "keep one of the two"
    if column.field == "to" and column.part is not None:
        return "put the second on a line of its own, below the event's, where only its cell is filled"
    part = "" if column.part is None else f".{column.part}"
    return f"name it `{column.facet}.{free}.{column.field}{part}` if it is of a second row"


def _row(
    columns: list[_Column | None], cells: list[str], line: int, faults: Faults
) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    """Return the event's own fields in a row, and the rows of its facets."""
    own: dict[str, Any] = {}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for column, cell in zip(columns, cells, strict=False):
        text = (cell[1:] if _GUARDED.match(cell) else cell).strip()
        if column is None or not text:
            continue
        try:
            if column.facet is None:
                _put(own, "event", column, text)
            elif column.part is not None and column.field == "to":
                rows[column.facet, column.row] = transfer_to(f"{column.part}={text}", "column")
            else:
                _put(rows.setdefault((column.facet, column.row), {}), column.facet, column, text)
        except EntryError as error:
            faults.append((line, error.message, error.hint))
    return own, [(facet, row) for (facet, _), row in rows.items()]


def _put(table: dict[str, Any], name: str, column: _Column, text: str) -> None:
    if column.part is not None:
        below = table.setdefault(column.field, {})
        below[column.part] = text
    elif field_type(name, column.field) == "texts":
        table[column.field] = text_list(text.replace(";", ","))
    else:
        is_count = field_type(name, column.field) == "count"
        table[column.field] = text if is_count else field_value(name, column.field, text)
