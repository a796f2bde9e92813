"""Problems as compilers tell them, and the list of all checks."""

from talkstrack.errors import Problem
from talkstrack.ledger.checks.rules import Rule
from talkstrack.render.page import Blank, Flat, Page, Part, Span, line, page, wrapped
from talkstrack.render.problems import problem_text
from talkstrack.render.words import many

_ROLES = {"error": "bad", "warning": "warn"}


def problems_page(problems: tuple[Problem, ...], events: int) -> Page:
    """Lay problems out with excerpt, caret and hint, and a closing line that counts them."""
    parts: list[Part] = []
    for one in problems:
        first, *rest = problem_text(one).split("\n")
        place, word, message = first.partition(f"{one.severity}[{one.slug}]")
        parts.append(wrapped("", (Span(place, "strong"), Span(word, _ROLES[one.severity]), message), 0))
        parts += [_line(text) for text in rest]
        parts.append(Blank())
    return page("", "", [*parts, line(closing_words(problems, events))])


def _line(text: str) -> Part:
    label, _, words = text.partition(": ")
    if label in ("in", "hint"):
        return wrapped(Span(f"{label}:".ljust(6), "muted"), words.strip(), 6)
    return line(Span(text, "warn" if text.lstrip(" |").startswith("^") else ""))


def closing_words(problems: tuple[Problem, ...], events: int) -> str:
    """Return `73 events: 2 errors, 1 warning. Totals are refused until the errors are gone.`"""
    errors = sum(one.severity == "error" for one in problems)
    counted = ", ".join(
        many(number, word) for number, word in ((errors, "error"), (len(problems) - errors, "warning")) if number
    )
    refused = " Totals are refused until the errors are gone." if errors else ""
    return f"{many(events, 'event')}: {counted or 'no errors, no warnings'}.{refused}"


def problems_flat(problems: tuple[Problem, ...]) -> Flat:
    """Return a problem a line, as editors and compilers' readers take them."""
    return Flat(
        ("place", "severity", "check", "event", "message", "hint"),
        [
            (f"{one.path}:{one.line}:{one.column}:", one.severity, one.slug, one.subject, one.message, one.hint)
            for one in problems
        ],
    )


def rules_page(rules: tuple[Rule, ...]) -> Page:
    """Lay the checks out: errors first, each with why it matters."""
    parts: list[Part] = []
    for severity, title in (("error", "Errors: totals are refused"), ("warning", "Warnings: worth a second look")):
        chosen = [one for one in rules if one.severity == severity]
        parts += [line(Span(title, "heading"))]
        parts += [wrapped(Span(f"  {one.slug}", _ROLES[severity]), one.summary, 26) for one in chosen]
        parts.append(Blank())
    return page("Checks", many(len(rules), "check"), parts[:-1])


def rules_flat(rules: tuple[Rule, ...]) -> Flat:
    """Return a check a line."""
    return Flat(("check", "severity", "summary"), [(one.slug, one.severity, one.summary) for one in rules])
