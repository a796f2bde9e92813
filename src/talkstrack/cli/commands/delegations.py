"""The command `delegations`."""

from typing import Annotated

import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import cells, emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output
from talkstrack.cli.unknown_names import party_named
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.delegations import delegations_document, delegations_table


@command
def delegations(
    env: Env,
    query: Query,
    output: Output,
    parties: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PARTY]...", help="The parties to show.", autocompletion=complete.parties),
    ] = None,
    long: Annotated[bool, typer.Option("--long", "-l", help="Show ids and notes on persons.")] = False,
) -> None:
    """Show who sat at the table for each party, round by round.

    Example:
    talkstrack delegations UKR RUS
    """
    with load(env) as ledger:
        sides = tuple(party_named(ledger.register, "delegations", name) for name in parties or ())
        report = ledger.delegations(select(ledger, query, env), parties=sides)
        view = View(
            lambda: delegations_document(report, ledger.register, width=cells(env, output), long=long),
            lambda: delegations_table(report),
            lambda: envelope(ledger, "delegations", query, report.rows, parties=sides),
        )
        emit(view, env, output)
