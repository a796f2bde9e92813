"""The check report: the ledger's own problems, and the warnings that need totals."""

from collections.abc import Iterable, Iterator
from datetime import date

from talkstrack.ledger.checks.warnings import Tables, warnings
from talkstrack.model.counts import pretty
from talkstrack.model.event import Event
from talkstrack.model.shape import Fault
from talkstrack.model.sums import add
from talkstrack.reports.accounts import figure, groups
from talkstrack.reports.book import Book
from talkstrack.reports.claims import in_words, recorded_words
from talkstrack.reports.sums import parts_below, they_meet
from talkstrack.reports.verdicts import judge


def all_warnings(book: Book, revisions: Iterable[Event], tables: Tables | None = None) -> Iterator[tuple[Event, Fault]]:
    """Yield every warning of a ledger, given all its revisions in file order, with the event it stands in."""
    yield from warnings(revisions, book.register, date.fromordinal(book.today), tables)
    yield from total_warnings(book)


def total_warnings(book: Book) -> Iterator[tuple[Event, Fault]]:
    """Yield the warnings that only the totals can tell, with the event they stand in."""
    for event in book.events:
        if event.counts:
            for fault in claim_warnings(book, event):
                yield event, fault
            for fault in whole_warnings(book, event):
                yield event, fault


def claim_warnings(book: Book, event: Event) -> Iterator[Fault]:
    """Warn of claims above or below everything the ledger records in their scope."""
    for place, claim in enumerate(event.claim):
        finding = judge(book, event, claim)
        if finding.verdict in ("above", "below"):
            message = f"{in_words(book, event, claim)}: {recorded_words(finding)}"
            hint = (
                f"its note says: {claim.note}"
                if claim.note
                else "if the slip is the source's, say so in the claim's `note`; the record stands either way"
            )
            yield Fault(f"claim-{finding.verdict}", ("claim", place), message, hint)


def whole_warnings(book: Book, event: Event) -> Iterator[Fault]:
    """Warn of a whole whose own figure its parts cannot add up to."""
    if not (event.transfer and book.is_whole(event)):
        return
    below = parts_below(book, event)
    for group in groups(book, event):
        inside = [
            figure(one)
            for key in below
            if book.by_id[key].counts and not book.is_whole(book.by_id[key])
            for one in groups(book, book.by_id[key])
            if (one.to, one.what) == (group.to, group.what)
        ]
        parts, own = add(inside), figure(group)
        if inside and not own.undisclosed and not they_meet(parts, own):
            place = next(at for at, row in enumerate(event.transfer) if row in group.accounts[0].rows)
            message = f"the whole says {pretty(own.text)} to {group.to}, its parts add up to {pretty(parts.text)}"
            yield Fault(
                "whole-and-parts",
                ("transfer", place, "count"),
                message,
                "the total spans both until one is mended",
            )
