"""`init`: a new ledger, and nothing overwritten."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from desk import Desk
from talkstrack.errors import USAGE, WRITE_REFUSED
from talkstrack.ledger.checking.check import warnings
from talkstrack.ledger.reading.read import read_text
from talkstrack.ledger.writing.template import EXAMPLE, beginning
from talkstrack.model.entries import KINDS
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot

DAY = date(2025, 6, 30)
NEXT = "next: talkstrack register party CODE NAME; then: talkstrack add\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, None)


def test_a_new_ledger_in_this_folder(desk: Desk) -> None:
    said = "a new ledger in events.toml, with a commented example of every kind\n"
    assert desk.run("init", "--title", 'The "Midway" talks', "--covers", "2025-06-01") == (
        0, "events.toml\n", said + NEXT,
    )  # fmt: skip
    assert desk.text.endswith('[ledger]\nformat = 1\ntitle = "The \\"Midway\\" talks"\ncovers = 2025-06-01\n')
    assert (desk.read.problems, desk.read.events) == ((), ())
    assert desk.run("check").err == "0 events: no errors, no warnings\n"


def test_the_example_has_every_kind_and_passes_the_check() -> None:
    ledger = read_text(f"{EXAMPLE.read_text(encoding='utf-8')}\n[ledger]\nformat = 1\n", "events.toml")
    assert [(problem.line, problem.message) for problem in ledger.problems] == []
    assert {event.kind for event in ledger.events} == set(KINDS)
    snapshot = Snapshot(current_revisions(ledger.events, ledger.register), ledger.register, DAY.toordinal())
    warned = list(warnings(snapshot))
    assert [fault.message for _, fault in warned] == []
    assert beginning().count("\n[") == 1


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("talks", "talks/events.toml"),
        ("deep/er", "deep/er/events.toml"),
        ("my.toml", "my.toml"),
        ("data/events.toml", "data/events.toml"),
        (".", "events.toml"),
    ],
)
def test_a_path_is_a_folder_or_a_file(desk: Desk, path: str, shown: str) -> None:
    assert desk.run("init", path).out == f"{shown}\n"
    assert (desk.folder / shown).read_text().endswith("[ledger]\nformat = 1\n#title = \"...\"\n#covers = 2025-06-01  "
                                                      "# complete from this day on\n")  # fmt: skip


def test_the_users_own_place(desk: Desk) -> None:
    own = desk.folder / ".data" / "talkstrack" / "events.toml"
    assert desk.run("init", "--user").out == f"{own}\n"
    first = beginning().count("\n") + 2
    said = desk.run("register", "party", "UKR", "Ukraine").err
    assert said == f"added to {own}, lines {first} to {first + 1}\n"
    assert desk.refused("init", "--user", "x")[0] == USAGE


@pytest.mark.parametrize("standing", ["events.toml", "data/events.toml"])
def test_nothing_is_overwritten(desk: Desk, standing: str) -> None:
    (desk.folder / standing).parent.mkdir(exist_ok=True)
    (desk.folder / standing).write_text("[ledger]\nformat = 1\n")
    code, said = desk.refused("init")
    assert (code, said) == (WRITE_REFUSED, f"error[ledger-exists]: there is a {standing} already; it was left as it is\n"
                            "hint: name another path, or add to it\n")  # fmt: skip
    assert (desk.folder / standing).read_text() == "[ledger]\nformat = 1\n"


def test_another_file_is_not_overwritten_either(desk: Desk) -> None:
    desk.ledger.write_text("mine")
    assert desk.refused("init")[0] == WRITE_REFUSED
    assert desk.text == "mine"


def test_git_is_set_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(desk.folder.parent))
    for name in [name for name in os.environ if name.startswith("GIT_") and "CEILING" not in name]:
        monkeypatch.delenv(name)
    code, said = desk.refused("init", "--git")
    assert (code, "error[no-repository]" in said, desk.ledger.exists()) == (WRITE_REFUSED, True, False)
    subprocess.run(["git", "init", "-q"], cwd=desk.folder, check=True)
    assert desk.says("init", "--git") == (
        "added `/events.toml merge=talkstrack` to .gitattributes; commit it\n"
        "set merge.talkstrack.name in the repository's configuration\n"
        "set merge.talkstrack.driver in the repository's configuration\n"
        "a new ledger in events.toml, with a commented example of every kind\n" + NEXT
    )
    assert (desk.folder / ".gitattributes").read_text() == "/events.toml merge=talkstrack\n"
    assert desk.says("merge", "--install") == "the merge driver was set up already\n"
