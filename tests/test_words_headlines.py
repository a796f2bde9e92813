"""What matters about an event in a few words: as the timeline of the shipped ledger shows it, and in small ledgers."""

import pytest

from ledgers import block, shipped_snapshot, snapshot_from
from talkstrack.render.text.makers import plain
from talkstrack.render.words.headlines import headline_words
from talkstrack.reports.headline import headline
from talkstrack.rules.snapshot import Snapshot

SCREEN = {
    "exchange-2025-05-06": "205 each",
    "proposal-ceasefire": "UKR +4 · rejected",
    "proposal-direct-talks": "RUS · accepted partly",
    "proposal-meet-putin": "UKR · no answer",
    "round-1": "Dolmabahce Palace",
    "agreement-1": "met 25 May",
    "exchange-agreement-1": "3 days · 1,000 each",
    "statement-2025-05-23": "Trump · denied by UKR",
    "agreement-2": "disputed",
    "proposal-local-truces": "RUS · rejected",
    "proposal-next-round": "UKR · lapsed",
    "proposal-children": "UKR · accepted partly",
    "disputed-bodies-2025-06-06": "RUS · disputed by UKR",
    "planned-500-for-500": "lapsed",
    "exchange-agreement-2": "9 days · ~250+ each",
    "exchange-2025-06-09": "UKR withheld · RUS unknown",
    "exchange-2025-06-10": "both unknown",
    "repatriation-2025-06-11": "UKR 1,212 · RUS 27",
    "repatriation-2025-06-13": "UKR 1,200 · RUS 0",
    "repatriation-2025-06-16": "UKR 1,245–1,248 · RUS 51",
    "statement-2025-06-16": "Klymenko",
    "ultimatum-2025-07-14": "USA · due 2 Sep, replaced",
    "repatriation-2025-07-17": "UKR 1,000 · RUS 19 · link contested",
    "appointment-2025-07-17": "UKR",
    "agreement-3": "open",
    "exchange-2025-07-23": "~250 each, says RUS",
    "proposal-working-groups": "RUS · no answer",
    "proposal-short-truces": "RUS · rejected",
    "proposal-leaders-meeting": "UKR · conditional",
    "offer-3000-bodies": "RUS · met 23 Oct",
    "statement-2025-07-23": "Zelenskyy · possible",
    "ultimatum-2025-07-28": "USA · due 7–9 Aug, replaced",
    "statement-2025-07-28": "Yusov · denied by RUS",
    "ultimatum-2025-07-29": "USA · due 8 Aug, lapsed",
    "istanbul": "3 rounds",
}


def test_the_shipped_ledger_as_the_timeline_shows_it() -> None:
    snapshot = shipped_snapshot()
    assert {key: words(snapshot, key) for key in SCREEN} == SCREEN


def words(snapshot: Snapshot, key: str = "it") -> str:
    """Return what matters about an event in words."""
    event = snapshot.by_id[key]
    return plain(headline_words(headline(snapshot, event), event, snapshot.register))


def rows(*transfers: str, more: str = "") -> str:
    """Write an exchange; a transfer is `UKR 390` or `UKR 390 RUS`."""
    text = f"{more}\n"
    for one in transfers:
        to, count, *by = one.split()
        text += f'[[event.transfer]]\nto = "{to}"\ncount = "{count}"\n' + (f'by = "{by[0]}"\n' if by else "")
    return block("it", "exchange", "2025-06-09", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (rows("UKR 390", "RUS 390"), "390 each"),
        (rows("UKR 390", "RUS 389"), "UKR 390 · RUS 389"),
        (rows("UKR 390"), "UKR 390"),
        (rows("UKR withheld"), "UKR withheld"),
        (rows("UKR withheld", "RUS unknown"), "both undisclosed"),
        (rows("UKR withheld UKR", "UKR unknown RUS", "RUS unknown"), "UKR withheld · RUS unknown"),
        (rows("UKR 5 UKR", "UKR unknown RUS"), "UKR 5, says UKR"),
        (rows("UKR 5 UKR", "UKR 5 RUS"), "UKR 5"),
        (rows("UKR 5 UKR", "UKR 6 RUS"), "UKR 5–6"),
        (rows("UKR 1", more='status = "planned"'), "planned"),
        (rows("UKR 1", more='status = "disputed"'), "disputed"),
        (rows("UKR 1", more='status = "disputed"\nby = "RUS"'), "RUS · disputed"),
        (block("it", "meeting", "2025-06-09", 'place = "Alaska, USA"'), "Alaska"),
        (block("it", "statement", "2025-06-09", 'by = ["medinsky", "UKR"]'), "Medinsky +1"),
        (block("it", "statement", "2025-06-09"), ""),
        (
            block(
                "it", "proposal", "2025-06-09", 'by = "medinsky"\n[[event.response]]\nby = "UKR"\nanswer = "accepted"'
            ),
            "RUS · accepted",
        ),
        (
            block(
                "it", "statement", "2025-06-09", 'by = "trump"\n[[event.claim]]\nby = "trump"\nnth = 9\nseries = "s"'
            ),
            "Trump · not checkable",
        ),
    ],
)
def test_small_ledgers(text: str, shown: str) -> None:
    assert words(snapshot_from(text)) == shown


def part(name: str, day: str, count: str) -> str:
    """Write a part of the exchange `it`."""
    return block(
        name, "exchange", f"2025-06-{day}", f'part_of = "it"\n[[event.transfer]]\nto = "UKR"\ncount = "{count}"'
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (rows("UKR 1000") + part("one", "09", "unknown"), "1 day · UKR 1,000"),
        (rows() + part("one", "09", "5"), "1 day · UKR 5"),
        (rows() + part("one", "09", "5") + part("two", "10", "6"), "2 days · UKR 11"),
        (rows() + part("one", "09", "5") + part("two", "09", "6"), "2 parts · UKR 11"),
    ],
)
def test_wholes(text: str, shown: str) -> None:
    """A whole shows its own figure where it gives one, else what its parts come to."""
    assert words(snapshot_from(text)) == shown


def test_the_state_has_its_colour_and_no_other_word() -> None:
    proposal = 'by = "RUS"\n[[event.response]]\nby = "UKR"\nanswer = "rejected"'
    snapshot = snapshot_from(block("it", "proposal", "2025-06-09", proposal))
    event = snapshot.by_id["it"]
    pieces = headline_words(headline(snapshot, event), event, snapshot.register)
    assert [(piece.text, piece.role) for piece in pieces] == [("RUS", ""), (" · ", ""), ("rejected", "bad")]
