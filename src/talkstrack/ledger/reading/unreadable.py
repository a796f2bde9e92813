"""Why a file cannot be read as a ledger at all."""

from typing import ClassVar

from talkstrack.errors import LEDGER, TalkstrackError


class LedgerError(TalkstrackError):
    """A file that is no ledger this version can read: `PATH:LINE:COLUMN: error[slug]: ...`."""

    exit_code: ClassVar[int] = LEDGER

    def __init__(
        self, path: str, message: str, hint: str | None = None, line: int = 1, column: int = 1, slug: str | None = None
    ) -> None:
        super().__init__(message, hint, slug)
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


class LedgerUnusable(LedgerError):
    """What stands where a ledger is looked for is none that can be used."""

    slug = "unusable-ledger"

    def __init__(self, path: str, reason: str, line: int = 1, column: int = 1) -> None:
        hint = "mend it or move it away, or name the ledger you mean with -f"
        super().__init__(path, f"{path} is there, but {reason}", hint, line, column)
