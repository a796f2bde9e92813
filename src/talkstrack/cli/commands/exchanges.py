"""The command `exchanges`."""

from typing import Annotated, cast, get_args

import typer

from talkstrack.cli import complete
from talkstrack.cli.bundle import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, everything, leave, load, select
from talkstrack.cli.options import no_such
from talkstrack.cli.room import cells, party_named
from talkstrack.cli.values import Output
from talkstrack.errors import UsageError
from talkstrack.index.query import Query
from talkstrack.render.view import View
from talkstrack.reports.exchanges import Grouping, Unit
from talkstrack.reports.exchanges import exchanges as report_on


@command
def exchanges(
    env: Env,
    query: Query,
    output: Output,
    what: Annotated[str, typer.Option("--what", metavar="WHAT", help="One of people, bodies, all.")] = "people",
    group: Annotated[str, typer.Option("--group", metavar="BY", help="One of agreement, month, none.")] = "agreement",
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
    if what not in get_args(Unit):
        raise no_such("--what", what, get_args(Unit))
    if group not in get_args(Grouping):
        raise no_such("--group", group, get_args(Grouping))
    if account is not None and accounts:
        raise UsageError("--account and --accounts contradict each other", "--accounts shows every side's figures")
    ledger = load(env, totals=True)
    side = party_named(ledger.register, "--account", account) if account is not None else None
    selection = select(ledger, query)
    book = everything(ledger, query.as_known)

    report = report_on(
        book,
        selection.events,
        what=cast(Unit, what),
        group=cast(Grouping, group),
        account=side,
        may=selection.may,
    )
    asked = {"what": what, "group": group, "account": side, "accounts": accounts}
    document = envelope(ledger, "exchanges", query, selection.total, report.rows, report.totals, **asked)
    from talkstrack.render.pages import exchange_accounts, exchange_flat
    from talkstrack.render.pages import exchanges as pages

    width = cells(env, output)
    if accounts:
        page = lambda: exchange_accounts.accounts_page(report, book, width=width)  # noqa: E731
    else:
        page = lambda: pages.exchanges_page(report, book, width=width, long=long)  # noqa: E731
    emit(
        View(page, lambda: exchange_flat.exchanges_flat(report, book, accounts=accounts), lambda: document), env, output
    )
    leave(ledger)
