"""Keep the cache the user's own: a folder of 0700, files of 0600, and no lock that is waited for for long."""

import contextlib
import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

PATIENCE = 1.0
"""Seconds that a lock is waited for: who holds it longer is no process of ours that goes on."""
_PAUSE = 0.01
_OTHERS = 0o077
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_OUR_NAMES = re.compile(r"[0-9a-f]{32}\..+")


class NotOurs(OSError):
    """Somebody else owns this, or could have written to it or can read it."""


class Busy(OSError):
    """A lock is held longer than a moment."""


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


def must_be_private(*files: Path) -> None:
    """Raise NotOurs unless these are plain files of ours, which nobody else could have written, in such a folder."""
    for path in (*files, *{path.parent for path in files}):
        status = path.lstat() if path in files else path.stat()
        is_right = stat.S_ISREG(status.st_mode) if path in files else stat.S_ISDIR(status.st_mode)
        if not is_right or _is_of_others(status) or (status.st_mode & _OTHERS and os.name == "posix"):
            raise NotOurs(f"{path} is open to others")


def write_private(path: Path, content: bytes = b"") -> None:
    """Write a new file that nobody else can read."""
    with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file:
        file.write(content)


@contextlib.contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a lock; raise Busy where somebody else does for longer than a moment. Not all systems have such locks."""
    if fcntl is None:
        yield
        return
    try:
        must_be_private(path)
    except FileNotFoundError:
        pass
    except NotOurs:
        path.unlink()  # whoever could open it may hold it
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() >= end:
                raise Busy(f"{path} is locked")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_of_others(status: os.stat_result) -> bool:
    return hasattr(os, "geteuid") and status.st_uid != os.geteuid()
