"""The command `retract`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import events as complete_events
from talkstrack.cli.entering.commit import BECAUSE, DRY_RUN, JSON, commit
from talkstrack.cli.entering.draft_revision import TypedRevision, draft_revision
from talkstrack.cli.entering.prompt import reason_for
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
    typed = TypedRevision(event_id, reason_for(env, because), retracted=True)
    commit(env, lambda target: draft_revision(typed, target), "retract", dry_run=dry_run, json=json)
