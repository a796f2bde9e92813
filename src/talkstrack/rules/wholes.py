"""Wholes and parts: which event is a whole, what lies below it, and what the two say of the same sum."""

from talkstrack.model.event import Event
from talkstrack.rules.snapshot import Snapshot, per_snapshot


def is_whole(snapshot: Snapshot, event: Event) -> bool:
    """Whether held events of the same kind are parts of this one, so that it is not added to them."""
    parts = snapshot.parts.get(event.id)
    return parts is not None and any(part.kind == event.kind and part.counts for part in parts)


@per_snapshot
def parts_below(snapshot: Snapshot, whole: Event) -> frozenset[str]:
    """Return the ids of all parts of the same kind below a whole, at any depth."""
    below: set[str] = set()
    waiting = [whole.id]
    while waiting:
        for part in snapshot.parts.get(waiting.pop(), ()):
            if part.kind == whole.kind and part.id not in below:
                below.add(part.id)
                waiting.append(part.id)
    return frozenset(below)
