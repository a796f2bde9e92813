"""Problems as compilers tell them, and the list of all checks."""

from talkstrack.errors import Check, Problem
from talkstrack.render.text.document import Blank, Document, Element, StyledText, Table, line, page, wrapped
from talkstrack.render.text.problems import problem_text
from talkstrack.render.words.figures import many

_ROLES = {"error": "bad", "warning": "warn"}


def problems_page(problems: tuple[Problem, ...], events: int) -> Document:
    """Lay problems out with excerpt, caret and hint, and a closing line that counts them."""
    parts: list[Element] = []
    for one in problems:
        first, *rest = problem_text(one).split("\n")
        place, word, message = first.partition(f"{one.severity}[{one.slug}]")
        parts.append(wrapped("", (StyledText(place, "strong"), StyledText(word, _ROLES[one.severity]), message), 0))
        parts += [_line(text) for text in rest]
        parts.append(Blank())
    return page("", "", [*parts, line(closing_words(problems, events))])


def _line(text: str) -> Element:
    label, _, words = text.partition(": ")
    if label in ("in", "hint"):
        return wrapped(StyledText(f"{label}:".ljust(6), "muted"), words.strip(), 6)
    return line(StyledText(text, "warn" if text.lstrip(" |").startswith("^") else ""))


def closing_words(problems: tuple[Problem, ...], events: int) -> str:
    """Return `73 events: 2 errors, 1 warning. Totals are refused until the errors are gone.`"""
    errors = sum(one.severity == "error" for one in problems)
    counted = ", ".join(
        many(number, word) for number, word in ((errors, "error"), (len(problems) - errors, "warning")) if number
    )
    refused = " Totals are refused until the errors are gone." if errors else ""
    return f"{many(events, 'event')}: {counted or 'no errors, no warnings'}.{refused}"


def problems_flat(problems: tuple[Problem, ...]) -> Table:
    """Return a problem a line, as editors and compilers' readers take them."""
    return Table(
        ("place", "severity", "check", "event", "message", "hint"),
        [
            (f"{one.path}:{one.line}:{one.column}:", one.severity, one.slug, one.subject, one.message, one.hint)
            for one in problems
        ],
    )


def rules_page(rules: tuple[Check, ...]) -> Document:
    """Lay the checks out: errors first, each with why it matters."""
    parts: list[Element] = []
    for severity, title in (("error", "Errors: totals are refused"), ("warning", "Warnings: worth a second look")):
        chosen = [one for one in rules if one.severity == severity]
        parts += [line(StyledText(title, "heading"))]
        parts += [wrapped(StyledText(f"  {one.slug}", _ROLES[severity]), one.summary, 26) for one in chosen]
        parts.append(Blank())
    return page("Checks", many(len(rules), "check"), parts[:-1])


def rules_flat(rules: tuple[Check, ...]) -> Table:
    """Return a check a line."""
    return Table(("check", "severity", "summary"), [(one.slug, one.severity, one.summary) for one in rules])
