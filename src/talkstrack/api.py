"""An open ledger: what a query selects of it, what a report on that stands on, and a method for each report.

The command line stands on it, and so do notebooks: `talkstrack.open("events.toml").timeline(kind="exchange")`.
"""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Unpack

import msgspec

from talkstrack.errors import LedgerHasErrors, Problem
from talkstrack.index.fresh import Progress, open_index
from talkstrack.index.select import Index, Selection
from talkstrack.ledger.reading.find import LedgerPath, cache_folder, find_ledger
from talkstrack.model.dates.period import Period
from talkstrack.model.query import Day, Filters, Query, last_day, read_date, read_query

if TYPE_CHECKING:  # a command loads the report it prints, and JSON of events none
    from talkstrack.index.snapshots import Kept, Need
    from talkstrack.model.register import Register
    from talkstrack.reports import timeline as timeline_report
    from talkstrack.reports.agreements import Agreements
    from talkstrack.reports.brief import Brief
    from talkstrack.reports.claims import Claims
    from talkstrack.reports.deadlines import Deadlines
    from talkstrack.reports.delegations import Delegations
    from talkstrack.reports.event import Shown
    from talkstrack.reports.exchange_totals import Depth, Grouping
    from talkstrack.reports.exchanges import Exchanges, Units
    from talkstrack.reports.history import History
    from talkstrack.rules.snapshot import Snapshot


def open(path: str | Path, *, today: Day | None = None, use_index: bool = True) -> "Ledger":  # noqa: A001
    """Open a ledger. Use it in a `with`, or close it; raise LedgerError where there is none or it cannot be read.

    `today` is the day that reports are made for. Without `use_index` no index is kept of it.
    """
    clock = date.today()
    day = last_day("today", read_date("today", today, clock)) if today is not None else clock
    place = find_ledger(str(path), os.environ, Path.cwd())
    return open_ledger(place, day, cache_folder(os.environ) if use_index else None)


def open_ledger(place: LedgerPath, today: date, cache: Path | None, progress: Progress | None = None) -> "Ledger":
    """Open the ledger that was found here; `progress` is told how far its reading is."""
    return Ledger(open_index(place.path, place.shown, cache=cache, progress=progress), place, today)


