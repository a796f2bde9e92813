"""How far a promise is kept: bars, percentages and words."""

import pytest

from talkstrack.model.counts import Count, parse_count
from talkstrack.model.sums import Sum, range_of, term
from talkstrack.render.text.makers import plain
from talkstrack.render.words.promises import drawn, percent, promised, state_words
from talkstrack.reports.agreements import DirectionRow
from talkstrack.rules.fulfilment import DirectionProgress, Reading


def row(asked: dict[str, str | int | None], *told: str | int) -> DirectionRow:
    """Make a direction: what each side reads in the promise, and what accounts tell of its delivery."""
    delivered: Sum = range_of(term(parse_count(one)) for one in told)
    counts: dict[str, Count | None] = {side: None if one is None else parse_count(one) for side, one in asked.items()}
    readings = tuple(
        Reading(
            side=side,
            speaker=side,
            is_press=side == "daily-sabah",
            promised=one,
            delivered=delivered,
            state=None,
            met_on=None,
        )
        for side, one in counts.items()
    )
    progress = DirectionProgress(
        to="UKR", what="people", readings=readings, delivered=delivered, by_side={}, state="open", met_on=None, days=1
    )
    return DirectionRow(progress=progress, range=delivered, deliveries=(), untied=(), at_most=delivered)


@pytest.mark.parametrize(
    ("asked", "told", "bar", "share", "figures"),
    [
        ({"UKR": 1000}, (1000,), "██████████", "100 %", ("1,000",)),
        ({"UKR": 1000}, (999,), "█████████·", "99 %", ("1,000",)),
        ({"UKR": 1000}, (1,), "█·········", "0.1 %", ("1,000",)),
        ({"UKR": 100_000}, (1,), "█·········", "<0.1 %", ("100,000",)),
        ({"UKR": 1000}, (0,), "··········", "0 %", ("1,000",)),
        ({"UKR": 1000}, ("146..331",), "█▒▒·······", "15–33 %", ("1,000",)),
        ({"UKR": 1000}, (500, 1200), "█████▒▒▒▒▒", "50–120 %", ("1,000",)),
        ({"UKR": 1000}, (2, 5), "█▒········", "0.2–0.5 %", ("1,000",)),
        ({"UKR": 1000}, ("~250",), "██········", "~25 %", ("1,000",)),
        ({"UKR": 1000}, ("250+",), "██········", "25+ %", ("1,000",)),
        ({"UKR": 1000}, ("unknown",), "??????????", "?", ("1,000",)),
        ({"RUS": "1000+", "UKR": ">1000"}, (500,), "█████·····", "50 %", ("1,000+",)),
        ({"RUS": "1000+", "UKR": "1200"}, (500,), "█████·····", "50 %", ("1,000+", "1,200")),
        ({"RUS": None, "UKR": 6000}, (78,), "█·········", "1.3 %", ("6,000", "none")),
        ({"RUS": 1000, "daily-sabah": 800}, (500,), "█████·····", "50 %", ("1,000",)),
        ({"daily-sabah": 800}, (400,), "█████·····", "50 %", ("800",)),
        ({"UKR": 200, "A Man": 100}, (50,), "█████·····", "50 %", ("200", "100")),
        ({"RUS": None}, (400,), "", "", ()),
        ({"RUS": "<=50"}, (40,), "", "", ("≤50",)),
    ],
)
def test_progress(
    asked: dict[str, str | int | None], told: tuple[str | int, ...], bar: str, share: str, figures: tuple[str, ...]
) -> None:
    found = row(asked, *told)
    assert (plain(drawn(found, 10)), percent(found), promised(found.progress)) == (bar, share, figures)


@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        ("met", 9, "met day 9"),
        ("open", 0, "open day 0"),
        ("met", None, "met"),
        ("disputed", 9, "disputed"),
        ("cannot-be-told", 9, "cannot be told"),
        (None, 9, ""),
    ],
)
def test_states(state: str | None, days: int | None, words: str) -> None:
    assert state_words(state, days) == words
