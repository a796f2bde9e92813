"""A ledger file's bytes and text, or why there are none."""

import os
import stat
from pathlib import Path

from talkstrack.ledger.reading.unreadable import (
    LARGEST_FILE,
    LedgerEmpty,
    LedgerIsBinary,
    LedgerIsFolder,
    LedgerMissing,
    LedgerNotUtf8,
    LedgerTooLarge,
    LedgerUnreadable,
)


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
