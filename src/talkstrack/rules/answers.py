"""Answers: what an event was answered, by its own responses and by later events about it."""

import msgspec

from talkstrack.model.event import Event
from talkstrack.rules.snapshot import Snapshot


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer, and the event that says so."""

    by: str
    answer: str
    event: str
    date: str
    note: str | None


def answers_to(snapshot: Snapshot, event: Event) -> tuple[Answer, ...]:
    """Return the answers an event got. The responses of an event with `about` answer that event, not itself."""
    answers = [] if event.about else _of(event)
    for other in snapshot.about.get(event.id, ()):
        answers.extend(_of(other))
    return tuple(answers)


def last_answers(snapshot: Snapshot, event: Event) -> dict[str, Answer]:
    """Return the last answer of each side."""
    return {snapshot.register.side(answer.by): answer for answer in answers_to(snapshot, event)}


def _of(event: Event) -> list[Answer]:
    return [
        Answer(by=row.by, answer=row.answer, event=event.id, date=(row.date or event.when).edtf, note=row.note)
        for row in event.response
    ]
