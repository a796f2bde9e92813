"""The sections of the tally: what was promised and where it stands above the rows, what counts under it below."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from talkstrack.model.counts import pretty
from talkstrack.model.event import What
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum
from talkstrack.render.text.document import Line, StyledText, Wrapped, line, wrapped
from talkstrack.render.words.accounts import each_way, tied_words
from talkstrack.render.words.figures import STATE_ROLES, figure_words, month_words
from talkstrack.render.words.promises import state_words
from talkstrack.reports.agreements import CommitmentRow
from talkstrack.reports.exchanges import Exchanges, HandOverRow
from talkstrack.rules.snapshot import Snapshot

WIDE = 120
"""From this width on the ids have a column of their own."""
INDENT = 12


class Sheet(NamedTuple):
    """What the parts of one table share: the report, its book, one unit and how it is to look."""

    report: Exchanges
    book: Snapshot
    what: What
    width: int
    long: bool
    commitments: Mapping[str, CommitmentRow]
    rows: tuple[HandOverRow, ...]
    digits: int

    @property
    def register(self) -> Register:
        """The register of the ledger."""
        return self.book.register

    @property
    def towards(self) -> tuple[str, ...]:
        """The directions, in the order of their columns."""
        return self.report.towards[self.what]

    @property
    def has_ids(self) -> bool:
        """Whether ids have a column."""
        return self.width >= WIDE

    @property
    def has_links(self) -> bool:
        """Whether what the rows are under has a column, because no section says it."""
        return self.has_ids and self.report.grouping != "agreement"

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the ledger's hand-overs are shown."""
        return len(self.rows) < self.report.known[self.what]


def section_title(sheet: Sheet, key: str) -> Iterator[Line | Wrapped]:
    """Yield what a section is: the commitment, what each side reads as promised, and where it stands."""
    if sheet.report.grouping == "none":
        return
    if sheet.report.grouping == "month":
        found = [one for one in sheet.report.totals if one.group == key and one.what == sheet.what]
        sums = {one.to: running_words(one.total) for one in found}
        yield line(StyledText(month_words(key) if key else "no date", "strong"), each_way(sums, sheet.towards))
        return
    commitment = sheet.commitments.get(key)
    if commitment is None:
        event = sheet.book.by_id.get(key)
        named = f" · {event.title}, no agreement named" if event else ""
        yield line((StyledText(key or "no agreement named", "strong"), named))
        return
    state = standing_words(commitment)
    readings = " · ".join(promise_words(commitment, sheet.register))
    right = StyledText(state, STATE_ROLES.get(commitment.state or "", ""))
    if len(key) + len(readings) + len(state) + 5 <= sheet.width:
        yield line((StyledText(key, "strong"), f" · {readings}" if readings else ""), right)
    else:
        yield line(StyledText(key, "strong"), right)
        yield wrapped(StyledText("   promised", "muted"), readings, INDENT)


def promise_words(commitment: CommitmentRow, register: Register) -> Iterator[str]:
    """Yield what each side reads as promised: `1,000+ each (RUS)`, `6,000 to UKR (RUS)`, `1,000 each way`."""
    counted = [one for one in commitment.readings if one.count is not None]
    for one in counted:
        assert one.count is not None
        to = f"to {one.to}" if one.to else ("each way" if len(counted) == 1 else "each")
        by = f" ({register.called(one.side)})" if one.side else ""
        yield f"{pretty(one.count.text)} {to}{by}"


def standing_words(commitment: CommitmentRow) -> str:
    """Return where a commitment stands: `met 2025-05-25`, or by direction where they differ."""
    told = {}
    for one in commitment.directions:
        met = f" {one.progress.met_on}" if one.progress.met_on else ""
        told[one.progress.to] = state_words(one.progress.state) + met
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    if {one.progress.state for one in commitment.directions} == {"met"}:
        return f"met {max(one.progress.met_on or '' for one in commitment.directions)}"
    return " · ".join(f"{to} {words}" for to, words in told.items())


def running_words(running: Sum) -> str:
    """Return a running total; where nothing in it is disclosed it is `0+`: nothing counted, and more that is hidden."""
    return figure_words(running) if running.state == "stated" else "0+"


def section_end(sheet: Sheet, key: str, inside: list[HandOverRow]) -> Iterator[Wrapped]:
    """Tell what was delivered under the commitment itself where that is not the sum of the rows."""
    commitment = sheet.commitments.get(key)
    if commitment is None:
        return
    if not sheet.report.account and any(tied_words(one, sheet.register, sheet.towards) for one in inside):
        sums = {one.progress.to: pretty(one.range.text) for one in commitment.directions}
        yield wrapped(
            StyledText("   in all", "muted"), f"{each_way(sums, sheet.towards)} under {key}{_ties(commitment)}", INDENT
        )
    for to in sheet.towards:
        cells = [cell for one in inside for cell in one.directions if cell.to == to]
        if cells and all(cell.tied is None for cell in cells):
            links = dict.fromkeys(link for cell in cells for one in cell.accounts for link in one.under if link)
            told = f"is tied to {', '.join(links)}, not to {key}" if links else f"is not tied to {key}"
            yield wrapped(StyledText("   but", "muted"), f"what went to {to} {told}", INDENT)


def _ties(commitment: CommitmentRow) -> str:
    """Return what each side ties to a commitment, where several do: ` (UKR ties 146, RUS ties 185)`."""
    told = {one.progress.to: one.progress.by_side for one in commitment.directions}
    words = {to: ", ".join(f"{side} ties {pretty(one.text)}" for side, one in by.items()) for to, by in told.items()}
    if all(len(by) < 2 for by in told.values()):
        return ""
    if len(set(words.values())) == 1:
        return f" ({next(iter(words.values()))})"
    return " (" + "; ".join(f"to {to} {text}" for to, text in words.items() if text) + ")"
