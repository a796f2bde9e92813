"""The cache is the user's own: nobody else reads it, is believed, or can keep a command waiting."""

import fcntl
import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from desk import AGREEMENT, EXCHANGE, HEADER, Desk
from talkstrack.index.fingerprint import DIGESTED
from talkstrack.index.fresh import open_index

SIZES = pytest.mark.parametrize("digested", [DIGESTED, 0], ids=["small", "large"])
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
NOBODY = 65534
ONE_MORE = EXCHANGE.replace("exchange-2025-07-23", "exchange-2025-07-24")


def modes(cache: Path) -> set[str]:
    """Return the modes of the folder and of its files."""
    found = {f"folder {stat.S_IMODE(cache.stat().st_mode):o}"}
    return found | {f"file {stat.S_IMODE(path.lstat().st_mode):o}" for path in cache.iterdir()}


PRIVATE = {"folder 700", "file 600"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose user lets others do whatever they like."""
    before = os.umask(0)
    yield Desk(tmp_path)
    os.umask(before)


def ids(desk: Desk, digested: int = DIGESTED) -> tuple[str, ...]:
    with open_index(desk.ledger, "events.toml", cache=desk.folder / ".cache", digested=digested) as index:
        return index.ids()


IDS = ("agreement-2", "exchange-2025-07-23")


@SIZES
def test_nobody_else_can_read_or_write_it(desk: Desk, digested: int) -> None:
    assert ids(desk, digested) == IDS
    assert modes(desk.folder / ".cache") == PRIVATE
    desk.ledger.write_text(HEADER + AGREEMENT + EXCHANGE + ONE_MORE)
    assert ids(desk, digested) == (*IDS, "exchange-2025-07-24")
    assert modes(desk.folder / ".cache") == PRIVATE


@SIZES
def test_what_stood_open_is_closed(desk: Desk, digested: int) -> None:
    ids(desk, digested)
    cache = desk.folder / ".cache"
    for path in cache.iterdir():
        path.chmod(0o644)
    cache.chmod(0o755)
    desk.ledger.write_text(HEADER + AGREEMENT + EXCHANGE + ONE_MORE)
    assert ids(desk, digested) == (*IDS, "exchange-2025-07-24")
    assert modes(cache) == PRIVATE


@SIZES
def test_what_others_could_write_is_not_believed(desk: Desk, digested: int) -> None:
    ids(desk, digested)
    cache = desk.folder / ".cache"
    before = {path.name: path.stat().st_ino for path in cache.iterdir() if path.stat().st_size}
    for name in before:
        (cache / name).chmod(0o666)
    kept = [os.open(cache / name, os.O_RDONLY) for name in before]  # so that no inode is given out again
    assert ids(desk, digested) == IDS
    assert before and all((cache / name).stat().st_ino != inode for name, inode in before.items())
    assert modes(cache) == PRIVATE
    for one in kept:
        os.close(one)


def test_a_folder_with_other_things_in_it_is_left_as_it_is(desk: Desk) -> None:
    cache = desk.folder / ".cache"
    cache.mkdir(mode=0o755)
    (cache / "mine.txt").write_text("mine")
    assert ids(desk) == IDS
    assert (stat.S_IMODE(cache.stat().st_mode), os.listdir(cache)) == (0o755, ["mine.txt"])  # noqa: PTH208
    cache.chmod(0o700)
    assert ids(desk) == IDS
    assert len(list(cache.iterdir())) > 1


@AS_ROOT
@SIZES
def test_a_folder_of_somebody_else_is_not_used(desk: Desk, digested: int) -> None:
    cache = desk.folder / ".cache"
    cache.mkdir(mode=0o700)
    os.chown(cache, NOBODY, NOBODY)
    assert ids(desk, digested) == IDS
    assert list(cache.iterdir()) == []


@AS_ROOT
@SIZES
def test_files_of_somebody_else_are_not_believed(desk: Desk, digested: int) -> None:
    ids(desk, digested)
    for path in (desk.folder / ".cache").iterdir():
        os.chown(path, NOBODY, NOBODY)
    desk.ledger.write_text(HEADER + AGREEMENT + EXCHANGE + ONE_MORE)
    assert ids(desk, digested) == (*IDS, "exchange-2025-07-24")
    assert {path.stat().st_uid for path in (desk.folder / ".cache").iterdir()} == {0}


def test_a_pipe_in_it_is_not_waited_for(desk: Desk) -> None:
    ids(desk)
    for path in (desk.folder / ".cache").iterdir():
        path.unlink()
        os.mkfifo(path, 0o600)
    ran = subprocess.run(
        [sys.executable, "-m", "talkstrack", "timeline", "--format", "csv"],
        cwd=desk.folder,
        env={**os.environ, **desk.environ},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert [line.split(",")[0] for line in ran.stdout.splitlines()[1:]] == ["2025-06-02", "2025-07-23"]


@contextmanager
def held(cache: Path) -> Iterator[None]:
    """Hold a lock on everything in the folder, as whoever could open it can."""
    with ExitStack() as stack:
        for path in cache.iterdir():
            file = stack.enter_context(path.open("rb"))
            fcntl.flock(file, fcntl.LOCK_EX)
            connection = stack.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
            connection.execute("BEGIN EXCLUSIVE")
        yield


@SIZES
@pytest.mark.parametrize("change", ["nothing", "appended", "rewritten", "touched"])
def test_a_lock_that_is_never_let_go_costs_a_moment(desk: Desk, digested: int, change: str) -> None:
    ids(desk, digested)
    text = desk.ledger.read_text()
    wanted: tuple[str, ...] = IDS
    if change == "appended":
        text, wanted = text + ONE_MORE, (*IDS, "exchange-2025-07-24")
    elif change == "rewritten":
        text, wanted = HEADER + AGREEMENT, IDS[:1]
    if change != "nothing":
        desk.ledger.write_text(text)
    with held(desk.folder / ".cache"):
        start = time.monotonic()
        assert ids(desk, digested) == wanted
        assert time.monotonic() - start < 4  # a second of waiting, and a slow machine
    assert ids(desk, digested) == wanted


def test_nor_does_it_keep_a_writer_waiting(desk: Desk) -> None:
    ids(desk)
    with held(desk.folder / ".cache"):
        start = time.monotonic()
        assert desk.run("add", "statement", "Said", "--date", "2025-07-25", "--by", "UKR").code == 0
        assert time.monotonic() - start < 10
