"""Add the events of an input: all of them or none."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from talkstrack.cli.entering.commit import commit
from talkstrack.cli.entering.draft import REGISTERED, Draft, NewBlock, new_id, register_blocks, with_entries
from talkstrack.cli.entering.draft_register import InRegister, known_entry
from talkstrack.cli.entering.target import Taken, WriteTarget
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_problems
from talkstrack.cli.terminal import progress
from talkstrack.errors import WRITE_REFUSED, Hint, TalkstrackError, UsageError
from talkstrack.index.fresh import Progress
from talkstrack.ledger.intake.intake import Intake, read_events, read_intake
from talkstrack.ledger.writing.block_layout import EntryKind, event_table, event_text
from talkstrack.ledger.writing.ids import free_id
from talkstrack.ledger.writing.refused import WriteRefused
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import Register
from talkstrack.render.words.figures import many

_MARKS = ("recorded", "recorded_by", "line")
_MOST_TOLD = 50
_MOST_SLIPS = 3
_NAMELESS = {"unknown-party", "unknown-name", "unknown-source", "unknown-kind"}
_WITH_REGISTER = Hint(
    "rows bring no register of their own; that of the ledger they are from comes along with it: ",
    "add",
    "--from LEDGER.toml",
)


class InputRefused(TalkstrackError):
    """An input has faults, so nothing of it was added."""

    slug = "bad-input"
    exit_code = WRITE_REFUSED

    def __init__(self, name: str, problems: int) -> None:
        faults = "1 fault" if problems == 1 else f"{problems:,} faults"
        super().__init__(f"{name} has {faults}; nothing was written", "mend it, and add it again: it is all or nothing")


class Input(NamedTuple):
    """What is to be added, which of its events have no id of their own, and how messages call it."""

    intake: Intake
    unnamed: frozenset[int]
    name: str
    skip_existing: bool


def add_input(env: Env, name: str, *, skip_existing: bool, dry_run: bool, json: bool) -> None:
    """Read an input and add its events; every fault is told with its line."""
    shown = "stdin" if name == "-" else name
    events = Input(*_named(read_intake(text_of(env, name), shown)), shown, skip_existing)
    _, problems = read_events(events.intake, shown)
    if problems:
        print_problems(env, problems[:_MOST_TOLD])
        if len(problems) > _MOST_TOLD:
            notice(env, f"and {len(problems) - _MOST_TOLD:,} more faults")
        raise InputRefused(shown, len(problems))
    with progress(env, f"reading {shown}") as step:
        try:
            outcome = commit(
                env, lambda target: _InputDraft(events, target, step).draft(), "add",
                dry_run=dry_run, json=json, progress=step,
            )  # fmt: skip
        except WriteRefused as refused:
            lacking = {problem.message for problem in refused.problems if problem.slug in _NAMELESS}
            if not events.intake.entries and len(lacking) > _MOST_SLIPS:
                refused.hint = _WITH_REGISTER
            raise
    notice(env, f"{many(len(outcome.draft.events), 'event')} from {shown}")


def _named(intake: Intake) -> tuple[Intake, frozenset[int]]:
    """Give events without an id one to be read with, and tell which they are: theirs is chosen under the lock."""
    unnamed = frozenset(place for place, event in enumerate(intake.events) if "id" not in event.table)
    events = tuple(
        event._replace(table={"id": new_id(event.table), **event.table}) if place in unnamed else event
        for place, event in enumerate(intake.events)
    )
    return intake._replace(events=events), unnamed


class _InputDraft:
    """One input held against one ledger."""

    def __init__(self, events: Input, target: WriteTarget, step: Progress) -> None:
        self._input = events
        self._target = target
        self._taken = Taken(target)
        self._step = step
        self._notes: list[str] = []
        self._skipped = 0

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._target.index.ids())

    def draft(self) -> Draft:
        """Return the blocks that the input comes to."""
        register, entries = self._register()
        blocks = (*entries, *self._events())
        if self._skipped:
            self._notes.insert(0, f"{self._skipped:,} passed over: in the ledger already")
        return Draft(blocks, register, tuple(self._notes))

    def _register(self) -> tuple[Register, list[NewBlock]]:
        """Return the register as it will be, and the blocks of the entries that are new."""
        register, entries = self._target.register, self._input.intake.entries
        new: dict[str, dict[str, Any]] = {}
        for kind in REGISTERED:
            tables = entries.get(kind, {})
            new[kind] = {key: table for key, table in tables.items() if known_entry(register, kind, key) is None}
            for key in tables.keys() - new[kind].keys():
                self._passed_over(kind, key, known_entry(with_entries(Register(), entries), kind, key))
        blocks, notes = register_blocks(new)
        self._notes += notes
        return with_entries(register, new), blocks

    def _passed_over(self, kind: EntryKind, key: str, entry: object) -> None:
        """Leave out an entry that the register has; one that reads otherwise there is refused, or noted."""
        if entry != known_entry(self._target.register, kind, key):
            if not self._input.skip_existing:
                raise InRegister(kind, key, "it reads otherwise there")
            self._notes.append(f"{kind} {key} reads otherwise in the ledger, which was left as it is")
        self._skipped += 1

    def _events(self) -> Iterator[NewBlock]:
        events = self._input.intake.events
        revisions: dict[str, int] = {}
        for number, row in enumerate(events):
            self._step(number, len(events))
            table = event_table(row.table)
            key, revision = str(table["id"]), table.get("revision", 1)
            if number in self._input.unnamed:
                free = self._free(key, table)
                if free is None:
                    continue
                key = table["id"] = free
                revision = 1
            elif self._input.skip_existing and key in self._known and self._stands(key, revision, table):
                continue
            if revision > 1 and key not in self._known and not revisions.get(key):
                self._notes.append(
                    f"{key}: revision {revision} comes in as the first, for the earlier ones are not here"
                )
                table.pop("revision")
            revisions[key] = revision
            self._taken.more.add(key)
            table = {**self._target.marks, **table} if "recorded" not in table else table
            event, _ = read_event(table)
            yield NewBlock(f"event {key}", event_text(table), event, (self._input.name, row.line))

    def _stands(self, key: str, revision: int, table: dict[str, Any]) -> bool:
        """Tell whether this revision is in the ledger, and say so if it reads otherwise there."""
        revisions = self._target.index.revisions(key)
        same = next((event for event in revisions if event.revision == revision), None)
        if same is not None and _content(event_table(same)) != _content(table):
            self._notes.append(f"{key} reads otherwise in the ledger, which was left as it is")
        stands = same is not None or bool(revisions and revision < revisions[-1].revision)
        self._skipped += stands
        return stands

    def _free(self, stem: str, table: dict[str, Any]) -> str | None:
        """Return a free id; None where an event with such an id says the same and is to be passed over."""
        if self._input.skip_existing:
            for key in self._target.index.ids(stem):
                first = self._target.index.revisions(key)[0]
                if _content({**event_table(first), "id": ""}) == _content({**table, "id": ""}):
                    self._skipped += 1
                    return None
        return free_id(stem, self._taken)


def _content(table: Mapping[str, Any]) -> Event | None:
    return read_event({key: value for key, value in table.items() if key not in _MARKS} | {"id": "x"})[0]


def text_of(env: Env, name: str) -> str:
    """Return the text of an input; `-` is stdin. UsageError where it cannot be read."""
    try:
        if name != "-":
            return (env.cwd / name).read_bytes().decode("utf-8")
        return env.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: byte {error.start + 1} is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from None
