"""The command `claims`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import one_of
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, everything, leave, load, select
from talkstrack.cli.options import Output, comma_list, unknown_choice
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.claims import claims_document, claims_table
from talkstrack.reports.claims import claims as report_on
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
    for name in wanted:
        if name not in WORST_FIRST:
            raise unknown_choice("--verdict", name, WORST_FIRST)
    ledger = load(env, totals=True)
    selection = select(ledger, query)
    snapshot = everything(ledger, query.as_known)
    report = report_on(snapshot, selection.events, only=wanted, by=query.by)
    view = View(
        lambda: claims_document(report, snapshot.register),
        lambda: claims_table(report, snapshot.register),
        lambda: envelope(ledger, "claims", query, selection.total, report.rows, report.verdicts, verdict=wanted),
    )
    emit(view, env, output)
    leave(ledger)
