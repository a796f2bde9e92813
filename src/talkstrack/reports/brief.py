"""The brief: last events, what is due, promises and their delivery, disputes, and the ledger's health."""

import msgspec

from talkstrack.model.counts import pretty
from talkstrack.model.dates.period import Period, last_day
from talkstrack.model.event import Event
from talkstrack.reports.agreements import CommitmentRow, commitment_row
from talkstrack.reports.deadlines import DeadlineRow, rows_of
from talkstrack.reports.headline import headline
from talkstrack.reports.timeline import TimelineRow
from talkstrack.rules.accounts import figure, flows, links_by_side
from talkstrack.rules.directions import unit_of_commitment
from talkstrack.rules.fulfilment import commitment_references, readings_of
from talkstrack.rules.hand_overs import tied_to
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.wholes import is_whole


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


def brief(
    snapshot: Snapshot, events: tuple[Event, ...], *, today: str, errors: int, warnings: int, last: int = 4
) -> Brief:
    """Sum the selected events up on one screen; `errors` and `warnings` are what `check` found."""
    rows = [row for event in events for row in rows_of(snapshot, event)]
    past = [event for event in events if last_day(event.when) <= snapshot.today and not snapshot.parts.get(event.id)]
    return Brief(
        title=snapshot.register.heading.title or "Ledger",
        last=tuple(
            TimelineRow(event=event, matters=headline(snapshot, event), may=False, gap=None)
            for event in sorted(past, key=_lately)[-last:][::-1]
        ),
        due=tuple(sorted((row for row in rows if row.state == "open"), key=lambda row: (row.days, row.event))),
        past_due=tuple(
            sorted(
                (row for row in rows if row.state not in ("open", "replaced")),
                key=lambda row: (last_day(row.due), row.event),
            )
        ),
        promised=promised(snapshot, events),
        disputed=disputes(snapshot, events),
        health=health(snapshot, events, errors, warnings),
        today=today,
    )


def _lately(event: Event) -> tuple[int, int]:
    """Order by the last day; of one day, what was done stands before what was said."""
    done = bool(event.transfer or event.delegation or event.commitment)
    bears = bool(event.office or event.deadline or event.response)
    return last_day(event.when), (2 * done + bears) if event.status == "held" else 0


def promised(snapshot: Snapshot, events: tuple[Event, ...]) -> tuple[CommitmentRow, ...]:
    """Return the countable commitments of the selected events, followed to their delivery."""
    references = [reference for event in events if event.counts for reference in commitment_references(event)]
    counted = (reference for reference in references if unit_of_commitment(snapshot, reference) is not None)
    return tuple(commitment_row(snapshot, reference) for reference in counted)


def disputes(snapshot: Snapshot, events: tuple[Event, ...]) -> tuple[Dispute, ...]:
    """Return what the sides read or tie differently."""
    disputes = []
    for event in events:
        if not event.counts:
            continue
        for reference in commitment_references(event):
            words = _readings(snapshot, reference)
            if words:
                disputes.append(Dispute(subject=reference, date=event.when, words=words))
        for group in flows(snapshot, event):
            links = links_by_side(snapshot, group)
            tie = [str(side) for side, ones in links.items() if any(ones)]
            cut = [str(side) for side, ones in links.items() if "" in ones and not any(ones)]
            if tie and cut:
                scope = tied_to(snapshot, (group,))
                counted = f"{pretty(figure(group).text)} {group.unit} to {group.receiver}"
                words = f"{counted}, under {scope} ({', '.join(tie)}) or not ({', '.join(cut)})"
                disputes.append(Dispute(subject=event.id, date=event.when, words=words))
                break
    return tuple(disputes)


def _readings(snapshot: Snapshot, reference: str) -> str:
    readings = readings_of(snapshot, reference)
    sides = {side: rows for side, rows in readings.items() if side is not None and side in snapshot.register.parties}
    texts = {}
    for side, rows in sides.items():
        words = []
        for _, commitment in rows:
            if commitment.count is not None:
                words.append(
                    pretty(commitment.count.text)
                    + (f" to {snapshot.register.side(commitment.to)}" if commitment.to else " each")
                )
        if words:
            texts[side] = ", ".join(words)
    if len(set(texts.values())) < 2:
        return ""
    return " or ".join(f"{text} ({side})" for side, text in texts.items())


def health(snapshot: Snapshot, events: tuple[Event, ...], errors: int, warnings: int) -> Health:
    """Count events, problems, and the hand-overs of which no side discloses any figure."""
    handovers = [event for event in events if event.transfer and event.counts and not is_whole(snapshot, event)]
    hidden = [event for event in handovers if all(figure(group).undisclosed for group in flows(snapshot, event))]
    return Health(
        events=len(events),
        errors=errors,
        warnings=warnings,
        handovers=len(handovers),
        undisclosed=len(hidden),
    )
