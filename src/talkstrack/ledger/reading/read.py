"""Read a ledger: the file, its register, its events, and every fault with its place."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from talkstrack.errors import Problem
from talkstrack.ledger.checking.links import link_faults
from talkstrack.ledger.checking.local import local_faults
from talkstrack.ledger.checking.references import References, references_of
from talkstrack.ledger.checking.register import register_faults
from talkstrack.ledger.checking.registry import CHECKS
from talkstrack.ledger.reading.blocks import Block, Cut, cut
from talkstrack.ledger.reading.conflict_markers import is_marker
from talkstrack.ledger.reading.location import SourceRange, line_text, locate
from talkstrack.ledger.reading.syntax import ParseError, hint_for
from talkstrack.ledger.reading.unreadable import (
    LARGEST_FILE,
    FormatUnknown,
    LedgerEmpty,
    LedgerIsBinary,
    LedgerIsFolder,
    LedgerMissing,
    LedgerNotUtf8,
    LedgerTooLarge,
    LedgerUnreadable,
    NotALedger,
)
from talkstrack.model.convert import Fault
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import DateError
from talkstrack.model.entries import FORMAT
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import Register, read_register

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_ID = re.compile(r"""^[ \t]*id[ \t]*=[ \t]*["']([a-z0-9-]+)["']""", re.MULTILINE)

EXCERPT_LINES = 5
"""An excerpt shows at most this many lines, from the facet's header to the fault."""


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


class ReadBlock(NamedTuple):
    """One event block as read: the event, or None with its faults."""

    block: Block
    event: Event | None
    faults: tuple[Fault, ...]


def load_bytes(path: Path, shown: str) -> bytes:
    """Return a ledger file's bytes; raise a LedgerError where it is no file that can be read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise LedgerIsFolder(shown)
        if not stat.S_ISREG(status.st_mode):  # some devices have no end, and a pipe gives what it has only once
            raise LedgerUnreadable(shown, "it is a device or a pipe, not a file")
        if status.st_size > LARGEST_FILE:
            raise LedgerTooLarge(shown, status.st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise LedgerMissing(shown) from None
    except OSError as error:
        raise LedgerUnreadable(shown, os.strerror(error.errno) if error.errno else str(error)) from error
    except ValueError as error:
        raise LedgerUnreadable(shown, str(error)) from error


def decode(content: bytes, shown: str) -> str:
    """Return a ledger's text; raise a LedgerError where it is empty, binary or not UTF-8."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise LedgerEmpty(shown)
    nul = content.find(b"\0")
    if nul >= 0:
        before = content[:nul]
        raise LedgerIsBinary(shown, before.count(b"\n") + 1, nul - before.rfind(b"\n"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise LedgerNotUtf8(shown, content[error.start], line, column) from None


def load(path: Path, shown: str | None = None) -> ParsedLedger:
    """Read a ledger file."""
    name = shown if shown is not None else str(path)
    return read_text(decode(load_bytes(path, name), name), name)


def read_text(text: str, path: str) -> ParsedLedger:
    """Read a ledger's text; faults are values, only a text that is no ledger at all is an exception.

    Of the revisions of an event only the latest is held to what the register knows, so that a revision can mend it.
    """
    whole = cut(text)
    must_be_ledger(whole, path)
    register, header_faults = read_register(whole.header)
    problems = [syntax_problem(text, path, fault) for fault in whole.header_faults]
    problems += [header_problem(whole, text, path, fault) for fault in (*header_faults, *register_faults(register))]
    readings = tuple(read_blocks(whole))
    newest = {
        reading.event.id: reading.event.revision
        for reading in sorted(readings, key=_revision)
        if reading.event is not None
    }
    events: list[Event] = []
    blocks: list[Block] = []
    cards: list[References] = []
    unread: set[str] = set()
    for reading in readings:
        subject = _subject(reading)
        if reading.block.fault is not None:
            problems.append(syntax_problem(text, path, reading.block.fault, subject))
        problems += [problem_at(path, reading.block, fault, subject) for fault in reading.faults]
        event = reading.event
        if event is None:
            unread.update([subject] if subject is not None else [])
            continue
        if newest[event.id] == event.revision:
            problems += [problem_at(path, reading.block, fault, subject) for fault in local_faults(event, register)]
        events.append(event)
        blocks.append(reading.block)
        cards.append(references_of(event, register))
    places = {id(card): block for card, block in zip(cards, blocks, strict=True)}
    problems += [
        problem_at(path, places[id(card)], fault, card.id) for card, fault in link_faults(cards, unread=unread)
    ]
    return ParsedLedger(path, text, register, tuple(events), tuple(blocks), sorted_problems(problems))


def read_blocks(whole: Cut) -> Iterator[ReadBlock]:
    """Read each event block on its own, as far as it can be."""
    for block in whole.blocks:
        if block.kind != "event":
            continue
        if block.data is None:
            yield ReadBlock(block, None, ())
            continue
        event, faults = read_event(block.data)
        yield ReadBlock(block, msgspec.structs.replace(event, line=block.line) if event else None, tuple(faults))


def _revision(reading: ReadBlock) -> int:
    return reading.event.revision if reading.event else 0


def sorted_problems(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of their places, each once."""
    by_place = {(problem.line, problem.column, problem.slug, problem.message): problem for problem in problems}
    return tuple(by_place[key] for key in sorted(by_place))


def _subject(reading: ReadBlock) -> str | None:
    if reading.event is not None:
        return reading.event.id
    if reading.block.data is None:
        written = _ID.search(reading.block.text)
        return written[1] if written else None
    identity: Any = reading.block.data.get("id")
    return identity if isinstance(identity, str) else None


def must_be_ledger(whole: Cut, path: str) -> None:
    """Raise a LedgerError unless there is a `[ledger]` table of a format this version reads."""
    table = whole.header.get("ledger")
    if table is None and not whole.header_faults:
        raise NotALedger(path)
    version = table.get("format") if isinstance(table, dict) else None
    if type(version) is int and version != FORMAT:
        span = whole.locate_header(("ledger", "format"))
        raise FormatUnknown(path, version, span.line, span.column)


def problem_at(path: str, block: Block, fault: Fault, subject: str | None = None) -> Problem:
    """Return the problem a fault of one event block is, with its line and column in the file."""
    span = locate(block.text, fault.path, key=fault.at_key)
    return _problem(block.text, path, fault, span, block.line - 1, subject)


def header_problem(whole: Cut, text: str, path: str, fault: Fault) -> Problem:
    """Return the problem a fault of the header tables is."""
    return _problem(text, path, fault, whole.locate_header(fault.path, key=fault.at_key), 0, None)


def _problem(own: str, path: str, fault: Fault, span: SourceRange, offset: int, subject: str | None) -> Problem:
    lines = own.split("\n", span.line)[: span.line]
    backward = range(span.line, max(0, span.line - EXCERPT_LINES), -1)
    first = next((number for number in backward if lines[number - 1].lstrip().startswith("[")), span.line)
    return Problem(
        slug=fault.slug,
        severity=CHECKS[fault.slug].severity,
        message=fault.message,
        path=path,
        line=offset + span.line,
        column=span.column,
        end_column=span.end_column,
        subject=subject,
        hint=fault.hint,
        excerpt=tuple((offset + number, lines[number - 1].rstrip("\r")) for number in range(first, span.line + 1)),
    )


def syntax_problem(text: str, path: str, fault: ParseError, subject: str | None = None) -> Problem:
    """Return the problem a text that is not TOML is; markers that git left and days
    that do not exist are named as such."""
    line = line_text(text, fault.line)
    slug, message, hint = "syntax", f"this is not TOML: {fault.message}", hint_for(fault)
    if is_marker(line):
        message = "git left a conflict here"
        hint = "keep one side or both, and delete the lines <<<<<<<, ======= and >>>>>>>"
    elif day := _DAY.match(line, fault.column - 1):
        try:
            parse_period(day[0])
        except DateError as error:
            slug, message, hint = "bad-date", str(error), error.hint
    return Problem(
        slug=slug,
        severity="error",
        message=message,
        path=path,
        line=fault.line,
        column=fault.column,
        end_column=fault.column + 1,
        subject=subject,
        excerpt=((fault.line, line),),
        hint=hint,
    )
