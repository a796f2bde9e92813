"""One event whole: its lines, its links both ways, its sources and its revisions."""

import msgspec

from talkstrack.model.dates.period import Day, Period, first_day
from talkstrack.model.entries import Source
from talkstrack.model.event import Event
from talkstrack.model.register import Register
from talkstrack.render.words.events import LabelledLine, event_lines
from talkstrack.reports.history import RevisionRow, history
from talkstrack.rules.snapshot import Snapshot


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Another event and how it stands to this one."""

    relation: str
    id: str
    title: str


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A source as the register has it; `copies` are those it is based on."""

    id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: Period | None
    grade: str | None
    copies: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One event with all that belongs to it."""

    event: Event
    lines: tuple[LabelledLine, ...]
    links: tuple[Link, ...]
    sources: tuple[SourceRow, ...]
    revisions: tuple[RevisionRow, ...]


def show(snapshot: Snapshot, event: Event, revisions: tuple[Event, ...]) -> Shown:
    """Show one event; `revisions` are all that the ledger holds of it."""
    return Shown(
        event=event,
        lines=tuple(event_lines(snapshot, event, short=False)),
        links=links(snapshot, event),
        sources=tuple(_source(snapshot.register, key) for key in event.sources),
        revisions=history(revisions, snapshot.register).rows,
    )


def links(snapshot: Snapshot, event: Event) -> tuple[Link, ...]:
    """Return the events this one stands beside, points to, and is pointed at by."""
    links: list[Link] = []
    same = [other for other in snapshot.events if other.kind == event.kind and other.part_of == event.part_of]
    places = [other.id for other in same]
    if event.id in places and event.part_of:
        place = places.index(event.id)
        links += [_link("before", same[place - 1])] if place > 0 else []
        links += [_link("after", same[place + 1])] if place + 1 < len(same) else []
    for other in snapshot.events:
        if other.id == event.id:
            continue
        if other.part_of == event.id:
            links.append(_link("part", other))
        elif (other.under is not None and other.under.partition("/")[0] == event.id) or any(
            row.under is not None and row.under.partition("/")[0] == event.id for row in other.transfer
        ):
            links.append(_link("under it", other))
        elif event.id in other.about:
            links.append(_link("about it", other))
        elif _same_day(other, event) and other.kind in ("talks", "agreement"):
            links.append(_link("same day", other))
    return tuple(links)


def _link(relation: str, event: Event) -> Link:
    return Link(relation=relation, id=event.id, title=event.title)


def _same_day(event: Event, other: Event) -> bool:
    day: Day = first_day(event.when)
    return day == first_day(other.when) and event.when.earliest == event.when.latest == other.when.latest


def _source(register: Register, key: str) -> SourceRow:
    source = register.sources.get(key, Source())
    return SourceRow(
        id=key,
        publisher=source.publisher,
        title=source.title or source.note,
        url=source.url,
        published=source.published,
        grade=source.grade,
        copies=source.based_on,
    )
