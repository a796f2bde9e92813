"""Show a long text in the user's pager."""

import shlex
import subprocess
from collections.abc import Mapping

DEFAULT_PAGER = "less -R"


def show(text: bytes, environ: Mapping[str, str]) -> bool:
    """Show a text in `$PAGER`, else less; tell whether a pager could be had."""
    words = command(environ)
    if not words:
        return False
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
