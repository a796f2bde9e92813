"""Merging two ledgers block by block: what is kept, what is a conflict, and that nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkstrack.ledger.merging.driver import driver, merge_messages
from talkstrack.ledger.merging.merge import Merged, merge
from talkstrack.ledger.reading.blocks import cut
from talkstrack.ledger.reading.conflict_markers import has_conflict, is_marker
from talkstrack.ledger.reading.read import read_text

HEAD = """\
# The talks.
[ledger]
format = 1

[party.UKR]
name = "Ukraine"

[party.RUS]
name = "Russia"

[person.umerov]
name = "Rustem Umerov"
party = "UKR"
[[person.umerov.role]]
title = "Minister of Defence"
from = 2023-09-06
"""
PATH = "data/events.toml"


def event(name: str, count: int | str = 5, extra: str = "") -> str:
    return (
        f'[[event]]\nid = "{name}"\nkind = "exchange"\ndate = 2025-07-23\ntitle = "Stage"\n'
        f'{extra}[[event.transfer]]\nto = "UKR"\ncount = {count}\n'
    )


def revision(name: str, number: int, count: int) -> str:
    return event(name, count, f'revision = {number}\nbecause = "counted"\nrecorded = 2025-08-0{number}\n')


def ledger(*blocks: str, head: str = HEAD) -> str:
    return "\n".join((head, *blocks))


def merged(base: str, ours: str, theirs: str) -> Merged:
    return merge(base, ours, theirs, path=PATH)


def clean(base: str, ours: str, theirs: str) -> str:
    text, conflicts = merged(base, ours, theirs)
    assert conflicts == ()
    return text


def messages(result: Merged) -> list[str]:
    return [one.message for one in result.conflicts]


def between(ours: str, theirs: str) -> str:
    return f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"


A, B, X, Y, Z = (event(name) for name in "abxyz")
BASE = ledger(A)


# ------------------------------------------------------------------------------------- whole blocks


def test_keeps_new_blocks_of_both_sides_ours_first() -> None:
    assert clean(BASE, ledger(A, X, Z), ledger(A, Y, B)) == ledger(A, X, Z, Y, B)


def test_keeps_equal_new_blocks_once() -> None:
    assert clean(BASE, ledger(A, X, Y), ledger(A, B, X)) == ledger(A, B, X, Y)


def test_takes_ours_text_of_blocks_that_say_the_same() -> None:
    ours, theirs = event("x", 5), event("x", "0x5 # five").replace("\nkind", "\n\nkind").replace("date =", "date  =")
    assert clean(BASE, ledger(A, ours), ledger(A, theirs, Y)) == ledger(A, ours, Y)


def test_takes_the_side_that_changed_a_block() -> None:
    changed = event("a", 6)
    assert clean(ledger(A, B), ledger(changed, B), ledger(A, B, X)) == ledger(changed, B, X)
    assert clean(ledger(A, B), ledger(A, B, X), ledger(changed, B)) == ledger(changed, B, X)


def test_deletes_what_one_side_deleted_and_the_other_left() -> None:
    assert clean(ledger(A, B), ledger(B), ledger(A, B, X)) == ledger(B, X)
    assert clean(ledger(A, B), ledger(A, B, X), ledger(B)) == ledger(B, X)


def test_puts_a_block_where_its_side_had_it() -> None:
    assert clean(ledger(A, B), ledger(A, B, X), ledger(A, Y, B)) == ledger(A, Y, B, X)
    assert clean(ledger(A, B), ledger(A, X, B), ledger(B, Y)) == ledger(X, B, Y)


def test_keeps_the_order_of_the_side_that_moved_a_block() -> None:
    assert clean(ledger(A, B), ledger(A, B, X), ledger(B, A)) == ledger(B, A, X)
    assert clean(ledger(A, B), ledger(B, A), ledger(A, B, X)) == ledger(B, A, X)


def test_revisions_of_different_events_are_both_kept() -> None:
    ours, theirs = revision("a", 2, 6), revision("b", 2, 7)
    assert clean(ledger(A, B), ledger(A, B, ours), ledger(A, B, theirs)) == ledger(A, B, ours, theirs)


def test_the_same_revision_on_both_sides_stands_once_before_a_later_one() -> None:
    second, third = revision("a", 2, 6), revision("a", 3, 7)
    assert clean(BASE, ledger(A, second, X), ledger(A, second, third)) == ledger(A, second, X, third)


def test_two_changes_of_layout_and_content_meet() -> None:
    ours, theirs = A.replace("count = 5", "count = 5 # by hand"), A.replace("Stage", "Stage 9")
    both = ours.replace("Stage", "Stage 9")
    assert clean(BASE, ledger(ours), ledger(theirs)) == ledger(both)
    assert clean(BASE, ledger(theirs), ledger(ours)) == ledger(both)


# --------------------------------------------------------------------------- conflicts of one block


def test_an_id_added_in_two_ways_is_a_conflict() -> None:
    """The rest is merged, and the markers stand around the two blocks alone."""
    ours, theirs = event("x", 1245), event("x", 1248)
    result = merged(BASE, ledger(A, ours, Z), ledger(A, theirs, Y))
    assert result.text == ledger(A, between(ours, theirs), Z, Y)
    assert merge_messages(result, PATH) == [
        f"{PATH}:27:1: conflict[both-added]: x was added on both sides: count 1245 here, 1248 there",
        "hint: keep one of the two, or give one of them another id; remove the markers",
    ]
    assert result.text.split("\n")[26] == "<<<<<<< ours"
    assert [one.slug for one in read_text(result.text, PATH).errors][:1] == ["syntax"]


def test_a_revision_made_twice_is_a_conflict() -> None:
    ours, theirs = revision("a", 2, 1245), revision("a", 2, 1248)
    result = merged(BASE, ledger(A, ours), ledger(A, theirs))
    assert result.text == ledger(A, between(ours, theirs))
    assert merge_messages(result, PATH)[0].endswith(
        "conflict[both-revised]: a was revised on both sides: count 1245 here, 1248 there"
    )
    third = merged(
        BASE, ledger(A, revision("a", 2, 1), revision("a", 3, 2)), ledger(A, revision("a", 2, 1), revision("a", 3, 4))
    )
    assert messages(third) == ["a (revision 3) was revised on both sides: count 2 here, 4 there"]


def test_a_block_changed_in_two_ways_is_a_conflict() -> None:
    ours, theirs = event("a", 6), event("a", 7).replace("Stage", "Stage 9")
    result = merged(BASE, ledger(ours), ledger(theirs))
    assert result.text == ledger(between(ours, theirs))
    assert messages(result) == ["a was changed on both sides: count 6 here, 7 there"]


def test_fields_of_one_event_are_not_mixed() -> None:
    result = merged(BASE, ledger(event("a", 6)), ledger(A.replace("Stage", "Stage 9")))
    assert messages(result) == [
        'a was changed on both sides: title "Stage" here, "Stage 9" there; count 6 here, 5 there'
    ]


def test_a_change_and_a_deletion_are_a_conflict() -> None:
    changed = event("a", 6)
    result = merged(ledger(A, B), ledger(changed, B), ledger(B, X))
    assert result.text == ledger(between(changed, ""), B, X)
    assert messages(result) == ["a was changed here and deleted there"]
    result = merged(ledger(A, B), ledger(B), ledger(changed, B))
    assert result.text == ledger(between("", changed), B)
    assert messages(result) == ["a was deleted here and changed there"]


def test_differences_are_told_with_their_place() -> None:
    rows = '[[event.transfer]]\nto = "RUS"\ncount = 9\n'
    ours = event("x", 5, 'note = "a\\u001bb"\nsummary = "' + "long " * 30 + '"\nplace = "Kyiv"\n') + rows
    theirs = event("x", 6, "extra = { sure = true }\n") + rows.replace("9", "8")
    assert messages(merged(BASE, ledger(A, ours), ledger(A, theirs))) == [
        'x was added on both sides: note "a b" here, left out there; '
        f'summary "{"long " * 11}lon… here, left out there; place "Kyiv" here, left out there; and 3 more differences'
    ]
    one, two = event("x", 5) + rows, event("x", 5) + rows.replace("9", "8")
    assert messages(merged(BASE, ledger(A, one), ledger(A, two))) == [
        "x was added on both sides: count of transfer 2 9 here, 8 there"
    ]


@pytest.mark.parametrize(("ours", "theirs"), [("1", "1.0"), ("1", "true"), ("2025-07-01", '"2025-07-01"')])
def test_values_of_two_types_are_two_values(ours: str, theirs: str) -> None:
    result = merged(BASE, ledger(A, event("x", ours)), ledger(A, event("x", theirs)))
    assert [one.reason for one in result.conflicts] == ["both-added"]


def test_labels_and_marker_size_are_those_asked_for() -> None:
    ours, theirs = event("x", 1), event("x", 2)
    result = merge(BASE, ledger(A, ours), ledger(A, theirs), path=PATH, labels=("HEAD", "topic\nx"), marker_size=9)
    marked = f"<<<<<<<<< HEAD\n{ours}=========\n{theirs}>>>>>>>>> topic x\n"
    assert result.text == ledger(A, marked)


# ------------------------------------------------------------------------------------ header tables


def test_new_entries_of_both_sides_are_kept() -> None:
    ours = HEAD.replace("\n[person.umerov]", '\n[party.TUR]\nname = "Turkiye"\n\n[person.umerov]')
    theirs = HEAD.replace("\n[person.umerov]", '\n[party.USA]\nname = "United States"\n\n[person.umerov]')
    both = ours.replace("\n[person.umerov]", '\n[party.USA]\nname = "United States"\n\n[person.umerov]')
    assert clean(BASE, ledger(A, X, head=ours), ledger(A, Y, head=theirs)) == ledger(A, X, Y, head=both)


def test_keys_added_to_one_entry_are_united() -> None:
    ours = HEAD.replace('"Ukraine"\n', '"Ukraine"\naliases = ["Kyiv"]\n')
    theirs = HEAD.replace('"Ukraine"\n', '"Ukraine"  # since 1991\n# seen\nnote = "N"\n')
    both = HEAD.replace('"Ukraine"\n', '"Ukraine"  # since 1991\naliases = ["Kyiv"]\n# seen\nnote = "N"\n')
    assert clean(HEAD, ours, theirs) == both


def test_a_key_removed_on_one_side_and_one_added_on_the_other() -> None:
    base = HEAD.replace('"Ukraine"\n', '"Ukraine"\nnote = "N"\n')
    theirs = base.replace('"Ukraine"\n', '"Ukraine"\naliases = ["Kyiv"]\n')
    assert clean(base, HEAD, theirs) == HEAD.replace('"Ukraine"\n', '"Ukraine"\naliases = ["Kyiv"]\n')


def test_a_key_changed_in_two_ways_is_a_conflict() -> None:
    ours, theirs = HEAD.replace('"Ukraine"', '"Ukraina"'), HEAD.replace('"Ukraine"', '"UA"\nnote = "N"')
    result = merged(HEAD, ours, theirs)
    here, there = '[party.UKR]\nname = "Ukraina"\n', '[party.UKR]\nname = "UA"\nnote = "N"\n'
    assert result.text == HEAD.replace('[party.UKR]\nname = "Ukraine"\n', between(here, there))
    assert messages(result) == ['[party.UKR] was changed on both sides: name "Ukraina" here, "UA" there']


def test_an_entry_added_in_two_ways_is_united_or_a_conflict() -> None:
    ours = HEAD + '\n[source.one]\nurl = "https://a.example/1"\n'
    theirs = HEAD + '\n[source.one]\nurl = "https://a.example/1"\npublisher = "A"\n'
    assert clean(HEAD, ours, theirs) == theirs
    result = merged(HEAD, ours, theirs.replace("/1", "/2"))
    assert messages(result) == [
        '[source.one] was added on both sides: url "https://a.example/1" here, "https://a.example/2" there; '
        'publisher left out here, "A" there'
    ]


ROLE = '[[person.umerov.role]]\ntitle = "{}"\nfrom = {}\n'


def test_roles_added_on_both_sides_are_both_kept() -> None:
    first, second = ROLE.format("Secretary", "2025-07-18"), ROLE.format("Delegate", "2025-05-15")
    ours, theirs = HEAD + first, ledger(A, second)
    assert clean(BASE, ledger(A, head=ours), theirs) == ledger(A, second, head=ours)
    assert clean(HEAD, HEAD + first, HEAD + second) == HEAD + first + second
    assert clean(HEAD, HEAD + first, HEAD + first.replace("from = ", "from  = ") + second) == HEAD + first + second


def test_a_corrected_role_is_the_same_role() -> None:
    """Its first day here and its title there; then its first day in two ways."""
    ours = HEAD.replace("2023-09-06", "2023-09-07")
    theirs = HEAD.replace("Minister of Defence", "Defence Minister")
    assert clean(HEAD, ours, theirs) == ours.replace("Minister of Defence", "Defence Minister")
    assert clean(HEAD, ours, ledger(A)) == ledger(A, head=ours)
    result = merged(HEAD, ours, HEAD.replace("2023-09-06", "2023-09-08"))
    assert messages(result) == [
        "[[person.umerov.role]] was changed on both sides: from 2023-09-07 here, 2023-09-08 there"
    ]


def test_keys_above_all_tables_stay_there() -> None:
    base = HEAD.removeprefix("# The talks.\n").replace("[ledger]\nformat = 1\n\n", "ledger.format = 1\n")
    kind = '[kind.decree]\nlabel = "decree"\n\n'
    ours = base.replace("[party.UKR]", f"{kind}[party.UKR]")
    theirs = base.replace("ledger.format = 1\n", 'ledger.format = 1\nledger.title = "T"\n')
    assert clean(base, ours, theirs) == theirs.replace("[party.UKR]", f"{kind}[party.UKR]")


def test_a_register_table_within_an_event_goes_with_it() -> None:
    odd = '[[event]]\nid = "o"\nkind = "exchange"\ndate = 2025-07-23\ntitle = "O"\n\n[party.POL]\nname = "Poland"\n'
    odd += '[[event.transfer]]\nto = "UKR"\ncount = 5\n'
    assert clean(BASE, ledger(A, X), ledger(A, odd, Y)) == ledger(A, X, odd, Y)


# ----------------------------------------------------------------------------------------- comments


def test_comments_go_with_the_block_below_them() -> None:
    ours, theirs = f"# on x\n\n# seen twice\n{X}", f"# on y\n{Y}"
    assert clean(BASE, ledger(A, ours), ledger(A, theirs)) == ledger(A, ours, theirs)
    assert clean(ledger(A, B), ledger(A, "# on b\n" + B), ledger(A, B, X)) == ledger(A, "# on b\n" + B, X)


def test_comments_of_both_sides_on_one_block_are_both_kept() -> None:
    base, ours, theirs = (ledger(f"# first\n{more}{A}") for more in ("", "# ours\n", "# theirs\n"))
    assert clean(base, ours, theirs) == ledger(f"# first\n# ours\n# theirs\n{A}")


def test_comments_at_the_end_stay_once_where_they_were() -> None:
    end = "\n# To do: the August exchanges.\n"
    base = BASE + end
    assert clean(base, f"{base}\n{X}", f"{base}\n{Y}") == f"{base}\n{X}\n{Y}"
    assert clean(base, f"{base}\n{X}", f"{BASE}\n{Y}{end}") == f"{BASE}\n{Y}{end}\n{X}"
    assert clean(BASE, f"{BASE}\n{X}\n# ours", f"{BASE}\n{Y}\n# theirs\n") == f"{BASE}\n{X}\n{Y}\n# ours\n# theirs\n"
    assert clean(base, f"{BASE}\n{X}", f"{base}\n{Y}") == f"{BASE}\n{X}\n{Y}"
    assert clean(base.rstrip("\n"), f"{base}\n{X}", f"{base}\n{Y}") == f"{base}\n{X}\n{Y}"


# -------------------------------------------------------------------------------- newlines and BOM


def test_the_newline_style_is_that_of_ours() -> None:
    ours, theirs = ledger(A, X), ledger(A, Y)
    crlf = clean(BASE, ours.replace("\n", "\r\n"), theirs)
    assert crlf == ledger(A, X, Y).replace("\n", "\r\n")
    assert clean(BASE.replace("\n", "\r\n"), ours, theirs.replace("\n", "\r\n")) == ledger(A, X, Y)
    result = merged(BASE, ledger(A, event("x", 1)).replace("\n", "\r\n"), ledger(A, event("x", 2)))
    assert result.text == ledger(A, between(event("x", 1), event("x", 2))).replace("\n", "\r\n")


def test_the_bom_is_that_of_ours() -> None:
    assert clean("\ufeff" + BASE, "\ufeff" + ledger(A, X), ledger(A, Y)) == "\ufeff" + ledger(A, X, Y)
    assert clean(BASE, ledger(A, X), "\ufeff" + ledger(A, Y)) == ledger(A, X, Y)


def test_a_missing_last_newline_joins_no_blocks() -> None:
    bare = BASE.rstrip("\n")
    assert clean(bare, ledger(A, X).rstrip("\n"), ledger(A, Y).rstrip("\n")) == ledger(A, X, Y).rstrip("\n")


# ------------------------------------------------------------------------------------ what is unread


def test_an_empty_base_keeps_what_both_sides_share_once() -> None:
    assert clean("", ledger(A, X), ledger(A, Y)) == ledger(A, X, Y)
    assert messages(merged("", ledger(event("a", 1)), ledger(event("a", 2)))) == [
        "a was added on both sides: count 1 here, 2 there"
    ]


@pytest.mark.parametrize("base", [ledger(A, between(event("b", 1), event("b", 2))), "[ledger\n", "\0"])
def test_a_base_that_is_no_ledger_counts_as_absent(base: str) -> None:
    assert clean(base, ledger(A, B, X), ledger(A, B, Y)) == ledger(A, B, X, Y)


def test_a_base_with_markers_in_a_string_counts_as_absent() -> None:
    marked = between("one\n", "two\n")
    base = ledger(event("a", 5, f'summary = """\n{marked}"""\n'), B)
    ours, theirs = ledger(A, B, X), ledger(A, B)
    assert clean(base, ours, theirs + "\n" + Y) == ledger(A, B, X, Y)


def test_a_side_that_is_no_ledger_is_a_conflict_of_the_file() -> None:
    broken = ledger(A, X.replace('"Stage"', '"Stage'))
    result = merged(BASE, broken, ledger(A, Y))
    start = BASE + "\n[[event]]\n"
    middle = between(
        broken.removeprefix(start).split("[[event.tr")[0], ledger(A, Y).removeprefix(start).split("[[event.tr")[0]
    )
    assert result.text == start + middle + '[[event.transfer]]\nto = "UKR"\ncount = 5\n'
    assert merge_messages(result, PATH) == [
        f"{PATH}:28:1: conflict[unreadable]: ours: line 31 is not TOML: the string is not closed on its line",
        "hint: look at what stands between the markers, keep what is right, and remove them",
    ]


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        (ledger(A, between(X, Y)), "theirs: an older conflict still stands in line 27"),
        ("", "theirs: it has no [ledger] table"),
        ('[project]\nname = "x"\n', "theirs: it has no [ledger] table"),
        (BASE.replace("format = 1", "format = 2"), "theirs: it has format 2; this talkstrack merges format 1"),
        (ledger(A, event("x", 5, 'note = "\udcff"\n')), "theirs: it is not UTF-8"),
        (BASE + "\n[party.UKR]\nname = 5\n", "theirs: line 27 is not TOML: [party.UKR] is given twice"),
    ],
)
def test_a_side_that_cannot_be_merged_is_kept_whole(theirs: str, why: str) -> None:
    ours = ledger(A, Z)
    for left, right, told_why in ((ours, theirs, why), (theirs, ours, why.replace("theirs", "ours"))):
        result = merged(BASE, left, right)
        assert messages(result) == [told_why]
        assert (left, right) in sides_of(result.text)
        assert cut(result.text).header_faults or any(block.fault for block in cut(result.text).blocks)


def test_markers_within_a_string_are_seen_as_others_are() -> None:
    ours, theirs = (BASE + f'\n[source.a]\nnote = """\n{one}\n"""\n' for one in ("one", "two"))
    ours, theirs = (text.replace("[ledger]\nformat = 1", "[ledgers]\nformat = 1") for text in (ours, theirs))
    result = merged(BASE, ours, theirs)
    assert sides_of(result.text) == [(ours, theirs)]
    line = result.text.splitlines().index("<<<<<<< ours") + 1
    assert [conflict.line for conflict in result.conflicts] == [line]
    found = read_text(result.text.replace("[ledgers]", "[ledger]"), PATH).problems
    assert [(problem.line, problem.message) for problem in found] == [(line, "git left a conflict here")]


def sides_of(text: str) -> list[tuple[str, str]]:
    """Return what ours and theirs can be read as; more than one pair where a side had markers of its own."""
    lines = text.splitlines(keepends=True)
    opening = lines.index("<<<<<<< ours\n")
    closing = len(lines) - 1 - lines[::-1].index(">>>>>>> theirs\n")
    before, after = "".join(lines[:opening]), "".join(lines[closing + 1 :])
    middles = [number for number in range(opening, closing) if lines[number] == "=======\n"]
    return [
        (before + "".join(lines[opening + 1 : at]) + after, before + "".join(lines[at + 1 : closing]) + after)
        for at in middles
    ]


# --------------------------------------------------------------------------------- the merged ledger


def test_an_error_that_neither_side_had_is_a_conflict() -> None:
    ours, theirs = ledger(A, event("x", 5, 'about = "b"\n'), B), ledger(A)
    result = merged(ledger(A, B), ours, theirs)
    assert result.text == ledger(A, event("x", 5, 'about = "b"\n'))
    assert [(one.reason, one.subject, one.message) for one in result.conflicts] == [
        ("new-error", "x", "together the sides are wrong: there is no event `b` [unknown-event]")
    ]


def test_a_retracted_event_that_the_other_side_refers_to_is_a_conflict() -> None:
    gone = revision("a", 2, 5).replace("[[event.tr", "retracted = true\n[[event.tr")
    result = merged(BASE, ledger(A, gone), ledger(A, event("x", 5, 'about = "a"\n')))
    assert [one.message.rpartition(" ")[2] for one in result.conflicts] == ["[retracted-referenced]"]


def test_a_name_that_comes_to_mean_two_is_a_conflict() -> None:
    one = '\n[person.one]\nname = "One"\naliases = ["Ivanov"]\n'
    two = '\n[person.two]\nname = "Two"\naliases = ["Ivanov"]\n'
    result = merged(BASE, BASE + one + "\n" + event("x", 5, 'by = "Ivanov"\n'), BASE + two)
    assert [one.message.rpartition(" ")[2] for one in result.conflicts] == ["[ambiguous-name]"]


def test_errors_that_a_side_had_are_no_conflict() -> None:
    wrong = event("x", 5, 'about = "nobody"\n')
    double = ledger(A, event("a", 7))
    assert clean(BASE, ledger(A, wrong), ledger(A, Y)) == ledger(A, wrong, Y)
    assert clean(double, ledger(A, event("a", 7), X), "# more\n" + double) == "# more\n" + ledger(A, event("a", 7), X)


# -------------------------------------------------------------------------------------- the markers


def test_markers_are_known() -> None:
    lines = [
        "<<<<<<< ours",
        "=======",
        "=======\r\n",
        ">>>>>>>>> a b",
        "||||||| base",
        "<<<<<< x",
        "<<<<<<<x",
        "# =======",
    ]
    assert [is_marker(line) for line in lines] == [True] * 5 + [False] * 3
    assert has_conflict(between("a\n", "b\n")) and has_conflict(between("a\n", "b\n").replace("\n", "\r\n"))
    assert not has_conflict("<<<<<<< ours\na\n=======\n") and not has_conflict("=======\n")


# ------------------------------------------------------------------------------------------- driver


def files(folder: Path, *texts: str) -> list[str]:
    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return [str(path) for path in paths]


def driven(*names: str, marker_size: int = 7) -> tuple[int, list[str]]:
    lines: list[str] = []
    base, ours, theirs = map(Path, names)
    return driver(base, ours, theirs, path=PATH, marker_size=marker_size, tell=lines.append), lines


def test_driver_writes_the_merged_ledger_in_place_of_ours(tmp_path: Path) -> None:
    names = files(tmp_path, BASE, ledger(A, X), ledger(A, Y))
    (tmp_path / "ours").chmod(0o640)
    assert driven(*names) == (0, [])
    assert (tmp_path / "ours").read_text() == ledger(A, X, Y)
    assert (tmp_path / "ours").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base", "ours", "theirs"]


def test_driver_tells_conflicts(tmp_path: Path) -> None:
    names = files(tmp_path, BASE, ledger(A, event("x", 1)), ledger(A, event("x", 2)))
    assert driven(*names, marker_size=9) == (1, [
        f"{PATH}:27:1: conflict[both-added]: x was added on both sides: count 1 here, 2 there",
        "hint: keep one of the two, or give one of them another id; remove the markers",
    ])  # fmt: skip
    assert (tmp_path / "ours").read_text().count("<<<<<<<<< ours\n") == 1


def test_driver_keeps_bytes_that_are_not_text(tmp_path: Path) -> None:
    names = files(tmp_path, BASE, ledger(A, event("x", 5, 'note = "\udcff"\n')), ledger(A, Y))
    assert driven(*names)[0] == 1
    assert b'note = "\xff"\n' in (tmp_path / "ours").read_bytes()


def test_driver_aborts_where_it_can_read_or_write_nothing(tmp_path: Path) -> None:
    names = files(tmp_path, BASE, ledger(A, X), ledger(A, Y))
    lines: list[str] = []
    base, ours, theirs = (Path(name) for name in names)
    assert driver(tmp_path / "none", ours, theirs, path=PATH, tell=lines.append) == 129
    assert ours.read_text() == ledger(A, X)
    assert lines == [f"{PATH}: cannot be merged: [Errno 2] No such file or directory: '{tmp_path / 'none'}'"]
    assert base.read_text() == BASE


def test_driver_keeps_both_sides_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [Path(name) for name in files(tmp_path, BASE, ledger(A, X), ledger(A, Y))]
    lines: list[str] = []

    def broken(*_texts: str, **_options: object) -> Merged:
        raise RuntimeError("a bug")

    monkeypatch.setattr("talkstrack.ledger.merging.driver.merge", broken)
    assert driver(*names, path=PATH, tell=lines.append) == 1
    assert lines[0].endswith("RuntimeError: a bug")
    assert (
        lines[1]
        == f"{PATH}:1:1: conflict[failed]: the merge driver failed, which is a bug: please report what stands above"
    )
    assert sides_of((tmp_path / "ours").read_text()) == [(ledger(A, X), ledger(A, Y))]


# --------------------------------------------------------------------------------------- properties

IDS = st.sampled_from([f"e{number}" for number in range(6)])
LEADS = st.sampled_from(["", "\n", "\n# a remark\n", "\n\n# one\n\n# two\n"])
ENDS = st.sampled_from(["", "\n", "\n# the end\n", "# the end"])


@st.composite
def appended(draw: st.DrawFn, prefix: str) -> list[str]:
    count = draw(st.integers(0, 4))
    return [draw(LEADS) + event(f"{prefix}{number}", draw(st.integers(0, 9))) for number in range(count)]


def names_of(text: str) -> list[str]:
    return [str((block.data or {})["id"]) for block in cut(text).blocks if block.kind == "event"]


@settings(max_examples=60, deadline=None)
@given(base=appended("b"), ours=appended("o"), theirs=appended("t"), end=ENDS)
def test_appends_of_both_sides_are_all_there_once(
    base: list[str], ours: list[str], theirs: list[str], end: str
) -> None:
    standing = HEAD + "".join(base) + end
    start = standing if standing.endswith("\n") else standing + "\n"
    left, right = (start + "".join(blocks) if blocks else standing for blocks in (ours, theirs))
    text, other = clean(standing, left, right), clean(standing, right, left)
    own, new_ours, new_theirs = (names_of(HEAD + "".join(blocks)) for blocks in (base, ours, theirs))
    assert names_of(text) == own + new_ours + new_theirs
    assert names_of(other) == own + new_theirs + new_ours
    assert sorted(line for line in text.split("\n") if line) == sorted(line for line in other.split("\n") if line)
    assert text.count("# the end") == (1 if "#" in end else 0)


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A ledger with some of six events, in order, with comments, in some style."""
    blocks = [
        draw(LEADS) + event(f"e{number}", draw(st.integers(0, 2))) for number in range(6) if draw(st.integers(0, 3))
    ]
    text = HEAD + "".join(blocks) + draw(ENDS)
    if draw(st.booleans()):
        text = text.replace('"Ukraine"', '"Ukraine"\nnote = "N"')
    return text


