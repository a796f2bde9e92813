"""What the output options come to."""

from pathlib import Path
from typing import Literal, NamedTuple, get_args

Colour = Literal["auto", "always", "never"]
COLOURS: tuple[Colour, ...] = get_args(Colour)


class Output(NamedTuple):
    """In which format, to which file (None: stdout), and how text is to look."""

    format: str = "text"
    file: Path | None = None
    width: int | None = None
    colour: Colour = "auto"
    ascii: bool = False
    pager: bool = True
