"""Tell whether a file is still the one that was read: by what the file system says of it, and by its digest."""

import os
from pathlib import Path

import msgspec

try:
    from _blake2 import blake2b  # hashlib would load OpenSSL first, which costs more than the whole query
except ImportError:
    from hashlib import blake2b

DIGESTED = 1_000_000
"""A ledger of up to this many bytes is held against its digest each time."""
_SETTLED = 2_000_000_000
"""A file changed less than these nanoseconds before it was looked at may change again with the same times."""
_SLICE = 1 << 20


class Fingerprint(msgspec.Struct, frozen=True):
    """What vouches for an index: the code that made it, and the ledger it was made from.

    The last moment at which that ledger was known to be the file of this size, inode and times is the time of the
    index's own file.
    """

    version: str
    size: int
    inode: int
    modified: int
    changed: int
    digest: str

    def is_of(self, status: os.stat_result) -> bool:
        """Whether size, inode and times are those of a file."""
        return (self.size, self.inode, self.modified, self.changed) == facts_of(status)

    def is_settled(self, moment: int) -> bool:
        """Whether a change after this moment, in nanoseconds, shows in the times."""
        return max(self.modified, self.changed) + _SETTLED < moment


def facts_of(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return the size, inode and times of a file."""
    return status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns


def digest(content: bytes | memoryview) -> str:
    """Return the digest of a content."""
    return blake2b(content, digest_size=16).hexdigest()


def digest_of(path: Path) -> str:
    """Return the digest of a file, read piece by piece."""
    running = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(_SLICE):
            running.update(piece)
    return running.hexdigest()


def code_digest(package: Path, folders: tuple[str, ...], seed: str) -> str:
    """Return the digest of the names, sizes and times of the modules in these folders of a package."""
    lines = [seed]
    for folder in folders:
        with os.scandir(package / folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    lines.append(f"{folder}/{entry.name} {status.st_size} {status.st_mtime_ns}")
    return digest("\n".join(sorted(lines)).encode())
