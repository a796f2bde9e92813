"""Ledgers in the shape of a real one: the shipped ledger repeated, each copy of its events with ids of its own."""

import re
from pathlib import Path

COPIES = (1, 11, 22, 55)
"""91 events, 1,001, 2,002 and 5,005. Copies share days, people and sources: rules meet more than they ever would."""


def repeated(shipped: Path, copies: int, path: Path) -> int:
    """Write so many copies of a ledger as one, and return how many events that is."""
    text = shipped.read_text(encoding="utf-8")
    start = text.index("[[event]]")
    header, events = text[:start], text[start:]
    ids = re.findall(
        r'^id = "([a-z0-9-]+)"', "\n".join(re.findall(r"^\[\[event\]\]\n(.*)", events, re.MULTILINE)), re.M
    )
    named = re.compile(rf'"({"|".join(sorted(map(re.escape, ids), key=len, reverse=True))})(?=["/])')
    with path.open("w", encoding="utf-8") as file:
        file.write(header + events)
        for copy in range(2, copies + 1):
            file.write("\n" + named.sub(rf'"\1-{copy}', events))
    return len(ids) * copies
