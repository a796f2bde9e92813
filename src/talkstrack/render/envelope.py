"""What every JSON output consists of."""

from collections.abc import Sequence
from typing import NamedTuple


class Envelope(NamedTuple):
    """A whole report for JSON. A row may be encoded already (bytes); it is then taken over as it stands."""

    schema: str
    ledger: object
    query: object
    rows: Sequence[object]
    totals: Sequence[object] = ()
    problems: Sequence[object] = ()
