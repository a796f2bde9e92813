"""The terminal: a long text in the user's pager, and how far a long task is on stderr."""

import shlex
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from talkstrack.cli.env import Env

DEFAULT_PAGER = "less -R"


def show(text: bytes, environ: Mapping[str, str]) -> bool:
    """Show a text in `$PAGER`, else less; tell whether a pager could be had."""
    words = command(environ)
    if not words:
        return False
    import subprocess  # four milliseconds that only a pager pays

    settings = {**environ, "LESS": environ.get("LESS", "FRX"), "LESSCHARSET": environ.get("LESSCHARSET", "utf-8")}
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env=settings)
    except OSError:
        return False
    try:
        if process.stdin is not None:
            process.stdin.write(text)
            process.stdin.close()
    except OSError:  # the reader has seen enough
        pass
    while True:
        try:
            process.wait()
            return True
        except KeyboardInterrupt:  # the pager's business
            continue


def command(environ: Mapping[str, str]) -> list[str]:
    """Return the pager's command line; nothing where the user wants none."""
    try:
        words = shlex.split(environ.get("PAGER", DEFAULT_PAGER))
    except ValueError:
        words = []
    return [] if words == ["cat"] else words


PATIENCE = 0.5
"""Seconds that a task may take before anything is shown."""

_STEP = 0.1

_CELLS = 24

_CLEAR = "\r\x1b[K"


@contextmanager
def progress(env: Env, what: str, patience: float = PATIENCE) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how much of how much is done; the line it draws is gone at the end."""
    begun = shown = time.monotonic()
    is_drawn = is_over = False

    def tell(done: int, total: int) -> None:
        nonlocal shown, is_drawn
        now = time.monotonic()
        if is_over or not env.stderr_is_terminal or now - begun < patience or (is_drawn and now - shown < _STEP):
            return
        shown, is_drawn = now, True
        part = min(1.0, done / total) if total else 1.0
        bar = "#" * int(part * _CELLS)
        env.stderr.write(f"{_CLEAR}{what} [{bar:<{_CELLS}}] {part:4.0%}")
        env.stderr.flush()

    try:
        yield tell
    finally:
        is_over = True
        if is_drawn:
            env.stderr.write(_CLEAR)
            env.stderr.flush()
