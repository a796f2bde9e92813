"""What a ledger says, at hand or read from its file as far as it is asked for."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from talkstrack.ledger.writing.refused import WriteError
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes

TEXT = b"one\ntwo\nthree\n" * 50_000


@contextmanager
def at_hand(_: Path) -> Iterator[LedgerBytes]:
    yield LedgerBytes.of(TEXT)


@contextmanager
def in_a_file(folder: Path) -> Iterator[LedgerBytes]:
    (folder / "x").write_bytes(TEXT)
    descriptor = os.open(folder / "x", os.O_RDONLY)
    try:
        yield LedgerBytes(len(TEXT), descriptor=descriptor, shown="x")
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("kept", [at_hand, in_a_file])
def test_it_says_the_same_wherever_it_is_kept(
    tmp_path: Path, kept: Callable[[Path], AbstractContextManager[LedgerBytes]]
) -> None:
    with kept(tmp_path) as content:
        assert (content.size, content.is_held) == (len(TEXT), kept is at_hand)
        assert [content.part(4, 7), content.part(len(TEXT) - 6), content.part(9, 2)] == [b"two", b"three\n", b""]
        assert b"".join(map(bytes, content.slices())) == TEXT == b"".join(map(bytes, content.slices()))
        assert content.part(len(TEXT) - 6) == b"three\n"
        assert content.whole == TEXT
        assert content.last_line == TEXT.count(b"\n") + 1
        content.know(len(TEXT) - 6, 7)
        assert content.last_line == 8


def test_a_file_that_cannot_be_read_is_told_by_its_name(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "x", os.O_WRONLY | os.O_CREAT)
    try:
        with pytest.raises(WriteError) as caught:
            LedgerBytes(1, descriptor=descriptor, shown="e.toml").part(0)
    finally:
        os.close(descriptor)
    assert caught.value.message == "e.toml could not be written: bad file descriptor; it is as it was before"
