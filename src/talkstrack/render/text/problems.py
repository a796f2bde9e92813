"""A problem as text: place, message, excerpt with a caret, where it belongs, and what to do."""

from talkstrack.errors import Problem
from talkstrack.render.sanitize import clean

LONGEST = 100
"""An excerpt shows at most this many characters of a line, around the fault."""


def problem_text(problem: Problem) -> str:
    """Return a problem in the layout of `check`."""
    place = f"{problem.path}:{problem.line}:{problem.column}"
    lines = [f"{place}: {problem.severity}[{problem.slug}]: {problem.message}"]
    if problem.excerpt:
        width = len(str(problem.excerpt[-1][0]))
        blank = " " * width
        lines.append(f"{blank} |")
        start = _start(problem)
        for number, text in problem.excerpt:
            is_last = number == problem.line
            shown = _window(text, start if is_last else 0)
            lines.append(f"{number:>{width}} | {clean(shown)}".rstrip())
        lines.append(f"{blank} | {_caret(problem, start)}".rstrip())
    if problem.subject:
        lines.append(f"in:   {problem.subject}")
    if problem.hint:
        lines.append(f"hint: {problem.hint}")
    return "\n".join(lines)


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
