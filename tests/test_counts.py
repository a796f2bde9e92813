"""Counts in every notation, and the laws of their sums."""

from collections.abc import Callable
from datetime import date
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from talkstrack.model.counts import (
    LARGEST,
    UNKNOWN,
    WITHHELD,
    Count,
    CountError,
    between,
    exactly,
    parse_count,
    pretty,
)
from talkstrack.model.sums import NOTHING, Sum, add, range_of, term, total

Columns = tuple[str, int | None, int | None, int | None]
EXACT: Columns = ("390", 390, 390, 390)
LEAST: Columns = ("1000+", 1000, None, None)
OVER: Columns = (">1000", 1001, None, None)
MOST: Columns = ("<=50", None, None, 50)
BELOW: Columns = ("<50", None, None, 49)
ABOUT: Columns = ("~250", None, 250, None)
RANGE: Columns = ("246..250", 246, None, 250)
BEST: Columns = ("146 (146..154)", 146, 146, 154)
BIG: Columns = ("12060", 12060, 12060, 12060)
HINT = 'write 390, "1000+", ">1000", "<=50", "~250", "246..250", "146 (146..154)", "withheld" or "unknown"'
SLIP = "a count of more than 1,000,000,000,000 is a slip"

NOTATIONS: dict[object, Columns] = {
    390: EXACT, "390": EXACT, " 390\n": EXACT, "0390": EXACT, 0: ("0", 0, 0, 0),
    "12,060": BIG, 12060: BIG, "1,000+": LEAST,
    "1000+": LEAST, "1000 +": LEAST, "at least 1000": LEAST, "At Least 1,000": LEAST, "at-least-1000": LEAST,
    "no fewer than 1000": LEAST, "not fewer than 1000": LEAST, ">=1000": LEAST, ">= 1000": LEAST, "≥1000": LEAST,
    ">1000": OVER, "> 1000": OVER, "over 1000": OVER, "over-1000": OVER, "more than 1,000": OVER, "above 1000": OVER,
    "<=50": MOST, "<= 50": MOST, "up to 50": MOST, "up-to-50": MOST, "at most 50": MOST, "no more than 50": MOST,
    "≤50": MOST, "≤ 50": MOST,
    "<50": BELOW, "under 50": BELOW, "fewer than 50": BELOW, "less than 50": BELOW, "below 50": BELOW,
    "~250": ABOUT, "~ 250": ABOUT, "about 250": ABOUT, "about-250": ABOUT, "around 250": ABOUT, "circa 250": ABOUT,
    "ca. 250": ABOUT, "c. 250": ABOUT, "some 250": ABOUT, "roughly 250": ABOUT, "approximately 250": ABOUT,
    "≈250": ABOUT,
    "246..250": RANGE, "246 .. 250": RANGE, "246 to 250": RANGE, "between 246 and 250": RANGE, "246-250": RANGE,
    "246–250": RANGE, "1,246..1,250": ("1246..1250", 1246, None, 1250), "5..5": ("5", 5, 5, 5),
    "146 (146..154)": BEST, "146(146..154)": BEST, "146 ( 146 .. 154 )": BEST, "146 (146–154)": BEST,
    "146 (140..)": ("146 (140..)", 140, 146, None), "146 (..154)": ("146 (..154)", None, 146, 154),
    LARGEST: (str(LARGEST), LARGEST, LARGEST, LARGEST),
    "<1": ("<1", None, None, 0), ">0": (">0", 1, None, None), "0+": ("0+", 0, None, None),
}  # fmt: skip

