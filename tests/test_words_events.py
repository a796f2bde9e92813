"""One event in labelled lines, from the values of its report."""

from ledgers import block, snapshot_from
from talkstrack.render.words.events import event_lines
from talkstrack.reports.event import event_facets

TEXT = (
    block(
        "deal",
        "agreement",
        "2025-06-02",
        'parties = ["UKR", "RUS"]\n[[event.commitment]]\nid = "a"\nwhat = "people"\nto = "UKR"\ncount = 5\n',
    )
    + block(
        "swap",
        "exchange",
        "2025-06-09",
        'under = "deal"\nplace = "Border"\nhost = "TUR"\n'
        '[[event.transfer]]\nto = "UKR"\ncount = 5\nparts = { military = 3, civilian = 2 }\nby = "umerov"\nnote = "ill"\n'
        '[[event.transfer]]\nto = "UKR"\ncount = "withheld"\nby = "RUS"\n'
        '[[event.claim]]\nby = "UKR"\ncount = 5\nto = "UKR"\n',
    )
    + block(
        "limit",
        "ultimatum",
        "2025-06-10",
        'by = "trump"\nabout = "swap"\n[[event.deadline]]\nto = "RUS"\nwithin = "P10D"\noutcome = "lapsed"\n'
        '[[event.response]]\nby = "RUS"\nanswer = "rejected"\nnote = "at once"\n',
    )
)
BOOK = snapshot_from(TEXT)


def lines(key: str, *, short: bool = False) -> list[tuple[str, str, str]]:
    """Return the lines of an event: label, text, state."""
    event = BOOK.by_id[key]
    shown = event_lines(event, event_facets(BOOK, event), BOOK.register, short=short)
    return [(line.label, line.text, line.state.text) for line in shown]


def test_a_promise_with_where_it_stands() -> None:
    assert lines("deal", short=True) == [("a", "5 to UKR", "met 9 Jun")]


def test_what_each_side_says_and_what_is_claimed() -> None:
    assert lines("swap") == [
        ("when", "9 June 2025", ""),
        ("where", "Border · host Turkiye", ""),
        ("to UKR", "5 (3 military + 2 civilian), says UKR (Umerov) · withheld by RUS", ""),
        ("", "ill", ""),
        ("under", "deal/a · says UKR, RUS", ""),
        ("claim", "5 to UKR, says UKR", "agrees"),
        ("", "by its own account 5", ""),
        ("answer", "RUS: rejected, at once (limit)", ""),
    ]


def test_a_list_of_events_leaves_out_the_day_and_what_agrees() -> None:
    told = lines("swap")
    assert lines("swap", short=True) == [*told[1:-2], told[-1]]


def test_who_sets_a_deadline_and_what_came_of_it() -> None:
    assert lines("limit", short=True) == [
        ("by", "USA (Donald Trump)", ""),
        ("about", "swap · swap", ""),
        ("due", "20 June 2025 (10 June 2025 + P10D), to RUS", "lapsed"),
    ]
