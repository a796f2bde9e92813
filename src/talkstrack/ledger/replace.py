"""Put new content where a ledger is: beside it first, then in its place, so that no reader sees half of it."""

import contextlib
import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from talkstrack.ledger.lock import OPEN_EXTRA, hold, names
from talkstrack.ledger.write_faults import WriteUncertain

if sys.platform != "win32":
    import fcntl

_REFUSED = {
    errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV, errno.ETXTBSY, errno.EROFS, errno.ENAMETOOLONG,
}  # fmt: skip
_NOT_FOR_FOLDERS = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES, errno.EPERM, errno.EISDIR}
_SMALL = 1 << 20
_FRESH = 2_000_000_000
_CHUNK = 1 << 22


class Standing(NamedTuple):
    """A ledger's content as read, and the marks of its file at that moment."""

    content: bytes
    marks: tuple[int, ...]


def on_disk(descriptor: int) -> None:
    """Wait until what was written is on the disk, past the drive's own cache where the system can say so."""
    if sys.platform == "darwin":
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def create_beside(path: Path, mode: int = 0o600) -> tuple[int, Path]:
    """Create a temporary file in the same folder and hold its lock, which tells others that it is in use."""
    while True:
        temporary = path.with_name(f".{path.name}.talkstrack-{os.getpid()}-{os.urandom(4).hex()}.tmp")
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | OPEN_EXTRA, mode)
        try:
            if hold(descriptor) and names(temporary, descriptor):
                return descriptor, temporary
        except BaseException:
            os.close(descriptor)
            temporary.unlink(missing_ok=True)
            raise
        os.close(descriptor)


class Disk(NamedTuple):
    """The system calls that a file system may refuse; tests pass ones that do."""

    create: Callable[[Path], tuple[int, Path]] = create_beside
    sync: Callable[[int], None] = on_disk
    replace: Callable[[Path, Path], None] = os.replace


def standing(descriptor: int) -> Standing:
    """Read the whole of an open file; again if it changed under the reading."""
    while True:
        before = _marks(os.fstat(descriptor))
        os.lseek(descriptor, 0, os.SEEK_SET)
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read()
        if _marks(os.fstat(descriptor)) == before and len(content) == before[2]:
            return Standing(content, before)


def put(path: Path, descriptor: int, before: Standing, pieces: Sequence[bytes], disk: Disk, shown: str) -> bool:
    """Replace what the locked file says by these pieces; False if something changed it since it was read.

    Keeps mode, owner and attributes. Where the folder takes no new file or no replacing, the file is written in
    place and put back on failure. OSError: it is as before.
    """
    clear_leftovers(path)
    try:
        new, temporary = disk.create(path)
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        return _put_in_place(path, descriptor, before, pieces, disk)
    try:
        _write(new, pieces)
        _keep_marks(descriptor, new)
        disk.sync(new)
        if not _is_unchanged(path, descriptor, before):
            return False
        disk.replace(temporary, path)
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        return _put_in_place(path, descriptor, before, pieces, disk)
    else:
        _sync_folder(path.parent, disk, shown)
        return True
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        os.close(new)


def create_new(path: Path, content: bytes, disk: Disk, shown: str) -> None:
    """Write a file that is not there yet, whole or not at all; FileExistsError if there is anything."""
    clear_leftovers(path)
    new, temporary = create_beside(path, 0o666)
    try:
        _write(new, (content,))
        disk.sync(new)
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            _claim(path, temporary, disk)
        _sync_folder(path.parent, disk, shown)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        os.close(new)


def _claim(path: Path, temporary: Path, disk: Disk) -> None:
    """Give a temporary file its name where the file system has no hard links."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPEN_EXTRA, 0o666))
    try:
        disk.replace(temporary, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def clear_leftovers(path: Path) -> None:
    """Remove the temporary files that killed writers of this ledger left; those in use are locked and stay."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.talkstrack-\d+-[0-9a-f]{{8}}\.tmp")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if pattern.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                _clear(entry.path)


def _clear(leftover: str) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(leftover, os.O_RDWR | os.O_NOFOLLOW | OPEN_EXTRA)
        try:
            if hold(descriptor) and names(Path(leftover), descriptor):
                Path(leftover).unlink()
        finally:
            os.close(descriptor)


def _put_in_place(path: Path, descriptor: int, before: Standing, pieces: Iterable[bytes], disk: Disk) -> bool:
    if not _is_unchanged(path, descriptor, before):
        return False
    old, new = before.content, b"".join(pieces)
    start = len(old) if new.startswith(old) else 0
    try:
        os.lseek(descriptor, start, os.SEEK_SET)
        _write(descriptor, (new[start:],))
        os.ftruncate(descriptor, len(new))
        disk.sync(descriptor)
    except BaseException:
        if start == 0:
            os.lseek(descriptor, 0, os.SEEK_SET)
            _write(descriptor, (old,))
        os.ftruncate(descriptor, len(old))
        with contextlib.suppress(OSError):
            disk.sync(descriptor)
        raise
    return True


def _write(descriptor: int, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(descriptor, rest[:_CHUNK]) :]


def _marks(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _is_unchanged(path: Path, descriptor: int, before: Standing) -> bool:
    """Tell whether the path names the file as it was read. Marks alone miss two changes within a clock tick."""
    try:
        now = path.stat()
    except OSError:
        return False
    if _marks(now) != before.marks:
        return False
    is_fresh = abs(time.time_ns() - now.st_mtime_ns) < _FRESH
    return standing(descriptor).content == before.content if is_fresh or now.st_size <= _SMALL else True


def _keep_marks(old: int, new: int) -> None:
    """Give the new file the old one's owner, attributes (access lists too) and mode, as far as one may."""
    if sys.platform == "win32":
        return
    status, fresh = os.fstat(old), os.fstat(new)
    for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
        if (owner not in (-1, fresh.st_uid)) or (group not in (-1, fresh.st_gid)):
            with contextlib.suppress(OSError):
                os.fchown(new, owner, group)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(old):
                with contextlib.suppress(OSError):
                    os.setxattr(new, name, os.getxattr(old, name))
    os.fchmod(new, status.st_mode & 0o7777)


def _sync_folder(folder: Path, disk: Disk, shown: str) -> None:
    """Wait until the folder's entry is on the disk, where folders can be asked to."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | OPEN_EXTRA)
    except OSError:
        return
    try:
        disk.sync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise WriteUncertain(shown, os.strerror(error.errno or 0).lower()) from error
    finally:
        os.close(descriptor)
