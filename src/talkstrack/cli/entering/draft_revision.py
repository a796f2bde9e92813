"""Make a new revision of an event; the old one stays as it is."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from talkstrack.cli.entering.assignments import apply_set
from talkstrack.cli.entering.commit import Draft, Entry
from talkstrack.cli.entering.draft import read_typed, recorded, register_entries, sources_of, with_entries
from talkstrack.cli.entering.target import Taken, WriteTarget
from talkstrack.ledger.intake.values import EntryError
from talkstrack.ledger.writing.block_layout import event_text
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.model.event import Event

OF_REVISION = ("revision", "because", "recorded", "recorded_by", "retracted")


class Revision(NamedTuple):
    """What is to change about an event: settings, more sources, or a whole new table; and why."""

    event_id: str
    because: str
    settings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    described: Mapping[str, Mapping[str, Any]] = {}
    table: dict[str, Any] | None = None
    retracted: bool = False


def revision_of(wanted: Revision, target: WriteTarget, old: LedgerBytes) -> Draft:
    """Return the entries that a revision comes to: new sources first, then the whole event anew."""
    before = target.latest(wanted.event_id)
    if wanted.retracted and before.retracted:
        raise EntryError(f"{before.id} was retracted already", f"see why: talkstrack history {before.id}")
    standing_table = plain(target.table(before))
    table = dict(standing_table if wanted.table is None else plain(wanted.table))
    for setting in wanted.settings:
        table = apply_set(table, setting, target.register)
    ids, new = sources_of(wanted.sources, wanted.described, target.register, Taken(target, old))
    if ids:
        known = table.get("sources") or []
        table["sources"] = [*known, *(one for one in ids if one not in known)]
    notes: list[str] = []
    table = {
        **table,
        "id": before.id,
        "revision": before.revision + 1,
        "because": wanted.because,
        **({"retracted": True} if wanted.retracted else {}),
        **recorded(target.env, target.found.path.parent),
    }
    event = read_typed(table, target.env)
    if not (wanted.retracted or before.retracted) and _same(before, event):
        raise EntryError(f"nothing about {before.id} would change", f"see it: talkstrack show {before.id}")
    if before.retracted:
        notes.append(f"{before.id} was retracted; this brings it back")
    entries, told = register_entries({"source": new})
    entries.append(Entry(f"event {event.id}", event_text(table), event))
    return Draft(
        tuple(entries), with_entries(target.register, {"source": new}), (*told, *notes, *_changes(before, event))
    )


def plain(table: dict[str, Any]) -> dict[str, Any]:
    """Return an event's table without what belongs to one revision of it."""
    return {key: value for key, value in table.items() if key not in OF_REVISION}


def _same(before: Event, after: Event) -> bool:
    own = {"revision": 1, "because": None, "recorded": None, "recorded_by": None, "line": None}
    return msgspec.structs.replace(before, **own) == msgspec.structs.replace(after, **own)


def _changes(before: Event, after: Event) -> list[str]:
    from talkstrack.reports.history import changes

    lines = [f"revision {after.revision} of {after.id}" + (": retracted" if after.retracted else "")]
    for one in changes(before, after):
        lines.append(f"  {one.field}: {one.before or '(none)'} → {one.after or '(none)'}")
    return lines
