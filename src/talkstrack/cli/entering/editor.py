"""Let the user change an event's block in an editor; what was typed is never lost."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from talkstrack.cli.entering.commit import Outcome, commit
from talkstrack.cli.entering.draft_revision import OF_REVISION, TypedRevision, draft_revision, plain
from talkstrack.cli.entering.prompt import yes_or_no
from talkstrack.cli.entering.target import WriteTarget, own_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice
from talkstrack.errors import INTERRUPTED, Hint, Problem, TalkstrackError, UsageError
from talkstrack.ledger.intake.intake import read_events, read_intake
from talkstrack.ledger.writing.block_layout import event_text
from talkstrack.ledger.writing.refused import WriteError

T = TypeVar("T")
_ABOVE = """\
# A new revision of {id} (the old one is kept). Say why in `because`.
# Save and close to go on; leave it unchanged, or empty, to change nothing.
"""


class Unedited(TalkstrackError):
    """The editor left nothing to add."""

    slug = "not-edited"
    exit_code = INTERRUPTED


class NoEditor(UsageError):
    """The editor cannot be run."""

    slug = "no-editor"


def revise_in_editor(env: Env, typed: TypedRevision, *, dry_run: bool, json: bool) -> None:
    """Add the revision of an event that its editor makes of it."""
    with WriteTarget(own_ledger(env), env) as target:
        before = target.latest(typed.event_id)
        table = plain(target.table(before))
    start = _ABOVE.format(id=before.id) + event_text({**table, "because": typed.because})

    def add(text: str) -> Outcome:
        revision = _read_revision(text, typed._replace(event_id=before.id))
        return commit(env, lambda now: draft_revision(revision, now), "revise", dry_run=dry_run, json=json)

    edit_until_fit(env, start, add)


def edit_until_fit(env: Env, start: str, use: Callable[[str], T]) -> T:
    """Return what the use of an edited text comes to; while it fails on a terminal, offer to edit it again.

    Where that ends without success, the text stays in a file of its own, which is named.
    """
    text = start
    while True:
        text = edit(env, text)
        if not text.strip() or text == start:
            raise Unedited("nothing was changed in the editor; nothing was added")
        try:
            return use(text)
        except (UsageError, WriteError) as error:
            if not (env.stdin_is_terminal and env.stderr_is_terminal) or not _again(env, error):
                notice(env, f"your text is kept in {_kept(text)}")
                raise
        except BaseException:
            notice(env, f"your text is kept in {_kept(text)}")
            raise


def edit(env: Env, text: str) -> str:
    """Return a text as the user's editor left it."""
    command = _editor(env)
    handle, name = tempfile.mkstemp(prefix="talkstrack-", suffix=".toml")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        try:
            code = subprocess.run([*command, name], check=False, env=dict(env.environ)).returncode
        except OSError as error:
            raise NoEditor(f"{command[0]} cannot be run: {error.strerror or error}", "set $EDITOR") from None
        edited = path.read_bytes().decode("utf-8", "replace")
        if code:
            if edited != text:
                notice(env, f"your text is kept in {_kept(edited)}")
            raise Unedited(f"{command[0]} ended with {code}; nothing was added")
        return edited
    finally:
        with suppress(OSError):
            path.unlink()


def _editor(env: Env) -> list[str]:
    chosen = env.environ.get("VISUAL") or env.environ.get("EDITOR") or "vi"
    try:
        return shlex.split(chosen) or ["vi"]
    except ValueError:
        raise NoEditor(f"$EDITOR cannot be read: {chosen[:80]}", "set it to a program: EDITOR=nano") from None


def _kept(text: str) -> str:
    handle, name = tempfile.mkstemp(prefix="talkstrack-kept-", suffix=".toml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return name


def _again(env: Env, error: TalkstrackError) -> bool:
    notice(env, f"error[{error.slug}]: {error.message}", error.hint)
    return yes_or_no(env, "edit it again?", assumed=True)


def _read_revision(text: str, typed: TypedRevision) -> TypedRevision:
    """Read an edited block; UsageError with the place of the first fault."""
    table = block_table(text)
    if table.get("id") != typed.event_id:
        raise UsageError(
            f"the id must stay {typed.event_id}", Hint("an id is chosen once; another event is added by ", "add")
        )
    because = table.get("because") or typed.because
    if not isinstance(because, str) or not because.strip():
        raise UsageError("a revision says why", 'because = "..." in the block, or -m')
    return typed._replace(table=plain(table), because=because, retracted=table.get("retracted") is True)


def block_table(text: str) -> dict[str, Any]:
    """Return the table of the one event that a text holds; UsageError where it is faulty or not one."""
    name = "the edited text"
    intake = read_intake(text, name, "toml")
    if intake.problems:
        raise _at(intake.problems)
    if len(intake.events) != 1:
        raise UsageError(f"there are {len(intake.events)} events in the text, and one is to be edited")
    table = intake.events[0].table
    shown = {key: value for key, value in table.items() if key not in OF_REVISION}
    _, problems = read_events(intake._replace(events=(intake.events[0]._replace(table=shown),)), name)
    if problems:
        raise _at(problems)
    return table


def _at(problems: Sequence[Problem]) -> UsageError:
    """Return all that is wrong with the text as one error, with the first hint there is."""
    lines = [f"line {problem.line}, column {problem.column}: {problem.message}" for problem in problems]
    return UsageError("\n".join(lines), next((problem.advice for problem in problems if problem.hint), None))
