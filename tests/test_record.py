"""The figures of the shipped ledger, by its reports and by plain arithmetic on numbers copied from the record."""

from datetime import date
from itertools import product

import pytest

from ledgers import TODAY, Bounds, bounds, found, said, shipped, shipped_snapshot, texts, without
from talkstrack.model.dates.period import Span
from talkstrack.model.facets import Unit
from talkstrack.reports.agreements import DirectionRow, commitment_row
from talkstrack.reports.claims import claims
from talkstrack.reports.deadlines import deadlines
from talkstrack.reports.delegations import delegations
from talkstrack.reports.exchanges import exchanges
from talkstrack.rules.accounts import figure, figure_in_scope, flows, stated_categories
from talkstrack.rules.answers import answers_to
from talkstrack.rules.delegations import offices_on
from talkstrack.rules.directions import receivers
from talkstrack.rules.known import known_from
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally

MAY = (390, 307, 303)
JUNE_UKR = (1212, 1200, 1200, 1200, 1245)
JUNE_RUS = (1212, 1200, 1200, 1200, 1248)
JUNE_BACK = (27, 0, 0, 0, 51)
LATER_2025 = (1000, 1000, 1000, 1000, 1000, 1003)
LATER_2025_BACK = (19, 19, 24, 31, 30, 26)
IN_2026 = (1000, 1000)
IN_2026_BACK = (38, 35)
STAGES = (
    "2025-06-09", "2025-06-10", "2025-06-12", "2025-06-14", "2025-06-19", "2025-06-20", "2025-06-26", "2025-07-04",
    "2025-07-23",
)  # fmt: skip
SCOPES = (None, "istanbul", "agreement-1", "agreement-2/prisoners", "agreement-2/bodies", "agreement-3")
WHATS: tuple[Unit, ...] = ("people", "bodies")
END_OF_2025 = Span(last=date(2025, 12, 31).toordinal())


def total(what: Unit, to: str, scope: str | None = None, account: str | None = None) -> Bounds:
    """Return the bounds of one total of the shipped ledger."""
    return bounds(tally(shipped_snapshot(), what, to, scope=scope, account=account))


def followed(reference: str, to: str) -> DirectionRow:
    """Return one direction of a commitment of the shipped ledger."""
    row = commitment_row(shipped_snapshot(), reference)
    return next(one for one in row.directions if one.progress.to == to)


def exact(number: int) -> Bounds:
    """Return the bounds of a total that is told exactly."""
    return number, number


def test_the_shipped_ledger_has_no_error() -> None:
    assert [str(one) for one in shipped().problems] == []
    assert len(shipped().events) == len(shipped_snapshot().events) == 91


@pytest.mark.parametrize("to", ["UKR", "RUS"])
def test_agreement_1_is_1000_each_way_over_three_days(to: str) -> None:
    assert sum(MAY) == 1000 == 880 + 120 == (270 + 307 + 303) + 120
    assert total("people", to, "agreement-1/prisoners") == exact(1000)
    report = exchanges(shipped_snapshot(), shipped_snapshot().events)
    rows = [row for row in report.rows if row.group == "agreement-1/prisoners"]
    assert [(row.date.edtf, row.number) for row in rows] == [("2025-05-23", 1), ("2025-05-24", 2), ("2025-05-25", 3)]
    cells = [cell for row in rows for cell in row.directions if cell.to == to]
    assert [cell.figure.text for cell in cells] == ["390", "307", "303"]
    assert [cell.running.text for cell in cells] == ["390", "697", "1000"]
    found = next(one for one in report.totals if one.group == "agreement-1/prisoners" and one.to == to)
    assert texts(found.parts) == {"military": "880", "civilian": "120"}
    met = followed("agreement-1/prisoners", to).progress
    assert (met.state, met.met_on, met.days) == ("met", "2025-05-25", 25 - 16)


