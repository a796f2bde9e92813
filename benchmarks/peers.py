"""The peers: the same events in the format of each, and the same questions in its own words."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TextIO

from made import Event, fields, handed

FIRST, LAST, AFTER = "2025-07-01", "2025-07-31", "2025-08-01"
"""The filtered list: exchanges of one month. The tally: what each side was handed in all exchanges."""


class Peer(NamedTuple):
    """A program: its data file, how to write it, how it tells its version, and the commands that ask."""

    name: str
    ending: str
    write: Callable[[Iterable[Event], TextIO], None]
    version: list[str]
    filtered: list[str]
    tally: list[str]


def _records(events: Iterable[Event], file: TextIO) -> None:
    file.write("%rec: Event\n%key: id\n%type: date date\n%type: handed_UKR,handed_RUS int\n")
    for event in events:
        file.write("\n" + "".join(f"{name}: {text}\n" for name, text in fields(event)))
        file.write("".join(f"handed_{side}: {count}\n" for side, count in handed(event).items()))


def _journal(events: Iterable[Event], file: TextIO) -> None:
    for event in events:
        file.write(f"\n{event['date']} {event['title']}\n")
        told = [(name, text) for name, text in fields(event) if name not in ("date", "title")]
        file.write("".join(f"    ; {name}: {text}\n" for name, text in told))
        postings = [f"({event['kind']}:{side})  {count} people" for side, count in handed(event).items()]
        file.write("".join(f"    {one}\n" for one in postings or [f"({event['kind']})  1 event"]))


def _lines(events: Iterable[Event], file: TextIO) -> None:
    for event in events:
        said = {**event, "handed": handed(event)}
        file.write(json.dumps(said, default=str, ensure_ascii=False, separators=(",", ":")) + "\n")


_OF_MONTH = f'.kind == "exchange" and .date >= "{FIRST}" and .date <= "{LAST}"'
_SUMS = 'reduce (inputs | select(.kind == "exchange") | .handed) as $one ({}; .UKR += $one.UKR | .RUS += $one.RUS)'
_IN_MONTH = f"kind = 'exchange' && !(date << '{FIRST}') && date << '{AFTER}'"

PEERS = (
    Peer(
        "recsel", "rec", _records, ["recsel", "--version"],
        ["recsel", "-t", "Event", "-e", _IN_MONTH, "-p", "id,date,title", "{}"],
        ["recsel", "-t", "Event", "-e", "kind = 'exchange'", "-p", "Sum(handed_UKR),Sum(handed_RUS)", "{}"],
    ),
    Peer(
        "hledger", "hledger", _journal, ["hledger", "--version"],
        ["hledger", "-f", "{}", "register", "-b", FIRST, "-e", AFTER, "^exchange"],
        ["hledger", "-f", "{}", "balance", "^exchange"],
    ),
    Peer(
        "ledger", "ledger", _journal, ["ledger", "--version"],
        ["ledger", "-f", "{}", "register", "-b", FIRST, "-e", AFTER, "^exchange"],
        ["ledger", "-f", "{}", "balance", "^exchange"],
    ),
    Peer(
        "jq", "ndjson", _lines, ["jq", "--version"],
        ["jq", "-r", f"select({_OF_MONTH}) | [.id, .date, .title] | @tsv", "{}"],
        ["jq", "-n", _SUMS, "{}"],
    ),
)  # fmt: skip


def asked(command: list[str], path: Path) -> list[str]:
    """Return a command with the path of its data in place."""
    return [part if part != "{}" else str(path) for part in command]
