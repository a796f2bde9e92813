"""Open the index of a ledger as it stands now: as kept, brought up to date, or made new; in memory if need be.

A new index is made beside its place and takes it whole. What is appended to a ledger is added in place: what vouches
for the index is taken out before and put back when all else stands, so that no half of it is ever believed.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path

from talkstrack.index.fingerprint import DIGESTED, Fingerprint, code_digest, digest, digest_of, facts_of
from talkstrack.index.private import create_private, make_private, must_be_private
from talkstrack.index.schema import PAGE_SIZE, VERSION, IndexDamaged, meta, put_meta
from talkstrack.index.select import Index

Progress = Callable[[int, int], None]
"""Told how many bytes of how many have been read."""

_CODE = ("model", "model/dates", "rules", "ledger/reading", "ledger/checking", "index")
_TRIES = 3
_PATIENCE = 1.0
"""Seconds that a lock is waited for: who holds it longer is no process of ours that goes on."""
_DAY = 86_400
_LEFT, _OUTDATED, _UNUSED = 600, _DAY, 60 * _DAY
"""Seconds after which what a killed process left, an index of other code, and one not used are cleared away."""


def open_index(
    path: Path, shown: str, *, cache: Path | None, progress: Progress | None = None, digested: int = DIGESTED
) -> Index:
    """Return the index of a ledger as it stands now; raise a LedgerError where that cannot be read at all.

    `shown` is the ledger's name in messages; without `cache` the index is made in memory. A ledger of up to `digested`
    bytes is held against its digest each time.
    """
    keeper = _Keeper(path, shown, cache, progress, digested)
    return Index(keeper.connection(), shown, keeper.renewed)


def is_ready(path: Path, cache: Path | None) -> bool:
    """Tell whether the index can be opened without reading the ledger, as far as the times of the files tell."""
    if cache is None:
        return False
    with suppress(OSError, sqlite3.Error):
        database = index_path(path, cache)
        must_be_private(database)
        with closing(_opened(database)) as connection:
            vouched: Fingerprint = meta(connection, "fingerprint", Fingerprint)
        return vouched.is_of(path.stat()) and vouched.is_settled(database.stat().st_mtime_ns)
    return False


def index_path(ledger: Path, cache: Path) -> Path:
    """Return where the index of a ledger is kept; that of other code has another name."""
    return cache / f"{digest(os.fsencode(ledger.resolve()))}.{version()[:8]}.sqlite"


@lru_cache(maxsize=1)
def version() -> str:
    """Return what an index must have been made by: the tables, and the code that reads ledgers."""
    return code_digest(Path(__file__).parent.parent, _CODE, f"{VERSION} {sqlite3.sqlite_version_info[0]}")


class _Keeper:
    """Keeps one ledger's index true to it. Nothing about the cache folder is ever an error."""

    def __init__(self, path: Path, shown: str, cache: Path | None, progress: Progress | None, digested: int) -> None:
        self._path = path
        self._shown = shown
        self._cache = cache
        self._progress = progress
        self._digested = digested

    def connection(self) -> sqlite3.Connection:
        """Return the index as kept if it is true to the ledger, else brought up to date, else made new."""
        if self._cache is not None:
            with suppress(OSError, sqlite3.Error):
                database = index_path(self._path, self._cache)
                return self._kept(database) or self._made(database)
        return self._in_memory()

    def renewed(self) -> sqlite3.Connection:
        """Return a new index, where the one at hand has turned out damaged."""
        if self._cache is not None:
            with suppress(OSError):
                index_path(self._path, self._cache).unlink(missing_ok=True)
        return self.connection()

    def _kept(self, database: Path) -> sqlite3.Connection | None:
        """Return the index as it is, or brought up to date; None where it must be made anew."""
        try:
            must_be_private(database)
            connection = _opened(database)
        except (OSError, sqlite3.Error):
            return None
        is_true = False
        try:
            vouched, status = meta(connection, "fingerprint", Fingerprint), self._path.stat()
            if status.st_size == vouched.size:
                is_true = self._is_true(database, vouched, status)
                return connection if is_true else None
            connection.close()
            if status.st_size > vouched.size:
                return self._appended(database, vouched)
        except (OSError, sqlite3.Error):
            pass
        finally:
            if not is_true:
                connection.close()
        return None

    def _is_true(self, database: Path, vouched: Fingerprint, status: os.stat_result) -> bool:
        """Whether the ledger, which has the size of the one the index was made from, is that."""
        is_small, is_same_file = status.st_size <= self._digested, vouched.is_of(status)
        if not is_small and is_same_file and vouched.is_settled(database.stat().st_mtime_ns):
            return True
        moment = time.time_ns()
        if digest_of(self._path) != vouched.digest:
            return False
        if is_same_file and not is_small:
            with suppress(OSError):  # so that it need not be read the next time
                os.utime(database, ns=(moment, moment))
        return True

    def _appended(self, database: Path, vouched: Fingerprint) -> sqlite3.Connection | None:
        from talkstrack.index.append import NeedsFullRead, append
        from talkstrack.index.build import transaction

        content, new, moment = self._content()
        if digest(memoryview(content)[: vouched.size]) != vouched.digest:
            return None
        with closing(_writable(database)) as connection:
            with transaction(connection):  # this one keeps others out until the connection is closed
                if meta(connection, "fingerprint", Fingerprint) != vouched:
                    return None
                put_meta(connection, fingerprint=None)
            try:
                with transaction(connection):
                    append(connection, content, vouched.size)
            except NeedsFullRead:
                return None
            put_meta(connection, fingerprint=new)
            os.utime(database, ns=(moment, moment))
        return _opened(database, new)

    def _made(self, database: Path) -> sqlite3.Connection:
        text, vouched, moment = self._text()
        make_private(database.parent)
        _clear(database)
        temporary = database.with_name(f"{database.stem}.{os.getpid()}-{time.time_ns()}.tmp")
        try:
            create_private(temporary)
            with closing(_writable(temporary)) as connection:
                self._fill(connection, text, vouched)
            os.utime(temporary, ns=(moment, moment))
            temporary.replace(database)
        finally:
            temporary.unlink(missing_ok=True)
        return _opened(database, vouched)

    def _in_memory(self) -> sqlite3.Connection:
        """Return an index that is kept nowhere; a large one spills into a temporary file where that can be written."""
        text, vouched, _ = self._text()
        for place in ("" if len(text) > self._digested else ":memory:", ":memory:"):
            connection = _writable(place)
            try:
                self._fill(connection, text, vouched)
            except BaseException as error:
                connection.close()
                if not isinstance(error, sqlite3.Error):
                    raise
            else:
                return connection
        raise IndexDamaged("an index in memory cannot be made")

    def _fill(self, connection: sqlite3.Connection, text: str, vouched: Fingerprint) -> None:
        from talkstrack.index.build import fill

        fill(connection, text, self._shown, self._progress)
        put_meta(connection, fingerprint=vouched)

    def _text(self) -> tuple[str, Fingerprint, int]:
        """Return the ledger's text, alone: the bytes of a long one are not kept beside it."""
        from talkstrack.ledger.reading.source import decode

        content, vouched, moment = self._content()
        return decode(content, self._shown), vouched, moment

    def _content(self) -> tuple[bytes, Fingerprint, int]:
        """Return the ledger with its fingerprint, and the moment from which it was known to be so.

        Where it changes meanwhile, that is one that vouches for nothing.
        """
        from talkstrack.ledger.reading.source import load_bytes

        for _ in range(_TRIES):
            moment = time.time_ns()
            with suppress(OSError):
                before = self._path.stat()
                content = load_bytes(self._path, self._shown)
                vouched = Fingerprint(version(), *facts_of(before), digest(content))
                if vouched.is_of(self._path.stat()) and before.st_size == len(content):
                    return content, vouched, moment
        content = load_bytes(self._path, self._shown)
        return content, Fingerprint(version(), len(content), 0, 0, 0, digest(content)), 0


