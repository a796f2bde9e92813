"""The command `exchanges`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from msgspec.structs import replace

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import cells, emit, family
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output, choice
from talkstrack.cli.unknown_names import party_named
from talkstrack.errors import UsageError
from talkstrack.model.query import Query
from talkstrack.render.formats import Takes
from talkstrack.render.view import View
from talkstrack.reports.exchange_totals import Depth, Grouping
from talkstrack.reports.exchanges import Exchanges, Units

if TYPE_CHECKING:  # views are a fifth of a short run: each format loads the one it shows
    from talkstrack.model.register import Register
    from talkstrack.render.table import Table
    from talkstrack.render.text.document import Document

_UNITS = f"One of {', '.join(get_args(Units))}."
_GROUPS = "One of agreement, month, none; by default agreement, with --totals none."


_DEPTHS: dict[Takes, Depth] = {"document": "all", "envelope": "claims", "table": "figures"}


@command
def exchanges(
    env: Env,
    query: Query,
    output: Output,
    what: Annotated[Units, choice("--what", get_args(Units), _UNITS, metavar="WHAT")] = "people",
    group: Annotated[Grouping | None, choice("--group", get_args(Grouping), _GROUPS, metavar="BY")] = None,
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
    _check_options(account, accounts=accounts, long=long, totals=totals)
    group = group or ("none" if totals else "agreement")
    with load(env) as ledger:
        register = ledger.register
        side = party_named(register, "--account", account) if account is not None else None
        selection = select(ledger, query, env)
        depth = _DEPTHS[family(env, output)]
        report = ledger.exchanges(
            selection, what=what, group=group, account=side, accounts=accounts, totals=totals, depth=depth
        )
        options = {"what": what, "group": group, "account": side, "accounts": accounts, "totals": totals}
        lines = report.totals if totals else None
        view = View(
            partial(_document, report, register, width=cells(env, output), accounts=accounts, long=long, totals=totals),
            partial(_table, report, register, accounts=accounts, totals=totals),
            lambda: replace(envelope(ledger, "exchanges", query, report.rows, report.totals, **options), lines=lines),
        )
        emit(view, env, output)


def _check_options(account: str | None, *, accounts: bool, long: bool, totals: bool) -> None:
    if account is not None and accounts:
        raise UsageError("--account and --accounts contradict each other", "--accounts shows every side's figures")
    if totals and long:
        raise UsageError("--totals and --long contradict each other", "--totals shows no hand-over by itself")


def _document(
    report: Exchanges, register: "Register", *, width: int, accounts: bool, long: bool, totals: bool
) -> "Document":
    if totals:
        from talkstrack.render.views.exchange_totals import totals_document

        return totals_document(report)
    if accounts:
        from talkstrack.render.views.exchange_accounts import accounts_document

        return accounts_document(report, register, width=width)
    from talkstrack.render.views.exchanges import exchanges_document

    return exchanges_document(report, register, width=width, long=long)


def _table(report: Exchanges, register: "Register", *, accounts: bool, totals: bool) -> "Table":
    if totals:
        from talkstrack.render.views.exchange_totals import totals_table

        return totals_table(report)
    if accounts:
        from talkstrack.render.views.exchange_accounts import accounts_table

        return accounts_table(report, register)
    from talkstrack.render.views.exchanges import exchanges_table

    return exchanges_table(report)
