"""Totals of generated ledgers against an independent tally that tries every number the accounts allow."""

from datetime import date
from typing import Any, NamedTuple

import msgspec
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute import TOP, Agreement, Bounds, Brute, Form, Hand, Promise, Row, standing
from ledgers import HEADER, TODAY, bounds
from talkstrack.ledger.checking.check import event_faults, link_faults
from talkstrack.ledger.checking.references import references_of
from talkstrack.model.event import Event, read_event
from talkstrack.model.facets import Unit
from talkstrack.model.register import Register, read_register
from talkstrack.model.sums import Sum, add
from talkstrack.reports.exchange_totals import Grouping
from talkstrack.reports.exchanges import Exchanges, exchanges
from talkstrack.rules.accounts import figure, flows
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally, terms

REGISTER: Register = read_register(tomli.loads(HEADER))[0]
PUBLISHED = {"liga": "2025-07-23"}
SPEAKERS = {"UKR": "UKR", "CHQ": "UKR", "umerov": "UKR", "RUS": "RUS", "medinsky": "RUS"}
UNITS: tuple[Unit, ...] = ("people", "bodies")
SIDES = ("UKR", "RUS")
ACCOUNTS = (None, "UKR", "RUS", "tass")
DAYS = ("2025-06-01", "2025-06-15", "2025-07-01", "2025-07-23", "2025-08-02", "2025-09-01")


class Made(NamedTuple):
    """A generated ledger."""

    agreements: tuple[Agreement, ...]
    revisions: tuple[Hand, ...]

    @property
    def scopes(self) -> tuple[str, ...]:
        promises = [f"{one.id}/{promise.id}" for one in self.agreements for promise in one.promises]
        wholes = [one.id for one in self.revisions if one.id in ("w", "v")]
        return ("talks", *(one.id for one in self.agreements), *promises, *wholes)

    def events(self) -> list[Event]:
        talks = {"id": "talks", "kind": "talks", "title": "talks", "date": "2025-05"}
        tables = [talks, *(one.table() for one in self.agreements), *(one.table() for one in self.revisions)]
        return [event_of(table) for table in tables]

    def book(self, day: str | None = None) -> Snapshot:
        number = date.fromisoformat(day).toordinal() if day else None
        return Snapshot(current_revisions(self.events(), REGISTER, number), REGISTER, TODAY.toordinal())

    def brute(self, day: str | None = None) -> Brute:
        return Brute(self.agreements, standing(self.revisions, PUBLISHED, day), {**SPEAKERS, "tass": "tass"})


def event_of(table: dict[str, Any]) -> Event:
    event, faults = read_event(table)
    assert event is not None, faults
    return event


# Generated ledgers

HIDDEN = (Form("withheld", 0, TOP, True), Form("unknown", 0, TOP, True))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Make a small count of any form, with the numbers it allows."""
    low, width = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    stated = (
        Form(str(low), low, low), Form(f"{low}+", low, TOP), Form(f">{low}", low + 1, TOP), Form(f"<={low}", 0, low),
        Form(f"~{low}", 0, TOP), Form(f"{low}..{low + width}", low, low + width),
        Form(f"{low} ({low}..{low + width})", low, low + width), Form(f"{low} (..{low + width})", 0, low + width),
    )  # fmt: skip
    exact = Form(str(low), low, low)
    return draw(st.sampled_from((exact, exact, *stated, *HIDDEN)))


@st.composite
def accounts(draw: st.DrawFn, what: str, to: str, made: tuple[Agreement, ...]) -> tuple[Row, ...]:
    """Make the rows of one direction: nobody's, or of up to three sides, each with one or two rows."""
    fitting = [
        f"{one.id}/{promise.id}"
        for one in made
        for promise in one.promises
        if promise.what == what and promise.to in (None, to)
    ]
    link = st.sampled_from((None, None, "", "talks", *(one.id for one in made), *fitting))
    if draw(st.booleans()):
        speakers: list[str | None] = [None]
    else:
        sides = (("UKR", "CHQ", "umerov"), ("RUS", "medinsky"), ("tass",))
        chosen = draw(st.lists(st.sampled_from(sides), min_size=1, max_size=3, unique=True))
        speakers = [draw(st.sampled_from(names)) for names in chosen]
    return tuple(
        Row(to, by, draw(forms()), draw(link)) for by in speakers for _ in range(draw(st.sampled_from((1, 1, 2))))
    )


