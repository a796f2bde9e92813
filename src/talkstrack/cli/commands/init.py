"""The command `init`."""

import os
from os.path import relpath
from pathlib import Path
from typing import Annotated

import typer

from talkstrack.cli.command import command_without_ledger
from talkstrack.cli.emit import write_out
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice
from talkstrack.cli.options import date_option
from talkstrack.errors import UsageError
from talkstrack.ledger.reading.find import NAMES, has_header, user_folder
from talkstrack.ledger.writing.append import write_new
from talkstrack.ledger.writing.refused import LedgerExists
from talkstrack.ledger.writing.template import beginning
from talkstrack.model.query import last_day

NAME = "events.toml"


@command_without_ledger
def init(
    env: Env,
    path: Annotated[str | None, typer.Argument(metavar="[PATH]", help="A folder, or a file ending in .toml.")] = None,
    user: Annotated[bool, typer.Option("--user", help="In your own data folder, found from anywhere.")] = False,
    git: Annotated[bool, typer.Option("--git", help="Set up the merge driver in this git repository.")] = False,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What the ledger is about.")] = None,
    covers: Annotated[str | None, typer.Option("--covers", metavar="DATE", help="Complete from this day on.")] = None,
) -> None:
    """Start a new ledger with a commented example.

    It is events.toml in this folder, or in the folder that is named. Nothing is ever overwritten.

    Example:
    talkstrack init --title "The Midway talks"
    """
    if user and path is not None:
        raise UsageError("--user and a path contradict each other")
    since = date_option("--covers", covers, env.today)
    target = user_folder(env.environ) / NAME if user else _target(env, path)
    shown = str(target) if user or Path(path or "").is_absolute() else relpath(target, env.cwd)
    standing = next((name for name in NAMES if not user and has_header(target.parent / name)), None)
    if standing is not None:
        raise LedgerExists(relpath(target.parent / standing, env.cwd))
    if os.path.lexists(target):
        raise LedgerExists(shown)
    if git:
        from talkstrack.ledger.merging.install import install

        above = next(place for place in (target.parent, *target.parents) if place.is_dir())
        for line in install(above, target):
            notice(env, line)
    write_new(target, beginning(title, last_day("--covers", since) if since else None), shown=shown)
    write_out(f"{shown}\n".encode("utf-8", "surrogateescape"), env)
    notice(env, f"a new ledger in {shown}, with a commented example of every kind")
    notice(env, "next: talkstrack register party CODE NAME; then: talkstrack add")


def _target(env: Env, path: str | None) -> Path:
    if not path:
        return env.cwd / NAME
    home = env.environ.get("HOME")
    place = env.cwd / (home + path[1:] if home and (path == "~" or path.startswith(f"~{os.sep}")) else path)
    return place if place.suffix == ".toml" and not place.is_dir() else place / NAME
