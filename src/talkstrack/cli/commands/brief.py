"""The command `brief`."""

from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import Ledger, envelope, everything, leave, load, select
from talkstrack.cli.options import Output
from talkstrack.ledger.checking.check import all_warnings
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.brief import brief_document, brief_table
from talkstrack.render.words.figures import clock_words
from talkstrack.reports.brief import brief as report_on
from talkstrack.rules.snapshot import Snapshot


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
        warnings=_warnings(ledger, snapshot, query),
    )
    clock = clock_words(report.today, as_known=query.as_known is not None)
    view = View(
        lambda: brief_document(report, snapshot.register, clock),
        lambda: brief_table(report, clock),
        lambda: envelope(ledger, "brief", query, selection.total, (report,)),
    )
    emit(view, env, output)
    leave(ledger)


def _warnings(ledger: Ledger, snapshot: Snapshot, query: Query) -> int:
    """Count the warnings of the ledger, or of what was known of it on a day."""
    revisions = ledger.store.history() if query.as_known is None else snapshot.events
    return sum(1 for _ in all_warnings(snapshot, revisions))
