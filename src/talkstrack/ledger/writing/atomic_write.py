"""Put new content where a ledger is: beside it first, then in its place, so that no reader sees half of it."""

import contextlib
import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from talkstrack.ledger.writing.lock import OPEN_EXTRA, hold, names
from talkstrack.ledger.writing.refused import WriteError
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes

if sys.platform != "win32":
    import fcntl

_REFUSED = {
    errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV, errno.ETXTBSY, errno.EROFS, errno.ENAMETOOLONG,
}  # fmt: skip
_NOT_FOR_FOLDERS = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES, errno.EPERM, errno.EISDIR}
_NO_ROOM_ASKED = {errno.EINVAL, errno.ENOSYS, errno.ENODEV, errno.ENOTSUP, errno.EOPNOTSUPP}
_SMALL = 1 << 20
_FRESH = 2_000_000_000
_CHUNK = 1 << 22


class Standing(NamedTuple):
    """A ledger's content, and the marks of its file at that moment."""

    content: LedgerBytes
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
    now: Callable[[], int] = time.time_ns


def read_current(descriptor: int, disk: Disk, shown: str) -> Standing:
    """Return what an open file says. It is read at once, and again if it changed under the reading.

    A large file is read when it is asked for, if any later change will show in its marks. Raises WriteError.
    """
    while True:
        before = os.fstat(descriptor)
        if before.st_size > _SMALL and max(before.st_mtime_ns, before.st_ctime_ns) + _FRESH < disk.now():
            return Standing(LedgerBytes(before.st_size, descriptor=descriptor, shown=shown), _marks(before))
        content = LedgerBytes(before.st_size, descriptor=descriptor, shown=shown).whole
        if _marks(os.fstat(descriptor)) == _marks(before) and len(content) == before.st_size:
            return Standing(LedgerBytes.of(content), _marks(before))


def put(path: Path, descriptor: int, before: Standing, added: bytes, disk: Disk, shown: str) -> bool:
    """Put a file in the place of the locked one that says the same and more; False if it changed since it was read.

    Keeps mode, owner and attributes. Where the folder takes no new file or no replacing, or a new one would be owned
    by somebody else, the file is written in place and cut back on failure. OSError: it is as before.
    """
    clear_leftovers(path)
    try:
        new, temporary = disk.create(path)
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        return _put_in_place(path, descriptor, before, added, disk)
    try:
        if before.content.size > _SMALL:
            _make_room(new, before.content.size + len(added))
        if not _keep_owner(descriptor, new):
            return _put_in_place(path, descriptor, before, added, disk)
        _write(new, before.content.slices())
        _write(new, (added,))
        _keep_marks(descriptor, new)
        disk.sync(new)
        if not _is_unchanged(path, descriptor, before, disk):
            return False
        disk.replace(temporary, path)
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        return _put_in_place(path, descriptor, before, added, disk)
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


def _put_in_place(path: Path, descriptor: int, before: Standing, added: bytes, disk: Disk) -> bool:
    if not _is_unchanged(path, descriptor, before, disk):
        return False
    try:
        os.lseek(descriptor, before.content.size, os.SEEK_SET)
        _write(descriptor, (added,))
        disk.sync(descriptor)
    except BaseException:
        os.ftruncate(descriptor, before.content.size)
        with contextlib.suppress(OSError):
            disk.sync(descriptor)
        raise
    return True


def _write(descriptor: int, pieces: Iterable[bytes | memoryview]) -> None:
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(descriptor, rest[:_CHUNK]) :]


def _make_room(descriptor: int, size: int) -> None:
    """Ask for all the room of a long file at once, which is found sooner than piece by piece, where one can ask."""
    if sys.platform != "linux":
        return
    try:
        os.posix_fallocate(descriptor, 0, size)
    except OSError as error:
        if error.errno not in _NO_ROOM_ASKED:
            raise


def _marks(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _is_unchanged(path: Path, descriptor: int, before: Standing, disk: Disk) -> bool:
    """Tell whether the path names the file as it was read. Marks alone miss two changes within a clock tick."""
    try:
        now = path.stat()
    except OSError:
        return False
    if _marks(now) != before.marks:
        return False
    if not before.content.is_held:
        return True
    is_fresh = abs(disk.now() - now.st_mtime_ns) < _FRESH
    if not is_fresh and now.st_size > _SMALL:
        return True
    return LedgerBytes(now.st_size, descriptor=descriptor).whole == before.content.whole


def _keep_owner(old: int, new: int) -> bool:
    """Give the new file the old one's owner and, as far as one may, its group; tell whether the owner is the same."""
    if sys.platform == "win32":
        return True
    status, fresh = os.fstat(old), os.fstat(new)
    for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
        if (owner not in (-1, fresh.st_uid)) or (group not in (-1, fresh.st_gid)):
            with contextlib.suppress(OSError):
                os.fchown(new, owner, group)
    return os.fstat(new).st_uid == status.st_uid


def _keep_marks(old: int, new: int) -> None:
    """Give the new file the old one's attributes (access lists too) and mode, as far as one may."""
    if sys.platform == "win32":
        return
    status = os.fstat(old)
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
            reason = os.strerror(error.errno or 0).lower()
            message = f"{shown} was written, but the disk did not confirm it: {reason}"
            hint = "look whether the entry is there before adding it again, and check the disk"
            raise WriteError(message, hint, "write-uncertain") from error
    finally:
        os.close(descriptor)
