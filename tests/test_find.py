"""Which ledger a command means."""

import os
from pathlib import Path

import pytest

from talkstrack.ledger.reading.find import LedgerPath, find_ledger, has_header, shipped_ledger, user_folder

LEDGER = "[ledger]\nformat = 1\n"


@pytest.fixture
def nobody(tmp_path: Path) -> dict[str, str]:
    """An environment of a user who has no ledger."""
    return {"XDG_DATA_HOME": str(tmp_path / "share"), "HOME": str(tmp_path / "home")}


def write(path: Path, text: str = LEDGER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_one_given_wins_and_need_not_exist(tmp_path: Path, nobody: dict[str, str]) -> None:
    write(tmp_path / "events.toml")
    nobody["TALKSTRACK_LEDGER"] = "other.toml"
    assert find_ledger("a/b.toml", nobody, tmp_path) == LedgerPath(tmp_path / "a/b.toml", "a/b.toml")
    assert find_ledger(None, nobody, tmp_path) == LedgerPath(tmp_path / "other.toml", "other.toml")
    assert find_ledger("/x/y.toml", nobody, tmp_path) == LedgerPath(Path("/x/y.toml"), "/x/y.toml")
    assert find_ledger("~/y.toml", nobody, tmp_path) == LedgerPath(tmp_path / "home" / "y.toml", "~/y.toml")


def test_the_nearest_folder_wins_and_data_comes_first(tmp_path: Path, nobody: dict[str, str]) -> None:
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    top = write(tmp_path / "data" / "events.toml")
    assert find_ledger(None, nobody, here) == LedgerPath(top, os.path.join("..", "..", "data", "events.toml"))  # noqa: PTH118
    middle = write(tmp_path / "a" / "events.toml")
    assert find_ledger(None, nobody, here) == LedgerPath(middle, os.path.join("..", "events.toml"))  # noqa: PTH118
    write(here / "events.toml")
    nearest = write(here / "data" / "events.toml")
    assert find_ledger(None, nobody, here) == LedgerPath(nearest, os.path.join("data", "events.toml"))  # noqa: PTH118


def test_a_file_without_a_ledger_table_is_passed_over(tmp_path: Path, nobody: dict[str, str]) -> None:
    write(tmp_path / "data" / "events.toml", "# [ledger]\nledger = 1\n")
    real = write(tmp_path / "events.toml", "x = 1\n" + "#" * 70_000 + "\n  [ ledger ] # here\n")
    assert find_ledger(None, nobody, tmp_path) == LedgerPath(real, "events.toml")


def test_then_the_user_s_own(tmp_path: Path, nobody: dict[str, str]) -> None:
    own = write(tmp_path / "share" / "talkstrack" / "events.toml")
    empty = tmp_path / "empty"
    empty.mkdir()
    found = find_ledger(None, nobody, empty)
    assert (found, found.notice) == (LedgerPath(own, str(own)), None)


def test_else_the_shipped_one_which_says_so(tmp_path: Path, nobody: dict[str, str]) -> None:
    found = find_ledger("", nobody, tmp_path)
    assert found == LedgerPath(shipped_ledger(), str(shipped_ledger()), is_shipped=True)
    assert found.notice == "no ledger here: showing the one that came with talkstrack, read-only"


def test_a_folder_or_nothing_has_no_header(tmp_path: Path) -> None:
    assert [has_header(path) for path in (tmp_path, tmp_path / "none", write(tmp_path / "x"))] == [False, False, True]


def test_the_header_is_found_across_two_reads(tmp_path: Path) -> None:
    edge = write(tmp_path / "edge", "#" * 65_532 + "\n[ledger]\n")
    assert has_header(edge)


def test_the_platform_s_folder_is_asked_only_without_xdg() -> None:
    assert user_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/talkstrack")
    assert user_folder({}).name == "talkstrack"