class Ledger:
    """An open ledger.

    Each report is a method. It takes what `select` returned, or filters as keywords, or neither for all; its own
    options are keywords too. What adds up or compares raises LedgerHasErrors where the ledger has errors.
    """

    def __init__(self, index: Index, place: LedgerPath, today: date) -> None:
        self.index = index
        self.place = place
        self.today = today
        self._snapshots: Kept = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger's index."""
        self.index.close()

    @property
    def register(self) -> "Register":
        """The register of parties, persons, sources and kinds."""
        return self.index.register

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The ledger's errors: while there are any, what can be read is shown, and nothing is added up."""
        return self.index.problems

    def select(self, query: Query | None = None, /, **filters: Unpack[Filters]) -> Selection:
        """Return the events that a query, or filters as keywords, select."""
        query = read_query(filters, self.today) if query is None else query
        self.day(query.as_known)  # which must be one
        return self.index.select(query)

    def day(self, as_known: Period | None = None) -> date:
        """Return the day that a report is made for: the one the ledger is to be known on, else today."""
        return self.today if as_known is None else last_day("--as-known", as_known)

    def _read_known(self, as_known: Day | None) -> Period | None:
        return None if as_known is None else read_date("--as-known", as_known, self.today)

    def snapshot(self, selection: Selection | None = None, need: "Need" = "everything") -> "Snapshot":
        """Return what a report on a selection stands on: all events that hold on its day.

        Of a long ledger, what tells less than `everything` is given only what says the same of the selected events:
        these and what is linked to them.
        """
        from talkstrack.index.snapshots import snapshot_of

        day = self.day(selection.query.as_known if selection is not None else None).toordinal()
        return snapshot_of(self.index, selection, need, day, self._snapshots)

    def _chosen(self, selection: Selection | None, filters: Filters) -> Selection:
        return self.select(**filters) if selection is None else selection

    def _counted(self, selection: Selection | None, filters: Filters) -> Selection:
        if self.problems:
            raise LedgerHasErrors(self.place.shown, len(self.problems))
        return self._chosen(selection, filters)

    def timeline(
        self,
        selection: Selection | None = None,
        /,
        *,
        group: "timeline_report.Grouping" = "month",
        reverse: bool = False,
        **filters: Unpack[Filters],
    ) -> "timeline_report.Timeline":
        """Return the events in groups, with what matters most about each; a filter `text` searches them."""
        from talkstrack.reports.timeline import timeline

        chosen = self._chosen(selection, filters)
        snapshot, possible, total = self.snapshot(chosen, "events"), chosen.possible, chosen.total
        return timeline(snapshot, chosen.events, group=group, possible=possible, reverse=reverse, total=total)

    def search(self, text: str, /, **filters: Unpack[Filters]) -> "timeline_report.Timeline":
        """Return the events in which all these words stand."""
        filters["text"] = text
        return self.timeline(**filters)

    def delegations(
        self, selection: Selection | None = None, /, *, parties: Iterable[str] = (), **filters: Unpack[Filters]
    ) -> "Delegations":
        """Return who sat at the table, party by party; `parties` are codes of sides."""
        from talkstrack.reports.delegations import delegations

        chosen = self._counted(selection, filters)
        return delegations(self.snapshot(chosen), chosen.events, tuple(parties), possible=chosen.possible)

    def agreements(
        self, selection: Selection | None = None, /, *, commitment: str | None = None, **filters: Unpack[Filters]
    ) -> "Agreements":
        """Return each agreement with its commitments followed to their delivery; or one commitment, `EVENT-ID/ID`."""
        from talkstrack.reports.agreements import agreements

        chosen = self._counted(selection, filters)
        today = self.day(chosen.query.as_known).isoformat()
        return agreements(self.snapshot(chosen), chosen.events, today=today, only=commitment)

    def claims(
        self, selection: Selection | None = None, /, *, verdict: Iterable[str] = (), **filters: Unpack[Filters]
    ) -> "Claims":
        """Return every claim with its verdict, worst first; with a filter `by` the claims of these alone."""
        from talkstrack.reports.claims import claims

        chosen = self._counted(selection, filters)
        return claims(self.snapshot(chosen), chosen.events, only=tuple(verdict), by=chosen.query.by)

    def deadlines(
        self, selection: Selection | None = None, /, *, only_open: bool = False, **filters: Unpack[Filters]
    ) -> "Deadlines":
        """Return what is due, was met and lapsed, by its day."""
        from talkstrack.reports.deadlines import deadlines

        chosen = self._counted(selection, filters)
        today = self.day(chosen.query.as_known).isoformat()
        return deadlines(self.snapshot(chosen), chosen.events, only_open=only_open, today=today)

    def brief(self, selection: Selection | None = None, /, **filters: Unpack[Filters]) -> "Brief":
        """Return the ledger on one screen: last events, what is due, promised and disputed, and its health."""
        from talkstrack.ledger.checking.check import warnings
        from talkstrack.reports.brief import brief

        chosen = self._counted(selection, filters)
        snapshot, today = self.snapshot(chosen), self.day(chosen.query.as_known).isoformat()
        number = sum(1 for _ in warnings(snapshot))
        return brief(snapshot, chosen.events, today=today, errors=0, warnings=number)

    def exchanges(
        self,
        selection: Selection | None = None,
        /,
        *,
        what: "Units" = "people",
        group: "Grouping" = "agreement",
        account: str | None = None,
        accounts: bool = False,
        totals: bool = False,
        depth: "Depth" = "all",
        **filters: Unpack[Filters],
    ) -> "Exchanges":
        """Return the tally of hand-overs with running totals, claims beneath, and totals; `account` is a side.

        With `accounts` what each side alone tells stands beside it; with `totals` the report has these alone. Of a
        long ledger less `depth` takes less time: `claims` without what was promised, `figures` without claims too.
        """
        from talkstrack.reports.exchanges import exchanges

        chosen = self._counted(selection, filters)
        for enough in (True, False):
            snapshot = self.snapshot(chosen, ("tally" if depth == "claims" else "document") if enough else "everything")
            report = exchanges(
                snapshot,
                chosen.events,
                what=what,
                group=group,
                account=account,
                accounts=accounts,
                totals=totals,
                depth=depth,
                possible=chosen.possible,
            )
            if snapshot.elsewhere is None or report.is_within_agreements:
                break  # else the running totals are those of hand-overs that the snapshot does not have
        return report

    def show(self, *wanted: str, as_known: Day | None = None) -> "tuple[Shown, ...]":
        """Return events whole, each named by its id, a unique beginning of it, or its day; raise NoSuchEvent."""
        from talkstrack.index.lookup import standing_ids

        known = self._read_known(as_known)
        ids = standing_ids(self.index, wanted, self.day(known), known)
        selection = self.select(Query(id=ids, as_known=known))
        return self.shown(selection, self.beside(selection))

    def shown(self, selection: Selection, snapshot: "Snapshot") -> "tuple[Shown, ...]":
        """Return the selected events whole, in the order of the ids that were asked for."""
        from talkstrack.reports.event import show

        return tuple(show(snapshot, snapshot.by_id[name], self.index.revisions(name)) for name in selection.query.id)

    def beside(self, selection: Selection) -> "Snapshot":
        """Return what events shown whole stand on: also the agreements of their days, and the offices of a head."""
        if any(event.delegation for event in selection.events):
            return self.snapshot(selection)
        known = selection.query.as_known
        days = {day.edtf: day for event in selection.events if (day := event.when).earliest == day.latest}
        ids = [
            *selection.ids,
            *(name for day in days.values() for name in self.select(Query(on=day, as_known=known)).ids),
        ]
        return self.snapshot(self.select(Query(id=tuple(dict.fromkeys(ids)), as_known=known)), "events")

    def history(
        self,
        event: str | None = None,
        /,
        *,
        recorded_since: Day | None = None,
        as_known: Day | None = None,
        last: int | None = None,
    ) -> "History":
        """Return every revision of an event, withdrawn ones too, or of all: what was recorded, the newest last."""
        from talkstrack.index.lookup import event_id
        from talkstrack.model.dates.period import OPEN_START
        from talkstrack.reports.history import history

        known = self._read_known(as_known)
        since = None if recorded_since is None else read_date("recorded_since", recorded_since, self.today).first
        report = history(
            self.index.revisions(event_id(self.index, event)) if event is not None else self.index.history(),
            self.register,
            since=None if since is None else max(since, OPEN_START),
            until=None if known is None else self.day(known).toordinal(),
        )
        return report if last is None else msgspec.structs.replace(report, rows=report.rows[-last:])

    def check(self) -> tuple[Problem, ...]:
        """Return the errors and the warnings of the ledger as it stands now, in the order of their places."""
        from talkstrack.ledger.reading.checked import check

        return check(self.place, self.today).problems


def records(rows: Iterable[object]) -> list[dict[str, Any]]:
    """Return the rows of a report as plain tables, keys as in JSON: what `DataFrame` of pandas and polars takes."""
    return [msgspec.to_builtins(row) for row in rows]