def test_june_bodies_are_a_range_and_one_figure_by_each_side() -> None:
    assert (sum(JUNE_UKR), sum(JUNE_RUS), sum(JUNE_BACK)) == (6057, 6060, 78)
    assert total("bodies", "UKR", "agreement-2/bodies") == (6057, 6060)
    assert total("bodies", "UKR", "agreement-2/bodies", "UKR") == exact(6057)
    assert total("bodies", "UKR", "agreement-2/bodies", "RUS") == exact(6060)
    assert [total("bodies", "RUS", "agreement-2/bodies", side) for side in (None, "UKR", "RUS")] == [exact(78)] * 3
    to_ukraine, to_russia = (followed("agreement-2/bodies", to).progress for to in ("UKR", "RUS"))
    assert (to_ukraine.state, to_ukraine.met_on) == ("met", "2025-06-16")
    assert [(one.side, said(one.promised), one.state) for one in to_russia.readings] == [
        ("UKR", "6000", "open"),
        ("RUS", None, None),
    ]
    assert to_russia.state == "disputed"


def test_the_bodies_of_17_july_are_istanbul_s_for_russia_alone_and_counted_once() -> None:
    report = exchanges(shipped_snapshot(), shipped_snapshot().events, what="bodies")
    row = next(one for one in report.rows if one.id == "repatriation-2025-07-17")
    assert (row.tied_by, row.denied_by, row.group) == (("RUS",), ("UKR",), "istanbul")
    assert [(cell.to, cell.figure.text) for cell in row.directions] == [("UKR", "1000"), ("RUS", "19")]
    russian = sum(JUNE_RUS) + 1000 + 4 * 1000 + 1000
    assert russian == 12060
    assert total("bodies", "UKR", "istanbul", "RUS") == exact(russian)
    assert total("bodies", "UKR", "istanbul", "UKR") == exact(sum(JUNE_UKR))
    assert total("bodies", "UKR", "istanbul") == (russian - 3 - 1000, russian)


def test_all_bodies() -> None:
    snapshot = shipped_snapshot()
    low, high, back = sum(JUNE_UKR + LATER_2025), sum(JUNE_RUS + LATER_2025), sum(JUNE_BACK + LATER_2025_BACK)
    assert (low, high, back) == (12060, 12063, 227)
    assert bounds(tally(snapshot, "bodies", "UKR", span=END_OF_2025)) == (low, high)
    assert bounds(tally(snapshot, "bodies", "RUS", span=END_OF_2025)) == exact(back)
    assert (low + sum(IN_2026), high + sum(IN_2026), back + sum(IN_2026_BACK)) == (14060, 14063, 300)
    assert total("bodies", "UKR") == (14060, 14063)
    assert total("bodies", "RUS") == exact(300)
    assert len(exchanges(snapshot, snapshot.events, what="bodies").rows) == 5 + 6 + 2


def test_the_nine_stages_hold_their_holes() -> None:
    snapshot = shipped_snapshot()
    report = exchanges(snapshot, snapshot.events)
    rows = [row for row in report.rows if row.group == "agreement-2/prisoners"]
    assert [(row.number, row.date.edtf) for row in rows] == list(enumerate(STAGES, 1))
    for to in ("UKR", "RUS"):
        one = tally(snapshot, "people", to, scope="agreement-2/prisoners")
        assert (one.text, one.terms, one.undisclosed, one.low, one.best, one.high) == ("~250+", 9, 8, 0, None, None)
    first = {
        group.receiver: [account.figure.state for account in group.accounts]
        for group in flows(snapshot, snapshot.by_id[rows[0].id])
    }
    assert first == {"UKR": ["withheld", "unknown"], "RUS": ["unknown"]}
    states = {row.reference: row.state for row in (commitment_row(snapshot, "agreement-2/prisoners"),)}
    assert states == {"agreement-2/prisoners": "disputed"}


def test_the_claims_beside_the_nine_stages() -> None:
    rows = claims(shipped_snapshot(), shipped_snapshot().events).rows
    here = [row for row in rows if row.event == "exchange-2025-07-23"]
    assert {(row.by, said(row.count) or row.nth or row.fulfilled, row.to): row.verdict for row in here} == {
        ("zelenskyy", 9, None): "agrees",
        ("zelenskyy", ">1000", "UKR"): "possible",
        ("medinsky", "~1200", "UKR"): "possible",
        ("medinsky", "~1200", "RUS"): "possible",
        ("medinsky", ">2400", None): "possible",
        ("medinsky", True, None): "denied",
    }
    assert [[(denial.by, denial.date) for denial in row.finding.denials] for row in here if row.fulfilled] == [
        [("yusov", "2025-07-28"), ("CHQ", "2025-08-19")]
    ]


