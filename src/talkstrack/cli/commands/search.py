"""The command `search`."""

from typing import Annotated

import msgspec
import typer

from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output
from talkstrack.errors import Hint, UsageError
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.search import heading, search_document
from talkstrack.render.views.timeline import timeline_table


@command
def search(
    env: Env,
    query: Query,
    output: Output,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words; each must be found.")],
) -> None:
    """Find events by words in titles, texts, places and names.

    Any name or alias of a party or person will do, in any script; case does not matter.

    Example:
    talkstrack search "snake island"
    """
    wanted = " ".join(text).strip()
    if not wanted:
        raise UsageError("there is nothing to search for", Hint("", "search", '"snake island"'))
    query = msgspec.structs.replace(query, text=wanted)
    with load(env) as ledger:
        selection = select(ledger, query, env)
        report = ledger.timeline(selection)
        view = View(
            lambda: search_document(report, ledger.register, wanted),
            lambda: timeline_table(report, ledger.register, *heading(report, wanted)),
            lambda: envelope(ledger, "search", query, selection.rows),
        )
        emit(view, env, output)
