"""Turn a TOML or JSON table into a struct, field by field, so that one run finds every fault."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from talkstrack.model.counts import CountError, parse_count
from talkstrack.model.dates.durations import parse_duration
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import DateError
from talkstrack.model.names import did_you_mean

Path = tuple[str | int, ...]
Reader = Callable[[Any, Path, "list[Fault]"], Any]


class Fault(NamedTuple):
    """What is wrong with one value: where in its block, and what to do about it."""

    slug: str
    path: Path
    message: str
    hint: str | None = None
    at_key: bool = False


class TableType(NamedTuple):
    """The fields of one table: how each is read, which are required, and how the table is called in a message.

    `above` names the fields of the table it stands in, for a key that slipped below a header.
    """

    called: str
    struct: type[msgspec.Struct]
    fields: Mapping[str, Reader]
    required: tuple[str, ...] = ()
    renamed: Mapping[str, str] = {}
    above: frozenset[str] = frozenset()


WRONG = object()
"""What a reader gives for a value it has reported."""


def _kind_of(value: object) -> str:
    names = {str: "text", bool: "true or false", int: "a whole number", float: "a number", dict: "a table"}
    if isinstance(value, list | tuple):
        return "a list"
    return names.get(type(value), "a date")


def _wrong(value: object, wanted: str, path: Path, faults: list[Fault]) -> Any:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the value")
    return _told(faults, "wrong-type", path, f"`{name}` takes {wanted}, not {_kind_of(value)}")


def _told(faults: list[Fault], slug: str, path: Path, message: str, hint: str | None = None) -> Any:
    faults.append(Fault(slug, path, message, hint))
    return WRONG


def text(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read a text that is not empty."""
    if type(value) is not str:
        return _wrong(value, "text", path, faults)
    if not value.strip():
        hint = "leave the field out where it is not known"
        return _told(faults, "empty-text", path, f"`{path[-1]}` is empty", hint)
    return value


