"""`@check(slug, severity, why)`: every problem a ledger can have is declared once, where it is found.

What a check takes says when it is run: `(event, register)` for each event that holds, `(links)` and `(cards, unread)`
for what events say of each other, `(register)` for the register, `(snapshot, event)`, `(snapshot)` and
`(event, table)` once nothing else is wrong that a rule would stumble over.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

from talkstrack.errors import Check, Severity

Asked = frozenset[str] | None
"""The slugs that are asked for; None: all."""

_Finder = TypeVar("_Finder", bound=Callable[..., Iterator[Any]])

_READING = {
    "syntax": "the text is not TOML, so this block says nothing",
    "wrong-type": "a field holds another type of value than it takes",
    "unknown-key": "no field has this name; a typing slip must not vanish",
    "missing-field": "a field is left out without which the table says nothing",
    "empty-text": "a field is there and says nothing; what is not known is left out",
    "bad-value": "a field takes one of a few words, and this is none of them",
    "bad-id": "an id or code has other characters than an id may have, so nothing can refer to it safely",
    "bad-date": "a date cannot be read, or is a day that does not exist",
    "bad-duration": "the time a deadline leaves cannot be read",
    "bad-count": "a count cannot be read",
    "out-of-range": "a number is too small or too large for what it numbers",
}
"""What is found where text becomes values: by the reader and by model/convert, below all checks."""

CHECKS: dict[str, Check] = {slug: Check(slug, "error", why) for slug, why in _READING.items()}
"""Every check by its slug, as far as its module is loaded; `check.all_checks` loads all."""

DECLARED_IN: dict[str, str] = {}
"""The module of each check but those of reading."""

_FINDERS: dict[Callable[..., Iterator[Any]], tuple[str, ...]] = {}


def check(slug: str, severity: Severity, why: str) -> Callable[[_Finder], _Finder]:
    """Declare what a function finds; one that finds several problems is declared as often."""
    assert slug not in CHECKS, f"{slug} is declared twice"
    CHECKS[slug] = Check(slug, severity, why)

    def declared(finder: _Finder) -> _Finder:
        DECLARED_IN[slug] = finder.__module__
        return also_finds(slug)(finder)

    return declared


def also_finds(*slugs: str) -> Callable[[_Finder], _Finder]:
    """Say that a function finds problems of checks that are declared elsewhere."""

    def finds(finder: _Finder) -> _Finder:
        _FINDERS[finder] = (*slugs, *_FINDERS.get(finder, ()))
        return finder

    return finds


@lru_cache(maxsize=64)
def finders(only: Asked, *takes: str) -> tuple[Callable[..., Iterator[Any]], ...]:
    """Return the functions that take this and find any of what is asked for."""
    return tuple(
        finder
        for finder, slugs in _FINDERS.items()
        if _parameters(finder) == takes and (only is None or not only.isdisjoint(slugs))
    )


def _parameters(finder: Callable[..., Iterator[Any]]) -> tuple[str, ...]:
    names = finder.__code__.co_varnames[: finder.__code__.co_argcount]
    return tuple(name.lstrip("_") for name in names)
