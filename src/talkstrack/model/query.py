"""What a command asks the index for: the filters of the command line as one value."""

from typing import Annotated, Literal

import msgspec

from talkstrack.model.dates.period import Period

ADDRESSED = ("to",)
"""The role of those to whom something is addressed or handed over."""
ANY_ROLE = ("party", "person", "by", *ADDRESSED)
"""The roles in which an event names somebody."""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """How a filter is offered, and what of an event it is held against.

    `help` and `metavar` are those of its option, `completes` the list its values are completed from; without `help`
    there is no option. Its values are held against a `column` of the index (`test`: equal to one of them, or with one
    of them in it); or against the names an event has in these `roles`, where `names` says how a value is understood;
    or, with neither, against a rule of its own.
    """

    help: str = ""
    metavar: str = "NAME"
    completes: str = ""
    column: str = ""
    test: Literal["equal", "within"] = "equal"
    roles: tuple[str, ...] = ()
    names: Literal["party", "person", "speaker", "source", "tag"] = "tag"


_STATUSES = "held, planned, postponed, cancelled, lapsed, disputed."
_Words = tuple[str, ...]


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """The filters; several values of one mean either, different ones mean both.

    `since` and `until` are inclusive and take what may fall inside; `on` is both at once. `last` keeps that many from
    the end. This is the `query` object of the JSON output. Options are offered in the order of the fields.
    """

    since: Annotated[Period | None, Filter(help="From this date on: 2025-06, 30d, 2w, yesterday.", metavar="DATE")] = (
        None
    )
    until: Annotated[Period | None, Filter(help="Up to this date.", metavar="DATE")] = None
    on: Annotated[Period | None, Filter(help="On this day, or in this month or year.", metavar="DATE")] = None
    kind: Annotated[_Words, Filter(help="Of this kind.", metavar="KIND", completes="kinds", column="kind")] = ()
    party: Annotated[_Words, Filter(help="With this party.", completes="parties", roles=ANY_ROLE, names="party")] = ()
    person: Annotated[
        _Words, Filter(help="With this person.", completes="persons", roles=ANY_ROLE, names="person")
    ] = ()
    by: Annotated[
        _Words, Filter(help="Said, proposed or claimed by.", completes="names", roles=("by",), names="speaker")
    ] = ()
    to: Annotated[
        _Words,
        Filter(
            help="Handed over or addressed to.", metavar="PARTY", completes="parties", roles=ADDRESSED, names="party"
        ),
    ] = ()
    place: Annotated[_Words, Filter(help="At this place.", metavar="TEXT", column="place", test="within")] = ()
    round: Annotated[_Words, Filter(help="In this round of talks.", metavar="N")] = ()
    tag: Annotated[
        _Words, Filter(help="With this tag.", metavar="TAG", completes="tags", roles=("tag",), names="tag")
    ] = ()
    source: Annotated[
        _Words, Filter(help="From this source.", metavar="ID", completes="sources", roles=("source",), names="source")
    ] = ()
    under: Annotated[_Words, Filter(help="Under this agreement or commitment.", metavar="ID", completes="scopes")] = ()
    status: Annotated[_Words, Filter(help=_STATUSES, metavar="STATUS", completes="statuses", column="status")] = ()
    id: Annotated[_Words, Filter(column="id")] = ()
    as_known: Annotated[Period | None, Filter(help="As the ledger was known on this day.", metavar="DATE")] = None
    text: str | None = None
    last: int | None = None


FILTERS: dict[str, Filter] = {
    name: annotation.__metadata__[0]
    for name, annotation in Query.__annotations__.items()
    if hasattr(annotation, "__metadata__")
}
"""Of each field of a query that is a filter, what is said of it above."""

EVERYTHING = Query()
