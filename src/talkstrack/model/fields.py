"""What each field of a table holds, read from the annotations of its struct: there is no other list of fields.

`fields_of(Transfer)["to"]` says that it takes text, the name of a party. Names, links and the texts that a search looks
through are found by `fields_with` and `Field.is_searched`, so that what walks over an event needs no list of its own.
"""

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT

from talkstrack.model import convert
from talkstrack.model.convert import Reader, TableType
from talkstrack.model.counts import Count
from talkstrack.model.dates.period import Period

Takes = Literal["text", "texts", "date", "count", "parts", "number", "boolean", "table", "tables"]
Role = Literal["party", "actor", "speaker", "person", "officer", "source", "event", "promise"]
"""As what a text is looked up. An actor is a party or a person, a speaker also a source, an officer a person who is
registered; a promise is EVENT-ID or EVENT-ID/COMMITMENT-ID."""

NAMES: Final[tuple[Role, ...]] = ("party", "actor", "speaker", "person", "officer", "source")
LINKS: Final[tuple[Role, ...]] = ("event", "promise")


class Holds(msgspec.Struct, frozen=True):
    """What an annotation says of a field that its type does not.

    `reader` reads a text of a form of its own. One entry of a list that `is_lone` is written without brackets.
    `is_searched`: a text that a search looks through. What is not `is_read` stands in no table.
    """

    role: Role | None = None
    reader: Reader | None = None
    is_lone: bool = False
    is_searched: bool = False
    is_read: bool = True


class Field(msgspec.Struct, frozen=True):
    """A field: its name in a ledger, its attribute in Python, what it takes and how that is read.

    `rows` is the struct of what stands in an array of tables.
    """

    name: str
    attribute: str
    takes: Takes
    reader: Reader
    role: Role | None
    is_required: bool
    is_lone: bool
    is_searched: bool
    rows: type[msgspec.Struct] | None


_TAKEN: Final[Mapping[Any, tuple[Takes, Reader]]] = {
    str: ("text", convert.text),
    tuple[str, ...]: ("texts", convert.texts),
    Period: ("date", convert.period),
    Count: ("count", convert.count),
    dict[str, Count]: ("parts", convert.parts),
    int: ("number", convert.positive),
    bool: ("boolean", convert.boolean),
    dict[str, Any]: ("table", convert.table),
}


@cache
def fields_of(struct: type[msgspec.Struct]) -> Mapping[str, Field]:
    """Return the fields of a table by their names, in the order declared."""
    hints = get_type_hints(struct, include_extras=True)
    names = dict(zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True))
    defaults = struct.__struct_defaults__  # of the last fields; `msgspec.structs.fields` would load `inspect`
    optional = struct.__struct_fields__[len(struct.__struct_fields__) - len(defaults) :]
    required = {*names} - {key for key, default in zip(optional, defaults, strict=True) if default is not NODEFAULT}
    fields = [_field(names[key], key, hint, key in required) for key, hint in hints.items() if key in names]
    return {field.name: field for field in fields if field is not None}


def _field(name: str, attribute: str, hint: Any, is_required: bool) -> Field | None:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    holds = Holds()
    if get_origin(hint) is Annotated:
        hint, holds = get_args(hint)
    if not holds.is_read:
        return None
    rows: type[msgspec.Struct] | None = None
    takes: Takes
    if get_origin(hint) is Literal:
        takes, reader = "text", convert.one_of(*get_args(hint))
    elif hint in _TAKEN:
        takes, reader = _TAKEN[hint]
    else:
        rows, _ = get_args(hint)
        takes, reader = "tables", convert.tables(table_type(rows))
    return Field(
        name=name,
        attribute=attribute,
        takes=takes,
        reader=holds.reader or reader,
        role=holds.role,
        is_required=is_required,
        is_lone=holds.is_lone,
        is_searched=holds.is_searched,
        rows=rows,
    )


def fields_with(struct: type[msgspec.Struct], *roles: Role) -> tuple[Field, ...]:
    """Return the fields of a table whose texts are looked up as one of these."""
    return tuple(field for field in fields_of(struct).values() if field.role in roles)


@cache
def table_type(
    struct: type[msgspec.Struct], called: str | None = None, above: frozenset[str] = frozenset()
) -> TableType:
    """Return how a table is read into its struct; in messages it is called as the struct is."""
    name = struct.__name__.lower()
    fields = fields_of(struct)
    return TableType(
        called=called or f"{'an' if name[0] in 'aeiou' else 'a'} {name}",
        struct=struct,
        fields={field.name: field.reader for field in fields.values()},
        required=tuple(field.name for field in fields.values() if field.is_required),
        renamed={field.name: field.attribute for field in fields.values() if field.name != field.attribute},
        above=above,
    )
