"""The command `deadlines`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.deadlines import deadlines_document, deadlines_table
from talkstrack.render.words.figures import clock_words


@command
def deadlines(
    env: Env,
    query: Query,
    output: Output,
    open_: Annotated[bool, typer.Option("--open", help="Only what is still open.")] = False,
) -> None:
    """Show what is due, what was met, and what lapsed.

    Days that follow from an event and a time set in it are computed; what replaced a deadline is named.

    Example:
    talkstrack deadlines --open --as-known 2025-07-24
    """
    with load(env) as ledger:
        report = ledger.deadlines(select(ledger, query, env), only_open=open_)
        clock = clock_words(report.today, as_known=query.as_known is not None)
        view = View(
            lambda: deadlines_document(report, clock=clock, only_open=open_),
            lambda: deadlines_table(report, clock=clock),
            lambda: envelope(ledger, "deadlines", query, report.rows, (report.count,), open=open_),
        )
        emit(view, env, output)
