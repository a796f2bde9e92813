"""An index that is damaged, old, in the way or impossible to write: the right answer, never an error."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from talkstrack.index import fresh
from talkstrack.index.fingerprint import DIGESTED
from talkstrack.index.fresh import index_path, open_index
from talkstrack.index.select import Index
from talkstrack.ledger.reading.unreadable import LedgerMissing
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.query import Query

SIZES = pytest.mark.parametrize("digested", [DIGESTED, 0], ids=["small", "large"])
PAGE = 8192
QUERIES = (
    Query(),
    Query(kind=("statement",), party=("Ukraine",)),
    Query(tag=("t3",)),
    Query(since=parse_period("2025-05-10"), until=parse_period("2025-05-12")),
    Query(text="said 1"),
    Query(last=4),
)


def ledger(path: Path, events: int = 60) -> Path:
    head = '[ledger]\nformat = 1\n[party.UKR]\nname = "Ukraine"\n[party.RUS]\nname = "Russia"\n'
    body = "".join(
        f'[[event]]\nid = "e-{n}"\nkind = "{"statement" if n % 5 else "exchange"}"\ndate = 2025-05-{n % 28 + 1:02}\n'
        f'title = "Said {n}"\nby = "{"UKR" if n % 3 else "RUS"}"\ntags = ["t{n % 7}"]\nabout = ["e-{n // 2}"]\n'
        + ("" if n % 5 else f'[[event.transfer]]\nto = "UKR"\ncount = "~{n}"\n')
        for n in range(1, events)
    ).replace('about = ["e-0"]\n', "")
    path.write_text(head + body.replace('about = ["e-1"]\n', "", 1), encoding="utf-8")
    return path


def answers(index: Index) -> object:
    units = index.handed("people"), index.receiving("people"), index.untied()
    selections = map(index.select, QUERIES)
    return [index.problems, units, *((found.ids, found.rows, found.events, found.total) for found in selections)]


def asked(path: Path, cache: Path | None, digested: int = DIGESTED) -> object:
    with open_index(path, "x", cache=cache, digested=digested) as index:
        return answers(index)


@SIZES
def test_pages_that_are_lost_change_no_answer(tmp_path: Path, digested: int) -> None:
    """A page is overwritten, or the file ends before it: SQLite tells."""
    path, cache = ledger(tmp_path / "events.toml", 400), tmp_path / "cache"
    expected = asked(path, None)
    chance = random.Random(7)
    for _ in range(60):
        asked(path, cache, digested)
        database = index_path(path, cache)
        content = database.read_bytes()
        pages = [content[start : start + PAGE] for start in range(0, len(content), PAGE)]
        place = chance.randrange(len(pages))
        if chance.random() < 0.2:
            database.write_bytes(content[: place * PAGE + chance.randrange(PAGE)])
        else:
            pages[place] = chance.choice((b"\0", b"\xff")) * PAGE
            database.write_bytes(b"".join(pages))
        assert asked(path, cache, digested) == expected


def test_damage_that_is_only_noticed_while_reading_is_mended(tmp_path: Path) -> None:
    """The file is written over after it was found sound, as by a failing disk."""
    path, cache = ledger(tmp_path / "events.toml", 400), tmp_path / "cache"
    expected = asked(path, cache, 0)
    chance = random.Random(3)
    for _ in range(30):
        with open_index(path, "x", cache=cache, digested=0) as index:
            database = index_path(path, cache)
            content = database.read_bytes()
            place = content.index(b'{"id":"e-%d"' % chance.randrange(20, 390))
            start = place // PAGE * PAGE
            with database.open("r+b") as file:
                file.seek(start)
                file.write(b"\xff" * 16)
            assert answers(index) == expected
            assert database.read_bytes()[start] != 0xFF


def test_a_row_that_is_no_event_any_more_is_mended(tmp_path: Path) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    expected = asked(path, cache)
    database = index_path(path, cache)
    database.write_bytes(database.read_bytes().replace(b'"kind":"statement"', b'"kind":"statement\x01', 3))
    with open_index(path, "x", cache=cache) as index:
        assert [event.id for event in index.events()] == [f"e-{number}" for number in in_order()]
    assert asked(path, cache) == expected


def in_order() -> list[int]:
    return sorted(range(1, 60), key=lambda number: (number % 28, number))


@SIZES
def test_rows_that_are_gone_are_noticed(tmp_path: Path, digested: int) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    expected = asked(path, cache, digested)
    for statement in (
        "DELETE FROM event WHERE id = 'e-3'",
        "DROP INDEX event_order",
        "DROP TABLE words",
        "DROP TABLE naming",
        "UPDATE meta SET value = '99' WHERE key = 'rows'",
        "DELETE FROM meta WHERE key = 'fingerprint'",
        "UPDATE event SET current = 0 WHERE id = 'e-3'",
    ):
        with closing(sqlite3.connect(index_path(path, cache))) as connection, connection:
            connection.execute(statement)
        assert asked(path, cache, digested) == expected


@SIZES
def test_files_of_the_cache_that_are_lost_or_of_another_ledger(tmp_path: Path, digested: int) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    other = ledger(tmp_path / "other.toml", 20)
    expected = asked(path, cache, digested)
    asked(other, cache, digested)
    mine, its = index_path(path, cache), index_path(other, cache)
    mine.write_bytes(its.read_bytes())
    assert asked(path, cache, digested) == expected
    mine.unlink()
    assert asked(path, cache, digested) == expected
    mine.write_bytes(b"")
    assert asked(path, cache, digested) == expected


@SIZES
def test_an_index_of_another_version_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digested: int
) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    expected = asked(path, cache, digested)
    mine = index_path(path, cache)
    with monkeypatch.context() as older:
        older.setattr(fresh, "version", lambda: "older")
        asked(path, cache, digested)
        assert len(list(cache.iterdir())) == 2  # each keeps its own
        index_path(path, cache).replace(mine)
    assert asked(path, cache, digested) == expected


@SIZES
def test_a_cache_that_cannot_be_written(tmp_path: Path, digested: int) -> None:
    """Permissions do not bind root, so a file stands where the folder should be, and a folder where the file should."""
    path = ledger(tmp_path / "events.toml")
    expected = asked(path, None)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    assert asked(path, blocked, digested) == expected
    assert asked(path, blocked / "deeper", digested) == expected
    cache = tmp_path / "cache"
    index_path(path, cache).mkdir(parents=True)
    assert asked(path, cache, digested) == expected


@SIZES
def test_nothing_is_left_beside_the_index(tmp_path: Path, digested: int) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    asked(path, cache, digested)
    with path.open("a") as file:
        file.write('[[event]]\nid = "more"\nkind = "statement"\ndate = 2025-06-01\ntitle = "More"\n')
    asked(path, cache, digested)
    path.write_text("[ledger]\nformat = 1\n")
    asked(path, cache, digested)
    assert list(cache.iterdir()) == [index_path(path, cache)]


def test_a_ledger_that_is_gone_is_an_error_whatever_the_cache_holds(tmp_path: Path) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    asked(path, cache)
    path.unlink()
    with pytest.raises(LedgerMissing):
        open_index(path, "x", cache=cache)
