"""The command `show`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import events as complete_events
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import Ledger, envelope, everything, leave, load, select
from talkstrack.cli.options import Output
from talkstrack.cli.part import enough
from talkstrack.errors import NOT_FOUND, TalkstrackError
from talkstrack.index.scope import AT_ONCE
from talkstrack.index.select import Selection
from talkstrack.model.convert import nearest
from talkstrack.model.dates.parse import parse_when
from talkstrack.model.dates.period import DateError, Period
from talkstrack.model.query import Query
from talkstrack.render.text.document import Blank, Document, Element, Line, Rule, plain
from talkstrack.render.view import View
from talkstrack.render.views.event import show_document, title
from talkstrack.render.views.timeline import timeline_table
from talkstrack.reports.event import Shown
from talkstrack.reports.event import show as show_event
from talkstrack.reports.timeline import timeline
from talkstrack.rules.snapshot import Snapshot


class NoSuchEvent(TalkstrackError):
    """Nothing in the ledger has this id, begins with it, or happened on that day."""

    slug = "no-such-event"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str, near: str | None) -> None:
        super().__init__(
            f"no event has the id `{wanted[:80]}`, an id that begins with it, or that day",
            f"did you mean `{near}`?" if near else "to list the ids: talkstrack timeline | cat",
        )


class NotStanding(TalkstrackError):
    """The event was retracted, or was not known yet on the day asked for."""

    slug = "not-standing"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str) -> None:
        super().__init__(f"{wanted} was retracted, or not known yet", f"talkstrack history {wanted}")


class NothingThatDay(TalkstrackError):
    """The ledger has no event on this day."""

    slug = "no-such-event"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str, near: str | None) -> None:
        hint = f"the nearest day is {near}: talkstrack show {near}" if near else "the ledger has no dated events"
        super().__init__(f"nothing in the ledger happened on {wanted[:80]}", hint)


class ManyEvents(TalkstrackError):
    """Several ids begin like this."""

    slug = "ambiguous-id"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str, matching: tuple[str, ...]) -> None:
        more = f" and {len(matching) - 5} more" if len(matching) > 5 else ""
        super().__init__(
            f"{len(matching)} events begin with `{wanted[:80]}`: {', '.join(matching[:5])}{more}", "write more of it"
        )


@command
def show(
    env: Env,
    output: Output,
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="Ids, unique beginnings of ids, or days.", autocompletion=complete_events),
    ],
    as_known: Annotated[str | None, typer.Option("--as-known", metavar="DATE", help="As known on this day.")] = None,
) -> None:
    """Show one event whole: facets, accounts, claims, sources.

    An id may be cut short where it stays unique; a date shows that day.

    Example:
    talkstrack show exchange-2025-07-23
    """
    from talkstrack.cli.options import date_option, last_day

    known = date_option("--as-known", as_known, env.today)
    if known is not None:
        env = env._replace(today=last_day("--as-known", known))
    ledger = load(env)
    found = tuple(dict.fromkeys(event_id for wanted in ids for event_id in found_ids(ledger, known, wanted)))
    selection = select(ledger, Query(id=found, as_known=known))
    snapshot = _book(ledger, known, selection)
    shown = [show_event(snapshot, snapshot.by_id[event_id], ledger.store.revisions(event_id)) for event_id in found]
    chosen = tuple(snapshot.by_id[event_id] for event_id in found)
    view = View(
        lambda: _document(shown, snapshot, ledger.found.shown),
        lambda: timeline_table(timeline(snapshot, chosen), plain(title(chosen[0], snapshot.register)), chosen[0].id),
        lambda: envelope(ledger, "show", Query(id=found, as_known=known), selection.total, shown),
    )
    emit(view, env, output)
    leave(ledger)


def _book(ledger: Ledger, known: Period | None, chosen: Selection) -> Snapshot:
    """Return a book of these events and what stands beside them: agreements of the same day, offices of a head."""
    if any(event.delegation for event in chosen.events):
        return everything(ledger, known)
    days = {day.edtf: day for event in chosen.events if (day := event.when).earliest == day.latest}
    beside = [select(ledger, Query(on=day, as_known=known)).ids for day in days.values()]
    ids = tuple(dict.fromkeys(event_id for some in (chosen.ids, *beside) for event_id in some))
    return enough(ledger, Query(as_known=known), select(ledger, Query(id=ids, as_known=known)))


def found_ids(ledger: Ledger, known: Period | None, wanted: str) -> tuple[str, ...]:
    """Return the ids a word means: an id, a unique beginning of one, or all events of a day."""
    if _standing(ledger, known, (wanted,)):
        return (wanted,)
    if wanted and ledger.store.revisions(wanted):
        raise NotStanding(wanted)
    beginning = _standing(ledger, known, ledger.store.ids(wanted)) if wanted else ()
    if len(beginning) == 1:
        return beginning
    if len(beginning) > 1:
        raise ManyEvents(wanted, beginning)
    try:
        day = parse_when(wanted, ledger.env.today)
    except DateError:
        day = None
    of_day = _standing(ledger, known, ledger.store.on_day(day)) if day else ()
    snapshot = everything(ledger, known) if not of_day else None
    if snapshot is not None and day is not None:
        raise NothingThatDay(wanted, _nearest_day(snapshot, day))
    if snapshot is not None:
        raise NoSuchEvent(wanted, nearest(wanted, snapshot.by_id))
    return of_day


def _standing(ledger: Ledger, known: Period | None, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the ids that hold on a day, as they are given."""
    standing: set[str] = set()
    for start in range(0, len(ids), AT_ONCE):
        standing.update(select(ledger, Query(id=ids[start : start + AT_ONCE], as_known=known)).ids)
    return tuple(event_id for event_id in ids if event_id in standing)


def _nearest_day(snapshot: Snapshot, day: Period) -> str | None:
    """Return the day nearest to the one asked for on which something happened."""
    middle = day.first if day.first is not None else day.last
    days = {
        event.when.earliest: event.when.first
        for event in snapshot.events
        if event.when.earliest is not None and event.when.earliest == event.when.latest
    }
    return min(days, key=lambda day: (abs((days[day] or 0) - (middle or 0)), day), default=None)


def _document(shown: list[Shown], snapshot: Snapshot, path: str) -> Document:
    documents = [show_document(event, snapshot, path) for event in shown]
    elements: list[Element] = list(documents[0].elements)
    for document in documents[1:]:
        elements += [Blank(), Rule(), Line(document.title, document.note), Blank(), *document.elements]
    return Document(documents[0].title, documents[0].note, tuple(elements))
