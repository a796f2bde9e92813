"""Make a new revision of an event; the old one stays as it is."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from talkstrack.cli.entering.assignments import apply_set
from talkstrack.cli.entering.draft import Draft, NewBlock, read_typed, register_blocks, sources_of, with_entries
from talkstrack.cli.entering.target import Taken, WriteTarget
from talkstrack.errors import Hint
from talkstrack.ledger.intake.values import EntryError
from talkstrack.ledger.writing.block_layout import event_text
from talkstrack.model.event import Event

OF_REVISION = ("revision", "because", "recorded", "recorded_by", "retracted")


class TypedRevision(NamedTuple):
    """What is to change about an event: settings, more sources, or a whole new table; and why."""

    event_id: str
    because: str
    settings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    described: Mapping[str, Mapping[str, Any]] = {}
    table: dict[str, Any] | None = None
    retracted: bool = False


def draft_revision(typed: TypedRevision, target: WriteTarget) -> Draft:
    """Return the blocks that a revision comes to: new sources first, then the whole event anew."""
    before = target.latest(typed.event_id)
    if typed.retracted and before.retracted:
        raise EntryError(f"{before.id} was retracted already", Hint("see why: ", "history", before.id))
    standing_table = plain(target.table(before))
    table = dict(standing_table if typed.table is None else plain(typed.table))
    for setting in typed.settings:
        table = apply_set(table, setting, target.register)
    ids, sources = sources_of(typed.sources, typed.described, target.register, Taken(target))
    if ids:
        known = table.get("sources") or []
        table["sources"] = [*known, *(key for key in ids if key not in known)]
    table = {
        **table,
        "id": before.id,
        "revision": before.revision + 1,
        "because": typed.because,
        **({"retracted": True} if typed.retracted else {}),
        **target.marks,
    }
    event = read_typed(table, target.env)
    if not (typed.retracted or before.retracted) and _same(before, event):
        raise EntryError(f"nothing about {before.id} would change", Hint("see it: ", "show", before.id))
    blocks, notes = register_blocks({"source": sources})
    blocks.append(NewBlock(f"event {event.id}", event_text(table), event))
    if before.retracted:
        notes += (f"{before.id} was retracted; this brings it back",)
    register = with_entries(target.register, {"source": sources})
    return Draft(tuple(blocks), register, (*notes, *_changes(before, event)))


def plain(table: dict[str, Any]) -> dict[str, Any]:
    """Return an event's table without what belongs to one revision of it."""
    return {key: value for key, value in table.items() if key not in OF_REVISION}


def _same(before: Event, after: Event) -> bool:
    own = {"revision": 1, "because": None, "recorded": None, "recorded_by": None, "line": None}
    return msgspec.structs.replace(before, **own) == msgspec.structs.replace(after, **own)


def _changes(before: Event, after: Event) -> list[str]:
    from talkstrack.reports.history import changes

    lines = [f"revision {after.revision} of {after.id}" + (": retracted" if after.retracted else "")]
    fields = changes(before, after)
    return [*lines, *(f"  {field.field}: {field.before or '(none)'} → {field.after or '(none)'}" for field in fields)]
