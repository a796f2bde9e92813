"""What a ledger says is text to a shell too: Tab completes an id, and runs nothing out of a title or a tag."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tomli_w

from desk import HEADER

NASTY = (
    "Talks \\$(touch PWNED) resume \\`touch PWNED\\` again", "$(touch PWNED)", "`touch PWNED`", "${(e):-$(touch PWNED)}",
    '"; touch PWNED; "', "'; touch PWNED; '", "'$(touch PWNED)'", '"$(touch PWNED)"', "Ends with \\", "a: b: c", "\\:",
    "x)) y", "((", "[/x] [bold]y[/bold]", "50% off %F{red}", "!! ~ * ? < > | & ; # = {a,b}", "two\nlines\ttab",
    "\x1b]0;owned\x07", "Talks in Kyїв — “so”", "-rf", "=ls",
)  # fmt: skip

_ITEM = r'"[\w./,+@-]+":"(?:[^\\"\'$`:\x00-\x1f]|\\\\:)*"'
_EVALUATED = re.compile(rf"_arguments '\*: :\(\({_ITEM}(?:\n{_ITEM})*\)\)'\n")
"""All that zsh may be given: words and texts in quotes, with nothing in them that it would evaluate."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a ledger that means ill, and a `talkstrack` to be found by a shell."""
    events = [
        {"id": f"odd-{number}", "kind": "statement", "date": "2025-07-01", "title": text, "by": "UKR", "tags": [text]}
        for number, text in enumerate(NASTY, 1)
    ]
    parties = {f"P{number}": {"name": text} for number, text in enumerate(NASTY, 1)}
    sources = {text: {"publisher": text} for text in NASTY} | {"ok": {"publisher": NASTY[0]}}
    tables = tomli_w.dumps({"event": [*events, {**events[0], "id": "even", "tags": ["prisoners"]}]})
    register = tomli_w.dumps({"party": parties, "source": sources})
    (tmp_path / "events.toml").write_text(f"{HEADER}\n{register}\n{tables}", encoding="utf-8")
    program = tmp_path / "bin" / "talkstrack"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m talkstrack "$@"\n')
    program.chmod(0o755)
    return tmp_path


def environ(folder: Path, **more: str) -> dict[str, str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "HOME": str(folder), "ZDOTDIR": str(folder), "TERM": "dumb", "COLUMNS": "200"}
    return {**os.environ, **own, "TALKSTRACK_CACHE": str(folder / ".cache"), **more}


def completed(folder: Path, shell: str, typed: str) -> str:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split(" ")) - 1), "_TYPER_COMPLETE_ARGS": typed}
    asked = environ(folder, _TALKSTRACK_COMPLETE=f"complete_{shell}", _TYPER_COMPLETE_FISH_ACTION="get-args", **words)
    program = folder / "bin" / "talkstrack"
    return subprocess.run([program], cwd=folder, env=asked, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("show odd", [f"odd-{number}" for number in range(1, len(NASTY) + 1)]),
        ("timeline --party P", [f"P{number}" for number in range(1, len(NASTY) + 1)]),
        ("timeline --tag p", ["prisoners"]),
        ("timeline --source o", ["ok"]),
    ],
)
def test_zsh_is_given_nothing_to_evaluate(folder: Path, typed: str, words: list[str]) -> None:
    given = completed(folder, "zsh", f"talkstrack {typed}")
    assert _EVALUATED.fullmatch(given)
    assert sorted(re.findall(r'^(?:.*\(\()?"([^"]*)":', given, re.MULTILINE)) == sorted(words)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "pwsh"])
@pytest.mark.parametrize("option", ["--tag", "--source"])
def test_a_word_that_a_shell_would_run_is_not_offered(folder: Path, shell: str, option: str) -> None:
    given = completed(folder, shell, f"talkstrack timeline {option} ")
    assert ("prisoners" if option == "--tag" else "liga-2025-07-23") in given
    words = [re.split(r"\t|:::", line)[0] for line in given.splitlines()] if shell != "zsh" else []
    assert all(re.fullmatch(r"[\w./,+@-]+", word) for word in words)
    assert not set("$`\x1b\x07") & set(given)


def test_what_was_typed_before_a_comma_is_not_given_back_to_be_run(folder: Path) -> None:
    assert "PWNED" not in completed(folder, "zsh", "talkstrack timeline --kind '$(touch PWNED)',ta")
    assert "PWNED" not in completed(folder, "zsh", "talkstrack timeline --status '$(touch PWNED)',he")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize("typed", ["show odd", "timeline --tag ", "timeline --source ", "timeline --party P"])
def test_tab_and_enter_in_bash(folder: Path, typed: str) -> None:
    asked = environ(folder, _TALKSTRACK_COMPLETE="source_bash")
    script = subprocess.run(["talkstrack"], cwd=folder, env=asked, capture_output=True, text=True, check=True).stdout
    words = ["talkstrack", *typed.split(" ")]
    line = " ".join(f"'{word}'" for word in words)
    drive = (
        f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}\n_talkstrack_completion talkstrack\n"
        'for word in "${COMPREPLY[@]}"; do eval "true $word"; done; echo "${#COMPREPLY[@]}"\n'
    )
    ran = subprocess.run(
        ["bash", "--norc", "-c", drive], cwd=folder, env=environ(folder), capture_output=True, text=True, check=True
    )
    assert (int(ran.stdout) > 0, ran.stderr, (folder / "PWNED").exists()) == (True, "", False)


_ZSHRC = """\
PS1='READY> '
setopt NO_BEEP
autoload -Uz compinit; compinit -u -D
eval "$(_TALKSTRACK_COMPLETE=source_zsh talkstrack)"
"""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh")
@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        *((f"talkstrack show odd-{number}", f"odd-{number} ") for number in (1, 2, 9)),
        ("talkstrack show odd-", "-- a: b: c"),  # several are listed, with their titles
        ("talkstrack show ev", "even "),
        ("talkstrack timeline --tag pri", "prisoners "),
    ],
)
def test_tab_in_zsh(folder: Path, typed: str, seen: str) -> None:
    (folder / ".zshrc").write_text(_ZSHRC)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe("zsh", ["zsh", "-i"], environ(folder))
    try:
        until(terminal, "READY> ")
        os.write(terminal, typed.encode() + b"\t")
        shown = until(terminal, seen)
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    assert "(eval)" not in shown and "zsh:" not in shown
    assert not (folder / "PWNED").exists()


def until(terminal: int, wanted: str) -> str:
    """Return what a terminal shows until it shows this."""
    shown, end = b"", time.monotonic() + 30
    while wanted not in shown.decode(errors="replace") and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536)
    text = shown.decode(errors="replace")
    assert wanted in text
    return text
