"""Tell whether a file is still the one that was read: by what the file system says of it, and by its digest."""

import os
import time
from pathlib import Path
from typing import BinaryIO

import msgspec

try:
    from _blake2 import blake2b  # hashlib would load OpenSSL first, which costs more than the whole query
except ImportError:
    from hashlib import blake2b

SETTLED = 2_000_000_000
"""A file changed less than these nanoseconds before it was stamped may change again with the same times."""
TICK = 0.01
"""Seconds in which the clock that dates changes of files goes on."""
_SLICE = 1 << 20


class Stamp(msgspec.Struct, frozen=True):
    """Size, inode and times of a file, and when they were taken, in nanoseconds."""

    size: int
    inode: int
    changed: int
    touched: int
    taken: int

    @property
    def is_settled(self) -> bool:
        """Whether a later change would show in the times."""
        return max(self.changed, self.touched) + SETTLED < self.taken

    @property
    def is_fine(self) -> bool:
        """Whether the times are told to less than a millisecond, so that a later change can hardly have the same."""
        return bool(self.changed % 1_000_000 or self.touched % 1_000_000)

    def is_same_file(self, other: "Stamp") -> bool:
        """Whether size, inode and times are the same, whenever they were taken."""
        return (self.size, self.inode, self.changed, self.touched) == (
            other.size, other.inode, other.changed, other.touched,
        )  # fmt: skip


def stamp_of(path: Path) -> Stamp:
    """Return the stamp of a file as it is now."""
    return _stamp(path.stat())


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns, time.time_ns())


def digest(content: bytes) -> str:
    """Return the digest of a content."""
    return blake2b(content, digest_size=16).hexdigest()


def digests(content: bytes, size: int) -> tuple[str, str]:
    """Return the digest of the first `size` bytes of a content, and that of all of it."""
    found = blake2b(memoryview(content)[:size], digest_size=16)
    first = found.hexdigest()
    found.update(memoryview(content)[size:])
    return first, found.hexdigest()


def digest_of(path: Path) -> tuple[str, Stamp]:
    """Return the digest of a file, read piece by piece, and its stamp."""
    with path.open("rb") as file:
        before = _stamp(os.fstat(file.fileno()))
        return _digest(file), before


def _digest(file: BinaryIO) -> str:
    found = blake2b(digest_size=16)
    while piece := file.read(_SLICE):
        found.update(piece)
    return found.hexdigest()
