"""Find the ledger a command means, without asking the process: options, environment and folders come in."""

import re
from collections.abc import Mapping
from os.path import exists, lexists, relpath
from pathlib import Path
from typing import NamedTuple

NAMES = ("data/events.toml", "events.toml")
"""Where a ledger is looked for in a folder, in this order."""

_NAME = rb"""(?:ledger|"ledger"|'ledger')[ \t]*"""
_HEADER = (
    rb"^(?:\xef\xbb\xbf)?[ \t]*(?:\[[ \t]*"
    + _NAME
    + rb"[\].]|"
    + _NAME
    + rb"""(?:=[ \t]*\{|\.[ \t]*["'\w-]+[ \t]*=))"""
)
"""What makes a `[ledger]` table, however it is written."""
_TORN_HEADER = rb"^(?:\xef\xbb\xbf)?[ \t]*\[[ \t]*" + _NAME + rb"(?:[\].#\r\n]|\Z)"
"""The same where its bracket was never closed."""
_CHUNK = 1 << 16


class LedgerPath(NamedTuple):
    """A ledger's path, how messages show it, and whether it is the one that came with the program (read-only)."""

    path: Path
    shown: str
    is_shipped: bool = False

    @property
    def notice(self) -> str | None:
        """What the user is to be told about where it was found."""
        return "no ledger here: showing the one that came with talkstrack, read-only" if self.is_shipped else None


def find_ledger(option: str | None, environ: Mapping[str, str], cwd: Path) -> LedgerPath:
    """Return the ledger to use.

    In this order: the one given, `$TALKSTRACK_LEDGER`, `data/events.toml` or `events.toml` in this folder or the
    nearest above, the user's own, the shipped one. One that is named need not exist. One that is not named and cannot
    be used raises LedgerUnusable: were it passed over, what is read and written would be another.
    """
    named = named_ledger(option, environ, cwd)
    if named is not None:
        return named
    for folder in (cwd, *cwd.parents):
        for name in NAMES:
            if _is_there(ledger := LedgerPath(folder / name, relpath(folder / name, cwd))):
                return ledger
    own = user_folder(environ) / "events.toml"
    if _is_there(ledger := LedgerPath(own, str(own))):
        return ledger
    shipped = shipped_ledger()
    return LedgerPath(shipped, str(shipped), is_shipped=True)


def named_ledger(option: str | None, environ: Mapping[str, str], cwd: Path) -> LedgerPath | None:
    """Return the ledger that an option or `$TALKSTRACK_LEDGER` names; None where neither does."""
    named = option or environ.get("TALKSTRACK_LEDGER")
    return LedgerPath(cwd / _home(named, environ), named) if named else None


def _is_there(ledger: LedgerPath) -> bool:
    """Tell whether there is a ledger at this path; raise LedgerUnusable where there is something else."""
    if has_header(ledger.path):
        return True
    if not lexists(ledger.path):
        return False
    from talkstrack.ledger.reading.read import load
    from talkstrack.ledger.reading.unreadable import LedgerError, LedgerUnusable

    if not exists(ledger.path):  # noqa: PTH110, which raises where a link leads into a locked folder
        raise LedgerUnusable(ledger.shown, "it is a symbolic link that leads nowhere")
    try:
        fault = load(ledger.path, ledger.shown).problems[0]
    except LedgerError as error:
        raise LedgerUnusable(ledger.shown, error.message, error.line, error.column) from error
    except IndexError:  # a header in a form that is not known here, and yet a ledger
        return True
    raise LedgerUnusable(ledger.shown, fault.message, fault.line, fault.column)


def user_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's own ledger: `$XDG_DATA_HOME`, else where this platform keeps such files."""
    if chosen := environ.get("XDG_DATA_HOME"):
        return Path(chosen) / "talkstrack"
    import platformdirs  # only who has no ledger in the folders above pays for it

    return Path(platformdirs.user_data_path("talkstrack", appauthor=False))


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder that indexes are kept in."""
    if chosen := environ.get("TALKSTRACK_CACHE"):
        return Path(chosen)
    if base := environ.get("XDG_CACHE_HOME"):
        return Path(base) / "talkstrack"
    import platformdirs  # only where no variable says so

    return Path(platformdirs.user_cache_path("talkstrack", appauthor=False))


def shipped_ledger() -> Path:
    """Return the ledger that came with the program: inside the package, or beside it in a source tree."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "shipped" / "events.toml"
    return inside if inside.is_file() else package.parents[1] / "data" / "events.toml"


def has_header(path: Path) -> bool:
    """Tell whether this is a readable file with a `[ledger]` table."""
    return _holds(path, _HEADER)


def may_be_ledger(path: Path) -> bool:
    """Tell whether this is a ledger, or was one before it was damaged: nothing may be put in its place."""
    return _holds(path, _HEADER) or _holds(path, _TORN_HEADER)


def _holds(path: Path, header: bytes) -> bool:
    try:
        if not path.is_file():  # to open a pipe is to wait for who writes to it
            return False
        search = re.compile(header, re.MULTILINE).search
        with path.open("rb") as file:
            before = b""
            while chunk := file.read(_CHUNK):
                if search(before + chunk):
                    return True
                before = (before + chunk).rpartition(b"\n")[2][-200:]
    except OSError:
        return False
    return False


def _home(named: str, environ: Mapping[str, str]) -> str:
    home = environ.get("HOME")
    return home + named[1:] if home and (named == "~" or named.startswith("~/")) else named
