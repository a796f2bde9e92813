"""The command `history`."""

from typing import Annotated

import msgspec
import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, leave, load
from talkstrack.cli.options import last_day, when
from talkstrack.cli.values import Output
from talkstrack.index.lookup import event_id
from talkstrack.model.dates.period import OPEN_START
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.history import event_history_page, history_flat, history_page
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
    recorded_since, known = when("--since", since, env.today), when("--as-known", as_known, env.today)
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
    total = ledger.store.select(Query(as_known=known)).total
    shown = ledger.found.shown
    page = event_history_page if only and report.rows else history_page
    view = View(
        lambda: page(report, ledger.register, shown),
        lambda: history_flat(report),
        lambda: envelope(ledger, "history", query, total, report.rows),
    )
    emit(view, env, output)
    leave(ledger)
