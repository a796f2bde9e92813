"""The command `revise`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import events as complete_events
from talkstrack.cli.complete import sources as complete_sources
from talkstrack.cli.entering.commit import BECAUSE, DRY_RUN, JSON, commit
from talkstrack.cli.entering.draft_revision import TypedRevision, draft_revision
from talkstrack.cli.entering.prompt import reason_for
from talkstrack.cli.env import Env
from talkstrack.cli.options import date_option
from talkstrack.errors import UsageError


@command
def revise(
    env: Env,
    event_id: Annotated[str, typer.Argument(metavar="ID", help="The event.", autocompletion=complete_events)],
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Set a field; FIELD= removes it; may be repeated."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="ID|URL", help="One more source.", autocompletion=complete_sources),
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Of a new source.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="Of a new source.")] = None,
    source_title: Annotated[str | None, typer.Option("--source-title", metavar="TEXT", help="Of a new source.")] = None,
    because: Annotated[str | None, BECAUSE] = None,
    edit: Annotated[bool, typer.Option("--edit", "-e", help="Change the event in your editor.")] = False,
    dry_run: Annotated[bool, DRY_RUN] = False,
    json: Annotated[bool, JSON] = False,
) -> None:
    """Correct an event with a new revision.

    The old one is kept. --set takes title=..., transfer.UKR@RUS.count=1248, transfer.2.note=..., tags+=word,
    extra.own=1; a transfer is named by whom it goes to and who says so, or by its number.

    Example:
    talkstrack revise exchange-2025-07-23 --set transfer.UKR.count=250 -m "the list was published"
    """
    if not (settings or source or edit):
        raise UsageError("nothing is to be changed", "--set FIELD=VALUE, --source URL, or --edit")
    day = date_option("--published", published, env.today)
    described = {"publisher": publisher, "published": day.edtf if day else None, "title": source_title}
    typed = TypedRevision(
        event_id,
        "" if edit and not because else reason_for(env, because),
        tuple(settings or ()),
        tuple(source or ()),
        {"": {field: text for field, text in described.items() if text}},
    )
    if edit:
        from talkstrack.cli.entering.editor import revise_in_editor

        revise_in_editor(env, typed, dry_run=dry_run, json=json)
        return
    commit(env, lambda target: draft_revision(typed, target), "revise", dry_run=dry_run, json=json)
