"""A claim in words, and the record's arithmetic beside it."""

import pytest

from ledgers import block, snapshot_from
from talkstrack.render.words.claims import claim_title, claim_words, denial_words, recorded_words
from talkstrack.reports.claims import ClaimRow, claim_rows
from talkstrack.rules.snapshot import Snapshot

DEAL = block(
    "deal",
    "agreement",
    "2025-06-02",
    'parties = ["UKR", "RUS"]\n[[event.commitment]]\nid = "a"\nwhat = "people"\nto = "UKR"\ncount = 1000',
)
HANDED = "".join(
    block(f"x{day}", "exchange", f"2025-06-{day}", f'under = "deal"\n[[event.transfer]]\nto = "UKR"\ncount = {count}\n')
    for day, count in (("09", "300"), ("10", "300"), ("11", "390"), ("12", '"withheld"'))
)


def claimed(text: str, *more: str) -> tuple[ClaimRow, Snapshot]:
    """Return a claim of 13 June."""
    said = block("said", "statement", "2025-06-13", f'[[event.claim]]\nby = "UKR"\n{text}')
    snapshot = snapshot_from(DEAL + HANDED + said + "".join(more))
    (row,) = claim_rows(snapshot, (snapshot.by_id["said"],))
    return row, snapshot


@pytest.mark.parametrize(
    ("text", "words", "recorded"),
    [
        (
            'count = ">1000"\nto = "UKR"\nunder = "deal"',
            ">1,000 to UKR under deal",
            "recorded 990 = 2 × 300 + 390, 1 of 4 undisclosed",
        ),
        (
            'count = 980\nto = "UKR"\nunder = "deal"',
            "980 to UKR under deal",
            "recorded 990 = 2 × 300 + 390, 1 of 4 undisclosed; 10 more than claimed",
        ),
        (
            'nth = 4\nunder = "deal"\nsince = 2025-06-10',
            "4th exchange under deal since 2025-06-10",
            "recorded the 3rd: 10, 11, 12 June",
        ),
        ('nth = 66\nseries = "own"', "66th of own", "a numbering of its own: own"),
        ('fulfilled = true\nunder = "deal"', "deal is complete", "recorded 990 of 1,000 each way, 1 of 4 undisclosed"),
        (
            'count = 20\nunder = "deal"\ndescribed_as = "wounded"',
            "20 both ways under deal (wounded)",
            "not counted apart in the record: wounded",
        ),
    ],
)
def test_a_claim_and_what_is_recorded(text: str, words: str, recorded: str) -> None:
    row, snapshot = claimed(text)
    assert (claim_words(row), recorded_words(row, snapshot.register)) == (words, recorded)


def test_a_long_title_leaves_out_what_the_line_below_says() -> None:
    row, _ = claimed('count = 20\nunder = "deal"\ndescribed_as = "badly wounded and in need of care"')
    assert claim_title(row) == "20 both ways under deal"


def test_who_denies_it_and_when() -> None:
    no = block("no", "statement", "2025-06-14", '[[event.claim]]\nby = "medinsky"\nfulfilled = false\nunder = "deal"')
    row, snapshot = claimed('fulfilled = true\nunder = "deal"', no)
    assert (row.verdict, denial_words(row.finding.denials, snapshot.register)) == ("denied", "Medinsky 2025-06-14")
