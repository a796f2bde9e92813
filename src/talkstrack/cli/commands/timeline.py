"""The command `timeline`."""

from typing import TYPE_CHECKING, Annotated, Literal, get_args

import msgspec
import typer

from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output, choice
from talkstrack.model.query import Query
from talkstrack.render.view import View

if TYPE_CHECKING:  # each format loads what it needs, and no more
    from talkstrack.api import Ledger
    from talkstrack.index.select import Selection
    from talkstrack.render.table import Table
    from talkstrack.render.text.document import Document

Grouping = Literal["month", "year", "round", "kind"]


@command
def timeline(
    env: Env,
    query: Query,
    output: Output,
    long: Annotated[bool, typer.Option("--long", "-l", help="Show each event with its facets.")] = False,
    group: Annotated[
        Grouping, choice("--group", get_args(Grouping), "One of month, year, round, kind.", metavar="BY")
    ] = "month",
    last: Annotated[int | None, typer.Option("--last", "-n", min=1, metavar="N", help="Only the last N.")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Newest first.")] = False,
) -> None:
    """List events by month, with what matters most about each.

    Example:
    talkstrack timeline --kind exchange --since 2025-06 --until 2025-07
    """
    query = msgspec.structs.replace(query, last=last)
    with load(env) as ledger:
        selection = select(ledger, query, env)
        rows = selection.rows[::-1] if reverse else selection.rows
        view = View(
            lambda: _document(ledger, selection, group, reverse=reverse, long=long),
            lambda: _table(ledger, selection, group, reverse=reverse),
            lambda: envelope(ledger, "timeline", query, rows),
        )
        emit(view, env, output)


def _document(ledger: "Ledger", selection: "Selection", group: Grouping, *, reverse: bool, long: bool) -> "Document":
    report = ledger.timeline(selection, group=group, reverse=reverse)
    if long:
        from talkstrack.render.views.event import long_document
        from talkstrack.reports.event import event_facets

        has_offices = any(event.delegation for event in selection.events)  # from any appointment
        snapshot = ledger.snapshot(selection, "everything" if has_offices else "events")
        events = (row.event for rows in report.groups for row in rows.rows)
        return long_document(report, [event_facets(snapshot, event) for event in events], ledger.register)
    from talkstrack.render.views.timeline import timeline_document

    return timeline_document(report, ledger.register, group=group)


def _table(ledger: "Ledger", selection: "Selection", group: Grouping, *, reverse: bool) -> "Table":
    from talkstrack.render.views.timeline import timeline_table

    return timeline_table(ledger.timeline(selection, group=group, reverse=reverse), ledger.register)
