"""Hold a ledger's own inode, so that one process at a time writes to it."""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from talkstrack.ledger.reading.unreadable import LedgerIsFolder, LedgerMissing
from talkstrack.ledger.writing.refused import WriteError, write_error, write_failed

if sys.platform != "win32":
    import fcntl

_SHORTEST_WAIT, _LONGEST_WAIT = 0.001, 0.02
_BUSY = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
OPEN_EXTRA = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)


@contextmanager
def locked(path: Path, shown: str, seconds: float) -> Iterator[int]:
    """Hold the lock of the file that `path` names, and give a descriptor of it to read and write.

    `path` is resolved. Raises WriteError after `seconds`; a lock is gone with its process, however that ends.
    """
    deadline = time.monotonic() + seconds
    while True:
        descriptor = _opened(path, shown)
        try:
            lock = _lock(descriptor, path)
            try:
                if lock is not None and names(path, descriptor):
                    yield descriptor
                    return
            finally:
                if lock:
                    Path(lock).unlink(missing_ok=True)
            if time.monotonic() >= deadline:
                who = _holder(descriptor) or "another process"
                message = f"{shown} has been locked by {who} for more than {seconds:g} s; nothing was written"
                raise WriteError(message, "wait until it is done, or end it, and try again", "ledger-locked")
        finally:
            os.close(descriptor)
        if lock is None:
            from random import uniform  # only who waits pays for it

            time.sleep(uniform(_SHORTEST_WAIT, _LONGEST_WAIT))


def names(path: Path, descriptor: int) -> bool:
    """Tell whether the path still names this open file."""
    try:
        now = path.stat()
    except OSError:
        return False
    mine = os.fstat(descriptor)
    return (now.st_dev, now.st_ino) == (mine.st_dev, mine.st_ino)


def hold(descriptor: int) -> bool:
    """Take the lock of an open file if it is free; it goes with the descriptor. True where there are no locks."""
    return _is_taken(descriptor) is not False


def _is_taken(descriptor: int) -> bool | None:
    """Try to take the lock of an open file; None where there are no locks."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return None
        if error.errno in _BUSY:
            return False
        raise
    return True


def _opened(path: Path, shown: str) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | OPEN_EXTRA)
    except FileNotFoundError:
        raise LedgerMissing(shown) from None
    except IsADirectoryError:
        raise LedgerIsFolder(shown) from None
    except OSError as error:
        raise write_error(error, shown) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise write_failed(shown, "it is not a regular file")
    return descriptor


def _lock(descriptor: int, path: Path) -> str | None:
    """Try to take the lock: the name of a lock file to remove, "" where there is none, None if it is taken."""
    try:
        is_taken = _is_taken(descriptor)
    except OSError as error:
        raise write_failed(str(path), os.strerror(error.errno or 0).lower()) from error
    if is_taken is None:
        return _lock_file(path.with_name(f".{path.name}.talkstrack.lock"))
    return "" if is_taken else None


def _lock_file(lock: Path) -> str | None:
    """Take a lock file, for systems without flock; one whose process is gone is taken over."""
    try:
        descriptor = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPEN_EXTRA, 0o644)
    except FileExistsError:
        with suppress(OSError, ValueError):
            if not _is_alive(int(lock.read_text("ascii"))):
                lock.unlink()
        return None
    except OSError as error:
        raise write_error(error, str(lock)) from error
    os.write(descriptor, str(os.getpid()).encode("ascii"))
    os.close(descriptor)
    return str(lock)


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":  # there os.kill would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _holder(descriptor: int) -> str | None:
    """Return who holds the lock, where the system tells (Linux)."""
    status = os.fstat(descriptor)
    inode = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    try:
        rows = [line.split() for line in Path("/proc/locks").read_text("ascii").splitlines()]
        process = next(row[4] for row in rows if row[1] == "FLOCK" and row[5] == inode)
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except (OSError, StopIteration, IndexError):
        return None
    command = " ".join(word.rpartition("/")[2] if not place else word for place, word in enumerate(words))
    return f"process {process} ({command.strip()[:60]})"
