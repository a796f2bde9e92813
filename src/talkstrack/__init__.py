"""A timeline tracker for peace negotiations: `talkstrack.open` gives a ledger, which has a method for each report.

import talkstrack

with talkstrack.open("events.toml") as ledger:
    for row in ledger.claims(since="2025-06", by="UKR").rows:
        print(row.event, row.verdict)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talkstrack.api import Ledger, open, records  # noqa: A004
    from talkstrack.errors import LedgerHasErrors, Problem, TalkstrackError
    from talkstrack.index.select import Selection
    from talkstrack.model.query import Query

_HOMES = {
    "Ledger": "api",
    "LedgerHasErrors": "errors",
    "Problem": "errors",
    "Query": "model.query",
    "Selection": "index.select",
    "TalkstrackError": "errors",
    "open": "api",
    "records": "api",
}
__all__ = ["Ledger", "LedgerHasErrors", "Problem", "Query", "Selection", "TalkstrackError", "open", "records"]


def __getattr__(name: str) -> Any:
    """Load what the library offers when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("talkstrack")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"talkstrack.{_HOMES[name]}"), name)
