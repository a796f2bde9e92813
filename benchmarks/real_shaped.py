"""Repeat the shipped ledger with ids of its own: what rules cost on a real shape, which made ledgers hide.

python benchmarks/real_shaped.py 11 > events.toml
"""

import re
import sys
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "data" / "events.toml"
BLOCK = re.compile(r"(?m)^\[\[event\]\]")
ID = re.compile(r'(?m)^id = "([^"]+)"')
NAMING = re.compile(r"(?m)^(id|under|part_of|about|replaces) = (.*)$")
QUOTED = re.compile(r'"([^"/]+)((?:/[^"]*)?)"')


def repeated(text: str, times: int) -> str:
    """Return a ledger with its events so many times over: each copy's ids and links are its own."""
    begin = next(BLOCK.finditer(text)).start()
    header, events = text[:begin], text[begin:]
    ids = {found[1] for block in BLOCK.split(events)[1:] if (found := ID.search(block))}

    def copy(number: int) -> str:
        def renamed(name: re.Match[str]) -> str:
            return f'"{name[1]}-{number}{name[2]}"' if name[1] in ids else name[0]

        return NAMING.sub(lambda line: f"{line[1]} = {QUOTED.sub(renamed, line[2])}", events)

    return header + "".join([events, *map(copy, range(2, times + 1))])


if __name__ == "__main__":
    sys.stdout.write(repeated(SHIPPED.read_text(encoding="utf-8"), int(sys.argv[1])))
