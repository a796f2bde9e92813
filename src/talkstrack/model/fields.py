"""The order in which fields are written, and what each takes, by the name of their table."""

from typing import Final, Literal

from talkstrack.model.entries import ENTRY_FIELDS, ROLE_SHAPE
from talkstrack.model.event import EVENT_SHAPE, FACET_FIELDS, FACETS

Takes = Literal["text", "texts", "date", "count", "parts", "number", "boolean", "table", "tables"]

_EVENT_LEADS: Final = (
    "id", "kind", "date", "scheduled", "title", "status", "as_written", "summary", "place", "parties", "host",
    "mediators", "by", "people", "round", "agenda", "part_of", "under",
)  # fmt: skip
_CLAIM_LEADS: Final = ("by", "what", "to", "under", "since", "count", "nth", "fulfilled", "series")


def _led(leads: tuple[str, ...], fields: tuple[str, ...]) -> tuple[str, ...]:
    return (*leads, *(name for name in fields if name not in leads))


ORDER: Final[dict[str, tuple[str, ...]]] = {
    "event": _led(_EVENT_LEADS, tuple(EVENT_SHAPE.fields)),
    **FACET_FIELDS,
    "claim": _led(_CLAIM_LEADS, FACET_FIELDS["claim"]),
    **ENTRY_FIELDS,
    "role": tuple(ROLE_SHAPE.fields),
}
"""The fields of each table (`event`, a facet, a register entry, `role`) in the order they are written."""

_TEXTS: Final = {
    "event": {
        "parties", "host", "mediators", "by", "people", "agenda", "replaces", "about", "tags", "sources",
    },
    "delegation": {"members", "joined", "left"},
    "deadline": {"to"},
    "party": {"aliases"},
    "person": {"aliases"},
    "source": {"based_on"},
    "kind": {"needs"},
}  # fmt: skip
_DATES: Final = {
    "event": {"date", "scheduled", "recorded"},
    "response": {"date"},
    "source": {"published", "retrieved"},
    "role": {"from", "until"},
}
_ANYWHERE: Final[dict[str, Takes]] = {
    "described_as": "texts", "due": "date", "since": "date", "ends": "date", "count": "count", "size": "count",
    "parts": "parts", "nth": "number", "round": "number", "revision": "number", "fulfilled": "boolean",
    "retracted": "boolean", "extra": "table",
}  # fmt: skip

ALONE: Final = frozenset({"host", "mediators", "by", "about", "replaces", "to", "based_on"})
"""Fields that take a list, and where one entry is written without its brackets."""


def field_type(table: str, field: str) -> Takes:
    """Return what a field takes; text for a field that the table does not have."""
    if field in _TEXTS.get(table, ()):
        return "texts"
    if field in _DATES.get(table, ()):
        return "date"
    if (table == "event" and field in FACETS) or (table == "person" and field == "role"):
        return "tables"
    return _ANYWHERE.get(field, "text")
