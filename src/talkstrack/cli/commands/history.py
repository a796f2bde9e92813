"""The command `history`."""

from typing import Annotated

import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load
from talkstrack.cli.options import Output, date_option
from talkstrack.index.lookup import event_id
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.history import (
    event_history_document,
    event_history_table,
    history_document,
    history_table,
)


@command
def history(
    env: Env,
    output: Output,
    event: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="An event, withdrawn ones too.", autocompletion=complete.events),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Recorded since: 1d, 2025-06.")] = None,
    last: Annotated[int | None, typer.Option("--last", "-n", min=1, metavar="N", help="Only the last N.")] = None,
    as_known: Annotated[str | None, typer.Option("--as-known", metavar="DATE", help="As known on this day.")] = None,
) -> None:
    """Show revisions of an event, or what was recorded lately.

    With an id every revision of it, field by field; without one all that was recorded, the newest last.

    Example:
    talkstrack history --since 1d
    """
    recorded_since, known = date_option("--since", since, env.today), date_option("--as-known", as_known, env.today)
    with load(env) as ledger:
        ids = (event_id(ledger.index, event),) if event is not None else ()
        report = ledger.history(*ids, recorded_since=recorded_since, as_known=known, last=last)
        query = Query(id=ids, as_known=known, last=last)
        shown, register = ledger.place.shown, ledger.register
        is_of_one = bool(ids and report.rows)
        lay_out = event_history_document if is_of_one else history_document
        view = View(
            lambda: lay_out(report, register, shown),
            lambda: event_history_table(report, register) if is_of_one else history_table(report, shown),
            lambda: envelope(ledger, "history", query, report.rows, recorded_since=recorded_since),
        )
        emit(view, env, output)
