"""What matters most about an event: the kind of fact and its values."""

import pytest

from ledgers import block, snapshot_from
from talkstrack.reports.headline import Headline, headline


def told(text: str) -> Headline:
    """Return the headline of the event `it`."""
    snapshot = snapshot_from(text)
    return headline(snapshot, snapshot.by_id["it"])


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("statement", "", Headline(fact="place")),
        ("statement", 'by = ["medinsky", "UKR"]', Headline(fact="place", speakers=("medinsky", "UKR"))),
        ("proposal", 'by = "medinsky"', Headline(fact="place", speakers=("RUS",))),
        ("statement", 'status = "planned"', Headline(fact="status", state="planned")),
        (
            "statement",
            'status = "disputed"\nby = "RUS"\n[[event.response]]\nby = "umerov"\nanswer = "denied"',
            Headline(fact="status", state="disputed", by=("UKR",), speakers=("RUS",)),
        ),
        (
            "proposal",
            'by = "RUS"\n[[event.response]]\nby = "UKR"\nanswer = "partly"',
            Headline(fact="answer", state="partly", speakers=("RUS",)),
        ),
        (
            "statement",
            'by = "RUS"\n[[event.response]]\nby = "UKR"\nanswer = "denied"',
            Headline(fact="answer", state="denied", by=("UKR",), speakers=("RUS",)),
        ),
        (
            "statement",
            'by = "trump"\n[[event.claim]]\nby = "trump"\nnth = 9\nseries = "s"',
            Headline(fact="claim", state="unchecked", speakers=("trump",)),
        ),
        (
            "agreement",
            'parties = ["UKR", "RUS"]\n[[event.commitment]]\nid = "a"\nwhat = "people"\nto = "UKR"\ncount = 5',
            Headline(fact="promise", state="open"),
        ),
    ],
)
def test_what_matters(kind: str, text: str, expected: Headline) -> None:
    assert told(block("it", kind, "2025-06-09", text)) == expected


def test_what_was_handed_over_and_who_says_so() -> None:
    found = told(
        block(
            "it",
            "exchange",
            "2025-06-09",
            '[[event.transfer]]\nto = "UKR"\ncount = 5\nby = "UKR"\n'
            '[[event.transfer]]\nto = "UKR"\ncount = "withheld"\nby = "RUS"\n',
        )
    )
    assert [(flow.to, flow.what, flow.figure.text) for flow in found.flows] == [("UKR", "people", "5")]
    assert (found.fact, found.says, found.silent, found.is_contested) == (
        "hand-over",
        "UKR",
        {"RUS": "withheld"},
        False,
    )


@pytest.mark.parametrize(
    ("kind", "days", "part"),
    [("talks", ("09", "10"), "round"), ("exchange", ("09", "10"), "day"), ("exchange", ("09", "09"), "part")],
)
def test_what_a_whole_has_and_its_sum(kind: str, days: tuple[str, ...], part: str) -> None:
    transfer = '[[event.transfer]]\nto = "UKR"\ncount = 5\n' if kind == "exchange" else ""
    text = block("it", kind, "2025-06-09") + "".join(
        block(f"part-{number}", kind, f"2025-06-{day}", f'part_of = "it"\n{transfer}')
        for number, day in enumerate(days)
    )
    found = told(text)
    sums = [(flow.to, flow.figure.text) for flow in found.flows]
    assert (found.fact, found.parts, found.part, sums) == ("parts", 2, part, [("UKR", "10")] if transfer else [])