REFUSED: dict[str, tuple[object, str, str | None]] = {
    "nothing": (None, "a count is a whole number or text, not nothing", HINT),
    "true": (True, "a count is a whole number or text, not true or false", HINT),
    "a point": (2.5, "a count is a whole number or text, not a number with a point", HINT),
    "a list": ([1], "a count is a whole number or text, not a list", HINT),
    "a date": (date(2025, 7, 23), "a count is a whole number or text, not a date or a table", HINT),
    "a table without text": ({"low": 1}, "a count is a whole number or text, not nothing", HINT),
    "negative": (-1, "a count cannot be negative: -1", HINT),
    "negative text": ("-1", "'-1' is not a count", HINT),
    "too large": (LARGEST + 1, SLIP, None),
    "too large text": (">1000000000001", SLIP, None),
    "too many digits": ("9" * 30, SLIP, None),
    "too long": ("9" * 201, "a count is a few characters, not a text of more than 200", HINT),
    "empty": (
        "  ",
        "the count is empty",
        "the shell takes > and ~ for itself: quote the count, or use words: over 1000",
    ),
    "other digits": ("٣٩٠", "'٣٩٠' has digits other than 0 to 9", HINT),
    "words": (" many ", "'many' is not a count", HINT),
    "a unit": ("390 people", "'390 people' is not a count", HINT),
    "bad thousands": ("1,00", "'1,00' is not a count", HINT),
    "a fraction": ("1.5", "'1.5' is not a count", HINT),
    "two numbers that may be a sum": ("33 and 51", "'33 and 51' is not a count", HINT),
    "backward": ("250..246", "the range runs backward: 250 is more than 246", 'write "246..250"'),
    "backward in words": ("250 to 246", "the range runs backward: 250 is more than 246", 'write "246..250"'),
    "best below": ("145 (146..154)", "the best figure 145 lies outside its own bounds 146..154", HINT),
    "best above": ("155 (146..154)", "the best figure 155 lies outside its own bounds 146..154", HINT),
    "no bounds": ("146 (..)", "bounds need a low or a high figure", HINT),
    "below nothing": ("<0", "nothing is fewer than 0", HINT),
}


def columns(count: Count) -> Columns:
    return count.text, count.low, count.best, count.high


@pytest.mark.parametrize("written", NOTATIONS, ids=str)
def test_every_notation_is_read(written: object) -> None:
    found = parse_count(written)
    assert (columns(found), found.state) == (NOTATIONS[written], "stated")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("unknown", UNKNOWN), (" Unknown ", UNKNOWN), ("?", UNKNOWN), ("withheld", WITHHELD), ("WITHHELD", WITHHELD)],
)
def test_unknown_is_not_withheld_and_neither_is_zero(written: str, expected: Count) -> None:
    assert parse_count(written) == expected
    assert (columns(expected)[1:], expected.state) == ((None, None, None), expected.text)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_count_is_refused_with_a_reason(case: str) -> None:
    written, message, hint = REFUSED[case]
    with pytest.raises(CountError) as caught:
        parse_count(written)
    assert (str(caught.value), caught.value.hint) == (message, hint)


def test_a_count_and_its_json_are_read_back_as_they_are() -> None:
    count = parse_count("146 (146..154)")
    assert parse_count(count) is count
    assert parse_count(msgspec.to_builtins(count)) == count


@given(strategies.counts())
def test_text_and_display_mean_the_count_they_come_from(count: Count) -> None:
    assert parse_count(count.text) == count
    assert parse_count(pretty(count.text)) == count
    assert parse_count(pretty(count.text, ascii_only=True)) == count


@given(st.text(max_size=12) | st.from_regex(r"[<>~=]{0,2} ?[0-9,+.() ]{1,12}", fullmatch=True))
def test_any_text_is_a_count_or_refused(text: str) -> None:
    try:
        count = parse_count(text)
    except CountError as error:
        assert str(error)
    else:
        assert parse_count(count.text) == count
        known = [end for end in (count.low, count.best, count.high) if end is not None]
        assert known == sorted(known)


def test_between_of_one_number_is_exact() -> None:
    assert between(7, 7) == exactly(7) == Count("7", 7, 7, 7, "stated")


CLAIMED: dict[str, tuple[int, int | None]] = {
    "~250": (245, 255), "~1200": (1150, 1250), "~12000": (11500, 12500), "~200": (160, 240), "~7": (7, 7),
    "~0": (0, 0), "~10": (8, 12), "~100": (80, 120), "~1000": (800, 1200), "~1245": (1245, 1245), "~1240": (1235, 1245),
    "1000+": (1000, None), ">1000": (1001, None), "<=50": (0, 50), "<50": (0, 49), "390": (390, 390),
    "246..250": (246, 250), "146 (146..154)": (146, 154), "146 (140..)": (140, None), "146 (..154)": (0, 154),
    "unknown": (0, None), "withheld": (0, None),
}  # fmt: skip


