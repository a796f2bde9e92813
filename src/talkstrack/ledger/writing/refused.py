"""Why a write was refused. The ledger is then byte for byte as before."""

import errno
import os
from typing import ClassVar

from talkstrack.errors import WRITE_REFUSED, Problem, TalkstrackError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM}


class WriteError(TalkstrackError):
    """A write that did not happen."""

    slug = "write-failed"
    exit_code: ClassVar[int] = WRITE_REFUSED


class LedgerLocked(WriteError):
    """Another process kept the lock for longer than the limit."""

    slug = "ledger-locked"

    def __init__(self, shown: str, seconds: float, holder: str | None) -> None:
        who = f" by {holder}" if holder else " by another process"
        message = f"{shown} has been locked{who} for more than {seconds:g} s; nothing was written"
        super().__init__(message, "wait until it is done, or end it, and try again")


class LedgerChanged(WriteError):
    """Something that takes no lock kept changing the ledger while it was written."""

    slug = "ledger-changed"

    def __init__(self, shown: str) -> None:
        message = f"{shown} was changed by another program in the meantime; nothing was written"
        super().__init__(message, "save and close it in your editor, and try again")


class LedgerConflicted(WriteError):
    """Git left a conflict in the ledger: what is added beside it may go with the side that is dropped."""

    slug = "ledger-conflicted"

    def __init__(self, shown: str) -> None:
        message = f"git left a conflict in {shown}; nothing was written"
        super().__init__(message, "settle it first, so that the new entry does not go with the side that is dropped")


class LedgerExists(WriteError):
    """A new ledger would overwrite what is there."""

    slug = "ledger-exists"

    def __init__(self, shown: str) -> None:
        super().__init__(f"there is a {shown} already; it was left as it is", "name another path, or add to it")


class DiskFull(WriteError):
    """No room: the disk, the user's quota or the process's limit on the size of a file."""

    slug = "disk-full"

    def __init__(self, shown: str, number: int) -> None:
        reason, hint = {
            errno.EDQUOT: ("your disk quota is used up", "make room, or ask for more"),
            errno.EFBIG: ("a file may not grow so large here", "raise the limit (ulimit -f) or the file system's"),
        }.get(number, ("the disk is full", "make room: a copy of the ledger must fit beside it"))
        super().__init__(f"{reason}; {shown} is as it was before", f"{hint}; then try again")


class NoPermission(WriteError):
    """The system does not let this user write there."""

    slug = "no-permission"

    def __init__(self, shown: str) -> None:
        message = f"you may not write to {shown}; it is as it was before"
        super().__init__(message, f"see who may: ls -l {shown}; or name another ledger with -f")


class ReadOnly(WriteError):
    """The file system takes no writes."""

    slug = "read-only"

    def __init__(self, shown: str) -> None:
        message = f"{shown} is on a read-only file system; it is as it was before"
        super().__init__(message, "copy the ledger to a place that can be written, and name it with -f")


class WriteFailed(WriteError):
    """The system failed in another way."""

    def __init__(self, shown: str, reason: str) -> None:
        super().__init__(f"{shown} could not be written: {reason}; it is as it was before", None)


class WriteUncertain(WriteError):
    """The new ledger is in its place, but the system did not confirm that it is on the disk."""

    slug = "write-uncertain"

    def __init__(self, shown: str, reason: str) -> None:
        message = f"{shown} was written, but the disk did not confirm it: {reason}"
        super().__init__(message, "look whether the entry is there before adding it again, and check the disk")


class WriteRefused(WriteError):
    """The write would bring errors into the ledger."""

    slug = "write-refused"

    def __init__(self, shown: str, problems: tuple[Problem, ...]) -> None:
        many = "an error" if len(problems) == 1 else f"{len(problems)} errors"
        message = f"this would bring {many} into {shown}; nothing was written"
        super().__init__(message, "mend what is named above, and try again" if problems else None)
        self.problems = problems


def write_error(error: OSError, shown: str) -> WriteError:
    """Return what a failed system call means for the user."""
    number = error.errno or 0
    if number in _FULL:
        return DiskFull(shown, number)
    if number in _FORBIDDEN:
        return NoPermission(shown)
    if number == errno.EROFS:
        return ReadOnly(shown)
    return WriteFailed(shown, os.strerror(number).lower() if number else str(error))
