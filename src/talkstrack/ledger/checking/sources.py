"""Look at where an event is known from: how many sources, how independent, how good."""

from collections.abc import Iterator
from functools import lru_cache

from talkstrack.errors import Hint
from talkstrack.ledger.checking.hints import all_of, quoted
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault
from talkstrack.model.event import FACET_TYPES, Event
from talkstrack.model.fields import fields_with
from talkstrack.model.register import Register
from talkstrack.rules.snapshot import Snapshot

_SPEAKERS = {facet: fields_with(struct, "speaker") for facet, struct in FACET_TYPES.items()}


@check("no-source", "warning", "nothing says where the event is known from")
def no_source(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    if event.sources:
        return
    speakers = [*event.by]
    for facet, fields in _SPEAKERS.items():
        speakers += [getattr(row, field.attribute) for row in getattr(event, facet) for field in fields]
    if not any(name in snapshot.register.sources for name in speakers):
        hint = Hint("", "revise", f'{event.id} --source URL --because "source added"')
        yield Fault("no-source", (), "the event names no source", hint)


@check("weak-source", "warning", "the event rests on sources to be used with care alone")
def weak_source(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    sources = [snapshot.register.sources.get(name) for name in event.sources]
    if sources and all(source is not None and source.grade == "weak" for source in sources):
        which = "its only source is" if len(sources) == 1 else f"all its {len(sources)} sources are"
        yield Fault("weak-source", ("sources",), f"{which} graded weak", "look for a second, better one")


@check("single-witness", "warning", "every source of the event goes back to one: copies are no further witnesses")
def single_witness(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    register = snapshot.register
    names = tuple(dict.fromkeys(name for name in event.sources if name in register.sources))
    if not names or len(names) < len(set(event.sources)):
        return
    witnesses = frozenset[str]().union(*(originals(name, register) for name in names))
    if len(witnesses) > 1 or (len(names) == 1 and names[0] in witnesses):
        return
    root = next(iter(witnesses))
    if len(names) == 1:
        message = f"its only source is a copy of {quoted(root)}"
    elif root in names:
        copies = [name for name in names if name != root]
        message = f"its {len(names)} sources are one: {all_of(copies)} copied from {quoted(root)}"
    else:
        message = f"its {len(names)} sources are one: all are copies of {quoted(root)}"
    hint = f"cite {quoted(root)} itself, and a witness that does not depend on it"
    yield Fault("single-witness", ("sources",), message, hint)


@lru_cache(maxsize=20_000)
def originals(name: str, register: Register) -> frozenset[str]:
    """Return the sources that one goes back to in the end; itself when it is no copy."""
    roots: set[str] = set()
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        source = waiting.pop()
        if source in seen:
            continue
        seen.add(source)
        based_on = register.sources[source].based_on if source in register.sources else ()
        waiting.extend(based_on)
        if not based_on:
            roots.add(source)
    return frozenset(roots or {name})
