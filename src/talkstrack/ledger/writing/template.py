"""The text of a new ledger: a commented example of every kind of event, then the table that makes it a ledger.

The examples stand above, so that what is appended stands below them and takes no comment along in a merge.
"""

import re
from datetime import date
from pathlib import Path

EXAMPLE = Path(__file__).with_name("example.toml")
"""What stands above the table, not yet commented out: with a `[ledger]` table it is a ledger without faults."""


def beginning(title: str | None = None, covers: date | None = None) -> str:
    """Return the text of a new ledger."""
    example = re.sub(r"^(?=[^#\n])", "#", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    quoted = f"title = {_quoted(title)}\n" if title else '#title = "..."\n'
    day = f"covers = {covers.isoformat()}\n" if covers else "#covers = 2025-06-01  # complete from this day on\n"
    return f"{example}\n[ledger]\nformat = 1\n{quoted}{day}"


def _quoted(text: str) -> str:
    import tomli_w

    return tomli_w.dumps({"k": text}).removeprefix("k = ").removesuffix("\n")
