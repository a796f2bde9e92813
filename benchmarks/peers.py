"""The peers: the same events in the format of each, and the same questions in its own words."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TextIO

from made import Event, fields, handed

FIRST, LAST, AFTER = "2025-07-01", "2025-07-31", "2025-08-01"
"""The month that is asked for."""

FILTERED, TALLY_OF_MONTH, TALLY_OF_ALL = "exchanges of one month", "tally of one month", "tally of everything"
"""The questions. Peers give two sums for a tally; talkstrack, for a month, also each exchange with running totals."""


class Peer(NamedTuple):
    """A program: its data file, how to write it, how it tells its version, and the commands that answer each question.

    `{}` stands for the data file.
    """

    name: str
    ending: str
    write: Callable[[Iterable[Event], TextIO], None]
    version: list[str]
    asks: dict[str, list[str]]


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


_DAYS = f'.date >= "{FIRST}" and .date <= "{LAST}"'
_SELECTED = 'select(.kind == "exchange" and ({}))'
_SUMS = "reduce (inputs | {} | .handed) as $one ({{}}; .UKR += $one.UKR | .RUS += $one.RUS)"
_IN_MONTH = f"kind = 'exchange' && !(date << '{FIRST}') && date << '{AFTER}'"
_BOTH = "Sum(handed_UKR),Sum(handed_RUS)"
_SPAN = ["-b", FIRST, "-e", AFTER]


def _journal_asks(program: str) -> dict[str, list[str]]:
    return {
        FILTERED: [program, "-f", "{}", "register", *_SPAN, "^exchange"],
        TALLY_OF_MONTH: [program, "-f", "{}", "balance", *_SPAN, "^exchange"],
        TALLY_OF_ALL: [program, "-f", "{}", "balance", "^exchange"],
    }


PEERS = (
    Peer("recsel", "rec", _records, ["recsel", "--version"], {
        FILTERED: ["recsel", "-t", "Event", "-e", _IN_MONTH, "-p", "id,date,title", "{}"],
        TALLY_OF_MONTH: ["recsel", "-t", "Event", "-e", _IN_MONTH, "-p", _BOTH, "{}"],
        TALLY_OF_ALL: ["recsel", "-t", "Event", "-e", "kind = 'exchange'", "-p", _BOTH, "{}"],
    }),
    Peer("hledger", "hledger", _journal, ["hledger", "--version"], _journal_asks("hledger")),
    Peer("ledger", "ledger", _journal, ["ledger", "--version"], _journal_asks("ledger")),
    Peer("jq", "ndjson", _lines, ["jq", "--version"], {
        FILTERED: ["jq", "-r", f"{_SELECTED.format(_DAYS)} | [.id, .date, .title] | @tsv", "{}"],
        TALLY_OF_MONTH: ["jq", "-n", _SUMS.format(_SELECTED.format(_DAYS)), "{}"],
        TALLY_OF_ALL: ["jq", "-n", _SUMS.format(_SELECTED.format("true")), "{}"],
    }),
)  # fmt: skip


def asked(command: list[str], path: Path) -> list[str]:
    """Return a command with the path of its data in place."""
    return [part if part != "{}" else str(path) for part in command]
