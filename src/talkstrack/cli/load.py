"""Load and select, the first two verbs of every command that reads, and what stands above its rows in JSON."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import typer

from talkstrack.api import Ledger, open_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_problems
from talkstrack.errors import LEDGER
from talkstrack.index.select import Selection
from talkstrack.ledger.reading.find import LedgerPath, find_ledger
from talkstrack.model.query import Query
from talkstrack.render.view import Envelope


@contextmanager
def load(env: Env) -> Iterator[Ledger]:
    """Open the ledger a command means, and tell its errors on stderr; where it has any the command exits with 3."""
    place = find_ledger(env.ledger, env.environ, env.cwd)
    if place.notice:
        notice(env, place.notice)
    with _opened(env, place) as ledger:
        if ledger.problems:
            print_problems(env, ledger.problems)
        yield ledger
    if ledger.problems:
        raise typer.Exit(LEDGER)


def _opened(env: Env, place: LedgerPath) -> Ledger:
    """Open it; on a terminal say how far it is where its index must be made anew and that lasts."""
    if not env.stderr_is_terminal:
        return open_ledger(place, env.today, env.cache)
    from talkstrack.cli.terminal import progress

    with progress(env, "reading the ledger", patience=1) as tell_progress:
        return open_ledger(place, env.today, env.cache, tell_progress)


def select(ledger: Ledger, query: Query, env: Env) -> Selection:
    """Return the events a query selects; where there are none, tell on stderr which names nobody has."""
    selection = ledger.select(query)
    if not len(selection):
        from talkstrack.cli.unknown_names import notes

        for note in notes(ledger.register, ledger.index.ids(""), query):
            notice(env, note)
    return selection


def envelope(
    ledger: Ledger, name: str, query: Query, rows: Sequence[object], totals: Sequence[object] = (), /, **more: Any
) -> Envelope:
    """Return the JSON envelope of a report; `more` are the command's own options."""
    heading = ledger.index.heading  # without the register, which many commands have no need of
    info = {
        "path": ledger.place.shown,
        "title": heading["title"],
        "format": heading["format"],
        "covers": heading["covers"],
        "events": ledger.index.total(query.as_known),
        "today": ledger.day(query.as_known).isoformat(),
    }
    asked = {**msgspec.structs.asdict(query), **more}
    return Envelope(f"talkstrack.{name}/1", info, asked, rows, totals, ledger.problems)
