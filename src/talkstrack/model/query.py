"""What a command asks the index for: the filters as one value, and how each is read from what was typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, TypedDict

import msgspec

from talkstrack.errors import UsageError
from talkstrack.model.dates.period import DateError, Period

ADDRESSED = ("to",)
"""The role of those to whom something is addressed or handed over."""
ANY_ROLE = ("party", "person", "by", *ADDRESSED)
"""The roles in which an event names somebody."""


class Filter(msgspec.Struct, frozen=True):
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

    since: Annotated[Period | None, Filter("From this date on: 2025-06, 30d, 2w, yesterday.", metavar="DATE")] = None
    until: Annotated[Period | None, Filter("Up to this date.", metavar="DATE")] = None
    on: Annotated[Period | None, Filter("On this day, or in this month or year.", metavar="DATE")] = None
    kind: Annotated[_Words, Filter("Of this kind.", metavar="KIND", completes="kinds", column="kind")] = ()
    party: Annotated[_Words, Filter("With this party.", completes="parties", roles=ANY_ROLE, names="party")] = ()
    person: Annotated[_Words, Filter("With this person.", completes="persons", roles=ANY_ROLE, names="person")] = ()
    by: Annotated[
        _Words, Filter("Said, proposed or claimed by.", completes="names", roles=("by",), names="speaker")
    ] = ()
    to: Annotated[
        _Words,
        Filter("Handed over or addressed to.", metavar="PARTY", completes="parties", roles=ADDRESSED, names="party"),
    ] = ()
    place: Annotated[_Words, Filter("At this place.", metavar="TEXT", column="place", test="within")] = ()
    round: Annotated[_Words, Filter("In this round of talks.", metavar="N")] = ()
    tag: Annotated[_Words, Filter("With this tag.", metavar="TAG", completes="tags", roles=("tag",), names="tag")] = ()
    source: Annotated[
        _Words, Filter("From this source.", metavar="ID", completes="sources", roles=("source",), names="source")
    ] = ()
    under: Annotated[_Words, Filter("Under this agreement or commitment.", metavar="ID", completes="scopes")] = ()
    status: Annotated[_Words, Filter(_STATUSES, metavar="STATUS", completes="statuses", column="status")] = ()
    id: Annotated[_Words, Filter(column="id")] = ()
    as_known: Annotated[Period | None, Filter("As the ledger was known on this day.", metavar="DATE")] = None
    text: str | None = None
    last: int | None = None


FILTERS: dict[str, Filter] = {
    name: annotation.__metadata__[0]
    for name, annotation in Query.__annotations__.items()
    if hasattr(annotation, "__metadata__")
}
"""Of each field of a query that is a filter, what is said of it above."""

EVERYTHING = Query()

Day = str | date | Period
Words = str | Sequence[str]


class Filters(TypedDict, total=False):
    """The fields of a query as keywords: dates as they are typed, words one by one or as a list."""

    since: Day
    until: Day
    on: Day
    kind: Words
    party: Words
    person: Words
    by: Words
    to: Words
    place: Words
    round: Words
    tag: Words
    source: Words
    under: Words
    status: Words
    id: Words
    as_known: Day
    text: str
    last: int


def read_query(filters: Mapping[str, object], today: date, prefix: str = "") -> Query:
    """Return the filters that are not empty as a query; raise UsageError with the name of the one that is wrong.

    A date is a Period, a date or a text; words are a text, with commas between them, or several. `prefix` stands before
    a filter's name where it is told: the two hyphens of an option.
    """
    values: dict[str, Any] = {}
    for name, value in filters.items():
        if value is None:
            continue
        label = prefix + name.replace("_", "-") if prefix else name
        if name in ("text", "last"):
            values[name] = value
        elif FILTERS[name].metavar == "DATE":
            values[name] = read_date(label, value, today)
            if name == "as_known":
                last_day(label, values[name])
        else:
            values[name] = read_words(label, value if isinstance(value, list | tuple) else (value,))
            for word in values[name] if name in ("status", "round") else ():
                _check_word(name, label, word)
    return Query(**values)


def _check_word(name: str, label: str, word: str) -> None:
    if name == "round":
        read_number(label, word, 1, 1_000_000)
        return
    from talkstrack.model.event import STATUSES  # what is not used is not paid for

    if word not in STATUSES:
        raise unknown_choice(label, word, STATUSES)


def unknown_choice(label: str, word: str, choices: Iterable[str]) -> UsageError:
    """Return the error for a word that is none of the choices, with the one that may have been meant."""
    from talkstrack.model.names import did_you_mean

    names = tuple(choices)
    return UsageError(f"{label}: there is no `{word[:80]}`", did_you_mean(word, names, f"one of {', '.join(names)}"))


def read_date(label: str, value: object, today: date) -> Period:
    """Read a date as a ledger or a person writes it; one that is relative is counted from today."""
    if isinstance(value, Period):
        return value
    from talkstrack.model.dates.parse import parse_when

    try:
        return parse_when(value.isoformat() if isinstance(value, date) else str(value), today)
    except DateError as error:
        raise UsageError(f"{label}: {error}", error.hint) from error


def last_day(label: str, period: Period) -> date:
    """Return the last day of a date, which is taken for today; raise UsageError where it has none."""
    last = period.last
    if last is None or not date.min.toordinal() <= last <= date.max.toordinal():
        raise UsageError(f"{label}: `{period.edtf[:80]}` has no last day to take for today")
    return date.fromordinal(last)


def read_words(label: str, texts: Iterable[object]) -> tuple[str, ...]:
    """Read words and comma lists of them; a comma behind a backslash belongs to the word."""
    words: list[str] = []
    for text in texts:
        pieces = [piece.replace("\\,", ",").strip() for piece in re.split(r"(?<!\\),", str(text))]
        words += [piece for piece in pieces if piece]
        if not any(pieces):
            raise UsageError(f"{label} is empty")
    return tuple(dict.fromkeys(words))


def read_number(label: str, text: str, least: int, most: int) -> int:
    """Read a whole number between two others."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError(f"{label}: `{text[:80]}` is not a whole number")
    if not least <= int(text) <= most:
        raise UsageError(f"{label}: {text} is not between {least:,} and {most:,}")
    return int(text)
