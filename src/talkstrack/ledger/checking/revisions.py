"""Check that ids stand once, and that revisions come as 1, 2, 3."""

from collections.abc import Container, Iterable, Iterator

from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.references import References
from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault
from talkstrack.model.event import Event
from talkstrack.model.register import Register


@check("duplicate-id", "error", "an id stands twice without a revision, so a reference to it means two events")
@check("revision-order", "error", "the revisions of an event are not 1, 2, 3 in this order, so which one holds is open")
def order_faults(cards: Iterable[References], unread: Container[str]) -> Iterator[tuple[References, Fault]]:
    """Find ids that stand twice, and revisions out of order; cards in file order.

    Where a block of the id could not be read, nobody can tell whether a revision is missing.
    """
    latest: dict[str, References] = {}
    early: dict[str, References] = {}
    for card in cards:
        before = latest.get(card.id)
        if before is None:
            if card.revision > 1 and card.id not in unread:
                early[card.id] = card
        elif card.revision == 1:
            if card.id in early:
                revision = early.pop(card.id)
                yield revision, _before_first(revision, card)
            elif card.id not in unread or before.revision == 1:
                yield card, _duplicate(card, before)
        elif card.revision == before.revision or (card.revision != before.revision + 1 and card.id not in unread):
            yield card, _out_of_order(card, before)
        if before is None or card.revision > before.revision:
            latest[card.id] = card
    yield from ((revision, _without_first(revision)) for revision in early.values())


def _duplicate(card: References, before: References) -> Fault:
    message = f"{quoted(card.id)} stands already{_where(before)}"
    hint = "a correction says `revision = 2`, `because` and `recorded`; another event takes an id of its own"
    return Fault("duplicate-id", ("id",), message, hint)


def _out_of_order(card: References, before: References) -> Fault:
    following = before.revision + 1
    if card.revision == before.revision:
        message = f"revision {card.revision} of {quoted(card.id)} stands already{_where(before)}"
    elif card.revision < before.revision:
        message = (
            f"revision {card.revision} of {quoted(card.id)} comes after revision {before.revision}{_where(before)}"
        )
        return Fault("revision-order", ("revision",), message, "revisions stand in the order they were made")
    else:
        missing = f"there is no revision {following}"
        message = f"revision {card.revision} of {quoted(card.id)} follows revision {before.revision}: {missing}"
    return Fault("revision-order", ("revision",), message, f"write revision = {following}")


def _before_first(card: References, first: References) -> Fault:
    message = f"revision {card.revision} of {quoted(card.id)} comes before its first revision{_where(first)}"
    return Fault("revision-order", ("revision",), message, "move this block below it")


def _without_first(card: References) -> Fault:
    message = f"revision {card.revision} of {quoted(card.id)} has no first revision"
    hint = "leave `revision` out for a new event, or name the id of the one that is corrected"
    return Fault("revision-order", ("revision",), message, hint)


def _where(card: References) -> str:
    return f", in line {card.line}" if card.line else ""


@check("revision-incomplete", "error", "a revision does not say why or when, so the past could not be replayed")
def revision_incomplete(event: Event, _register: Register) -> Iterator[Fault]:
    if event.revision == 1:
        return
    missing = [name for name in ("because", "recorded") if getattr(event, name) is None]
    if missing:
        needs = " and ".join(f"`{name}`" for name in missing)
        wanted = {"because": "why it was changed", "recorded": "the day it was changed"}
        hint = f"say {' and '.join(wanted[name] for name in missing)}"
        yield Fault("revision-incomplete", ("revision",), f"revision {event.revision} needs {needs}", hint)
