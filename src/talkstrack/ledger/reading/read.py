"""Read a ledger: its register, its events, and every fault with its place."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from talkstrack.errors import Problem
from talkstrack.ledger.checking.check import event_faults, link_faults, register_faults
from talkstrack.ledger.checking.references import references_of
from talkstrack.ledger.checking.registry import Asked
from talkstrack.ledger.reading.blocks import Block, Cut, cut
from talkstrack.ledger.reading.problems import header_problem, problem_at, sorted_problems, syntax_problem
from talkstrack.ledger.reading.source import decode, load_bytes
from talkstrack.ledger.reading.unreadable import LedgerError
from talkstrack.model.convert import Fault
from talkstrack.model.entries import FORMAT
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import Register, read_register

_ID = re.compile(r"""^[ \t]*id[ \t]*=[ \t]*["']([a-z0-9-]+)["']""", re.MULTILINE)


class ParsedLedger(NamedTuple):
    """A ledger as read: every readable event of every revision in file order, and all that is wrong."""

    path: str
    text: str
    register: Register
    events: tuple[Event, ...]
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make totals untrustworthy."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load(path: Path, shown: str | None = None, only: Asked = None) -> ParsedLedger:
    """Read a ledger file; with `only` no other checks are run."""
    name = shown if shown is not None else str(path)
    return read_text(decode(load_bytes(path, name), name), name, only)


def read_text(text: str, path: str, only: Asked = None) -> ParsedLedger:
    """Read a ledger's text; faults are values, only a text that is no ledger at all is an exception.

    Of the revisions of an event only the latest is held to what the register knows, so that a revision can mend it.
    With `only` no other checks are run.
    """
    whole = cut(text)
    must_be_ledger(whole, path)
    register, header_faults = read_register(whole.header)
    header_faults += register_faults(register, only)
    problems = [syntax_problem(text, path, fault) for fault in whole.header_faults]
    problems += [header_problem(whole, text, path, fault) for fault in header_faults]
    events: list[Event] = []
    blocks: list[Block] = []
    unread: set[str] = set()
    for block in whole.blocks:
        if block.kind != "event":
            continue
        event, faults = (None, []) if block.data is None else read_event(block.data, block.line)
        subject = event.id if event else _id_of(block)
        if block.fault is not None:
            problems.append(syntax_problem(text, path, block.fault, subject))
        problems += [problem_at(path, block, fault, subject) for fault in faults]
        if event is not None:
            events.append(event)
            blocks.append(block)
        elif subject is not None:
            unread.add(subject)
    for place, fault in _faults(events, register, unread, only):
        problems.append(problem_at(path, blocks[place], fault, events[place].id))
    return ParsedLedger(path, text, register, tuple(events), tuple(blocks), sorted_problems(problems))


def _faults(events: list[Event], register: Register, unread: set[str], only: Asked) -> Iterator[tuple[int, Fault]]:
    """Find what is wrong with events that could be read, each fault with the place of its event among them."""
    newest: dict[str, int] = {}
    for event in events:
        newest[event.id] = max(event.revision, newest.get(event.id, 0))
    for place, event in enumerate(events):
        if newest[event.id] == event.revision:
            yield from ((place, fault) for fault in event_faults(event, register, only))
    cards = [references_of(event, register) for event in events]
    places = {id(card): place for place, card in enumerate(cards)}
    yield from ((places[id(card)], fault) for card, fault in link_faults(cards, unread=unread, only=only))


def _id_of(block: Block) -> str | None:
    """Return the id of an event that could not be read, as far as it can be told."""
    if block.data is None:
        written = _ID.search(block.text)
        return written[1] if written else None
    identity: Any = block.data.get("id")
    return identity if isinstance(identity, str) else None


def must_be_ledger(whole: Cut, path: str) -> None:
    """Raise a LedgerError unless there is a `[ledger]` table of a format this version reads."""
    table = whole.header.get("ledger")
    if table is None and not whole.header_faults:
        message = "this file has no [ledger] table, so it is not a ledger"
        raise LedgerError(path, message, "begin it with [ledger] and format = 1", slug="no-ledger-table")
    version = table.get("format") if isinstance(table, dict) else None
    if type(version) is int and version != FORMAT:
        span = whole.locate_header(("ledger", "format"))
        message = f"this ledger has format {version}; this talkstrack reads format {FORMAT}"
        hint = "a newer talkstrack may read it: pip install --upgrade talkstrack"
        raise LedgerError(path, message, hint, span.line, span.column, slug="format-version")
