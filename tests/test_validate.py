"""A write is refused for the errors it would bring in, and for no others."""

from pathlib import Path

import pytest

from talkstrack.errors import WRITE_REFUSED
from talkstrack.ledger.reading.conflict_markers import has_conflict
from talkstrack.ledger.reading.read import read_text
from talkstrack.ledger.reading.unreadable import LedgerError
from talkstrack.ledger.writing.append import Change, append
from talkstrack.ledger.writing.refused import WriteError, WriteRefused
from talkstrack.ledger.writing.validate import refuse_new_errors

HEADER = "[ledger]\nformat = 1\n[party.UKR]\nname = 'Ukraine'\n"


def event(key: str, *fields: str) -> str:
    return "\n".join(
        ("\n[[event]]", f'id = "{key}"', 'kind = "talks"', "date = 2025-05-16", 'title = "T"', *fields, "")
    )


def refuse(old: str, new: str) -> None:
    refuse_new_errors(old.encode(), new.encode(), "e.toml")


def test_what_brings_no_error_is_not_refused() -> None:
    refuse(HEADER, HEADER + event("a"))


def test_new_errors_are_told_and_old_ones_are_not() -> None:
    old = HEADER + event("a", 'parties = ["RUS"]')
    new = old + event("b", 'parties = ["RUS"]', 'sources = ["s"]')
    with pytest.raises(WriteRefused) as caught:
        refuse(old, new)
    error = caught.value
    told = [(one.slug, one.subject, one.path, one.line) for one in error.problems]
    assert told == [("unknown-party", "b", "e.toml", 18), ("unknown-source", "b", "e.toml", 19)]
    assert (error.exit_code, error.slug) == (WRITE_REFUSED, "write-refused")
    assert error.message == "this would bring 2 errors into e.toml; nothing was written"
    refuse(old, old + event("c"))


def test_an_old_error_may_move_but_not_multiply() -> None:
    old = HEADER + event("a", "parties = ['RUS']")
    moved = HEADER + event("first") + event("a", "parties = ['RUS']")
    refuse(old, moved)
    with pytest.raises(WriteRefused):
        refuse(old, HEADER + event("a", "parties = ['RUS', 'RUS']"))


def test_a_block_can_break_what_stands_elsewhere() -> None:
    old = HEADER + event("a") + event("b", 'about = "a"')
    new = old + event("a", "revision = 2", 'because = "x"', "recorded = 2025-05-17", "retracted = true")
    with pytest.raises(WriteRefused) as caught:
        refuse(old, new)
    assert [(one.slug, one.subject) for one in caught.value.problems] == [("retracted-referenced", "b")]


def test_what_is_no_ledger_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "notes.toml"
    for content, slug in ((b"a = 1\n", "no-ledger-table"), (b"[ledger]\nformat = 1\n# \xff\n", "not-utf8")):
        path.write_bytes(content)

        def check(change: Change, _: None) -> None:
            refuse_new_errors(change.old, change.new, "notes.toml")

        with pytest.raises(LedgerError) as caught:
            append(path, lambda _: ([event("a")], None), check=check)
        assert caught.value.slug == slug
        assert path.read_bytes() == content


def test_nothing_is_written_beside_a_conflict_that_git_left() -> None:
    conflict = "<<<<<<< ours\n" + event("a") + "=======\n" + event("b") + ">>>>>>> theirs\n"
    with pytest.raises(WriteError) as caught:
        refuse(HEADER + conflict, HEADER + conflict + event("c"))
    assert caught.value.message == "git left a conflict in e.toml; nothing was written"
    within = HEADER + event("a", f"note = '''\n{conflict}'''")
    with pytest.raises(WriteError):
        refuse(within, within + event("c"))
    (problem,) = read_text(within, "e.toml").problems
    assert (problem.message, problem.line) == (
        "git left a conflict here",
        within[: within.index("<<<")].count("\n") + 1,
    )
    indented = HEADER + event("a", f"note = '''\n{conflict.replace('<<<<<<<', ' <<<<<<<')}'''")
    refuse(indented, indented + event("c"))


def test_many_markers_are_looked_through_in_one_go() -> None:
    assert not has_conflict("<<<<<<< a\n=======\n" * 100_000)
    assert has_conflict("<<<<<<< a\n=======\n" * 100_000 + ">>>>>>> b\n")
