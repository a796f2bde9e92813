"""Hand a report to the renderer of its format, and the result to stdout, the pager or a file: the only way out."""

import os
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from talkstrack.cli.env import Env
from talkstrack.cli.options import Output
from talkstrack.errors import WRITE_REFUSED, TalkstrackError, UsageError
from talkstrack.ledger.reading.find import may_be_ledger, named_ledger
from talkstrack.render.formats import FORMATS, Takes
from talkstrack.render.view import View

WIDEST = 140


class OutputRefused(TalkstrackError):
    """The output cannot be written where it was to go."""

    slug = "output-refused"
    exit_code: ClassVar[int] = WRITE_REFUSED

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(f"{path} cannot be written: {os.strerror(error.errno) if error.errno else error}")


def emit(view: View, env: Env, output: Output) -> None:
    """Print a report in the format that was asked for, or write it to the file that was asked for."""
    keep_ledger(output, env)
    is_laid_out = _is_laid_out(env, output)
    content = _rendered(view, env, output, is_laid_out=is_laid_out)
    if output.file is not None:
        write_file(output.file, content)
        return
    if is_laid_out and output.pager and env.stdout_is_terminal and content.count(b"\n") >= env.height:
        from talkstrack.cli import terminal as pager

        env.stdout.flush()
        if pager.show(content, env.environ):
            return
    write_out(content, env)


def keep_ledger(output: Output, env: Env, *read: Path) -> None:
    """Raise UsageError where the output would go into a ledger: any, or one of those that are read.

    What is read may be too damaged to be known for a ledger by its looks, and go by several names.
    """
    if output.file is None:
        return
    named = named_ledger(env.ledger, env.environ, env.cwd)
    ledgers = [*read, named.path] if named else read
    if may_be_ledger(output.file) or any(_is_same(output.file, ledger) for ledger in ledgers):
        path = os.path.relpath(output.file, env.cwd)
        raise UsageError(f"-o {path}: this is a ledger, which no output replaces", "give the output another name")


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def family(env: Env, output: Output) -> Takes:
    """Return what of a view is to be shown: text that is not laid out is a table."""
    takes = FORMATS[output.format].takes
    return "table" if takes == "document" and not _is_laid_out(env, output) else takes


def _is_laid_out(env: Env, output: Output) -> bool:
    """Tell whether text is laid out as a document: on a terminal, or where a width or colours are asked for."""
    if output.format != "text":
        return False
    return output.width is not None or output.colour == "always" or (env.stdout_is_terminal and output.file is None)


def _rendered(view: View, env: Env, output: Output, *, is_laid_out: bool) -> bytes:
    """Return a report as bytes: data in UTF-8, text in what stdout can take."""
    chosen = FORMATS[output.format]
    if chosen.takes == "table":
        return str(chosen.load()(view.table())).encode()
    if chosen.takes == "envelope":
        return bytes(chosen.load()(view.envelope(), for_terminal=env.stdout_is_terminal and output.file is None))
    from talkstrack.render.text.as_text import Look, as_columns

    encoding = "utf-8" if output.file is not None else (getattr(env.stdout, "encoding", None) or "utf-8")
    ascii_only = output.ascii or not _is_unicode(encoding)
    if is_laid_out:
        look = Look(cells(env, output), wants_colour(env, output), ascii_only)
        text = str(chosen.load()(view.document(), look))
    else:
        text = as_columns(view.table(), ascii_only=ascii_only)
    return text.encode(encoding if _is_unicode(encoding) else "ascii", "backslashreplace")


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().replace("_", "-").startswith("utf")


def wants_colour(env: Env, output: Output) -> bool:
    """Tell whether text is coloured: `--color` first, then NO_COLOR and the terminal."""
    if output.colour != "auto":
        return output.colour == "always"
    dull = env.environ.get("NO_COLOR") or env.environ.get("TERM") in ("dumb", "unknown")
    return env.stdout_is_terminal and output.file is None and not dull


def write_out(content: bytes, env: Env) -> None:
    """Write to stdout, all of it; a closed pipe goes on as BrokenPipeError."""
    try:
        env.stdout.flush()
        env.stdout.buffer.write(content)
        env.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputRefused("the output", error) from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, with the permissions it had; a device or a pipe is written directly."""
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
        else:
            _replace(target, content)
    except OSError as error:
        raise OutputRefused(str(path), error) from error


def _replace(target: Path, content: bytes) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "Permission denied")
    import tempfile  # three milliseconds that only -o pays

    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def cells(env: Env, output: Output) -> int:
    """Return how many cells a line of text will have."""
    return output.width or min(env.width, WIDEST)
