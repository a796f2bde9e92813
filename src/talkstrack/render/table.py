"""A report as plain columns, before anybody knows in which format."""

from collections.abc import Sequence

import msgspec

TableRow = tuple[str | int | None, ...]


class Table(msgspec.Struct, frozen=True):
    """A whole report as plain columns, for CSV, TSV, Markdown and pipes: ISO dates, whole numbers, no decoration.

    Its title and note are those of the document; only Markdown has a place for them.
    """

    columns: tuple[str, ...]
    rows: Sequence[TableRow]
    title: str = ""
    note: str = ""