def test_every_slip_of_a_source_is_told_and_changes_nothing() -> None:
    """3,012 and the third of RFE/RL, 79 of MENAFN, TRT's three, the eighth, the seventh, 200 for 300, Trump."""
    rows = claims(shipped_snapshot(), shipped_snapshot().events, only=("above", "below")).rows
    told = {(row.by, row.event[-10:]): (row.verdict, row.finding.recorded, row.finding.position) for row in rows}
    recorded = {key: (one, bounds(total) if total else place) for key, (one, total, place) in told.items()}
    assert (1212 + 1200, 27 + 51, 3 + 8) == (2412, 78, 11)
    assert recorded == {
        ("rferl-2025-06-13", "2025-06-13"): ("above", 2),
        ("menafn-2025-06-21", "06-21-more"): ("above", exact(78)),
        ("trt-2025-06-15", "2025-06-15"): ("below", 4),
        ("moscow-times-2025-07-04", "2025-07-04"): ("below", 11),
        ("deepnewz", "2025-07-04"): ("below", 8),
        ("newpostafrica-2026-03-06", "2026-03-06"): ("below", exact(300)),
        ("trump", "2025-05-23"): ("above", None),
    }
    assert bounds(found(shipped_snapshot(), "repatriation-2025-06-13").recorded) == exact(2412)


def test_galuzin_s_round_totals() -> None:
    rows = [row for row in claims(shipped_snapshot(), shipped_snapshot().events).rows if row.by == "galuzin"]
    assert (sum(JUNE_RUS + LATER_2025), sum(JUNE_BACK + LATER_2025_BACK)) == (12063, 227)
    military = 880 + 84 + 146 + 185
    told = {
        (said(row.count), row.what, row.to): (row.verdict, row.finding.recorded and row.finding.recorded.text)
        for row in rows
    }
    assert told == {
        ("~12000", "bodies", "UKR"): ("agrees", "12063"),
        ("~200", "bodies", "RUS"): ("agrees", "227"),
        ("~2300", "people", "RUS"): ("possible", f"{military}+"),
        ("~2400", "people", "UKR"): ("possible", f"{military}+"),
        ("170", "people", "RUS"): ("possible", f"{120 + 8}..{120 + 8 + 20}+"),
        ("170", "people", "UKR"): ("possible", f"{120}..{120 + 8}+"),
    }


@pytest.mark.parametrize("to", ["UKR", "RUS"])
def test_agreement_3_is_told_as_each_side_tells_it(to: str) -> None:
    row = followed("agreement-3/prisoners", to)
    assert (row.progress.delivered.text, row.progress.state) == (str(146 + 185), "open")
    assert texts(row.progress.by_side) == {"UKR": "146", "RUS": "185"}
    assert [one.event for one in row.untied] == ["exchange-2025-08-14"]
    assert bounds(row.at_most) == exact(84 + 146 + 185) == exact(415)
    promises = [(one.side, said(one.promised), one.delivered.text, one.state) for one in row.progress.readings]
    assert promises == [("RUS", "1200+", "185", "open"), ("UKR", ">1200", "146", "open")]


def test_the_offer_of_3000_bodies_is_met_on_23_october() -> None:
    one = followed("agreement-3/bodies", "UKR").progress
    days = date(2025, 10, 23) - date(2025, 7, 23)
    assert (one.state, one.met_on, one.days) == ("met", "2025-10-23", days.days)
    assert one.delivered.text == str(5 * 1000)


