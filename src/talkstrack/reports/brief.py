"""The brief: last events, what is due, promises and their delivery, disputes, and the ledger's health."""

import msgspec

from talkstrack.model.counts import pretty
from talkstrack.model.dates import Period
from talkstrack.model.event import Event
from talkstrack.reports.accounts import figure, groups, stated_links
from talkstrack.reports.agreements import CommitmentRow, commitment_row
from talkstrack.reports.book import Book, last_day
from talkstrack.reports.commitments import readings_of, references_of, unit_of
from talkstrack.reports.deadlines import DeadlineRow, rows_of
from talkstrack.reports.handovers import group_of
from talkstrack.reports.matters import what_matters
from talkstrack.reports.timeline import TimelineRow


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Something the sides tell differently: where, and each side's word."""

    subject: str
    date: Period
    words: str


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How the ledger stands: problems found, and how many hand-overs give no figure in any direction."""

    events: int
    errors: int
    warnings: int
    handovers: int
    undisclosed: int


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The one-screen brief. `past_due` are the deadlines that ended one way or the other, not the replaced ones."""

    title: str
    last: tuple[TimelineRow, ...]
    due: tuple[DeadlineRow, ...]
    past_due: tuple[DeadlineRow, ...]
    promised: tuple[CommitmentRow, ...]
    disputed: tuple[Dispute, ...]
    health: Health
    today: str


def brief(book: Book, events: tuple[Event, ...], *, today: str, errors: int, warnings: int, last: int = 4) -> Brief:
    """Sum the selected events up on one screen; `errors` and `warnings` are what `check` found."""
    found = [one for event in events for one in rows_of(book, event)]
    past = [event for event in events if last_day(event.when) <= book.today and not book.parts.get(event.id)]
    return Brief(
        title=book.register.heading.title or "Ledger",
        last=tuple(
            TimelineRow(event=event, matters=what_matters(book, event), may=False, gap=None)
            for event in sorted(past, key=_lately)[-last:][::-1]
        ),
        due=tuple(sorted((one for one in found if one.state == "open"), key=lambda one: (one.days, one.event))),
        past_due=tuple(
            sorted(
                (one for one in found if one.state not in ("open", "replaced")),
                key=lambda one: (last_day(one.due), one.event),
            )
        ),
        promised=promised(book, events),
        disputed=disputes(book, events),
        health=health(book, events, errors, warnings),
        today=today,
    )


def _lately(event: Event) -> tuple[int, int]:
    """Order by the last day; of one day, what was done stands before what was said."""
    done = bool(event.transfer or event.delegation or event.commitment)
    bears = bool(event.office or event.deadline or event.response)
    return last_day(event.when), (2 * done + bears) if event.status == "held" else 0


def promised(book: Book, events: tuple[Event, ...]) -> tuple[CommitmentRow, ...]:
    """Return the countable commitments of the selected events, followed to their delivery."""
    found = [one for event in events if event.counts for one in references_of(event)]
    return tuple(commitment_row(book, one) for one in found if unit_of(book, one) is not None)


def disputes(book: Book, events: tuple[Event, ...]) -> tuple[Dispute, ...]:
    """Return what the sides read or tie differently."""
    found = []
    for event in events:
        if not event.counts:
            continue
        for reference in references_of(event):
            words = _readings(book, reference)
            if words:
                found.append(Dispute(subject=reference, date=event.when, words=words))
        for group in groups(book, event):
            links = stated_links(book, group)
            tie = [str(side) for side, ones in links.items() if any(ones)]
            cut = [str(side) for side, ones in links.items() if "" in ones and not any(ones)]
            if tie and cut:
                scope = group_of(book, (group,))
                counted = f"{pretty(figure(group).text)} {group.what} to {group.to}"
                words = f"{counted}, under {scope} ({', '.join(tie)}) or not ({', '.join(cut)})"
                found.append(Dispute(subject=event.id, date=event.when, words=words))
                break
    return tuple(found)


def _readings(book: Book, reference: str) -> str:
    readings = readings_of(book, reference)
    sides = {side: rows for side, rows in readings.items() if side is not None and side in book.register.parties}
    texts = {}
    for side, rows in sides.items():
        told = []
        for _, one in rows:
            if one.count is not None:
                told.append(pretty(one.count.text) + (f" to {book.register.side(one.to)}" if one.to else " each"))
        if told:
            texts[side] = ", ".join(told)
    if len(set(texts.values())) < 2:
        return ""
    return " or ".join(f"{text} ({side})" for side, text in texts.items())


def health(book: Book, events: tuple[Event, ...], errors: int, warnings: int) -> Health:
    """Count events, problems, and the hand-overs of which no side discloses any figure."""
    handovers = [event for event in events if event.transfer and event.counts and not book.is_whole(event)]
    hidden = [event for event in handovers if all(figure(group).undisclosed for group in groups(book, event))]
    return Health(
        events=len(events),
        errors=errors,
        warnings=warnings,
        handovers=len(handovers),
        undisclosed=len(hidden),
    )
