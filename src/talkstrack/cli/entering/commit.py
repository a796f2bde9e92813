"""Write a draft: made and checked under the ledger's lock, its ids printed, and told what it did to the totals."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import NamedTuple

import msgspec
import typer

from talkstrack.cli.emit import write_out
from talkstrack.cli.entering.draft import Draft
from talkstrack.cli.entering.target import WriteTarget, own_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_problems
from talkstrack.errors import Hint, Problem
from talkstrack.index.fingerprint import DIGESTED
from talkstrack.index.fresh import Progress, is_ready
from talkstrack.ledger.reading.find import LedgerPath
from talkstrack.ledger.writing.append import Change, Lines, append
from talkstrack.ledger.writing.refused import WriteRefused
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.model.convert import Fault
from talkstrack.model.counts import pretty
from talkstrack.model.sums import Sum
from talkstrack.reports.effects import Effects, alone, effects

BECAUSE = typer.Option("--because", "-m", metavar="WHY", help="Why it is changed; required.")
DRY_RUN = typer.Option("--dry-run", help="Print the block, write nothing.")
JSON = typer.Option("--json", help="Print the event as JSON, as it reads in the ledger.")

_OF_TOTALS = frozenset({"claim-above", "claim-below", "whole-and-parts"})
_NOT_OF_ONE = frozenset({"office-not-held", "round-gap", "round-order"})
_OF_MANY = frozenset({"likely-duplicate"})
_FEW = 5
_MOST_TOLD = 50

Make = Callable[[WriteTarget], Draft]
"""Makes a draft from what stands; it is called under the lock, and again when the ledger changed meanwhile."""


class Outcome(NamedTuple):
    """What was written, or would be: the draft, its effect on the totals, the warnings; the lines it has now."""

    ledger: LedgerPath
    draft: Draft
    effects: Effects
    warnings: tuple[Fault, ...]
    lines: Lines | None = None


def commit(
    env: Env, make: Make, command: str, *, dry_run: bool, json: bool = False, progress: Progress | None = None
) -> Outcome:
    """Write what is made and print its ids, or with `dry_run` its blocks; with `json` the events."""
    outcome = try_out(env, make) if dry_run else _write(env, make, progress)
    if json:
        _print_json(env, command, outcome)
    else:
        printed = outcome.draft.text if dry_run else "".join(f"{name}\n" for name in outcome.draft.ids)
        write_out(printed.encode(), env)
    if dry_run:
        notice(env, f"nothing was written to {outcome.ledger.shown}: a dry run")
    _tell(env, outcome)
    return outcome


def try_out(env: Env, make: Make) -> Outcome:
    """Make and check a draft as a write would, and write nothing."""
    with WriteTarget(own_ledger(env), env) as target:
        content = target.content
        attempt = _Attempt(target, make(target))
        gap = b"\n" if content.whole.endswith(b"\n") else b"\n\n"
        return attempt.check(Change(content, gap + attempt.draft.text.encode()))


def _write(env: Env, make: Make, progress: Progress | None) -> Outcome:
    """Append a draft; what this returns is on the disk. Errors it would bring in are told and raised."""
    ledger = own_ledger(env)
    is_large = ledger.path.is_file() and ledger.path.stat().st_size > DIGESTED
    if is_large and not is_ready(ledger.path, env.cache):
        WriteTarget(ledger, env, progress=progress).index.close()  # a long reading is done before the ledger is locked
    with ExitStack() as last_target:

        def attempt(content: LedgerBytes) -> tuple[Sequence[str], _Attempt]:
            last_target.close()
            target = last_target.enter_context(WriteTarget(ledger, env, content))
            draft = make(target)
            return [block.text for block in draft.blocks], _Attempt(target, draft)

        lines, made = append(ledger.path, attempt, check=lambda change, made: made.check(change), shown=ledger.shown)
        return made.outcome._replace(lines=lines)


class _Attempt:
    """A draft held against the ledger it was made for; what it does is worked out while that is as it was."""

    def __init__(self, target: WriteTarget, draft: Draft) -> None:
        self.draft = draft
        self._target = target

    def check(self, change: Change) -> Outcome:
        """Return what a change would do; WriteRefused with the errors it would bring in, which are told."""
        try:
            self._target.refuse(change)
        except WriteRefused as refused:
            _tell_problems(self._target.env, [_placed(problem, change, self.draft) for problem in refused.problems])
            raise
        return self.outcome

    @cached_property
    def outcome(self) -> Outcome:
        """What the draft does to the totals, and what is worth a second look."""
        target, draft = self._target, self.draft
        if draft.events and target.problems:  # a total over a ledger that lost a row is a lie
            what = f"{target.ledger.shown} has errors, so what this does to the totals is not told: "
            note = Hint(what, "check")
            draft = draft._replace(notes=(*draft.notes, note))
        return Outcome(target.ledger, draft, _effects(target, draft), tuple(_warnings(target, draft)))


def _effects(target: WriteTarget, draft: Draft) -> Effects:
    from talkstrack.rules.snapshot import Snapshot

    today = target.env.today.toordinal()
    if not draft.events or target.problems:
        return Effects(sums=(), numbers=())
    if target.is_large:
        first = [event for event in draft.events if event.revision == 1]
        return alone(first, Snapshot((), draft.register, today))
    return effects(Snapshot(target.events, draft.register, today), draft.events)


def _warnings(target: WriteTarget, draft: Draft) -> Iterator[Fault]:
    """Yield what is worth a second look in the new events, as far as it can be told from what is near them."""
    events = draft.events
    if not events or (target.is_large and len(events) > 1):
        return
    from talkstrack.ledger.checking.check import all_checks, warnings
    from talkstrack.rules.known import current_revisions
    from talkstrack.rules.snapshot import Snapshot

    ids = {event.id for event in events}
    near = target.around(events[0])
    passed = _OF_TOTALS | (_NOT_OF_ONE if target.is_large else frozenset())
    only = frozenset(check.slug for check in all_checks()) - passed if len(events) == 1 else _OF_MANY
    latest = current_revisions((*near, *events), draft.register)
    for event, fault in warnings(Snapshot(latest, draft.register, target.env.today.toordinal()), only=only):
        if event.id in ids and fault.slug in only:
            yield fault


def _tell_problems(env: Env, problems: list[Problem]) -> None:
    """Tell problems; the same one at several places of an input only at the first."""
    first: dict[object, Problem] = {}
    for problem in problems:
        first.setdefault(problem if problem.excerpt else (problem.slug, problem.message), problem)
    print_problems(env, list(first.values())[:_MOST_TOLD])
    if more := len(problems) - min(len(first), _MOST_TOLD):
        notice(env, f"and {more:,} more like these\n")


def _placed(problem: Problem, change: Change, draft: Draft) -> Problem:
    """Return a problem of a block that was not written with its place in the block, or in the input it came from."""
    first = change.old.count(b"\n") + 1
    if problem.line < first:
        return problem
    added, place = change.added.decode().replace("\r\n", "\n"), 0
    for block in draft.blocks:
        place = added.find(block.text, place)
        start = first + added.count("\n", 0, place)
        if not start <= problem.line <= start + block.text.count("\n"):
            continue
        if block.origin is not None:
            path, line = block.origin
            return msgspec.structs.replace(problem, path=path, line=line, column=1, end_column=2, excerpt=())
        shown = tuple((number - start + 1, text) for number, text in problem.excerpt)
        return msgspec.structs.replace(problem, path=f"new {block.name}", line=problem.line - start + 1, excerpt=shown)
    return problem


def _print_json(env: Env, command: str, outcome: Outcome) -> None:
    """Print the events as read back; in a dry run, as they would be."""
    from talkstrack.api import open_ledger
    from talkstrack.cli.load import envelope
    from talkstrack.model.query import Query
    from talkstrack.render.data.as_json import as_json

    events = outcome.draft.events
    ids = tuple(event.id for event in events)
    revisions = {(event.id, event.revision) for event in events}
    with open_ledger(outcome.ledger, env.today, env.cache) as ledger:
        stored = (event for key in ids for event in ledger.index.revisions(key))
        written = [event for event in stored if (event.id, event.revision) in revisions]
        rows = list(events) if outcome.lines is None else written
        at = [f"{outcome.ledger.shown}:{event.line}" for event in written]
        document = envelope(ledger, command, Query(id=ids), rows, outcome.effects.sums, at=at)
        write_out(as_json(document, for_terminal=env.stdout_is_terminal), env)


def _tell(env: Env, outcome: Outcome) -> None:
    """Say where the blocks stand, what they do to the totals, and what is worth a second look."""
    if outcome.lines:
        first, last = outcome.lines[0][0], outcome.lines[-1][1]
        lines = f"line {first}" if first == last else f"lines {first} to {last}"
        notice(env, f"added to {outcome.ledger.shown}, {lines}")
    for line in (*outcome.draft.notes, *effect_lines(outcome.effects)):
        notice(env, line)
    for fault in outcome.warnings[:_FEW]:
        notice(env, f"warning[{fault.slug}]: {fault.message}", fault.hint)
    if len(outcome.warnings) > _FEW:
        notice(env, Hint(f"and {len(outcome.warnings) - _FEW} more warnings: ", "check"))


def effect_lines(effects: Effects) -> list[str]:
    """Return a line per total that changed: `people to UKR  ~1,455+ → ~1,539+`."""
    rows: list[tuple[str, str]] = []
    for total in effects.sums:
        name, after = f"{total.what} to {total.to}", _sum_words(total.after)
        if total.before is None:
            rows.append((name, f"{after} more"))
        elif total.before != total.after:
            rows.append((name, f"{_sum_words(total.before)} → {after}"))
    changed = [number for number in effects.numbers if number.before != number.after]
    rows += [(f"events of kind {number.kind}", f"{number.before:,} → {number.after:,}") for number in changed]
    width = max((len(name) for name, _ in rows), default=0)
    return [f"{name:<{width}}  {words}" for name, words in rows]


def _sum_words(total: Sum) -> str:
    if not total.terms:
        return "0"
    holes = total.undisclosed
    return pretty(total.text) + (f" ({holes:,} undisclosed)" if holes else "")
