"""Say which names mean nothing to the ledger, and what may have been meant."""

from collections.abc import Iterable, Iterator, Mapping

from talkstrack.errors import UsageError
from talkstrack.model.entries import Party, Person
from talkstrack.model.names import fold, nearest
from talkstrack.model.query import Query
from talkstrack.model.register import Register


def names_of(entries: Mapping[str, Party] | Mapping[str, Person]) -> dict[str, str]:
    """Return every code, id, name and alias of parties or persons, and whose it is."""
    return {name: key for key, entry in entries.items() for name in (key, entry.name, *entry.aliases)}


def notes(register: Register, ids: Iterable[str], query: Query) -> Iterator[str]:
    """Yield a line for each name of an empty result that no kind, party, person, source or event of the ledger has."""
    known = tuple(ids)
    parties, persons = names_of(register.parties), names_of(register.persons)
    for kind in query.kind:
        if kind not in register.kinds:
            yield _note(f"there is no kind `{kind}`", kind, register.kinds)
    for party in dict.fromkeys((*query.party, *query.to)):
        if register.party(party) is None and register.person(party) is None:
            yield _note(f"the register knows no party `{party}`", party, parties)
    for person in query.person:
        if register.person(person) is None:
            yield _note(f"the register knows no person `{person}`", person, persons)
    for name in query.by:
        if register.who(name) is None:
            everybody = (*parties, *persons, *register.sources)
            yield _note(f"the register knows nobody called `{name}`", name, everybody)
    for source in query.source:
        if source not in register.sources:
            yield _note(f"the register knows no source `{source}`", source, register.sources)
    for scope in query.under:
        event = scope.partition("/")[0]
        if event not in known:
            yield _note(f"there is no event `{event}`", event, known)


def _note(message: str, word: str, choices: Iterable[str]) -> str:
    near = _near(word, choices)
    return f"note: {message}; did you mean `{near}`?" if near else f"note: {message}"


def _near(word: str, choices: Iterable[str]) -> str | None:
    folded = {fold(choice): choice for choice in reversed(tuple(choices))}
    near = nearest(fold(word), folded)
    return folded[near] if near else None


def party_named(register: Register, option: str, name: str) -> str:
    """Return the side of a party, named by code, name or alias; raise UsageError with near misses."""
    if register.party(name) is not None:
        return register.side(name)
    near = _near(name, names_of(register.parties))
    sides = [code for code in register.parties if register.side(code) == code]
    hint = f"did you mean `{near}`?" if near else f"the register has {', '.join(sides[:12])}"
    raise UsageError(f"{option}: there is no party `{name[:80]}`", hint)
