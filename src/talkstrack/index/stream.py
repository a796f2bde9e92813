"""Read a large ledger piece by piece, by two processes where there are two: only what has no fault at all.

A piece begins at a line `[[event]]`. That is where an event begins, and no line inside a text, exactly when the piece
before it can be read to its end without a fault. The register is what stands before all events; where parts of it stand
among them it is taken from all lines that look like the header of another table, and if the pieces turn out to have
other ones, that is a fault too.
"""

import gc
import mmap
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from talkstrack.index.entries import Rows, rows_of
from talkstrack.index.quick import quick_event
from talkstrack.ledger.checking.check import event_faults, link_faults, register_faults
from talkstrack.ledger.checking.references import References, references_of
from talkstrack.ledger.reading.blocks import Block, blocks
from talkstrack.ledger.reading.syntax import ParseError, parse
from talkstrack.model.entries import FORMAT
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import Register, read_register

if TYPE_CHECKING:
    from multiprocessing.pool import AsyncResult

AHEAD = 5
"""So many pieces are read before they are asked for."""
PACKED = 5
"""A piece seldom takes more than so many times the bytes of its text."""
MANY = 20_000
"""Fewer events than these are checked while one waits."""
FEW = 3
"""Fewer pieces than these are not worth a second process."""
_EVENT = "\n[[event]]"
_BOUNDARY = _EVENT.encode()
_LIKE_EVENT = b"\n[[event"


class Faulty(Exception):
    """The ledger has a fault, or is written so that it cannot be read in pieces."""


class Span(NamedTuple):
    """Where a piece begins and ends, in bytes, and the number of its first line."""

    start: int
    end: int
    line: int


