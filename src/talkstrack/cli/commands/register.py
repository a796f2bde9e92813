"""The command `register`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import parties as complete_parties
from talkstrack.cli.complete import sources as complete_sources
from talkstrack.cli.entering.commit import DRY_RUN, commit
from talkstrack.cli.entering.draft_register import TypedEntry, draft_entry
from talkstrack.cli.env import Env
from talkstrack.cli.options import comma_list, date_option


@command
def register(
    env: Env,
    what: Annotated[str, typer.Argument(metavar="party|person|source", help="What to add.")],
    key: Annotated[
        str | None, typer.Argument(metavar="[CODE|ID]", help="How events name it; a source with --url needs none.")
    ] = None,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The full name of a party or person.")] = None,
    alias: Annotated[list[str] | None, typer.Option("--alias", metavar="NAME", help="Another name.")] = None,
    party: Annotated[
        str | None,
        typer.Option("--party", metavar="PARTY", help="Whom it speaks for.", autocompletion=complete_parties),
    ] = None,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="ROLE", help="An office held: 'Minister of Defence from 2023-09-06'."),
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="A source's address.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="A source's title.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="When it came out.")] = None,
    retrieved: Annotated[str | None, typer.Option("--retrieved", metavar="DATE", help="When it was read.")] = None,
    based_on: Annotated[
        list[str] | None,
        typer.Option("--based-on", metavar="ID", help="The source it repeats.", autocompletion=complete_sources),
    ] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="CODE", help="uk, ru, ...; not for en.")] = None,
    weak: Annotated[bool, typer.Option("--weak", help="A source to be used with care.")] = False,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A remark.")] = None,
    dry_run: Annotated[bool, DRY_RUN] = False,
) -> None:
    """Add a party, a person or a source to the register.

    A person who is there already may be given one more --role.

    Example:
    talkstrack register person umerov "Rustem Umerov" --party UKR
    """
    days = {
        "published": date_option("--published", published, env.today),
        "retrieved": date_option("--retrieved", retrieved, env.today),
    }
    options = {
        "name": name, "party": party, "aliases": list(comma_list("--alias", alias)), "publisher": publisher,
        "title": title, "url": url, **{field: day.edtf for field, day in days.items() if day},
        "based_on": list(comma_list("--based-on", based_on)), "language": language, "grade": "weak" if weak else None,
        "note": note,
    }  # fmt: skip
    fields = {field: value for field, value in options.items() if value}
    typed = TypedEntry(what, key, fields, tuple(role or ()))
    commit(env, lambda target: draft_entry(typed, target), "register", dry_run=dry_run)
