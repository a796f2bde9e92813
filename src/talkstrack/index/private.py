"""Keep the cache the user's own: a folder of 0700, files of 0600."""

import contextlib
import os
import re
import stat
from pathlib import Path

_OTHERS = 0o077
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_OUR_NAMES = re.compile(r"[0-9a-f]{32}\..+")


class NotOurs(OSError):
    """Somebody else owns this, or could have written to it or can read it."""


def make_private(folder: Path) -> None:
    """Make the folder where it is missing, and close it to others; raise NotOurs where it is not ours to close.

    One that holds other files too was not made by us: it is left as it is, and not used unless it is closed already.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
    status = folder.stat()
    if _is_of_others(status):
        raise NotOurs(f"{folder} belongs to somebody else")
    if status.st_mode & _OTHERS and os.name == "posix":
        if not all(_OUR_NAMES.fullmatch(path.name) for path in folder.iterdir()):
            raise NotOurs(f"{folder} is open to others")
        folder.chmod(0o700)


def must_be_private(file: Path) -> None:
    """Raise NotOurs unless this is a plain file of ours, which nobody else could have written, in such a folder."""
    for status, is_right in ((file.lstat(), stat.S_ISREG), (file.parent.stat(), stat.S_ISDIR)):
        is_open = status.st_mode & _OTHERS and os.name == "posix"
        if not is_right(status.st_mode) or _is_of_others(status) or is_open:
            raise NotOurs(f"{file} is open to others")


def create_private(file: Path) -> None:
    """Make a new, empty file that nobody else can read."""
    os.close(os.open(file, _NEW, 0o600))


def _is_of_others(status: os.stat_result) -> bool:
    return hasattr(os, "geteuid") and status.st_uid != os.geteuid()