def test_14_august_is_84_each_way_in_rival_parts() -> None:
    own = {
        group.receiver: group for group in flows(shipped_snapshot(), shipped_snapshot().by_id["exchange-2025-08-14"])
    }
    assert {to: figure(group).text for to, group in own.items()} == {"UKR": str(33 + 51), "RUS": "84"}
    assert [(one.side, one.figure.text) for one in own["UKR"].accounts] == [("UKR", "84"), ("RUS", "84")]
    assert texts(stated_categories(own["UKR"])) == {"military": "33..84", "civilian": "0..51"}
    assert texts(stated_categories(own["UKR"], "UKR")) == {"military": "33", "civilian": "51"}
    assert texts(stated_categories(own["UKR"], "RUS")) == {"military": "84"}


def test_24_august_and_2_october_hold_their_ranges() -> None:
    """146 to 154 each way to Ukraine on 24 August; 185 and 0 to 20 civilians to Russia on 2 October."""
    report = exchanges(shipped_snapshot(), shipped_snapshot().events)
    cells = {(row.id, cell.to): cell for row in report.rows for cell in row.directions}
    both = [bounds(cells[key, "UKR"].figure) for key in ("exchange-2025-08-24", "exchange-2025-08-24-civilians")]
    assert both == [exact(146), (0, 8)]
    assert (cells["exchange-2025-08-24-civilians", "RUS"].figure.text, 146 + 8) == ("8", 154)
    assert bounds(cells["exchange-2025-10-02", "UKR"].figure) == exact(185 + 20)
    assert bounds(cells["exchange-2025-10-02", "RUS"].figure) == (185, 205)
    assert [(one.side, one.under) for one in cells["exchange-2025-08-24", "UKR"].accounts] == [
        ("RUS", ()),
        ("UKR", ("agreement-3/prisoners",)),
    ]


def test_all_prisoners_and_what_is_not_disclosed() -> None:
    """Every row of the record's section 3 with a figure, the about 250 of stage 9, and eight holes."""
    floor = {
        "UKR": 205 + 1000 + 84 + 146 + 0 + 205 + 157 + 200 + 302,
        "RUS": 205 + 1000 + 84 + 146 + 8 + 185 + 160 + 500,
    }
    spread = {"UKR": 8, "RUS": 20}
    for to in ("UKR", "RUS"):
        one = tally(shipped_snapshot(), "people", to)
        counted = floor[to] + 250, floor[to] + 250 + spread[to]
        assert (one.low, one.high, one.disclosed_low, one.disclosed_high) == (floor[to], None, *counted)
        assert (one.terms, one.undisclosed, one.approximate) == (20, 8, True)
    assert floor == {"UKR": 2299, "RUS": 2288}


def test_the_delegations_over_three_rounds() -> None:
    report = delegations(shipped_snapshot(), shipped_snapshot().events, ("UKR", "RUS"))
    ukraine, russia = report.rows
    grid = {row.person: row.presence for row in ukraine.members}
    present, silent = "listed", "unknown"
    stayed, unsaid = (present, present, present), (present, silent, present)
    assert grid == {
        **dict.fromkeys(("umerov", "kyslytsia", "poklad", "luhovskyi", "skibitskyi"), stayed),
        **dict.fromkeys(("shevchenko", "diakov", "sherikhov", "bevz"), unsaid),
        **dict.fromkeys(("shynkarov", "kuzmychov"), (present, silent, silent)),
        "malovatskyi": (present, "left", "absent"),
        **dict.fromkeys(("kovbasa", "ostrianskyi"), ("absent", "joined", present)),
    }
    sizes = [(one.named, said(one.size)) if one else None for one in ukraine.sizes]
    assert sizes == [(12, "12"), (5 + 2, None), (11, "14")]
    assert {row.presence for row in russia.members} == {stayed}
    assert [(one.named, said(one.size)) if one else None for one in russia.sizes] == [(8, "8")] * 3
    assert [row.person for row in (*ukraine.members, *russia.members) if row.is_head] == ["umerov", "medinsky"]


