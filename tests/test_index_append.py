"""What may be appended, told from the index alone, is what a reading of the whole ledger lets through."""

from pathlib import Path

import pytest

from desk import AGREEMENT, EXCHANGE, HEADER
from talkstrack.index.append import brings_no_error
from talkstrack.index.fresh import open_index
from talkstrack.ledger.writing.refused import WriteRefused
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes
from talkstrack.ledger.writing.validate import refuse_new_errors

OLD = HEADER + AGREEMENT + EXCHANGE
REVISED = 'revision = 2\nbecause = "w"\nrecorded = 2026-03-10\n'


def event(key: str, more: str = "") -> str:
    return f'\n[[event]]\nid = "{key}"\nkind = "meeting"\ndate = 2025-08-01\ntitle = "T"\n{more}'


def revised(block: str, more: str = "") -> str:
    return block.replace("[[event.", more + REVISED + "[[event.", 1)


@pytest.mark.parametrize(
    ("added", "wanted"),
    [
        (event("new"), True),
        (event("new", 'part_of = "agreement-2"\n') + event("newer", 'about = ["new", "exchange-2025-07-23"]\n'), True),
        ('\n[source.s]\npublisher = "S"\n' + event("new", 'sources = ["s"]\n'), True),
        ('\n[party.TUR]\nname = "Turkiye"\n', True),
        (revised(EXCHANGE), True),
        (revised(AGREEMENT, 'place = "Istanbul"\n'), True),
        (revised(EXCHANGE, "retracted = true\n"), True),
        (EXCHANGE.replace('date = 2025-07-23', 'date = 2025-08-14').replace('id = "exchange-2025-07-23"', 'id = "x"'), True),
        (event("exchange-2025-07-23"), False),
        (event("new", 'parties = ["UKX"]\n'), False),
        (event("new", 'under = "agreement-3"\n'), False),
        (event("new", 'under = "agreement-2/bodies"\n'), False),
        (event("new", 'part_of = "newer"\n') + event("newer", 'part_of = "new"\n'), False),
        (event("new", 'part_of = "new"\n'), False),
        (revised(AGREEMENT, "retracted = true\n"), False),
        (revised(AGREEMENT, 'under = "exchange-2025-07-23"\n'), False),
        (revised(EXCHANGE).replace("revision = 2", "revision = 3"), False),
        (event("new", "titel = 1\n"), False),
        ('\n[[event.transfer]]\nto = "UKX"\ncount = 1\n', False),
        ('\n[party.UKR]\nname = "Twice"\n', False),
        ("\n[[event]\n", False),
    ],
)  # fmt: skip
def test_it_says_what_a_whole_reading_says(tmp_path: Path, added: str, wanted: bool) -> None:
    path = tmp_path / "events.toml"
    path.write_text(OLD)
    with open_index(path, "events.toml", cache=tmp_path / "cache") as index:
        is_fine = brings_no_error(index, LedgerBytes.of(OLD.encode()), added.encode())
    assert is_fine == wanted
    try:
        refuse_new_errors(OLD.encode(), (OLD + added).encode(), "events.toml")
    except WriteRefused:
        assert not wanted
    else:
        assert wanted


def test_another_ledger_than_the_indexed_one_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(OLD)
    with open_index(path, "events.toml", cache=None) as index:
        assert not brings_no_error(index, LedgerBytes.of(OLD.encode() + b"\n# more\n"), event("new").encode())


def test_a_ledger_with_errors_needs_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(OLD + event("bad", 'parties = ["UKX"]\n'))
    with open_index(path, "events.toml", cache=None) as index:
        assert not brings_no_error(index, LedgerBytes.of(path.read_bytes()), event("new").encode())
