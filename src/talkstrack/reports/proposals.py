"""What a party proposed, and what came of it."""

import msgspec

from talkstrack.model.dates.period import Period
from talkstrack.model.event import Event
from talkstrack.reports.deadlines import DeadlineRow, rows_of
from talkstrack.rules.answers import Answer, answers_to, last_answers
from talkstrack.rules.fulfilment import State, agreement_state, commitment_state
from talkstrack.rules.snapshot import Snapshot


class ProposalRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something a party proposed, and what came of it: the answers to it, where what it promised stands, its deadlines.

    `last_answers` has each side's last one.
    """

    event: str
    date: Period
    title: str
    status: str
    with_others: int
    answers: tuple[Answer, ...]
    last_answers: dict[str, str]
    state: State | None
    met_on: str | None
    deadlines: tuple[DeadlineRow, ...]


def proposals_of(snapshot: Snapshot, side: str, events: tuple[Event, ...]) -> tuple[ProposalRow, ...]:
    """Return what a side proposed among these events, alone or with others."""
    proposals = ((event, snapshot.register.sides(event.by)) for event in events if event.kind == "proposal")
    return tuple(_row(snapshot, event, len(sides) - 1) for event, sides in proposals if side in sides)


def _row(snapshot: Snapshot, event: Event, with_others: int) -> ProposalRow:
    if event.commitment:
        state, met_on = agreement_state(snapshot, event)
    else:
        state, met_on = commitment_state(snapshot, event.under or "")
    return ProposalRow(
        event=event.id,
        date=event.when,
        title=event.title,
        status=event.status,
        with_others=with_others,
        answers=answers_to(snapshot, event),
        last_answers={side: last.answer for side, last in last_answers(snapshot, event).items()},
        state=state,
        met_on=met_on,
        deadlines=rows_of(snapshot, event),
    )
