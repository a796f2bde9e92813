"""What a party proposed, and what came of it."""

import msgspec

from talkstrack.model.dates.period import Period
from talkstrack.model.event import Event
from talkstrack.reports.deadlines import rows_of
from talkstrack.reports.headline import ANSWER_WORDS, agreement_state, followed_state
from talkstrack.rules.answers import answers_to
from talkstrack.rules.snapshot import Snapshot


class ProposalRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something a party proposed, the answers to it, and in `outcome` what came of it."""

    event: str
    date: Period
    title: str
    status: str
    with_others: int
    answers: tuple[str, ...]
    outcome: str


def proposals_of(snapshot: Snapshot, side: str, events: tuple[Event, ...]) -> tuple[ProposalRow, ...]:
    """Return what a side proposed among these events, alone or with others."""
    found = []
    for event in events:
        sides = list(dict.fromkeys(snapshot.register.side(name) for name in event.by))
        if event.kind != "proposal" or side not in sides:
            continue
        texts = [f"{snapshot.register.called(one.by)} {one.answer}" for one in answers_to(snapshot, event)]
        found.append(
            ProposalRow(
                event=event.id,
                date=event.when,
                title=event.title,
                status=event.status,
                with_others=len(sides) - 1,
                answers=tuple(texts),
                outcome=_outcome(snapshot, event),
            )
        )
    return tuple(found)


def _outcome(snapshot: Snapshot, event: Event) -> str:
    """Return what came of a proposal: each side's last answer, what was delivered, and how its deadline ended."""
    if event.status != "held":
        return event.status
    register = snapshot.register
    last = {register.called(register.side(one.by)): ANSWER_WORDS[one.answer] for one in answers_to(snapshot, event)}
    told = [f"{by} {answer}" for by, answer in last.items()]
    if event.commitment:
        told.append(agreement_state(snapshot, event))
    elif event.under and event.under in snapshot.commitments:
        told.append(followed_state(snapshot, event.under))
    ended = [one for one in rows_of(snapshot, event) if one.state not in ("met", "passed")]
    told += [f"due {one.due.edtf}" if one.state == "open" else one.state for one in ended]
    return "; ".join(part for part in told if part)
