"""The commands that read: what they print, at 80 and 140 columns, in a pipe, in ASCII, and with a faulty ledger."""

import json
from pathlib import Path

import pytest
import tomli_w

from golden import golden, ledger_in, printed, run
from hostile import STEERING, TITLES

NINE = [
    f"exchange-2025-{day}" for day in ["06-09", "06-10", "06-12", "06-14", "06-19", "06-20", "06-26", "07-04", "07-23"]
]
HEAD = '[ledger]\nformat = 1\n[party.UKR]\nname = "Ukraine"\n[source.a]\npublisher = "A"\n'


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("timeline-80.txt", ("timeline", "--width", "80")),
        ("timeline-140.txt", ("timeline", "--width", "140")),
        ("timeline-ascii.txt", ("timeline", "--width", "80", "--ascii", "--since", "2025-06", "--until", "2025-07")),
        ("timeline-long.txt", ("timeline", "--long", "--width", "80", "--on", "2025-07-23")),
        ("timeline-round.txt", ("timeline", "--width", "80", "--group", "round", "--kind", "talks,agreement,exchange")),
        ("timeline-year.txt", ("timeline", "--width", "80", "--group", "year", "--last", "12", "--reverse")),
        ("timeline-pipe.txt", ("timeline",)),
        ("timeline.csv", ("timeline", "--format", "csv", "--kind", "exchange,repatriation")),
        ("timeline.md", ("timeline", "--format", "markdown", "--kind", "agreement,ultimatum")),
        ("show-exchange.txt", ("show", "exchange-2025-07-23", "--width", "80")),
        ("show-contested.txt", ("show", "repatriation-2025-07-17", "exchange-2025-10-02", "--width", "80")),
        ("show-agreement.txt", ("show", "agreement-2", "round-2", "--width", "80")),
        ("search.txt", ("search", "snake island", "--width", "80")),
        ("check-list.txt", ("check", "--list", "--width", "100")),
    ],
)
def test_what_is_printed(name: str, args: tuple[str, ...]) -> None:
    golden(name, printed(*args))


def rows(*args: str) -> list[str]:
    found = json.loads(printed(*args, "--json"))
    return [row["id"] for row in found["rows"]]


def test_the_nine_stages_are_found_by_their_agreement() -> None:
    span = ("--since", "2025-06", "--until", "2025-07")
    assert rows("timeline", "--kind", "exchange", "--under", "agreement-2", *span) == NINE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("--party", "Kyiv"), ("--party", "UKR")),
        (("--party", "україна"), ("--party", "UKR")),
        (("--person", "Umierov"), ("--person", "umerov")),
        (("--person", "УМЄРОВ"), ("--person", "umerov")),
        (
            ("--on", "2025-07-23", "--kind", "talks"),
            ("--kind", "talks", "--since", "2025-07-23", "--until", "2025-07-23"),
        ),
        (("--kind", "talks", "--kind", "agreement"), ("--kind", "agreement,talks")),
    ],
)
def test_two_ways_of_asking_find_the_same(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    found = rows("timeline", *one)
    assert found and found == rows("timeline", *other)


def test_a_person_is_found_by_any_name_in_any_script() -> None:
    assert rows("search", "Умєров") == rows("search", "umierov") == rows("search", "RUSTEM")


def test_a_search_shows_the_note_of_any_facet_that_it_found(tmp_path: Path) -> None:
    """Notes of deadlines and delegations were looked through, and never shown.
    [[event]]
    id = "a"
    kind = "ultimatum"
    title = "Ten days"
    date = 2025-07-01
    sources = ["liga"]
    [[event.deadline]]
    to = "RUS"
    within = "P10D"
    note = "said on board"
    """
    ledger = ledger_in(test_a_search_shows_the_note_of_any_facet_that_it_found.__doc__, tmp_path)
    assert "said on board" in printed("search", "board", "--width", "80", ledger=ledger)


def test_a_day_shows_the_events_that_surely_fall_on_it() -> None:
    assert [row["event"]["id"] for row in json.loads(printed("show", "2025-05-24", "--json"))["rows"]] == [
        "exchange-2025-05-24",
    ]


def test_an_event_that_was_retracted_is_shown_by_its_history(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    block = '[[event]]\nid = "a"\nkind = "statement"\ndate = 2025-06-01\ntitle = "T"\nsources = ["a"]\n'
    gone = 'revision = 2\nretracted = true\nbecause = "slip"\nrecorded = 2025-06-02\n'
    path.write_text(HEAD + block + block + gone, encoding="utf-8")
    found = run("show", "a", ledger=path)
    assert (found.code, found.out) == (4, "")
    assert f"hint: talkstrack history -f {path} a" in found.err


def test_nothing_found_is_an_empty_stdout() -> None:
    assert printed("timeline", "--on", "1999") == ""


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("show", "nothing-like-it"), 4, "error[no-such-event]"),
        (("show", "exchange-2025-07"), 4, "error[ambiguous-id]"),
        (("timeline", "--group", "mont"), 2, "did you mean `month`?"),
        (("timeline", "--since", "23/07/2025"), 2, "--since"),
        (("check", "--only", "parts-som"), 2, "did you mean `parts-sum`?"),
        (("schema", "timelin"), 2, "did you mean `timeline`?"),
        (("search", " "), 2, "nothing to search for"),
    ],
)
def test_a_slip_is_told_with_its_exit_code(args: tuple[str, ...], code: int, told: str) -> None:
    found = run(*args)
    assert (found.code, found.out) == (code, "")
    assert told in found.err


