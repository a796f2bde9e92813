"""What a write does to the file, and what it leaves when something comes between."""

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from talkstrack.errors import WRITE_REFUSED
from talkstrack.ledger.reading.unreadable import LedgerIsFolder, LedgerMissing
from talkstrack.ledger.writing import append as writing
from talkstrack.ledger.writing.append import Change, Lines, write_new
from talkstrack.ledger.writing.atomic_write import Disk, create_beside, on_disk
from talkstrack.ledger.writing.refused import LedgerExists, WriteError, write_error, write_failed
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes

if sys.platform == "win32":
    pytest.skip("the locks of POSIX are tested here", allow_module_level=True)
import fcntl

OLD = b"[ledger]\nformat = 1\n"
LARGE = OLD + b"# a line that makes it long\n" * 40_000
LATER = Disk(now=lambda: time.time_ns() + 10**10)
"""A file that was written just now has not been touched for ten seconds."""
BLOCK = '[[event]]\nid = "a"\n'
SOURCE = '[source.s]\ntitle = "T"\n'


def nothing_against(_: Change) -> None:
    return


def append(
    path: Path,
    blocks: Sequence[str] | Callable[[LedgerBytes], Sequence[str]],
    *,
    check: Callable[[Change], object],
    **more: Any,
) -> Lines:
    """Append blocks of which nothing but the text is made."""

    def make(old: LedgerBytes) -> tuple[Sequence[str], None]:
        return (blocks(old) if callable(blocks) else blocks), None

    return writing.append(path, make, check=lambda change, _: check(change), **more)[0]


def test_what_was_made_comes_back_and_is_what_was_checked(ledger: Path) -> None:
    made, checked = iter(range(9)), list[int]()
    written, last = writing.append(ledger, lambda _: ([BLOCK], next(made)), check=lambda _, key: checked.append(key))
    assert (written, last, checked) == (((4, 5),), 0, [0])


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "events.toml"
    path.write_bytes(OLD)
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def only_ledger(path: Path) -> bool:
    return names_in(path.parent) == [path.name]


def refusing(number: int) -> Callable[[Path, Path], None]:
    def replace(_: Path, __: Path) -> None:
        raise OSError(number, os.strerror(number))

    return replace


def test_blocks_follow_what_stands_with_a_blank_line_before_each(ledger: Path) -> None:
    seen: list[Change] = []
    written = append(ledger, [SOURCE, BLOCK], check=seen.append)
    added = f"\n{SOURCE}\n{BLOCK}".encode()
    assert ledger.read_bytes() == OLD + added
    assert written == ((4, 5), (7, 8))
    assert [(change.old, change.added, change.new) for change in seen] == [(OLD, added, OLD + added)]
    assert only_ledger(ledger)


@pytest.mark.parametrize(
    ("old", "added", "line"),
    [
        (b"[ledger]\nformat = 1", b'\n\n[[event]]\nid = "a"\n', 4),
        (b"[ledger]\nformat = 1\n\n", b'[[event]]\nid = "a"\n', 4),
        (b"[ledger]\r\nformat = 1\r\n", b'\r\n[[event]]\r\nid = "a"\r\n', 4),
        (b"[ledger]\r\nformat = 1\r\n\r\n", b'[[event]]\r\nid = "a"\r\n', 4),
        (b"[ledger]\r\nformat = 1", b'\r\n\r\n[[event]]\r\nid = "a"\r\n', 4),
        (b"\xef\xbb\xbf[ledger]\nformat = 1\n# the end", b'\n\n[[event]]\nid = "a"\n', 5),
        (b"", b'[[event]]\nid = "a"\n', 1),
    ],
)
def test_what_stands_stays_and_its_line_ends_are_used(tmp_path: Path, old: bytes, added: bytes, line: int) -> None:
    path = tmp_path / "events.toml"
    path.write_bytes(old)
    written = append(path, [BLOCK], check=nothing_against)
    assert (path.read_bytes(), written) == (old + added, ((line, line + 1),))


def test_a_block_with_other_line_ends_gets_those_of_the_ledger(ledger: Path) -> None:
    append(ledger, [BLOCK.replace("\n", "\r\n")], check=nothing_against)
    assert ledger.read_bytes() == OLD + b"\n" + BLOCK.encode()


