"""What a held event hands over, in brief: all that totals need of it, so that many are quickly read."""

import msgspec

from talkstrack.model.counts import Count, count_of
from talkstrack.model.event import Event
from talkstrack.model.facets import Transfer, What


class HandedRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One transfer as it is written; counts are the texts of counts."""

    to: str
    count: str
    parts: dict[str, str] | None
    what: What | None
    by: str | None


class Handing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The transfers of one held event, with the first and last ISO day its date can mean (None: open or unknown)."""

    event: str
    kind: str
    earliest: str | None
    latest: str | None
    rows: tuple[HandedRow, ...]


def handing_of(event: Event) -> Handing | None:
    """Return what an event hands over; None where it is not held, or hands over nothing."""
    if not (event.transfer and event.counts):
        return None
    when = event.when
    rows = tuple([HandedRow(row.to, row.count.text, _texts(row.parts), row.what, row.by) for row in event.transfer])
    return Handing(event.id, event.kind, when.earliest, when.latest, rows)


def _texts(parts: dict[str, Count] | None) -> dict[str, str] | None:
    return {name: count.text for name, count in parts.items()} if parts else None


def transfers_of(handing: Handing) -> tuple[Transfer, ...]:
    """Return the transfers again, with all that a hand-over in brief says of them."""
    return tuple([
        Transfer(
            to=row.to,
            count=count_of(row.count),
            parts={name: count_of(count) for name, count in row.parts.items()} if row.parts else None,
            what=row.what,
            by=row.by,
        )
        for row in handing.rows
    ])  # fmt: skip
