"""The command `claims`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import one_of
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output, check_choices, comma_list
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.claims import claims_document, claims_table
from talkstrack.rules.verdicts import WORST_FIRST


@command
def claims(
    env: Env,
    query: Query,
    output: Output,
    verdict: Annotated[
        list[str] | None,
        typer.Option(
            "--verdict",
            metavar="NAME",
            help=f"Only these: {', '.join(WORST_FIRST)}.",
            autocompletion=one_of(*WORST_FIRST, comma_list=True),
        ),
    ] = None,
) -> None:
    """Check every claim against the events, worst first.

    Each claimed total, ordinal or fulfilment stands above what the ledger records for the same scope and days.

    Example:
    talkstrack claims --verdict above,below,denied
    """
    wanted = comma_list("--verdict", verdict)
    check_choices("--verdict", wanted, WORST_FIRST)
    with load(env) as ledger:
        report = ledger.claims(select(ledger, query, env), verdict=wanted)
        view = View(
            lambda: claims_document(report, ledger.register),
            lambda: claims_table(report, ledger.register),
            lambda: envelope(ledger, "claims", query, report.rows, report.verdicts, verdict=wanted),
        )
        emit(view, env, output)
