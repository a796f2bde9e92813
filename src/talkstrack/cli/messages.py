"""Talk to the user on stderr: notices, and errors with their place and their hint."""

import re
from collections.abc import Iterable

from talkstrack.cli.env import Env
from talkstrack.errors import Problem, TalkstrackError
from talkstrack.render.sanitize import clean, to_ascii

_COMMAND = re.compile(
    r"\btalkstrack (?:check$|(?:add|agreements|brief|claims|deadlines|delegations|exchanges|history|register|retract"
    r"|revise|search|show|timeline)\b(?! --help))"
)
"""A command on a ledger, as hints name it."""


def notice(env: Env, text: str) -> None:
    """Print lines on stderr, cleaned of control characters; whoever closed stderr did not want them."""
    lines = [_naming_ledger(clean(line), env) for line in text.split("\n")]
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


def _naming_ledger(line: str, env: Env) -> str:
    """Return a line, the commands of a hint with the `-f` of this call, so that they are about the same ledger."""
    if env.ledger is None or not (line.startswith("hint: ") or line.endswith(": talkstrack check")):
        return line
    from shlex import quote  # only a hint pays for it

    ledger = quote(clean(env.ledger))
    return _COMMAND.sub(lambda match: f"{match[0]} -f {ledger}", line)


def print_error(env: Env, error: TalkstrackError) -> None:
    """Print an expected failure: `PATH:LINE:COLUMN: error[slug]: ...`, the place where it has one, and its hint."""
    place = f"{path}:{getattr(error, 'line', 1)}:{getattr(error, 'column', 1)}: " if (path := _path(error)) else ""
    hint = f"\nhint: {error.hint}" if error.hint else ""
    notice(env, f"{place}error[{error.slug}]: {error.message}{hint}")


def _path(error: TalkstrackError) -> str | None:
    path = getattr(error, "path", None)
    return None if path is None else str(path)


def print_problems(env: Env, problems: Iterable[Problem]) -> None:
    """Print problems with their place, excerpt, caret and hint, an empty line between two."""
    from talkstrack.render.text.problems import problem_text

    for problem in problems:
        notice(env, problem_text(problem) + "\n")
