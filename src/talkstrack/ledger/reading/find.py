"""Find the ledger a command means, without asking the process: options, environment and folders come in."""

import re
from collections.abc import Mapping
from os.path import relpath
from pathlib import Path
from typing import NamedTuple

NAMES = ("data/events.toml", "events.toml")
"""Where a ledger is looked for in a folder, in this order."""

_HEADER = re.compile(rb"^[ \t]*\[[ \t]*ledger[ \t]*\]", re.MULTILINE)
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


def find_ledger(given: str | None, environ: Mapping[str, str], cwd: Path) -> LedgerPath:
    """Return the ledger to use.

    In this order: the one given, `$TALKSTRACK_LEDGER`, `data/events.toml` or `events.toml` with a `[ledger]` table
    in this folder or the nearest above, the user's own, the shipped one. One that is named need not exist.
    """
    named = given or environ.get("TALKSTRACK_LEDGER")
    if named:
        return LedgerPath(cwd / _home(named, environ), named)
    for folder in (cwd, *cwd.parents):
        for name in NAMES:
            path = folder / name
            if has_header(path):
                return LedgerPath(path, relpath(path, cwd))
    own = user_folder(environ) / "events.toml"
    if own.is_file():
        return LedgerPath(own, str(own))
    shipped = shipped_ledger()
    return LedgerPath(shipped, str(shipped), is_shipped=True)


def user_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's own ledger: `$XDG_DATA_HOME`, else where this platform keeps such files."""
    if chosen := environ.get("XDG_DATA_HOME"):
        return Path(chosen) / "talkstrack"
    import platformdirs  # only who has no ledger in the folders above pays for it

    return Path(platformdirs.user_data_path("talkstrack", appauthor=False))


def shipped_ledger() -> Path:
    """Return the ledger that came with the program: inside the package, or beside it in a source tree."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "shipped" / "events.toml"
    return inside if inside.is_file() else package.parents[1] / "data" / "events.toml"


def has_header(path: Path) -> bool:
    """Tell whether this is a readable file with a `[ledger]` table."""
    try:
        with path.open("rb") as file:
            before = b""
            while chunk := file.read(_CHUNK):
                if _HEADER.search(before + chunk):
                    return True
                before = (before + chunk).rpartition(b"\n")[2][-200:]
    except OSError:
        return False
    return False


def _home(named: str, environ: Mapping[str, str]) -> str:
    home = environ.get("HOME")
    return home + named[1:] if home and (named == "~" or named.startswith("~/")) else named
