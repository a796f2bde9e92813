"""A ledger file's bytes and text, or why there are none."""

import os
import stat
from pathlib import Path

from talkstrack.ledger.reading.unreadable import LedgerError, LedgerIsFolder, LedgerMissing

LARGEST_FILE = 1 << 30
"""A ledger of more than 1 GiB is refused before it is read."""


def load_bytes(path: Path, shown: str) -> bytes:
    """Return a ledger file's bytes; raise a LedgerError where it is no file that can be read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise LedgerIsFolder(shown)
        if not stat.S_ISREG(status.st_mode):  # some devices have no end, and a pipe gives what it has only once
            raise _unreadable(shown, "it is a device or a pipe, not a file")
        if status.st_size > LARGEST_FILE:
            size, most = (f"{number / 1e6:,.0f} MB" for number in (status.st_size, LARGEST_FILE))
            raise LedgerError(shown, f"{size} is too large for a ledger; the most is {most}", slug="too-large")
        return path.read_bytes()
    except FileNotFoundError:
        raise LedgerMissing(shown) from None
    except OSError as error:
        raise _unreadable(shown, os.strerror(error.errno) if error.errno else str(error)) from error
    except ValueError as error:
        raise _unreadable(shown, str(error)) from error


def _unreadable(shown: str, reason: str) -> LedgerError:
    return LedgerError(shown, f"it cannot be read: {reason}", slug="unreadable")


def decode(content: bytes, shown: str) -> str:
    """Return a ledger's text; raise a LedgerError where it is empty, binary or not UTF-8."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        hint = "a ledger begins with [ledger] and format = 1; see: talkstrack init"
        raise LedgerError(shown, "the file is empty", hint, slug="empty-file")
    nul = content.find(b"\0")
    if nul >= 0:
        line, column = content.count(b"\n", 0, nul) + 1, nul - content.rfind(b"\n", 0, nul)
        raise LedgerError(shown, "this is a binary file, not text", None, line, column, slug="binary-file")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        hint = "save it as UTF-8; a file from Windows: iconv -f CP1252 -t UTF-8"
        raise LedgerError(shown, message, hint, line, column, slug="not-utf8") from None
