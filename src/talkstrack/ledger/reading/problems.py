"""A fault and its place as a problem, with what stands there."""

import re

from talkstrack.errors import Hint, Problem
from talkstrack.ledger.checking.registry import CHECKS
from talkstrack.ledger.reading.blocks import Block, Cut
from talkstrack.ledger.reading.conflict_markers import is_marker
from talkstrack.ledger.reading.location import SourceRange, line_text, lines_of, locate
from talkstrack.ledger.reading.syntax import ParseError, hint_for
from talkstrack.model.convert import Fault
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import DateError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

EXCERPT_LINES = 5
"""An excerpt shows at most this many lines, from the facet's header to the fault."""


def sorted_problems(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of their places, each once."""
    by_place = {(problem.line, problem.column, problem.slug, problem.message): problem for problem in problems}
    return tuple(by_place[key] for key in sorted(by_place))


def problem_at(path: str, block: Block, fault: Fault, subject: str | None = None) -> Problem:
    """Return the problem a fault of one event block is, with its line and column in the file."""
    span = locate(block.text, fault.path, key=fault.at_key)
    return _problem(block.text, path, fault, span, block.line - 1, subject)


def header_problem(whole: Cut, text: str, path: str, fault: Fault) -> Problem:
    """Return the problem a fault of the header tables is."""
    return _problem(text, path, fault, whole.locate_header(fault.path, key=fault.at_key), 0, None)


def _problem(own: str, path: str, fault: Fault, span: SourceRange, offset: int, subject: str | None) -> Problem:
    lines = lines_of(own)
    backward = range(span.line, max(0, span.line - EXCERPT_LINES), -1)
    first = next((number for number in backward if lines[number - 1].lstrip().startswith("[")), span.line)
    return Problem(
        slug=fault.slug,
        severity=CHECKS[fault.slug].severity,
        message=fault.message,
        path=path,
        line=offset + span.line,
        column=span.column,
        end_column=span.end_column,
        subject=subject,
        hint=None if fault.hint is None else str(fault.hint),
        command=fault.hint.command if isinstance(fault.hint, Hint) else None,
        excerpt=tuple((offset + number, lines[number - 1].rstrip("\r")) for number in range(first, span.line + 1)),
    )


def syntax_problem(text: str, path: str, fault: ParseError, subject: str | None = None) -> Problem:
    """Return the problem a text that is not TOML is; markers that git left and days
    that do not exist are named as such."""
    line = line_text(text, fault.line)
    slug, message, hint = "syntax", f"this is not TOML: {fault.message}", hint_for(fault)
    if is_marker(line):
        message = "git left a conflict here"
        hint = "keep one side or both, and delete the lines <<<<<<<, ======= and >>>>>>>"
    elif day := _DAY.match(line, fault.column - 1):
        try:
            parse_period(day[0])
        except DateError as error:
            slug, message, hint = "bad-date", str(error), error.hint
    return Problem(
        slug=slug,
        severity="error",
        message=message,
        path=path,
        line=fault.line,
        column=fault.column,
        end_column=fault.column + 1,
        subject=subject,
        excerpt=((fault.line, line),),
        hint=hint,
    )