@pytest.mark.parametrize("text", CLAIMED)
def test_about_is_held_to_half_its_last_place_and_a_fifth_at_most(text: str) -> None:
    assert parse_count(text).bounds == CLAIMED[text]


@given(st.integers(0, 10**6))
def test_about_holds_its_own_number_within_a_fifth(number: int) -> None:
    low, high = parse_count(f"~{number}").bounds
    assert high is not None
    assert number - low == high - number <= number / 5


PRETTY = {
    "390": ("390", "390"), "12060": ("12,060", "12,060"), "1245..1248": ("1,245–1,248", "1,245-1,248"),
    "~250": ("~250", "~250"), "1000+": ("1,000+", "1,000+"), "<=50": ("≤50", "<=50"), ">1000": (">1,000", ">1,000"),
    "146 (146..154)": ("146 (146–154)", "146 (146-154)"), "unknown": ("unknown", "unknown"), "~0+": ("~0+", "~0+"),
    "1000000": ("1,000,000", "1,000,000"),
}  # fmt: skip


@pytest.mark.parametrize("text", PRETTY)
def test_people_read_thousands_dashes_and_signs(text: str) -> None:
    assert (pretty(text), pretty(text, ascii_only=True)) == PRETTY[text]


# Sums


TERMS = {
    "390": (390, 390, 390, (390, 390), "390"),
    "1000+": (1000, None, None, (1000, 1000), "1000+"),
    ">1000": (1001, None, None, (1001, 1001), "1001+"),
    "<=50": (0, None, 50, (0, 50), "0..50"),
    "~250": (0, 250, None, (250, 250), "~250"),
    "246..250": (246, None, 250, (246, 250), "246..250"),
    "146 (146..154)": (146, 146, 154, (146, 154), "146..154"),
    "146 (140..)": (140, 146, None, (140, 146), "140..146+"),
    "withheld": (0, None, None, (0, 0), "withheld"),
    "unknown": (0, None, None, (0, 0), "unknown"),
}


@pytest.mark.parametrize("text", TERMS)
def test_a_term_keeps_what_its_count_says(text: str) -> None:
    one = term(parse_count(text))
    assert (one.low, one.best, one.high, (one.disclosed_low, one.disclosed_high), one.text) == TERMS[text]
    hidden = text in ("withheld", "unknown")
    assert (one.terms, one.undisclosed, one.state) == (1, int(hidden), text if hidden else "stated")


def test_floor_counted_and_holes_stand_apart() -> None:
    assert total(parse_count(text) for text in ["~250", *["withheld"] * 8]) == Sum(
        text="~250+", low=0, best=None, high=None, state="stated", terms=9, undisclosed=8,
        disclosed_low=250, disclosed_high=250, approximate=True, open=False,
    )  # fmt: skip


def test_nothing_is_a_stated_zero_of_no_terms() -> None:
    assert Sum(
        text="0", low=0, best=0, high=0, state="stated", terms=0, undisclosed=0,
        disclosed_low=0, disclosed_high=0, approximate=False, open=False,
    ) == NOTHING == total(())  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "state"),
    [(["unknown", "unknown"], "unknown"), (["unknown", "withheld"], "withheld"), (["withheld", "0"], "stated")],
)
def test_a_sum_of_holes_alone_is_a_word(texts: list[str], state: str) -> None:
    found = total(map(parse_count, texts))
    assert (found.state, found.text) == (state, "0+" if state == "stated" else state)


def sums() -> st.SearchStrategy[Sum]:
    return st.lists(strategies.counts(), max_size=4).map(total)


@given(st.lists(sums(), max_size=5), st.randoms(use_true_random=False))
def test_adding_is_commutative_and_associative(parts: list[Sum], random: Random) -> None:
    whole = add(parts)
    shuffled = parts.copy()
    random.shuffle(shuffled)
    assert add(shuffled) == whole
    cut = random.randint(0, len(parts))
    assert add((add(parts[:cut]), add(parts[cut:]))) == whole
    assert add((*parts, NOTHING)) == whole


