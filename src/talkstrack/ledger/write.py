"""Append to a ledger without touching a byte before, one writer at a time, whole or not at all."""

import errno
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from talkstrack.ledger.lock import locked
from talkstrack.ledger.replace import Disk, Standing, create_new, put, standing
from talkstrack.ledger.write_faults import LedgerChanged, LedgerExists, write_error

PATIENCE: Final = 10.0
"""Seconds that a write waits for the lock."""

_TRIES: Final = 3
_HEAD: Final = 1 << 20
_BOM: Final = b"\xef\xbb\xbf"


class Change(NamedTuple):
    """What a write would make of a ledger: the bytes that stand, and those that would be added."""

    old: bytes
    added: bytes

    @property
    def new(self) -> bytes:
        """The whole ledger as it would be."""
        return self.old + self.added


class Written(NamedTuple):
    """Where the new blocks stand: the resolved path, the first and last line of all, and those of each block.

    `before` and `after` are the ledger's size in bytes. Without blocks nothing was written and the lines are 0.
    """

    path: Path
    first_line: int
    last_line: int
    lines: tuple[tuple[int, int], ...]
    before: int
    after: int


Blocks = Sequence[str] | Callable[[bytes], Sequence[str]]
Check = Callable[[Change], object]


def append(
    path: Path,
    blocks: Blocks,
    *,
    check: Check,
    shown: str | None = None,
    patience: float = PATIENCE,
    disk: Disk = Disk(),  # noqa: B008 - immutable
) -> Written:
    """Append blocks to a ledger, a blank line before each; what this returns is on the disk.

    The blocks, in "\\n" lines, may be made under the lock from the bytes that stand, so that an id is free when it
    is chosen. `check` is called under the lock before anything is written, and refuses by raising; both may be
    called again when something changed the ledger in between. WriteError, LedgerError: nothing was written.
    """
    done: list[Written] = []

    def pieces(real: Path, old: bytes) -> tuple[bytes, ...]:
        texts = blocks(old) if callable(blocks) else blocks
        tail, lines = _tail(old, texts)
        first, last = (lines[0][0], lines[-1][1]) if lines else (0, 0)
        done[:] = [Written(real, first, last, lines, len(old), len(old) + len(tail))]
        if not tail:
            return ()
        check(Change(old, tail))
        return old, tail

    _rewrite(path, pieces, shown or str(path), patience, disk)
    return done[0]


def replace_whole(
    path: Path,
    text: str,
    expected_old: bytes | str,
    *,
    shown: str | None = None,
    patience: float = PATIENCE,
    disk: Disk = Disk(),  # noqa: B008 - immutable
) -> None:
    """Give a ledger a whole new text, if it still says what is expected; else LedgerChanged."""
    name = shown or str(path)
    expected = expected_old.encode() if isinstance(expected_old, str) else expected_old
    new = text.encode()

    def pieces(_: Path, old: bytes) -> tuple[bytes, ...]:
        if old != expected:
            raise LedgerChanged(name)
        return () if new == old else (new,)

    _rewrite(path, pieces, name, patience, disk)


def write_new(path: Path, text: str, *, shown: str | None = None, disk: Disk = Disk()) -> None:  # noqa: B008
    """Write a new ledger, with the folders above it; LedgerExists if there is anything at the path."""
    name = shown or str(path)
    if os.path.lexists(path):
        raise LedgerExists(name)
    try:
        if not path.parent.is_dir():
            _make_folder(path.parent)
        create_new(path.parent.resolve() / path.name, text.encode(), disk, name)
    except FileExistsError:
        raise LedgerExists(name) from None
    except OSError as error:
        raise write_error(error, name) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None


def newline_of(content: bytes) -> str:
    """Return the line end that most lines of a ledger have."""
    head = content[:_HEAD]
    crlf = head.count(b"\r\n")
    return "\r\n" if crlf and crlf * 2 >= head.count(b"\n") else "\n"


def _rewrite(
    path: Path, pieces: Callable[[Path, bytes], tuple[bytes, ...]], shown: str, patience: float, disk: Disk
) -> None:
    """Lock, read, make the new content, and put it there; from the start again if something came between."""
    deadline = time.monotonic() + patience
    tries = 0
    while tries < _TRIES or time.monotonic() < deadline:
        tries += 1
        real = Path(os.path.realpath(path))
        with locked(real, shown, patience) as descriptor:
            try:
                before: Standing = standing(descriptor)
            except OSError as error:
                raise write_error(error, shown) from error
            new = pieces(real, before.content)
            try:
                if not new or put(real, descriptor, before, new, disk, shown):
                    return
            except OSError as error:
                raise write_error(error, shown) from error
    raise LedgerChanged(shown)


def _tail(old: bytes, blocks: Sequence[str]) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """Return the bytes to append, and the first and last line of each block in the file."""
    if not blocks:
        return b"", ()
    newline = newline_of(old)
    tail = "" if not old or old == _BOM or old.endswith(b"\n") else "\n"
    line = old.count(b"\n") + len(tail) + 1
    is_apart = not old or old == _BOM or (not tail and old.endswith((b"\n\n", b"\n\r\n")))
    lines = []
    for block in blocks:
        text = block.replace("\r\n", "\n").strip("\n")
        if not is_apart:
            tail, line = tail + "\n", line + 1
        is_apart = False
        tail += text + "\n"
        lines.append((line, line + text.count("\n")))
        line += text.count("\n") + 1
    return tail.replace("\n", newline).encode(), tuple(lines)
