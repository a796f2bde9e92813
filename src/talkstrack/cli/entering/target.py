"""The ledger as it stands before a write: what a new entry is made from, and held against."""

import re
import subprocess
from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import Any, Self

from talkstrack.cli.env import Env
from talkstrack.errors import LEDGER, NOT_FOUND, Problem, TalkstrackError
from talkstrack.index.append import brings_no_error
from talkstrack.index.fresh import Progress, open_index
from talkstrack.index.lookup import NoSuchEvent, event_id
from talkstrack.ledger.checking.references import references_of
from talkstrack.ledger.reading.find import LedgerPath, find_ledger
from talkstrack.ledger.writing.append import Change
from talkstrack.ledger.writing.block_layout import event_table
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.model.entries import KINDS
from talkstrack.model.event import Event
from talkstrack.model.query import Query
from talkstrack.model.register import Register

MANY = 2_000
"""A ledger of more events is not added up whole for the sake of one."""

MOST_SCOPES = 200
_NAMES = re.compile(rb"""[ \t]*(?:id[ \t]*=[ \t]*["']|\[[ \t]*\w+[ \t]*\.[ \t]*["']?)\Z""")


class NoOwnLedger(TalkstrackError):
    """There is only the ledger that came with the program, which is not written to."""

    slug = "no-own-ledger"
    exit_code = LEDGER


class NoEventToRevise(TalkstrackError):
    """No event that can be read has this id."""

    slug = "no-such-event"
    exit_code = NOT_FOUND


def own_ledger(env: Env) -> LedgerPath:
    """Return the ledger that a write command means; raise NoOwnLedger where there is but the shipped one."""
    ledger = find_ledger(env.ledger, env.environ, env.cwd)
    if ledger.is_shipped:
        message = "there is no ledger here to write to; the one that came with talkstrack is read-only"
        raise NoOwnLedger(message, "start your own: talkstrack init; or name one with -f")
    return ledger


class WriteTarget:
    """A ledger at one moment. Under the ledger's lock nothing changes it: `content` is what it then holds."""

    def __init__(
        self, ledger: LedgerPath, env: Env, content: LedgerBytes | None = None, progress: Progress | None = None
    ) -> None:
        self.ledger = ledger
        self.env = env
        self.index = open_index(ledger.path, ledger.shown, cache=env.cache, progress=progress)
        self._content = content
        if content is not None and self.index.last_event is not None:
            content.know(*self.index.last_event)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.index.close()

    @cached_property
    def content(self) -> LedgerBytes:
        """The ledger's bytes."""
        if self._content is not None:
            return self._content
        from talkstrack.ledger.reading.source import decode, load_bytes

        content = load_bytes(self.ledger.path, self.ledger.shown)
        decode(content, self.ledger.shown)
        return LedgerBytes.of(content)

    @cached_property
    def marks(self) -> dict[str, str]:
        """When and by whom the ledger learns of something."""
        author = self.env.environ.get("TALKSTRACK_AUTHOR", "").strip() or _git_user(self.env, self.ledger.path.parent)
        return {"recorded": self.env.today.isoformat(), **({"recorded_by": author} if author else {})}

    @property
    def register(self) -> Register:
        """The register of parties, persons, sources and kinds."""
        return self.index.register

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The errors that stand in it."""
        return self.index.problems

    @cached_property
    def is_large(self) -> bool:
        """Whether adding it all up would take too long for one entry."""
        return self.index.select(Query(last=1)).total > MANY

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events that hold, in the ledger's order."""
        return self.index.events()

    def select_scopes(self) -> tuple[Event, ...]:
        """Return the last events that others can be under: agreements, and talks."""
        events = self.index.select(Query(kind=("agreement", "talks"), last=MOST_SCOPES)).events
        return tuple(event for event in events if event.commitment or event.kind == "talks")

    def has(self, name: str) -> bool:
        """Tell whether an event that can be read has this id, or an entry of the register that is not built in."""
        register = self.register
        own_kinds = register.kinds.keys() - KINDS.keys()
        entries = (register.parties, register.persons, register.sources, own_kinds)
        return any(name in keys for keys in entries) or self.index.has(name)

    def around(self, event: Event) -> tuple[Event, ...]:
        """Return what the warnings of a new event or revision may need, in the ledger's order.

        That is what it refers to, what refers to it, and what it may be mistaken for. Rounds are held against each
        other, and people against their offices: for that it is all events, where these are not too many.
        """
        if not self.is_large and (event.round is not None or event.delegation or event.people):
            return self.events
        day = self.index.select(Query(kind=(event.kind,), on=event.when))
        linked = [reference.event for reference in references_of(event, self.register).references]
        return self.index.around([event.id, *linked, *day.ids])

    def latest(self, wanted: str) -> Event:
        """Return the latest revision of the event with this id, or the only one whose id begins like it."""
        try:
            return self.index.revisions(event_id(self.index, wanted))[-1]
        except NoSuchEvent:
            if not any(problem.subject == wanted for problem in self.problems):
                raise
        message = f"{wanted} has errors, so there is nothing to revise"
        hint = f"mend it in an editor; to see where: talkstrack check {quote(self.ledger.shown)}"
        raise NoEventToRevise(message, hint)

    def table(self, event: Event) -> dict[str, Any]:
        """Return the table of an event as its block says it."""
        if event.extra is None or event.line is None:
            return event_table(event)
        from talkstrack.ledger.reading.read import load

        ledger = load(self.ledger.path, self.ledger.shown)
        own = next(block.data for block in ledger.blocks if block.line == event.line)
        return event_table(own or event)

    def refuse(self, change: Change) -> None:
        """Raise WriteRefused with the errors a change would bring in."""
        if not brings_no_error(self.index, change.standing, change.added):
            from talkstrack.ledger.writing.validate import refuse_new_errors

            refuse_new_errors(change.old, change.new, self.ledger.shown)


class Taken:
    """The ids a ledger has: those of events and of entries of the register, and `more` that are to be added."""

    def __init__(self, target: WriteTarget) -> None:
        self._target = target
        self.more: set[str] = set()

    def __contains__(self, name: object) -> bool:
        if name in self.more:
            return True
        if self._target.problems:  # a block with faults is in the text alone
            return _is_in(self._target.content.whole, str(name).encode())
        return self._target.has(str(name))


def _is_in(content: bytes, wanted: bytes) -> bool:
    """Tell whether a ledger has an id: a plain search, and a look at the few lines it finds."""
    place = content.find(wanted) if wanted else -1
    while place >= 0:
        start, end = content.rfind(b"\n", 0, place) + 1, place + len(wanted)
        if _NAMES.match(content[start:place]) and content[end : end + 1] in (b'"', b"'", b"]", b" ", b"\t"):
            return True
        place = content.find(wanted, end)
    return False


def _git_user(env: Env, folder: Path) -> str | None:
    """Return git's user where the ledger is in a repository, so that it names them anyway."""
    real = folder.resolve()
    if not any((place / ".git").exists() for place in (real, *real.parents)):
        return None
    if name := env.environ.get("GIT_AUTHOR_NAME", "").strip():
        return name
    command = ["git", "-C", str(real), "config", "user.name"]
    try:
        run = subprocess.run(command, capture_output=True, encoding="utf-8", env=dict(env.environ), check=False)
    except (OSError, UnicodeError):
        return None
    return run.stdout.strip() or None