@st.composite
def agreements(draw: st.DrawFn, place: int) -> Agreement:
    """Make an agreement with commitments of which never two fit the same unit and direction."""
    choices = st.sampled_from(((), (None,), ("UKR",), ("UKR", "RUS")))
    promises = [Promise(f"{what}-{to or 'each'}".lower(), what, to) for what in UNITS for to in draw(choices)] or [
        Promise("people-each", "people", None)
    ]
    return Agreement(f"a{place}", tuple(promises), draw(st.sampled_from((None, "talks"))))


@st.composite
def hands(
    draw: st.DrawFn, event_id: str, made: tuple[Agreement, ...], wholes: tuple[str, ...], *, is_whole: bool
) -> Hand:
    """Make one revision of a hand-over."""
    kind = "exchange" if is_whole else draw(st.sampled_from(("exchange", "exchange", "repatriation")))
    what = "people" if kind == "exchange" else "bodies"
    towards = draw(st.sampled_from((("UKR",), ("UKR", "RUS"), ("RUS",))))
    first = draw(st.sampled_from(DAYS))
    return Hand(
        id=event_id,
        kind=kind,
        rows=tuple(row for to in towards for row in draw(accounts(what, to, made))),
        first="2025-06-01" if is_whole else first,
        last="2025-09-01" if is_whole else first,
        status=draw(st.sampled_from(("held",) * 5 + ("planned", "disputed"))),
        link=draw(st.sampled_from((None, None, "talks", *(one.id for one in made)))),
        part_of=draw(st.sampled_from((None, *wholes))),
        source=draw(st.sampled_from((None, None, "liga", "tass"))),
        recorded=draw(st.sampled_from((None, None, *DAYS))),
    )


@st.composite
def ledgers(draw: st.DrawFn, *, with_wholes: bool = True, with_revisions: bool = True) -> Made:
    """Make a ledger of one to three agreements and up to eight hand-overs, some revised, some withdrawn."""
    made = tuple(draw(agreements(place)) for place in range(draw(st.integers(1, 3))))
    wholes = draw(st.sampled_from(((), ("w",), ("w", "v")))) if with_wholes else ()
    plain = [f"x{place}" for place in range(draw(st.integers(0, 8 - len(wholes))))]
    revisions: list[Hand] = []
    for event_id in (*wholes, *plain):
        above = wholes if event_id in plain else ("w",) if event_id == "v" else ()
        one = draw(hands(event_id, made, above, is_whole=event_id in wholes))
        revisions.append(one)
        for number in range(2, 2 + (draw(st.sampled_from((0, 0, 0, 1, 2))) if with_revisions else 0)):
            later = draw(hands(event_id, made, above, is_whole=event_id in wholes))
            is_retracted = event_id in plain and draw(st.booleans())
            day = max(draw(st.sampled_from(DAYS)), revisions[-1].known(PUBLISHED))
            revisions.append(later._replace(revision=number, recorded=day, kind=one.kind, retracted=is_retracted))
            if later.kind != one.kind:
                revisions[-1] = revisions[-1]._replace(rows=one.rows)
    return Made(made, tuple(draw(st.permutations(revisions))) if with_revisions else tuple(revisions))


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def every_total(
    snapshot: Snapshot, scopes: tuple[str | None, ...]
) -> dict[tuple[str, str, str | None, str | None], Bounds]:
    return {
        (what, to, scope, account): bounds(tally(snapshot, what, to, scope=scope, account=account))
        for what in UNITS
        for to in SIDES
        for scope in scopes
        for account in ACCOUNTS
    }


