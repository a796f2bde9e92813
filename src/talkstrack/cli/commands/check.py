"""The command `check`."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from talkstrack.cli.command import command
from talkstrack.cli.complete import one_of
from talkstrack.cli.emit import emit, keep_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_error
from talkstrack.cli.options import Output, comma_list, unknown_choice
from talkstrack.errors import CHECK_FAILED, LEDGER, Problem
from talkstrack.ledger.checking.check import all_checks, warnings
from talkstrack.ledger.checking.registry import CHECKS, Asked
from talkstrack.ledger.reading.find import LedgerPath, find_ledger
from talkstrack.ledger.reading.problems import problem_at, sorted_problems
from talkstrack.ledger.reading.read import ParsedLedger, load
from talkstrack.ledger.reading.unreadable import LedgerError
from talkstrack.model.event import Event
from talkstrack.render.view import Envelope, View
from talkstrack.render.views.check import checks_document, checks_table, problems_document, problems_table
from talkstrack.render.words.figures import many
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot


@command
def check(
    env: Env,
    output: Output,
    ledgers: Annotated[list[str] | None, typer.Argument(metavar="[LEDGER]...", help="The ledgers to check.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check too.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="NAME", help="Only these checks.", autocompletion=one_of(*CHECKS, comma_list=True)
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
    asked = _asked(comma_list("--only", only))
    problems: list[Problem] = []
    events = 0
    is_unreadable = False
    for place in _found(env, ledgers or []):
        keep_ledger(output, env, place.path)
        try:
            ledger = load(place.path, place.shown, asked)
        except LedgerError as error:
            print_error(env, error)
            is_unreadable = True
            continue
        events += len({event.id for event in ledger.events})
        problems += [problem for problem in problems_of(ledger, env, asked) if not asked or problem.slug in asked]
    shown = tuple(problems)
    if shown or output.format != "text":
        emit(_problems_view(env, shown, events), env, output)
    if not shown and not is_unreadable:
        notice(env, f"{many(events, 'event')}: no errors, no warnings")
    if is_unreadable:
        raise typer.Exit(LEDGER)
    if any(strict or problem.severity == "error" for problem in shown):
        raise typer.Exit(CHECK_FAILED)


def _asked(names: tuple[str, ...]) -> Asked:
    for name in names:
        if name not in CHECKS:
            raise unknown_choice("--only", name, tuple(CHECKS))
    return frozenset(names) or None


def _found(env: Env, named: list[str]) -> Iterator[LedgerPath]:
    if not named:
        place = find_ledger(env.ledger, env.environ, env.cwd)
        if place.notice:
            notice(env, place.notice)
        yield place
    for name in named:
        yield LedgerPath(env.cwd / name, name)


def problems_of(ledger: ParsedLedger, env: Env, only: Asked = None) -> tuple[Problem, ...]:
    """Return the errors and warnings of a ledger, in the order of their places."""
    blocks = {id(event): block for event, block in zip(ledger.events, ledger.blocks, strict=True)}

    def table(event: Event) -> dict[str, Any] | None:
        block = blocks.get(id(event))
        return block.data if block is not None else None

    snapshot = Snapshot(current_revisions(ledger.events, ledger.register), ledger.register, env.today.toordinal())
    found = [
        problem_at(ledger.path, blocks[id(event)], fault, event.id) for event, fault in warnings(snapshot, table, only)
    ]
    return sorted_problems([*ledger.problems, *found])


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
