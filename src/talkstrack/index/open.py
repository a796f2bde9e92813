"""Open the index of a ledger as it stands now: as kept, brought up to date, or made new; in memory if need be."""

import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from talkstrack.errors import Problem
from talkstrack.index import stamp
from talkstrack.index.facts import fact
from talkstrack.index.limits import LIMITS, Limits
from talkstrack.index.private import Busy, write_private
from talkstrack.index.select import Index, Store
from talkstrack.index.slot import Note, Slot, closed_on_failure
from talkstrack.index.stamp import Stamp

Progress = Callable[[int, int], None]
"""Told how many bytes of how many have been read."""

_TRIES = 3
_PATIENCE = 20
"""So often may other processes be first to bring the index up to date before it is made anew."""


def open_index(
    path: Path,
    shown: str,
    *,
    cache: Path | None,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> Index:
    """Return the index of a ledger as it stands now; raise a LedgerError where that cannot be read at all.

    `shown` is the ledger's name in messages; without `cache` the index is made in memory.
    """
    keeper = Keeper(path, shown, cache, progress, limits)
    return Index(keeper.store(), keeper.mended)


def is_ready(path: Path, cache: Path | None, limits: Limits = LIMITS) -> bool:
    """Tell whether the index can be opened without reading the ledger, as far as the times of the files tell."""
    if cache is None:
        return False
    try:
        slot = Slot(cache, path, limits)
        note, now = slot.read_note(), stamp.stamp_of(path)
        is_there = note is not None and note.index.is_same_file(stamp.stamp_of(slot.database))
    except OSError:
        return False
    return note is not None and is_there and note.ledger.is_settled and now.is_same_file(note.ledger)


class _Overtaken(Exception):
    """Another process has brought the index up to date meanwhile, or made it anew."""


class Keeper:
    """Keeps one ledger's index true to it. Nothing about the cache folder is ever an error."""

    def __init__(self, path: Path, shown: str, cache: Path | None, progress: Progress | None, limits: Limits) -> None:
        self._path = path
        self._shown = shown
        self._cache = cache
        self._progress = progress
        self._limits = limits

    def store(self) -> Store:
        """Return the index as kept if it is true to the ledger, else brought up to date, else made new."""
        if self._cache is not None:
            with contextlib.suppress(OSError, sqlite3.Error):
                slot = Slot(self._cache, self._path, self._limits)
                return self._loaded(self._kept(slot) or self._made(slot))
        return self.in_memory()

    def mended(self) -> Store:
        """Return a new index, where the one at hand has turned out damaged."""
        if self._cache is not None:
            with contextlib.suppress(OSError, sqlite3.Error):
                return self._loaded(self._made(Slot(self._cache, self._path, self._limits)))
        return self.in_memory()

    def in_memory(self) -> Store:
        """Return an index that is kept nowhere; a large one spills into a temporary file."""
        content, _ = self._content()
        connection = sqlite3.connect("" if len(content) > self._limits.small else ":memory:", isolation_level=None)
        try:
            with closed_on_failure(connection):
                self._fill(connection, content)
        except sqlite3.Error:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            with closed_on_failure(connection):
                self._fill(connection, content)
        return self._loaded(connection)

    def _loaded(self, connection: sqlite3.Connection) -> Store:
        with closed_on_failure(connection):
            return load_store(connection, self._shown)

    def _kept(self, slot: Slot) -> sqlite3.Connection | None:
        """Return the index as it is, or brought up to date; None where it must be made anew."""
        for _ in range(_PATIENCE):
            with contextlib.suppress(_Overtaken):
                return self._kept_once(slot)
        return None

    def _kept_once(self, slot: Slot) -> sqlite3.Connection | None:
        note = slot.read_note()
        if note is None:
            return None
        try:
            connection = slot.open(note)
        except (OSError, sqlite3.Error):
            return self._once_more(slot, note)
        with closed_on_failure(connection):
            try:
                if self._is_true(slot, note):
                    return connection
                content, now = self._content()
                if len(content) > note.ledger.size:
                    before, made_from = stamp.digests(content, note.ledger.size)
                    if before == note.ledger_digest:
                        return self._appended(slot, note, connection, content, now, made_from)
            except Busy:
                raise
            except (OSError, sqlite3.Error):
                pass
        connection.close()
        return None

    def _once_more(self, slot: Slot, note: Note) -> sqlite3.Connection | None:
        """Open again where another process changed the index just then."""
        with slot.locked():
            again = slot.read_note()
        if again is None or again == note:
            return None
        with contextlib.suppress(OSError, sqlite3.Error):
            connection = slot.open(again)
            with closed_on_failure(connection):
                if self._is_true(slot, again):
                    return connection
            connection.close()
        return None

    def _is_true(self, slot: Slot, note: Note) -> bool:
        """Whether the ledger is the one the index was made from."""
        now = self._stat()
        if now.size != note.ledger.size:
            return False
        if now.size > self._limits.digested and now.is_same_file(note.ledger) and note.ledger.is_settled:
            return True
        found, before = stamp.digest_of(self._path)
        if found != note.ledger_digest:
            return False
        if now.size > self._limits.digested and before.is_settled:
            with contextlib.suppress(OSError), slot.locked():
                again = slot.read_note()
                if again is not None and again.ledger_digest == found:
                    slot.write_note(msgspec.structs.replace(again, ledger=before))
        return True

    def _appended(
        self,
        slot: Slot,
        note: Note,
        connection: sqlite3.Connection,
        content: bytes,
        now: Stamp,
        made_from: str,
    ) -> sqlite3.Connection | None:
        from talkstrack.index.append import append
        from talkstrack.index.ending import Unsure

        try:
            if note.index.size <= self._limits.small:
                append(connection, content, note.ledger.size, made_from)
                return self._published(slot, connection, made_from, now)
            connection.close()
            with slot.locked():
                again = slot.read_note()
                if again is None or again.ledger_digest != note.ledger_digest:
                    raise _Overtaken
                changed = slot.open_for_change(again)
                with contextlib.closing(changed):
                    append(changed, content, note.ledger.size, made_from)
                    changed.execute("COMMIT")
                new = slot.note_for(now, made_from)
                slot.write_note(new)
            return slot.open(new)
        except Unsure:
            connection.close()
            return None

    def _made(self, slot: Slot) -> sqlite3.Connection:
        content, now = self._content()
        slot.prepare()
        if len(content) <= self._limits.digested:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            with closed_on_failure(connection):
                return self._published(slot, connection, self._fill(connection, content), now)
        temporary = slot.temporary("sqlite")
        try:
            write_private(temporary)
            with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
                made_from = self._fill(connection, content)
            del content
            with slot.locked():
                temporary.replace(slot.database)
                note = slot.note_for(now, made_from)
                time.sleep(stamp.TICK)
                slot.write_note(note)
        except Busy:  # it answers this once, and is not kept
            connection = sqlite3.connect(temporary, isolation_level=None)
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # only now is the file open
            return connection
        finally:
            temporary.unlink(missing_ok=True)
        return slot.open(note)

    def _published(self, slot: Slot, connection: sqlite3.Connection, made_from: str, now: Stamp) -> sqlite3.Connection:
        """Keep an index that is in memory; where it cannot be written it still answers."""
        if connection.in_transaction:
            connection.execute("COMMIT")
        with contextlib.suppress(OSError, sqlite3.Error):
            image = connection.serialize()
            temporary = slot.temporary("sqlite")
            try:
                write_private(temporary, image)
                with slot.locked():
                    temporary.replace(slot.database)
                    slot.write_note(slot.note_for(now, made_from, stamp.digest(image)))
            finally:
                temporary.unlink(missing_ok=True)
        return connection

    def _fill(self, connection: sqlite3.Connection, content: bytes) -> str:
        """Read a ledger into an index and return its digest."""
        from talkstrack.index.build import fill

        made_from = stamp.digest(content)
        fill(connection, content, made_from, self._shown, self._progress, self._limits)
        return made_from

    def _stat(self) -> Stamp:
        return stamp.stamp_of(self._path)

    def _content(self) -> tuple[bytes, Stamp]:
        """Return the ledger's bytes and their stamp, which is one of no file where it changed meanwhile."""
        from talkstrack.ledger.reading.source import load_bytes

        for _ in range(_TRIES):
            with contextlib.suppress(OSError):
                before = self._stat()
                content = load_bytes(self._path, self._shown)
                if before.is_same_file(self._stat()) and before.size == len(content):
                    return content, before
        content = load_bytes(self._path, self._shown)
        return content, Stamp(len(content), 0, 0, 0, 0)


def load_store(connection: sqlite3.Connection, shown: str) -> Store:
    """Return an open index as commands use it; `shown` is the ledger's name in messages."""
    problems: tuple[Problem, ...] = fact(connection, "problems", tuple[Problem, ...])
    total: int = fact(connection, "total", int)
    return Store(connection, tuple(msgspec.structs.replace(one, path=shown) for one in problems), total)
