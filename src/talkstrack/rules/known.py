"""What counts and what was known: which revision of an event is current, and from which day."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from talkstrack.model.dates.period import Day, first_day, last_day
from talkstrack.model.event import Event
from talkstrack.model.register import Register


@lru_cache(maxsize=2)
def published_days(register: Register) -> Mapping[str, int]:
    """Return the first day each source can have been published on; sources without a day are left out."""
    return {
        key: first_day(one.published)
        for key, one in register.sources.items()
        if one.published is not None and one.published.earliest is not None
    }


def known_since(event: Event, published: Mapping[str, int]) -> int:
    """Return the day from which the ledger knew this revision; `published` as `published_days` gives it.

    A first revision is known from the earliest `published` of its sources, else `recorded`, else its date; a later
    one from `recorded`.
    """
    if event.revision == 1:
        found = [published[key] for key in event.sources if key in published]
        if found:
            return min(found)
    return first_day(event.recorded or event.when)


def current_revisions(events: Iterable[Event], register: Register, as_known: Day | None = None) -> tuple[Event, ...]:
    """Return each event's latest revision known on that day, withdrawn ones left out, in the ledger's order."""
    published = published_days(register) if as_known is not None else {}
    latest: dict[str, tuple[int, Event]] = {}
    for place, event in enumerate(events):
        if as_known is not None and known_since(event, published) > as_known:
            continue
        standing = latest.get(event.id)
        if standing is None or event.revision > standing[1].revision:
            latest[event.id] = (standing[0] if standing else place, event)
    ordered = sorted((first_day(event.when), last_day(event.when), place, event.id) for place, event in latest.values())
    return tuple(latest[key][1] for *_, key in ordered if not latest[key][1].retracted)
