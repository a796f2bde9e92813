"""Complete ids, kinds, parties, people, sources and tags from the ledger; what goes wrong completes to nothing.

A ledger's text is others' text: a shell is given no sign of it that it would do anything with.
"""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import typer

from talkstrack.cli.env import Env
from talkstrack.model.query import Query
from talkstrack.render.sanitize import clean

if TYPE_CHECKING:
    from talkstrack.index.select import Index

Choice = tuple[str, str]
Completion = Callable[[typer.Context, str], "list[Choice] | list[str]"]

MOST = 200
"""A shell shows no more ids than these; whoever has more types another letter."""

_WORD = re.compile(r"\w[\w./,+@-]*")
"""What every shell takes as it stands. bash inserts a completed word without quoting it: Enter would run it."""
_STAND_INS = str.maketrans(
    {"\\": "\u29f5", '"': "\u201d", "'": "\u2019", "`": "\u2019", "$": "\uff04", "[": "(", "]": ")"}
)
"""Look-alikes of what zsh would evaluate in a description, and Typer would take for markup."""


def _completion(choices: Callable[[Any, str], Iterable[Choice]]) -> Callable[[typer.Context, str], list[Choice]]:
    def complete(ctx: typer.Context, incomplete: str) -> list[Choice]:
        before, comma, last = incomplete.rpartition(",")
        try:
            with _index(ctx) as index:
                offered = list(choices(index, last))
        except Exception:  # a prompt is no place for a message
            return []
        wanted = last.casefold()
        chosen = [(f"{before}{comma}{name}", text) for name, text in offered if name.casefold().startswith(wanted)]
        return [(word, clean(text).translate(_STAND_INS)) for word, text in chosen if _WORD.fullmatch(word)]

    return complete


def _index(ctx: typer.Context) -> "Index":
    from talkstrack.index.fresh import open_index  # only who presses Tab pays for it
    from talkstrack.ledger.reading.find import find_ledger

    env: Env = ctx.obj
    ledger = find_ledger(ctx.params.get("ledger"), env.environ, env.cwd)
    return open_index(ledger.path, ledger.shown, cache=env.cache)


def _kinds(index: "Index", _: str) -> Iterable[Choice]:
    return ((name, kind.label or name) for name, kind in index.register.kinds.items())


def _parties(index: "Index", _: str) -> Iterable[Choice]:
    return ((code, party.name) for code, party in index.register.parties.items())


def _persons(index: "Index", _: str) -> Iterable[Choice]:
    return ((key, person.name) for key, person in index.register.persons.items())


def _sources(index: "Index", _: str) -> Iterable[Choice]:
    return ((key, source.publisher or source.url or key) for key, source in index.register.sources.items())


def _names(index: "Index", beginning: str) -> Iterable[Choice]:
    return (*_parties(index, beginning), *_persons(index, beginning), *_sources(index, beginning))


def _events(index: "Index", beginning: str) -> Iterable[Choice]:
    ids = index.ids(beginning)[:MOST]
    return [(event.id, event.title) for event in index.select(Query(id=ids)).events] if ids else []


def _scopes(index: "Index", _: str) -> Iterable[Choice]:
    for event in index.select(Query(kind=("agreement", "talks", "proposal"))).events:
        if event.kind != "proposal":
            yield event.id, event.title
        for name in dict.fromkeys(commitment.id for commitment in event.commitment):
            yield f"{event.id}/{name}", event.title


def _tags(index: "Index", _: str) -> Iterable[Choice]:
    return ((tag, "tag") for tag in index.tags())


kinds = _completion(_kinds)
parties = _completion(_parties)
persons = _completion(_persons)
sources = _completion(_sources)
names = _completion(_names)
events = _completion(_events)
scopes = _completion(_scopes)
tags = _completion(_tags)


def one_of(*choices: str, comma_list: bool = False) -> Callable[[typer.Context, str], list[str]]:
    """Complete one of a few words, or with `comma_list` the last of a list of them."""

    def complete(_ctx: typer.Context, incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",") if comma_list else ("", "", incomplete)
        words = [f"{before}{comma}{choice}" for choice in choices if choice.startswith(last)]
        return [word for word in words if _WORD.fullmatch(word)]

    return complete


def statuses(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete a status."""
    from talkstrack.model.event import STATUSES

    return one_of(*STATUSES, comma_list=True)(ctx, incomplete)
