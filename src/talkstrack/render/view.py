"""A report as each family of formats wants it: made only when asked for."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:  # each format loads what it needs, and no more
    from talkstrack.render.table import Table
    from talkstrack.render.text.document import Document


class Envelope(msgspec.Struct, frozen=True):
    """A whole report for JSON. A row may be encoded already (bytes); it is then taken over as it stands.

    `lines` is what NDJSON prints where that is not the rows.
    """

    schema: str
    ledger: object
    query: object
    rows: Sequence[object]
    totals: Sequence[object] = ()
    problems: Sequence[object] = ()
    lines: Sequence[object] | None = None


class View(msgspec.Struct, frozen=True):
    """The three ways a report can be shown, each a function so that only the one needed is made."""

    document: Callable[[], "Document"]
    table: Callable[[], "Table"]
    envelope: Callable[[], Envelope]
