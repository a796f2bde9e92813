"""The command `timeline`."""

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, cast, get_args

import msgspec
import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import one_of
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import Ledger, envelope, everything, leave, load, select
from talkstrack.cli.options import Output, unknown_choice
from talkstrack.index.select import Selection
from talkstrack.model.query import Query
from talkstrack.render.view import View

if TYPE_CHECKING:  # each format loads what it needs, and no more
    from talkstrack.render.text.document import Document, Table
    from talkstrack.reports.timeline import Timeline
    from talkstrack.rules.snapshot import Snapshot

Grouping = Literal["month", "year", "round", "kind"]


@command
def timeline(
    env: Env,
    query: Query,
    output: Output,
    long: Annotated[bool, typer.Option("--long", "-l", help="Show each event with its facets.")] = False,
    group: Annotated[
        str,
        typer.Option(
            "--group",
            metavar="BY",
            help="One of month, year, round, kind.",
            autocompletion=one_of("month", "year", "round", "kind"),
        ),
    ] = "month",
    last: Annotated[int | None, typer.Option("--last", "-n", min=1, metavar="N", help="Only the last N.")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Newest first.")] = False,
) -> None:
    """List events by month, with what matters most about each.

    Example:
    talkstrack timeline --kind exchange --since 2025-06 --until 2025-07
    """
    if group not in get_args(Grouping):
        raise unknown_choice("--group", group, get_args(Grouping))
    ledger = load(env)
    query = msgspec.structs.replace(query, last=last)
    selection = select(ledger, query)

    rows = selection.rows[::-1] if reverse else selection.rows
    shape = Shape(cast(Grouping, group), long, reverse)
    view = View(
        lambda: _document(ledger, query, selection, shape),
        lambda: _table(ledger, query, selection, shape),
        lambda: envelope(ledger, "timeline", query, selection.total, rows),
    )
    emit(view, env, output)
    leave(ledger)


class Shape(NamedTuple):
    """How the timeline is to be laid out."""

    group: Grouping
    long: bool
    reverse: bool


def _report(ledger: Ledger, query: Query, selection: Selection, shape: Shape) -> tuple["Timeline", "Snapshot"]:
    from talkstrack.cli.part import enough  # with the reports, which JSON does without
    from talkstrack.reports.timeline import timeline as report_on

    offices = shape.long and any(event.delegation for event in selection.events)  # from any appointment
    snapshot = everything(ledger, query.as_known) if offices else enough(ledger, query, selection)
    report = report_on(
        snapshot,
        selection.events,
        group=shape.group,
        may=selection.may,
        reverse=shape.reverse,
        total=selection.total,
    )
    return report, snapshot


def _document(ledger: Ledger, query: Query, selection: Selection, shape: Shape) -> "Document":
    report, snapshot = _report(ledger, query, selection, shape)
    if shape.long:
        from talkstrack.render.views.event import long_document

        return long_document(report, snapshot)
    from talkstrack.render.views.timeline import timeline_document

    return timeline_document(report, ledger.register, group=shape.group)


def _table(ledger: Ledger, query: Query, selection: Selection, shape: Shape) -> "Table":
    from talkstrack.render.views.timeline import timeline_table

    report, _ = _report(ledger, query, selection, shape)
    return timeline_table(report)
