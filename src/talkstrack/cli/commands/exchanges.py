"""The command `exchanges`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast, get_args

import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import emit, wants_page
from talkstrack.cli.env import Env
from talkstrack.cli.load import Ledger, envelope, everything, leave, load, select
from talkstrack.cli.options import no_such
from talkstrack.cli.part import enough
from talkstrack.cli.room import cells, party_named
from talkstrack.cli.values import Format, Output
from talkstrack.errors import UsageError
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.reports.exchanges import Exchanges, Grouping, Unit
from talkstrack.reports.exchanges import exchanges as report_on
from talkstrack.rules.snapshot import Snapshot

if TYPE_CHECKING:  # each format loads what it needs, and no more
    from talkstrack.render.text.document import Document, Table


@command
def exchanges(
    env: Env,
    query: Query,
    output: Output,
    what: Annotated[
        str,
        typer.Option(
            "--what",
            metavar="WHAT",
            help="One of people, bodies, all.",
            autocompletion=complete.one_of("people", "bodies", "all"),
        ),
    ] = "people",
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            metavar="BY",
            help="One of agreement, month, none; by default agreement, with --totals none.",
            autocompletion=complete.one_of("agreement", "month", "none"),
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
    ledger = load(env, totals=True)
    if asked.account is not None:
        asked = asked._replace(account=party_named(ledger.register, "--account", asked.account))
    told = _tally(ledger, query, asked, output.format, is_page=wants_page(env, output), totals=totals)
    report = told.report
    rows = report.totals if totals and output.format == "ndjson" else report.rows
    options = {"what": what, **asked._asdict(), "accounts": accounts, "totals": totals}
    document = envelope(ledger, "exchanges", query, told.events, rows, report.totals, **options)
    page, flat = _totals_views(told) if totals else _views(told, cells(env, output), accounts=accounts, long=long)
    emit(View(page, flat, lambda: document), env, output)
    leave(ledger)


class _Asked(NamedTuple):
    """What is to be tallied: which unit, in which groups, by whose account."""

    what: Unit
    group: Grouping
    account: str | None


class _Told(NamedTuple):
    """A report with the book it was made from, and how many events the ledger has."""

    report: Exchanges
    book: Snapshot
    events: int


def _asked(what: str, group: str | None, account: str | None, *, accounts: bool, long: bool, totals: bool) -> _Asked:
    group = group or ("none" if totals else "agreement")
    if what not in get_args(Unit):
        raise no_such("--what", what, get_args(Unit))
    if group not in get_args(Grouping):
        raise no_such("--group", group, get_args(Grouping))
    if account is not None and accounts:
        raise UsageError("--account and --accounts contradict each other", "--accounts shows every side's figures")
    for option, is_given in (("--accounts", accounts), ("--long", long)):
        if totals and is_given:
            raise UsageError(f"--totals and {option} contradict each other", "--totals shows no hand-over by itself")
    return _Asked(cast(Unit, what), cast(Grouping, group), account)


def _tally(ledger: Ledger, query: Query, asked: _Asked, form: Format, *, is_page: bool, totals: bool) -> _Told:
    selection = select(ledger, query)
    judged = is_page or form in ("json", "ndjson")  # no other format has a place for claims

    def told(snapshot: Snapshot) -> Exchanges:
        return report_on(
            snapshot, selection.events, **asked._asdict(), may=selection.may, rows=not totals, judged=judged
        )

    snapshot = enough(ledger, query, selection, need="page" if is_page or form == "markdown" else "tally")
    report = told(snapshot)
    in_agreements = asked.group == "agreement" and all(row.group for row in report.rows)
    if report.rows and snapshot.elsewhere is not None and not in_agreements:
        snapshot = everything(ledger, query.as_known)  # these running totals are those of all hand-overs
        report = told(snapshot)
    return _Told(report, snapshot, selection.total)


_Views = tuple[Callable[[], "Document"], Callable[[], "Table"]]


def _views(told: _Told, width: int, *, accounts: bool, long: bool) -> _Views:
    report, snapshot, _ = told

    def page() -> "Document":
        from talkstrack.render.views.exchange_accounts import accounts_page
        from talkstrack.render.views.exchanges import exchanges_page

        if accounts:
            return accounts_page(report, snapshot, width=width)
        return exchanges_page(report, snapshot, width=width, long=long)

    def flat() -> "Table":
        from talkstrack.render.views.exchange_flat import exchanges_flat

        return exchanges_flat(report, snapshot, accounts=accounts)

    return page, flat


def _totals_views(told: _Told) -> _Views:
    def page() -> "Document":
        from talkstrack.render.views.totals import totals_page

        return totals_page(told.report)

    def flat() -> "Table":
        from talkstrack.render.views.exchange_flat import totals_flat

        return totals_flat(told.report)

    return page, flat
