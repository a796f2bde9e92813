"""Refuse a write only for the errors it would bring in, so that a ledger with errors can be repaired."""

from collections import Counter

from talkstrack.errors import Problem
from talkstrack.ledger.reading.conflict_markers import has_conflict
from talkstrack.ledger.reading.read import read_text
from talkstrack.ledger.reading.source import decode
from talkstrack.ledger.writing.refused import WriteError, WriteRefused


def refuse_new_errors(old: bytes, new: bytes, path: str) -> None:
    """Read what a ledger would say; raise WriteRefused with the errors it has and the old one has not.

    Errors are the same if slug, message and subject are: their lines may move. LedgerError where the text is no ledger
    at all. `path` is how messages show it. What stands is read only where there is an error.
    """
    errors = read_text(decode(new, path), path).errors
    if not errors:
        return
    before = decode(old, path)
    if has_conflict(before):
        hint = "settle it first, so that the new entry does not go with the side that is dropped"
        raise WriteError(f"git left a conflict in {path}; nothing was written", hint, "ledger-conflicted")
    known = Counter(map(_same, read_text(before, path).errors))
    new_errors: list[Problem] = []
    for problem in errors:
        known[_same(problem)] -= 1
        if known[_same(problem)] < 0:
            new_errors.append(problem)
    if new_errors:
        raise WriteRefused(path, tuple(new_errors))


def _same(problem: Problem) -> tuple[str, str, str | None]:
    return problem.slug, problem.message, problem.subject
