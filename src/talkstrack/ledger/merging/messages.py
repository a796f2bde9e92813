"""Say in words why two sides of a merge cannot both be had."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec

from talkstrack.ledger.merging.units import Strand, Unit, meaning
from talkstrack.ledger.reading.location import Path

Reason = Literal["both-added", "both-revised", "both-changed", "changed-deleted", "unreadable", "new-error", "failed"]

_TOLD: Final = 3
_LONGEST: Final = 60
_ABSENT: Final = object()


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Why a merge needs a person: about what, in words, and the line of the merged text to look at.

    `subject` is an event's id or a header table; None where it is the file.
    """

    reason: Reason
    subject: str | None
    message: str
    hint: str
    line: int = 1


def clash(strand: Strand) -> Conflict:
    """Return the conflict of one unit that both sides changed in different ways."""
    ours, theirs = strand.ours, strand.theirs
    if ours is None or theirs is None:
        side = ours or theirs
        assert side is not None
        done = "changed here and deleted there" if ours else "deleted here and changed there"
        return Conflict(
            reason="changed-deleted",
            subject=side.name,
            message=f"{_called(side)} was {done}",
            hint="keep the block or delete it, and remove the markers",
        )
    reason: Reason = "both-changed"
    done, hint = "changed on both sides", "keep one of the two, and remove the markers"
    if strand.base is None and ours.is_event and ours.key[2] > 1:
        reason, done, number = "both-revised", "revised on both sides", ours.key[2]
        hint = f"keep one of the two, or both as revisions {number} and {number + 1}; remove the markers"
    elif strand.base is None:
        reason, done = "both-added", "added on both sides"
        if ours.is_event:
            hint = "keep one of the two, or give one of them another id; remove the markers"
    message = f"{_called(ours)} was {done}: {_differences(strand.base, ours, theirs)}"
    return Conflict(reason=reason, subject=ours.name, message=message, hint=hint)


def _called(unit: Unit) -> str:
    """Return what an event or table is called, with its revision where the id alone is not clear."""
    return f"{unit.name} (revision {unit.key[2]})" if unit.is_event and unit.key[2] > 2 else unit.name


def _differences(base: Unit | None, ours: Unit, theirs: Unit) -> str:
    """Say what differs, first of all what neither side has from the base."""
    here, there = _leaves(ours.said), _leaves(theirs.said)
    paths = [path for path in {**here, **there} if _of(here, path) != _of(there, path)]
    if base is not None:
        old = _leaves(base.said)
        paths = [path for path in paths if _of(old, path) not in (_of(here, path), _of(there, path))] or paths
    words = [
        f"{_path(path, {**here, **there})} {_value(here.get(path, _ABSENT))} here, "
        f"{_value(there.get(path, _ABSENT))} there"
        for path in paths[:_TOLD]
    ]
    more = len(paths) - len(words)
    words += [f"and {more} more difference{'s' if more > 1 else ''}"] if more else []
    return "; ".join(words) or "only the layout differs"


def _leaves(said: Any, path: Path = ()) -> dict[Path, Any]:
    """Return every value by its path; a list of plain values is one value."""
    if isinstance(said, dict):
        pairs: Any = said.items()
    elif isinstance(said, (list, tuple)) and any(isinstance(item, dict) for item in said):
        pairs = enumerate(said)
    else:
        return {path: said}
    fields: dict[Path, Any] = {}
    for key, value in pairs:
        fields |= _leaves(value, (*path, key))
    return fields


def _of(leaves: Mapping[Path, Any], path: Path) -> str | None:
    return meaning(leaves[path]) if path in leaves else None


def _path(path: Path, leaves: Mapping[Path, Any]) -> str:
    """Return a path in words: `count`, or `count of transfer 2` where there are several transfers."""
    if len(path) < 3 or not isinstance(path[1], int):
        return ".".join(_clean(str(part)) for part in path)
    facet, number, *rest = path
    rows = {other[1] for other in leaves if other[0] == facet and len(other) > 1}
    own = ".".join(_clean(str(part)) for part in rest)
    return f"{own} of {facet} {number + 1}" if len(rows) > 1 and isinstance(number, int) else own


def _value(value: Any) -> str:
    if value is _ABSENT:
        return "left out"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    shown = _clean(f'"{value}"' if isinstance(value, str) else str(value))
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _clean(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
