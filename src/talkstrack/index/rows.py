"""Rows of the index back as events."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from talkstrack.index.schema import IndexDamaged

if TYPE_CHECKING:
    from talkstrack.model.event import Event


@lru_cache(maxsize=1)
def _decoder() -> "msgspec.json.Decoder[Event]":
    from talkstrack.model.event import Event  # JSON alone does without

    return msgspec.json.Decoder(Event)


def event_of(json: bytes) -> "Event":
    """Decode an event."""
    try:
        return _decoder().decode(json)
    except (TypeError, msgspec.MsgspecError) as error:
        raise IndexDamaged("a row of the index is no event") from error


def events_of(rows: Iterable[bytes]) -> "tuple[Event, ...]":
    """Decode events."""
    with no_collecting():
        return tuple([event_of(json) for json in rows])


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep the garbage collector from walking many values while they are made: none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
