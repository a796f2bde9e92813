"""The command `agreements`."""

from typing import Annotated

import msgspec
import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, everything, leave, load, select
from talkstrack.cli.values import Output
from talkstrack.errors import NOT_FOUND, TalkstrackError
from talkstrack.index.lookup import matching
from talkstrack.model.convert import nearest
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.render.views.agreements import agreements_page
from talkstrack.render.views.agreements_flat import agreements_flat
from talkstrack.render.words.figures import clock_words
from talkstrack.reports.agreements import agreements as report_on
from talkstrack.rules.snapshot import Snapshot


class NoSuchAgreement(TalkstrackError):
    """Nothing in the ledger that promises anything has this id, or several begin like it."""

    slug = "no-such-agreement"
    exit_code = NOT_FOUND

    def __init__(self, wanted: str, known: tuple[str, ...], is_event: bool) -> None:
        word = wanted[:80]
        super().__init__(
            f"{word} promises nothing" if is_event else f"there is no agreement `{word}`", _hint(word, known)
        )


def _hint(wanted: str, known: tuple[str, ...]) -> str:
    if not known:
        return "the ledger has no agreements"
    beginning = matching(wanted, known)
    near = nearest(wanted, known)
    if beginning or not near:
        return f"one of {', '.join(beginning[:8] or known[:8])}"
    return f"did you mean `{near}`?"


@command
def agreements(
    env: Env,
    query: Query,
    output: Output,
    agreement: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="An agreement, or one commitment of it.", autocompletion=complete.scopes),
    ] = None,
) -> None:
    """Follow each commitment from promise to delivery.

    With an id also the notes and every hand-over of it.

    Example:
    talkstrack agreements agreement-2/bodies
    """
    ledger = load(env, totals=True)
    snapshot = everything(ledger, query.as_known)
    only = None
    if agreement is not None:
        event_id, only = _meant(snapshot, agreement)
        query = msgspec.structs.replace(query, id=(event_id,))
    selection = select(ledger, query)
    report = report_on(snapshot, selection.events, today=env.today.isoformat(), only=only)
    clock = clock_words(report.today, as_known=query.as_known is not None)
    view = View(
        lambda: agreements_page(report, snapshot.register, clock=clock, whole=agreement is not None),
        lambda: agreements_flat(report),
        lambda: envelope(ledger, "agreements", query, selection.total, report.rows, commitment=only),
    )
    emit(view, env, output)
    leave(ledger)


def _meant(snapshot: Snapshot, wanted: str) -> tuple[str, str | None]:
    """Return the id of the agreement meant, and of the commitment where only one is."""
    known = tuple(event.id for event in snapshot.events if event.commitment and event.counts)
    if wanted in snapshot.commitments and wanted.partition("/")[0] in known:
        return wanted.partition("/")[0], wanted
    ids = matching(wanted, known)
    if len(ids) == 1:
        return ids[0], None
    parts = tuple(one for one in snapshot.commitments if one.partition("/")[0] in known) if "/" in wanted else known
    raise NoSuchAgreement(wanted, parts, wanted in snapshot.by_id)
