"""The command `retract`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import events as complete_events
from talkstrack.cli.entering.draft import because_of
from talkstrack.cli.entering.draft_revision import Revision, revision_of
from talkstrack.cli.entering.outcome import BECAUSE, DRY_RUN, JSON, report
from talkstrack.cli.env import Env


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
    report(env, lambda target, old: revision_of(wanted, target, old), "retract", dry_run=dry_run, json=json)
