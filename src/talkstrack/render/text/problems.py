"""A problem as text: place, message, excerpt with a caret, where it belongs, and what to do."""

from talkstrack.errors import Problem
from talkstrack.render.sanitize import clean

LONGEST = 100
"""An excerpt shows at most this many characters of a line, around the fault."""


def problem_text(problem: Problem) -> str:
    """Return a problem in the layout of `check`."""
    lines = [f"{place_of(problem)}: {name_of(problem)}: {problem.message}", *excerpt_lines(problem)]
    if problem.subject:
        lines.append(f"in:   {problem.subject}")
    if problem.hint:
        lines.append(f"hint: {problem.hint}")
    return "\n".join(lines)


def place_of(problem: Problem) -> str:
    """Return where a problem is: `data/events.toml:12:5`."""
    return f"{problem.path}:{problem.line}:{problem.column}"


def name_of(problem: Problem) -> str:
    """Return what kind of problem it is: `error[unknown-party]`."""
    return f"{problem.severity}[{problem.slug}]"


def excerpt_lines(problem: Problem) -> tuple[str, ...]:
    """Return the lines around the fault with their numbers, the last one with the caret; nothing where none are."""
    if not problem.excerpt:
        return ()
    width = len(str(problem.excerpt[-1][0]))
    blank, start = " " * width, _start(problem)
    shown = [
        f"{number:>{width}} | {clean(_window(text, start if number == problem.line else 0))}".rstrip()
        for number, text in problem.excerpt
    ]
    return (f"{blank} |", *shown, f"{blank} | {_caret(problem, start)}".rstrip())


def _start(problem: Problem) -> int:
    return max(0, problem.column - LONGEST // 2) if problem.column > LONGEST - 10 else 0


def _window(text: str, start: int) -> str:
    shown = text[start : start + LONGEST]
    return ("…" + shown[1:] if start else shown) + ("…" if start + LONGEST < len(text) else "")


def _caret(problem: Problem, start: int) -> str:
    column = problem.column - start
    width = max(1, min(problem.end_column - problem.column, LONGEST - column + 1))
    label = f" {problem.label}" if problem.label else ""
    return " " * (column - 1) + "^" * width + label
