"""Everything a command may know of the process it runs in; tests pass their own."""

import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO, cast

from talkstrack.ledger.reading.find import cache_folder

WIDTH = 80
HEIGHT = 24


class Env(NamedTuple):
    """The process: streams, environment, folder, clock and screen. No other module of cli/ asks the system.

    `ledger` and `use_index` are what `-f` and `--no-index` said; `today` is the clock unless `--today` said otherwise.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]
    cwd: Path
    today: date
    stdin_is_terminal: bool = False
    stdout_is_terminal: bool = False
    stderr_is_terminal: bool = False
    width: int = WIDTH
    height: int = HEIGHT
    ledger: str | None = None
    use_index: bool = True

    @property
    def cache(self) -> Path | None:
        """The folder that indexes are kept in; None where none is to be used."""
        return cache_folder(self.environ) if self.use_index else None


def process_env() -> Env:
    """Return the environment of this process."""
    stdin, stdout, stderr = sys.stdin or _nowhere("r"), sys.stdout or _nowhere("w"), sys.stderr or _nowhere("w")
    stdout_is_terminal = _is_terminal(stdout)
    width, height = _screen(stdout if stdout_is_terminal else None)
    return Env(
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        environ=os.environ,
        cwd=_folder(),
        today=date.today(),
        stdin_is_terminal=_is_terminal(stdin),
        stdout_is_terminal=stdout_is_terminal,
        stderr_is_terminal=_is_terminal(stderr),
        width=width,
        height=height,
    )


def _folder() -> Path:
    try:
        return Path.cwd()
    except OSError:  # the folder was removed under us
        return Path("/")


def _nowhere(mode: str) -> TextIO:
    return cast(TextIO, Path(os.devnull).open(mode, encoding="utf-8"))  # a stream closed with >&-


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def _screen(stream: TextIO | None) -> tuple[int, int]:
    columns, lines = _number("COLUMNS"), _number("LINES")
    if stream is not None and not (columns and lines):
        try:
            size = os.get_terminal_size(stream.fileno())
        except (OSError, ValueError):
            size = os.terminal_size((0, 0))
        columns, lines = columns or size.columns, lines or size.lines
    return columns or WIDTH, lines or HEIGHT


def _number(name: str) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
