"""What a command asks the index for: the filters of the command line as one value."""

import msgspec

from talkstrack.model.dates.period import Period


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """The filters; several values of one mean either, different ones mean both.

    `since` and `until` are inclusive and take what may fall inside; `on` is both at once. `last` keeps that many from
    the end. This is the `query` object of the JSON output.
    """

    since: Period | None = None
    until: Period | None = None
    on: Period | None = None
    kind: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    round: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    as_known: Period | None = None
    text: str | None = None
    last: int | None = None


EVERYTHING = Query()
