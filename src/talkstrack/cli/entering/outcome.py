"""How the write commands end: the block or the write, the id on stdout, where it went on stderr."""

from collections.abc import Callable

import typer

from talkstrack.cli.emit import write_out
from talkstrack.cli.entering.commit import Done, Make, tell_done, try_out, write
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice

BECAUSE = typer.Option("--because", "-m", metavar="WHY", help="Why it is changed; required.")
DRY_RUN = typer.Option("--dry-run", help="Print the block, write nothing.")
JSON = typer.Option("--json", help="Print the event as JSON, as it reads in the ledger.")


def report(
    env: Env,
    make: Make,
    name: str,
    *,
    dry_run: bool,
    json: bool,
    progress: Callable[[int, int], None] | None = None,
) -> Done:
    """Write what is made and print its ids, or with `dry_run` its blocks; with `json` the events."""
    done = try_out(env, make) if dry_run else write(env, make, progress)
    if json:
        _print_json(env, name, done, dry_run=dry_run)
    elif dry_run:
        write_out("\n".join(one.text for one in done.draft.entries).encode(), env)
    else:
        write_out("".join(f"{one}\n" for one in printed_ids(done)).encode(), env)
    if dry_run:
        notice(env, f"nothing was written to {done.found.shown}: a dry run")
    tell_done(env, done)
    return done


def printed_ids(done: Done) -> list[str]:
    """Return what a script goes on with: the ids of the events, or where there are none those of the entries."""
    return [event.id for event in done.draft.events] or [one.name.partition(" ")[2] for one in done.draft.entries]


def _print_json(env: Env, name: str, done: Done, *, dry_run: bool) -> None:
    """Print the events as read back; in a dry run, as they would be."""
    from talkstrack.cli.load import envelope, load
    from talkstrack.model.query import Query
    from talkstrack.render.data.as_json import as_json

    ledger = load(env)
    ids = tuple(event.id for event in done.draft.events)
    wanted = {(event.id, event.revision) for event in done.draft.events}
    written = [one for key in ids for one in ledger.store.revisions(key) if (one.id, one.revision) in wanted]
    rows = list(done.draft.events) if dry_run else written
    at = [f"{done.found.shown}:{event.line}" for event in written]
    total = ledger.store.select(Query(last=1)).total
    document = envelope(ledger, name, Query(id=ids), total, rows, done.effects.sums, at=at)
    write_out(as_json(document, for_terminal=env.stdout_is_terminal), env)
    ledger.store.close()
