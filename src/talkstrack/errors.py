"""Exit codes, the errors a command can end with, and the problems a ledger can have."""

from typing import ClassVar, Literal, NamedTuple, Self

import msgspec

DONE = 0
CHECK_FAILED = 1
USAGE = 2
LEDGER = 3
NOT_FOUND = 4
WRITE_REFUSED = 5
INTERRUPTED = 130

Severity = Literal["error", "warning"]


class Hint(str):
    """What to do, with a command on a ledger in it: where a ledger was asked for, it is told with its `-f`."""

    command: str

    def __new__(cls, before: str, command: str, arguments: str = "", after: str = "") -> Self:
        """Take the words before, a command's name, its arguments as a shell takes them, and the words after."""
        words = f"talkstrack {command} {arguments}".rstrip()
        return cls.of(f"{before}{words}{after}", words)

    @classmethod
    def of(cls, text: str, command: str) -> Self:
        """Return a text as a hint, where this part of it is the command."""
        hint = super().__new__(cls, text)
        hint.command = command
        return hint

    def preceded_by(self, before: str) -> "Hint":
        """Return the hint with more words before it."""
        return Hint.of(before + self, self.command)


class TalkstrackError(Exception):
    """An expected failure: a sentence for the user, a stable slug, an exit code, perhaps a hint."""

    slug: str = "error"
    exit_code: ClassVar[int] = LEDGER

    def __init__(self, message: str, hint: str | None = None, slug: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.slug = slug or self.slug


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
        from shlex import quote  # only who is told so pays for it

        more = "1 error" if errors == 1 else f"{errors} errors"
        super().__init__(
            f"{path} has {more}: no totals until they are mended", f"see them all: talkstrack check {quote(path)}"
        )


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of a ledger, with its place (lines and columns count from 1, columns in characters).

    `command` is the part of the hint that is one.
    """

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
    command: str | None = None
    excerpt: tuple[tuple[int, str], ...] = ()

    @property
    def advice(self) -> str | None:
        """The hint, with its command as such."""
        return Hint.of(self.hint, self.command) if self.hint and self.command else self.hint
