"""The program: arguments and an environment in, an exit code out."""

import errno
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Annotated, Any

import typer

from talkstrack.cli.catalogue import COMMANDS
from talkstrack.cli.env import Env, process_env
from talkstrack.cli.lazy_group import DEFAULT, LazyGroup
from talkstrack.cli.messages import print_error
from talkstrack.errors import DONE, INTERRUPTED, TalkstrackError, UsageError

NAME = "talkstrack"
_COMPLETE = "_TALKSTRACK_COMPLETE"
_OWN_OPTIONS = ("--help", "-h", "--version", "--install-completion", "--show-completion")

app = typer.Typer(
    name=NAME,
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Without a command: the brief. Every command has its own --help, with an example.",
)


def _print_version(context: typer.Context, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version(NAME)
        except PackageNotFoundError:  # run from a source tree that was never installed
            number = "(not installed)"
        context.obj.stdout.write(f"{NAME} {number}\n")
        raise typer.Exit


@app.callback()
def talkstrack(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Follow a peace negotiation: a plain-text ledger of sourced events, checked totals, honest reports."""


def run() -> None:
    """Run the program for this process, and leave with its exit code.

    Everything is written and closed by then, so the interpreter is not taken apart piece by piece: that takes a
    tenth of the time of a short command, and would only find the pipe closed that was closed before.
    """
    gc.disable()  # a run ends before its garbage matters, and would walk a long ledger's events again and again
    code = main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:  # a closed pipe, which is no error, or a full disk, which has been told
            continue
    os._exit(code)


def main(args: Sequence[str], env: Env | None = None) -> int:
    """Run one command line and return its exit code; every expected failure ends here, a bug keeps its traceback."""
    env = env or process_env()
    words = _settled(args)
    context: Any = None
    try:
        if _COMPLETE in env.environ:
            return _complete(env)
        with redirect_stdout(env.stdout), redirect_stderr(env.stderr), _told_as_ours(words[0]):
            group = typer.main.get_command(app)
            context = group.make_context(NAME, words, obj=env, terminal_width=min(env.width, 100))
            with context:
                group.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return INTERRUPTED
    except TalkstrackError as error:
        print_error(context.obj if context else env, error)
        return error.exit_code
    except (KeyboardInterrupt, EOFError):
        if env.stderr_is_terminal:
            env.stderr.write("\n")
        return INTERRUPTED
    except BrokenPipeError:
        pass
    return DONE


_TYPED_WRONG: Any = typer.BadParameter.__mro__[1]  # Typer's own usage error has no public name


@contextmanager
def _told_as_ours(called: str) -> Iterator[None]:
    try:
        yield
    except _TYPED_WRONG as error:
        raise _usage_error(error, called) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:  # a closed pipe is the caller's business, anything else a bug
            raise
        from talkstrack.cli.emit import OutputRefused

        raise OutputRefused("the output", error) from error


def _usage_error(error: Any, called: str) -> UsageError:
    from talkstrack.model.names import nearest

    path = f"{NAME} {called}" if called in COMMANDS else NAME
    if getattr(error, "option_name", None) and hasattr(error, "possibilities"):
        bare = {option.lstrip("-"): option for option in error.possibilities or ()}
        near = nearest(error.option_name.lstrip("-"), bare)
        hint = f"did you mean {bare[near]}?" if near else f"{path} --help"
        return UsageError(f"there is no option {error.option_name[:80]}", hint)
    message = error.format_message().removesuffix(".")
    return UsageError(message[:1].lower() + message[1:], f"{path} --help")


def _settled(args: Sequence[str]) -> list[str]:
    """Put the command first: options may stand before it, and without any it is the brief."""
    words = list(args)
    if not words:
        return [DEFAULT]
    if not words[0].startswith("-") or words[0].partition("=")[0] in _OWN_OPTIONS:
        return words
    place = next((place for place, arg in enumerate(words) if arg in COMMANDS), None)
    return [DEFAULT, *words] if place is None else [words[place], *words[:place], *words[place + 1 :]]


def _complete(env: Env) -> int:
    """Answer a shell that asks for completions; whatever goes wrong, the prompt stays clean."""
    group = typer.main.get_command(app)
    try:
        group.main([], prog_name=NAME, complete_var=_COMPLETE, obj=env)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except Exception:
        return DONE
    return DONE
