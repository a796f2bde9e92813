"""Show on a terminal's stderr how far a long task is; a short one shows nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from talkstrack.cli.env import Env

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