def every_brute(brute: Brute, scopes: tuple[str | None, ...]) -> dict[tuple[str, str, str | None, str | None], Bounds]:
    return {
        (what, to, scope, account): brute.total(what, to, scope, account)
        for what in UNITS
        for to in SIDES
        for scope in scopes
        for account in ACCOUNTS
    }


def differences(one: dict[Any, Bounds], other: dict[Any, Bounds]) -> dict[Any, tuple[Bounds, Bounds]]:
    return {key: (one[key], other[key]) for key in one if one[key] != other[key]}


@settings(QUICK, max_examples=150)
@given(ledgers())
def test_every_total_has_the_bounds_that_the_accounts_allow(made: Made) -> None:
    scopes = (None, *made.scopes)
    assert differences(every_total(made.book(), scopes), every_brute(made.brute(), scopes)) == {}


@QUICK
@given(ledgers(with_revisions=False))
def test_generated_ledgers_are_without_fault(made: Made) -> None:
    """The ledgers these properties speak of pass `check`, but for links to agreements that promise nothing alike."""
    events = made.events()
    faults = [fault for event in events for fault in event_faults(event, REGISTER)]
    faults += [fault for _, fault in link_faults([references_of(event, REGISTER) for event in events])]
    assert [fault for fault in faults if fault.slug != "unfit-commitment"] == []


@QUICK
@given(ledgers())
def test_rival_accounts_are_never_summed(made: Made) -> None:
    for event in made.book().events:
        for group in flows(made.book(), event) if event.transfer else ():
            disclosed = [one.figure for one in group.accounts if one.is_disclosed]
            if disclosed:
                found = figure(group)
                highs = [one.high for one in disclosed]
                assert found.low == min(one.low for one in disclosed)
                assert found.high == (None if None in highs else max(high or 0 for high in highs))
                assert found.disclosed_high == max(one.disclosed_high for one in disclosed)


@QUICK
@given(ledgers())
def test_every_total_holds_together(made: Made) -> None:
    snapshot = made.book()
    for scope in (None, *made.scopes):
        for account in ACCOUNTS:
            found = tally(snapshot, "people", "UKR", scope=scope, account=account)
            assert found.low <= found.disclosed_low <= found.disclosed_high
            assert found.high is None or found.disclosed_high <= found.high
            assert found.best is None or (found.low <= found.best and (found.high is None or found.best <= found.high))
            assert found.high is None or not (found.undisclosed or found.open)
            assert 0 <= found.undisclosed <= found.terms
            if found.state == "stated":
                assert found.text.endswith("+") == bool(found.undisclosed or found.open)


@QUICK
@given(ledgers(with_wholes=False))
def test_undisclosed_hand_overs_are_told_and_counted(made: Made) -> None:
    snapshot, brute = made.book(), made.brute()
    for what in UNITS:
        for to in SIDES:
            for scope in (None, *made.scopes):
                found = tally(snapshot, what, to, scope=scope)
                leaves = brute.leaves(what, to, scope, None)
                hidden = sum(one.rank == 0 for one in leaves.values())
                assert (found.terms, found.undisclosed) == (len(leaves), hidden)


# Reports


def totals_of(report: Exchanges, *, grouped: bool) -> dict[tuple[str, str], Sum]:
    found: dict[tuple[str, str], list[Sum]] = {}
    for one in report.totals:
        if (one.group is not None) is grouped:
            found.setdefault((one.what, one.to), []).append(one.total)
    return {key: add(sums) for key, sums in found.items()}


def report_of(snapshot: Snapshot, group: Grouping, account: str | None = None) -> Exchanges:
    return exchanges(snapshot, snapshot.events, what="all", group=group, account=account)


