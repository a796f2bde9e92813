"""`merge`: the driver as git calls it, with the real program in a real repository."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk import AGREEMENT, EXCHANGE, HEADER, Desk
from talkstrack.errors import USAGE
from talkstrack.ledger.merging import merge as merge_module
from talkstrack.ledger.reading.read import read_text

SOURCE = str(Path(merge_module.__file__).parents[2])
OTHER = EXCHANGE.replace("2025-07-23", "2025-08-14", 2).replace("246", "248")


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep git away from the user's configuration, and from a repository around the temporary folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": str(tmp_path),
        "HOME": str(tmp_path), "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "LC_ALL": "C.UTF-8", "PYTHONPATH": SOURCE,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "repo").mkdir()
    return Desk(tmp_path / "repo", HEADER + AGREEMENT)


def git(desk: Desk, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(["git", *arguments], cwd=desk.folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def repository(desk: Desk) -> None:
    git(desk, "init", "-q", "-b", "main")
    desk.says("merge", "--install", "-f", "events.toml")
    git(desk, "add", "events.toml", ".gitattributes")
    git(desk, "commit", "-q", "-m", "begin")


def test_three_files_are_merged_into_ours(desk: Desk) -> None:
    for name, text in (("base", ""), ("ours", EXCHANGE), ("theirs", OTHER)):
        (desk.folder / name).write_text(HEADER + AGREEMENT + text)
    assert desk.run("merge", "base", "ours", "theirs") == (0, "", "")
    merged = (desk.folder / "ours").read_text()
    assert merged == HEADER + AGREEMENT + EXCHANGE + OTHER
    assert (desk.folder / "theirs").read_text() == HEADER + AGREEMENT + OTHER


def test_a_conflict_is_told_and_marked(desk: Desk) -> None:
    for name, text in (("base", ""), ("ours", EXCHANGE), ("theirs", EXCHANGE.replace("246", "248"))):
        (desk.folder / name).write_text(HEADER + AGREEMENT + text)
    ran = desk.run("merge", "base", "ours", "theirs", "--marker-size", "9", "--path", "data/events.toml")
    assert (ran.code, ran.out, ran.err.startswith("data/events.toml:30:1: conflict[")) == (1, "", True), ran
    merged = (desk.folder / "ours").read_text()
    assert "\n<<<<<<<<< " in merged
    assert desk.run("check", "ours").code == 1


def test_nothing_written_passes_through_as_129(desk: Desk) -> None:
    ran = desk.run("merge", "base", "ours", "theirs")
    assert (ran.code, ran.err.startswith("ours: cannot be merged: ")) == (129, True), ran


@pytest.mark.parametrize("args", [(), ("a", "b"), ("a", "b", "c", "d"), ("--install", "a")])
def test_a_wrong_number_of_files(desk: Desk, args: tuple[str, ...]) -> None:
    assert desk.refused("merge", *args)[0] == USAGE


def test_git_merges_two_branches_with_it(desk: Desk) -> None:
    repository(desk)
    add = ("add", "exchange", "Ours", "--date", "2025-08-14", "-s", "liga-2025-07-23")
    git(desk, "checkout", "-q", "-b", "other")
    desk.says("register", "party", "TUR", "Turkiye")
    desk.says(*add, "--to", "RUS=84", "--id", "theirs")
    desk.says("revise", "agreement-2", "--set", "place=Istanbul", "-m", "it was left out")
    git(desk, "commit", "-qam", "theirs")
    git(desk, "checkout", "-q", "main")
    desk.says(*add, "--to", "UKR=84", "--id", "ours")
    git(desk, "commit", "-qam", "ours")
    git(desk, "merge", "-q", "-m", "both", "other")
    merged = read_text(desk.text, "events.toml")
    assert merged.problems == ()
    assert sorted((event.id, event.revision) for event in merged.events) == [
        ("agreement-2", 1), ("agreement-2", 2), ("ours", 1), ("theirs", 1),
    ]  # fmt: skip
    assert "TUR" in merged.register.parties


def test_git_stops_where_both_sides_say_otherwise(desk: Desk) -> None:
    repository(desk)
    for branch, count in (("other", "84"), ("main", "90")):
        git(desk, "checkout", "-q", *(("-b", branch) if branch == "other" else (branch,)))
        desk.says("add", "exchange", "One", "--date", "2025-08-14", "--to", f"UKR={count}")
        git(desk, "commit", "-qam", branch)
    said = git(desk, "merge", "other", code=1)
    assert "conflict[both-added]: exchange-2025-08-14 was added on both sides" in said
    assert "CONFLICT (content): Merge conflict in events.toml" in said
    assert "<<<<<<< " in desk.text
    assert ("count = 84" in desk.text, "count = 90" in desk.text) == (True, True)


def test_the_driver_runs_as_git_calls_it(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "talkstrack", "merge", "no", "such", "file"],
        cwd=desk.folder, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 129
