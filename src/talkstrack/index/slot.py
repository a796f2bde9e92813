"""The files of one ledger's index in the cache folder: the database, and beside it the note that vouches for it."""

import contextlib
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from talkstrack.index import stamp
from talkstrack.index.facts import fact
from talkstrack.index.limits import Limits
from talkstrack.index.private import PATIENCE, Busy, locked, make_private, must_be_private, write_private
from talkstrack.index.schema import VERSION, Damaged
from talkstrack.index.stamp import Stamp

OLD = 600
"""A temporary file this many seconds old was left by a process that was killed."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What vouches for an index: which ledger it was made from, and how its file was left.

    `index_digest` is None after events were appended in place; then a changed file is no longer trusted.
    """

    version: str
    ledger: Stamp
    ledger_digest: str
    index: Stamp
    index_digest: str | None


@lru_cache(maxsize=1)
def version() -> str:
    """Return what an index must have been made by: the tables, and the code that reads ledgers."""
    found = [f"{VERSION} {sqlite3.sqlite_version_info[0]}"]
    package = Path(__file__).parent.parent
    for folder in ("model", "model/dates", "rules", "ledger/reading", "ledger/checking", "index"):
        with os.scandir(package / folder) as entries:
            for one in entries:
                if one.name.endswith(".py"):
                    status = one.stat()
                    found.append(f"{folder}/{one.name} {status.st_size} {status.st_mtime_ns}")
    return stamp.digest("\n".join(sorted(found)).encode())


@contextlib.contextmanager
def closed_on_failure(connection: sqlite3.Connection) -> Iterator[None]:
    """Close a database where what is done with it fails, so that none is left to the garbage collector."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


class Slot:
    """Where the index of one ledger lives."""

    def __init__(self, cache: Path, ledger: Path, limits: Limits) -> None:
        name = stamp.digest(os.fsencode(ledger.resolve()))
        self.database = cache / f"{name}.sqlite"
        self.note = cache / f"{name}.note"
        self._lock = cache / f"{name}.lock"
        self.version = version()
        self._small = limits.small
        self._is_busy = False

    def read_note(self) -> Note | None:
        """Return the note; None where there is none, none of this version, or others could have written it."""
        try:
            must_be_private(self.note, self.database)
            mark, _, content = self.note.read_bytes().partition(b" ")
            if mark != b"%08x" % zlib.crc32(content):
                return None
            note = msgspec.json.decode(content, type=Note)
        except (OSError, ValueError):
            return None
        return note if note.version == self.version else None

    def write_note(self, note: Note) -> None:
        """Put the note in place."""
        content = msgspec.json.encode(note)
        temporary = self.temporary("note")
        write_private(temporary, b"%08x " % zlib.crc32(content) + content)
        temporary.replace(self.note)

    def temporary(self, ending: str) -> Path:
        """Return a name for a new file beside the index."""
        return self.database.with_name(f"{self.database.stem}.{os.getpid()}-{time.time_ns()}.{ending}.tmp")

    def prepare(self) -> None:
        """Make the folder ours alone, and take away what killed processes left in it; raise NotOurs if it cannot be."""
        make_private(self.database.parent)
        for left in self.database.parent.glob(f"{self.database.stem}.*.tmp*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > OLD:
                    left.unlink()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from changing the index; where files cannot be locked the note alone guards it.

        Raise Busy where one of them keeps it for longer than a moment; it is then not waited for again.
        """
        try:
            with locked(self._lock, 0 if self._is_busy else PATIENCE):
                yield
        except Busy:
            self._is_busy = True
            raise

    def note_for(self, ledger: Stamp, ledger_digest: str, index_digest: str | None = None) -> Note:
        """Return the note that vouches for the database as it is now.

        A large one is vouched for by its times where they are fine enough: nobody but us writes it.
        """
        index = stamp.stamp_of(self.database)
        if index_digest is None and not index.is_fine:
            index_digest = stamp.digest_of(self.database)[0]
        return Note(
            version=self.version,
            ledger=ledger,
            ledger_digest=ledger_digest,
            index=index,
            index_digest=index_digest,
        )

    def open_for_change(self, note: Note) -> sqlite3.Connection:
        """Return the database in a transaction that may change it; raise Damaged where it is not as the note says."""
        self._vouch(note, stamp.stamp_of(self.database), keep=False)
        connection = sqlite3.connect(self.database, isolation_level=None, timeout=1)
        with closed_on_failure(connection):
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
        return connection

    def open(self, note: Note) -> sqlite3.Connection:
        """Return the database, read only; raise Damaged where it is not as the note says."""
        now = stamp.stamp_of(self.database)
        if now.size <= self._small:
            connection = self._in_memory(note)
        else:
            self._vouch(note, now)
            connection = sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=1)
        with closed_on_failure(connection):
            connection.execute("BEGIN")
            if fact(connection, "made_from", str) != note.ledger_digest:
                raise Damaged("the index was made from another ledger")
            if now.size > self._small and not now.is_same_file(stamp.stamp_of(self.database)):
                raise Damaged("the index was changed while it was opened")
        return connection

    def _in_memory(self, note: Note) -> sqlite3.Connection:
        content = self.database.read_bytes()
        if stamp.digest(content) != note.index_digest:
            raise Damaged("the index is not as written")
        connection = sqlite3.connect(":memory:", isolation_level=None)
        with closed_on_failure(connection):
            connection.deserialize(content)
        return connection

    def _vouch(self, note: Note, now: Stamp, *, keep: bool = True) -> None:
        if note.index.is_same_file(now) and (note.index.is_settled or note.index_digest is None):
            return
        found, before = stamp.digest_of(self.database)
        if note.index_digest is None or found != note.index_digest:
            raise Damaged("the index is not as written")
        with contextlib.suppress(OSError), self.locked() if keep else contextlib.nullcontext():
            if self.read_note() == note:
                self.write_note(msgspec.structs.replace(note, index=before))
