"""The command `show`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import events as complete_events
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output, date_option
from talkstrack.index.lookup import standing_ids
from talkstrack.model.query import Query
from talkstrack.model.register import Register
from talkstrack.render.table import Table
from talkstrack.render.text.document import Blank, Document, Element, Line, Rule
from talkstrack.render.text.makers import plain
from talkstrack.render.view import View
from talkstrack.render.views.event import show_document, title
from talkstrack.render.views.timeline import timeline_table
from talkstrack.reports.event import Shown
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
    known = date_option("--as-known", as_known, env.today)
    with load(env) as ledger:
        query = Query(id=standing_ids(ledger.index, ids, ledger.day(known), known), as_known=known)
        selection = select(ledger, query, env)
        snapshot = ledger.beside(selection)
        shown = ledger.shown(selection, snapshot)
        view = View(
            lambda: _document(shown, snapshot.register, ledger.place.shown),
            lambda: _table(shown, snapshot),
            lambda: envelope(ledger, "show", query, shown),
        )
        emit(view, env, output)


def _table(shown: tuple[Shown, ...], snapshot: Snapshot) -> Table:
    events = tuple(row.event for row in shown)
    register = snapshot.register
    return timeline_table(timeline(snapshot, events), register, plain(title(events[0], register)), events[0].id)


def _document(shown: tuple[Shown, ...], register: Register, path: str) -> Document:
    documents = [show_document(event, register, path) for event in shown]
    elements: list[Element] = list(documents[0].elements)
    for document in documents[1:]:
        elements += [Blank(), Rule(), Line(document.title, document.note), Blank(), *document.elements]
    return Document(documents[0].title, documents[0].note, tuple(elements))
