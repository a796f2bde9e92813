"""How the write commands end: the block or the write, the id on stdout, where it went on stderr."""

from collections.abc import Callable

import typer

from talkstrack.cli.emit import write_out
from talkstrack.cli.env import Env
from talkstrack.cli.talk import say
from talkstrack.cli.writing import Done, Make, tell_done, try_out, write

BECAUSE = typer.Option("--because", "-m", metavar="WHY", help="Why it is changed; required.")
DRY_RUN = typer.Option("--dry-run", help="Print the block, write nothing.")
JSON = typer.Option("--json", help="Print the event as read back, as JSON.")


def report(
    env: Env,
    make: Make,
    name: str,
    *,
    dry_run: bool,
    json: bool,
    progress: Callable[[int, int], None] | None = None,
) -> Done:
    """Write what is made and print its ids, or with `dry_run` its blocks; with `json` the events as read back."""
    if dry_run:
        done = try_out(env, make)
        write_out("\n".join(one.text for one in done.draft.entries).encode(), env)
        say(env, f"nothing was written to {done.found.shown}: a dry run")
    else:
        done = write(env, make, progress)
        if json:
            _print_json(env, name, done)
        else:
            write_out("".join(f"{one}\n" for one in printed_ids(done)).encode(), env)
    tell_done(env, done)
    return done


def printed_ids(done: Done) -> list[str]:
    """Return what a script goes on with: the ids of the events, or where there are none those of the entries."""
    return [event.id for event in done.draft.events] or [one.name.partition(" ")[2] for one in done.draft.entries]


def _print_json(env: Env, name: str, done: Done) -> None:
    from talkstrack.cli.load import envelope, load
    from talkstrack.index.query import Query
    from talkstrack.render.as_json import as_json

    ledger = load(env)
    ids = tuple(event.id for event in done.draft.events)
    wanted = {(event.id, event.revision) for event in done.draft.events}
    rows = [one for key in ids for one in ledger.store.revisions(key) if (one.id, one.revision) in wanted]
    at = [f"{done.found.shown}:{event.line}" for event in rows]
    total = ledger.store.select(Query(last=1)).total
    document = envelope(ledger, name, Query(id=ids), total, rows, done.effects.sums, at=at)
    write_out(as_json(document, for_terminal=env.stdout_is_terminal), env)
    ledger.store.close()
