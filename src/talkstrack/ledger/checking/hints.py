"""What a hint offers to copy: the near miss of a typing slip, and the command that mends the ledger."""

import shlex
from collections.abc import Iterable

from talkstrack.errors import Hint

_LONGEST_NAME = 80


def quoted(name: str) -> str:
    """Write a name of the ledger in a message, cut where nobody reads on."""
    return f"`{name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + '…'}`"


def one_of(names: Iterable[str]) -> str:
    """Write names as a choice: `a`, `b` or `c`."""
    *most, last = [quoted(name) for name in names]
    return f"{', '.join(most)} or {last}" if most else last


def all_of(names: Iterable[str]) -> str:
    """Write names as a list: `a`, `b` and `c`."""
    *most, last = [quoted(name) for name in names]
    return f"{', '.join(most)} and {last}" if most else last


def meant_or(near: tuple[str, ...], otherwise: str | None) -> str | None:
    """Ask whether a near miss was meant, and say what to do if not."""
    if not near:
        return otherwise
    question = f"did you mean {one_of(near)}?"
    if isinstance(otherwise, Hint):
        return otherwise.preceded_by(f"{question} If not: ")
    return f"{question} If not: {otherwise}" if otherwise else question


def register_party(name: str) -> Hint:
    """Return the command that adds a party."""
    is_code = name.isascii() and name.replace("-", "").isalnum() and name.isupper() and len(name) <= 12
    code, called = (name, "NAME") if is_code else ("CODE", name)
    return Hint("", "register", f"party {code} {shlex.quote(called)}")


def register_person(name: str) -> Hint:
    """Return the command that adds a person."""
    words = name.lower().split() or [""]
    key = "".join(mark for mark in words[-1] if mark.isascii() and (mark.isalnum() or mark == "-")).strip("-") or "ID"
    return Hint("", "register", f"person {key} {shlex.quote(name if name != key else 'NAME')}")


def register_speaker(name: str) -> Hint:
    """Return the command that adds who says something: a party where the name looks like a code, else a person."""
    return register_party(name) if len(name) > 1 and name.isupper() and name.isascii() else register_person(name)


def register_source(name: str) -> Hint:
    """Return the command that adds a source."""
    if name.startswith(("http://", "https://")):
        return Hint("", "register", f"source ID --url {shlex.quote(name)}")
    return Hint("", "register", f"source {shlex.quote(name)} --url URL")


def revise(event_id: str, setting: str, because: str) -> Hint:
    """Return the command that appends a revision."""
    return Hint("", "revise", f'{event_id} --set {shlex.quote(setting)} --because "{because}"')


def retract(event_id: str, because: str) -> Hint:
    """Return the command that withdraws an event."""
    return Hint("", "retract", f'{event_id} --because "{because}"')
