"""Lines: dated things in order, with numbers that add up; what lies within a span is found without a walk."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add
from typing import Generic, NamedTuple, TypeVar

from talkstrack.model.dates.period import Day, Span

_Thing = TypeVar("_Thing")

WIDE = 400
"""So many days an entry may last to be looked for near its first day; what lasts longer is always looked at."""


class Entry(NamedTuple, Generic[_Thing]):
    """A thing from a day to a day, and its numbers."""

    first: Day
    last: Day
    numbers: tuple[int, ...]
    thing: _Thing


class Line(Generic[_Thing]):
    """Entries by their first day. All have equally many numbers."""

    def __init__(self, entries: Iterable[Entry[_Thing]], width: int) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.first)
        self._firsts = [entry.first for entry in self._entries]
        self._running = list(accumulate([entry.numbers for entry in self._entries], _plus, initial=(0,) * width))
        lengths = [entry.last - entry.first for entry in self._entries]
        self._longest = max([length for length in lengths if length <= WIDE], default=0)
        self._lasts_on = any(lengths)
        self._wide = [place for place, length in enumerate(lengths) if length > WIDE]

    def within(self, span: Span, most: int | None = None) -> tuple[int, ...]:
        """Add up the numbers of all that lies wholly within a span; of the first `most` entries alone."""
        begin, end = self._bounds(span, most)
        numbers = tuple(map(int.__sub__, self._running[end], self._running[begin]))
        for place in self._across(span.last):
            if begin <= place < end:
                numbers = tuple(map(int.__sub__, numbers, self._entries[place].numbers))
        return numbers

    def things(self, span: Span, most: int | None = None) -> Iterator[_Thing]:
        """Yield the things that lie wholly within a span; of the first `most` entries alone."""
        begin, end = self._bounds(span, most)
        return (entry.thing for entry in self._entries[begin:end] if entry.last <= span.last)

    def _bounds(self, span: Span, most: int | None) -> tuple[int, int]:
        begin, end = bisect_left(self._firsts, span.first), bisect_right(self._firsts, span.last)
        return begin, max(begin, end if most is None else min(end, most))

    def cut_by(self, span: Span) -> Iterator[_Thing]:
        """Yield the things of which a part lies within a span, and a part does not."""
        for place in dict.fromkeys([*self._across(span.first - 1), *self._across(span.last)]):
            entry = self._entries[place]
            if entry.last >= span.first and entry.first <= span.last:
                yield entry.thing

    def _across(self, day: Day) -> list[int]:
        """Return the places of the entries that begin by a day and last beyond it."""
        if not self._lasts_on:
            return []
        begin = bisect_left(self._firsts, day - self._longest)
        near = range(begin, bisect_right(self._firsts, day))
        places = [*near, *[place for place in self._wide if place < begin]]
        return [place for place in places if self._entries[place].first <= day < self._entries[place].last]


def _plus(numbers: Sequence[int], more: Sequence[int]) -> tuple[int, ...]:
    return tuple(map(add, numbers, more))