def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "events.toml"
    good = '[[event]]\nid = "a"\nkind = "statement"\ndate = 2025-06-01\ntitle = "Good"\nsources = ["a"]\n'
    bad = '[[event]]\nid = "b"\nkind = "statement"\ndate = "2025-06-31"\ntitle = "Bad"\nsorces = ["a"]\n'
    path.write_text(HEAD + good + bad, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--person", "Umrov"), "note: the register knows no person `Umrov`; did you mean `umerov`?\n"),
        (("--kind", "exchang"), "note: there is no kind `exchang`; did you mean `exchange`?\n"),
        (("--under", "agreement-9"), "note: there is no event `agreement-9`; did you mean `agreement-3`?\n"),
        (("--party", "Mars,UKR", "--on", "1999"), "note: the register knows no party `Mars`\n"),
        (("--source", "nope"), "note: the register knows no source `nope`\n"),
        (("--by", "Zelensky", "--to", "Rus", "--on", "1999"), ""),
        (("--on", "1999"), ""),
    ],
)
def test_where_nothing_is_found_a_name_nobody_has_is_told(args: tuple[str, ...], told: str) -> None:
    found = run("timeline", *args)
    assert (found.code, found.out, found.err) == (0, "", told)


def test_a_day_without_events_names_the_nearest_that_has_some() -> None:
    found = run("show", "2025-07-25")
    assert (found.code, found.out, found.err) == (
        4,
        "",
        "error[no-such-event]: nothing in the ledger happened on 2025-07-25\n"
        "hint: the nearest day is 2025-07-23: talkstrack show -f data/events.toml 2025-07-23\n",
    )


def test_an_option_that_is_like_none_is_not_guessed_at() -> None:
    found = run("timeline", "--bogus")
    assert (found.code, found.out, found.err) == (
        2,
        "",
        "error[usage]: there is no option --bogus\nhint: talkstrack timeline --help\n",
    )


def test_days_are_whole_in_every_grouping() -> None:
    shown = printed("timeline", "--group", "kind", "--width", "90", "--on", "2025-07-23", "--kind", "talks,exchange")
    assert shown.splitlines()[2:10] == [
        "talks " + "─" * 75 + " 2 events",
        "2025-05-16/2025-07-23  ◆   The Istanbul talks · perhaps" + " " * 27 + "3 rounds",
        "2025-07-23             ◆   Round 3 of the talks" + " " * 29 + "Ciragan Palace",
        "",
        "exchange " + "─" * 72 + " 2 events",
        "2025-06-09/2025-07-23  ⇄   All for all in two categories · perhaps" + " " * (15 - 10) + "9 days · ~250+ each",
        "2025-07-23             ⇄   Stage 9: seriously ill, severely wounded    ~250 each, says RUS",
        "",
    ]


def test_a_faulty_ledger_is_shown_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    found = run("timeline", ledger=faulty(tmp_path))
    assert found.code == 3
    assert found.out == "2025-06-01  a  statement  held  Good  -  -\n"
    assert found.err.count("error[") == 2


def test_check_tells_every_fault_with_its_place(tmp_path: Path) -> None:
    path = faulty(tmp_path)
    found = run("check", "--width", "80", ledger="events.toml", cwd=tmp_path)
    assert (found.code, found.err) == (1, "")
    golden("check-faulty.txt", found.out)
    told = json.loads(run("check", "--json", ledger=path).out)["rows"]
    assert [(one["slug"], one["line"], one["column"]) for one in told] == [("bad-date", 16, 8), ("unknown-key", 18, 1)]


def test_check_takes_several_ledgers_and_goes_on_after_one_that_is_none(tmp_path: Path) -> None:
    path = faulty(tmp_path)
    found = run("check", str(tmp_path), str(path), str(tmp_path / "none.toml"))
    assert found.code == 3
    assert found.out.count("\n") == 2
    assert "error[not-a-file]" in found.err and "error[no-ledger]" in found.err


def test_strict_and_only_choose_what_fails(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(
        HEAD + '[[event]]\nid = "a"\nkind = "statement"\ndate = 2025-06-01\ntitle = "T"\n', encoding="utf-8"
    )
    assert run("check", ledger=path).code == 0
    assert run("check", "--strict", ledger=path).code == 1
    assert run("check", "--strict", "--only", "round-gap", ledger=path).code == 0
    assert run("check", "--only", "round-gap", ledger=path).err == "1 event: no errors, no warnings\n"


@pytest.mark.parametrize("title", TITLES[:5])
def test_a_title_can_do_no_harm(tmp_path: Path, title: str) -> None:
    path = tmp_path / "events.toml"
    text = tomli_w.dumps({"title": title})
    path.write_text(HEAD + f'[[event]]\nid = "a"\nkind = "statement"\ndate = 2025-06-01\n{text}sources = ["a"]\n')
    for args in (
        ("timeline",),
        ("timeline", "--width", "80"),
        ("timeline", "--long", "--width", "60", "--ascii"),
        ("show", "a", "--width", "80"),
        ("search", "a", "--width", "80"),
        ("timeline", "--format", "markdown"),
        ("timeline", "--format", "csv"),
    ):
        found = run(*args, ledger=path)
        assert found.code == 0 and not STEERING & set(found.out), args
    assert json.loads(run("timeline", "--json", ledger=path).out)["rows"][0]["title"] == title


def test_the_commands_of_a_hint_name_the_ledger_that_was_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "two words"
    folder.mkdir()
    path = faulty(folder)
    told = run("brief", ledger=path).err
    assert f"hint: see them all: talkstrack check '{path}'\n" in told
    assert "hint: to list the ids: talkstrack timeline -f" in run("show", "nothing").err
