"""Delegations: who is listed, joined, left, absent or not told, and what each party proposed, got and gave."""

from typing import Any

import pytest

from ledgers import block, ledger_of, said, snapshot_from
from talkstrack.model.facets import Delegation
from talkstrack.reports.delegations import delegations
from talkstrack.rules.delegations import Presence, is_complete, listed, presence
from talkstrack.rules.snapshot import Snapshot


def talks(number: int, *delegation: str) -> str:
    """Write a round of talks with Ukraine's delegation."""
    facets = "".join(f'[[event.delegation]]\nparty = "UKR"\n{one}\n' for one in delegation)
    return block(f"r{number}", "talks", f"2025-0{number + 4}-16", f"round = {number}\n{facets}")


def grid(text: str) -> dict[str, tuple[Presence, ...]]:
    """Return who was there at each round."""
    snapshot = snapshot_from(text)
    (row,) = delegations(snapshot, snapshot.events).rows
    return {one.person: one.presence for one in row.members}


FULL = 'head = "umerov"\nmembers = ["zelenskyy", "A Man"]\nsize = 3'


def test_a_name_missing_from_a_partial_list_is_not_absent() -> None:
    assert grid(talks(1, FULL) + talks(2, 'head = "umerov"')) == {
        "umerov": ("listed", "listed"),
        "zelenskyy": ("listed", "unknown"),
        "A Man": ("listed", "unknown"),
    }


def test_a_name_missing_from_a_complete_list_is_absent() -> None:
    assert grid(talks(1, FULL) + talks(2, 'head = "Umierov"\nmembers = "zelenskyy"\nsize = 2')) == {
        "umerov": ("listed", "listed"),
        "zelenskyy": ("listed", "listed"),
        "A Man": ("listed", "absent"),
    }


def test_joined_and_left_say_it_outright() -> None:
    second = 'head = "umerov"\njoined = "medinsky"\nleft = "A Man"'
    assert grid(talks(1, FULL) + talks(2, second) + talks(3, 'head = "umerov"')) == {
        "umerov": ("listed", "listed", "listed"),
        "zelenskyy": ("listed", "unknown", "unknown"),
        "A Man": ("listed", "left", "absent"),
        "medinsky": ("absent", "joined", "unknown"),
    }


def test_who_left_and_is_listed_again_is_back() -> None:
    third = grid(talks(1, FULL) + talks(2, 'head = "umerov"\nleft = "A Man"') + talks(3, FULL))
    assert third["A Man"] == ("listed", "left", "listed")


def one(**fields: Any) -> Delegation:
    """Return a delegation of Ukraine."""
    return Delegation(party="UKR", **fields)


@pytest.mark.parametrize(
    ("size", "complete"), [("3", True), ("4", False), ("2..3", True), ("<=3", False), ("~3", False)]
)
def test_a_list_is_complete_when_as_many_are_named_as_its_size_says(size: str, complete: bool) -> None:
    text = FULL.replace("size = 3", f'size = "{size}"')
    snapshot = snapshot_from(talks(1, text))
    assert is_complete(snapshot, snapshot.by_id["r1"].delegation[0]) is complete


def test_the_head_and_who_joined_are_listed_once() -> None:
    snapshot = snapshot_from("")
    assert listed(snapshot, one(head="umerov", members=("Umierov", "B"), joined=("B", "C"))) == ("umerov", "B", "C")
    assert presence(snapshot, None, "umerov") == "unknown"


PROPOSALS = """
[[event]]
id = "ceasefire"
kind = "proposal"
title = "Ceasefire"
date = 2025-05-10
by = ["UKR", "USA"]
[[event.response]]
by = "RUS"
answer = "rejected"
[[event]]
id = "talks"
kind = "proposal"
title = "Talks"
date = 2025-05-11
by = "medinsky"
[[event]]
id = "r1"
kind = "talks"
title = "Round 1"
date = 2025-05-16
round = 1
host = "TUR"
[[event.delegation]]
party = "TUR"
head = "C"
[[event.delegation]]
party = "RUS"
head = "medinsky"
[[event.delegation]]
party = "Kyiv"
size = 12
note = "by decree"
[[event]]
id = "x"
kind = "exchange"
title = "Exchange"
date = 2025-05-23
[[event.transfer]]
to = "UKR"
count = 390
[[event.transfer]]
to = "RUS"
count = 389
"""


def test_what_a_party_proposed_received_and_handed_over() -> None:
    snapshot = snapshot_from(PROPOSALS)
    report = delegations(snapshot, snapshot.events)
    assert [(column.event, column.round) for column in report.rounds] == [("r1", 1)]
    russia, ukraine = report.rows
    assert [(row.event, row.with_others, row.last_answers) for row in ukraine.proposals] == [
        ("ceasefire", 1, {"RUS": "rejected"})
    ]
    assert [(row.event, row.with_others, row.last_answers) for row in russia.proposals] == [("talks", 0, {})]
    totals = [
        (party.party, one.what, one.received and one.received.text, one.handed_over and one.handed_over.text)
        for party in report.rows
        for one in party.totals
    ]
    assert totals == [("RUS", "people", "389", "390"), ("UKR", "people", "390", "389")]
    assert (ukraine.notes, [(cell.named, said(cell.size)) for cell in ukraine.sizes if cell]) == (
        ("by decree",),
        [(0, "12")],
    )


def test_the_host_is_told_only_when_asked_for() -> None:
    snapshot: Snapshot = snapshot_from(PROPOSALS)
    assert [row.party for row in delegations(snapshot, snapshot.events).rows] == ["RUS", "UKR"]
    (host,) = delegations(snapshot, snapshot.events, ("Turkiye",)).rows
    assert (host.party, [row.name for row in host.members], host.totals) == ("TUR", ["C"], ())


def test_offices_are_those_of_the_day_of_each_round(request: pytest.FixtureRequest) -> None:
    """Umerov is appointed between the rounds, and after them again.

    [[person.umerov.role]]
    title = "Minister"
    [[event]]
    id = "a1"
    kind = "appointment"
    title = "Secretary"
    date = 2025-06-01
    [[event.office]]
    person = "umerov"
    title = "Secretary"
    [[event]]
    id = "a2"
    kind = "appointment"
    title = "Envoy"
    date = 2025-12-01
    [[event.office]]
    person = "umerov"
    title = "Envoy"
    """
    both = talks(1, 'head = "umerov"') + talks(2, 'head = "umerov"')
    snapshot = snapshot_from(ledger_of(request) + both)
    (row,) = delegations(snapshot, snapshot.events).rows
    assert [(member.name, member.is_head, member.offices) for member in row.members] == [
        ("Rustem Umerov", True, ("Minister", "Secretary")),
    ]