def test_blocks_can_be_made_from_what_stands_under_the_lock(ledger: Path) -> None:
    append(ledger, [BLOCK], check=nothing_against)
    written = append(
        ledger, lambda old: [BLOCK.replace("a", f"a-{old.whole.count(b'event') + 1}")], check=nothing_against
    )
    assert ledger.read_bytes() == OLD + b'\n[[event]]\nid = "a"\n\n[[event]]\nid = "a-2"\n'
    assert written == ((7, 8),)


def test_without_blocks_nothing_is_written(ledger: Path) -> None:
    before = ledger.stat()
    assert append(ledger, [], check=nothing_against) == ()
    assert ledger.stat() == before


def test_a_check_refuses_by_raising(ledger: Path) -> None:
    def refuse(_: Change) -> None:
        raise write_failed("x", "no")

    with pytest.raises(WriteError, match="could not be written"):
        append(ledger, [BLOCK], check=refuse)
    assert (ledger.read_bytes(), only_ledger(ledger)) == (OLD, True)


def test_mode_and_symlink_are_kept(tmp_path: Path, ledger: Path) -> None:
    ledger.chmod(0o640)
    (tmp_path / "sub").mkdir()
    link = tmp_path / "sub" / "link.toml"
    link.symlink_to("../events.toml")
    append(link, [BLOCK], check=nothing_against)
    assert (link.is_symlink(), oct(ledger.stat().st_mode)) == (True, "0o100640")
    assert (ledger.read_bytes(), names_in(link.parent)) == (OLD + b"\n" + BLOCK.encode(), ["link.toml"])


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes as Linux has them")
def test_attributes_are_kept(ledger: Path) -> None:
    try:
        os.setxattr(ledger, "user.note", b"mine")
    except OSError:
        pytest.skip("this file system has no attributes")
    append(ledger, [BLOCK], check=nothing_against)
    assert os.getxattr(ledger, "user.note") == b"mine"


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV, errno.EPERM, errno.ETXTBSY])
def test_where_no_replacing_is_allowed_it_appends_in_place(ledger: Path, number: int) -> None:
    inode = ledger.stat().st_ino
    append(ledger, [BLOCK], check=nothing_against, disk=Disk(replace=refusing(number)))
    assert ledger.read_bytes() == OLD + b"\n" + BLOCK.encode()
    assert (ledger.stat().st_ino, only_ledger(ledger)) == (inode, True)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM, errno.ENAMETOOLONG])
def test_where_the_folder_takes_no_file_it_appends_in_place(ledger: Path, number: int) -> None:
    def create(_: Path) -> tuple[int, Path]:
        raise OSError(number, "no")

    inode = ledger.stat().st_ino
    append(ledger, [BLOCK], check=nothing_against, disk=Disk(create=create))
    assert (ledger.read_bytes(), ledger.stat().st_ino) == (OLD + b"\n" + BLOCK.encode(), inode)


def test_an_append_in_place_that_fails_is_taken_back(ledger: Path) -> None:
    calls: list[int] = []

    def sync(descriptor: int) -> None:
        calls.append(os.fstat(descriptor).st_size)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(WriteError, match="the disk is full"):
        append(ledger, [BLOCK], check=nothing_against, disk=Disk(sync=sync, replace=refusing(errno.EBUSY)))
    longer = len(OLD) + 1 + len(BLOCK)
    assert (calls, ledger.read_bytes(), only_ledger(ledger)) == ([longer, longer, len(OLD)], OLD, True)


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, "disk-full"), (errno.EDQUOT, "disk-full"), (errno.EFBIG, "disk-full"), (errno.EIO, "write-failed")],
)
def test_a_failing_disk_leaves_the_ledger_as_it_was(ledger: Path, number: int, error: str) -> None:
    def sync(_: int) -> None:
        raise OSError(number, "no")

    inode = ledger.stat().st_ino
    with pytest.raises(WriteError) as caught:
        append(ledger, [BLOCK], check=nothing_against, disk=Disk(sync=sync))
    assert caught.value.slug == error
    assert (ledger.read_bytes(), ledger.stat().st_ino, only_ledger(ledger)) == (OLD, inode, True)


