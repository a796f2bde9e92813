"""The check report: the ledger's own problems, and the warnings that need totals."""

from collections.abc import Iterable, Iterator
from datetime import date

from talkstrack.ledger.checking.view import Tables
from talkstrack.ledger.checking.warnings import warnings
from talkstrack.model.convert import Fault
from talkstrack.model.counts import pretty
from talkstrack.model.event import Event
from talkstrack.model.sums import add, is_compatible
from talkstrack.reports.claims import in_words, recorded_words
from talkstrack.rules.accounts import figure, flows
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.verdicts import finding_of
from talkstrack.rules.wholes import is_whole, parts_below


def all_warnings(
    snapshot: Snapshot, revisions: Iterable[Event], tables: Tables | None = None
) -> Iterator[tuple[Event, Fault]]:
    """Yield every warning of a ledger, given all its revisions in file order, with the event it stands in."""
    yield from warnings(revisions, snapshot.register, date.fromordinal(snapshot.today), tables)
    yield from total_warnings(snapshot)


def total_warnings(snapshot: Snapshot) -> Iterator[tuple[Event, Fault]]:
    """Yield the warnings that only the totals can tell, with the event they stand in."""
    for event in snapshot.events:
        if event.counts:
            for fault in claim_warnings(snapshot, event):
                yield event, fault
            for fault in whole_warnings(snapshot, event):
                yield event, fault


def claim_warnings(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    """Warn of claims above or below everything the ledger records in their scope."""
    for place, claim in enumerate(event.claim):
        finding = finding_of(snapshot, event, claim)
        if finding.verdict in ("above", "below"):
            message = f"{in_words(snapshot, event, claim)}: {recorded_words(finding)}"
            hint = (
                f"its note says: {claim.note}"
                if claim.note
                else "if the slip is the source's, say so in the claim's `note`; the record stands either way"
            )
            yield Fault(f"claim-{finding.verdict}", ("claim", place), message, hint)


def whole_warnings(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    """Warn of a whole whose own figure its parts cannot add up to."""
    if not (event.transfer and is_whole(snapshot, event)):
        return
    below = parts_below(snapshot, event)
    for group in flows(snapshot, event):
        inside = [
            figure(one)
            for key in below
            if snapshot.by_id[key].counts and not is_whole(snapshot, snapshot.by_id[key])
            for one in flows(snapshot, snapshot.by_id[key])
            if (one.receiver, one.unit) == (group.receiver, group.unit)
        ]
        parts, own = add(inside), figure(group)
        if inside and not own.undisclosed and not is_compatible(parts, own):
            place = next(at for at, row in enumerate(event.transfer) if row == group.accounts[0].rows[0].transfer)
            message = f"the whole says {pretty(own.text)} to {group.receiver}, its parts add up to {pretty(parts.text)}"
            yield Fault(
                "whole-and-parts",
                ("transfer", place, "count"),
                message,
                "the total spans both until one is mended",
            )
