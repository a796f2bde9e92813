"""Keep of an event only what its links to others are checked by: 100,000 cards fit where events would not."""

from collections.abc import Iterator
from functools import lru_cache
from sys import intern

import msgspec

from talkstrack.model.convert import Path
from talkstrack.model.event import FACET_TYPES, Event
from talkstrack.model.fields import LINKS, fields_with
from talkstrack.model.register import Register
from talkstrack.rules.directions import resolved
from talkstrack.rules.scope import Promise, promises_of

Direction = tuple[str, str]
"""What a hand-over counts and the side that receives it: ("people", "UKR")."""


class Reference(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name of another event, or EVENT/COMMITMENT, with its place and the hand-overs it ties to that promise."""

    path: Path
    target: str
    feeds: tuple[Direction, ...] = ()

    @property
    def event(self) -> str:
        """The id of the event that is named."""
        return self.target.partition("/")[0]

    @property
    def field(self) -> str:
        """The field it stands in: `under`, `part_of`, `replaces` or `about`."""
        return str(self.path[0] if len(self.path) == 2 else self.path[-1])


class References(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What must be known of an event to check its links."""

    id: str
    kind: str
    revision: int = 1
    retracted: bool = False
    line: int | None = None
    references: tuple[Reference, ...] = ()
    commitments: tuple[Promise, ...] = ()
    counts: bool = True
    missing: tuple[str, ...] = ()
    """The facets its kind needs and it lacks: no fault in a whole, whose parts have them."""


def references_of(event: Event, register: Register) -> References:
    """Return the card of an event."""
    kind = register.kinds.get(event.kind)
    missing: tuple[str, ...] = ()
    if kind is not None and kind.needs and event.counts:
        missing = tuple(name for name in kind.needs if not getattr(event, name))
    return References(
        id=event.id,
        kind=intern(event.kind),
        revision=event.revision,
        retracted=event.retracted,
        line=event.line,
        references=tuple(_references(event, register)),
        commitments=promises_of(register, event),
        counts=event.counts,
        missing=missing,
    )


_EVENT_LINKS = fields_with(Event, *LINKS)
_FACET_LINKS = {facet: links for facet, struct in FACET_TYPES.items() if (links := fields_with(struct, *LINKS))}


def _references(event: Event, register: Register) -> Iterator[Reference]:
    rows = resolved(register, event)
    inherited = tuple([(row.unit, row.receiver) for row in rows if row.transfer.under is None])
    for field in _EVENT_LINKS:
        if link := getattr(event, field.attribute):
            feeds = _shared(inherited) if field.name == "under" else ()
            yield from _each(_path(field.name), link, feeds)
    for facet, fields in _FACET_LINKS.items():
        for position, facet_row in enumerate(getattr(event, facet)):
            for field in fields:
                if link := getattr(facet_row, field.attribute):
                    feeds = _shared(((rows[position].unit, rows[position].receiver),)) if facet == "transfer" else ()
                    yield from _each(_path(facet, position, field.name), link, feeds)


def _each(path: Path, link: str | tuple[str, ...], feeds: tuple[Direction, ...]) -> Iterator[Reference]:
    if isinstance(link, str):
        yield Reference(path, intern(link), feeds)
    else:
        for place, name in enumerate(link):
            yield Reference(_path(*path, place), intern(name), feeds)


@lru_cache(maxsize=4096)
def _path(*parts: str | int) -> Path:
    return parts


@lru_cache(maxsize=4096)
def _shared(feeds: tuple[Direction, ...]) -> tuple[Direction, ...]:
    return tuple(dict.fromkeys(feeds))
