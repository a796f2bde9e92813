"""Names: folded for comparing, and the near misses of a typing slip."""

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789- "

_LONGEST_WORD = 80

_COMPARISONS = 200_000


class Suggestions:
    """Finds the names that a slip most likely meant.

    One edit away is looked up directly; a wider search compares with every name, and stops to be made
    once it has cost some seconds: a ledger with that many misses has no mere slips.
    """

    def __init__(self, names: Mapping[str, str], cutoff: float = 0.75) -> None:
        self._names = names
        self._cutoff = cutoff
        self._left = _COMPARISONS

    def near(self, word: str) -> tuple[str, ...]:
        """Return what up to three near names stand for, the likeliest or first in the alphabet first."""
        if not word or len(word) > _LONGEST_WORD:
            return ()
        near = {self._names[edited] for edited in _one_edit(word) if edited in self._names}
        if not near and self._left > 0:
            self._left -= len(self._names)
            close = difflib.get_close_matches(word, list(self._names), n=1, cutoff=self._cutoff)
            near = {self._names[name] for name in close}
        return tuple(sorted(near)[:3])


def _one_edit(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS if letter != tail[0])
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)


def fold(name: str) -> str:
    """Return a name with case, Unicode form and spacing taken away, for comparing."""
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def nearest(word: str, choices: Any) -> str | None:
    """Return the choice a typing slip most likely meant, or None."""
    near = difflib.get_close_matches(word.lower(), list(choices), n=1, cutoff=0.6) if len(word) < 80 else []
    return near[0] if near else None


def did_you_mean(word: str, choices: Iterable[str], otherwise: str | None = None) -> str | None:
    """Return the hint that names the choice a typing slip most likely meant, else another hint."""
    near = nearest(word, choices)
    return f"did you mean `{near}`?" if near else otherwise
