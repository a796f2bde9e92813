"""Which ledger a command means."""

import os
import re
from pathlib import Path

import pytest

from talkstrack.ledger.reading.find import (
    LedgerPath,
    find_ledger,
    has_header,
    may_be_ledger,
    shipped_ledger,
    user_folder,
)
from talkstrack.ledger.reading.unreadable import LedgerUnusable

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


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" + "#" * 70_000 + "\n  [ ledger ] # here\n",
        "\ufeff" + LEDGER,
        '["ledger"]\nformat = 1\n',
        "[ 'ledger' ]\nformat = 1\n",
        "ledger.format = 1\n",
        '"ledger" . "format" = 1\n',
        "ledger = { format = 1 }\n",
        '"\\u006cedger".format = 1\n',
    ],
)
def test_the_table_is_found_in_whatever_form(text: str, tmp_path: Path, nobody: dict[str, str]) -> None:
    write(tmp_path / "events.toml")
    here = write(tmp_path / "here" / "events.toml", text)
    assert find_ledger(None, nobody, here.parent) == LedgerPath(here, "events.toml")


UNUSABLE = (
    ("no-table", "this file has no [ledger] table, so it is not a ledger", 1, 1),
    ("torn", "this is not TOML: Expected ']' at the end of a table declaration", 2, 8),
    ("utf-16", "this is a binary file, not text", 1, 4),
    ("empty", "the file is empty", 1, 1),
    ("link", "it is a symbolic link that leads nowhere", 1, 1),
    ("folder", "this is a folder, not a file", 1, 1),
    ("pipe", "it cannot be read: it is a device or a pipe, not a file", 1, 1),
)


def spoil(path: Path, how: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = {"no-table": "# [ledger]\nx = 1\n", "torn": "# mine\n[ledger\nformat = 1\n", "empty": ""}
    if how in texts:
        path.write_text(texts[how])
    elif how == "utf-16":
        path.write_bytes(LEDGER.encode("utf-16"))
    elif how == "link":
        path.symlink_to("/nowhere/events.toml")
    elif how == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)


@pytest.mark.parametrize("name", ["events.toml", "data/events.toml"])
@pytest.mark.parametrize(("how", "reason", "line", "column"), UNUSABLE, ids=[one[0] for one in UNUSABLE])
def test_one_that_cannot_be_used_is_never_passed_over(
    name: str, how: str, reason: str, line: int, column: int, tmp_path: Path, nobody: dict[str, str]
) -> None:
    write(tmp_path / "events.toml")  # the one above would be used instead
    here = tmp_path / "here"
    spoil(here / name, how)
    if name != "events.toml":
        write(here / "events.toml")
    with pytest.raises(LedgerUnusable) as caught:
        find_ledger(None, nobody, here)
    error = caught.value
    assert (error.message, error.line, error.column, error.exit_code) == (
        f"{name} is there, but {reason}", line, column, 3,
    )  # fmt: skip
    assert find_ledger("other.toml", nobody, here).shown == "other.toml"  # what is named is not looked for


def test_nor_is_it_where_only_the_shipped_one_is_left(tmp_path: Path, nobody: dict[str, str]) -> None:
    spoil(tmp_path / "events.toml", "torn")
    with pytest.raises(LedgerUnusable):
        find_ledger(None, nobody, tmp_path)


def test_nor_is_the_user_s_own(tmp_path: Path, nobody: dict[str, str]) -> None:
    own = tmp_path / "share" / "talkstrack" / "events.toml"
    spoil(own, "link")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(LedgerUnusable, match=re.escape(f"{own} is there, but it is a symbolic link")):
        find_ledger(None, nobody, empty)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert (has_header(tmp_path / "pipe"), may_be_ledger(tmp_path / "pipe")) == (False, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LEDGER, True), ("[ledger", True), ("# mine\n[ ledger # torn\n", True), ("[ledgers]\n", False),
        ("the\nledger. It says\n", False), ('{"ledger": {"format": 1}}', False), ("ledger = 1\n", False),
    ],
)  # fmt: skip
def test_what_may_be_a_ledger(text: str, expected: bool, tmp_path: Path) -> None:
    assert may_be_ledger(write(tmp_path / "x", text)) is expected


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
