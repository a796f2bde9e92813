"""The command `history`."""

from typing import Annotated

import msgspec
import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import Ledger, envelope, leave, load
from talkstrack.cli.options import Output, date_option, last_day
from talkstrack.index.lookup import event_id
from talkstrack.model.dates.period import OPEN_START
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.history import (
    event_history_document,
    event_history_table,
    history_document,
    history_table,
)
from talkstrack.reports.history import History
from talkstrack.reports.history import history as report_on


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
    if known is not None:
        env = env._replace(today=last_day("--as-known", known))
    ledger = load(env)
    only = event_id(ledger.store, event) if event is not None else None
    found = report_on(
        ledger.store.revisions(only) if only else ledger.store.history(),
        ledger.register,
        since=None if recorded_since is None or recorded_since.first is None else max(recorded_since.first, OPEN_START),
        until=env.today.toordinal() if known is not None else None,
    )
    report = msgspec.structs.replace(found, rows=found.rows[-last:]) if last else found
    query = Query(id=(only,) if only else (), since=recorded_since, as_known=known, last=last)
    emit(_view(ledger, query, report), env, output)
    leave(ledger)


def _view(ledger: Ledger, query: Query, report: History) -> View:
    shown, register = ledger.found.shown, ledger.register
    is_of_one = bool(query.id and report.rows)
    lay_out = event_history_document if is_of_one else history_document
    total = ledger.store.select(Query(as_known=query.as_known)).total
    return View(
        lambda: lay_out(report, register, shown),
        lambda: event_history_table(report, register) if is_of_one else history_table(report, shown),
        lambda: envelope(ledger, "history", query, total, report.rows),
    )
