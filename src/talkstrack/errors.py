"""Exit codes, the errors a command can end with, and the problems a ledger can have."""

from typing import ClassVar, Literal, NamedTuple

import msgspec

DONE = 0
CHECK_FAILED = 1
USAGE = 2
LEDGER = 3
NOT_FOUND = 4
WRITE_REFUSED = 5
INTERRUPTED = 130

Severity = Literal["error", "warning"]


class TalkstrackError(Exception):
    """An expected failure: a sentence for the user, a stable slug, an exit code, perhaps a hint."""

    slug: ClassVar[str] = "error"
    exit_code: ClassVar[int] = LEDGER

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TalkstrackError):
    """What was typed does not fit the command."""

    slug = "usage"
    exit_code = USAGE


class Check(NamedTuple):
    """What `check` looks for: a stable slug, whether it makes totals untrustworthy, and why it matters in one line."""

    slug: str
    severity: Severity
    summary: str


class LedgerHasErrors(TalkstrackError):
    """Totals over a ledger that lost a row would be a lie."""

    slug = "ledger-has-errors"
    exit_code = LEDGER

    def __init__(self, path: str, errors: int) -> None:
        from shlex import quote

        more = "1 error" if errors == 1 else f"{errors} errors"
        super().__init__(
            f"{path} has {more}: no totals until they are mended", f"see them all: talkstrack check {quote(path)}"
        )


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of a ledger, with its place (lines and columns count from 1, columns in characters)."""

    slug: str
    severity: Severity
    message: str
    path: str
    line: int
    column: int
    end_column: int
    subject: str | None = None
    label: str | None = None
    hint: str | None = None
    excerpt: tuple[tuple[int, str], ...] = ()
