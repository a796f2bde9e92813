"""Look for slips of the hand that are valid, and say something else than was meant."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault, text
from talkstrack.model.event import FACETS, Event
from talkstrack.model.fields import fields_of
from talkstrack.rules.snapshot import Snapshot

_SHARED_KEYS = ("by", "under", "note")


@check("key-below-facet", "warning", "a key of the event seems to stand below a facet, and belongs to the facet there")
def key_below_facet(event: Event, table: Mapping[str, Any] | None) -> Iterator[Fault]:
    for key in event.extra or ():
        if key in fields_of(Event) and key not in FACETS:
            message = f"`{key}` is a field of the event, and stands in `extra`, where it means nothing"
            hint = "move it above [event.extra] and above the first [[event.…]]"
            yield Fault("key-below-facet", ("extra", key), message, hint, at_key=True)
    rows = event.transfer
    if event.under is not None or len(rows) < 2:
        return
    last = rows[-1]
    if not last.under or last.note or any(row.under is not None or row.by != last.by for row in rows[:-1]):
        return
    if _ends_block(table):
        message = "`under` stands below the last transfer, and ties that one row alone"
        hint = "for the whole event move it above the first [[event.…]]; if it is meant, say why in a `note` of the row"
        yield Fault("key-below-facet", ("transfer", len(rows) - 1, "under"), message, hint, at_key=True)


def _ends_block(table: Mapping[str, Any] | None) -> bool:
    """Tell whether `under` stands where a key typed after the last facet would stand; yes where unknown."""
    if table is None:
        return True
    facets = [key for key in table if key in FACETS]
    row = table["transfer"][-1]
    after = list(row)[list(row).index("under") :]
    return facets[-1] == "transfer" and all(key in _SHARED_KEYS for key in after)


@check(
    "part-of-other-kind",
    "warning",
    "`part_of` joins a hand-over to an event of another kind, where it is no stage of it",
)
def part_of_other_kind(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    if event.part_of is None or not event.transfer:
        return
    whole = snapshot.by_id.get(event.part_of)
    if whole is not None and whole.kind != event.kind:
        message = f"{quoted(whole.id)} is of the kind {whole.kind}, so this is no stage of it and is not set against it"
        hint = f'a hand-over is tied to talks or an agreement by under = "{whole.id}"'
        yield Fault("part-of-other-kind", ("part_of",), message, hint)


_TEXTS = tuple(field.attribute for field in fields_of(Event).values() if field.reader is text and not field.role)
_OF_LINES = ("summary", "note", "because")
_ODD = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\u200b\u2028\u2029"
_IN_LINE = re.compile(f"[{_ODD}\r\n]")
_IN_TEXT = re.compile(f"[{_ODD}]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@check("control-character", "warning", "a text holds characters that are not seen, or turn the reading direction")
def control_character(_snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    for field in _TEXTS:
        value: str | None = getattr(event, field)
        if value is None or value.isprintable():
            continue
        character = (_IN_TEXT if field in _OF_LINES else _IN_LINE).search(value)
        if character:
            what = "turns the reading direction" if _TURNING.match(character[0]) else "is not seen"
            if character[0] in "\r\n":
                message = f"`{field}` goes over more than one line"
            else:
                message = f"`{field}` holds the character U+{ord(character[0]):04X}, which {what}"
            yield Fault("control-character", (field,), message, "take it out")
