"""Check the figures of one event: whose they are, and whether the parts add up."""

from collections.abc import Iterator

from talkstrack.ledger.checking.registry import check
from talkstrack.model.convert import Fault
from talkstrack.model.counts import Count, pretty
from talkstrack.model.event import Event
from talkstrack.model.facets import Transfer
from talkstrack.model.register import Register
from talkstrack.model.sums import is_compatible, total
from talkstrack.rules.accounts import figure, flows
from talkstrack.rules.directions import ResolvedTransfer, resolved
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally
from talkstrack.rules.wholes import is_whole, parts_below


@check(
    "mixed-accounts",
    "error",
    "some rows say whose figure it is and some do not, so they can be neither added nor set apart",
)
def mixed_accounts(event: Event, register: Register) -> Iterator[Fault]:
    if len({row.by is None for row in event.transfer}) < 2:
        return
    for flow in flows(Snapshot((event,), register, 0), event):
        silent = [row for account in flow.accounts if account.side is None for row in account.rows]
        rows = sum(len(account.rows) for account in flow.accounts)
        said = rows - len(silent)
        if silent and said:
            message = (
                f"{said} of {rows} rows of {flow.unit} to {flow.receiver} {'says' if said == 1 else 'say'}"
                " who gives the figure, this one does not"
            )
            hint = "write each side's whole account: `by` on every row of this direction, or on none"
            yield Fault("mixed-accounts", ("transfer", _place(event, silent[0])), message, hint)


@check("same-party", "error", "people are handed over from a party to itself")
def same_party(event: Event, register: Register) -> Iterator[Fault]:
    for position, row in enumerate(resolved(register, event)):
        if row.transfer.from_ is not None and row.giver == row.receiver and row.receiver in register.parties:
            message = f"`from` and `to` are both {row.receiver}"
            hint = "`from` is who hands over, `to` who receives; `from` may be left out"
            yield Fault("same-party", ("transfer", position, "from"), message, hint)


@check("parts-sum", "error", "the parts cannot add up to the count")
def parts_sum(event: Event, register: Register) -> Iterator[Fault]:
    for position, row in enumerate(event.transfer):
        if not row.parts or row.count.state != "stated":
            continue
        low, high = row.count.bounds
        parts = [part.bounds for part in row.parts.values()]
        least = sum(part[0] for part in parts)
        tops = [part[1] for part in parts]
        most = None if None in tops else sum(top or 0 for top in tops)
        if (high is None or least <= high) and (most is None or most >= low):
            continue
        made = f"at least {least:,}" if most is None else f"{least:,} to {most:,}"
        if least == most:
            made = f"{least:,}"
        if high is not None and least > high:
            off = f"{least - high:,} too many"
        else:
            off = f"{low - (most or 0):,} too few"
        message = f"the parts make {made}, the count is {pretty(row.count.text, ascii_only=True)}: {off}"
        yield Fault("parts-sum", ("transfer", position, "parts"), message, _mend(event, position, register))


def _mend(event: Event, position: int, register: Register) -> str:
    """Offer the one number that would make the sum right, the likeliest part first."""
    row = event.transfer[position]
    parts = row.parts or {}
    whole = _exact(row.count)
    known = {name: number for name, part in parts.items() if (number := _exact(part)) is not None}
    if whole is None or len(known) < len(parts):
        return "words that overlap go under `described_as`, which is never summed"
    short = whole - sum(known.values())
    mended = {name: number + short for name, number in known.items() if number + short >= 0}
    for other in event.transfer[:position] + event.transfer[position + 1 :]:
        for name, number in mended.items():
            if (other.parts or {}).get(name) is not None and _exact((other.parts or {})[name]) == number:
                elsewhere = register.party(other.to) != register.party(row.to)
                where = "in the other direction" if elsewhere else "in another account"
                return f"{name} = {number} would make {whole:,}, as {where} of this event"
    if short > 0 and len(parts) == 1:
        return f"other = {short} would make {whole:,}"
    if not mended:
        return f"count = {sum(known.values())} is what the parts make"
    name, number = list(mended.items())[-1]
    return f"{name} = {number} would make {whole:,}"


def _exact(count: Count) -> int | None:
    return count.best if count.best is not None and count.low == count.best == count.high else None


@check("added-rows", "warning", "rows of one side are added up that may be two reports of the same people")
def added_rows(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    if len(event.transfer) < 2:
        return
    for flow in flows(snapshot, event):
        for account in flow.accounts:
            for number, row in enumerate(account.rows):
                earlier = (other for other in account.rows[:number] if _may_be_same(other.transfer, row.transfer))
                if (other := next(earlier, None)) is not None:
                    yield _added(event, other, row)


def _may_be_same(row: Transfer, other: Transfer) -> bool:
    if (row.under, row.from_, row.described_as) != (other.under, other.from_, other.described_as):
        return False
    if row.by == other.by:
        return row.count == other.count and row.parts == other.parts
    return not (row.parts and other.parts) or not row.parts.keys().isdisjoint(other.parts)


def _added(event: Event, other: ResolvedTransfer, row: ResolvedTransfer) -> Fault:
    first, second = other.transfer, row.transfer
    both = pretty(total((first.count, second.count)).text, ascii_only=True)
    whose = f"{row.side}'s account" if row.side else "the account"
    if first.by == second.by:
        message = f"this row says what transfer {_place(event, other) + 1} says, and {whose} adds both: {both}"
    else:
        message = f"{whose} adds up {first.count.text} by {first.by} and {second.count.text} by {second.by}: {both}"
    hint = "if they are the same people keep one row; if not, tell the two apart by `parts` or `described_as`"
    return Fault("added-rows", ("transfer", _place(event, row)), f"{message} to {row.receiver}", hint)


def _place(event: Event, row: ResolvedTransfer) -> int:
    return next(place for place, transfer in enumerate(event.transfer) if transfer is row.transfer)


@check("whole-and-parts", "warning", "what is recorded of a whole and of its parts cannot both be true")
def whole_and_parts(snapshot: Snapshot, event: Event) -> Iterator[Fault]:
    if not (event.counts and event.transfer and is_whole(snapshot, event)):
        return
    below = tuple(snapshot.by_id[part] for part in parts_below(snapshot, event))
    for flow in flows(snapshot, event):
        parts, whole = tally(snapshot, flow.unit, flow.receiver, events=below), figure(flow)
        if parts.terms and not whole.undisclosed and not is_compatible(parts, whole):
            place = _place(event, flow.accounts[0].rows[0])
            message = (
                f"the whole says {pretty(whole.text)} to {flow.receiver}, its parts add up to {pretty(parts.text)}"
            )
            hint = "the total spans both until one is mended"
            yield Fault("whole-and-parts", ("transfer", place, "count"), message, hint)
