"""Four times the events are at most five times the work: counted in calls, on the shape of the real ledger."""

import cProfile
import pstats
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from repeated import repeated

from ledgers import SHIPPED, TODAY
from talkstrack.ledger.checking.check import warnings
from talkstrack.ledger.reading.read import ParsedLedger, load
from talkstrack.reports.agreements import agreements
from talkstrack.reports.brief import brief
from talkstrack.reports.claims import claims
from talkstrack.reports.deadlines import deadlines
from talkstrack.reports.delegations import delegations
from talkstrack.reports.exchanges import exchanges
from talkstrack.reports.timeline import timeline
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot

DAY = TODAY.isoformat()
REPORTS: dict[str, Callable[[Snapshot], object]] = {
    "timeline": lambda snapshot: timeline(snapshot, snapshot.events),
    "exchanges": lambda snapshot: exchanges(snapshot, snapshot.events, what="all"),
    "agreements": lambda snapshot: agreements(snapshot, snapshot.events, today=DAY),
    "claims": lambda snapshot: claims(snapshot, snapshot.events),
    "deadlines": lambda snapshot: deadlines(snapshot, snapshot.events, today=DAY),
    "delegations": lambda snapshot: delegations(snapshot, snapshot.events),
    "brief": lambda snapshot: brief(snapshot, snapshot.events, today=DAY, errors=0, warnings=0),
    "check": lambda snapshot: list(warnings(snapshot)),
}


@cache
def ledger(times: int) -> ParsedLedger:
    """Return the shipped ledger so many times over."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "events.toml"
        repeated(SHIPPED, times, path)
        return load(path, path.name)


def calls(report: str, times: int) -> int:
    """Return how many calls a report takes of a ledger so many times as long, nothing being known before."""
    parsed = ledger(times)
    snapshot = Snapshot(current_revisions(parsed.events, parsed.register), parsed.register, TODAY.toordinal())
    profile = cProfile.Profile()
    profile.runcall(REPORTS[report], snapshot)
    total: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return total


@pytest.mark.parametrize("report", REPORTS)
def test_four_times_the_events_are_at_most_five_times_the_work(report: str) -> None:
    assert calls(report, 12) <= 5 * calls(report, 3)


def test_copies_have_ids_and_links_of_their_own() -> None:
    once, thrice = ledger(1), ledger(3)
    assert len(thrice.events) == 3 * len(once.events)
    assert len({event.id for event in thrice.events}) == 3 * len({event.id for event in once.events})
    assert not thrice.errors
