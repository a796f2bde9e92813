"""A report as CSV (RFC 4180) or TSV, safe to open in a spreadsheet."""

import csv
import io
import re

from talkstrack.render.sanitize import clean
from talkstrack.render.table import Table

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_STARTS_FORMULA = tuple("=+-@\t\r＝＋－＠")


def as_csv(table: Table) -> str:
    """Return a header and a line a row, comma-separated, quoted where needed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue()


def as_tsv(table: Table) -> str:
    """Return a header and a line a row, separated by tabs; no cell holds a tab or a line end, so nothing is quoted."""
    lines = ["\t".join(table.columns)]
    lines.extend("\t".join(_cell(value) for value in row) for row in table.rows)
    return "\n".join(lines) + "\n"


def _cell(value: str | int | None) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = clean(value)
    starts = value.lstrip(" ").startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA)
    return f"'{text}" if starts and not _NUMBER.fullmatch(text) else text
