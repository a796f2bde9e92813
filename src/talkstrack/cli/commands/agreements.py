"""The command `agreements`."""

from typing import Annotated

import msgspec
import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output
from talkstrack.index.lookup import agreement_named
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.agreements import agreements_document, agreements_table
from talkstrack.render.words.figures import clock_words


@command
def agreements(
    env: Env,
    query: Query,
    output: Output,
    agreement: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="An agreement, or one commitment of it.", autocompletion=complete.scopes),
    ] = None,
) -> None:
    """Follow each commitment from promise to delivery.

    With an id also the notes and every hand-over of it.

    Example:
    talkstrack agreements agreement-2/bodies
    """
    with load(env) as ledger:
        commitment, selection = None, select(ledger, query, env)
        if agreement is not None:
            event_id, commitment = agreement_named(ledger.snapshot(selection), agreement)
            query = msgspec.structs.replace(query, id=(event_id,))
            selection = select(ledger, query, env)
        report = ledger.agreements(selection, commitment=commitment)
        clock = clock_words(report.today, as_known=query.as_known is not None)
        view = View(
            lambda: agreements_document(report, ledger.register, clock=clock, whole=agreement is not None),
            lambda: agreements_table(report, clock=clock),
            lambda: envelope(ledger, "agreements", query, report.rows, commitment=commitment),
        )
        emit(view, env, output)