class Piece(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one piece of the ledger says: `cards` packed, `tail` the offset and the line of its last event."""

    rows: Rows
    cards: bytes
    headers: list[str]
    tail: tuple[int, int] | None
    end: int


_packed = msgspec.msgpack.Encoder().encode
_piece = msgspec.msgpack.Decoder(Piece | None).decode
_cards = msgspec.msgpack.Decoder(list[References]).decode
"""These pack what goes from one process to the other, in a third of the time that pickle takes."""


class Reading:
    """One reading of a ledger; `register`, `tail` and the links are whole once all pieces were taken."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content = content
        self._size = size
        self._cards: list[bytes] = []
        self._many = 0
        self.tail = (0, 0)
        self._begin = _header_end(content)
        self._headers = [] if self._begin else _headers(content)
        header = parse(_text(content[: self._begin]) if self._begin else "".join(self._headers))
        if isinstance(header, ParseError) or "event" in header or b"\0" in content:
            raise Faulty
        self.register, faults = read_register(header)
        heading = header.get("ledger")
        is_ledger = isinstance(heading, dict) and heading.get("format") == FORMAT
        if faults or not is_ledger or list(register_faults(self.register)):
            raise Faulty

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces in order; raise Faulty as soon as there is a fault."""
        headers: list[str] = []
        for piece in _read_all(self._content, self.register, self._begin, self._size):
            if piece is None:
                raise Faulty
            self._cards.append(piece.cards)
            self._many += len(piece.rows.event)
            headers += piece.headers
            self.tail = piece.tail or self.tail
            yield piece
        if not self._many or not self._are_expected(headers):
            raise Faulty

    def _are_expected(self, headers: list[str]) -> bool:
        """Whether these are the headers the register was taken from; comments between them are none of them."""
        if headers == [one.strip() for one in self._headers]:
            return True
        return headers == [block.text.strip() for block in blocks("".join(self._headers))]

    def links_fit(self) -> Callable[[], bool]:
        """Begin to check that events fit together, in a process of its own if they are many; what is returned waits."""
        if self._many < MANY or not _has_two():
            fit = self._fit()
            return lambda: fit
        child = os.fork()
        if not child:
            gc.disable()
            code = 1
            try:
                code = 0 if self._fit() else 1
            finally:
                os._exit(code)
        return lambda: os.waitpid(child, 0)[1] == 0

    def _fit(self) -> bool:
        cards = [card for packed in self._cards for card in _cards(packed)]
        return next(iter(link_faults(cards)), None) is None


def _header_end(content: bytes) -> int:
    """Return where the register ends and the events begin; 0 where tables of the register stand among these."""
    first = content.find(_BOUNDARY)
    is_apart = first >= 0 and content.count(b"\n[", first) == content.count(_LIKE_EVENT, first)
    return first + 1 if is_apart else 0


def _headers(content: bytes) -> list[str]:
    """Return all that looks like a table other than an event, each from its header to the next."""
    found = []
    start = 0 if content.startswith(b"[") else content.find(b"\n[") + 1
    while start or content.startswith(b"["):
        following = content.find(b"\n[", start) + 1 or len(content)
        if not content.startswith((b"[[event]]", b"[[event."), start):
            found.append(_text(content[start:following]))
        if following == len(content):
            break
        start = following
    return found


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Faulty from None


def _spans(content: bytes, start: int, size: int) -> Iterator[Span]:
    line = 1 + content.count(b"\n", 0, start)
    while start < len(content):
        end = content.find(_BOUNDARY, start + size) + 1 or len(content)
        yield Span(start, end, line)
        line += content.count(b"\n", start, end)
        start = end


def _read(content: bytes, span: Span, register: Register) -> Piece | None:
    try:
        text = content[span.start : span.end].decode()
    except UnicodeDecodeError:
        return None
    events: list[Event] = []
    cards: list[References] = []
    headers: list[str] = []
    tail: tuple[int, int] | None = None
    for found in _parsed(text, span.line):
        if found is None:
            return None
        headers += found.headers
        event = found.event
        if event is None:
            continue
        if next(event_faults(event, register), None) is not None:
            return None
        events.append(event)
        cards.append(references_of(event, register))
        tail = found.start, found.line
    if tail is not None:
        tail = span.start + len(text[: tail[0]].encode()), tail[1]
    return Piece(rows_of(events, register), _packed(cards), headers, tail, span.end)


class Parsed(NamedTuple):
    """An event with its place, or the text of headers."""

    event: Event | None
    start: int
    line: int
    headers: list[str]


def _parsed(text: str, line: int) -> Iterator[Parsed | None]:
    """Yield what the text says, plain event blocks read quickly, and None at a fault."""
    start = 0
    quick = "\r" not in text
    while start < len(text):
        following = text.find(_EVENT, start + 1) + 1 or len(text)
        block = text[start:following]
        event = quick_event(block, line) if quick else None
        if event is None:
            own = list(blocks(block, first_line=line))
            if any(one.fault is not None or one.data is None for one in own):
                yield from _slowly(text, start, line)
                return
            yield from (_from_block(one, start) for one in own)
        else:
            yield Parsed(event, start, line, [])
        line += block.count("\n")
        start = following


def _slowly(text: str, start: int, line: int) -> Iterator[Parsed | None]:
    """Go on where a line `[[event]]` may stand inside a text."""
    for block in blocks(text[start:], first_line=line):
        yield None if block.fault is not None or block.data is None else _from_block(block, start)


def _from_block(block: Block, offset: int) -> Parsed | None:
    if block.kind == "header":
        return Parsed(None, 0, 0, [block.text.strip()])
    assert block.data is not None
    event, faults = read_event(block.data, block.line)
    within = [one.text.strip() for one in block.within]
    return None if event is None or faults else Parsed(event, offset + block.start, block.line, within)


class _Shared(NamedTuple):
    """What the processes have in common; `room` has a place of so many bytes for each piece that is under way."""

    content: bytes
    register: Register
    room: mmap.mmap
    place: int


_shared: _Shared | None = None


def _read_shared(span: Span, start: int) -> bytes | int:
    """Return a piece, packed; where it fits into its place, only how many bytes it takes there: pipes are slow."""
    assert _shared is not None
    packed = _packed(_read(_shared.content, span, _shared.register))
    if len(packed) > _shared.place:
        return packed
    _shared.room[start : start + len(packed)] = packed
    return len(packed)


def _read_all(content: bytes, register: Register, begin: int, size: int) -> Iterator[Piece | None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        if len(content) >= FEW * size and _has_two():
            yield from _by_two(content, register, begin, size)
        else:
            for span in _spans(content, begin, size):
                yield _read(content, span, register)
    finally:
        if was_on:
            gc.enable()


def _has_two() -> bool:
    return hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


def _by_two(content: bytes, register: Register, begin: int, size: int) -> Iterator[Piece | None]:
    """Read pieces in two processes, a few ahead of the one that is waited for."""
    global _shared
    import multiprocessing

    place = PACKED * size
    waiting: deque[tuple[int, AsyncResult[bytes | int]]] = deque()
    quiet = signal.signal, (signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that waits for them
    try:
        room = mmap.mmap(-1, AHEAD * place)
        _shared = _Shared(content, register, room, place)
        pool = multiprocessing.get_context("fork").Pool(2, *quiet)
    except OSError as error:
        _shared = None
        raise Faulty from error
    workers = _children()
    try:
        with pool, memoryview(room) as view:
            try:
                for number, span in enumerate(_spans(content, begin, size)):
                    if len(waiting) == AHEAD:
                        yield _taken(view, workers, *waiting.popleft())
                    start = number % AHEAD * place
                    waiting.append((start, pool.apply_async(_read_shared, (span, start))))
                while waiting:
                    yield _taken(view, workers, *waiting.popleft())
            finally:  # a process that is ended while it sends its piece may keep the others from ending
                for _, result in waiting:
                    _is_done(result, workers)
    finally:
        _shared = None
        room.close()


def _taken(
    room: memoryview, workers: frozenset[int | None], start: int, result: "AsyncResult[bytes | int]"
) -> Piece | None:
    """Return the piece that is at this place; raise Faulty where the process that was to read it was killed."""
    if not _is_done(result, workers):
        raise Faulty
    found = result.get()
    with memoryview(found) if isinstance(found, bytes) else room[start : start + found] as packed:
        piece: Piece | None = _piece(packed)
    return piece


def _is_done(result: "AsyncResult[bytes | int]", workers: frozenset[int | None]) -> bool:
    """Wait for a result and tell whether there is one; none comes where a process was killed."""
    while not result.ready():
        result.wait(1)
        if not result.ready() and _children() != workers:
            return False
    return True


def _children() -> frozenset[int | None]:
    import multiprocessing

    return frozenset(one.pid for one in multiprocessing.active_children())
