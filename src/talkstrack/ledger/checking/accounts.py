"""Look at figures that may say less, or more, than was meant."""

from collections.abc import Iterator

from talkstrack.ledger.checking.figures import groups
from talkstrack.ledger.checking.hints import quoted
from talkstrack.ledger.checking.view import View
from talkstrack.model.convert import Fault
from talkstrack.model.counts import pretty
from talkstrack.model.event import Claim, Event, Transfer
from talkstrack.model.sums import total


def added_rows(event: Event, view: View) -> Iterator[Fault]:
    """Find rows of one side that are added up, and may be two reports of the same people."""
    if len(event.transfer) < 2:
        return
    register = view.register
    for (to, _), positions in groups(event, register).items():
        before: dict[str | None, list[int]] = {}
        for position in positions:
            row = event.transfer[position]
            side = register.side(row.by) if row.by else None
            earlier = before.setdefault(side, [])
            for other in earlier:
                if _may_be_same(event.transfer[other], row):
                    yield _added(event, other, position, to, side)
                    break
            earlier.append(position)


def _may_be_same(one: Transfer, other: Transfer) -> bool:
    if (one.under, one.from_, one.described_as) != (other.under, other.from_, other.described_as):
        return False
    if one.by == other.by:
        return one.count == other.count and one.parts == other.parts
    return not (one.parts and other.parts) or not one.parts.keys().isdisjoint(other.parts)


def _added(event: Event, other: int, position: int, to: str, side: str | None) -> Fault:
    one, row = event.transfer[other], event.transfer[position]
    both = total((one.count, row.count))
    shown = pretty(both.text, ascii_only=True)
    whose = f"{side}'s account" if side else "the account"
    if one.by == row.by:
        message = f"this row says what transfer {other + 1} says, and {whose} adds both: {shown} to {to}"
    else:
        message = f"{whose} adds up {one.count.text} by {one.by} and {row.count.text} by {row.by}: {shown} to {to}"
    hint = "if they are the same people keep one row; if not, tell the two apart by `parts` or `described_as`"
    return Fault("added-rows", ("transfer", position), message, hint)


def mixed_readings(event: Event, view: View) -> Iterator[Fault]:
    """Find a commitment that some read with a side and some without, for the same direction."""
    if len(event.commitment) < 2:
        return
    register = view.register
    for position, row in enumerate(event.commitment):
        if row.by is not None:
            continue
        to = register.party(row.to) if row.to else None
        for other in event.commitment:
            toward = register.party(other.to) if other.to else None
            if other.id == row.id and other.by is not None and (to is None or toward is None or to == toward):
                message = f"{quoted(row.id)} has a reading by {other.by}, and this one by nobody"
                hint = "say whose reading this is with `by`, or leave the other out"
                yield Fault("mixed-readings", ("commitment", position), message, hint)
                break


def claim_without_scope(event: Event, view: View) -> Iterator[Fault]:
    """Find a claim that nothing in the ledger can be held against."""
    if event.under is not None:
        return
    for position, claim in enumerate(event.claim):
        if claim.under or claim.since or claim.series or claim.described_as or _is_about_event(claim, event, view):
            continue
        field = "nth" if claim.nth else "fulfilled" if claim.count is None else "count"
        message = "the claim says neither `under` nor `since`, and this event has nothing to hold it against"
        hint = 'say what it covers: under = "EVENT", or since = DATE; a numbering of their own has `series`'
        yield Fault("claim-without-scope", ("claim", position, field), message, hint)


def _is_about_event(claim: Claim, event: Event, view: View) -> bool:
    if claim.nth is not None:
        return False
    if event.id in view.wholes:
        return True
    return bool(event.commitment if claim.fulfilled is not None else event.transfer)
