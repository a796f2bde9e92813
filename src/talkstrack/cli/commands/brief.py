"""The command `brief`."""

from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, everything, leave, load, select
from talkstrack.cli.options import Output
from talkstrack.ledger.checking.check import warnings
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.brief import brief_document, brief_table
from talkstrack.render.words.figures import clock_words
from talkstrack.reports.brief import brief as report_on


@command
def brief(env: Env, query: Query, output: Output) -> None:
    """Sum up the ledger on one screen.

    Example:
    talkstrack brief --as-known 2025-07-24
    """
    ledger = load(env, totals=True)
    selection = select(ledger, query)
    snapshot = everything(ledger, query.as_known)

    report = report_on(
        snapshot,
        selection.events,
        today=env.today.isoformat(),
        errors=len(ledger.problems),
        warnings=sum(1 for _ in warnings(snapshot)),
    )
    clock = clock_words(report.today, as_known=query.as_known is not None)
    view = View(
        lambda: brief_document(report, snapshot.register, clock),
        lambda: brief_table(report, clock),
        lambda: envelope(ledger, "brief", query, selection.total, (report,)),
    )
    emit(view, env, output)
    leave(ledger)
