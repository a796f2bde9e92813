"""Problems as compilers tell them, and the list of all checks."""

from collections.abc import Iterator

from talkstrack.errors import Check, Problem
from talkstrack.render.table import Table
from talkstrack.render.text.document import Blank, Document, Element, StyledText
from talkstrack.render.text.makers import document, line, muted, wrapped
from talkstrack.render.text.problems import excerpt_lines, name_of, place_of
from talkstrack.render.words.figures import many

_ROLES = {"error": "bad", "warning": "warn"}


def problems_document(problems: tuple[Problem, ...], events: int) -> Document:
    """Lay problems out with excerpt, caret and hint, and a closing line that counts them."""
    elements: list[Element] = []
    for problem in problems:
        elements += [*_problem(problem), Blank()]
    return document("", "", [*elements, line(closing_words(problems, events))])


def _problem(problem: Problem) -> Iterator[Element]:
    place = StyledText(f"{place_of(problem)}: ", "strong")
    name = StyledText(name_of(problem), _ROLES[problem.severity])
    yield wrapped("", (place, name, f": {problem.message}"), 0)
    excerpt = excerpt_lines(problem)
    yield from (line(text) for text in excerpt[:-1])
    yield from (line(StyledText(caret, "warn")) for caret in excerpt[-1:])
    for label, words in (("in:", problem.subject), ("hint:", problem.hint)):
        if words:
            yield wrapped(muted(label.ljust(6)), words, 6)


def closing_words(problems: tuple[Problem, ...], events: int) -> str:
    """Return `73 events: 2 errors, 1 warning. Totals are refused until the errors are gone.`"""
    errors = sum(problem.severity == "error" for problem in problems)
    counts = ((errors, "error"), (len(problems) - errors, "warning"))
    counted = ", ".join(many(number, word) for number, word in counts if number)
    refused = " Totals are refused until the errors are gone." if errors else ""
    return f"{many(events, 'event')}: {counted or 'no errors, no warnings'}.{refused}"


def problems_table(problems: tuple[Problem, ...]) -> Table:
    """Return a problem a line, as editors and compilers' readers take them."""
    rows = [(f"{place_of(p)}:", p.severity, p.slug, p.subject, p.message, p.hint) for p in problems]
    return Table(("place", "severity", "check", "event", "message", "hint"), rows)


def checks_document(checks: tuple[Check, ...]) -> Document:
    """Lay the checks out: errors first, each with why it matters."""
    elements: list[Element] = []
    for severity, title in (("error", "Errors: totals are refused"), ("warning", "Warnings: worth a second look")):
        chosen = [check for check in checks if check.severity == severity]
        elements += [line(StyledText(title, "heading"))]
        elements += [wrapped(StyledText(f"  {check.slug}", _ROLES[severity]), check.summary, 26) for check in chosen]
        elements.append(Blank())
    return document("Checks", many(len(checks), "check"), elements[:-1])


def checks_table(checks: tuple[Check, ...]) -> Table:
    """Return a check a line."""
    rows = [(check.slug, check.severity, check.summary) for check in checks]
    return Table(("check", "severity", "summary"), rows, "Checks", many(len(checks), "check"))
