"""Write entries to a ledger: made and checked under its lock, then told, with what they do to the totals."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple

import msgspec

from talkstrack.cli.entering.effect_words import effect_lines
from talkstrack.cli.entering.target import WriteTarget, content_of, own_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_problems
from talkstrack.errors import Problem
from talkstrack.index.limits import LIMITS
from talkstrack.index.open import is_ready
from talkstrack.ledger.reading.find import LedgerPath
from talkstrack.ledger.writing.append import Appended, Change, append
from talkstrack.ledger.writing.refused import WriteRefused
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.model.convert import Fault
from talkstrack.model.event import Event
from talkstrack.model.register import Register
from talkstrack.reports.effects import Effects, alone, effects

Progress = Callable[[int, int], None]
_NOT_OF_ONE = {"office-not-held", "round-gap", "round-order"}
_OF_MANY = {"likely-duplicate"}
_FEW = 5
MOST_TOLD = 50


class Entry(NamedTuple):
    """One block to be appended. `origin` is the input it came from and its line there."""

    name: str
    text: str
    event: Event | None = None
    origin: tuple[str, int] | None = None


class Draft(NamedTuple):
    """The blocks of one write, the register as it will be, and what the user is to be told besides."""

    entries: tuple[Entry, ...]
    register: Register
    notes: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """The events among them."""
        return tuple(one.event for one in self.entries if one.event is not None)


class Done(NamedTuple):
    """What was written, or would be: the draft, its effect on the totals, the warnings; where it stands now."""

    found: LedgerPath
    draft: Draft
    effects: Effects
    warnings: tuple[Fault, ...]
    written: Appended | None = None


Make = Callable[[WriteTarget, LedgerBytes], Draft]
"""Makes the entries from what stands; it is called under the lock, and again when the ledger changed meanwhile."""


def try_out(env: Env, make: Make) -> Done:
    """Make and check entries as a write would, and write nothing."""
    found = own_ledger(env)
    content = LedgerBytes.of(content_of(found.path, found.shown))
    target = WriteTarget(found, env)
    try:
        draft = make(target, content)
        gap = b"\n" if content.whole.endswith(b"\n") else b"\n\n"
        change = Change(content, gap + "\n".join(one.text for one in draft.entries).encode())
        _refuse(target, change, draft, env)
        return _outcome(target, draft)
    finally:
        target.close()


def write(env: Env, make: Make, progress: Progress | None = None) -> Done:
    """Append entries to the ledger; what this returns is on the disk. Errors it would bring in are told and raised."""
    found = own_ledger(env)
    is_large = found.path.is_file() and found.path.stat().st_size > LIMITS.large
    if is_large and not is_ready(found.path, env.cache):
        WriteTarget(found, env, progress).close()  # a long reading is done before the ledger is locked
    with ExitStack() as targets:

        def drafted(old: LedgerBytes) -> tuple[list[str], tuple[WriteTarget, Draft]]:
            targets.close()
            target = WriteTarget(found, env)
            targets.callback(target.close)
            if target.last_event is not None:
                old.know(*target.last_event)
            draft = make(target, old)
            return [entry.text for entry in draft.entries], (target, draft)

        def check(change: Change, made: tuple[WriteTarget, Draft]) -> None:
            _refuse(made[0], change, made[1], env)

        written, (target, draft) = append(found.path, drafted, check=check, shown=found.shown)
        done = _outcome(target, draft)
    return done._replace(written=written) if draft.entries else done


def _outcome(target: WriteTarget, draft: Draft) -> Done:
    if draft.events and target.problems:  # a total over a ledger that lost a row is a lie
        note = f"{target.found.shown} has errors, so what this does to the totals is not told: talkstrack check"
        draft = draft._replace(notes=(*draft.notes, note))
    return Done(target.found, draft, _effects(target, draft), tuple(_warnings(target, draft)))


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
    from talkstrack.ledger.checking.warnings import warnings

    ids = {event.id for event in events}
    near = target.around(events[0])
    passed = _NOT_OF_ONE if target.is_large else frozenset()
    for event, fault in warnings((*near, *events), draft.register, target.env.today):
        is_meant = fault.slug in _OF_MANY or len(events) == 1
        if event.id in ids and is_meant and fault.slug not in passed and not event.retracted:
            yield fault


def _refuse(target: WriteTarget, change: Change, draft: Draft, env: Env) -> None:
    try:
        target.refuse(change)
    except WriteRefused as refused:
        _tell_each_once(env, [_placed(one, change, draft) for one in refused.problems])
        raise


def _tell_each_once(env: Env, problems: list[Problem]) -> None:
    """Tell problems; the same one at several places of an input only at the first."""
    first: dict[object, Problem] = {}
    for one in problems:
        first.setdefault((one.slug, one.message) if not one.excerpt else one, one)
    print_problems(env, list(first.values())[:MOST_TOLD])
    if more := len(problems) - min(len(first), MOST_TOLD):
        notice(env, f"and {more:,} more like these\n")


def _placed(problem: Problem, change: Change, draft: Draft) -> Problem:
    """Return a problem of a block that was not written with its place in the block, or in the input it came from."""
    first = change.old.count(b"\n") + 1
    if problem.line < first:
        return problem
    added, place = change.added.decode().replace("\r\n", "\n"), 0
    for one in draft.entries:
        place = added.find(one.text, place)
        start = first + added.count("\n", 0, place)
        if not start <= problem.line <= start + one.text.count("\n"):
            continue
        if one.origin is not None:
            path, line = one.origin
            return msgspec.structs.replace(problem, path=path, line=line, column=1, end_column=2, excerpt=())
        shown = tuple((number - start + 1, text) for number, text in problem.excerpt)
        return msgspec.structs.replace(problem, path=f"new {one.name}", line=problem.line - start + 1, excerpt=shown)
    return problem


def tell_done(env: Env, done: Done, lead: str = "added to") -> None:
    """Say where the entries stand, what they do to the totals, and what is worth a second look."""
    if done.written is not None and done.written.lines:
        first, last = done.written.first_line, done.written.last_line
        lines = f"line {first}" if first == last else f"lines {first} to {last}"
        notice(env, f"{lead} {done.found.shown}, {lines}")
    for note in done.draft.notes:
        notice(env, note)
    for line in effect_lines(done.effects):
        notice(env, line)
    for fault in done.warnings[:_FEW]:
        hint = f"\nhint: {fault.hint}" if fault.hint else ""
        notice(env, f"warning[{fault.slug}]: {fault.message}{hint}")
    if len(done.warnings) > _FEW:
        notice(env, f"and {len(done.warnings) - _FEW} more warnings: talkstrack check")
