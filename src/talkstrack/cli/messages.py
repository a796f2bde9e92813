"""Talk to the user on stderr: notices, and errors with their place and their hint."""

from collections.abc import Iterable

import msgspec

from talkstrack.cli.env import Env
from talkstrack.errors import Hint, Problem, TalkstrackError
from talkstrack.render.sanitize import clean, to_ascii


def notice(env: Env, text: str, hint: str | None = None) -> None:
    """Print lines on stderr, cleaned of control characters; whoever closed stderr did not want them."""
    lines = _lines(env, text)
    if hint:
        first, *more = _lines(env, hint)
        lines += [f"hint: {first}", *more]
    shown = "\n".join(lines) + "\n"
    try:
        shown.encode(env.stderr.encoding or "utf-8")
    except (UnicodeError, LookupError):
        shown = to_ascii(shown)
    try:
        env.stderr.write(shown)
        env.stderr.flush()
    except (OSError, ValueError):
        return


def _lines(env: Env, text: str) -> list[str]:
    return [clean(line) for line in _naming_ledger(env, text).split("\n")]


def _naming_ledger(env: Env, text: str) -> str:
    """Return a text; the command of a hint with the `-f` of this call, so that it is about the same ledger."""
    if not isinstance(text, Hint) or env.ledger is None:
        return text
    from shlex import quote  # only a hint with a command in it has use for it

    program, name, *arguments = text.command.split(" ", 2)
    return text.replace(text.command, " ".join([program, name, "-f", quote(clean(env.ledger)), *arguments]), 1)


def print_error(env: Env, error: TalkstrackError) -> None:
    """Print an expected failure: `PATH:LINE:COLUMN: error[slug]: ...`, the place where it has one, and its hint."""
    path = getattr(error, "path", None)
    place = f"{path}:{getattr(error, 'line', 1)}:{getattr(error, 'column', 1)}: " if path else ""
    notice(env, f"{place}error[{error.slug}]: {error.message}", error.hint)


def print_problems(env: Env, problems: Iterable[Problem]) -> None:
    """Print problems with their place, excerpt, caret and hint, an empty line between two."""
    from talkstrack.render.text.problems import problem_text  # only what has faults has use for it

    for problem in problems:
        hint = problem.advice and _naming_ledger(env, problem.advice)
        notice(env, problem_text(msgspec.structs.replace(problem, hint=hint)) + "\n")
