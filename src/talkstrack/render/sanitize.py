"""Make ledger text safe to show: no control characters, no hidden direction changes, ASCII where asked."""

import re
import unicodedata

_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_STACKED = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
_JOINERS = "\u200c\u200d"
_GONE = frozenset("\u00ad\u200b\u2060\ufeff\u180e\u034f\u115f\u1160\u3164\uffa0" + _JOINERS)
_SIGN = "\ufffd"

_ASCII_SIGNS = {
    "⇄": "X", "†": "B", "◆": "T", "■": "A", "○": "P", "▲": "N", "◇": "M", "•": "*", "⋮": ":",
    "█": "#", "▒": "=", "·": ".", "─": "-", "→": "->", "←": "<-", "↔": "<->", "…": "...",
    "–": "-", "—": "-", "‒": "-", "−": "-", "‐": "-", "‑": "-", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‘": "'", "’": "'", "‚": "'", "ʼ": "'", "×": "x", "≤": "<=", "≥": ">=", "≈": "~", "●": "*", "№": "No.",
    "▁": "1", "▂": "2", "▃": "3", "▄": "4", "▅": "5", "▆": "6", "▇": "7", "ß": "ss", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", _SIGN: "?",
}  # fmt: skip


def clean(text: str) -> str:
    """Return text that cannot steer a terminal or hide anything, on one line.

    Line ends and tabs become a blank; control characters, direction changes and lone surrogates a visible sign;
    invisible characters go, save joiners that hold letters or emoji together.
    """
    if text.isprintable():
        return text if text.isascii() else _tamed(text)
    return _tamed("".join(_seen(text, place, sign) for place, sign in enumerate(text)))


def _tamed(text: str) -> str:
    return _STACKED.sub(r"\1", "".join(sign for sign in text if sign not in _GONE or sign in _JOINERS))


def _seen(text: str, place: int, sign: str) -> str:
    if sign.isprintable():
        return sign
    if sign in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if sign < " ":
        return chr(0x2400 + ord(sign))
    if sign == "\x7f":
        return "\u2421"
    if sign in _JOINERS:
        between = 0 < place < len(text) - 1 and _joins(text[place - 1]) and _joins(text[place + 1])
        return sign if between else ""
    if sign in _GONE:
        return ""
    category = unicodedata.category(sign)
    if category == "Zs":
        return " "
    return sign if category == "Cn" else _SIGN


def _joins(sign: str) -> bool:
    return ord(sign) > 0x2FF and sign.isprintable()


def to_ascii(text: str) -> str:
    """Return clean text in ASCII: known signs by their stand-ins, letters without their marks, the rest as `?`."""
    if text.isascii():
        return text
    return "".join(sign if sign.isascii() else _ascii_of(sign) for sign in text)


def _ascii_of(sign: str) -> str:
    known = _ASCII_SIGNS.get(sign)
    if known is not None:
        return known
    if 0x2400 <= ord(sign) <= 0x2421 or sign in _JOINERS or unicodedata.combining(sign):
        return "?" if sign not in _JOINERS and not unicodedata.combining(sign) else ""
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if part.isascii())
    return bare or "?"
