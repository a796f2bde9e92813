"""The index over ledgers that change: with it and without it every answer is the same."""

import multiprocessing
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkstrack.index import build, fresh
from talkstrack.index.fingerprint import DIGESTED
from talkstrack.index.fresh import index_path, is_ready, open_index
from talkstrack.index.schema import put_meta
from talkstrack.index.select import Index
from talkstrack.ledger.reading.unreadable import LedgerError
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.query import Query

LARGE = 0
"""Every ledger is taken for a large one, which the times of its file vouch for."""
SIZES = pytest.mark.parametrize("digested", [DIGESTED, LARGE], ids=["small", "large"])

HEAD = """[ledger]
format = 1
title = "Talks"
[party.UKR]
name = "Ukraine"
[party.RUS]
name = "Russia"
aliases = ["Москва"]
[person.umerov]
name = "Rustem Umerov"
party = "UKR"
[source.one]
publisher = "One"
published = 2025-05-01
"""

QUERIES = (
    Query(),
    Query(last=2),
    Query(party=("Russia",)),
    Query(kind=("exchange",), since=parse_period("2025-05-03")),
    Query(under=("agreement-0",)),
    Query(under=("agreement-0/prisoners",)),
    Query(text="umerov"),
    Query(as_known=parse_period("2025-05-10")),
    Query(source=("One",)),
)


def event(number: int, more: str = "") -> str:
    return (
        f'[[event]]\nid = "e-{number}"\nkind = "statement"\ndate = 2025-05-{number % 28 + 1:02}\n'
        f'title = "Said {number}"\nby = "UKR"\n{more}'
    )


PIECES = (
    *(event(number) for number in range(4)),
    event(4, 'sources = ["one"]\n'),
    event(5, 'about = ["e-1"]\n'),
    event(6, 'summary = """\n[[event]]\nid = "not-one"\n"""\n'),
    event(1, 'revision = 2\nbecause = "found"\nrecorded = 2025-05-20\n'),
    event(2, 'revision = 2\nbecause = "never"\nrecorded = 2025-05-21\nretracted = true\n'),
    event(7, 'sources = ["two"]\n'),
    event(8, 'under = "agreement-0"\n[[event.claim]]\nby = "umerov"\ncount = ">1000"\nunder = "agreement-0"\n'),
    '[[event]]\nid = "agreement-0"\nkind = "agreement"\ndate = 2025-05-02\ntitle = "A"\n'
    '[[event.commitment]]\nid = "prisoners"\nwhat = "people"\ncount = 100\n',
    '[[event]]\nid = "exchange-0"\nkind = "exchange"\ndate = 2025-05-04\ntitle = "X"\nunder = "agreement-0"\n'
    '[[event.transfer]]\nto = "UKR"\ncount = 10\n',
    '[source.two]\npublisher = "Two"\npublished = 2025-05-09\n',
    '[person.guest]\nname = "A Guest"\naliases = ["Russia"]\n',
    '[[person.umerov.role]]\ntitle = "Minister"\n',
    '[kind.visit]\nlabel = "visit"\n',
    '[[event.claim]]\nby = "RUS"\ncount = 5\n',
    '[event.extra]\nmine = 1\n',
    "# a remark\n",
    "title = 5\n",
    '[[event]]\nid = "broken"\n',
    '[[event]]\nid = "open"\nkind = "statement"\ndate = 2025-05-04\ntitle = "not closed\n',
    event(9, 'summary = """never closed\n'),
    event(9).replace("\n", "\r\n"),
    "   [party.TUR]\n   name = 'Türkiye'\n",
)  # fmt: skip


def answers(index: Index) -> tuple[object, ...]:
    register = index.register
    return (
        index.problems,
        [register.parties, register.persons, register.sources, register.kinds, register.heading],
        list(register.sources),
        [(found.ids, found.rows, found.possible, found.total) for found in map(index.select, QUERIES)],
        [msgspec.json.encode(one) for one in index.history()],
        index.kinds(),
        index.tags(),
    )


def asked(path: Path, cache: Path | None, digested: int = DIGESTED) -> object:
    try:
        with open_index(path, "events.toml", cache=cache, digested=digested) as index:
            return answers(index)
    except LedgerError as error:
        return type(error), str(error), error.line, error.column


def changed(draw: st.DrawFn, text: bytes) -> bytes:
    """One edit of a ledger: an append most of the time, else anything that happens to files."""
    piece = draw(st.sampled_from(PIECES)).encode()
    way = draw(st.sampled_from(["append"] * 6 + ["insert", "letter", "truncate", "replace", "cut"]))
    place = draw(st.integers(0, max(len(text) - 1, 0)))
    if way == "append":
        return text + draw(st.sampled_from([b"", b"\n"])) + piece
    if way == "insert":
        line = text.find(b"\n[", place) + 1
        return text[:line] + piece + text[line:]
    if way == "letter":
        return text[:place] + draw(st.sampled_from([b"1", b"x", b'"', b"\n", b"\xff"])) + text[place + 1 :]
    if way == "truncate":
        return text[:place]
    if way == "cut":
        return text[:place] + text[place + draw(st.integers(1, 60)) :]
    return HEAD.encode() + piece


