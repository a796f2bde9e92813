"""Load and select: the first two verbs of every command that reads."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import typer

from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_problems
from talkstrack.errors import LEDGER, Problem, TalkstrackError
from talkstrack.index.fresh import open_index
from talkstrack.index.select import Index, Selection
from talkstrack.ledger.reading.find import LedgerPath, find_ledger
from talkstrack.model.dates.period import Period
from talkstrack.model.query import Query
from talkstrack.render.envelope import Envelope
from talkstrack.render.text.document import Document, Table
from talkstrack.render.view import View

if TYPE_CHECKING:
    from talkstrack.model.register import Register
    from talkstrack.rules.snapshot import Snapshot


class LedgerHasErrors(TalkstrackError):
    """Totals over a ledger that lost a row would be a lie."""

    slug = "ledger-has-errors"
    exit_code = LEDGER

    def __init__(self, path: str, errors: int) -> None:
        from shlex import quote  # only a faulty ledger pays for it

        more = "1 error" if errors == 1 else f"{errors} errors"
        super().__init__(
            f"{path} has {more}: no totals until they are mended", f"see them all: talkstrack check {quote(path)}"
        )


class Ledger(NamedTuple):
    """An open ledger: its index, where it was found, and the environment it is read in."""

    store: Index
    found: LedgerPath
    env: Env

    @property
    def register(self) -> "Register":
        """The register of parties, persons, sources and kinds."""
        return self.store.register

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The ledger's errors."""
        return self.store.problems


def load(env: Env, *, totals: bool = False) -> Ledger:
    """Open the ledger a command means, and tell its errors on stderr.

    With `totals` a ledger with errors is refused; without, what can be read is shown and `leave` exits with 3.
    """
    found = find_ledger(env.ledger, env.environ, env.cwd)
    if found.notice:
        notice(env, found.notice)
    ledger = Ledger(_opened(env, found), found, env)
    if ledger.problems:
        print_problems(env, ledger.problems)
        if totals:
            raise LedgerHasErrors(found.shown, len(ledger.problems))
    return ledger


def _opened(env: Env, found: LedgerPath) -> Index:
    """Open the index; on a terminal say how far it is where it must be made anew and that lasts."""
    if not env.stderr_is_terminal:
        return open_index(found.path, found.shown, cache=env.cache)
    from talkstrack.cli.progress import progress

    with progress(env, "reading the ledger", patience=1) as tell_progress:
        return open_index(found.path, found.shown, cache=env.cache, progress=tell_progress)


def select(ledger: Ledger, query: Query) -> Selection:
    """Return the events a query selects; where there are none, tell on stderr which names nobody has."""
    selection = ledger.store.select(query)
    if not len(selection):
        from talkstrack.cli.unknown_names import notes

        for note in notes(ledger.register, ledger.store.ids(""), query):
            notice(ledger.env, note)
    return selection


def everything(ledger: Ledger, as_known: Period | None) -> "Snapshot":
    """Return the book of all events that hold, for what a report needs beyond its selection."""
    from talkstrack.rules.snapshot import Snapshot

    return Snapshot(ledger.store.events(as_known), ledger.register, ledger.env.today.toordinal())


def envelope(
    ledger: Ledger,
    name: str,
    query: Query,
    total: int,
    rows: Sequence[object],
    totals: Sequence[object] = (),
    /,
    **more: Any,
) -> Envelope:
    """Return the JSON envelope of a report on a ledger of `total` events; `more` are the command's own options."""
    heading = ledger.store.heading  # without the register, which many commands have no need of
    told = {
        "path": ledger.found.shown,
        "title": heading["title"],
        "format": heading["format"],
        "covers": heading["covers"],
        "events": total,
        "today": ledger.env.today.isoformat(),
    }
    asked = {**msgspec.structs.asdict(query), **more}
    return Envelope(f"talkstrack.{name}/1", told, asked, rows, totals, ledger.problems)


def data_view(document: Envelope) -> View:
    """Return a view that can only be shown as JSON, for commands whose rows need no report."""
    return View(lambda: Document((), (), ()), lambda: Table((), ()), lambda: document)


def leave(ledger: Ledger) -> None:
    """Exit with 3 where the ledger has errors, now that what can be read was shown."""
    ledger.store.close()
    if ledger.problems:
        raise typer.Exit(LEDGER)