def test_the_posts_of_the_delegates() -> None:
    report = delegations(shipped_snapshot(), shipped_snapshot().events, ("UKR", "RUS"))
    assert {row.name: row.offices for party in report.rows for row in party.members} == {
        "Rustem Umerov": ("Minister of Defence", "Secretary of the NSDC"),
        "Serhii Kyslytsia": ("First Deputy Foreign Minister",),
        "Oleksandr Poklad": ("Deputy Head, SBU",),
        "Oleh Luhovskyi": ("First Deputy Head, Foreign Intelligence",),
        "Vadym Skibitskyi": ("Deputy Chief, Military Intelligence",),
        "Oleksii Shevchenko": ("Deputy Chief, General Staff",),
        "Yevhenii Shynkarov": ("Deputy Chief of Staff, Air Force Command",),
        "Oleksandr Diakov": ("Deputy Chief of Staff, Navy Command",),
        "Oleksandr Sherikhov": ("Senior officer, Main Operational Directorate",),
        "Heorhii Kuzmychov": ("Protocol officer",),
        "Oleksandr Bevz": ("Adviser to the head of the President's Office",),
        "Oleksii Malovatskyi": ("Head of the international-law directorate, General Staff",),
        "Yurii Kovbasa": ("Ombudsman's representative",),
        "Yevhenii Ostrianskyi": ("Deputy Chief, General Staff",),
        "Vladimir Medinsky": ("Aide to the President",),
        "Mikhail Galuzin": ("Deputy Foreign Minister",),
        "Igor Kostyukov": ("Chief, GRU",),
        "Aleksandr Fomin": ("Deputy Defence Minister",),
        "Aleksandr Zorin": ("First Deputy Head, Information Directorate, General Staff",),
        "Elena Podobreyevskaya": ("Deputy head, presidential directorate for humanitarian state policy",),
        "Aleksei Polishchuk": ("Director, Second CIS Department, Foreign Ministry",),
        "Viktor Shevtsov": ("Deputy Head, Main Directorate for International Military Cooperation",),
    }


def test_umerov_s_office_on_each_day() -> None:
    snapshot = shipped_snapshot()
    rounds = {
        key: offices_on(snapshot, "umerov", snapshot.by_id[key].when.first or 0)
        for key in ("round-1", "round-2", "round-3")
    }
    assert rounds == {
        "round-1": ("Minister of Defence",),
        "round-2": ("Minister of Defence",),
        "round-3": ("Secretary of the NSDC",),
    }
    days = [date(2025, 7, day).toordinal() for day in (16, 17, 18)]
    assert [offices_on(snapshot, "umerov", day) for day in days] == [
        ("Minister of Defence",),
        (),
        ("Secretary of the NSDC",),
    ]
    assert [offices_on(snapshot, who, days[2]) for who in ("shmyhal", "lytvynenko")] == [("Minister of Defence",), ()]


def deadline_words(snapshot: Snapshot) -> list[tuple[str, str, str, int | None, str | None]]:
    """Return the ultimatums of a book as they stand."""
    rows = deadlines(snapshot, snapshot.events).rows
    return [(row.event, row.due.edtf, row.state, row.days, row.replaced_by) for row in rows if row.kind == "ultimatum"]


def test_the_chain_of_ultimatums() -> None:
    first, second, third = (f"ultimatum-2025-07-{day}" for day in (14, 28, 29))
    ends = {
        first: date.fromordinal(date(2025, 7, 14).toordinal() + 50),
        second: date.fromordinal(date(2025, 7, 28).toordinal() + 12),
        third: date.fromordinal(date(2025, 7, 29).toordinal() + 10),
    }
    assert list(map(str, ends.values())) == ["2025-09-02", "2025-08-09", "2025-08-08"]
    left = {key: end.toordinal() - TODAY.toordinal() for key, end in ends.items()}
    assert deadline_words(shipped_snapshot()) == [
        (second, "[2025-08-07..2025-08-09]", "replaced", left[second], third),
        (third, "2025-08-08", "lapsed", left[third], None),
        (first, "2025-09-02", "replaced", left[first], second),
    ]
    assert deadline_words(shipped_snapshot(date(2025, 7, 24))) == [(first, "2025-09-02", "open", 40, None)]
    assert deadline_words(shipped_snapshot(date(2025, 7, 28))) == [
        (second, "[2025-08-07..2025-08-09]", "open", 12, None),
        (first, "2025-09-02", "replaced", 36, second),
    ]


