"""Write git's conflict markers around two texts."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from talkstrack.ledger.reading.blocks import newline_of
from talkstrack.ledger.reading.location import BOM

SIZE: Final = 7
"""How many characters git's markers have unless it is told otherwise."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Labels(NamedTuple):
    """What the two sides of a conflict are called in its markers."""

    ours: str = "ours"
    theirs: str = "theirs"


LABELS: Final = Labels()


def marked(ours: str, theirs: str, labels: Labels = LABELS, size: int = SIZE, newline: str = "\n") -> str:
    """Return both texts between conflict markers."""
    return "".join(
        (
            f"{'<' * size} {_label(labels.ours)}{newline}",
            _closed(ours, newline),
            f"{'=' * size}{newline}",
            _closed(theirs, newline),
            f"{'>' * size} {_label(labels.theirs)}{newline}",
        )
    )


def whole_file(ours: str, theirs: str, labels: Labels = LABELS, size: int = SIZE) -> str:
    """Return one text with all of both sides: what they begin and end with alike once, the rest between markers."""
    bom = BOM if ours.startswith(BOM) else ""
    newline = newline_of(ours)
    left = _LINE.findall(ours.removeprefix(BOM))
    right = _LINE.findall(with_newline(theirs.removeprefix(BOM), newline))
    first = _alike(left, right)
    last = _alike(left[first:][::-1], right[first:][::-1])
    here, there = ("".join(side[first : len(side) - last]) for side in (left, right))
    before, after = "".join(left[:first]), "".join(left[len(left) - last :])
    return bom + _closed(before, newline) + marked(here, there, labels, size, newline) + after


def with_newline(text: str, newline: str) -> str:
    """Return a text with every line ended by this newline."""
    plain = text.replace("\r\n", "\n")
    return plain if newline == "\n" else plain.replace("\n", newline)


def _alike(left: Sequence[str], right: Sequence[str]) -> int:
    for number, (line, other) in enumerate(zip(left, right, strict=False)):
        if line != other:
            return number
    return min(len(left), len(right))


def _closed(text: str, newline: str) -> str:
    return text if not text or text.endswith("\n") else text + newline


def _label(label: str) -> str:
    return " ".join(label.split()) or "side"