def text_or_empty(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read a text that may be empty."""
    return value if type(value) is str else _wrong(value, "text", path, faults)


def identifier(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read an id: small letters, digits and hyphens."""
    if type(value) is not str:
        return _wrong(value, "text", path, faults)
    if is_identifier(value):
        return value
    wish = "".join(c if c.isascii() and c.isalnum() else "-" for c in value.lower()).strip("-")
    message = "an id has small letters, digits and hyphens only"
    return _told(faults, "bad-id", path, message, f'"{wish}"' if wish else None)


def is_identifier(value: str) -> bool:
    """Tell whether this can be an id."""
    bare = value.replace("-", "")
    return bare.isascii() and bare.isalnum() and bare == bare.lower() and value[0] != "-" and len(value) <= 200


def texts(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read a list of texts; a lone text is a list of one."""
    if type(value) is str:
        single = text(value, path, faults)
        return WRONG if single is WRONG else (single,)
    if not isinstance(value, list | tuple):
        return _wrong(value, "a list of texts", path, faults)
    before = len(faults)
    for position, item in enumerate(value):
        if type(item) is not str:
            _wrong(item, "a list of texts", (*path, position), faults)
        elif not item.strip():
            faults.append(Fault("empty-text", (*path, position), f"an entry of `{path[-1]}` is empty"))
    return tuple(value) if len(faults) == before else WRONG


def boolean(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read true or false."""
    return value if type(value) is bool else _wrong(value, "true or false", path, faults)


def positive(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read a whole number from 1 to a million."""
    if type(value) is not int:
        return _wrong(value, "a whole number", path, faults)
    if 1 <= value <= 1_000_000:
        return value
    return _told(faults, "out-of-range", path, f"`{path[-1]}` is a whole number from 1 up")


def period(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read a date: a TOML date, an EDTF text, or a date as JSON output gives it."""
    if type(value) is dict:
        value = value.get("edtf")
    try:
        return parse_period(value)
    except DateError as error:
        return _told(faults, "bad-date", path, str(error), error.hint)


def count(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read a count in symbols or in words."""
    try:
        return parse_count(value)
    except CountError as error:
        return _told(faults, "bad-count", path, str(error), error.hint)


def duration(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read an ISO 8601 duration or a range of two; kept as written."""
    if type(value) is not str:
        return _wrong(value, 'a duration such as "P50D"', path, faults)
    try:
        parse_duration(value)
    except DateError as error:
        return _told(faults, "bad-duration", path, str(error), error.hint)
    return value


def parts(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read a table of disjoint counts."""
    if type(value) is not dict:
        return _wrong(value, "a table such as { military = 270, civilian = 120 }", path, faults)
    counts = {name: count(item, (*path, name), faults) for name, item in value.items()}
    return WRONG if any(item is WRONG for item in counts.values()) else counts


def table(value: Any, path: Path, faults: list[Fault]) -> Any:
    """Read a free table of the user's own."""
    return value if type(value) is dict else _wrong(value, "a table", path, faults)


def one_of(*choices: str) -> Reader:
    """Return a reader of one of these words."""

    def read(value: Any, path: Path, faults: list[Fault]) -> Any:
        if type(value) is str and value in choices:
            return value
        if type(value) is not str:
            return _wrong(value, "one of " + ", ".join(choices), path, faults)
        message = f"`{path[-1]}` is one of {', '.join(choices)}, not {value!r}"
        return _told(faults, "bad-value", path, message, did_you_mean(value, choices))

    return read


def tables(shape: TableType) -> Reader:
    """Return a reader of an array of tables of this shape."""

    def read(value: Any, path: Path, faults: list[Fault]) -> Any:
        if not isinstance(value, list | tuple):
            hint = f"write [[{'.'.join(map(str, ('event', *path)))}]]"
            return _told(faults, "wrong-type", path, f"`{path[-1]}` is an array of tables", hint)
        before, rows = len(faults), []
        for position, item in enumerate(value):
            if type(item) is dict:
                rows.append(read_table(shape, item, (*path, position), faults))
            else:
                _wrong(item, "tables", (*path, position), faults)
        return WRONG if len(faults) > before else tuple(rows)

    return read


def readable(shape: TableType, value: dict[str, Any]) -> dict[str, Any]:
    """Return only what of a table can be read, for an entry that others refer to."""
    return {key: item for key, item in value.items() if key in shape.fields and _is_readable(shape.fields[key], item)}


def _is_readable(reader: Reader, value: Any) -> bool:
    faults: list[Fault] = []
    reader(value, ("",), faults)
    return not faults


def read_table(shape: TableType, value: dict[str, Any], path: Path, faults: list[Fault], **more: Any) -> Any:
    """Read a table into its struct, or add to `faults` all that is wrong with it and return None.

    `more` are fields that are not read from the table.
    """
    before = len(faults)
    fields = shape.fields
    values = more
    for key, item in value.items():
        reader = fields.get(key)
        if reader is text and type(item) is str and item and not item.isspace():  # most are: no call for them
            values[key] = item
        elif reader is None:
            faults.append(_unknown_key(shape, key, path))
        elif item is not None:
            values[key] = reader(item, (*path, key), faults)
    for key in shape.required:
        if key not in values:
            faults.append(Fault("missing-field", path, f"{shape.called} needs `{key}`"))
    if len(faults) > before:
        return None
    for key, name in shape.renamed.items():
        if key in values:
            values[name] = values.pop(key)
    return shape.struct(**values)


def _unknown_key(shape: TableType, key: str, path: Path) -> Fault:
    hint = did_you_mean(key, shape.fields)
    if key in shape.above:
        hint = f"`{key}` is a field of the event: move it above the first [[event....]] header"
    if shape.called == "an event":
        hint = f"{hint} A field of your own goes under `extra`" if hint else "a field of your own goes under `extra`"
    return Fault("unknown-key", (*path, key), f"{shape.called} has no field `{key[:80]}`", hint, at_key=True)
