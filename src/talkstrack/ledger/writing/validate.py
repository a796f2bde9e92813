"""Refuse a write only for the errors it would bring in, so that a ledger with errors can be repaired."""

from collections import Counter

from talkstrack.errors import Problem
from talkstrack.ledger.reading.conflict_markers import is_marker
from talkstrack.ledger.reading.read import ParsedLedger, read_text
from talkstrack.ledger.reading.source import decode
from talkstrack.ledger.writing.refused import LedgerConflicted, WriteRefused


def refuse_new_errors(old: ParsedLedger | bytes | str, new: bytes | str, path: str) -> ParsedLedger:
    """Read what a ledger would say and return it; WriteRefused with the errors it has and the old one has not.

    Errors are the same if slug, message and subject are: their lines may move. LedgerError where either text is no
    ledger at all. `path` is how messages show it.
    """
    before = old if isinstance(old, ParsedLedger) else read_text(_text(old, path), path)
    if any(
        problem.slug == "syntax" and problem.excerpt and is_marker(problem.excerpt[-1][1]) for problem in before.errors
    ):
        raise LedgerConflicted(path)
    after = read_text(_text(new, path), path)
    known = Counter(map(_same, before.errors))
    new_errors: list[Problem] = []
    for problem in after.errors:
        known[_same(problem)] -= 1
        if known[_same(problem)] < 0:
            new_errors.append(problem)
    if new_errors:
        raise WriteRefused(path, tuple(new_errors))
    return after


def _same(problem: Problem) -> tuple[str, str, str | None]:
    return problem.slug, problem.message, problem.subject


def _text(content: bytes | str, path: str) -> str:
    return decode(content, path) if isinstance(content, bytes) else content