@QUICK
@given(ledgers(with_wholes=False), st.sampled_from(ACCOUNTS))
def test_months_events_and_agreements_come_to_the_same(made: Made, account: str | None) -> None:
    snapshot = made.book()
    plain = totals_of(report_of(snapshot, "none", account), grouped=False)
    for what in UNITS:
        for to in SIDES:
            if (what, to) in plain:
                assert plain[what, to] == tally(snapshot, what, to, account=account)
                assert plain[what, to] == add(one.figure for one in terms(snapshot, what, to, account=account))
    for group in ("month", "agreement"):
        report = report_of(snapshot, group, account)
        assert totals_of(report, grouped=False) == plain
        grouped = totals_of(report, grouped=True)
        assert grouped == {key: one for key, one in plain.items() if key in grouped}
        assert all(one.terms == 0 for key, one in plain.items() if key not in grouped)
        cells = [cell for row in report.rows for cell in row.directions]
        assert len({row.id for row in report.rows}) == len(report.rows)
        assert sum(cell.figure.low for cell in cells) == sum(one.low for one in plain.values())


@QUICK
@given(ledgers(), st.data(), st.sampled_from(ACCOUNTS), st.sampled_from(("agreement", "month", "none")))
def test_a_filter_never_changes_a_row(made: Made, data: st.DataObject, account: str | None, group: Grouping) -> None:
    snapshot = made.book()
    chosen = tuple(event for event in snapshot.events if data.draw(st.booleans()))
    may = frozenset(event.id for event in chosen if data.draw(st.booleans()))
    everything = {row.id: row for row in report_of(snapshot, group, account).rows}
    report = exchanges(snapshot, chosen, what="all", group=group, account=account, possible=may)
    ids = {event.id for event in chosen}
    expected = [msgspec.structs.replace(row, is_possible=key in may) for key, row in everything.items() if key in ids]
    assert list(report.rows) == expected


@QUICK
@given(ledgers(with_wholes=False), st.data())
def test_what_may_fall_inside_adds_to_the_high_end_alone(made: Made, data: st.DataObject) -> None:
    snapshot = made.book()
    may = frozenset(event.id for event in snapshot.events if data.draw(st.booleans()))
    report = exchanges(snapshot, snapshot.events, what="all", group="none", possible=may)
    sure = tuple(event for event in snapshot.events if event.id not in may)
    for one in report.totals:
        inside = tally(snapshot, one.what, one.to, events=sure)
        whole = tally(snapshot, one.what, one.to)
        assert (one.total.low, one.total.high) == (inside.low, whole.high)


# Time


@QUICK
@given(ledgers(with_revisions=False), st.data())
def test_retracting_one_event_changes_exactly_its_totals(made: Made, data: st.DataObject) -> None:
    if not made.revisions:
        return
    gone = data.draw(st.sampled_from([one for one in made.revisions if one.id not in ("w", "v")] or made.revisions))
    if gone.id in ("w", "v"):
        return
    after = made._replace(revisions=(*made.revisions, gone._replace(revision=2, recorded="2025-09-01", retracted=True)))
    scopes = (None, *made.scopes)
    assert differences(every_total(after.book(), scopes), every_brute(after.brute(), scopes)) == {}
    snapshot, later = made.book(), after.book()
    for what in UNITS:
        for to in SIDES:
            for scope in scopes:
                own = [one for one in terms(snapshot, what, to, scope=scope) if one.flow.event.id == gone.id]
                was, now = tally(snapshot, what, to, scope=scope), tally(later, what, to, scope=scope)
                if not any(one.id in ("w", "v") for one in made.revisions):
                    assert add((now, *(one.figure for one in own))) == was
                elif not own and gone.part_of is None:
                    assert now == was


@QUICK
@given(ledgers(), st.sampled_from(DAYS))
def test_an_earlier_day_gives_the_earlier_totals_back(made: Made, day: str) -> None:
    scopes = (None, *made.scopes)
    known = tuple(one for one in made.revisions if one.known(PUBLISHED) <= day)
    replayed = made.book(day)
    assert [(event.id, event.revision) for event in replayed.events] == [
        (event.id, event.revision) for event in made._replace(revisions=known).book().events
    ]
    totals = every_total(replayed, scopes)
    assert differences(totals, every_total(made._replace(revisions=known).book(), scopes)) == {}
    assert differences(totals, every_brute(made.brute(day), scopes)) == {}
