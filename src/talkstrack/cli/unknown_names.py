"""Say which names of a query mean nothing to the ledger, for a result that is empty."""

from collections.abc import Iterable, Iterator

from talkstrack.model.names import fold, nearest
from talkstrack.model.query import Query
from talkstrack.model.register import Register


def notes(register: Register, ids: Iterable[str], query: Query) -> Iterator[str]:
    """Yield a line for each name that no kind, party, person, source or event of the ledger has."""
    known = tuple(ids)
    parties = [name for code, one in register.parties.items() for name in (code, one.name, *one.aliases)]
    persons = [name for key, one in register.persons.items() for name in (one.name, key, *one.aliases)]
    names = (*parties, *persons, *register.sources)
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
            yield _note(f"the register knows nobody called `{name}`", name, names)
    for source in query.source:
        if source not in register.sources:
            yield _note(f"the register knows no source `{source}`", source, register.sources)
    for scope in query.under:
        event = scope.partition("/")[0]
        if event not in known:
            yield _note(f"there is no event `{event}`", event, known)


def _note(message: str, word: str, choices: Iterable[str]) -> str:
    folded = {fold(one): one for one in reversed(tuple(choices))}
    near = nearest(fold(word), folded)
    return f"note: {message}; did you mean `{folded[near]}`?" if near else f"note: {message}"