def test_a_folder_that_cannot_be_synced_is_told(ledger: Path) -> None:
    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "broken")
        on_disk(descriptor)

    with pytest.raises(WriteError) as caught:
        append(ledger, [BLOCK], check=nothing_against, shown="e.toml", disk=Disk(sync=sync))
    assert caught.value.message == "e.toml was written, but the disk did not confirm it: input/output error"
    assert ledger.read_bytes() == OLD + b"\n" + BLOCK.encode()


def test_a_folder_that_has_no_sync_is_passed_over(ledger: Path) -> None:
    calls: list[int] = []

    def sync(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.EINVAL, "not for folders")

    append(ledger, [BLOCK], check=nothing_against, disk=Disk(sync=sync))
    assert (len(calls), ledger.read_bytes()) == (2, OLD + b"\n" + BLOCK.encode())


def by_replacing(path: Path, content: bytes) -> None:
    other = path.with_name("saved")
    other.write_bytes(content)
    other.replace(path)


def in_place(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def same_size_and_time(path: Path, content: bytes) -> None:
    before = path.stat()
    path.write_bytes(content[: before.st_size])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("edit", [by_replacing, in_place, same_size_and_time])
def test_what_an_editor_saves_in_between_is_kept(ledger: Path, edit: Callable[[Path, bytes], None]) -> None:
    edited = b"[ledger]\nformat = 1 # edited\n" if edit is not same_size_and_time else OLD.replace(b"1", b"9")
    seen: list[bytes] = []

    def sync(_: int) -> None:
        if len(seen) == 1:
            edit(ledger, edited)

    append(ledger, [BLOCK], check=lambda change: seen.append(change.old), disk=Disk(sync=sync))
    assert (seen, ledger.read_bytes()) == ([OLD, edited], edited + b"\n" + BLOCK.encode())
    assert only_ledger(ledger)


def test_what_an_editor_saves_in_between_is_kept_in_place_too(ledger: Path) -> None:
    seen: list[bytes] = []

    def replace(_: Path, __: Path) -> None:
        if len(seen) == 1:
            ledger.write_bytes(OLD + b"# more\n")
        raise OSError(errno.EBUSY, "busy")

    append(ledger, [BLOCK], check=lambda change: seen.append(change.old), disk=Disk(replace=replace))
    assert ledger.read_bytes() == OLD + b"# more\n\n" + BLOCK.encode()


@pytest.mark.parametrize("disk", [Disk(), LATER])
def test_a_large_ledger_is_copied_as_it_stands(ledger: Path, disk: Disk) -> None:
    ledger.write_bytes(LARGE)
    ledger.chmod(0o640)
    seen: list[bool] = []
    written = append(ledger, [BLOCK], check=lambda change: seen.append(change.standing.is_held), disk=disk)
    added = b"\n" + BLOCK.encode()
    assert (ledger.read_bytes(), seen) == (LARGE + added, [disk is not LATER])
    assert written == ((40_004, 40_005),)
    assert (oct(ledger.stat().st_mode), only_ledger(ledger)) == ("0o100640", True)


def test_lines_of_a_large_ledger_are_counted_from_one_that_is_known(ledger: Path) -> None:
    ledger.write_bytes(LARGE)

    def blocks(old: LedgerBytes) -> list[str]:
        old.know(len(LARGE) - len(b"# a line that makes it long\n"), 40_002)
        return [BLOCK]

    assert append(ledger, blocks, check=nothing_against, disk=LATER) == ((40_004, 40_005),)


@pytest.mark.parametrize("edit", [by_replacing, in_place, same_size_and_time])
@pytest.mark.parametrize("can_replace", [True, False])
def test_what_an_editor_saves_in_a_large_ledger_is_kept(
    ledger: Path, edit: Callable[[Path, bytes], None], can_replace: bool
) -> None:
    ledger.write_bytes(LARGE)
    edited = LARGE.replace(b"1", b"9", 1)
    seen: list[bytes] = []

    def sync(descriptor: int) -> None:
        if len(seen) == 1:
            edit(ledger, edited)
        on_disk(descriptor)

    disk = LATER._replace(sync=sync, replace=os.replace if can_replace else refusing(errno.EBUSY))
    append(ledger, [BLOCK], check=lambda change: seen.append(change.old), disk=disk)
    assert (seen, ledger.read_bytes()) == ([LARGE, edited], edited + b"\n" + BLOCK.encode())
    assert only_ledger(ledger)


def test_a_large_ledger_that_is_cut_while_it_is_copied_is_not_lengthened(ledger: Path) -> None:
    ledger.write_bytes(LARGE)
    seen: list[bytes] = []

    def check(change: Change) -> None:
        seen.append(change.old)
        if len(seen) == 1:
            ledger.write_bytes(OLD)

    append(ledger, [BLOCK], check=check, disk=LATER)
    assert (seen, ledger.read_bytes()) == ([LARGE, OLD], OLD + b"\n" + BLOCK.encode())


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_no_room_for_a_large_ledger_leaves_it_as_it_was(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def allocate(_: int, __: int, ___: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "posix_fallocate", allocate)
    ledger.write_bytes(LARGE)
    with pytest.raises(WriteError):
        append(ledger, [BLOCK], check=nothing_against, disk=LATER)
    assert (ledger.read_bytes(), only_ledger(ledger)) == (LARGE, True)


def test_a_file_system_that_cannot_be_asked_for_room_takes_a_large_ledger_all_the_same(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def allocate(_: int, __: int, ___: int) -> None:
        raise OSError(errno.EOPNOTSUPP, "no")

    monkeypatch.setattr(os, "posix_fallocate", allocate)
    ledger.write_bytes(LARGE)
    append(ledger, [BLOCK], check=nothing_against, disk=LATER)
    assert ledger.read_bytes() == LARGE + b"\n" + BLOCK.encode()


def test_a_ledger_that_never_rests_is_left_alone(ledger: Path) -> None:
    edits: list[bytes] = []

    def sync(_: int) -> None:
        edits.append(b"# %d\n" % len(edits))
        ledger.write_bytes(OLD + edits[-1])

    with pytest.raises(WriteError, match="was changed by another program"):
        append(ledger, [BLOCK], check=nothing_against, patience=0, disk=Disk(sync=sync))
    assert (len(edits), ledger.read_bytes(), only_ledger(ledger)) == (3, OLD + b"# 2\n", True)


def test_a_lock_held_too_long_is_told_with_who_holds_it(ledger: Path) -> None:
    with ledger.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(WriteError) as caught:
            append(ledger, [BLOCK], check=nothing_against, shown="e.toml", patience=0.05)
    message, hint = caught.value.message, caught.value.hint
    assert message.startswith("e.toml has been locked by ")
    assert message.endswith(" for more than 0.05 s; nothing was written")
    assert hint == "wait until it is done, or end it, and try again"
    assert ("another process" in message) or (f"process {os.getpid()} (" in message)
    assert ledger.read_bytes() == OLD


def test_the_lock_is_that_of_the_file_the_path_names(ledger: Path) -> None:
    with ledger.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        by_replacing(ledger, OLD)
        append(ledger, [BLOCK], check=nothing_against, patience=0)
    assert ledger.read_bytes() == OLD + b"\n" + BLOCK.encode()


def test_what_a_kill_left_is_cleared_and_what_is_in_use_stays(ledger: Path) -> None:
    dead = ledger.with_name(".events.toml.talkstrack-12345-0a1b2c3d.tmp")
    dead.write_bytes(b"half")
    foreign = ledger.with_name(".events.toml.talkstrack-x.tmp")
    foreign.write_bytes(b"mine")
    descriptor, live = create_beside(ledger)
    append(ledger, [BLOCK], check=nothing_against)
    assert names_in(ledger.parent) == sorted([ledger.name, foreign.name, live.name])
    os.close(descriptor)
    append(ledger, [BLOCK], check=nothing_against)
    assert names_in(ledger.parent) == sorted([ledger.name, foreign.name])


def test_there_must_be_a_file(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        append(tmp_path / "none.toml", [BLOCK], check=nothing_against)
    with pytest.raises(LedgerIsFolder):
        append(tmp_path, [BLOCK], check=nothing_against)
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(WriteError, match="could not be written"):
        append(tmp_path / "loop", [BLOCK], check=nothing_against)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError) as caught:
        append(tmp_path / "pipe", [BLOCK], check=nothing_against, shown="pipe")
    assert caught.value.message == "pipe could not be written: it is not a regular file; it is as it was before"


def test_a_new_ledger(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "events.toml"
    write_new(path, "[ledger]\nformat = 1\n")
    umask = os.umask(0)
    os.umask(umask)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, only_ledger(path)) == (OLD, 0o666 & ~umask, True)
    for taken in (path, path.parent):
        with pytest.raises(LedgerExists):
            write_new(taken, "other")
    dangling = tmp_path / "dangling.toml"
    dangling.symlink_to("nowhere")
    with pytest.raises(LedgerExists):
        write_new(dangling, "other")
    with pytest.raises(WriteError) as caught:
        write_new(path / "below.toml", "other", shown="e.toml/b.toml")
    assert caught.value.message == "e.toml/b.toml could not be written: not a directory; it is as it was before"
    assert (path.read_bytes(), names_in(tmp_path)) == (OLD, ["dangling.toml", "new"])


def test_a_new_ledger_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    write_new(tmp_path / "events.toml", OLD.decode())
    assert ((tmp_path / "events.toml").read_bytes(), names_in(tmp_path)) == (OLD, ["events.toml"])
    with pytest.raises(WriteError, match="the disk is full"):
        write_new(tmp_path / "other.toml", "x", disk=Disk(replace=refusing(errno.ENOSPC)))
    assert names_in(tmp_path) == ["events.toml"]


def test_a_new_ledger_on_a_full_disk(tmp_path: Path) -> None:
    def sync(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(WriteError, match="the disk is full"):
        write_new(tmp_path / "events.toml", "x", disk=Disk(sync=sync))
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "slug", "message", "hint"),
    [
        (
            errno.ENOSPC, "disk-full", "the disk is full; e.toml is as it was before",
            "make room: a copy of the ledger must fit beside it; then try again",
        ),
        (
            errno.EDQUOT, "disk-full", "your disk quota is used up; e.toml is as it was before",
            "make room, or ask for more; then try again",
        ),
        (
            errno.EFBIG, "disk-full", "a file may not grow so large here; e.toml is as it was before",
            "raise the limit (ulimit -f) or the file system's; then try again",
        ),
        (
            errno.EACCES, "no-permission", "you may not write to e.toml; it is as it was before",
            "see who may: ls -l e.toml; or name another ledger with -f",
        ),
        (
            errno.EROFS, "read-only", "e.toml is on a read-only file system; it is as it was before",
            "copy the ledger to a place that can be written, and name it with -f",
        ),
        (errno.EIO, "write-failed", "e.toml could not be written: input/output error; it is as it was before", None),
    ],
)  # fmt: skip
def test_every_failure_says_what_to_do(number: int, slug: str, message: str, hint: str | None) -> None:
    error = write_error(OSError(number, "x"), "e.toml")
    assert (error.slug, error.message, error.hint, error.exit_code) == (slug, message, hint, WRITE_REFUSED)


def test_a_lock_won_on_a_file_that_was_replaced_meanwhile_is_not_enough(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved, seen, calls, flock = OLD + b"# saved\n", list[bytes](), list[int](), fcntl.flock

    def late(descriptor: int, how: int) -> None:
        if not calls:
            by_replacing(ledger, saved)
        calls.append(descriptor)
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    append(ledger, [BLOCK], check=lambda change: seen.append(change.old))
    assert (seen, ledger.read_bytes()) == ([saved], saved + b"\n" + BLOCK.encode())


def test_where_there_are_no_locks_a_lock_file_does(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", none)
    append(ledger, [BLOCK], check=nothing_against)
    assert (ledger.read_bytes(), only_ledger(ledger)) == (OLD + b"\n" + BLOCK.encode(), True)
    held = ledger.with_name(".events.toml.talkstrack.lock")
    held.write_text(str(os.getpid()))
    with pytest.raises(WriteError, match="locked"):
        append(ledger, [BLOCK], check=nothing_against, patience=0)
    held.write_text(str(2**22 + 1))  # more than a process can have for a number
    append(ledger, [BLOCK], check=nothing_against)
    assert (ledger.read_bytes().count(b"[[event]]"), only_ledger(ledger)) == (2, True)
