"""Say what is wrong with a text that is no EDTF date, and what was probably meant.

Loaded only when a date has failed. A hint offers nothing that would not itself be read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from talkstrack.model.dates.days import MONTHS
from talkstrack.model.dates.edtf import parse_edtf
from talkstrack.model.dates.period import DateError

Suggestion = tuple[str, Iterable[str]]  # what is wrong, and what may have been meant
Rule = tuple[str, Callable[[re.Match[str]], Suggestion]]

EXAMPLES = 'write a day as "2025-07-23", a month as "2025-07", a span as "2025-05-23/2025-05-25"'
LONGEST_EXPLAINED = 100

_DASHES = "‐‑‒–—−"
_DRAFT_WORDS = {"open": "..", "now": "..", "present": "..", "unknown": "", "unk": ""}
_SEASON_WORDS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}


def explain(text: str, part: str) -> DateError:
    """Make the error for a text of which `part` does not read."""
    if not text:
        return DateError("the date is empty", EXAMPLES)
    for scope, rules in ((text, _WHOLE), (part, _PART)):
        message, candidates = _reading(scope, rules) or ("", ())
        offered = dict.fromkeys(text.replace(scope, candidate, 1) for candidate in candidates)
        readable = [candidate for candidate in offered if _reads(candidate)]
        if readable or (message and rules is _PART):
            return DateError(message, _hint(readable))
    return DateError(f"{_shown(part or text)} is not an EDTF date", EXAMPLES)


def _hint(candidates: list[str]) -> str | None:
    if not candidates:
        return None
    if len(candidates) == 1:
        return f'did you mean "{candidates[0]}"?'
    return "write " + " or ".join(f'"{candidate}"' for candidate in candidates) + ", whichever is meant"


def _reads(text: str) -> bool:
    try:
        parse_edtf(text)
    except DateError:
        return False
    return True


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _reading(scope: str, rules: tuple[Rule, ...]) -> Suggestion | None:
    if not scope.isascii():
        return _not_ascii(scope) if rules is _PART or scope.count("/") == 0 else None
    if len(scope) > LONGEST_EXPLAINED:
        return None
    for pattern, read in rules:
        match = re.fullmatch(pattern, scope)
        if match:
            return read(match)
    return None


def _not_ascii(scope: str) -> Suggestion:
    odd = next(letter for letter in scope if not letter.isascii())
    name = f"{odd!r} (U+{ord(odd):04X})"
    if not odd.isprintable():
        name = f"U+{ord(odd):04X}"
    digits = "".join(letter if letter.isascii() else str(unicodedata.digit(letter, letter)) for letter in scope)
    if digits.isascii():
        return f"digits are 0 to 9, not {name}", [digits]
    hyphens, span = (str.maketrans(_DASHES, sign * len(_DASHES)) for sign in "-/")
    return f"the character {name} is not part of a date", [
        digits.translate(hyphens),
        digits.translate(span).replace(" ", ""),
    ]


def _draft(match: re.Match[str]) -> Suggestion:
    text = match[0].upper().replace("U", "X")
    further = None if _reads(text) else _reading(text, _PART)
    return further or ("EDTF is in capitals: X for an unspecified digit, Y for a long year, T before a time", [text])


def _day_first(match: re.Match[str]) -> Suggestion:
    """Offer day-month and month-day; only what exists is left of it."""
    first, two, year = match.groups()
    message = f"{match[0]} is not EDTF, which begins with the year and joins with hyphens"
    return message, [f"{year}-{int(two):02d}-{int(first):02d}", f"{year}-{int(first):02d}-{int(two):02d}"]


def _loose(match: re.Match[str]) -> Suggestion:
    pieces = re.split(r"[-/.]", match[0])
    message = "half-written: month and day are a hyphen and two digits each"
    return message, ["-".join([pieces[0], *(piece.zfill(2) for piece in pieces[1:])])]


def _worded(match: re.Match[str]) -> Suggestion:
    word = match["month"].lower()
    number = next((at for at, name in enumerate(MONTHS, 1) if name.lower().startswith(word)), 0)
    text = f"{match['year']}-{number:02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
    return "a date is written in digits", [text]


def _week(match: re.Match[str]) -> Suggestion:
    message = "ISO week dates are not EDTF"
    year, week, weekday = match.groups()
    try:
        first = date.fromisocalendar(int(year), int(week), int(weekday or 1))
        last = date.fromisocalendar(int(year), int(week), int(weekday or 7))
    except ValueError:
        return message, []
    return message, [first.isoformat() if first == last else f"{first}/{last}"]


def _run_together(match: re.Match[str]) -> Suggestion:
    sign, digits = match.groups()
    compact = f"{digits[:4]}-{digits[4:6]}" + (f"-{digits[6:]}" if len(digits) == 8 else "")
    if not sign and len(digits) in (6, 8) and _reads(compact):
        return "EDTF has hyphens between year, month and day", [compact]
    if len(digits) > 12:
        return "a year of more than 12 digits is not supported", []
    return "a year of more than four digits begins with Y", [f"Y{sign}{digits}"]


def _long_year(match: re.Match[str]) -> Suggestion:
    sign, digits, rest = match.groups()
    if rest.lstrip("?~%"):
        return f"a year that begins with Y stands alone, without {_shown(rest)}", []
    if len(digits) > 12:
        return "a year of more than 12 digits is not supported", []
    shorter = digits.lstrip("0").rjust(4, "0")
    message = "Y begins a year of more than four digits, the first of them not 0"
    return message, [("Y" if len(shorter) > 4 else "") + sign + shorter + rest]


def _marks_inside(match: re.Match[str]) -> Suggestion:
    marks = set(match[0]) & set("?~%")
    message = "EDTF level 2 marks on one part of a date are not supported: a mark is for the whole date, at its end"
    return message, [re.sub(r"[?~%]", "", match[0]) + (marks.pop() if len(marks) == 1 else "%")]


def _time(match: re.Match[str]) -> Suggestion:
    day, hour, minute, second, zone = match.groups(default="")
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    clock = ":".join(piece.zfill(2) for piece in (hour, minute, second) if piece)
    message = "half-written: a time is T20:37 or T20:37:00, then nothing, Z or an offset like +03:00"
    return message, [f"{day}T{clock}{zone.upper()}"]


def _short_year(match: re.Match[str]) -> Suggestion:
    year = match[0]
    meant = [year + "X" * (4 - len(year.lstrip("-")))] if year[-1:].isdigit() else []
    return "half-written: a year has four digits", meant


def _abbreviated(match: re.Match[str]) -> Suggestion:
    start, end = match.groups()
    message = f"half-written: the end of an interval is written in full, not {end}"
    return message, [f"{start}/{start[: -len(end)]}{end}"]


def _says(message: str, *candidates: str) -> Callable[[re.Match[str]], Suggestion]:
    return lambda match: (message, [match.expand(candidate) for candidate in candidates])


_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + ")"
_YEAR = r"(?P<year>[0-9]{4})"
_WHOLE: tuple[Rule, ...] = (
    (r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", _day_first),
    (r"([0-9]{1,2})[/.-]([0-9]{4})", _says("EDTF begins with the year", r"\2-\1", r"\2-0\1")),
    (r"[0-9]{4}[/.-][0-9]{1,2}[/.-][0-9]{1,2}", _loose),
    (r"[0-9]{4}[/.-](?:0?[1-9]|1[0-2])", _loose),
    (r"([0-9T:X-]+)/([0-9:-]+)", _abbreviated),
    (r"([^.,/]+)\.\.([^.,/]+)", _says("two dots join dates inside a set only: a span has a slash", r"\1/\2")),
)
_PART: tuple[Rule, ...] = (
    (r"(?i)today|yesterday|tomorrow", _says("a date in a ledger is the day itself, not a word for it")),
    (r"(?i)(open|now|present|unknown|unk)", lambda match: (
        f'"{match[0]}" is from a draft of EDTF: an open end is written .. and an unknown one left empty',
        [_DRAFT_WORDS[match[0].lower()]])),
    (r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", _day_first),
    (r"(.*)(?:\?~|~\?)", _says("uncertain and approximate together is one mark, %", r"\1%")),
    (r"\+(.+)", _says("a year has no plus sign", r"\1")),
    (r"(?=.*[uxytze])(?=.*[0-9uxUX])[-+.:?~%0-9UXYTZSEuxytze]+", _draft),
    (r"[0-9]{4}-[0-9]{3}", _says("ISO ordinal dates (year and day of the year) are not EDTF")),
    (r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?", _loose),
    (r"(-?)([0-9]{5,})", _run_together),
    (r"Y?-?[0-9]+E[0-9]+(?:S[0-9]+)?", _says("EDTF level 2 exponents are not supported: write the year out")),
    (r"Y?-?[0-9]+S[0-9]+[?~%]?", _says(
        "EDTF level 2 significant digits are not supported: write X for the digits that are not known")),
    (r"Y(-?)([0-9]+)(.*)", _long_year),
    (r"(?:\[|\{).*|.*(?:\]|\})", _says("a set in brackets stands alone, not inside another date")),
    (r"[0-9X-]*[?~%][?~%0-9X-]*", _marks_inside),
    (r".*[()^].*", _says("parentheses and ^ are from a draft of EDTF")),
    (rf"(?i)(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\.? {_MONTH}\.?,? {_YEAR}", _worded),
    (rf"(?i){_MONTH}\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}", _worded),
    (rf"(?i)(?P<day>){_MONTH}\.? {_YEAR}", _worded),
    (r"(?i)(spring|summer|autumn|fall|winter),? ([0-9]{4})", lambda match: (
        "a season is written in digits", [f"{match[2]}-{_SEASON_WORDS[match[1].lower()]}"])),
    (r"(?i)(?:c\.|ca\.?|circa|about) ?(.+)", _says("approximate is written ~, at the end", r"\1~")),
    (r"([0-9]{3})0s", _says("a decade is written with X", r"\1X")),
    (r"([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?", _week),
    (r"(-?[0-9X]{4}(?:-[0-9X]{2}){0,2})T", _says("half-written: no time stands after the T", r"\1")),
    (r"T?[0-9]{1,2}:[0-9]{2}.*", _says("a time without a day: the day and a T go before it")),
    (r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]+([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2}))?)? ?"
     r"([zZ]|[+-][0-9]{2}(?::?[0-9]{2})?)?", _time),
    (r"-?[0-9]{0,3}-?", _short_year),
    (r"(-?[0-9X]{4}(?:-[0-9X]{2})?)-", _says("half-written: nothing stands after the last hyphen", r"\1")),
    (r"(-?[0-9X]{4}(?:-[0-9X]{2})?)-[0-9X]", _says("half-written: month and day have two digits each")),
)  # fmt: skip
