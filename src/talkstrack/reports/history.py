"""History: the revisions of an event field by field, or what was recorded when."""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from talkstrack.model.dates.days import iso_day
from talkstrack.model.dates.period import OPEN_END, OPEN_START, Day, Period
from talkstrack.model.event import FACETS, Event
from talkstrack.model.register import Register
from talkstrack.rules.known import known_from

UNTOLD = frozenset({"id", "revision", "because", "recorded", "recorded_by", "line", "retracted"})
_NAMING = ("id", "party", "person", "to", "by")

Step = Literal["added", "changed", "withdrawn", "restored"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field that a revision changed, as text; None where it was or is not there.

    `field` names facets by place (`transfer.1.count`); `about` says which one that is: `{"to": "UKR", "by": "RUS"}`.
    """

    field: str
    about: dict[str, str]
    before: str | None
    after: str | None


class RevisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One revision: since which day the ledger knew it (None: always), why it was made, and what it changed."""

    id: str
    revision: int
    step: Step
    title: str
    kind: str
    date: Period
    known: str | None
    recorded: Period | None
    recorded_by: str | None
    because: str | None
    retracted: bool
    changes: tuple[Change, ...]
    line: int | None


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The history report, oldest first."""

    rows: tuple[RevisionRow, ...]


def history(
    events: tuple[Event, ...],
    register: Register,
    *,
    only: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
) -> History:
    """Report every revision in the order the ledger learned it: of one event, or of all; since and until a day."""
    rows: list[tuple[Day, int, int, RevisionRow]] = []
    standing: dict[str, Event] = {}
    withdrawn: set[str] = set()
    for event in sorted(events, key=lambda event: event.revision):
        known = known_from(event, register)
        if only in (None, event.id) and (since is None or known >= since) and (until is None or known <= until):
            row = _row(event, standing.get(event.id), known, event.id in withdrawn)
            rows.append((known, event.line or 0, event.revision, row))
        if event.retracted:
            withdrawn.add(event.id)
        else:
            withdrawn.discard(event.id)
            standing[event.id] = event
    return History(rows=tuple(row for *_, row in sorted(rows, key=lambda ordered: ordered[:3])))


def _row(event: Event, before: Event | None, known: Day, was_withdrawn: bool) -> RevisionRow:
    step: Step = "restored" if was_withdrawn else "changed" if before is not None else "added"
    return RevisionRow(
        id=event.id,
        revision=event.revision,
        step="withdrawn" if event.retracted else step,
        title=event.title,
        kind=event.kind,
        date=event.when,
        known=iso_day(known) if OPEN_START < known < OPEN_END - 2 else None,
        recorded=event.recorded,
        recorded_by=event.recorded_by,
        because=event.because,
        retracted=event.retracted,
        changes=changes(before, event) if before is not None and not event.retracted else (),
        line=event.line,
    )


def changes(before: Event, after: Event) -> tuple[Change, ...]:
    """Return the fields two revisions differ in, facets by place: `transfer.1.count`."""
    old, new = _flat(before), _flat(after)
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Change(field=name, about=_about(after, name) or _about(before, name), before=old.get(name), after=new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def _about(event: Event, name: str) -> dict[str, str]:
    facet, _, rest = name.partition(".")
    place = rest.partition(".")[0]
    rows = getattr(event, facet) if facet in FACETS else ()
    if not place.isdigit() or int(place) > len(rows):
        return {}
    values = {key: getattr(rows[int(place) - 1], key, None) for key in _NAMING}
    return {key: value for key, value in values.items() if isinstance(value, str) and value}


def _flat(event: Event) -> dict[str, str]:
    values = msgspec.to_builtins(event).items()
    return dict(text for name, value in values if name not in UNTOLD for text in _texts(name, value))


def _texts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and ("edtf" in value or {"text", "state"} <= value.keys()):
        yield name, str(value.get("edtf") or value.get("text"))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(f"{name}.{key}", item)
    elif isinstance(value, list | tuple) and any(isinstance(item, dict) for item in value):
        for place, item in enumerate(value, 1):
            yield from _texts(f"{name}.{place}", item)
    elif isinstance(value, list | tuple) and value:
        yield name, ", ".join(map(str, value))
    elif value is not None and value != [] and value != ():
        yield name, str(value).lower() if isinstance(value, bool) else str(value)
