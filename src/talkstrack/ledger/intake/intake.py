"""Read the events that `add --from` is given: JSON, NDJSON, TOML blocks or CSV, every fault with its line."""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from talkstrack.errors import Problem
from talkstrack.ledger.intake.from_csv import OF_OUTPUT, csv_rows
from talkstrack.ledger.intake.from_json import json_rows
from talkstrack.ledger.reading.syntax import DEEPEST
from talkstrack.model.convert import Fault, Path
from talkstrack.model.entries import ENTRIES
from talkstrack.model.event import Event, read_event

Form = Literal["json", "ndjson", "toml", "csv", "tsv"]

_ENDINGS: dict[str, Form] = {
    "json": "json", "ndjson": "ndjson", "jsonl": "ndjson", "toml": "toml", "csv": "csv", "tsv": "tsv",
}  # fmt: skip
_JSON = re.compile(r"\s*(?:\{|\[\s*(?:[{\]]|\Z))")
_TOML = re.compile(r"\s*(?:#|\[\[?\s*[A-Za-z\"']|[A-Za-z_.-]+\s*=)")


class Given(NamedTuple):
    """An event of the input as the plain table it is, and the line on which it begins. `text` is its TOML block."""

    table: dict[str, Any]
    line: int
    text: str | None = None


class Intake(NamedTuple):
    """What an input holds: events, register entries by kind and key (TOML only), and all that is wrong with it."""

    events: tuple[Given, ...]
    entries: dict[str, dict[str, Any]]
    problems: tuple[Problem, ...]


def read_intake(text: str, name: str, form: Form | None = None) -> Intake:
    """Read an input; the form is told by the name's ending or by how the text begins, unless it is given.

    JSON is one event, an array, or what `timeline --json` prints; keys that only output has are passed over.
    A CSV's header names the fields (`transfer.to`, `transfer.2.count`, or `to_UKR` for `84@UKR`); a row without
    event fields goes on with the event above. `name` is how messages show the input.
    """
    text = text.removeprefix("\ufeff")
    chosen = form or _form(text, name)
    if chosen == "toml":
        return _toml(text, name)
    faults: list[tuple[int, str, str | None]] = []
    if chosen in ("csv", "tsv"):
        rows = csv_rows(text, "\t" if chosen == "tsv" else None, faults)
    else:
        rows = list(json_rows(text, chosen == "ndjson", faults))
    events = tuple(
        Given({key: value for key, value in table.items() if key not in OF_OUTPUT and value is not None}, line)
        for table, line in rows
    )
    if not events and not faults:
        faults.append((1, "there is no event in it", None))
    return Intake(events, {}, tuple(_problem(name, line, message, hint) for line, message, hint in faults))


def read_events(intake: Intake, name: str) -> tuple[tuple[tuple[Event, int], ...], tuple[Problem, ...]]:
    """Read the events of an input, each with its line; every fault of the input and of its values is a problem."""
    events: list[tuple[Event, int]] = []
    problems = list(intake.problems)
    for typed in intake.events:
        event, faults = read_event(typed.table)
        faults += list(_unwritable(typed.table, ()))
        if event is not None and not faults:
            events.append((event, typed.line))
        subject = typed.table.get("id")
        problems += [_of_value(name, typed, fault, subject if isinstance(subject, str) else None) for fault in faults]
    return tuple(events), tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def _form(text: str, name: str) -> Form:
    ending = name.rpartition(".")[2].lower()
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if _JSON.match(text):
        return "json"
    return "toml" if _TOML.match(text) or not text.strip() else "csv"


def _toml(text: str, name: str) -> Intake:
    from talkstrack.ledger.reading.blocks import cut

    whole = cut(text)
    faults = [*whole.header_faults, *(block.fault for block in whole.blocks if block.kind == "event" and block.fault)]
    problems = [
        _problem(name, fault.line, f"this is not TOML: {fault.message}", None, fault.column) for fault in faults
    ]
    events = tuple(
        Given(block.data, block.line, text[block.start : block.end])
        for block in whole.blocks
        if block.kind == "event" and block.data is not None
    )
    entries = {}
    for key, value in whole.header.items():
        if key in ENTRIES and isinstance(value, dict):
            entries[key] = value
        elif key != "ledger":
            line = whole.locate_header((key,), key=True).line
            hint = "write [[event]] above the first field of each event"
            problems.append(_problem(name, line, f"`{key[:80]}` stands outside an event", hint))
    if not events and not entries and not problems:
        problems.append(_problem(name, 1, "there is no event in it", "an event begins with [[event]]"))
    return Intake(events, entries, tuple(problems))


def _of_value(name: str, typed: Given, fault: Fault, subject: str | None) -> Problem:
    line, column, end = typed.line, 1, 2
    if typed.text is not None:
        from talkstrack.ledger.reading.location import locate

        span = locate(typed.text, fault.path, key=fault.at_key)
        line, column, end = line + span.line - 1, span.column, span.end_column
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault.path)
    message = f"{place}: {fault.message}" if len(fault.path) > 1 and typed.text is None else fault.message
    return Problem(
        slug=fault.slug, severity="error", message=message, path=name, line=line, column=column, end_column=end,
        subject=subject, hint=fault.hint,
    )  # fmt: skip


def _problem(name: str, line: int, message: str, hint: str | None, column: int = 1) -> Problem:
    return Problem(
        slug="bad-input", severity="error", message=message, path=name, line=line, column=column,
        end_column=column + 1, hint=hint,
    )  # fmt: skip


def _unwritable(value: Any, path: Path) -> Iterator[Fault]:
    """Find what JSON can say and a ledger cannot: half of a surrogate pair, null in a list, values nested too deep."""
    if len(path) > DEEPEST // 2:
        yield Fault("bad-value", path[:1], f"this is nested more than {DEEPEST // 2} deep")
    elif isinstance(value, dict):
        for key, item in value.items():
            if _is_half(key):
                yield Fault("bad-value", path, "a key holds half of a surrogate pair, which is no character")
            else:
                yield from _unwritable(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            if item is None and path[:1] == ("extra",):
                yield Fault("bad-value", path, "a list of a ledger cannot hold null", "leave the entry out")
            yield from _unwritable(item, (*path, place))
    elif isinstance(value, str) and _is_half(value):
        yield Fault("bad-value", path, "the text holds half of a surrogate pair, which is no character")


def _is_half(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)
