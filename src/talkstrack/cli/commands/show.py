"""The command `show`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import events as complete_events
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import Ledger, envelope, everything, leave, load, select
from talkstrack.cli.part import enough
from talkstrack.cli.values import Output
from talkstrack.index.lookup import standing_ids
from talkstrack.index.select import Selection
from talkstrack.model.dates.period import Period
from talkstrack.model.query import Query
from talkstrack.render.text.document import Blank, Document, Element, Line, Rule
from talkstrack.render.view import View
from talkstrack.render.views.event import show_page
from talkstrack.render.views.timeline import timeline_flat
from talkstrack.reports.event import Shown
from talkstrack.reports.event import show as show_event
from talkstrack.reports.timeline import timeline
from talkstrack.rules.snapshot import Snapshot


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
    from talkstrack.cli.options import last_day, when

    known = when("--as-known", as_known, env.today)
    if known is not None:
        env = env._replace(today=last_day("--as-known", known))
    ledger = load(env)
    found = tuple(dict.fromkeys(one for wanted in ids for one in standing_ids(ledger.store, wanted, env.today, known)))
    selection = select(ledger, Query(id=found, as_known=known))
    snapshot = _book(ledger, known, selection)
    shown = [show_event(snapshot, snapshot.by_id[one], ledger.store.revisions(one)) for one in found]
    chosen = tuple(snapshot.by_id[one] for one in found)
    view = View(
        lambda: _pages(shown, snapshot, ledger.found.shown),
        lambda: timeline_flat(timeline(snapshot, chosen)),
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
    ids = tuple(dict.fromkeys(one for some in (chosen.ids, *beside) for one in some))
    return enough(ledger, Query(as_known=known), select(ledger, Query(id=ids, as_known=known)))


def _pages(shown: list[Shown], snapshot: Snapshot, path: str) -> Document:
    pages = [show_page(one, snapshot, path) for one in shown]
    parts: list[Element] = list(pages[0].parts)
    for one in pages[1:]:
        parts += [Blank(), Rule(), Line(one.title, one.note), Blank(), *one.parts]
    return Document(pages[0].title, pages[0].note, tuple(parts))
