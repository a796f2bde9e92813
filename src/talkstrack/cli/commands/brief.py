"""The command `brief`."""

from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.brief import brief_document, brief_table
from talkstrack.render.words.figures import clock_words


@command
def brief(env: Env, query: Query, output: Output) -> None:
    """Sum up the ledger on one screen.

    Example:
    talkstrack brief --as-known 2025-07-24
    """
    with load(env) as ledger:
        report = ledger.brief(select(ledger, query, env))
        clock = clock_words(report.today, as_known=query.as_known is not None)
        view = View(
            lambda: brief_document(report, ledger.register, clock),
            lambda: brief_table(report, ledger.register, clock),
            lambda: envelope(ledger, "brief", query, (report,)),
        )
        emit(view, env, output)