def _opened(database: Path, new: Fingerprint | None = None) -> sqlite3.Connection:
    """Return an index to read, as it is from now on.

    Raise IndexDamaged where it is not whole, was made by other code, or is not the new one that was put there.
    """
    place = f"{database.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(place, uri=True, isolation_level=None, timeout=_PATIENCE)
    try:
        connection.execute("BEGIN")
        vouched = meta(connection, "fingerprint", Fingerprint)
        (rows,) = connection.execute("SELECT count(*) FROM event").fetchone()
        is_cut = database.stat().st_size % PAGE_SIZE  # SQLite takes what is lacking of a page for zeros
        is_asked_for = vouched.version == version() and new in (None, vouched)
        if is_cut or not is_asked_for or rows != meta(connection, "rows", int):
            raise IndexDamaged("the index is not whole, or not the one that is asked for")
    except BaseException:
        connection.close()
        raise
    return connection


def _writable(place: Path | str) -> sqlite3.Connection:
    """Return a database for nobody else while it is open, set for speed: it is thrown away if anything goes wrong."""
    connection = sqlite3.connect(place, isolation_level=None, timeout=_PATIENCE)
    modes = ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -16000")
    for setting in (f"page_size = {PAGE_SIZE}", *modes):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _clear(database: Path) -> None:
    """Take away what killed processes, other code and ledgers that are no longer read have left in the folder."""
    ledger, now = database.name.partition(".")[0], time.time()
    for path in database.parent.iterdir():
        kept = _LEFT if path.suffix == ".tmp" else _OUTDATED if path.name.startswith(ledger) else _UNUSED
        with suppress(OSError):
            if path != database and path.suffix in (".tmp", ".sqlite") and path.stat().st_mtime < now - kept:
                path.unlink()
