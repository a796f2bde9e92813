"""Find the markers that git leaves around the two sides of a conflict."""

import re

_MARKER = re.compile(r"(<{7,}|={7,}|>{7,}|\|{7,})(?: .*)?\r?")
_MARKERS = re.compile(r"^(<{7,}|={7,}|>{7,})( .*)?\r?$", re.MULTILINE)


def is_marker(line: str) -> bool:
    """Tell whether a line is one that git writes around or between the two sides of a conflict."""
    return _MARKER.fullmatch(line.removesuffix("\n")) is not None


def has_conflict(text: str) -> bool:
    """Tell whether a text has the markers of a conflict, in their order, be it within a string."""
    return conflict_at(text) >= 0


def conflict_at(text: str) -> int:
    """Return the offset of the marker that a conflict begins with, or -1."""
    seen: dict[int, tuple[str, int]] = {}  # of each size the last marker that goes on, and where the first one stands
    for marker in _MARKERS.finditer(text) if "<<<<<<<" in text else ():
        sign, size = marker[1][0], len(marker[1])
        if sign == "<":
            seen.setdefault(size, (sign, marker.start()))
        elif sign == "=" and not marker[2] and size in seen:
            seen[size] = sign, seen[size][1]
        elif sign == ">" and seen.get(size, "?")[0] == "=":
            return seen[size][1]
    return -1
