"""Find references between events that lead nowhere, to the wrong thing, to what was withdrawn, or round in a circle."""

from collections.abc import Container, Iterable, Iterator
from functools import cached_property

from talkstrack.errors import Hint
from talkstrack.ledger.checking.commitments import promise_faults
from talkstrack.ledger.checking.cycles import cycles
from talkstrack.ledger.checking.hints import meant_or, quoted
from talkstrack.ledger.checking.references import Direction, Reference, References
from talkstrack.ledger.checking.registry import also_finds, check
from talkstrack.model.convert import Fault
from talkstrack.model.names import Suggestions

CardFault = tuple[References, Fault]


class Links:
    """The events that hold: of each id the latest revision. With `ids`, checks find only the faults of these.

    References to an id of `unread`, a block with faults of its own, are not told.
    """

    def __init__(
        self, cards: Iterable[References], unread: Container[str] = (), ids: Container[str] | None = None
    ) -> None:
        self.unread = unread
        self.cards = tuple(cards)
        self.latest: dict[str, References] = {}
        self.earlier: dict[str, list[References]] = {}
        for card in self.cards:
            before = self.latest.get(card.id)
            if before is None:
                self.latest[card.id] = card
                continue
            is_later = card.revision >= before.revision
            if is_later:
                self.latest[card.id] = card
            self.earlier.setdefault(card.id, []).append(before if is_later else card)
        self.asked = tuple(
            card
            for card in self.cards
            if not card.retracted and (ids is None or card.id in ids) and card.revision == self.latest[card.id].revision
        )
        """The cards whose faults are asked for; of a doubled id both."""

    @cached_property
    def wholes(self) -> frozenset[tuple[str, str]]:
        """The ids of wholes, each with the kind of its held parts."""
        return frozenset(
            (ref.target, card.kind)
            for card in self.latest.values()
            if card.counts
            for ref in card.references
            if ref.path[0] == "part_of"
        )

    def meant(self, event: str, own: str) -> str:
        """Return the hint for an id that no event has."""
        near = tuple(name for name in self._suggestions.near(event) if name != own)
        if not near:
            near = tuple(
                f"{card.id}/{event}"
                for card in self.latest.values()
                if any(promise.id == event for promise in card.commitments)
            )[:3]
        return meant_or(near, None) or Hint("", "timeline", "--long", " shows the ids")

    @cached_property
    def _suggestions(self) -> Suggestions:
        return Suggestions({name: name for name, card in self.latest.items() if not card.retracted})


@check("missing-facet", "error", "an event lacks what its kind is there to tell")
def missing_facets(links: Links) -> Iterator[CardFault]:
    """The parts of a whole have for it what its kind needs."""
    for card in links.asked:
        for facet in card.missing if (card.id, card.kind) not in links.wholes else ():
            message = f"{_a(card.kind)} that was held needs {_a(facet)}"
            hint = f"add [[event.{facet}]] with {_FACET_HINTS[facet]}"
            yield card, Fault("missing-facet", ("kind",), message, hint)


@also_finds("unknown-commitment", "ambiguous-commitment", "unfit-commitment")
@check("unknown-event", "error", "a reference names an event that is not in the ledger")
@check(
    "retracted-referenced",
    "error",
    "a reference leads to an event that was retracted, or to a commitment it no longer has",
)
@check("self-reference", "error", "an entry refers to itself")
def references(links: Links) -> Iterator[CardFault]:
    """The same good reference is looked at once."""
    fine: set[tuple[str, str, tuple[Direction, ...]]] = set()
    for card in links.asked:
        for ref in card.references:
            key = (ref.target, ref.field, ref.feeds)
            if key in fine and card.id not in ref.target:
                continue
            faults = list(_reference_faults(links, card, ref))
            if not faults:
                fine.add(key)
            yield from ((card, fault) for fault in faults)


@check("reference-cycle", "error", "references lead round in a circle, so nothing stands at the top")
def circles(links: Links) -> Iterator[CardFault]:
    yield from _circles(links, ("under", "part_of"))
    yield from _circles(links, ("replaces",))


def _reference_faults(links: Links, card: References, ref: Reference) -> Iterator[Fault]:
    event, slash, commitment = ref.target.partition("/")
    if slash and ref.field != "under":
        message = f"`{ref.field}` takes an event, not one of its commitments"
        yield Fault("unknown-event", ref.path, message, f'write "{event}"')
    elif event == card.id and _is_circular(ref):
        yield Fault("self-reference", ref.path, f"the event names itself in `{ref.field}`", "leave it out")
    elif (target := links.latest.get(event)) is None:
        if event not in links.unread:
            yield Fault("unknown-event", ref.path, f"there is no event {quoted(event)}", links.meant(event, card.id))
    elif target.retracted:
        message = f"{quoted(event)} is retracted, and `{ref.field}` still refers to it"
        hint = "name an event that stands, or take the reference out"
        yield Fault("retracted-referenced", ref.path, message, hint)
    elif ref.field == "under":
        earlier = links.earlier.get(event, [])
        yield from promise_faults(ref, target, commitment if slash else None, earlier)


def _circles(links: Links, fields: tuple[str, ...]) -> Iterator[CardFault]:
    above: dict[str, tuple[str, ...]] = {}
    waiting = list(links.asked)
    for other in waiting:  # grows by what is reached
        if other.id in above or not other.references:
            continue
        ties = tuple(ref.event for ref in _ties(other, fields) if ref.event != other.id)
        if ties:
            above[other.id] = ties
            reached = (links.latest.get(name) for name in ties if name not in above)
            waiting.extend(other for other in reached if other is not None and not other.retracted)
    for circle in cycles(above):
        other, ref = next(
            (card, ref)
            for card in waiting
            if card.id == circle[0]
            for ref in _ties(card, fields)
            if ref.event == circle[1]
        )
        message = f"the references lead round in a circle: {' → '.join((*circle, circle[0]))}"
        yield other, Fault("reference-cycle", ref.path, message, f"take `{ref.field}` out of one of them")


def _is_circular(ref: Reference) -> bool:
    """Tell whether a reference to one's own event is nonsense; a claim or hand-over may name an own promise."""
    return ref.path[0] != "claim" and not (ref.path[0] == "transfer" and "/" in ref.target)


def _ties(card: References, fields: tuple[str, ...]) -> list[Reference]:
    return [ref for ref in card.references if ref.field in fields and ref.path[0] != "claim"]


_FACET_HINTS = {
    "transfer": 'to = "PARTY" and count, "unknown" where no figure is known',
    "commitment": 'id = "NAME", and what was promised',
    "deadline": 'to = "PARTY" and within = "P10D", or due = DATE',
    "office": 'person = "ID" and title = "TITLE"',
    "delegation": 'party = "PARTY"',
    "claim": 'by = "PARTY" and count, nth or fulfilled',
    "response": 'by = "PARTY" and answer = "rejected"',
}


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in tuple('aeiou') else 'a'} {noun}"
