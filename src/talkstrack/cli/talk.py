"""Talk to the user on stderr: notices, and errors with their place and their hint."""

from collections.abc import Iterable

from talkstrack.cli.env import Env
from talkstrack.errors import Problem, TalkstrackError
from talkstrack.render.clean import clean, to_ascii


def say(env: Env, text: str) -> None:
    """Print lines on stderr, cleaned of control characters; whoever closed stderr did not want them."""
    lines = [clean(line) for line in text.split("\n")]
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


def complain(env: Env, error: TalkstrackError) -> None:
    """Print an expected failure: `PATH:LINE:COLUMN: error[slug]: ...`, the place where it has one, and its hint."""
    place = f"{path}:{getattr(error, 'line', 1)}:{getattr(error, 'column', 1)}: " if (path := _path(error)) else ""
    hint = f"\nhint: {error.hint}" if error.hint else ""
    say(env, f"{place}error[{error.slug}]: {error.message}{hint}")


def _path(error: TalkstrackError) -> str | None:
    found = getattr(error, "path", None)
    return None if found is None else str(found)


def tell(env: Env, problems: Iterable[Problem]) -> None:
    """Print problems with their place, excerpt, caret and hint, an empty line between two."""
    from talkstrack.render.problems import problem_text  # only a faulty ledger pays for it

    for problem in problems:
        say(env, problem_text(problem) + "\n")