@st.composite
def histories(draw: st.DrawFn) -> list[bytes]:
    start = draw(st.lists(st.sampled_from(PIECES[:14]), max_size=8, unique=True))
    found = [("".join((HEAD, *start))).encode()]
    for _ in range(draw(st.integers(1, 5))):
        found.append(changed(draw, found[-1]))
    return found


@SIZES
def test_every_answer_is_the_same_with_and_without_the_index(
    tmp_path_factory: pytest.TempPathFactory, digested: int
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    path, cache = folder / "events.toml", folder / "cache"

    @given(histories(), st.booleans())
    @settings(max_examples=60, deadline=None)
    def check(versions: list[bytes], restore: bool) -> None:
        for text in versions:
            times = path.stat() if path.exists() else None
            path.write_bytes(text)
            if restore and times is not None:
                os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
            assert asked(path, cache, digested) == asked(path, None)

    check()


def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often a ledger is read as a whole."""
    found: list[int] = []
    fill = build.fill

    def counted(*arguments: object) -> None:
        found.append(1)
        fill(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "fill", counted)
    return found


GOOD = "\n".join((HEAD, *PIECES[:9], PIECES[11], PIECES[12]))


@SIZES
def test_an_unchanged_ledger_is_not_read_again_and_an_appended_one_only_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digested: int
) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    counted = builds(monkeypatch)
    asked(path, cache, digested)
    asked(path, cache, digested)
    assert len(counted) == 1
    for more in (
        PIECES[10],
        PIECES[13],
        PIECES[9],
        event(3, 'revision = 2\nbecause = "x"\nrecorded = 2025-06-01\n'),
        PIECES[18],
    ):
        with path.open("a", encoding="utf-8") as file:
            file.write("\n" + more)
        found = asked(path, cache, digested)
        assert len(counted) == 1
        assert found == asked(path, None)
        counted.pop()


def test_what_is_appended_and_changes_more_than_the_end_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = builds(monkeypatch)
    for number, more in enumerate((PIECES[14], PIECES[15], PIECES[21], event(1), PIECES[9])):
        path, cache = tmp_path / f"{number}.toml", tmp_path / "cache"
        path.write_text(GOOD, encoding="utf-8")
        asked(path, cache)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n" + more)
        counted.clear()
        found = asked(path, cache)
        assert (len(counted), found) == (1, asked(path, None))


def test_the_first_revisions_are_known_from_what_the_register_says_now(tmp_path: Path) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    text = HEAD + event(4, 'sources = ["one"]\n')
    path.write_text(text, encoding="utf-8")
    asked(path, cache)
    path.write_text(text.replace("published = 2025-05-01", "published = 2025-08-01"), encoding="utf-8")
    with open_index(path, "events.toml", cache=cache) as index:
        assert index.select(Query(as_known=parse_period("2025-07-01"))).ids == ()


def test_problems_carry_the_name_the_ledger_is_called_by_now(tmp_path: Path) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(HEAD + event(1) + event(1), encoding="utf-8")
    with open_index(path, "here.toml", cache=cache) as index:
        assert [(one.slug, one.path) for one in index.problems] == [("duplicate-id", "here.toml")]
    with open_index(path, "there.toml", cache=cache) as index:
        assert [(one.slug, one.path) for one in index.problems] == [("duplicate-id", "there.toml")]
        assert index.select().ids == ("e-1",)


def test_progress_is_told_while_a_ledger_is_read(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(GOOD, encoding="utf-8")
    steps: list[tuple[int, int]] = []
    open_index(path, "x", cache=None, progress=lambda done, total: steps.append((done, total))).close()
    size = len(GOOD)
    assert steps == sorted(steps) and steps[-1][1] == size and len(steps) > 2


def _work(path: Path, cache: Path, digested: int, seed: int, failures: "multiprocessing.Queue[str]") -> None:
    chance = random.Random(seed)
    try:
        for _ in range(25):
            with open_index(path, "x", cache=cache, digested=digested) as index:
                found = index.select(Query(kind=("statement",)))
                numbers = [int(one.removeprefix("e-")) for one in index.ids("e-")]
                if len(found) != len(numbers) or numbers[-1:] == []:
                    failures.put(f"{len(found)} of {numbers}")
            if chance.random() < 0.2:
                for one in cache.glob("*.sqlite"):
                    one.unlink(missing_ok=True)
    except Exception as error:
        failures.put(repr(error))


@SIZES
def test_two_processes_and_a_writer_at_once(tmp_path: Path, digested: int) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(HEAD + event(100), encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    failures: multiprocessing.Queue[str] = context.Queue()
    workers = [context.Process(target=_work, args=(path, cache, digested, seed, failures)) for seed in (1, 2)]
    for one in workers:
        one.start()
    number = 100
    while any(one.is_alive() for one in workers):
        number += 1
        temporary = tmp_path / "new.toml"
        temporary.write_text(path.read_text(encoding="utf-8") + event(number), encoding="utf-8")
        temporary.replace(path)
        workers[0].join(0.02)
    for one in workers:
        one.join()
    assert failures.empty()
    assert asked(path, cache, digested) == asked(path, None)


def test_a_time_that_says_nothing_is_not_trusted(tmp_path: Path) -> None:
    """A change in the same tick of the clock, with the same size, is seen."""
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(HEAD + event(1), encoding="utf-8")
    for word in ("Aaid", "Baid", "Caid"):
        path.write_text((HEAD + event(1)).replace("Said", word), encoding="utf-8")
        assert asked(path, cache, LARGE) == asked(path, None)


def settle(path: Path, cache: Path) -> None:
    """Let the index be as old as if the ledger had not been changed for long before it was made."""
    later = path.stat().st_mtime_ns + 10**10
    os.utime(index_path(path, cache), ns=(later, later))


def test_a_large_ledger_is_not_read_once_its_times_tell_enough(tmp_path: Path) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    asked(path, cache, LARGE)
    assert not is_ready(path, cache)  # the ledger was written just now, and may be written again unseen
    assert not is_ready(path, None)
    settle(path, cache)
    assert is_ready(path, cache)
    path.write_text(GOOD + event(9), encoding="utf-8")
    assert not is_ready(path, cache)


def test_a_killed_append_is_never_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What vouches for the index is out of it while it is changed."""
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    asked(path, cache)
    path.write_text(GOOD + event(9), encoding="utf-8")
    puts = 0

    def killed(*arguments: Any, **values: Any) -> None:
        nonlocal puts
        puts += 1
        if puts == 2:
            raise KeyboardInterrupt
        put_meta(*arguments, **values)

    monkeypatch.setattr(fresh, "put_meta", killed)
    with pytest.raises(KeyboardInterrupt):
        asked(path, cache)
    monkeypatch.undo()
    path.write_text(GOOD, encoding="utf-8")
    counted = builds(monkeypatch)
    assert asked(path, cache) == asked(path, None)
    assert len(counted) == 2


def test_a_source_that_is_appended_says_when_an_event_was_known(tmp_path: Path) -> None:
    """An earlier revision may name a source that nobody knows; what is added to the register then counts for it."""
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    text = HEAD + event(1, 'sources = ["s"]\n')
    text += event(1, 'revision = 2\nbecause = "no source"\nrecorded = 2025-06-20\n')
    path.write_text(text, encoding="utf-8")
    asked(path, cache)
    path.write_text(f'{text}\n[source.s]\npublisher = "S"\npublished = 2025-06-01\n', encoding="utf-8")
    known = Query(as_known=parse_period("2025-05-20"))
    for folder in (cache, None):
        with open_index(path, "x", cache=folder) as index:
            assert index.select(known).ids == ()
    assert asked(path, cache) == asked(path, None)


def test_indexes_that_nobody_asks_for_are_cleared_away(tmp_path: Path) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    asked(path, cache)
    mine = index_path(path, cache)
    ledger = mine.name.partition(".")[0]
    ages = {f"{ledger}.other.sqlite": 2, f"{'0' * 32}.some.sqlite": 90, f"{ledger}.1-2.tmp": 1,
            f"{ledger}.newer.sqlite": 0, f"{'1' * 32}.some.sqlite": 30, "mine.txt": 400}  # fmt: skip
    for name, days in ages.items():
        (cache / name).touch()
        os.utime(cache / name, (time.time() - days * 86_400,) * 2)
    path.write_text(HEAD, encoding="utf-8")
    asked(path, cache)
    assert {one.name for one in cache.iterdir()} == {mine.name, *list(ages)[3:]}


def test_a_warm_query_imports_no_reader_and_no_parser(tmp_path: Path) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    asked(path, cache)
    code = (
        "import sys; from pathlib import Path; from talkstrack.index.fresh import open_index\n"
        "from talkstrack.model.query import Query\n"
        f"with open_index(Path({str(path)!r}), 'x', cache=Path({str(cache)!r})) as index:\n"
        "    assert len(index.select(Query(kind=('statement',), last=3))) == 3\n"
        "print(*sorted(name for name in sys.modules if name.startswith(('talkstrack', 'tomli', 'hashlib'))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [
        "talkstrack", "talkstrack.errors", "talkstrack.index", "talkstrack.index.filters",
        "talkstrack.index.fingerprint", "talkstrack.index.fresh", "talkstrack.index.links", "talkstrack.index.private", "talkstrack.index.rows",
        "talkstrack.index.schema", "talkstrack.index.select", "talkstrack.model", "talkstrack.model.dates",
        "talkstrack.model.dates.days", "talkstrack.model.dates.period", "talkstrack.model.query",
    ]  # fmt: skip
