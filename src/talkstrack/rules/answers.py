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
    found = [] if event.about else _of(event)
    for other in snapshot.about.get(event.id, ()):
        found.extend(_of(other))
    return tuple(found)


def _of(event: Event) -> list[Answer]:
    return [
        Answer(
            by=one.by,
            answer=one.answer,
            event=event.id,
            date=(one.date or event.when).edtf,
            note=one.note,
        )
        for one in event.response
    ]
