"""The agreements report: readings, directions, what may belong to a promise, and where each agreement stands."""

from ledgers import block, said, snapshot_from
from talkstrack.reports.agreements import agreements, commitment_row

TEXT = """
[[event]]
id = "deal"
kind = "agreement"
title = "Agreement"
date = 2025-06-02
parties = ["UKR", "RUS"]
round = 2
[[event.commitment]]
id = "prisoners"
what = "people"
count = "1000+"
by = "medinsky"
due = 2025-09-01
[[event.commitment]]
id = "prisoners"
what = "people"
count = "1000..1200"
described_as = "wounded"
by = "UKR"
[[event.commitment]]
id = "bodies"
what = "bodies"
to = "Kyiv"
count = 6000
[[event.commitment]]
id = "visions"
note = "in writing"
[[event]]
id = "x1"
kind = "exchange"
title = "Exchange"
date = 2025-06-09
under = "deal"
[[event.transfer]]
to = "UKR"
count = 1000
[[event.transfer]]
to = "RUS"
count = 900
[[event]]
id = "x2"
kind = "exchange"
title = "Exchange"
date = 2025-06-12
[[event.transfer]]
to = "RUS"
count = 84
[[event]]
id = "b1"
kind = "repatriation"
title = "Bodies"
date = 2025-06-11
under = "deal"
[[event.transfer]]
to = "UKR"
count = 6000
"""


def test_an_agreement_with_its_commitments() -> None:
    snapshot = snapshot_from(TEXT)
    report = agreements(snapshot, snapshot.events, today="2026-03-10")
    (row,) = report.rows
    assert (row.id, row.round, row.state, row.day, report.commitments) == ("deal", 2, "open", 281, 3)
    assert [(one.reference, one.what, one.state) for one in row.commitments] == [
        ("deal/prisoners", "people", "open"),
        ("deal/bodies", "bodies", "met"),
        ("deal/visions", None, None),
    ]


def test_the_readings_of_a_commitment() -> None:
    row = commitment_row(snapshot_from(TEXT), "deal/prisoners")
    told = [
        (one.by, one.side, one.to, said(one.count), one.described_as, one.due and one.due.edtf) for one in row.readings
    ]
    assert told == [
        ("medinsky", "RUS", None, "1000+", (), "2025-09-01"),
        ("UKR", "UKR", None, "1000..1200", ("wounded",), None),
    ]
    assert (row.last_delivery, row.last_delivery_days) == ("x1", 274)


def test_what_may_belong_to_an_open_promise_is_told_beside_it() -> None:
    row = commitment_row(snapshot_from(TEXT), "deal/prisoners")
    told = [
        (
            one.progress.to,
            one.progress.state,
            len(one.deliveries),
            [untied.event for untied in one.untied],
            one.at_most.text,
        )
        for one in row.directions
    ]
    assert told == [("UKR", "met", 1, [], "1000"), ("RUS", "open", 1, ["x2"], "984")]


def test_a_promise_that_does_not_stand_is_not_followed() -> None:
    text = TEXT.replace('title = "Agreement"', 'title = "Agreement"\nstatus = "disputed"', 1)
    snapshot = snapshot_from(text)
    assert agreements(snapshot, snapshot.events, today="2026-03-10").rows == ()


def test_an_offer_is_followed_like_an_agreement() -> None:
    offer = block(
        "offer",
        "proposal",
        "2025-06-02",
        'by = "RUS"\n[[event.commitment]]\nid = "bodies"\nwhat = "bodies"\nto = "UKR"\ncount = 3000',
    )
    snapshot = snapshot_from(offer)
    (row,) = agreements(snapshot, snapshot.events, today="2026-03-10").rows
    assert (row.id, row.kind, row.state) == ("offer", "proposal", "open")
    assert [(one.last_delivery, len(one.directions[0].deliveries)) for one in row.commitments] == [(None, 0)]
