"""Find the events in JSON: one object, an array, several after each other or a line, or a report's `rows`."""

import json
from collections.abc import Iterator
from typing import Any

Faults = list[tuple[int, str, str | None]]

_SPACE = " \t\r\n"


def json_rows(text: str, by_line: bool, faults: Faults) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield each object with the line it begins on; what is wrong goes to `faults` as line, message and hint.

    In NDJSON (`by_line`, or a whole object on the first line and more below) a broken line costs only itself.
    """
    if by_line or _is_by_line(text):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip(_SPACE):
                yield from _values(line, number, faults)
    else:
        yield from _values(text, 1, faults)


def _is_by_line(text: str) -> bool:
    first, _, rest = text.lstrip(_SPACE).partition("\n")
    return first.startswith("{") and first.rstrip(_SPACE).endswith("}") and bool(rest.strip(_SPACE))


class _OddError(ValueError):
    """Something JSON has that no event may have."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
        raise _OddError(f"`{twice[:80]}` is given twice")
    return table


def _not_a_number(name: str) -> Any:
    raise _OddError(f"{name} is not a number that JSON has")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_not_a_number)


def _values(text: str, line: int, faults: Faults) -> Iterator[tuple[dict[str, Any], int]]:
    place = _skip(text, 0)
    while place < len(text):
        here = line + text.count("\n", 0, place)
        try:
            if text[place] == "[":
                place = yield from _array(text, place, line, faults)
            elif text[place] == "{" and (rows := _rows_of_report(text, place)) is not None:
                yield from _array(text, rows, line, faults)
                return
            else:
                value, place = _DECODER.raw_decode(text, place)
                yield from _object(value, here, faults)
        except json.JSONDecodeError as error:
            where = line + error.lineno - 1
            faults.append((where, f"this is not JSON: {error.msg.lower()} at column {error.colno}", None))
            return
        except (ValueError, RecursionError) as error:
            faults.append((here, f"this is not JSON that an event can be: {_told(error)}", None))
            return
        place = _skip(text, place)


def _array(text: str, place: int, line: int, faults: Faults) -> Any:
    """Yield the objects of the array that begins here, and return the place after it."""
    place = _skip(text, place + 1)
    if text[place : place + 1] == "]":
        return place + 1
    while True:
        here = line + text.count("\n", 0, place)
        try:
            value, place = _DECODER.raw_decode(text, place)
        except _OddError as error:
            faults.append((here, str(error), None))
            _, place = json.JSONDecoder().raw_decode(text, place)
        else:
            yield from _object(value, here, faults)
        place = _skip(text, place)
        mark = text[place : place + 1]
        if mark == "]":
            return place + 1
        if mark != ",":
            raise json.JSONDecodeError("Expecting ',' or ']'", text, place)
        place = _skip(text, place + 1)


def _object(value: Any, line: int, faults: Faults) -> Iterator[tuple[dict[str, Any], int]]:
    if isinstance(value, dict):
        yield value, line
    else:
        faults.append((line, "an event is a JSON object", 'write {"kind": "exchange", ...}'))


def _rows_of_report(text: str, place: int) -> int | None:
    """Return where the array `rows` of a report's JSON begins; None if this object is no report."""
    rows, is_report = None, False
    place = _skip(text, place + 1)
    while text[place : place + 1] == '"':
        key, place = _DECODER.raw_decode(text, place)
        place = _skip(text, place)
        if text[place : place + 1] != ":":
            return None
        place = _skip(text, place + 1)
        if key == "rows" and text[place : place + 1] == "[":
            rows = place
        value, place = json.JSONDecoder().raw_decode(text, place)
        is_report = is_report or (key == "schema" and str(value).startswith("talkstrack."))
        place = _skip(text, place)
        if text[place : place + 1] != ",":
            break
        place = _skip(text, place + 1)
    return rows if is_report else None


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place


def _told(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    return str(error) if isinstance(error, _OddError) else "a number has too many digits"
