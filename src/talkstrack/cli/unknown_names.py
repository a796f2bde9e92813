"""Say which names mean nothing to the ledger, and what may have been meant."""

from collections.abc import Callable, Iterable, Iterator, Mapping

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
    everybody = (*parties, *persons, *register.sources)
    asked: tuple[tuple[Iterable[str], Callable[[str], object], str, Iterable[str]], ...] = (
        (query.kind, register.kinds.get, "there is no kind", register.kinds),
        ((*query.party, *query.to), lambda name: register.party(name) or register.person(name),
         "the register knows no party", parties),
        (query.person, register.person, "the register knows no person", persons),
        (query.by, register.who, "the register knows nobody called", everybody),
        (query.source, register.sources.get, "the register knows no source", register.sources),
        ([scope.partition("/")[0] for scope in query.under], known.__contains__, "there is no event", known),
    )  # fmt: skip
    for names, find, message, choices in asked:
        for name in dict.fromkeys(names):
            if not find(name):
                near = _near(name, choices)
                yield f"note: {message} `{name}`" + (f"; did you mean `{near}`?" if near else "")


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