def test_all_for_all_is_a_standing_proposal_that_russia_has_not_accepted() -> None:
    snapshot = shipped_snapshot()
    ukraine = delegations(snapshot, snapshot.events, ("UKR",)).rows[0]
    row = next(one for one in ukraine.proposals if one.event == "proposal-all-for-all")
    assert (row.status, row.last_answers) == ("held", {"RUS": "rejected"})
    assert [one.answer for one in answers_to(snapshot, snapshot.by_id["proposal-all-for-all"])] == ["rejected"]


def test_the_reclassification_of_28_july_stands_beside_the_earlier_numbering() -> None:
    rows = claims(shipped_snapshot(), shipped_snapshot().events).rows
    series = "Ukraine's numbered exchanges"
    numbered = sorted(
        (row.event, row.by, row.nth) for row in rows if row.series == series and row.nth and not row.since
    )
    assert numbered == [
        ("exchange-2025-05-25", "UKR", 65),
        ("exchange-2025-06-09", "UKR", 66),
        ("exchange-2025-08-14", "UKR", 67),
        ("exchange-2025-08-24-civilians", "CHQ", 68),
        ("exchange-2025-10-02", "UKR", 69),
        ("statement-2025-07-28", "yusov", 66),
    ]
    assert {row.verdict for row in rows if row.series} == {"unchecked"}


@pytest.mark.parametrize("event", [event.id for event in shipped_snapshot().events if event.transfer and event.counts])
def test_retracting_a_hand_over_moves_every_total_by_exactly_what_it_held(event: str) -> None:
    snapshot = shipped_snapshot()
    after = without(snapshot, event)
    one = snapshot.by_id[event]
    own = {(group.unit, group.receiver): group for group in flows(snapshot, one)}
    for what, to, scope, account in product(WHATS, ("UKR", "RUS"), SCOPES, (None, "UKR", "RUS")):
        before, now = (tally(which, what, to, scope=scope, account=account) for which in (snapshot, after))
        group = own.get((what, to))
        held = None
        if group is not None:
            held = figure(group, account) if scope is None else figure_in_scope(snapshot, group, scope, account)
        moved = (before.low - now.low, before.terms - now.terms, before.undisclosed - now.undisclosed)
        counted = (before.disclosed_low - now.disclosed_low, before.disclosed_high - now.disclosed_high)
        assert moved == ((held.low, 1, held.undisclosed) if held else (0, 0, 0))
        assert counted == ((held.disclosed_low, held.disclosed_high) if held else (0, 0))


def test_as_known_of_an_earlier_day_gives_the_earlier_totals() -> None:
    """The counts of the record up to each day; the page that tells of 6 May is of 23 May."""
    days = {
        date(2025, 5, 22): (0, 0),
        date(2025, 5, 23): (205 + 390, 0),
        date(2025, 5, 24): (205 + 390 + 307, 0),
        date(2025, 5, 31): (205 + sum(MAY), 0),
        date(2025, 6, 12): (205 + sum(MAY), 1212),
        date(2025, 6, 15): (205 + sum(MAY), 1212 + 3 * 1200),
        date(2025, 7, 24): (205 + sum(MAY), sum(JUNE_UKR) + 1000),
        date(2025, 8, 14): (205 + sum(MAY) + 84, sum(JUNE_UKR) + 1000),
        date(2025, 12, 31): (205 + sum(MAY) + 84 + 146 + 205, sum(JUNE_UKR + LATER_2025)),
    }
    told = {}
    for day in days:
        snapshot = shipped_snapshot(day)
        told[day] = tally(snapshot, "people", "UKR").low, tally(snapshot, "bodies", "UKR").low
    assert told == days


def test_nothing_is_known_before_its_day_but_a_proposal_made_before() -> None:
    """Ukraine's all for all was made in February and again at round 1."""
    early = [
        one.id for one in shipped().events if one.counts and known_from(one, shipped().register) < (one.when.first or 0)
    ]
    assert early == ["proposal-all-for-all"]


def test_prisoners_and_bodies_go_between_the_two_sides_alone() -> None:
    snapshot = shipped_snapshot()
    assert [receivers(snapshot, what) for what in ("people", "bodies")] == [("UKR", "RUS")] * 2
