"""Check that ids stand once, and that revisions come as 1, 2, 3."""

from collections.abc import Container, Iterable, Iterator

from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.references import References
from talkstrack.model.convert import Fault


def order_faults(cards: Iterable[References], unread: Container[str]) -> Iterator[tuple[References, Fault]]:
    """Find ids that stand twice, and revisions out of order; cards in file order.

    Where a block of the id could not be read, nobody can tell whether a revision is missing.
    """
    latest: dict[str, References] = {}
    early: dict[str, References] = {}
    for one in cards:
        before = latest.get(one.id)
        if before is None:
            if one.revision > 1 and one.id not in unread:
                early[one.id] = one
        elif one.revision == 1:
            if one.id in early:
                found = early.pop(one.id)
                yield found, _before_first(found, one)
            elif one.id not in unread or before.revision == 1:
                yield one, _duplicate(one, before)
        elif one.revision == before.revision or (one.revision != before.revision + 1 and one.id not in unread):
            yield one, _out_of_order(one, before)
        if before is None or one.revision > before.revision:
            latest[one.id] = one
    yield from ((found, _without_first(found)) for found in early.values())


def _duplicate(one: References, before: References) -> Fault:
    message = f"{quoted(one.id)} stands already{_where(before)}"
    hint = "a correction says `revision = 2`, `because` and `recorded`; another event takes an id of its own"
    return Fault("duplicate-id", ("id",), message, hint)


def _out_of_order(one: References, before: References) -> Fault:
    following = before.revision + 1
    if one.revision == before.revision:
        message = f"revision {one.revision} of {quoted(one.id)} stands already{_where(before)}"
    elif one.revision < before.revision:
        message = f"revision {one.revision} of {quoted(one.id)} comes after revision {before.revision}{_where(before)}"
        return Fault("revision-order", ("revision",), message, "revisions stand in the order they were made")
    else:
        missing = f"there is no revision {following}"
        message = f"revision {one.revision} of {quoted(one.id)} follows revision {before.revision}: {missing}"
    return Fault("revision-order", ("revision",), message, f"write revision = {following}")


def _before_first(one: References, first: References) -> Fault:
    message = f"revision {one.revision} of {quoted(one.id)} comes before its first revision{_where(first)}"
    return Fault("revision-order", ("revision",), message, "move this block below it")


def _without_first(one: References) -> Fault:
    message = f"revision {one.revision} of {quoted(one.id)} has no first revision"
    hint = "leave `revision` out for a new event, or name the id of the one that is corrected"
    return Fault("revision-order", ("revision",), message, hint)


def _where(one: References) -> str:
    return f", in line {one.line}" if one.line else ""
