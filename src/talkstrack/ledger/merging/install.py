"""Make a git repository merge its ledger with talkstrack, block by block."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import ClassVar, Final

from talkstrack.errors import WRITE_REFUSED, TalkstrackError
from talkstrack.ledger.reading.blocks import newline_of
from talkstrack.ledger.reading.find import NAMES, has_header

TITLE: Final = "talkstrack: ledgers, block by block"
ALREADY: Final = "the merge driver was set up already"


class InstallError(TalkstrackError):
    """The merge driver cannot be set up here."""

    slug = "no-merge-driver"
    exit_code: ClassVar[int] = WRITE_REFUSED


def install(repo: Path, ledger: Path | None = None, *, python: str = sys.executable) -> list[str]:
    """Set up the merge driver for a ledger, by default the one in the folder or above it; say what was changed.

    `.gitattributes` is to be committed; the configuration is each clone's own, so each clone needs this once.
    """
    if not repo.is_dir():
        raise _no_repository(repo, "there is no such folder")
    top = _top(repo)
    name = _name(ledger or _ledger_in(repo.resolve(), top), top)
    done = _attributes(top, name)
    for key, value in (("name", TITLE), ("driver", driver_command(python))):
        done += _configure(top, f"merge.talkstrack.{key}", value)
    return done or [ALREADY]


def driver_command(python: str = sys.executable) -> str:
    """Return what git is to run: talkstrack, or where that cannot be run its own merge, as a conflict.

    Without the second part ours alone would stand there, without markers. `-P`: what lies in the repository is
    not imported.
    """
    program = shlex.quote(python).replace("%", "%%")
    own = f"{program} -P -m talkstrack merge %O %A %B --marker-size %L --path %P"
    is_there = f"{program} -P -c 'import talkstrack' 2>/dev/null"
    missing = "talkstrack cannot be run, so git merged by lines: look closely, and set it up again"
    by_lines = "git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B"
    instead = f"echo {shlex.quote(missing)} >&2; {by_lines}; exit 1"
    return f"{own} || {{ code=$?; {is_there} && exit $code; {instead}; }}"


def _no_repository(folder: Path, said: str) -> InstallError:
    message = f"{folder} is not in a git repository: {said}"
    return InstallError(message, f"git init {shlex.quote(str(folder))}", "no-repository")


def _top(repo: Path) -> Path:
    answer = _git(repo, "rev-parse", "--is-bare-repository", "--is-inside-work-tree")
    if answer.returncode:
        raise _no_repository(repo, _said(answer))
    is_bare, is_inside = answer.stdout.split()
    if is_bare == "true":
        message = f"{repo} is a bare repository, which merges nothing"
        raise InstallError(message, "do this in a clone with a working tree", "bare-repository")
    if is_inside != "true":
        raise _no_repository(repo, "this is git's own folder")
    return Path(_git(repo, "rev-parse", "--show-toplevel").stdout.removesuffix("\n")).resolve()


def _ledger_in(folder: Path, top: Path) -> Path:
    """Return the ledger in the folder or the nearest above, within the repository."""
    for place in (folder, *folder.parents):
        for name in NAMES:
            if has_header(place / name):
                return place / name
        if place == top:
            break
    return top / NAMES[0]


def _name(ledger: Path, top: Path) -> str:
    """Return the ledger's path as git knows it."""
    try:
        return ledger.resolve().relative_to(top).as_posix()
    except ValueError:
        message = f"{ledger} is not in the repository {top}"
        raise InstallError(message, "name a ledger that git keeps there", "outside-repository") from None


def _attributes(top: Path, name: str) -> list[str]:
    """Add the line to `.gitattributes`, unless the attribute is set."""
    if _merge_attribute(top, name) == "talkstrack":
        return []
    path = top / ".gitattributes"
    line = f"{_pattern(name)} merge=talkstrack"
    try:
        old = path.read_bytes() if path.exists() else b""
        newline = newline_of(old.decode("utf-8", "replace")).encode()
        with path.open("ab") as file:
            file.write((newline if old and not old.endswith(b"\n") else b"") + line.encode() + newline)
    except OSError as error:
        raise InstallError(f"{path} cannot be written: {os.strerror(error.errno or 0).lower()}") from error
    attribute = _merge_attribute(top, name)
    if attribute != "talkstrack":
        raise InstallError(
            f"another attribute gives {name} merge={attribute}, which wins over {path}",
            f"find it: git check-attr -a -- {shlex.quote(name)}",
        )
    return [f"added `{line}` to .gitattributes; commit it"]


def _merge_attribute(top: Path, name: str) -> str:
    """Return what the repository's own files give as the ledger's `merge` attribute."""
    answer = _git(top, "-c", f"core.attributesFile={os.devnull}", "check-attr", "-z", "merge", "--", name)
    if answer.returncode:
        raise InstallError(f"git cannot tell the attributes of {name}: {_said(answer)}")
    return answer.stdout.split("\0")[2]


def _pattern(name: str) -> str:
    """Return the pattern that matches this one path, seen from the top."""
    escaped = re.sub(r"[\\*?\[]", r"\\\g<0>", name)
    if "/" not in escaped or escaped[0] in '!#"[\\ ':
        escaped = f"/{escaped}"
    if not re.search(r'[\s"\x00-\x1f]', escaped):
        return escaped
    quoted = escaped.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f]", lambda character: f"\\{ord(character[0]):03o}", quoted) + '"'


def _configure(top: Path, key: str, value: str) -> list[str]:
    if _git(top, "config", "--local", "--get-all", key).stdout == f"{value}\n":
        return []
    answer = _git(top, "config", "--local", "--replace-all", key, value)
    if answer.returncode:
        raise InstallError(f"git cannot set {key}: {_said(answer)}")
    return [f"set {key} in the repository's configuration"]


def _said(answer: "subprocess.CompletedProcess[str]") -> str:
    """Return the first line of what git had to say, without its own 'fatal:'."""
    lines = answer.stderr.strip().splitlines() or [f"exit code {answer.returncode}"]
    return lines[0].removeprefix("fatal: ").removeprefix("error: ")


def _git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C", "GIT_ATTR_NOSYSTEM": "1"},
            check=False,
        )
    except FileNotFoundError:
        message = "git is not installed, or not on the PATH"
        raise InstallError(message, "install git, then repeat this", "no-git") from None
