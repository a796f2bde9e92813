"""The command `exchanges`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, NamedTuple, get_args

import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.emit import cells, emit
from talkstrack.cli.env import Env
from talkstrack.cli.load import envelope, load, select
from talkstrack.cli.options import Output, choice
from talkstrack.cli.unknown_names import party_named
from talkstrack.errors import UsageError
from talkstrack.model.query import Query
from talkstrack.render.view import View
from talkstrack.reports.exchanges import Exchanges, Grouping, Unit
from talkstrack.rules.snapshot import Snapshot

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
    _check_options(account, accounts=accounts, long=long, totals=totals)
    group = group or ("none" if totals else "agreement")
    with load(env) as ledger:
        register = ledger.register
        side = party_named(register, "--account", account) if account is not None else None
        selection = select(ledger, query, env)
        report = ledger.exchanges(selection, what=what, group=group, account=side, totals=totals)
        snapshot = ledger.snapshot(selection, "page")
        rows = report.totals if totals and output.format == "ndjson" else report.rows
        options = {"what": what, "group": group, "account": side, "accounts": accounts, "totals": totals}
        document = envelope(ledger, "exchanges", query, rows, report.totals, **options)
        told = _Told(report, snapshot)
        page, flat = _totals_views(report) if totals else _views(told, cells(env, output), accounts=accounts, long=long)
        emit(View(page, flat, lambda: document), env, output)


class _Told(NamedTuple):
    """A report with the snapshot it was made from."""

    report: Exchanges
    book: Snapshot


def _check_options(account: str | None, *, accounts: bool, long: bool, totals: bool) -> None:
    if account is not None and accounts:
        raise UsageError("--account and --accounts contradict each other", "--accounts shows every side's figures")
    for option, is_typed in (("--accounts", accounts), ("--long", long)):
        if totals and is_typed:
            raise UsageError(f"--totals and {option} contradict each other", "--totals shows no hand-over by itself")


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
