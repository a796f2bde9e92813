"""The timeline: the selected events in order, what matters about each, and the gaps between them."""

from collections.abc import Callable
from typing import Literal

import msgspec

from talkstrack.model.dates.period import ends_of, first_day, last_day
from talkstrack.model.event import Event
from talkstrack.reports.headline import Headline, headline
from talkstrack.rules.scope import scopes_above
from talkstrack.rules.snapshot import Snapshot

Grouping = Literal["month", "year", "round", "kind"]
GAP_DAYS = 7
"""From this many days without an event on, the gap is marked."""


class TimelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event; `is_possible`: it only may fall inside the span asked for.

    `gap` days passed since the one before it in its group (None: too few to mark).
    """

    event: Event
    headline: Headline
    is_possible: bool
    gap: int | None


class TimelineGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one month, year, round or kind. `key` is `2025-05`, `2025`, `1` or `exchange`."""

    key: str
    rows: tuple[TimelineRow, ...]


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The timeline report: groups of rows, of how many events the ledger has, and the days it spans."""

    title: str
    groups: tuple[TimelineGroup, ...]
    shown: int
    total: int
    first: str | None
    last: str | None

    @property
    def rows(self) -> tuple[TimelineRow, ...]:
        """The rows of all groups."""
        return tuple(row for group in self.groups for row in group.rows)


def timeline(
    snapshot: Snapshot,
    events: tuple[Event, ...],
    *,
    group: Grouping = "month",
    possible: frozenset[str] = frozenset(),
    reverse: bool = False,
    total: int | None = None,
) -> Timeline:
    """Report the selected events. `possible` are the ids of those that only may fall inside the span asked for."""
    ordered = tuple(reversed(events)) if reverse else events
    groups: dict[str, list[TimelineRow]] = {}
    before: int | None = None
    for event in ordered:
        gap = _gap(before, event) if group in ("month", "year") and not reverse else None
        row = TimelineRow(event=event, headline=headline(snapshot, event), is_possible=event.id in possible, gap=gap)
        groups.setdefault(_KEYS[group](snapshot, event), []).append(row)
        if not snapshot.parts.get(event.id):
            before = max(before or 0, _end(event))
    first, last = ends_of(event.when for event in events)
    return Timeline(
        title=snapshot.register.heading.title or "Timeline",
        groups=tuple(TimelineGroup(key=key, rows=tuple(rows)) for key, rows in groups.items()),
        shown=len(events),
        total=len(snapshot.events) if total is None else total,
        first=first,
        last=last,
    )


def _gap(before: int | None, event: Event) -> int | None:
    if before is None:
        return None
    days = first_day(event.when) - before
    return days if GAP_DAYS <= days < 10**6 else None


def _end(event: Event) -> int:
    end = last_day(event.when)
    return end if end < 10**7 else first_day(event.when)


def _date_without(event: Event, parts: int) -> str:
    day = event.when.earliest or event.when.latest
    return day.rsplit("-", parts)[0] if day else "undated"


def round_of(snapshot: Snapshot, event: Event) -> str:
    """Return the round an event belongs to: its own, or that of the agreement it is under; else ""."""
    if event.round is not None:
        return str(event.round)
    for target in sorted(scopes_above(snapshot, event.id)):
        above = snapshot.by_id.get(target.partition("/")[0])
        if above is not None and above.round is not None:
            return str(above.round)
    return ""


_KEYS: dict[Grouping, Callable[[Snapshot, Event], str]] = {
    "month": lambda _, event: _date_without(event, 1),
    "year": lambda _, event: _date_without(event, 2),
    "round": round_of,
    "kind": lambda _, event: event.kind,
}