@given(st.lists(strategies.counts(), max_size=5))
def test_a_sum_is_bounded_by_what_its_terms_say(counts: list[Count]) -> None:
    found = total(counts)
    assert found.low == sum(one.low or 0 for one in counts)
    highs = [one.high for one in counts]
    bests = [one.best for one in counts]
    assert found.high == (None if None in highs else sum(high or 0 for high in highs))
    assert found.best == (None if None in bests else sum(best or 0 for best in bests))
    assert found.terms == len(counts)
    assert found.undisclosed == sum(one.state != "stated" for one in counts)


@given(sums(), st.sampled_from([UNKNOWN, WITHHELD]))
def test_an_undisclosed_term_never_changes_the_floor(found: Sum, hole: Count) -> None:
    more = add((found, term(hole)))
    assert (more.low, more.disclosed_low, more.disclosed_high) == (found.low, found.disclosed_low, found.disclosed_high)
    assert (more.high, more.best, more.undisclosed) == (None, None, found.undisclosed + 1)


def check_bounds(found: Sum) -> None:
    """Hold a sum to the laws that every sum keeps, however it was made."""
    assert found.low <= found.disclosed_low <= found.disclosed_high
    assert 0 <= found.undisclosed <= found.terms
    if found.high is not None:
        assert found.disclosed_high <= found.high
        assert not found.undisclosed and not found.open
    if found.best is not None:
        assert found.low <= found.best <= (found.best if found.high is None else found.high)
    if found.state == "stated":
        assert found.text.endswith("+") == (found.undisclosed > 0 or found.open)
        assert found.text.startswith("~") == found.approximate
    else:
        assert found.undisclosed == found.terms > 0
        assert found.text == found.state


@given(st.lists(sums(), max_size=4))
def test_floor_counted_and_ceiling_stand_in_order(parts: list[Sum]) -> None:
    check_bounds(add(parts))


# Rivals


def disclosed() -> st.SearchStrategy[Sum]:
    return sums().filter(lambda one: not one.undisclosed)


@given(st.lists(disclosed(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_rivals_are_spanned_and_never_added(rivals: list[Sum], random: Random) -> None:
    found = range_of(rivals)
    check_bounds(found)
    highs = [one.high for one in rivals]
    assert found.low == min(one.low for one in rivals)
    assert found.high == (None if None in highs else max(high or 0 for high in highs))
    assert found.disclosed_low == min(one.disclosed_low for one in rivals)
    assert found.disclosed_high == max(one.disclosed_high for one in rivals)
    assert found.terms == max(one.terms for one in rivals)
    shuffled = rivals.copy()
    random.shuffle(shuffled)
    assert range_of(shuffled) == found
    assert range_of((*rivals, rivals[0])) == found


@given(st.lists(disclosed(), min_size=1, max_size=3), sums().filter(lambda one: one.undisclosed > 0))
def test_a_rival_that_withholds_never_widens_the_range(rivals: list[Sum], hidden: Sum) -> None:
    assert range_of((*rivals, hidden)) == range_of(rivals)


RIVALS: dict[str, tuple[tuple[str, ...], str, tuple[int, int | None], int | None]] = {
    "two that differ": (("1245", "1248"), "1245..1248", (1245, 1248), None),
    "two that agree": (("84", "84"), "84", (84, 84), 84),
    "about and exact of one best": (("~250", "250"), "~250", (0, None), 250),
    "a floor among them": (("1000+", "900"), "900..1000+", (900, None), None),
    "withheld and stated": (("withheld", "84"), "84", (84, 84), 84),
    "withheld and unknown": (("withheld", "unknown"), "withheld", (0, None), None),
}


@pytest.mark.parametrize("case", RIVALS)
def test_rival_figures_are_told_as_a_range(case: str) -> None:
    texts, shown, bounds, best = RIVALS[case]
    found = range_of(term(parse_count(text)) for text in texts)
    assert (found.text, (found.low, found.high), found.best) == (shown, bounds, best)


@settings(max_examples=30)
@given(sums(), sums(), st.sampled_from([add, range_of]))
def test_sums_are_values_of_json(one: Sum, other: Sum, joined: Callable[[tuple[Sum, ...]], Sum]) -> None:
    found = joined((one, other))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Sum) == found
