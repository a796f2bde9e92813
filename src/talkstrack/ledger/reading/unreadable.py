"""Why a file cannot be read as a ledger at all."""

from typing import ClassVar

from talkstrack.errors import LEDGER, TalkstrackError
from talkstrack.model.entries import FORMAT

LARGEST_FILE = 1 << 30
"""A ledger of more than 1 GiB is refused before it is read."""


class LedgerError(TalkstrackError):
    """A file that is no ledger this version can read: `PATH:LINE:COLUMN: error[slug]: ...`."""

    exit_code: ClassVar[int] = LEDGER

    def __init__(self, path: str, message: str, hint: str | None = None, line: int = 1, column: int = 1) -> None:
        super().__init__(message, hint)
        self.path, self.line, self.column = path, line, column


class LedgerMissing(LedgerError):
    """There is no such file."""

    slug = "no-ledger"

    def __init__(self, path: str) -> None:
        super().__init__(path, "there is no such file", f"start one: talkstrack init {path}")


class LedgerIsFolder(LedgerError):
    """The path is a directory."""

    slug = "not-a-file"

    def __init__(self, path: str) -> None:
        super().__init__(path, "this is a folder, not a file", f"name the file in it: {path.rstrip('/')}/events.toml")


class LedgerUnreadable(LedgerError):
    """The system does not let it be read."""

    slug = "unreadable"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, f"it cannot be read: {reason}")


class LedgerEmpty(LedgerError):
    """The file has nothing in it."""

    slug = "empty-file"

    def __init__(self, path: str) -> None:
        super().__init__(
            path, "the file is empty", "a ledger begins with [ledger] and format = 1; see: talkstrack init"
        )


class LedgerTooLarge(LedgerError):
    """The file is larger than any ledger."""

    slug = "too-large"

    def __init__(self, path: str, size: int) -> None:
        megabytes = f"{size / 1e6:,.0f} MB"
        super().__init__(path, f"{megabytes} is too large for a ledger; the most is {LARGEST_FILE / 1e6:,.0f} MB")


class LedgerIsBinary(LedgerError):
    """The file is not text."""

    slug = "binary-file"

    def __init__(self, path: str, line: int, column: int) -> None:
        super().__init__(path, "this is a binary file, not text", None, line, column)


class LedgerNotUtf8(LedgerError):
    """The file is text in another encoding."""

    slug = "not-utf8"

    def __init__(self, path: str, byte: int, line: int, column: int) -> None:
        hint = "save it as UTF-8; a file from Windows: iconv -f CP1252 -t UTF-8"
        super().__init__(path, f"byte 0x{byte:02x} is not UTF-8", hint, line, column)


class NotALedger(LedgerError):
    """The file is TOML, or nearly, but has no `[ledger]` table."""

    slug = "no-ledger-table"

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            "this file has no [ledger] table, so it is not a ledger",
            "begin it with [ledger] and format = 1",
        )


class LedgerUnusable(LedgerError):
    """What stands where a ledger is looked for is none that can be used."""

    slug = "unusable-ledger"

    def __init__(self, path: str, reason: str, line: int = 1, column: int = 1) -> None:
        hint = "mend it or move it away, or name the ledger you mean with -f"
        super().__init__(path, f"{path} is there, but {reason}", hint, line, column)


class FormatUnknown(LedgerError):
    """The ledger is written for another version of the format."""

    slug = "format-version"

    def __init__(self, path: str, version: int, line: int, column: int) -> None:
        super().__init__(
            path,
            f"this ledger has format {version}; this talkstrack reads format {FORMAT}",
            "a newer talkstrack may read it: pip install --upgrade talkstrack",
            line,
            column,
        )
