"""Small ledgers and the shipped one as books, for the tests of the reports."""

from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import pytest

from talkstrack.ledger.checking.check import warnings
from talkstrack.ledger.reading.read import ParsedLedger, load, read_text
from talkstrack.model.counts import Count
from talkstrack.model.event import Event
from talkstrack.model.facets import Claim
from talkstrack.model.sums import Sum
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.verdicts import Finding, finding_of

TODAY = date(2026, 3, 10)
SHIPPED = Path(__file__).parent.parent / "data" / "events.toml"
HEADER = """
[ledger]
format = 1
covers = 2025-05-06
[party.UKR]
name = "Ukraine"
aliases = ["Kyiv"]
[party.RUS]
name = "Russia"
aliases = ["Moscow"]
[party.USA]
name = "United States"
[party.TUR]
name = "Turkiye"
[party.CHQ]
name = "Coordination Headquarters"
party = "UKR"
[person.umerov]
name = "Rustem Umerov"
party = "UKR"
aliases = ["Umierov"]
[person.zelenskyy]
name = "Volodymyr Zelenskyy"
party = "UKR"
[person.medinsky]
name = "Vladimir Medinsky"
party = "RUS"
[person.trump]
name = "Donald Trump"
party = "USA"
[source.liga]
publisher = "LIGA.net"
published = 2025-07-23
[source.tass]
publisher = "TASS"
"""
Bounds = tuple[int, int | None]


def read(text: str) -> ParsedLedger:
    """Read a ledger below the common header; it must be without error."""
    ledger = read_text(HEADER + text, "events.toml")
    assert not ledger.errors, [one.message for one in ledger.errors]
    return ledger


def snapshot_from(text: str, today: date = TODAY, as_known: date | None = None) -> Snapshot:
    """Return the snapshot of a ledger below the common header."""
    return _book(read(text), today, as_known)


def _book(ledger: ParsedLedger, today: date, as_known: date | None) -> Snapshot:
    known = as_known.toordinal() if as_known else None
    return Snapshot(
        current_revisions(ledger.events, ledger.register, known), ledger.register, (as_known or today).toordinal()
    )


def ledger_of(request: pytest.FixtureRequest) -> str:
    """Return a test's docstring below its first line: its ledger."""
    text: str = request.function.__doc__
    return text.partition("\n")[2]


@cache
def shipped() -> ParsedLedger:
    """Return the ledger that the package carries."""
    return load(SHIPPED, "data/events.toml")


@cache
def shipped_snapshot(as_known: date | None = None) -> Snapshot:
    """Return the shipped ledger's snapshot on 10 March 2026, or as it was known on a day."""
    return _book(shipped(), TODAY, as_known)


def warned(text: str) -> set[str]:
    """Return the slugs of a small ledger's warnings, but for missing sources."""
    ledger = read(text)
    told = {fault.slug for _, fault in warnings(snapshot_from(text))}
    return (told | {one.slug for one in ledger.problems}) - {"no-source"}


def without(snapshot: Snapshot, event: str) -> Snapshot:
    """Return a snapshot in which one event is retracted by a second revision."""
    withdrawn = msgspec.structs.replace(snapshot.by_id[event], revision=2, because="a test", retracted=True)
    return Snapshot(
        current_revisions((*snapshot.events, withdrawn), snapshot.register), snapshot.register, snapshot.today
    )


def block(event_id: str, kind: str, when: str, text: str = "") -> str:
    """Write an event block; `text` is what follows its first fields."""
    return f'[[event]]\nid = "{event_id}"\nkind = "{kind}"\ntitle = "{event_id}"\ndate = {when}\n{text}\n'


def bounds(figure: Sum | None) -> Bounds:
    """Return the least and the most a sum can be."""
    assert figure is not None
    return figure.low, figure.high


def texts(counts: dict[str, Sum]) -> dict[str, str]:
    """Return sums by their text."""
    return {key: one.text for key, one in counts.items()}


def said(count: Count | None) -> str | None:
    """Return a count's text."""
    return count.text if count else None


def found(snapshot: Snapshot, event: str, place: int = 0) -> Finding:
    """Judge one claim of one event."""
    one: Event = snapshot.by_id[event]
    claim: Claim = one.claim[place]
    return finding_of(snapshot, one, claim)
