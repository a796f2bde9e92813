"""What was known: which revision of an event is current, and from which day it was known."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from talkstrack.model.dates.period import Day, first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.register import Register


def known_from(event: Event, register: Register) -> Day:
    """Return the day from which the ledger knew this revision.

    A first revision is known from the earliest `published` of its sources, else `recorded`, else its date; a later
    one from `recorded`.
    """
    if event.revision == 1:
        published = _published(register)
        days = [published[source] for source in event.sources if source in published]
        if days:
            return min(days)
    return first_day(event.recorded or event.when)


@lru_cache(maxsize=2)
def _published(register: Register) -> Mapping[str, Day]:
    """Return the first day each source can have been published on; sources without a day are left out."""
    return {
        identity: first_day(source.published)
        for identity, source in register.sources.items()
        if source.published is not None and source.published.earliest is not None
    }


def current_revisions(events: Iterable[Event], register: Register, known: Day | None = None) -> tuple[Event, ...]:
    """Return each event's latest revision (known on that day), withdrawn ones left out, in the ledger's order."""
    latest: dict[str, tuple[int, Event]] = {}
    for place, event in enumerate(events):
        if known is not None and known_from(event, register) > known:
            continue
        before = latest.get(event.id)
        if before is None or event.revision > before[1].revision:
            latest[event.id] = (before[0] if before else place, event)
    ordered = sorted((first_day(event.when), last_day(event.when), place, event.id) for place, event in latest.values())
    return tuple(latest[identity][1] for *_, identity in ordered if not latest[identity][1].retracted)
