"""The command `check`."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import one_of
from talkstrack.cli.emit import emit, keep_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_error
from talkstrack.cli.options import Output, check_choices, comma_list
from talkstrack.errors import CHECK_FAILED, LEDGER, Problem
from talkstrack.ledger.checking.check import all_checks
from talkstrack.ledger.reading.checked import check as check_file
from talkstrack.ledger.reading.find import LedgerPath, find_ledger
from talkstrack.ledger.reading.unreadable import LedgerError
from talkstrack.render.view import Envelope, View
from talkstrack.render.views.check import checks_document, checks_table, problems_document, problems_table
from talkstrack.render.words.figures import many

_SLUGS = tuple(check.slug for check in all_checks())


@command
def check(
    env: Env,
    output: Output,
    ledgers: Annotated[list[str] | None, typer.Argument(metavar="[LEDGER]...", help="The ledgers to check.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check too.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="NAME", help="Only these checks.", autocompletion=one_of(*_SLUGS, comma_list=True)
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List all checks and why they matter.")] = False,
) -> None:
    """Check a ledger and report every problem at once.

    Exit code 0: all is well, or warnings only; 1: errors (with --strict: warnings too); 3: a file is no ledger.

    Example:
    talkstrack check data/events.toml --strict
    """
    if list_:
        emit(_checks_view(env), env, output)
        return
    names = comma_list("--only", only)
    check_choices("--only", names, _SLUGS)
    problems: list[Problem] = []
    events = 0
    is_unreadable = False
    for place in _found(env, ledgers or []):
        keep_ledger(output, env, place.path)
        try:
            checked = check_file(place, env.today, frozenset(names) or None)
        except LedgerError as error:
            print_error(env, error)
            is_unreadable = True
            continue
        events += checked.events
        problems += checked.problems
    shown = tuple(problems)
    if shown or output.format != "text":
        emit(_problems_view(env, shown, events), env, output)
    if not shown and not is_unreadable:
        notice(env, f"{many(events, 'event')}: no errors, no warnings")
    if is_unreadable:
        raise typer.Exit(LEDGER)
    if any(strict or problem.severity == "error" for problem in shown):
        raise typer.Exit(CHECK_FAILED)


def _found(env: Env, named: list[str]) -> Iterator[LedgerPath]:
    if not named:
        place = find_ledger(env.ledger, env.environ, env.cwd)
        if place.notice:
            notice(env, place.notice)
        yield place
    for name in named:
        yield LedgerPath(env.cwd / name, name)


def _checks_view(env: Env) -> View:
    checks = all_checks()
    return View(lambda: checks_document(checks), lambda: checks_table(checks), lambda: _envelope("checks", env, checks))


def _problems_view(env: Env, problems: tuple[Problem, ...], events: int) -> View:
    return View(
        lambda: problems_document(problems, events),
        lambda: problems_table(problems),
        lambda: _envelope("check", env, problems),
    )


def _envelope(name: str, env: Env, rows: tuple[Any, ...]) -> Envelope:
    listed = [row._asdict() if hasattr(row, "_asdict") else row for row in rows]
    return Envelope(f"talkstrack.{name}/1", {"today": env.today.isoformat()}, {}, listed)
