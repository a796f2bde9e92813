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
    new = {id(one) for one in subjects}
    ids = {one.id for one in subjects}
    told = [found for found in order_faults([one for one in cards if one.id in ids], unread) if id(found[0]) in new]
    yield from told
    touched = ids | {ref.event for one in cards if one.id in ids for ref in one.references if ref.field == "part_of"}
    touched |= {one.id for one in cards if any(ref.event in ids for ref in one.references)}
    standing = _Links([one for one in cards if id(one) not in new], unread)
    before = {(one.id, fault) for one, fault in standing.faults(touched)}
    for one, fault in _Links(cards, unread).faults(touched):
        if (one.id, fault) not in before:
            yield one, fault


class _Links:
    """The events that hold: of each id the latest revision."""

    def __init__(self, cards: Iterable[References], unread: Container[str]) -> None:
        self.unread = unread
        self.cards = tuple(cards)
        self.latest: dict[str, References] = {}
        self.earlier: dict[str, list[References]] = {}
        for one in self.cards:
            before = self.latest.get(one.id)
            if before is None:
                self.latest[one.id] = one
                continue
            is_later = one.revision >= before.revision
            if is_later:
                self.latest[one.id] = one
            self.earlier.setdefault(one.id, []).append(before if is_later else one)
        self._slips: Suggestions | None = None

    def faults(self, ids: Container[str] | None = None) -> Iterator[Found]:
        """Find the faults of these events, or of all; of a doubled id both blocks are checked."""
        holding = [
            one
            for one in self.cards
            if not one.retracted and (ids is None or one.id in ids) and one.revision == self.latest[one.id].revision
        ]
        fine: set[tuple[str, str, tuple[Direction, ...]]] = set()
        for one in holding:
            for ref in one.references:
                key = (ref.target, ref.field, ref.feeds)
                if key in fine and one.id not in ref.target:
                    continue
                found = list(self._reference_faults(one, ref))
                if not found:
                    fine.add(key)
                yield from ((one, fault) for fault in found)
        lacking = [one for one in holding if one.missing]
        if lacking:
            wholes = self._wholes()
            for one in lacking:
                if (one.id, one.kind) not in wholes:
                    yield from ((one, _missing_facet(one, facet)) for facet in one.missing)
        yield from self._circles(holding, ("under", "part_of"))
        yield from self._circles(holding, ("replaces",))

    def _wholes(self) -> set[tuple[str, str]]:
        return {
            (ref.target, one.kind)
            for one in self.latest.values()
            if not one.retracted
            for ref in one.references
            if ref.path[0] == "part_of"
        }

    def _reference_faults(self, one: References, ref: Reference) -> Iterator[Fault]:
        event, slash, commitment = ref.target.partition("/")
        if slash and ref.field != "under":
            message = f"`{ref.field}` takes an event, not one of its commitments"
            yield Fault("unknown-event", ref.path, message, f'write "{event}"')
        elif event == one.id and _is_circular(ref):
            yield Fault("self-reference", ref.path, f"the event names itself in `{ref.field}`", "leave it out")
        elif (target := self.latest.get(event)) is None:
            if event not in self.unread:
                yield Fault("unknown-event", ref.path, f"there is no event {quoted(event)}", self._meant(event, one.id))
        elif target.retracted:
            message = f"{quoted(event)} is retracted, and `{ref.field}` still refers to it"
            hint = "name an event that stands, or take the reference out"
            yield Fault("retracted-referenced", ref.path, message, hint)
        elif ref.field == "under":
            earlier = self.earlier.get(event, [])
            yield from promise_faults(ref, target, commitment if slash else None, earlier)

    def _meant(self, event: str, own: str) -> str:
        if self._slips is None:
            self._slips = Suggestions({name: name for name, one in self.latest.items() if not one.retracted})
        near = tuple(name for name in self._slips.near(event) if name != own)
        if not near:
            near = tuple(
                f"{one.id}/{event}"
                for one in self.latest.values()
                if any(promise.id == event for promise in one.commitments)
            )[:3]
        return hints.meant_or(near, None) or "talkstrack timeline --long shows the ids"

    def _circles(self, holding: Iterable[References], fields: tuple[str, ...]) -> Iterator[Found]:
        above: dict[str, tuple[str, ...]] = {}
        waiting = list(holding)
        for one in waiting:  # grows by what is reached
            if one.id in above or not one.references:
                continue
            ties = tuple(ref.event for ref in _ties(one, fields) if ref.event != one.id)
            if ties:
                above[one.id] = ties
                reached = (self.latest.get(name) for name in ties if name not in above)
                waiting.extend(other for other in reached if other is not None and not other.retracted)
        for circle in cycles(above):
            one = next(one for one in waiting if (circle[0], circle[1]) in _steps(one, fields))
            ref = next(ref for ref in _ties(one, fields) if ref.event == circle[1])
            message = f"the references lead round in a circle: {' → '.join((*circle, circle[0]))}"
            yield one, Fault("reference-cycle", ref.path, message, f"take `{ref.field}` out of one of them")


def _steps(one: References, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one.id, ref.event) for ref in _ties(one, fields)]


def _is_circular(ref: Reference) -> bool:
    """Tell whether a reference to one's own event is nonsense; a claim or hand-over may name an own promise."""
    if ref.path[0] == "claim":
        return False
    return not (ref.path[0] == "transfer" and "/" in ref.target)


def _ties(one: References, fields: tuple[str, ...]) -> list[Reference]:
    return [ref for ref in one.references if ref.field in fields and ref.path[0] != "claim"]


_FACET_HINTS = {
    "transfer": 'to = "PARTY" and count, "unknown" where no figure is known',
    "commitment": 'id = "NAME", and what was promised',
    "deadline": 'to = "PARTY" and within = "P10D", or due = DATE',
    "office": 'person = "ID" and title = "TITLE"',
    "delegation": 'party = "PARTY"',
    "claim": 'by = "PARTY" and count, nth or fulfilled',
    "response": 'by = "PARTY" and answer = "rejected"',
}


def _missing_facet(one: References, facet: str) -> Fault:
    message = f"{_a(one.kind)} that was held needs {_a(facet)}"
    return Fault("missing-facet", ("kind",), message, f"add [[event.{facet}]] with {_FACET_HINTS[facet]}")


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in tuple('aeiou') else 'a'} {noun}"
