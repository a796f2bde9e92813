"""Why a write was refused. The ledger is then byte for byte as before."""

import errno
import os
from typing import ClassVar

from talkstrack.errors import WRITE_REFUSED, Problem, TalkstrackError


class WriteError(TalkstrackError):
    """A write that did not happen."""

    slug = "write-failed"
    exit_code: ClassVar[int] = WRITE_REFUSED


class LedgerExists(WriteError):
    """A new ledger would overwrite what is there."""

    slug = "ledger-exists"

    def __init__(self, shown: str) -> None:
        super().__init__(f"there is a {shown} already; it was left as it is", "name another path, or add to it")


class WriteRefused(WriteError):
    """The write would bring errors into the ledger."""

    slug = "write-refused"

    def __init__(self, shown: str, problems: tuple[Problem, ...]) -> None:
        many = "an error" if len(problems) == 1 else f"{len(problems)} errors"
        message = f"this would bring {many} into {shown}; nothing was written"
        super().__init__(message, "mend what is named above, and try again" if problems else None)
        self.problems = problems


_FORBIDDEN = "no-permission", "you may not write to {}; it", "see who may: ls -l {}; or name another ledger with -f"
_FAILURES = {
    errno.ENOSPC: (
        "disk-full", "the disk is full; {}", "make room: a copy of the ledger must fit beside it; then try again",
    ),
    errno.EDQUOT: ("disk-full", "your disk quota is used up; {}", "make room, or ask for more; then try again"),
    errno.EFBIG: (
        "disk-full", "a file may not grow so large here; {}",
        "raise the limit (ulimit -f) or the file system's; then try again",
    ),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: (
        "read-only", "{} is on a read-only file system; it",
        "copy the ledger to a place that can be written, and name it with -f",
    ),
}  # fmt: skip
"""What a failed system call is called, what had been wanted and the hint; `{}` is the ledger."""


def write_error(error: OSError, shown: str) -> WriteError:
    """Return what a failed system call means for the user."""
    number = error.errno or 0
    if number not in _FAILURES:
        return write_failed(shown, os.strerror(number).lower() if number else str(error))
    slug, message, hint = _FAILURES[number]
    return WriteError(f"{message.format(shown)} is as it was before", hint.format(shown), slug)


def write_failed(shown: str, reason: str) -> WriteError:
    """Return the error that the system failed in another way."""
    return WriteError(f"{shown} could not be written: {reason}; it is as it was before")
