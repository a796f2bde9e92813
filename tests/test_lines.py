"""Lines: what lies within a span, found by bisect, is what a walk over all of it finds."""

from hypothesis import given
from hypothesis import strategies as st

from talkstrack.model.dates.period import EVER, OPEN_END, OPEN_START, Span
from talkstrack.rules.lines import WIDE, Entry, Line

DAYS = st.integers(0, 40)
LENGTHS = st.sampled_from([0, 0, 0, 1, 5, WIDE, WIDE + 1, OPEN_END])
ENTRIES = st.lists(st.tuples(DAYS | st.just(OPEN_START), LENGTHS, st.integers(0, 9)), max_size=30)
ENDS = st.tuples(DAYS | st.just(OPEN_START), DAYS | st.sampled_from([500, OPEN_END]))


@given(ENTRIES, ENDS, st.none() | st.integers(0, 30))
def test_it_finds_what_a_walk_finds(
    entries: list[tuple[int, int, int]], ends: tuple[int, int], most: int | None
) -> None:
    span = Span(*ends)
    made = [
        Entry(first, min(max(first, 0) + length, OPEN_END), (1, number), place)
        for place, (first, length, number) in enumerate(sorted(entries, key=lambda entry: entry[0]))
    ]
    line = Line(made, 2)
    inside = [entry for entry in made[:most] if span.first <= entry.first and entry.last <= span.last]
    assert line.within(span, most) == (len(inside), sum(entry.numbers[1] for entry in inside))
    assert list(line.things(span, most)) == [entry.thing for entry in inside]
    cut = [
        entry.thing
        for entry in made
        if entry.first <= span.last
        and entry.last >= span.first
        and not (span.first <= entry.first and entry.last <= span.last)
    ]
    assert sorted(line.cut_by(span)) == cut


def test_of_nothing_there_is_nothing() -> None:
    line: Line[str] = Line([], 3)
    assert (line.within(EVER), list(line.things(EVER)), list(line.cut_by(EVER))) == ((0, 0, 0), [], [])