def counts_of(text: str) -> dict[str, int]:
    return {
        str(block.data["id"]): block.data["transfer"][0]["count"]
        for block in cut(text).blocks
        if block.kind == "event" and block.data
    }


@settings(max_examples=100, deadline=None)
@given(base=edited(), ours=edited(), theirs=edited())
def test_any_edits_are_merged_as_three_way_says(base: str, ours: str, theirs: str) -> None:
    old, left, right = counts_of(base), counts_of(ours), counts_of(theirs)
    wanted: dict[str, int | None] = {}
    clashing = set()
    for name in (f"e{number}" for number in range(6)):
        was, here, there = old.get(name), left.get(name), right.get(name)
        if here == there or there == was:
            wanted[name] = here
        elif here == was:
            wanted[name] = there
        else:
            clashing.add(name)
    result = merged(base, ours, theirs)
    assert {one.subject for one in result.conflicts} == clashing
    if not clashing:
        assert counts_of(result.text) == {name: count for name, count in wanted.items() if count is not None}
        assert read_text(result.text, PATH).errors == ()


STYLES = st.sampled_from([lambda text: text, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])


@settings(max_examples=60, deadline=None)
@given(base=edited(), side=edited(), style=STYLES)
def test_one_side_alone_is_taken_byte_for_byte(base: str, side: str, style) -> None:  # type: ignore[no-untyped-def]
    """Also where the other side is not the base's very bytes, so that the merge has to be made."""
    side = style(side)
    almost = base.rstrip("\n") + "\n\n\n"
    assert merged(base, side, base) == merged(base, base, side) == merged(base, side, side) == Merged(side, ())
    assert merged(base, side, almost) == Merged(almost if side == base else side, ())
