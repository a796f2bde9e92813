"""Check one event against the register: what needs no other event to be seen."""

from collections.abc import Callable, Iterator

from talkstrack.ledger.checking.figures import commitment_conflict, mixed_accounts, parts_sum, same_party
from talkstrack.ledger.checking.hints import meant_or, quoted
from talkstrack.ledger.checking.names import name_faults, names_of
from talkstrack.model.convert import Fault, nearest
from talkstrack.model.event import Event
from talkstrack.model.register import Register

_Rule = Callable[[Event, Register], Iterator[Fault]]


def local_faults(event: Event, register: Register) -> Iterator[Fault]:
    """Find what is wrong in one event by itself; paths lie inside the event."""
    if event.kind not in register.kinds:
        yield unknown_kind(event, register)
    if event.revision > 1:
        yield from revision_incomplete(event)
    yield from name_faults(event, names_of(register))
    if event.transfer:
        for rule in _TRANSFER_RULES:
            yield from rule(event, register)
    if event.commitment:
        yield from commitment_conflict(event, register)


def unknown_kind(event: Event, register: Register) -> Fault:
    """Say that a kind is neither built in nor defined by the ledger."""
    near = nearest(event.kind, register.kinds)
    table = event.kind if event.kind.replace("-", "").isalnum() and event.kind.isascii() else "NAME"
    hint = meant_or((near,) if near else (), f"add [kind.{table}] to the ledger")
    return Fault("unknown-kind", ("kind",), f"there is no kind {quoted(event.kind)}", hint)


def revision_incomplete(event: Event) -> Iterator[Fault]:
    """Find a revision that does not say why or when."""
    missing = [name for name in ("because", "recorded") if getattr(event, name) is None]
    if missing:
        needs = " and ".join(f"`{name}`" for name in missing)
        told = {"because": "why it was changed", "recorded": "the day it was changed"}
        hint = f"say {' and '.join(told[name] for name in missing)}"
        yield Fault("revision-incomplete", ("revision",), f"revision {event.revision} needs {needs}", hint)


_TRANSFER_RULES: tuple[_Rule, ...] = (mixed_accounts, parts_sum, same_party)
