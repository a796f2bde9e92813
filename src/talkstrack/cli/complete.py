"""Complete ids, kinds, parties, people, sources and tags from the ledger; what goes wrong completes to nothing."""

from collections.abc import Callable, Iterable
from typing import Any

import typer

from talkstrack.cli.env import Env

Choice = tuple[str, str]
Completion = Callable[[typer.Context, str], "list[Choice] | list[str]"]


def _completion(choices: Callable[[Any], Iterable[Choice]]) -> Callable[[typer.Context, str], list[Choice]]:
    def complete(ctx: typer.Context, incomplete: str) -> list[Choice]:
        before, comma, last = incomplete.rpartition(",")
        try:
            found = list(choices(_ledger(ctx)))
        except Exception:  # a prompt is no place for a message
            return []
        wanted = last.casefold()
        return [(f"{before}{comma}{name}", text) for name, text in found if name.casefold().startswith(wanted)]

    return complete


def _ledger(ctx: typer.Context) -> Any:
    from talkstrack.ledger.find import find_ledger  # only who presses Tab pays for it
    from talkstrack.ledger.read import load

    env: Env = ctx.obj
    found = find_ledger(ctx.params.get("ledger"), env.environ, env.cwd)
    return load(found.path, found.shown)


def _kinds(ledger: Any) -> Iterable[Choice]:
    return ((name, kind.label or name) for name, kind in ledger.register.kinds.items())


def _parties(ledger: Any) -> Iterable[Choice]:
    return ((code, party.name) for code, party in ledger.register.parties.items())


def _persons(ledger: Any) -> Iterable[Choice]:
    return ((key, person.name) for key, person in ledger.register.persons.items())


def _sources(ledger: Any) -> Iterable[Choice]:
    return ((key, source.publisher or source.url or key) for key, source in ledger.register.sources.items())


def _names(ledger: Any) -> Iterable[Choice]:
    return (*_parties(ledger), *_persons(ledger), *_sources(ledger))


def _events(ledger: Any) -> Iterable[Choice]:
    return {event.id: event.title for event in ledger.events}.items()


def _scopes(ledger: Any) -> Iterable[Choice]:
    for event in ledger.events:
        if event.commitment or event.kind == "talks":
            yield event.id, event.title
        for name in dict.fromkeys(one.id for one in event.commitment):
            yield f"{event.id}/{name}", event.title


def _tags(ledger: Any) -> Iterable[Choice]:
    return ((tag, "tag") for tag in sorted({tag for event in ledger.events for tag in event.tags}))


kinds = _completion(_kinds)
parties = _completion(_parties)
persons = _completion(_persons)
sources = _completion(_sources)
names = _completion(_names)
events = _completion(_events)
scopes = _completion(_scopes)
tags = _completion(_tags)


def statuses(_ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete a status."""
    from talkstrack.model.event import STATUSES

    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{one}" for one in STATUSES if one.startswith(last)]
