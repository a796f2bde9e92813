"""The index over ledgers that change: with it and without it every answer is the same."""

import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkstrack.index import build, stream
from talkstrack.index.limits import LIMITS, Limits
from talkstrack.index.open import Keeper, is_ready, open_index
from talkstrack.index.select import Index
from talkstrack.index.slot import Slot
from talkstrack.index.stamp import Stamp
from talkstrack.ledger.reading.unreadable import LedgerError
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.query import Query

SMALL = LIMITS
LARGE = Limits(digested=0, small=0, large=0, piece=700)
"""Every ledger goes the way of the large ones: read in pieces, stamped, appended in place."""

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
        [(found.ids, found.rows, found.may, found.total) for found in map(index.select, QUERIES)],
        [msgspec.json.encode(one) for one in index.history()],
        index.kinds(),
        index.tags(),
    )


def asked(path: Path, cache: Path | None, limits: Limits = SMALL) -> object:
    try:
        with open_index(path, "events.toml", cache=cache, limits=limits) as index:
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


@pytest.mark.parametrize("limits", [SMALL, LARGE], ids=["small", "large"])
def test_every_answer_is_the_same_with_and_without_the_index(
    tmp_path_factory: pytest.TempPathFactory, limits: Limits
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
            assert asked(path, cache, limits) == asked(path, None)

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


@pytest.mark.parametrize("limits", [SMALL, LARGE], ids=["small", "large"])
def test_an_unchanged_ledger_is_not_read_again_and_an_appended_one_only_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: Limits
) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    counted = builds(monkeypatch)
    asked(path, cache, limits)
    asked(path, cache, limits)
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
        found = asked(path, cache, limits)
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


def test_progress_is_told_while_a_large_ledger_is_read(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(GOOD, encoding="utf-8")
    told: list[tuple[int, int]] = []
    open_index(
        path, "x", cache=None, progress=lambda done, total: told.append((done, total)), limits=LARGE._replace(piece=400)
    ).close()
    size = path.stat().st_size
    assert told == sorted(told) and told[-1] == (size, size) and len(told) > 2


def test_a_reading_process_that_is_killed_costs_time_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.toml"
    path.write_text(GOOD, encoding="utf-8")
    expected, parent = asked(path, None), os.getpid()
    monkeypatch.setattr(stream, "_has_two", lambda: True)
    read = stream._read
    monkeypatch.setattr(stream, "_read", lambda *given: read(*given) if os.getpid() == parent else os._exit(9))
    assert asked(path, tmp_path / "cache", LARGE._replace(piece=400)) == expected


@pytest.mark.parametrize("what", ["mmap.mmap", "multiprocessing.context.ForkContext.Pool"])
def test_a_system_without_shared_memory_or_locks_reads_in_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    path = tmp_path / "events.toml"
    path.write_text(GOOD, encoding="utf-8")
    expected = asked(path, None)

    def refused(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(stream, "_has_two", lambda: True)
    monkeypatch.setattr(what, refused)
    assert asked(path, tmp_path / "cache", LARGE._replace(piece=400)) == expected


def _work(path: Path, cache: Path, limits: Limits, seed: int, failures: "multiprocessing.Queue[str]") -> None:
    chance = random.Random(seed)
    try:
        for _ in range(25):
            with open_index(path, "x", cache=cache, limits=limits) as index:
                found = index.select(Query(kind=("statement",)))
                numbers = [int(one.removeprefix("e-")) for one in index.ids("e-")]
                if len(found) != len(numbers) or numbers[-1:] == []:
                    failures.put(f"{len(found)} of {numbers}")
            if chance.random() < 0.2:
                for one in cache.glob("*.sqlite"):
                    one.unlink(missing_ok=True)
    except Exception as error:
        failures.put(repr(error))


@pytest.mark.parametrize("limits", [SMALL, LARGE._replace(piece=10**6)], ids=["small", "large"])
def test_two_processes_and_a_writer_at_once(tmp_path: Path, limits: Limits) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(HEAD + event(100), encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    failures: multiprocessing.Queue[str] = context.Queue()
    workers = [context.Process(target=_work, args=(path, cache, limits, seed, failures)) for seed in (1, 2)]
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
    assert asked(path, cache, limits) == asked(path, None)


def test_a_time_that_says_nothing_is_not_trusted(tmp_path: Path) -> None:
    """A change in the same tick of the clock, with the same size, is seen."""
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    limits = LARGE._replace(large=10**9)
    path.write_text(HEAD + event(1), encoding="utf-8")
    for word in ("Aaid", "Baid", "Caid"):
        path.write_text((HEAD + event(1)).replace("Said", word), encoding="utf-8")
        assert asked(path, cache, limits) == asked(path, None)


def test_an_index_that_another_process_brought_up_to_date_meanwhile_is_taken(tmp_path: Path) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    asked(path, cache, LARGE)
    path.write_text(GOOD + event(9), encoding="utf-8")

    class Overtaken(Keeper):
        times = 0

        def _content(self) -> tuple[bytes, Stamp]:
            found = super()._content()
            self.times += 1
            if self.times == 1:
                asked(path, cache, LARGE)
            return found

        def _made(self, slot: Slot) -> sqlite3.Connection:
            raise AssertionError(f"{slot.database} is made anew")

    with Index(Overtaken(path, "x", cache, None, LARGE).store(), lambda: pytest.fail("damaged")) as index:
        assert index.has("e-9")


def test_an_index_is_ready_when_the_times_alone_tell_that_it_is_true(tmp_path: Path) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    asked(path, cache, LARGE)
    assert not is_ready(path, cache, LARGE)  # the ledger was written just now, and may be written again unseen
    assert not is_ready(path, None, LARGE)
    slot = Slot(cache, path, LARGE)
    note = slot.read_note()
    assert note is not None
    settled = msgspec.structs.replace(note.ledger, taken=note.ledger.taken + 10**10)
    slot.write_note(msgspec.structs.replace(note, ledger=settled))
    assert is_ready(path, cache, LARGE)
    path.write_text(GOOD + event(9), encoding="utf-8")
    assert not is_ready(path, cache, LARGE)


def test_a_warm_query_imports_no_reader_and_no_parser(tmp_path: Path) -> None:
    path, cache = tmp_path / "events.toml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    asked(path, cache)
    code = (
        "import sys; from pathlib import Path; from talkstrack.index.open import open_index\n"
        "from talkstrack.model.query import Query\n"
        f"with open_index(Path({str(path)!r}), 'x', cache=Path({str(cache)!r})) as index:\n"
        "    assert len(index.select(Query(kind=('statement',), last=3))) == 3\n"
        "print(*sorted(name for name in sys.modules if name.startswith(('talkstrack', 'tomli', 'hashlib'))))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == [
        "talkstrack", "talkstrack.errors", "talkstrack.index", "talkstrack.index.facts", "talkstrack.index.filter",
        "talkstrack.index.limits", "talkstrack.index.open", "talkstrack.index.private",
        "talkstrack.index.rows", "talkstrack.index.schema", "talkstrack.index.scope", "talkstrack.index.select",
        "talkstrack.index.slot", "talkstrack.index.stamp", "talkstrack.model", "talkstrack.model.dates", "talkstrack.model.dates.days", "talkstrack.model.dates.period", "talkstrack.model.query",
    ]  # fmt: skip
