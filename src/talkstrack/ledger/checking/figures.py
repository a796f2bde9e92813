"""Check the figures of one event: whose they are, and whether the parts add up."""

from collections.abc import Iterator

from talkstrack.model.convert import Fault
from talkstrack.model.counts import Count, pretty
from talkstrack.model.event import Event, Transfer
from talkstrack.model.register import Register


def what_of(event: Event, row: Transfer, register: Register) -> str:
    """Return what a hand-over counts: as it says, else as the kind implies, else people."""
    return row.what or register.unit_of(event.kind)


def groups(event: Event, register: Register) -> dict[tuple[str, str], list[int]]:
    """Return the positions of the transfers by direction and by what they count."""
    found: dict[tuple[str, str], list[int]] = {}
    for position, row in enumerate(event.transfer):
        key = (register.side(row.to), what_of(event, row, register))
        found.setdefault(key, []).append(position)
    return found


def mixed_accounts(event: Event, register: Register) -> Iterator[Fault]:
    """Find groups of rows where some say who gives the figure and some do not."""
    if len({row.by is None for row in event.transfer}) < 2:
        return
    for (to, what), positions in groups(event, register).items():
        silent = [position for position in positions if event.transfer[position].by is None]
        if not silent or len(silent) == len(positions):
            continue
        said = len(positions) - len(silent)
        message = (
            f"{said} of {len(positions)} rows of {what} to {to} {'says' if said == 1 else 'say'}"
            " who gives the figure, this one does not"
        )
        hint = "write each side's whole account: `by` on every row of this direction, or on none"
        yield Fault("mixed-accounts", ("transfer", silent[0]), message, hint)


def same_party(event: Event, register: Register) -> Iterator[Fault]:
    """Find people handed over from a party to itself."""
    for position, row in enumerate(event.transfer):
        if row.from_ is None:
            continue
        code = register.party(row.from_)
        if code is not None and code == register.party(row.to):
            message = f"`from` and `to` are both {code}"
            hint = "`from` is who hands over, `to` who receives; `from` may be left out"
            yield Fault("same-party", ("transfer", position, "from"), message, hint)


def parts_sum(event: Event, register: Register) -> Iterator[Fault]:
    """Find parts that cannot add up to their count."""
    for position, row in enumerate(event.transfer):
        if not row.parts or row.count.state != "stated":
            continue
        low, high = _bounds(row.count)
        parts = [_bounds(part) for part in row.parts.values()]
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


def _bounds(count: Count) -> tuple[int, int | None]:
    """Bound a count; "about" is read as up to a fifth more or less, since here only the impossible counts."""
    if count.state != "stated":
        return 0, None
    if count.best is not None and count.low is None and count.high is None:
        slack = max(1, count.best // 5)
        return max(0, count.best - slack), count.best + slack
    return count.low or 0, count.high


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


def commitment_conflict(event: Event, register: Register) -> Iterator[Fault]:
    """Find a commitment that one side reads twice for the same direction."""
    if len(event.commitment) < 2:
        return
    seen: dict[tuple[str, str | None, str | None], list[str | None]] = {}
    for position, row in enumerate(event.commitment):
        side = register.side(row.by) if row.by else None
        to = (register.party(row.to) or row.to) if row.to else None
        before = seen.setdefault((row.id, side, row.what), [])
        if any(to is None or other is None or to == other for other in before):
            whose = f"by {side}" if side else "by no side in particular"
            message = f"`{row.id}` {f'to {to}' if to else 'each way'} is promised twice {whose}"
            hint = "another side's reading says `by`; another promise takes an id of its own"
            yield Fault("commitment-conflict", ("commitment", position), message, hint)
        before.append(to)
