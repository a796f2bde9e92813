"""The tally in words: what it is called, its groups and promises, what each side says, and who ties what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from talkstrack.model.counts import pretty
from talkstrack.model.facets import Unit
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum
from talkstrack.render.words.figures import month_words, span_words
from talkstrack.render.words.promises import state_words

if TYPE_CHECKING:  # who shows an event has no use for the modules of all reports
    from talkstrack.reports.agreements import CommitmentRow
    from talkstrack.reports.exchanges import AccountFigure, Exchanges, FlowRow, HandOverRow, Section

TITLES = {"people": "Prisoner exchanges", "bodies": "Repatriations of bodies", "all": "Exchanges and bodies"}
FILTER_NOTE = "numbers and running totals are those of the whole ledger, every other total is over what is shown"


def title_words(report: Exchanges) -> str:
    """Return what the report is, and by whose account."""
    return TITLES[report.what] + (f" ({report.account})" if report.account else "")


def side_by_side_words(report: Exchanges) -> str:
    """Return what the report is where each side stands in a column of its own."""
    return f"{TITLES[report.what]}, side by side"


def held_words(report: Exchanges) -> str:
    """Return how many hand-overs are shown, of how many, and over which days."""
    when = span_words(report.first, report.last)
    return _held(sum(report.shown.values()), sum(report.known.values())) + (f" · {when}" if when else "")


def unit_words(report: Exchanges, unit: Unit) -> str:
    """Return how many hand-overs of one unit are shown, of how many."""
    return _held(report.shown[unit], report.known[unit])


def _held(shown: int, known: int) -> str:
    return f"{shown:,} held" if shown == known else f"{shown:,} of {known:,} held"


def nothing_words(report: Exchanges, unit: Unit) -> str:
    """Return what stands in the place of a table without rows."""
    return "None selected." if report.known[unit] else "Nothing of the kind is held."


def group_words(report: Exchanges, group: str) -> str:
    """Return what a group is called: its month, or what it is under."""
    if report.grouping == "month":
        return month_words(group) or "no date"
    return group or "no agreement named"


def section_words(report: Exchanges, section: Section) -> str:
    """Return what is told beside the name of a section that is no commitment: a title, or what a month comes to."""
    if report.grouping == "month":
        totals = [total for total in report.totals if total.group == section.key and total.what == section.what]
        running = {total.to: running_words(total.total) for total in totals}
        return each_way(running, report.receivers[section.what])
    return f" · {section.title}, no agreement named" if section.title is not None else ""


def promise_words(commitment: CommitmentRow, register: Register) -> Iterator[str]:
    """Yield what each side reads as promised: `1,000+ each (RUS)`, `6,000 to UKR (RUS)`, `1,000 each way`."""
    counted = [(reading, reading.count) for reading in commitment.readings if reading.count is not None]
    each = "each way" if len(counted) == 1 else "each"
    for reading, count in counted:
        by = f" ({register.called(reading.side)})" if reading.side else ""
        yield f"{pretty(count.text)} {f'to {reading.to}' if reading.to else each}{by}"


def standing_words(commitment: CommitmentRow) -> str:
    """Return where a commitment stands: `met 2025-05-25`, or by direction where they differ."""
    progress = [direction.progress for direction in commitment.directions]
    met_on = {direction.to: f" {direction.met_on}" if direction.met_on else "" for direction in progress}
    words = {direction.to: state_words(direction.state) + met_on[direction.to] for direction in progress}
    if len(set(words.values())) == 1:
        return next(iter(words.values()))
    if {direction.state for direction in progress} == {"met"}:
        return f"met {max(direction.met_on or '' for direction in progress)}"
    return " · ".join(f"{to} {state}" for to, state in words.items())


def running_words(running: Sum) -> str:
    """Return a running total; where nothing in it is disclosed it is `0+`: nothing counted, and more that is hidden."""
    return pretty(running.text) if running.state == "stated" else "0+"


def in_all_words(commitment: CommitmentRow, receivers: tuple[str, ...]) -> str:
    """Return what counts under a commitment: `390 each under agreement-1/prisoners (UKR ties 146, RUS ties 185)`."""
    delivered = {direction.progress.to: pretty(direction.range.text) for direction in commitment.directions}
    return f"{each_way(delivered, receivers)} under {commitment.reference}{_ties(commitment)}"


def _ties(commitment: CommitmentRow) -> str:
    """Return what each side ties to a commitment, where several do: ` (UKR ties 146, RUS ties 185)`."""
    by_side = {direction.progress.to: direction.progress.by_side for direction in commitment.directions}
    if all(len(sums) < 2 for sums in by_side.values()):
        return ""
    words = {to: ", ".join(f"{side} ties {pretty(s.text)}" for side, s in sums.items()) for to, sums in by_side.items()}
    if len(set(words.values())) == 1:
        return f" ({next(iter(words.values()))})"
    return " (" + "; ".join(f"to {to} {text}" for to, text in words.items() if text) + ")"


def untied_words(section: Section, receivers: tuple[str, ...]) -> Iterator[str]:
    """Yield each direction of which no row is tied to what the section is under, and what it is tied to."""
    for to in receivers:
        flows = [flow for row in section.rows for flow in row.directions if flow.to == to]
        if flows and all(flow.tied is None for flow in flows):
            links = dict.fromkeys(link for flow in flows for account in flow.accounts for link in account.under if link)
            elsewhere = f"is tied to {', '.join(links)}, not to" if links else "is not tied to"
            yield f"what went to {to} {elsewhere} {section.key}"


def each_way(figures: dict[str, str], receivers: tuple[str, ...]) -> str:
    """Return `390 each`, or `390 to UKR · 27 to RUS`."""
    if len(figures) == len(receivers) > 1 and len(set(figures.values())) == 1:
        return f"{next(iter(figures.values()))} each"
    return " · ".join(f"{text} to {to}" for to, text in figures.items())


def accounts_words(row: HandOverRow, register: Register, receivers: tuple[str, ...], *, every: bool = False) -> str:
    """Return what each side says where they differ (with `every`: always): `to UKR 1,245, says UKR · 1,248, says RUS`.

    A side that gives no figure is named beside one that does.
    """
    words = {flow.to: _figures(flow, register) for flow in row.directions if every or _differ(flow)}
    return _by_direction(words, receivers)


def outsiders(flow: FlowRow, register: Register) -> tuple[AccountFigure, ...]:
    """Return the accounts of those who belong to no party: as a rule the press."""
    return tuple([account for account in flow.accounts if account.side and account.side not in register.parties])


def outsiders_words(row: HandOverRow, register: Register) -> tuple[str, str]:
    """Return what those say of a hand-over who belong to no party, and what they are: `press`, `to UKR 84, says AP`."""
    accounts = {flow.to: outsiders(flow, register) for flow in row.directions}
    is_press = all(account.is_press for said in accounts.values() for account in said)
    words = {
        to: " · ".join(f"{pretty(account.figure.text)}, says {register.called(account.side or '')}" for account in said)
        for to, said in accounts.items()
        if said
    }
    return "press" if is_press else "others", "; ".join(f"to {to} {text}" for to, text in words.items())


def parts_words(row: HandOverRow, register: Register, receivers: tuple[str, ...], *, every: bool = False) -> str:
    """Return each side's categories where they differ: `to UKR 33 military + 51 civilian, says UKR · ...`."""
    words = {}
    for flow in row.directions:
        broken = [(_parts(account.parts), account) for account in flow.accounts if account.parts]
        if (every and broken) or len({parts for parts, _ in broken}) > 1:
            words[flow.to] = " · ".join(parts + _says(account, register) for parts, account in broken)
    return _by_direction(words, receivers)


