"""An index that is damaged, old, in the way or impossible to write: the right answer, never an error."""

import random
import sqlite3
from pathlib import Path

import pytest

from talkstrack.index.limits import LIMITS, Limits
from talkstrack.index.open import open_index
from talkstrack.index.select import Index
from talkstrack.index.slot import Slot
from talkstrack.index.stamp import Stamp, digest_of
from talkstrack.ledger.reading.unreadable import LedgerMissing
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.query import Query

LARGE = Limits(digested=0, small=0, large=10**9, piece=10**6)
BOTH = pytest.mark.parametrize("limits", [LIMITS, LARGE], ids=["small", "large"])
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
    handed = index.handed("people"), index.receiving("people"), index.untied()
    return [index.problems, handed, *((found.ids, found.rows, found.total) for found in map(index.select, QUERIES))]


def asked(path: Path, cache: Path | None, limits: Limits = LIMITS) -> object:
    with open_index(path, "x", cache=cache, limits=limits) as index:
        return answers(index)


@BOTH
def test_random_bytes_over_the_index_change_no_answer(tmp_path: Path, limits: Limits) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    expected = asked(path, None)
    chance = random.Random(7)
    for _ in range(120):
        asked(path, cache, limits)
        files = sorted(one for one in cache.iterdir() if one.stat().st_size)
        victim = chance.choice(files + [one for one in files if one.suffix == ".sqlite"] * 3)
        with victim.open("r+b") as file:
            for _ in range(chance.choice((1, 1, 4, 40))):
                file.seek(chance.randrange(victim.stat().st_size))
                file.write(chance.randbytes(chance.choice((1, 2, 16, 500))))
            if chance.random() < 0.1:
                file.truncate(chance.randrange(victim.stat().st_size))
        assert asked(path, cache, limits) == expected


def test_damage_that_is_only_noticed_while_reading_is_mended(tmp_path: Path) -> None:
    """The file is written over after it was found sound, as by a failing disk."""
    path, cache = ledger(tmp_path / "events.toml", 400), tmp_path / "cache"
    expected = asked(path, None)
    asked(path, cache, LARGE)
    chance = random.Random(3)
    mended = 0
    for _ in range(30):
        with open_index(path, "x", cache=cache, limits=LARGE) as index:
            database = next(cache.glob("*.sqlite"))
            content = database.read_bytes()
            place = content.index(b'{"id":"e-%d"' % (chance.randrange(4, 78) * 5))
            before = database.stat().st_ino
            with database.open("r+b") as file:
                file.seek(place + 30)
                file.write(b"XYZ")
            assert answers(index) == expected
            mended += before != database.stat().st_ino
    assert mended == 30


@BOTH
def test_rows_that_were_changed_by_another_program_are_not_believed(tmp_path: Path, limits: Limits) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    expected = asked(path, cache, limits)
    for statement in (
        "UPDATE event SET title = 'other' WHERE id = 'e-3'",
        "DELETE FROM event WHERE id = 'e-3'",
        "DELETE FROM naming",
        "DROP INDEX event_order",
        "DROP TABLE body",
        "DELETE FROM handing WHERE row < 40",
        "UPDATE handing SET json = replace(json, '~', '')",
        "UPDATE meta SET value = '99' WHERE key = 'total'",
    ):
        connection = sqlite3.connect(next(cache.glob("*.sqlite")))
        with connection:
            connection.execute(statement)
        connection.close()
        assert asked(path, cache, limits) == expected


@BOTH
def test_files_of_the_cache_that_are_lost_or_of_another_ledger(tmp_path: Path, limits: Limits) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    other = ledger(tmp_path / "other.toml", 20)
    expected = asked(path, cache, limits)
    asked(other, cache, limits)
    mine, its = Slot(cache, path, limits), Slot(cache, other, limits)
    mine.database.write_bytes(its.database.read_bytes())
    assert asked(path, cache, limits) == expected
    mine.note.write_bytes(its.note.read_bytes())
    assert asked(path, cache, limits) == expected
    mine.database.write_bytes(its.database.read_bytes())
    mine.note.write_bytes(its.note.read_bytes())
    assert asked(path, cache, limits) == expected
    mine.note.unlink()
    assert asked(path, cache, limits) == expected
    mine.database.unlink()
    assert asked(path, cache, limits) == expected
    mine.database.write_bytes(b"")
    assert asked(path, cache, limits) == expected


def test_where_times_are_coarse_a_large_index_is_held_against_its_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    asked(path, cache, LARGE)
    fine = Slot(cache, path, LARGE).read_note()
    monkeypatch.setattr(Stamp, "is_fine", False)
    Slot(cache, path, LARGE).note.unlink()
    expected = asked(path, cache, LARGE)
    coarse = Slot(cache, path, LARGE).read_note()
    assert fine and coarse and fine.index_digest is None
    assert coarse.index_digest == digest_of(Slot(cache, path, LARGE).database)[0]
    assert asked(path, cache, LARGE) == expected


@BOTH
def test_an_index_of_another_version_is_made_anew(tmp_path: Path, limits: Limits) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    expected = asked(path, cache, limits)
    slot = Slot(cache, path, limits)
    slot.version = "older"
    found = Slot(cache, path, limits).read_note()
    assert found is not None
    note = slot.note_for(found.ledger, found.ledger_digest, found.index_digest)
    slot.write_note(note)
    assert Slot(cache, path, limits).read_note() is None
    assert asked(path, cache, limits) == expected
    assert Slot(cache, path, limits).read_note() is not None


@BOTH
def test_a_cache_that_cannot_be_written(tmp_path: Path, limits: Limits) -> None:
    """Permissions do not bind root, so a file stands where the folder should be, and folders where the files should."""
    path = ledger(tmp_path / "events.toml")
    expected = asked(path, None)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    assert asked(path, blocked, limits) == expected
    assert asked(path, blocked / "deeper", limits) == expected
    for ending in ("sqlite", "note", "lock"):
        cache = tmp_path / ending
        Slot(cache, path, limits).database.with_suffix(f".{ending}").mkdir(parents=True)
        assert asked(path, cache, limits) == expected
        assert asked(path, cache, limits) == expected


@BOTH
def test_nothing_temporary_is_left(tmp_path: Path, limits: Limits) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    asked(path, cache, limits)
    with path.open("a") as file:
        file.write('[[event]]\nid = "more"\nkind = "statement"\ndate = 2025-06-01\ntitle = "More"\n')
    asked(path, cache, limits)
    path.write_text("[ledger]\nformat = 1\n")
    asked(path, cache, limits)
    assert sorted(one.suffix for one in cache.iterdir()) == [".lock", ".note", ".sqlite"]


def test_a_ledger_that_is_gone_is_an_error_whatever_the_cache_holds(tmp_path: Path) -> None:
    path, cache = ledger(tmp_path / "events.toml"), tmp_path / "cache"
    asked(path, cache)
    path.unlink()
    with pytest.raises(LedgerMissing):
        open_index(path, "x", cache=cache)
