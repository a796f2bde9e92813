"""The command `merge`."""

from typing import Annotated

import typer

from talkstrack.cli.command import command
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice
from talkstrack.errors import UsageError
from talkstrack.ledger.merging.conflict import SIZE


@command
def merge(
    env: Env,
    files: Annotated[list[str] | None, typer.Argument(metavar="[BASE OURS THEIRS]", help="As git gives them.")] = None,
    marker_size: Annotated[
        int, typer.Option("--marker-size", min=1, metavar="N", help="Signs in a conflict marker.")
    ] = SIZE,
    path: Annotated[str | None, typer.Option("--path", metavar="NAME", help="The ledger's name in messages.")] = None,
    install: Annotated[bool, typer.Option("--install", help="Make this git repository merge so.")] = False,
) -> None:
    """Merge two ledgers block by block, as git's merge driver.

    The merged ledger replaces OURS. Exit code 0: merged; 1: a conflict, marked in the file; 129: nothing was written.

    Example:
    talkstrack merge --install
    """
    if install:
        if files:
            raise UsageError("--install takes no files", "talkstrack merge --install -f LEDGER names the ledger")
        from talkstrack.ledger.merging.install import install as install_driver

        ledger = env.cwd / env.ledger if env.ledger else None
        for line in install_driver(ledger.parent if ledger else env.cwd, ledger):
            notice(env, line)
        return
    if files is None or len(files) != 3:
        raise UsageError("merge takes three files: BASE OURS THEIRS", "set it up for git: talkstrack merge --install")
    from talkstrack.ledger.merging.driver import driver

    base, ours, theirs = (env.cwd / name for name in files)
    name = path or files[1]
    code = driver(base, ours, theirs, path=name, marker_size=marker_size, tell=lambda line: notice(env, line))
    raise typer.Exit(code)
