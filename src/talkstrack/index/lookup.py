"""Find the event that is meant by what was typed: an id, a unique beginning of one, or a day."""

from collections.abc import Iterable
from datetime import date

from talkstrack.errors import NOT_FOUND, Hint, TalkstrackError
from talkstrack.index.select import Index
from talkstrack.model.dates.parse import parse_when
from talkstrack.model.dates.period import DateError, Period
from talkstrack.model.names import did_you_mean
from talkstrack.model.query import Query
from talkstrack.rules.snapshot import Snapshot


class NoSuchEvent(TalkstrackError):
    """Nothing in the ledger has this id, begins with it, or happened on that day."""

    slug = "no-such-event"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str, ids: Iterable[str]) -> None:
        super().__init__(
            f"no event has the id `{wanted[:80]}`, an id that begins with it, or that day",
            did_you_mean(wanted, ids, Hint("to list the ids: ", "timeline", "| cat")),
        )


class NotStanding(TalkstrackError):
    """The event was retracted, or was not known yet on the day asked for."""

    slug = "not-standing"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str) -> None:
        super().__init__(f"{wanted} was retracted, or not known yet", Hint("", "history", wanted))


class NothingThatDay(TalkstrackError):
    """The ledger has no event on this day."""

    slug = "no-such-event"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str, near: str | None) -> None:
        hint = Hint(f"the nearest day is {near}: ", "show", near) if near else "the ledger has no dated events"
        super().__init__(f"nothing in the ledger happened on {wanted[:80]}", hint)


class ManyEvents(TalkstrackError):
    """Several ids begin like this."""

    slug = "ambiguous-id"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str, ids: tuple[str, ...]) -> None:
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        super().__init__(
            f"{len(ids)} events begin with `{wanted[:80]}`: {', '.join(ids[:5])}{more}", "write more of it"
        )


class NoSuchAgreement(TalkstrackError):
    """Nothing in the ledger that promises anything has this id, or several begin like it."""

    slug = "no-such-agreement"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str, known: tuple[str, ...], is_event: bool) -> None:
        word = wanted[:80]
        beginning = matching(word, known)
        hint = f"one of {', '.join(beginning[:8] or known[:8])}" if known else "the ledger has no agreements"
        super().__init__(
            f"{word} promises nothing" if is_event else f"there is no agreement `{word}`",
            hint if beginning else did_you_mean(word, known, hint),
        )


def matching(wanted: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return this id if it is one of these, else all of them that begin with it."""
    beginning = tuple(name for name in ids if wanted and name.startswith(wanted))
    return (wanted,) if wanted in beginning else beginning


def event_id(index: Index, wanted: str) -> str:
    """Return the id of an event, withdrawn ones too; raise NoSuchEvent or ManyEvents where it is not one event's."""
    ids = matching(wanted, index.ids(wanted))
    if not ids:
        raise NoSuchEvent(wanted, index.ids())
    if len(ids) > 1:
        raise ManyEvents(wanted, ids)
    return ids[0]


def standing_ids(index: Index, words: Iterable[str], today: date, as_known: Period | None = None) -> tuple[str, ...]:
    """Return the ids of the events that stand and are meant by ids, unique beginnings of ids, or days.

    Raise NotStanding for one that was withdrawn, ManyEvents, NothingThatDay or NoSuchEvent.
    """
    return tuple(dict.fromkeys(name for word in words for name in _standing(index, word, today, as_known)))


def _standing(index: Index, wanted: str, today: date, as_known: Period | None) -> tuple[str, ...]:
    standing = index.select(Query(id=index.ids(wanted), as_known=as_known)).ids if wanted else ()
    ids = matching(wanted, sorted(standing))
    if ids != (wanted,) and wanted and index.has(wanted):
        raise NotStanding(wanted)
    if len(ids) > 1:
        raise ManyEvents(wanted, ids)
    return ids or _of_day(index, wanted, today, as_known)


def _of_day(index: Index, wanted: str, today: date, as_known: Period | None) -> tuple[str, ...]:
    try:
        day = parse_when(wanted, today)
    except DateError:
        raise NoSuchEvent(wanted, index.select(Query(as_known=as_known)).ids) from None
    ids = index.on_day(day, as_known)
    if not ids:
        raise NothingThatDay(wanted, _nearest_day(index, day, as_known))
    return ids


def _nearest_day(index: Index, wanted: Period, as_known: Period | None) -> str | None:
    """Return the day nearest to the one asked for on which something happened."""
    middle = wanted.first if wanted.first is not None else wanted.last
    dates = [event.when for event in index.events(as_known)]
    days = {when.earliest: when.first for when in dates if when.earliest and when.earliest == when.latest}
    return min(days, key=lambda day: (abs((days[day] or 0) - (middle or 0)), day), default=None)


def agreement_named(snapshot: Snapshot, wanted: str) -> tuple[str, str | None]:
    """Return the id of the agreement that is meant, and of the commitment where only one is; raise NoSuchAgreement."""
    known = tuple(event.id for event in snapshot.events if event.commitment and event.counts)
    if wanted in snapshot.commitments and wanted.partition("/")[0] in known:
        return wanted.partition("/")[0], wanted
    ids = matching(wanted, known)
    if len(ids) == 1:
        return ids[0], None
    references = tuple(name for name in snapshot.commitments if name.partition("/")[0] in known)
    raise NoSuchAgreement(wanted, references if "/" in wanted else known, wanted in snapshot.by_id)
