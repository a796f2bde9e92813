"""Add the events of an input: all of them or none."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from talkstrack.cli.entering.commit import Draft, Entry
from talkstrack.cli.entering.draft import (
    REGISTERED,
    recorded,
    register_entries,
    with_entries,
)
from talkstrack.cli.entering.draft_register import InRegister, known_entry
from talkstrack.cli.entering.outcome import report
from talkstrack.cli.entering.target import Taken, WriteTarget
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_problems
from talkstrack.cli.terminal import progress
from talkstrack.errors import WRITE_REFUSED, Problem, TalkstrackError, UsageError
from talkstrack.ledger.intake.intake import Intake, read_events, read_intake
from talkstrack.ledger.writing.block_layout import Entry as Kind
from talkstrack.ledger.writing.block_layout import event_table, event_text
from talkstrack.ledger.writing.ids import event_id
from talkstrack.ledger.writing.refused import WriteRefused
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import DateError
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import Register

_MARKS = ("recorded", "recorded_by", "line")
_MOST_TOLD = 50
_MOST_SLIPS = 3
_NAMELESS = {"unknown-party", "unknown-name", "unknown-source", "unknown-kind"}
_WITH_REGISTER = (
    "rows bring no register of their own; that of the ledger they are from comes along with it: "
    "talkstrack add --from LEDGER.toml"
)


class InputRefused(TalkstrackError):
    """An input has faults, so nothing of it was added."""

    slug = "bad-input"
    exit_code = WRITE_REFUSED

    def __init__(self, name: str, problems: int) -> None:
        faults = "1 fault" if problems == 1 else f"{problems:,} faults"
        super().__init__(f"{name} has {faults}; nothing was written", "mend it, and add it again: it is all or nothing")


class Input(NamedTuple):
    """What is to be taken in, which of its events have no id of their own, and how messages call it."""

    intake: Intake
    unnamed: frozenset[int]
    name: str
    skip_existing: bool


def take_in(env: Env, name: str, *, skip_existing: bool, dry_run: bool, json: bool) -> None:
    """Read an input and add its events; every fault is told with its line."""
    shown = "stdin" if name == "-" else name
    intake = read_intake(text_of(env, name), shown)
    given = Input(*_named(intake), shown, skip_existing)
    _, problems = read_events(given.intake, shown)
    if problems:
        _tell_faults(env, problems)
        raise InputRefused(shown, len(problems))
    with progress(env, f"reading {shown}") as step:
        try:
            made = report(
                env, lambda target, old: _Intaking(given, target, old, step).draft(), "add",
                dry_run=dry_run, json=json, progress=step,
            )  # fmt: skip
        except WriteRefused as refused:
            if not given.intake.entries and _lacking(refused.problems) > _MOST_SLIPS:
                refused.hint = _WITH_REGISTER
            raise
    number = len(made.draft.events)
    notice(env, f"{number:,} event{'s' * (number != 1)} from {shown}")


def _lacking(problems: tuple[Problem, ...]) -> int:
    """Count the names that the register does not have."""
    return len({one.message for one in problems if one.slug in _NAMELESS})


def _tell_faults(env: Env, problems: tuple[Problem, ...]) -> None:
    print_problems(env, problems[:_MOST_TOLD])
    if len(problems) > _MOST_TOLD:
        notice(env, f"and {len(problems) - _MOST_TOLD:,} more faults")


def _named(intake: Intake) -> tuple[Intake, frozenset[int]]:
    """Give events without an id one to be read with, and tell which they are: theirs is chosen under the lock."""
    unnamed = frozenset(place for place, one in enumerate(intake.events) if "id" not in one.table)
    events = tuple(
        one._replace(table={"id": _stem(one.table), **one.table}) if place in unnamed else one
        for place, one in enumerate(intake.events)
    )
    return intake._replace(events=events), unnamed


def _stem(table: Mapping[str, Any]) -> str:
    when = table.get("date") or table.get("scheduled")
    when = when.get("edtf") if isinstance(when, dict) else when
    try:
        return event_id(str(table.get("kind") or ""), parse_period(when), ())
    except DateError:
        return event_id(str(table.get("kind") or ""), "", ())


class _Intaking:
    """One input held against one ledger."""

    def __init__(self, given: Input, target: WriteTarget, old: LedgerBytes, step: Any) -> None:
        self._given = given
        self._standing = target
        self._taken = Taken(target, old)
        self._step = step
        self._notes: list[str] = []
        self._skipped = 0
        self._marks = recorded(target.env, target.found.path.parent)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._standing.ids())

    def draft(self) -> Draft:
        """Return the entries that the input comes to."""
        register, blocks = self._register()
        entries = [*blocks, *self._events()]
        if self._skipped:
            self._notes.insert(0, f"{self._skipped:,} passed over: in the ledger already")
        return Draft(tuple(entries), register, tuple(self._notes))

    def _register(self) -> tuple[Register, list[Entry]]:
        """Return the register as it will be, and the blocks of the entries that are new."""
        register, given = self._standing.register, self._given.intake.entries
        new: dict[str, dict[str, Any]] = {}
        for kind in REGISTERED:
            found = given.get(kind, {})
            new[kind] = {key: one for key, one in found.items() if known_entry(register, kind, key) is None}
            for key in found.keys() - new[kind].keys():
                self._passed_over(kind, key, known_entry(with_entries(Register(), given), kind, key))
        entries, notes = register_entries(new)
        self._notes += notes
        return with_entries(register, new), entries

    def _passed_over(self, kind: Kind, key: str, said: object) -> None:
        """Leave out an entry that the register has; one that reads otherwise there is refused, or noted."""
        if said != known_entry(self._standing.register, kind, key):
            if not self._given.skip_existing:
                raise InRegister(kind, key, "it reads otherwise there")
            self._notes.append(f"{kind} {key} reads otherwise in the ledger, which was left as it is")
        self._skipped += 1

    def _events(self) -> Iterator[Entry]:
        events = self._given.intake.events
        revisions: dict[str, int] = {}
        for number, given in enumerate(events):
            self._step(number, len(events))
            table = event_table(given.table)
            key, revision = str(table["id"]), table.get("revision", 1)
            if number in self._given.unnamed:
                free = self._free(key, table)
                if free is None:
                    continue
                key = table["id"] = free
                revision = 1
            elif self._given.skip_existing and key in self._known and self._stands(key, revision, table):
                continue
            if revision > 1 and key not in self._known and not revisions.get(key):
                self._notes.append(
                    f"{key}: revision {revision} comes in as the first, for the earlier ones are not here"
                )
                table.pop("revision")
            revisions[key] = revision
            self._taken.more.add(key)
            table = {**self._marks, **table} if "recorded" not in table else table
            event, _ = read_event(table)
            yield Entry(f"event {key}", event_text(table), event, (self._given.name, given.line))

    def _stands(self, key: str, revision: int, table: dict[str, Any]) -> bool:
        """Tell whether this revision is in the ledger, and say so if it reads otherwise there."""
        for event in self._standing.revisions(key):
            if event.revision == revision:
                self._skipped += 1
                if _content(event_table(event)) != _content(table):
                    self._notes.append(f"{key} reads otherwise in the ledger, which was left as it is")
                return True
        found = self._standing.revisions(key)
        if found and revision < found[-1].revision:
            self._skipped += 1
            return True
        return False

    def _free(self, stem: str, table: dict[str, Any]) -> str | None:
        """Return a free id; None where an event with such an id says the same and is to be passed over."""
        if self._given.skip_existing:
            for key in self._standing.ids(stem):
                first = self._standing.revisions(key)[0]
                if _content({**event_table(first), "id": ""}) == _content({**table, "id": ""}):
                    self._skipped += 1
                    return None
        number = 2
        while f"{stem}-{number}" in self._taken:
            number += 1
        return f"{stem}-{number}" if stem in self._taken else stem


def _content(table: Mapping[str, Any]) -> Event | None:
    return read_event({key: value for key, value in table.items() if key not in _MARKS} | {"id": "x"})[0]


def text_of(env: Env, name: str) -> str:
    """Return the text of an input; `-` is stdin. UsageError where it cannot be read."""
    try:
        if name != "-":
            return (env.cwd / name).read_bytes().decode("utf-8")
        binary = getattr(env.stdin, "buffer", None)
        return env.stdin.read() if binary is None else binary.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: byte {error.start + 1} is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from None
