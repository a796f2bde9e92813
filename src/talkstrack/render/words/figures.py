"""Small words that several views share: counts, days, signs."""

from collections.abc import Iterable

from talkstrack.model.counts import pretty
from talkstrack.model.dates.days import MONTHS
from talkstrack.model.entries import Kind
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum
from talkstrack.render.text.document import Legend, StyledText
from talkstrack.render.text.makers import spans

Signs = tuple[tuple[str, str], ...]
"""Signs and what each means."""

_ROLES = {
    "good": ("met", "agrees", "accepted", "partly"),
    "warn": ("open", "possible", "cannot-be-told", "passed"),
    "bad": ("disputed", "denied", "above", "below", "rejected"),
    "muted": ("unchecked", "lapsed", "replaced"),
}
STATE_ROLES = {state: role for role, states in _ROLES.items() for state in states}
"""The colour of a state, an answer or a verdict; it only repeats the word."""


def coloured(words: str, state: str | None) -> StyledText:
    """Return words on a state in its colour."""
    return StyledText(words, STATE_ROLES.get(state or "", ""))


def answer_words(answer: str) -> str:
    """Return an answer as it is shown."""
    return {"partly": "accepted partly", "none": "no answer"}.get(answer, answer)


def symbol(register: Register, kind: str) -> StyledText:
    """Return the sign of a kind of event, with its letter for ASCII."""
    entry = register.kinds.get(kind, Kind())
    return StyledText(entry.symbol, f"colour.{entry.colour}", entry.letter)


def many(number: int, noun: str, more: str | None = None) -> str:
    """Return `1 event`, `2 events`, `1,200 events`."""
    return f"{number:,} {noun if number == 1 else more or noun + 's'}"


def ordinal(number: int) -> str:
    """Return `1st`, `2nd`, `11th`, `23rd`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def month_words(key: str) -> str:
    """Return `2025-05` as `May 2025`; anything else as it is."""
    year, _, month = key.rpartition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if year and month.isdigit() and 1 <= int(month) <= 12 else key


def day_words(iso: str) -> str:
    """Return an ISO day as `23 July 2025`; anything else as it is."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return iso
    return f"{int(parts[2])} {MONTHS[int(parts[1]) - 1]} {parts[0]}"


def span_words(first: str | None, last: str | None) -> str:
    """Return two ISO days as `23 July 2025`, `May to July 2025`, `6 May 2025 to 6 March 2026`."""
    if first is None or last is None:
        return ""
    if first == last:
        return day_words(first)
    if first[:4] == last[:4] and len(first) == len(last) == 10:
        if first[:7] == last[:7]:
            return f"{int(first[8:])} to {day_words(last)}"
        return f"{MONTHS[int(first[5:7]) - 1]} to {month_words(last[:7])}"
    return f"{day_words(first)} to {day_words(last)}"


def figure_words(total: Sum) -> str:
    """Return a sum as tables show it; a group nobody discloses anything of is `0+` where others are summed."""
    return pretty(total.text)


def clock_words(today: str, *, as_known: bool) -> str:
    """Return the day a report is made for: `on 10 March 2026`, or `as known on 24 July 2025`."""
    return f"{'as known ' if as_known else ''}on {day_words(today)}"


def sign_legend(sums: Iterable[Sum], *, dash: str = "accounts differ, or a range", more: bool = False) -> Signs:
    """Return the signs that these sums are shown with; `dash` says what a range is, `more`: a "+" is shown anyway."""
    stated = [total for total in sums if total.state == "stated"]
    used = {
        ("~", "about"): any(total.approximate for total in stated),
        ("+", "and more"): more or any(total.open or total.undisclosed for total in stated),
        ("a–b", dash): any(total.disclosed_low != total.disclosed_high for total in stated),
    }
    return tuple(sign for sign, is_used in used.items() if is_used)


POSSIBLE = ("?", "may fall inside: adds to the high end only")


def legend(signs: Signs) -> Legend:
    """Return a legend of signs and what they mean."""
    return Legend(tuple((spans(StyledText(sign, "strong")), meaning) for sign, meaning in signs))
