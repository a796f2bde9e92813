"""Titles that try to do harm, for the tests of every renderer."""

ESCAPE = "red \x1b[31malert\x1b[0m \x9b2J\x07"
MARKUP = "[bold]loud[/bold] [link=http://x]x[/link] <b>&amp;</b> `x` | *y*"
REVERSED = "pay \u202e001\u202c \u2066x\u2069 \u200e\u200f\u061c to UKR"
EMOJI = "talks \U0001f91d 👩‍👩‍👧 日本語 e\u0301"
LONG = "word " * 399 + "words"
HIDDEN = "zero\u200bwidth\ufeff \u2028lines\u2029 \ud800 a" + "\u0301" * 40
FORMULA = "=HYPERLINK(1)"

TITLES = (ESCAPE, MARKUP, REVERSED, EMOJI, LONG, HIDDEN, FORMULA)

STEERING = frozenset(
    [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200B, 0xFEFF, 0x2028, 0x2029)]
    + [chr(code) for code in (*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xD800)]
) - {"\n"}
"""What must never reach a terminal from a ledger; only line ends are ours."""
