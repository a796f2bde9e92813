"""The merge driver under git itself, and setting it up in a repository."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from talkstrack.ledger.merging import merge as merge_module
from talkstrack.ledger.merging.install import (
    ALREADY,
    InstallError,
    driver_command,
    install,
)
from talkstrack.ledger.reading.read import read_text

SOURCE = str(Path(merge_module.__file__).parents[2])
DRIVER = f"{shlex.quote(sys.executable)} -P -m talkstrack merge %O %A %B --marker-size %L --path %P"
NAME = "data/events.toml"
HEAD = """\
[ledger]
format = 1

[party.UKR]
name = "Ukraine"

[party.RUS]
name = "Russia"
"""


def event(name: str, count: int = 5, extra: str = "") -> str:
    return (
        f'\n[[event]]\nid = "{name}"\nkind = "exchange"\ndate = 2025-07-23\ntitle = "Stage"\n'
        f'{extra}[[event.transfer]]\nto = "UKR"\ncount = {count}\n'
    )


def revision(name: str, number: int, count: int) -> str:
    return event(name, count, f'revision = {number}\nbecause = "counted"\nrecorded = 2025-08-0{number}\n')


def party(code: str) -> str:
    return f'\n[party.{code}]\nname = "The {code}"\n'


BASE = HEAD + event("a") + event("b")


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep git away from the user's configuration, and from a repository around the temporary folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_EDITOR": "true",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": SOURCE,
    }.items():
        monkeypatch.setenv(name, value)


class Repository:
    """A repository with a ledger that is merged by the driver."""

    def __init__(self, top: Path, text: str = BASE, attributes: str = "", driver: str = DRIVER) -> None:
        self.top = top
        self.ledger = top / NAME
        self.ledger.parent.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "merge.talkstrack.driver", driver)
        (top / ".gitattributes").write_text(f"{NAME} merge=talkstrack {attributes}\n")
        self.commit(text)

    def git(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.top, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def commit(self, text: str, branch: str | None = None, start: str | None = None) -> None:
        if branch:
            self.git("checkout", "-q", *(["-b", branch, start] if start else [branch]))
        self.ledger.write_bytes(text.encode())
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def on(self, branch: str, *arguments: str, code: int = 0) -> str:
        self.git("checkout", "-q", branch)
        return self.git(*arguments, code=code)

    @property
    def text(self) -> str:
        return self.ledger.read_bytes().decode()

    def is_clean(self) -> bool:
        return self.git("status", "--porcelain") == "" and read_text(self.text, NAME).errors == ()


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "a repo")


def diverge(repo: Repository, ours: str, theirs: str) -> None:
    repo.commit(ours, "ours", "main")
    repo.commit(theirs, "theirs", "main")


# --------------------------------------------------------------------------------------- merge


def test_events_and_entries_of_two_branches_are_merged(repo: Repository) -> None:
    ours = HEAD + party("TUR") + event("a") + event("b") + event("x") + revision("a", 2, 6)
    theirs = HEAD + party("USA") + event("a") + event("b") + event("y") + revision("b", 2, 7)
    diverge(repo, ours, theirs)
    repo.on("ours", "merge", "-q", "theirs")
    assert repo.text == (
        HEAD + party("TUR") + party("USA") + event("a") + event("b")
        + event("x") + revision("a", 2, 6) + event("y") + revision("b", 2, 7)
    )  # fmt: skip
    assert repo.is_clean()


def test_one_id_in_two_ways_stops_the_merge(repo: Repository) -> None:
    diverge(repo, BASE + event("x", 1245), BASE + event("x", 1248) + event("y"))
    said = repo.on("ours", "merge", "-q", "theirs", code=1)
    line = BASE.count("\n") + 2
    assert f"{NAME}:{line}:1: conflict[both-added]: x was added on both sides: count 1245 here, 1248 there\n" in said
    ours, theirs = event("x", 1245).lstrip("\n"), event("x", 1248).lstrip("\n")
    assert repo.text == f"{BASE}\n<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n{event('y')}"
    assert repo.git("status", "--porcelain") == f"UU {NAME}\n"
    assert next(one.slug for one in read_text(repo.text, NAME).errors) == "syntax"
    repo.commit(BASE + event("x", 1248) + event("y"))
    assert repo.is_clean()


def test_a_revision_of_both_branches_stops_the_merge(repo: Repository) -> None:
    diverge(repo, BASE + revision("a", 2, 1), BASE + revision("a", 2, 2))
    said = repo.on("ours", "merge", "-q", "theirs", code=1)
    assert "a was revised on both sides: count 1 here, 2 there\n" in said


def test_a_reference_that_the_other_branch_breaks_stops_the_merge(repo: Repository) -> None:
    diverge(repo, HEAD + event("a"), BASE + event("x", 5, 'about = "b"\n'))
    said = repo.on("ours", "merge", "-q", "theirs", code=1)
    assert "conflict[new-error]: together the sides are wrong: there is no event `b` [unknown-event]\n" in said
    assert repo.text == HEAD + event("a") + event("x", 5, 'about = "b"\n')
    assert repo.git("status", "--porcelain") == f"UU {NAME}\n"


def test_a_ledger_that_both_branches_started_is_merged(tmp_path: Path) -> None:
    """There is no base: git hands over an empty file."""
    repo = Repository(tmp_path / "r")
    repo.git("rm", "-q", NAME)
    repo.git("commit", "-q", "-m", "x")
    for branch, name in (("ours", "x"), ("theirs", "y")):
        repo.git("checkout", "-q", "-b", branch, "main")
        repo.ledger.parent.mkdir(exist_ok=True)
        repo.commit(BASE + event(name))
    repo.on("ours", "merge", "-q", "theirs")
    assert repo.text == BASE + event("x") + event("y")


def test_crlf_and_bom_are_kept(tmp_path: Path) -> None:
    base, ours, theirs, both = (
        "\ufeff" + (BASE + more).replace("\n", "\r\n") for more in ("", event("x"), event("y"), event("x") + event("y"))
    )
    repo = Repository(tmp_path / "r", base, "-text")
    diverge(repo, ours, theirs)
    repo.on("ours", "merge", "-q", "theirs")
    assert repo.text == both


def test_the_marker_size_of_the_attributes_is_used(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "r", BASE, "conflict-marker-size=12")
    diverge(repo, BASE + event("x", 1), BASE + event("x", 2))
    repo.on("ours", "merge", "-q", "theirs", code=1)
    assert [line for line in repo.text.split("\n") if line[:1] in tuple("<=>")] == [
        "<" * 12 + " ours", "=" * 12, ">" * 12 + " theirs",
    ]  # fmt: skip


# ----------------------------------------------------------------------- rebase, cherry-pick, stash


def test_commits_are_rebased_one_by_one(repo: Repository) -> None:
    repo.commit(BASE + event("x") + revision("a", 2, 6), "theirs", "main")
    repo.commit(BASE + event("y"), "ours", "main")
    repo.commit(BASE + event("y") + event("z"))
    repo.commit(BASE + event("y") + event("z") + revision("b", 2, 7))
    repo.on("ours", "rebase", "-q", "theirs")
    assert repo.text == BASE + event("x") + revision("a", 2, 6) + event("y") + event("z") + revision("b", 2, 7)
    assert repo.git("rev-list", "--count", "main..ours") == "4\n"
    assert repo.is_clean()


def test_a_picked_commit_stands_once_after_the_merge(repo: Repository) -> None:
    repo.commit(BASE + event("x"), "theirs", "main")
    repo.commit(BASE + event("x") + event("y"))
    repo.commit(BASE + event("z"), "ours", "main")
    repo.git("cherry-pick", "theirs")
    assert repo.text == BASE + event("z") + event("y")
    repo.git("merge", "-q", "theirs")
    assert sorted(one.id for one in read_text(repo.text, NAME).events) == ["a", "b", "x", "y", "z"]
    assert repo.is_clean()


def test_what_was_stashed_comes_back_beside_what_was_added(repo: Repository) -> None:
    repo.ledger.write_text(BASE + event("x"))
    repo.git("stash", "-q")
    repo.commit(BASE + event("y"))
    repo.git("stash", "pop", "-q")
    assert repo.text == BASE + event("y") + event("x")


# ---------------------------------------------------------------------------------- criss-cross


def crossed(repo: Repository, ours: str, theirs: str) -> None:
    """Merge two branches into each other from where they stood, so that both merges are bases of the next."""
    diverge(repo, ours, theirs)
    repo.git("branch", "ours-1", "ours")
    repo.git("branch", "theirs-1", "theirs")


def test_branches_merged_into_each_other_merge_again(repo: Repository) -> None:
    crossed(repo, BASE + event("x"), BASE + event("y"))
    repo.on("ours", "merge", "-q", "theirs-1")
    repo.commit(repo.text + event("ours2"))
    repo.on("theirs", "merge", "-q", "ours-1")
    repo.commit(repo.text + event("theirs2"))
    assert len(repo.git("merge-base", "--all", "ours", "theirs").split()) == 2
    repo.on("ours", "merge", "-q", "theirs")
    ends = event("ours2") + event("theirs2")
    orders = (event("x") + event("y"), event("y") + event("x"))  # each branch has one of them, and so has their base
    assert repo.text in [BASE + order + ends for order in orders]
    assert repo.is_clean()


def test_a_conflict_settled_in_both_branches_leaves_a_base_with_markers(repo: Repository) -> None:
    """Settled alike it is no conflict again; settled differently it is one, about that block alone."""
    crossed(repo, BASE + event("x", 1), BASE + event("x", 2))
    repo.on("ours", "merge", "-q", "theirs-1", code=1)
    repo.commit(BASE + event("x", 2) + event("y"))
    repo.on("theirs", "merge", "-q", "ours-1", code=1)
    repo.commit(BASE + event("x", 2) + event("z"))
    repo.git("branch", "alike", "ours")
    repo.on("alike", "merge", "-q", "theirs")
    assert repo.text == BASE + event("x", 2) + event("y") + event("z")
    assert repo.is_clean()
    repo.commit(BASE + event("x", 3) + event("z"), "theirs")
    said = repo.on("ours", "merge", "-q", "theirs", code=1)
    assert "x was added on both sides: count 2 here, 3 there\n" in said
    assert repo.text.count("<<<<<<<") == 1 and repo.text.endswith(event("y") + event("z"))


# -------------------------------------------------------------------------------------- install


def bare_repository(top: Path) -> Path:
    (top / "data").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(top)], check=True)
    (top / NAME).write_text(BASE)
    return top


def configured(top: Path, key: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(top), "config", "--get-all", key], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def test_install_sets_up_attributes_and_configuration_once(tmp_path: Path) -> None:
    top = bare_repository(tmp_path / "r")
    assert install(top) == [
        "added `data/events.toml merge=talkstrack` to .gitattributes; commit it",
        "set merge.talkstrack.name in the repository's configuration",
        "set merge.talkstrack.driver in the repository's configuration",
    ]
    assert (top / ".gitattributes").read_bytes() == b"data/events.toml merge=talkstrack\n"
    assert configured(top, "merge.talkstrack.driver") == driver_command() + "\n"
    assert install(top) == [ALREADY]
    assert install(top, python="/elsewhere/python") == ["set merge.talkstrack.driver in the repository's configuration"]
    assert configured(top, "merge.talkstrack.driver") == driver_command("/elsewhere/python") + "\n"
    assert (top / ".gitattributes").read_bytes() == b"data/events.toml merge=talkstrack\n"


def test_the_driver_is_the_interpreter_itself() -> None:
    assert driver_command("/opt/my py/100%/python").startswith(
        "'/opt/my py/100%%/python' -P -m talkstrack merge %O %A %B --marker-size %L --path %P || "
    )
    assert driver_command().startswith(shlex.quote(sys.executable))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"*.png binary", b"*.png binary\ndata/events.toml merge=talkstrack\n"),
        (b"# x\r\n*.png binary\r\n", b"# x\r\n*.png binary\r\ndata/events.toml merge=talkstrack\r\n"),
        (b"*.toml merge=union\n", b"*.toml merge=union\ndata/events.toml merge=talkstrack\n"),
        (b"*.toml merge=talkstrack\n", b"*.toml merge=talkstrack\n"),
    ],
)
def test_install_keeps_the_other_attributes(tmp_path: Path, before: bytes, after: bytes) -> None:
    top = bare_repository(tmp_path / "r")
    (top / ".gitattributes").write_bytes(before)
    for _ in range(2):
        install(top)
        assert (top / ".gitattributes").read_bytes() == after


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("events.toml", "/events.toml"),
        ("talks/2025.toml", "talks/2025.toml"),
        ("my talks/a[1]*.toml", '"my talks/a\\\\[1]\\\\*.toml"'),
        ("#x/!e.toml", "/#x/!e.toml"),
        ('quo"te\t.toml', '"/quo\\"te\\011.toml"'),
        ("переговори/події.toml", "переговори/події.toml"),
    ],
)
def test_install_names_the_one_ledger(tmp_path: Path, name: str, pattern: str) -> None:
    top = bare_repository(tmp_path / "r")
    path = top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BASE)
    install(top, path)
    assert (top / ".gitattributes").read_text() == f"{pattern} merge=talkstrack\n"
    assert install(top, path) == [ALREADY]


def test_install_finds_the_ledger_from_a_folder_below_and_in_a_worktree(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "r")
    repo.git("rm", "-q", ".gitattributes")
    repo.git("commit", "-q", "-m", "x")
    repo.git("worktree", "add", "-q", "../tree", "-b", "other")
    (tmp_path / "tree" / "notes" / "deep").mkdir(parents=True)
    install(tmp_path / "tree" / "notes" / "deep")
    assert (tmp_path / "tree" / ".gitattributes").read_text() == f"{NAME} merge=talkstrack\n"
    assert not (repo.top / ".gitattributes").exists()
    assert configured(repo.top, "merge.talkstrack.driver") == driver_command() + "\n"
    (repo.top / "sub" / "data").mkdir(parents=True)
    (repo.top / "sub" / NAME).write_text(BASE)
    install(repo.top / "sub")
    assert (repo.top / ".gitattributes").read_text() == f"sub/{NAME} merge=talkstrack\n"


def test_install_refuses_what_it_cannot_set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = bare_repository(tmp_path / "r")
    (tmp_path / "plain").mkdir()
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "bare")], check=True)
    with pytest.raises(InstallError, match="is not in a git repository"):
        install(tmp_path / "plain")
    with pytest.raises(InstallError, match="is not in a git repository"):
        install(tmp_path / "none")
    with pytest.raises(InstallError, match="is not in a git repository"):
        install(top / ".git")
    with pytest.raises(InstallError, match="is a bare repository"):
        install(tmp_path / "bare")
    with pytest.raises(InstallError, match="is not in the repository"):
        install(top, tmp_path / "plain" / "events.toml")
    (top / "data" / ".gitattributes").write_text("*.toml merge=union\n")
    with pytest.raises(InstallError, match=r"another attribute gives data/events\.toml merge=union"):
        install(top)
    monkeypatch.setenv("PATH", str(tmp_path / "plain"))
    with pytest.raises(InstallError, match="git is not installed"):
        install(top)


def test_an_installed_driver_runs_from_a_path_with_spaces(tmp_path: Path) -> None:
    """A script stands for the interpreter, and hands the command line of the program on to it."""
    python = tmp_path / "my py's" / "python 3"
    python.parent.mkdir()
    python.write_text(
        '#!/bin/sh\n[ "$1 $2 $3 $4 $8" = "-P -m talkstrack merge --marker-size" ] || exit 99\n'
        f'exec {shlex.quote(sys.executable)} "$@"\n'
    )
    python.chmod(0o755)
    repo = Repository(tmp_path / "r")
    install(repo.top, python=str(python))
    diverge(repo, BASE + event("x"), BASE + event("y"))
    repo.on("ours", "merge", "-q", "theirs")
    assert repo.text == BASE + event("x") + event("y")


@pytest.mark.parametrize("python", ["/nowhere/python", "/bin/false"])
def test_where_talkstrack_has_gone_git_merges_and_says_so(tmp_path: Path, python: str) -> None:
    """Without this, git would take ours for the result of the merge."""
    repo = Repository(tmp_path / "r", driver=driver_command(python))
    diverge(repo, BASE + event("x", 1), BASE + event("y", 2))
    said = repo.on("ours", "merge", "-q", "theirs", code=1)
    assert "talkstrack cannot be run, so git merged by lines: look closely, and set it up again\n" in said
    assert 'id = "x"\n' in repo.text and 'id = "y"\n' in repo.text and "<<<<<<< ours\n" in repo.text
