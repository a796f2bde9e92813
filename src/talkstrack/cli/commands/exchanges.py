"""The command `exchanges`."""

from typing import Annotated, cast, get_args

import typer

from talkstrack.cli import complete
from talkstrack.cli.bundle import command
from talkstrack.cli.emit import emit, wants_page
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, everything, leave, load, select
from talkstrack.cli.options import no_such
from talkstrack.cli.part import enough
from talkstrack.cli.room import cells, party_named
from talkstrack.cli.values import Output
from talkstrack.errors import UsageError
from talkstrack.index.query import Query
from talkstrack.render.envelope import Envelope
from talkstrack.render.page import Page
from talkstrack.render.pages.exchange_accounts import accounts_page
from talkstrack.render.pages.exchange_flat import exchanges_flat
from talkstrack.render.pages.exchanges import exchanges_page
from talkstrack.render.view import View
from talkstrack.reports.book import Book
from talkstrack.reports.exchanges import Exchanges, Grouping, Unit
from talkstrack.reports.exchanges import exchanges as report_on


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
        str,
        typer.Option(
            "--group",
            metavar="BY",
            help="One of agreement, month, none.",
            autocompletion=complete.one_of("agreement", "month", "none"),
        ),
    ] = "agreement",
    account: Annotated[
        str | None,
        typer.Option(metavar="SIDE", help="Take this side's figures.", autocompletion=complete.parties),
    ] = None,
    accounts: Annotated[bool, typer.Option("--accounts", help="Show what each side says, side by side.")] = False,
    long: Annotated[bool, typer.Option("--long", "-l", help="Show ids, every account and every claim.")] = False,
) -> None:
    """Tally exchanges and repatriations, with running totals.

    Example:
    talkstrack exchanges --what bodies --account UKR --until 2025-06
    """
    unit, grouping = _chosen(what, group)
    if account is not None and accounts:
        raise UsageError("--account and --accounts contradict each other", "--accounts shows every side's figures")
    ledger = load(env, totals=True)
    side = party_named(ledger.register, "--account", account) if account is not None else None
    selection = select(ledger, query)
    is_page = wants_page(env, output) or output.format == "markdown"

    def told(book: Book) -> Exchanges:
        return report_on(book, selection.events, what=unit, group=grouping, account=side, may=selection.may)

    book = enough(ledger, query, selection, need="page" if is_page else "tally")
    report = told(book)
    if book.beyond is not None and (grouping != "agreement" or not all(row.group for row in report.rows)):
        book = everything(ledger, query.as_known)  # these running totals are those of all hand-overs
        report = told(book)
    asked = {"what": what, "group": group, "account": side, "accounts": accounts}
    document = envelope(ledger, "exchanges", query, selection.total, report.rows, report.totals, **asked)
    emit(_view(report, book, document, cells(env, output), accounts=accounts, long=long), env, output)
    leave(ledger)


def _chosen(what: str, group: str) -> tuple[Unit, Grouping]:
    if what not in get_args(Unit):
        raise no_such("--what", what, get_args(Unit))
    if group not in get_args(Grouping):
        raise no_such("--group", group, get_args(Grouping))
    return cast(Unit, what), cast(Grouping, group)


def _view(report: Exchanges, book: Book, document: Envelope, width: int, *, accounts: bool, long: bool) -> View:
    def page() -> Page:
        if accounts:
            return accounts_page(report, book, width=width)
        return exchanges_page(report, book, width=width, long=long)

    return View(page, lambda: exchanges_flat(report, book, accounts=accounts), lambda: document)
