"""The command `exchanges`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, NamedTuple, get_args

import typer

from talkstrack.api import Ledger
from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import cells, emit, wants_page
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output, choice
from talkstrack.cli.unknown_names import party_named
from talkstrack.errors import UsageError
from talkstrack.index.filters import span_of
from talkstrack.index.select import Selection
from talkstrack.index.snapshots import Need
from talkstrack.model.dates.period import Span
from talkstrack.model.facets import What
from talkstrack.model.handing import handing_of
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.reports.exchanges import Exchanges, Unit, exchange_totals
from talkstrack.reports.handovers import Grouping
from talkstrack.rules.snapshot import Elsewhere, Snapshot

if TYPE_CHECKING:  # each format loads what it needs, and no more
    from talkstrack.render.text.document import Document, Table


@command
def exchanges(
    env: Env,
    query: Query,
    output: Output,
    what: Annotated[Unit, choice("--what", get_args(Unit), "One of people, bodies, all.", metavar="WHAT")] = "people",
    group: Annotated[
        Grouping | None,
        choice(
            "--group",
            get_args(Grouping),
            "One of agreement, month, none; by default agreement, with --totals none.",
            metavar="BY",
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(metavar="SIDE", help="Take this side's figures.", autocompletion=complete.parties),
    ] = None,
    accounts: Annotated[bool, typer.Option("--accounts", help="Show what each side says, side by side.")] = False,
    long: Annotated[bool, typer.Option("--long", "-l", help="Show ids, every account and every claim.")] = False,
    totals: Annotated[
        bool, typer.Option("--totals", help="Show the totals alone; with --group those of each group too.")
    ] = False,
) -> None:
    """Tally exchanges and repatriations, with running totals.

    Example:
    talkstrack exchanges --what bodies --account UKR --until 2025-06
    """
    asked = _asked(what, group, account, accounts=accounts, long=long, totals=totals)
    with load(env) as ledger:
        if asked.account is not None:
            asked = asked._replace(account=party_named(ledger.register, "--account", asked.account))
        selection = select(ledger, query, env)
        told = (_totals if totals else _tally)(ledger, selection, asked, output.format, is_page=wants_page(env, output))
        report = told.report
        rows = report.totals if totals and output.format == "ndjson" else report.rows
        options = {"what": what, **asked._asdict(), "accounts": accounts, "totals": totals}
        document = envelope(ledger, "exchanges", query, rows, report.totals, **options)
        page, flat = _totals_views(report) if totals else _views(told, cells(env, output), accounts=accounts, long=long)
        emit(View(page, flat, lambda: document), env, output)


class _Asked(NamedTuple):
    """What is to be tallied: which unit, in which groups, by whose account."""

    what: Unit
    group: Grouping
    account: str | None


class _Told(NamedTuple):
    """A report with the snapshot it was made from."""

    report: Exchanges
    book: Snapshot


def _asked(
    what: Unit, group: Grouping | None, account: str | None, *, accounts: bool, long: bool, totals: bool
) -> _Asked:
    if account is not None and accounts:
        raise UsageError("--account and --accounts contradict each other", "--accounts shows every side's figures")
    for option, is_typed in (("--accounts", accounts), ("--long", long)):
        if totals and is_typed:
            raise UsageError(f"--totals and {option} contradict each other", "--totals shows no hand-over by itself")
    return _Asked(what, group or ("none" if totals else "agreement"), account)


def _tally(ledger: Ledger, selection: Selection, asked: _Asked, form: str, *, is_page: bool) -> _Told:
    judged = is_page or form in ("json", "ndjson")  # no other format has a place for claims
    need: Need = "page" if is_page or form == "markdown" else "tally"
    return _Told(*ledger.tally(selection, **asked._asdict(), need=need, judged=judged))


def _totals(ledger: Ledger, selection: Selection, asked: _Asked, form: str, *, is_page: bool) -> _Told:
    query = selection.query
    is_page = is_page or form == "markdown"
    span = Span(*span_of(query))
    if asked.group == "agreement":
        snapshot = ledger.snapshot(selection, "page" if is_page else "tally")
        report = exchange_totals(
            snapshot, filter(None, map(handing_of, selection.events)), **asked._asdict(), span=span
        )
        return _Told(report, snapshot)
    snapshot = _wholes_and_parts(ledger, query, counted=is_page)
    report = ledger.index.handed_over(
        query, lambda handings: exchange_totals(snapshot, handings, **asked._asdict(), span=span)
    )
    return _Told(report, snapshot)


def _wholes_and_parts(ledger: Ledger, query: Query, *, counted: bool) -> Snapshot:
    index, known = ledger.index, query.as_known
    units: tuple[What, ...] = ("people", "bodies")
    elsewhere = Elsewhere(
        receiving={unit: index.receiving(unit, known) for unit in units},
        handed={unit: index.handed(unit, known) for unit in units if counted},
    )
    return Snapshot(index.parted(known), ledger.register, ledger.day(known).toordinal(), elsewhere)


_Views = tuple[Callable[[], "Document"], Callable[[], "Table"]]


def _views(told: _Told, width: int, *, accounts: bool, long: bool) -> _Views:
    report, snapshot = told

    def page() -> "Document":
        from talkstrack.render.views.exchange_accounts import accounts_page
        from talkstrack.render.views.exchanges import exchanges_page

        if accounts:
            return accounts_page(report, snapshot, width=width)
        return exchanges_page(report, snapshot, width=width, long=long)

    def flat() -> "Table":
        from talkstrack.render.views.exchange_flat import exchanges_flat
        from talkstrack.render.views.exchanges import TITLES, held_words, title_words

        title = f"{TITLES[report.what]}, side by side" if accounts else title_words(report)
        table = exchanges_flat(report, snapshot, accounts=accounts)
        return table._replace(title=title, note=held_words(report))

    return page, flat


def _totals_views(report: Exchanges) -> _Views:
    def page() -> "Document":
        from talkstrack.render.views.totals import totals_page

        return totals_page(report)

    def flat() -> "Table":
        from talkstrack.render.views.exchange_flat import totals_flat
        from talkstrack.render.views.exchanges import held_words, title_words

        return totals_flat(report)._replace(title=title_words(report), note=held_words(report))

    return page, flat
