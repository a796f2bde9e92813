"""The command `retract`."""

from typing import Annotated

import typer

from talkstrack.cli.bundle import command
from talkstrack.cli.complete import events as complete_events
from talkstrack.cli.env import Env
from talkstrack.cli.outcome import BECAUSE, DRY_RUN, JSON, report
from talkstrack.cli.revising import Revision, revision_of
from talkstrack.cli.typed import because_of


@command
def retract(
    env: Env,
    event_id: Annotated[str, typer.Argument(metavar="ID", help="The event.", autocompletion=complete_events)],
    because: Annotated[str | None, BECAUSE] = None,
    dry_run: Annotated[bool, DRY_RUN] = False,
    json: Annotated[bool, JSON] = False,
) -> None:
    """Withdraw an event with a new revision.

    The event stays in the ledger and in its history; no report counts it any more.

    Example:
    talkstrack retract exchange-2025-07-23 -m "the same as exchange-2025-07-24"
    """
    wanted = Revision(event_id, because_of(env, because), retracted=True)
    report(env, lambda standing, old: revision_of(wanted, standing, old), "retract", dry_run=dry_run, json=json)
