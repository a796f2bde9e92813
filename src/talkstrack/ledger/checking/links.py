"""Check what events say of each other: ids, revisions, references, and what a new block would break."""

from collections.abc import Collection, Container, Iterable, Iterator

from talkstrack.ledger.checking import hints
from talkstrack.ledger.checking.commitments import promise_faults
from talkstrack.ledger.checking.cycles import cycles
from talkstrack.ledger.checking.hints import Suggestions, quoted
from talkstrack.ledger.checking.references import Direction, Reference, References
from talkstrack.ledger.checking.revisions import order_faults
from talkstrack.model.convert import Fault

Found = tuple[References, Fault]


def link_faults(
    cards: Iterable[References], subjects: Collection[References] | None = None, unread: Container[str] = ()
) -> Iterator[Found]:
    """Find what is wrong between events, given every card in file order; each fault comes with its card.

    With `subjects`, the new ones among the cards, only what they bring in: in them, and in events that refer to
    them. Then the other cards may be just those with the ids of the subjects, those that refer to these ids, and
    all that can be reached from any of them by references. References to an id of `unread`, a block with faults
    of its own, are not told.
    """
    cards = list(cards)
    if subjects is None:
        yield from order_faults(cards, unread)
        yield from _Links(cards, unread).faults()
        return
    new = {id(card) for card in subjects}
    ids = {card.id for card in subjects}
    faults = [
        found_fault
        for found_fault in order_faults([card for card in cards if card.id in ids], unread)
        if id(found_fault[0]) in new
    ]
    yield from faults
    touched = ids | {ref.event for card in cards if card.id in ids for ref in card.references if ref.field == "part_of"}
    touched |= {card.id for card in cards if any(ref.event in ids for ref in card.references)}
    standing = _Links([card for card in cards if id(card) not in new], unread)
    before = {(card.id, fault) for card, fault in standing.faults(touched)}
    for card, fault in _Links(cards, unread).faults(touched):
        if (card.id, fault) not in before:
            yield card, fault


class _Links:
    """The events that hold: of each id the latest revision."""

    def __init__(self, cards: Iterable[References], unread: Container[str]) -> None:
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
        self._slips: Suggestions | None = None

    def faults(self, ids: Container[str] | None = None) -> Iterator[Found]:
        """Find the faults of these events, or of all; of a doubled id both blocks are checked."""
        holding = [
            card
            for card in self.cards
            if not card.retracted and (ids is None or card.id in ids) and card.revision == self.latest[card.id].revision
        ]
        fine: set[tuple[str, str, tuple[Direction, ...]]] = set()
        for card in holding:
            for ref in card.references:
                key = (ref.target, ref.field, ref.feeds)
                if key in fine and card.id not in ref.target:
                    continue
                faults = list(self._reference_faults(card, ref))
                if not faults:
                    fine.add(key)
                yield from ((card, fault) for fault in faults)
        lacking = [card for card in holding if card.missing]
        if lacking:
            wholes = self._wholes()
            for card in lacking:
                if (card.id, card.kind) not in wholes:
                    yield from ((card, _missing_facet(card, facet)) for facet in card.missing)
        yield from self._circles(holding, ("under", "part_of"))
        yield from self._circles(holding, ("replaces",))

    def _wholes(self) -> set[tuple[str, str]]:
        return {
            (ref.target, card.kind)
            for card in self.latest.values()
            if not card.retracted
            for ref in card.references
            if ref.path[0] == "part_of"
        }

    def _reference_faults(self, card: References, ref: Reference) -> Iterator[Fault]:
        event, slash, commitment = ref.target.partition("/")
        if slash and ref.field != "under":
            message = f"`{ref.field}` takes an event, not one of its commitments"
            yield Fault("unknown-event", ref.path, message, f'write "{event}"')
        elif event == card.id and _is_circular(ref):
            yield Fault("self-reference", ref.path, f"the event names itself in `{ref.field}`", "leave it out")
        elif (target := self.latest.get(event)) is None:
            if event not in self.unread:
                yield Fault(
                    "unknown-event", ref.path, f"there is no event {quoted(event)}", self._meant(event, card.id)
                )
        elif target.retracted:
            message = f"{quoted(event)} is retracted, and `{ref.field}` still refers to it"
            hint = "name an event that stands, or take the reference out"
            yield Fault("retracted-referenced", ref.path, message, hint)
        elif ref.field == "under":
            earlier = self.earlier.get(event, [])
            yield from promise_faults(ref, target, commitment if slash else None, earlier)

    def _meant(self, event: str, own: str) -> str:
        if self._slips is None:
            self._slips = Suggestions({name: name for name, card in self.latest.items() if not card.retracted})
        near = tuple(name for name in self._slips.near(event) if name != own)
        if not near:
            near = tuple(
                f"{card.id}/{event}"
                for card in self.latest.values()
                if any(promise.id == event for promise in card.commitments)
            )[:3]
        return hints.meant_or(near, None) or "talkstrack timeline --long shows the ids"

    def _circles(self, holding: Iterable[References], fields: tuple[str, ...]) -> Iterator[Found]:
        above: dict[str, tuple[str, ...]] = {}
        waiting = list(holding)
        for other in waiting:  # grows by what is reached
            if other.id in above or not other.references:
                continue
            ties = tuple(ref.event for ref in _ties(other, fields) if ref.event != other.id)
            if ties:
                above[other.id] = ties
                reached = (self.latest.get(name) for name in ties if name not in above)
                waiting.extend(other for other in reached if other is not None and not other.retracted)
        for circle in cycles(above):
            other = next(one for one in waiting if (circle[0], circle[1]) in _steps(one, fields))
            ref = next(ref for ref in _ties(other, fields) if ref.event == circle[1])
            message = f"the references lead round in a circle: {' → '.join((*circle, circle[0]))}"
            yield other, Fault("reference-cycle", ref.path, message, f"take `{ref.field}` out of one of them")


def _steps(card: References, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(card.id, ref.event) for ref in _ties(card, fields)]


def _is_circular(ref: Reference) -> bool:
    """Tell whether a reference to one's own event is nonsense; a claim or hand-over may name an own promise."""
    if ref.path[0] == "claim":
        return False
    return not (ref.path[0] == "transfer" and "/" in ref.target)


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


def _missing_facet(card: References, facet: str) -> Fault:
    message = f"{_a(card.kind)} that was held needs {_a(facet)}"
    return Fault("missing-facet", ("kind",), message, f"add [[event.{facet}]] with {_FACET_HINTS[facet]}")


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in tuple('aeiou') else 'a'} {noun}"
