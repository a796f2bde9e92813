"""The command `agreements`: what it prints, and what it says when there is nothing to print."""

import json
from pathlib import Path

import pytest

from golden import golden, ledger_in, printed, run

CASES = {
    "agreements-80.txt": ("--width", "80"),
    "agreements-140.txt": ("--width", "140"),
    "agreements-ascii-80.txt": ("--width", "80", "--ascii"),
    "agreements-2025-07-24-80.txt": ("--width", "80", "--as-known", "2025-07-24"),
    "agreements-2-80.txt": ("agreement-2", "--width", "80"),
    "agreements-3-prisoners-80.txt": ("agreement-3/prisoners", "--width", "80"),
    "agreements.csv": ("--format", "csv"),
    "agreements.md": ("--format", "markdown"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_shipped_ledger(name: str) -> None:
    golden(name, printed("agreements", *CASES[name]))


@pytest.mark.parametrize("width", [40, 61, 80, 97, 140])
def test_no_line_is_longer_than_the_width(width: int) -> None:
    lines = printed("agreements", "--width", str(width)).splitlines()
    assert [line for line in lines if len(line) > width] == []


def test_a_pipe_gets_a_line_per_direction_with_its_day_and_commitment() -> None:
    lines = [line.split()[:3] for line in printed("agreements").splitlines()]
    assert lines == [
        ["2025-05-16", "agreement-1/prisoners", "UKR"],
        ["2025-05-16", "agreement-1/prisoners", "RUS"],
        ["2025-05-16", "agreement-1/visions", "-"],
        ["2025-06-02", "agreement-2/prisoners", "UKR"],
        ["2025-06-02", "agreement-2/prisoners", "RUS"],
        ["2025-06-02", "agreement-2/bodies", "UKR"],
        ["2025-06-02", "agreement-2/bodies", "RUS"],
        ["2025-07-23", "agreement-3/prisoners", "UKR"],
        ["2025-07-23", "agreement-3/prisoners", "RUS"],
        ["2025-07-23", "agreement-3/bodies", "UKR"],
        ["2025-07-23", "agreement-3/wounded", "-"],
    ]


def test_json_has_what_each_side_tells() -> None:
    found = json.loads(printed("agreements", "agreement-3/prisoners", "--json"))
    assert (found["schema"], found["query"]["id"], found["query"]["commitment"]) == (
        "talkstrack.agreements/1",
        ["agreement-3"],
        "agreement-3/prisoners",
    )
    [agreement] = found["rows"]
    [commitment] = agreement["commitments"]
    told = [
        (
            one["progress"]["to"],
            one["progress"]["state"],
            {side: figure["text"] for side, figure in one["progress"]["by_side"].items()},
            one["range"]["text"],
            [(each["event"], each["figure"]["text"]) for each in one["deliveries"]],
            [(each["event"], each["figure"]["text"]) for each in one["untied"]],
            one["at_most"]["high"],
        )
        for one in commitment["directions"]
    ]
    tied = [("exchange-2025-08-24", "146"), ("exchange-2025-10-02", "185")]
    untied = [("exchange-2025-08-14", "84")]
    assert told == [(to, "open", {"UKR": "146", "RUS": "185"}, "146..331", tied, untied, 415) for to in ("UKR", "RUS")]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            "agreemnt-2",
            "error[no-such-agreement]: there is no agreement `agreemnt-2`\nhint: did you mean `agreement-2`?\n",
        ),
        (
            "agreement",
            "error[no-such-agreement]: there is no agreement `agreement`\n"
            "hint: one of agreement-1, agreement-2, agreement-3\n",
        ),
        (
            "agreement-2/body",
            "error[no-such-agreement]: there is no agreement `agreement-2/body`\n"
            "hint: did you mean `agreement-2/bodies`?\n",
        ),
        (
            "istanbul",
            "error[no-such-agreement]: istanbul promises nothing\nhint: one of agreement-1, agreement-2, agreement-3\n",
        ),
    ],
)
def test_an_id_that_is_none(wanted: str, said: str) -> None:
    found = run("agreements", wanted)
    assert (found.code, found.out, found.err) == (4, "", said)


def test_a_ledger_without_agreements(tmp_path: Path) -> None:
    ledger = ledger_in("", tmp_path)
    assert printed("agreements", ledger=ledger) == ""
    page = "Agreements                             none made · on 10 March 2026\n\n"
    assert printed("agreements", "--width", "67", ledger=ledger) == page
    found = run("agreements", "a", ledger=ledger)
    assert (found.code, found.err) == (
        4,
        "error[no-such-agreement]: there is no agreement `a`\nhint: the ledger has no agreements\n",
    )


def test_promises_of_every_make(tmp_path: Path) -> None:
    """A promise nothing came of, one of no number, and ones that are not counted.
    [[event]]
    id = "pact"
    kind = "agreement"
    date = 2026-03-01
    title = "The pact"
    parties = ["UKR", "RUS"]
    [[event.commitment]]
    id = "bodies"
    what = "bodies"
    to = "UKR"
    count = 40
    due = 2026-04-01
    [[event.commitment]]
    id = "everyone"
    what = "people"
    described_as = ["all for all"]
    by = "umerov"
    [[event.commitment]]
    id = "letters"
    note = "families may write"
    [[event.commitment]]
    id = "lists"
    note = "lists are to be exchanged"

    [[event]]
    id = "first"
    kind = "exchange"
    date = 2026-03-02
    title = "The first"
    under = "pact/everyone"
    [[event.transfer]]
    to = "UKR"
    count = 12
    [[event.transfer]]
    to = "RUS"
    count = "10+"

    [[event]]
    id = "said"
    kind = "statement"
    date = 2026-03-03
    title = "Said"
    [[event.claim]]
    by = "umerov"
    under = "pact/lists"
    fulfilled = true
    [[event.claim]]
    by = "medinsky"
    under = "pact/lists"
    fulfilled = false

    [[event]]
    id = "next"
    kind = "repatriation"
    scheduled = 2026-03-20
    status = "planned"
    title = "Forty bodies"
    under = "pact/bodies"
    [[event.transfer]]
    to = "UKR"
    count = 40
    """
    ledger = ledger_in(test_promises_of_every_make.__doc__, tmp_path)
    golden("agreements-small-80.txt", printed("agreements", "--width", "80", ledger=ledger))
    golden("agreements-small-whole-80.txt", printed("agreements", "pact", "--width", "80", ledger=ledger))


def test_many_hand_overs_that_nobody_ties(tmp_path: Path) -> None:
    """Only the first three are named.
    [[event]]
    id = "pact"
    kind = "agreement"
    date = 2026-01-01
    title = "The pact"
    parties = ["UKR", "RUS"]
    [[event.commitment]]
    id = "people"
    what = "people"
    to = "UKR"
    count = 1000
    """
    text = "".join(
        f'[[event]]\nid = "x{day}"\nkind = "exchange"\ndate = 2026-01-0{day}\ntitle = "An exchange"\n'
        f'[[event.transfer]]\nto = "UKR"\ncount = {day}\n'
        for day in range(2, 7)
    )
    path = ledger_in(test_many_hand_overs_that_nobody_ties.__doc__, tmp_path)
    path.write_text(path.read_text() + text)
    assert printed("agreements", "--width", "80", ledger=path).splitlines()[4:-2] == [
        "    to UKR   ····················  0 of 1,000                   0 %  open day 68",
        "             20 at most, with the 2 of 2026-01-02, 3 of 2026-01-03, 4 of",
        "             2026-01-04 and 2 hand-overs more that nobody ties",
        "             nothing delivered yet",
    ]
