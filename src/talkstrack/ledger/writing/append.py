"""Append to a ledger without touching a byte before, one writer at a time, whole or not at all."""

import errno
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from talkstrack.ledger.reading.blocks import newline_of
from talkstrack.ledger.writing.atomic_write import Disk, create_new, put, read_current
from talkstrack.ledger.writing.lock import locked
from talkstrack.ledger.writing.refused import LedgerExists, WriteError, write_error
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes

PATIENCE: Final = 10.0
"""Seconds that a write waits for the lock."""

_TRIES: Final = 3
_HEAD: Final = 1 << 20
_BOM: Final = b"\xef\xbb\xbf"


class Change(NamedTuple):
    """What a write would make of a ledger: what stands, and the bytes that would be added."""

    standing: LedgerBytes
    added: bytes

    @property
    def old(self) -> bytes:
        """The whole ledger as it stands."""
        return self.standing.whole

    @property
    def new(self) -> bytes:
        """The whole ledger as it would be."""
        return self.old + self.added


Lines = tuple[tuple[int, int], ...]
"""The first and the last line of each new block in the file."""

Made = TypeVar("Made")


def append(
    path: Path,
    make: Callable[[LedgerBytes], tuple[Sequence[str], Made]],
    *,
    check: Callable[[Change, Made], object],
    shown: str | None = None,
    patience: float = PATIENCE,
    disk: Disk = Disk(),  # noqa: B008 - immutable
) -> tuple[Lines, Made]:
    """Append blocks to a ledger, a blank line before each; return their lines, once on the disk, and what `make` made.

    `make` gives the blocks, in "\\n" lines, and whatever the caller needs besides; it is called under the lock with
    the bytes that stand, so that an id is free when it is chosen. `check` is called before anything is written, where
    there is anything to write, and refuses by raising. Both are called again when something changed the ledger in
    between. WriteError, LedgerError: nothing was written.
    """
    shown = shown or str(path)
    deadline = time.monotonic() + patience
    tries = 0
    while tries < _TRIES or time.monotonic() < deadline:
        tries += 1
        real = Path(os.path.realpath(path))
        with locked(real, shown, patience) as descriptor:
            before = read_current(descriptor, disk, shown)
            old = before.content
            blocks, made = make(old)
            tail, lines = _tail(old, blocks)
            if tail:
                check(Change(old, tail), made)
            try:
                if not tail or put(real, descriptor, before, tail, disk, shown):
                    return lines, made
            except OSError as error:
                raise write_error(error, shown) from error
    message = f"{shown} was changed by another program in the meantime; nothing was written"
    raise WriteError(message, "save and close it in your editor, and try again", "ledger-changed")


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


def _tail(old: LedgerBytes, blocks: Sequence[str]) -> tuple[bytes, Lines]:
    """Return the bytes to append, and the lines of each block."""
    if not blocks:
        return b"", ()
    end = old.part(max(0, old.size - 3))
    is_empty = old.size <= len(_BOM) and end in (b"", _BOM)
    newline = newline_of(old.part(0, _HEAD).decode("utf-8", "replace"))
    tail = "" if is_empty or end.endswith(b"\n") else "\n"
    line = old.last_line + len(tail)
    is_apart = is_empty or (not tail and end.endswith((b"\n\n", b"\n\r\n")))
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
