"""Where a rule was once written twice and the copies disagreed: every output that asks it says the same now."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from golden import run

TODAY = date(2031, 6, 1)
HEADER = """
[ledger]
format = 1
title = "Two sides and a committee"
[party.NOR]
name = "Northland"
[party.SUD]
name = "Sudmark"
[party.NPC]
name = "Northern Prisoners Committee"
party = "NOR"
[person.berg]
name = "Ida Berg"
party = "NOR"
[person.holm]
name = "Per Holm"
party = "NOR"
[source.wire]
publisher = "Lake Wire"
"""


def event(event_id: str, kind: str, day: str, text: str = "") -> str:
    return f'[[event]]\nid = "{event_id}"\nkind = "{kind}"\ndate = {day}\ntitle = "T"\nsources = ["wire"]\n{text}\n'


def promise(name: str, text: str) -> str:
    return f'[[event.commitment]]\nid = "{name}"\n{text}\n'


def row(to: str, count: int) -> str:
    return f'[[event.transfer]]\nto = "{to}"\ncount = {count}\n'


def said(folder: Path, text: str, *args: str) -> list[dict[str, Any]]:
    """Return the rows (of the tally: the totals) that a command has in JSON."""
    path = folder / "events.toml"
    path.write_text(HEADER + text, encoding="utf-8")
    ran = run(*args, "--json", ledger=path, today=TODAY)
    document = json.loads(ran.out)
    rows: list[dict[str, Any]] = document["totals"] if args[0] == "exchanges" else document["rows"]
    return rows


def delivered(rows: list[dict[str, Any]]) -> dict[str, str]:
    (agreement,) = rows
    (commitment, *_) = agreement["commitments"]
    return {one["progress"]["to"]: one["progress"]["delivered"]["text"] for one in commitment["directions"]}


def totals(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {total["to"]: total["total"]["text"] for total in rows if total["group"] is None}


def slugs(folder: Path, text: str) -> set[str]:
    return {problem["slug"] for problem in said(folder, text, "check")}


def test_a_commitment_that_does_not_say_what_it_counts_is_served_in_every_output(tmp_path: Path) -> None:
    """The filter compared the unit as written, and found nothing."""
    both = promise("prisoners", 'to = "NOR"\ncount = 100') + promise("fallen", 'what = "bodies"\ncount = 10')
    text = event("deal", "agreement", "2031-01-01", f'parties = ["NOR", "SUD"]\n{both}')
    text += event("first", "exchange", "2031-01-02", 'under = "deal"\n' + row("NPC", 70))
    under = ("--under", "deal/prisoners")
    assert [event["id"] for event in said(tmp_path, text, "timeline", *under)] == ["first"]
    assert totals(said(tmp_path, text, "exchanges", "--totals", *under)) == {"NOR": "70"}
    assert delivered(said(tmp_path, text, "agreements")) == {"NOR": "70"}


def test_two_promises_to_one_side_are_ambiguous_by_whatever_name(tmp_path: Path) -> None:
    """Errors compared codes, reports sides: no error, and nothing delivered under either."""
    both = promise("men", 'to = "NOR"\ncount = 100') + promise("women", 'to = "NPC"\ncount = 10')
    text = event("deal", "agreement", "2031-01-01", both)
    text += event("first", "exchange", "2031-01-02", 'under = "deal"\n' + row("NOR", 70))
    assert "ambiguous-commitment" in slugs(tmp_path, text)


def test_a_successor_takes_the_office_on_the_day(tmp_path: Path) -> None:
    """The check let the predecessor keep it for that day, `delegations` did not."""
    office = '[[event.office]]\nperson = "{}"\ntitle = "Envoy"\n'
    text = event("old", "appointment", "2031-01-01", office.format("berg"))
    text += event("new", "appointment", "2031-02-01", office.format("holm"))
    text += event("round", "talks", "2031-02-01", '[[event.delegation]]\nparty = "NOR"\nmembers = ["berg"]\n')
    (party,) = said(tmp_path, text, "delegations")
    assert [member["offices"] for member in party["members"]] == [[]]
    assert "office-not-held" in slugs(tmp_path, text)


@pytest.mark.parametrize(("status", "state"), [("held", "replaced"), ("cancelled", "passed")])
def test_only_what_was_held_replaces_a_deadline(tmp_path: Path, status: str, state: str) -> None:
    """The check took a cancelled event for a replacement, `deadlines` did not."""
    limit = 'by = "NOR"\n{}[[event.deadline]]\nto = "SUD"\nwithin = "P10D"\n'
    more = f'replaces = "limit"\nstatus = "{status}"\n'
    text = event("limit", "ultimatum", "2031-01-01", limit.format(""))
    text += event("again", "ultimatum", "2031-01-05", limit.format(more))
    states = {row["event"]: row["state"] for row in said(tmp_path, text, "deadlines")}
    warned = [
        row for row in said(tmp_path, text, "check") if row["slug"] == "deadline-passed" and row["subject"] == "limit"
    ]
    assert (states["limit"], bool(warned)) == (state, state == "passed")


def test_a_promise_each_way_of_an_agreement_without_parties_is_followed(tmp_path: Path) -> None:
    """`exchanges` said 200 each way, `agreements` that nothing was promised to anybody."""
    text = event("deal", "agreement", "2031-01-01", promise("prisoners", 'what = "people"\ncount = 1000'))
    text += event("first", "exchange", "2031-01-02", 'under = "deal"\n' + row("NOR", 200) + row("SUD", 200))
    text += event("other", "exchange", "2031-01-03", row("NPC", 5))
    assert delivered(said(tmp_path, text, "agreements")) == {"NOR": "200", "SUD": "200"}
    (brief,) = said(tmp_path, text, "brief")
    assert [promised["reference"] for promised in brief["promised"]] == ["deal/prisoners"]


def test_a_whole_measures_its_parts_in_a_side_s_reading_too(tmp_path: Path) -> None:
    """A side's reading added the parts alone: 60 to 100, where the whole leaves no more than 90."""
    reading = 'what = "people"\nto = "NOR"\ncount = 95\nby = "{}"'
    text = event("deal", "agreement", "2031-01-01", "".join(promise("p", reading.format(by)) for by in ("NOR", "SUD")))
    text += event("whole", "exchange", '"2031-01-02/2031-01-03"', 'under = "deal/p"\n' + row("NOR", 0)).replace(
        "count = 0", 'count = "<=90"'
    )
    for day, count in ((2, "40"), (3, "20..60")):
        part = row("NOR", 0).replace("count = 0", f'count = "{count}"')
        text += event(f"day-{day}", "exchange", f"2031-01-0{day}", f'part_of = "whole"\n{part}')
    (agreement,) = said(tmp_path, text, "agreements")
    (direction,) = agreement["commitments"][0]["directions"]
    readings = direction["progress"]["readings"]
    assert {one["side"]: (one["delivered"]["text"], one["state"]) for one in readings} == {
        "NOR": ("60..90", "open"),
        "SUD": ("60..90", "open"),
    }
    assert direction["progress"]["delivered"]["text"] == "60..90"
    assert totals(said(tmp_path, text, "exchanges", "--totals")) == {"NOR": "60..90"}