def tied_words(row: HandOverRow, register: Register, receivers: tuple[str, ...]) -> str:
    """Return who ties a hand-over to its agreement, or how much of it, where that is contested or not all of it."""
    names = ", ".join(register.called(side) for side in row.tied_by if side)
    if row.tied_by and row.denied_by:
        return f"by {names}; denied by {', '.join(register.called(side) for side in row.denied_by)}"
    if not row.under or not is_partly_tied(row):
        return ""
    figures = {flow.to: pretty(flow.tied.text) if flow.tied is not None else "none" for flow in row.directions}
    return each_way(figures, receivers) + (f", says {names}" if names else "")


def is_partly_tied(row: HandOverRow) -> bool:
    """Whether a hand-over counts under its agreement with another figure than its own, by somebody's word."""
    return any(flow.tied is not None and flow.tied.text != flow.figure.text for flow in row.directions)


def sides_tying(row: HandOverRow, register: Register) -> tuple[str, ...]:
    """Return the sides that tie a hand-over to its agreement, where that is not undisputed."""
    sides = {account.side for flow in row.directions for account in flow.accounts if account.side in register.parties}
    is_undisputed = None in row.tied_by or sides <= set(row.tied_by)
    return () if is_undisputed else tuple(side for side in row.tied_by if side)


def is_seen_otherwise(row: HandOverRow) -> bool:
    """Whether a side sees the link of a hand-over otherwise than another, or ties only some of it."""
    return bool(row.tied_by) and (bool(row.denied_by) or is_partly_tied(row))


def tie_mark(row: HandOverRow, register: Register) -> str:
    """Return who ties a hand-over to its agreement: "" where it is undisputed, `*` where a side sees it otherwise."""
    names = ",".join(register.called(side) for side in sides_tying(row, register))
    return names + ("*" if is_seen_otherwise(row) else "")


def _differ(flow: FlowRow) -> bool:
    texts = {account.figure.text for account in flow.accounts}
    return len(texts) > 1 and any(account.figure.state == "stated" for account in flow.accounts)


def _figures(flow: FlowRow, register: Register) -> str:
    return " · ".join(_figure(account.figure) + _says(account, register) for account in flow.accounts)


def _figure(figure: Sum) -> str:
    return "no figure" if figure.state == "unknown" else pretty(figure.text)


def _says(account: AccountFigure, register: Register) -> str:
    if account.side is None:
        return ""
    who = register.called(account.side)
    return f" by {who}" if account.figure.state == "withheld" else f", says {who}"


def _parts(parts: dict[str, Sum]) -> str:
    return " + ".join(f"{pretty(count.text)} {name}" for name, count in parts.items())


def _by_direction(words: dict[str, str], receivers: tuple[str, ...]) -> str:
    if len(words) == len(receivers) > 1 and len(set(words.values())) == 1:
        return f"each way {next(iter(words.values()))}"
    return "; ".join(f"to {to} {text}" for to, text in words.items())
