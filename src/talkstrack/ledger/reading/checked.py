"""Read a ledger and check it: every fault, errors and warnings, in the order of their places."""

from datetime import date
from typing import NamedTuple

from talkstrack.errors import Problem
from talkstrack.ledger.checking.check import warnings
from talkstrack.ledger.checking.registry import Asked
from talkstrack.ledger.reading.find import LedgerPath
from talkstrack.ledger.reading.problems import problem_at, sorted_problems
from talkstrack.ledger.reading.read import load
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot


class Checked(NamedTuple):
    """What was found: how many events were read, and the errors and warnings in the order of their places."""

    events: int
    problems: tuple[Problem, ...]


def check(place: LedgerPath, today: date, only: Asked = None) -> Checked:
    """Check a ledger, by these checks only; raise LedgerError where it cannot be read at all."""
    ledger = load(place.path, place.shown, only)
    blocks = {id(event): block for event, block in zip(ledger.events, ledger.blocks, strict=True)}
    snapshot = Snapshot(current_revisions(ledger.events, ledger.register), ledger.register, today.toordinal())
    warned = [
        problem_at(ledger.path, blocks[id(event)], fault, event.id)
        for event, fault in warnings(
            snapshot, lambda event: blocks[id(event)].data if id(event) in blocks else None, only
        )
    ]
    problems = sorted_problems([*ledger.problems, *warned])
    chosen = tuple(problem for problem in problems if not only or problem.slug in only)
    return Checked(len({event.id for event in ledger.events}), chosen)
