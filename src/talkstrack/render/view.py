"""A report as each family of formats wants it: made only when asked for."""

from collections.abc import Callable
from typing import NamedTuple

from talkstrack.render.envelope import Envelope
from talkstrack.render.text.document import Document, Table


class View(NamedTuple):
    """The three ways a report can be shown, each a function so that only the one needed is made."""

    page: Callable[[], Document]
    flat: Callable[[], Table]
    envelope: Callable[[], Envelope]
