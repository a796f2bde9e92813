"""`revise` and `retract`: a new revision, the old one kept."""

import json
import sys
from pathlib import Path

import pytest

from desk import EXCHANGE, Desk
from talkstrack.errors import INTERRUPTED, NOT_FOUND, USAGE, WRITE_REFUSED

ID = "exchange-2025-07-23"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def editor(desk: Desk, program: str) -> str:
    """Return an `$EDITOR` that changes the text it is given: `text = text.replace(...)`."""
    script = desk.folder / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\ntext = path.read_text()\n"
        f"{program}\npath.write_text(text)\n"
    )
    return f"{sys.executable} {script}"


def test_a_revision_is_the_whole_event_anew(desk: Desk) -> None:
    before = desk.text
    ran = desk.run(
        "revise", ID, "--set", "title=Stage nine", "--set", "transfer.Kyiv@Ukraine.count=248", "--set", "tags+=x",
        "-m", "the list was published",
    )  # fmt: skip
    assert ran == (0, f"{ID}\n", """\
added to events.toml, lines 49 to 70
revision 2 of exchange-2025-07-23
  title: Stage 9 → Stage nine
  tags: (none) → x
  transfer.2.count: 246 → 248
people to UKR  ~246–250 → ~248–250
""")  # fmt: skip
    assert (
        desk.text
        == before
        + """
[[event]]
id = "exchange-2025-07-23"
kind = "exchange"
date = 2025-07-23
title = "Stage nine"
under = "agreement-2"
tags = ["x"]
sources = ["liga-2025-07-23"]
recorded = 2026-03-10
revision = 2
because = "the list was published"
[[event.transfer]]
to = "UKR"
count = "~250"
by = "medinsky"
[[event.transfer]]
to = "UKR"
count = 248
by = "UKR"
[[event.transfer]]
to = "RUS"
count = 250
"""
    )
    assert desk.read.problems == ()
    third = desk.added("revise", "exchange", "--set", "tags=", "-m", "again")
    assert 'revision = 3\nbecause = "again"\n' in third
    assert "tags" not in third


def test_one_more_source(desk: Desk) -> None:
    block = desk.added("revise", ID, "--source", "https://tass.ru/1", "--publisher", "TASS", "-m", "a second witness")
    assert block.startswith('\n[source.tass]\npublisher = "TASS"\nurl = "https://tass.ru/1"\n\n[[event]]\n')
    assert 'sources = ["liga-2025-07-23", "tass"]\n' in block


def test_the_users_own_fields_keep_their_types(desk: Desk) -> None:
    own = "extra = { day = 2025-01-02, time = 10:00:00, few = [1, 2.5] }"
    desk.ledger.write_text(desk.text.replace('title = "Stage 9"', f'title = "Stage 9"\n{own}'))
    assert f"\n{own}\n" in desk.added("revise", ID, "--set", "title=T", "-m", "x")


def test_retract_withdraws_it(desk: Desk) -> None:
    before = desk.text
    ran = desk.run("retract", ID, "--because", "it was no exchange")
    assert ran == (0, f"{ID}\n", """\
added to events.toml, lines 49 to 70
revision 2 of exchange-2025-07-23: retracted
people to UKR            ~246–250 → 0
people to RUS            250 → 0
events of kind exchange  1 → 0
""")  # fmt: skip
    added = desk.text.removeprefix(before)
    own = 'recorded = 2026-03-10\nrevision = 2\nbecause = "it was no exchange"\nretracted = true\n[[event.transfer]]'
    assert added == EXCHANGE.replace("[[event.transfer]]", own, 1)
    assert desk.read.problems == ()
    code, said = desk.refused("retract", ID, "-m", "again")
    assert (code, said.split("\n")[0]) == (USAGE, f"error[usage]: {ID} was retracted already")
    said = desk.says("revise", ID, "--set", "title=Stage 9", "-m", "it was one after all")
    assert f"{ID} was retracted; this brings it back\n" in said
    assert desk.run("exchanges", "--json").out.count(f'"{ID}"') == 1


def test_what_refers_to_it_keeps_it(desk: Desk) -> None:
    code, said = desk.refused("retract", "agreement-2", "-m", "no")
    assert code == WRITE_REFUSED
    assert said.startswith("events.toml:35:9: error[retracted-referenced]: ")
    desk.says("add", "exchange", "E", "--date", "2025-08-14", "--to", "UKR=84", "--under", "agreement-2/prisoners")
    code, said = desk.refused("revise", "agreement-2", "--set", "commitment.1.id=captives", "-m", "better")
    assert (code, "error[retracted-referenced]" in said) == (WRITE_REFUSED, True)


def test_json_and_dry_run(desk: Desk) -> None:
    before = desk.text
    ran = desk.run("revise", ID, "--set", "title=T", "-m", "x", "--dry-run")
    assert (ran.code, ran.out[:10], desk.text) == (0, "[[event]]\n", before)
    document = json.loads(desk.run("revise", ID, "--set", "title=T", "-m", "x", "--dry-run", "--json").out)
    assert ([(row["revision"], row["title"], row["line"]) for row in document["rows"]], desk.text) == (
        [(2, "T", None)],
        before,
    )
    document = json.loads(desk.run("revise", ID, "--set", "title=T", "-m", "x", "--json").out)
    assert [(row["id"], row["revision"], row["title"], row["line"]) for row in document["rows"]] == [(ID, 2, "T", 49)]
    document = json.loads(desk.run("retract", ID, "-m", "x", "--json").out)
    assert [(row["revision"], row["retracted"]) for row in document["rows"]] == [(3, True)]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("revise", ID, "--set", "title=T"), USAGE, "[usage]: a revision says why\nhint: -m \"the source corrected its "
         "figure\"\n"),
        (("retract", ID, "-m", " "), USAGE, "[usage]: a revision says why\n"),
        (("revise", ID, "-m", "x"), USAGE, "[usage]: nothing is to be changed\nhint: --set FIELD=VALUE, --source URL, "
         "or --edit\n"),
        (("revise", ID, "--set", "title=Stage 9", "-m", "x"), USAGE, f"[usage]: nothing about {ID} would change\n"),
        (("revise", ID, "--set", "id=x", "-m", "x"), USAGE, "[usage]: id cannot be set\n"),
        (("revise", ID, "--set", "titel=x", "-m", "x"), USAGE, "[usage]: an event has no field titel\nhint: did you mean"
         " `title`?\n"),
        (("revise", ID, "--set", "transfer.UKR.count=1", "-m", "x"), USAGE, "[usage]: transfer.UKR means 2 rows of the "
         "event\nhint: there is transfer.1 (UKR@medinsky), transfer.2 (UKR@UKR), transfer.3 (RUS)\n"),
        (("revise", ID, "--set", "transfer.RUS.count=", "-m", "x"), USAGE, "[usage]: the count after transfer.count= is "
         "empty\n"),
        (("revise", ID, "--set", "date=soon", "-m", "x"), USAGE, "[usage]: --date: "),
        (("revise", "nothing", "--set", "title=x", "-m", "x"), NOT_FOUND, "[no-such-event]: no event has the id "
         "`nothing`"),
        (("revise", "", "--set", "title=x", "-m", "x"), NOT_FOUND, "[no-such-event]: no event has the id ``"),
        (("retract", "agreement-3", "-m", "x"), NOT_FOUND, "[no-such-event]: no event has the id `agreement-3`, an id "
         "that begins with it, or that day\nhint: did you mean `agreement-2`?\n"),
    ],
)  # fmt: skip
def test_what_is_refused(desk: Desk, args: tuple[str, ...], code: int, said: str) -> None:
    refusal, words = desk.refused(*args)
    assert (refusal, words[: len(said) + 5]) == (code, f"error{said}")


def test_an_event_that_cannot_be_read_is_mended_by_hand(desk: Desk) -> None:
    desk.ledger.write_text(desk.text.replace("count = 246", "count = true"))
    code, said = desk.refused("revise", ID, "--set", "title=x", "-m", "x")
    assert (code, said) == (NOT_FOUND, f"error[no-such-event]: {ID} has errors, so there is nothing to revise\n"
                            "hint: mend it in an editor; to see where: talkstrack check events.toml\n")  # fmt: skip


def test_a_revision_mends_an_unknown_name(desk: Desk) -> None:
    desk.ledger.write_text(desk.text.replace('by = "UKR"', 'by = "UKX"'))
    assert [problem.slug for problem in desk.read.errors] == ["unknown-name"]
    desk.says("revise", ID, "--set", "transfer.2.by=UKR", "-m", "a slip")
    assert [problem.slug for problem in desk.read.errors] == []


# ------------------------------------------------------------------------------------------------- --edit


def test_an_editor_changes_the_block(desk: Desk) -> None:
    chosen = editor(desk, 'text = text.replace("Stage 9", "Stage nine").replace(\'because = ""\', \'because = "w"\')')
    ran = desk.run("revise", ID, "--edit", environ={"VISUAL": chosen})
    assert (ran.code, ran.err.split("\n")[1:3]) == (
        0, [f"revision 2 of {ID}", "  title: Stage 9 → Stage nine"],
    ), ran  # fmt: skip
    assert desk.read.events[-1].because == "w"
    chosen = editor(desk, 'text = text.replace("Stage nine", "Stage 9")')
    desk.says("revise", ID, "-e", "-m", "back", environ={"EDITOR": chosen})
    assert (desk.read.events[-1].title, desk.read.events[-1].because) == ("Stage 9", "back")


@pytest.mark.parametrize(
    ("program", "code", "said"),
    [
        ("pass", INTERRUPTED, "[not-edited]: nothing was changed in the editor; nothing was added\n"),
        ("text = ''", INTERRUPTED, "[not-edited]: nothing was changed in the editor; nothing was added\n"),
        ("sys.exit(3)", INTERRUPTED, f"[not-edited]: {sys.executable} ended with 3; nothing was added\n"),
        ('text = text.replace("Stage 9", "T")', USAGE, "[usage]: a revision says why\n"),
        ('text = text.replace("count = 246", "count = ")', USAGE, "[usage]: line 17, column 9: this is not TOML: "),
        ('text = text.replace("246", \'"many"\')', USAGE, "[usage]: line 17, column 9: 'many' is not a count\n"),
        ('text = text.replace("07-23", "07-24", 2)', USAGE, f"[usage]: the id must stay {ID}\n"),
        ('text = text + "[[event]]\\nid = \'a\'\\n"', USAGE, "[usage]: there are 2 events in the text, and one is to be "
         "edited\n"),
    ],
)  # fmt: skip
def test_what_the_editor_leaves_is_not_lost(desk: Desk, program: str, code: int, said: str) -> None:
    refusal, words = desk.refused("revise", ID, "--edit", environ={"EDITOR": editor(desk, program)})
    kept, _, rest = words.rpartition("error[")
    assert (refusal, f"[{rest}"[: len(said)]) == (code, said)
    if code == USAGE:
        path = Path(kept.strip().removeprefix("your text is kept in "))
        assert path.read_text().startswith("# A new revision")
        path.unlink()
    else:
        assert kept == ""


def test_every_fault_of_an_edited_text_is_told(desk: Desk) -> None:
    code, said = desk.refused(
        *("revise", "agreement-2", "--edit", "-m", "w"), environ={"EDITOR": "sed -i s/^title/titel/"}
    )
    path = Path(said.split("\n")[0].removeprefix("your text is kept in "))
    path.unlink()
    assert (code, said.split("\n")[1:]) == (
        USAGE,
        [
            "error[usage]: line 3, column 1: an event needs `title`",
            "line 7, column 1: an event has no field `titel`",
            "hint: did you mean `title`? A field of your own goes under `extra`",
            "",
        ],
    )


def test_an_editor_that_cannot_be_run(desk: Desk) -> None:
    code, said = desk.refused("revise", ID, "--edit", environ={"EDITOR": "no-such-editor"})
    assert (code, said) == (USAGE, "error[no-editor]: no-such-editor cannot be run: No such file or directory\n"
                            "hint: set $EDITOR\n")  # fmt: skip


def test_on_a_terminal_a_faulty_text_is_edited_again(desk: Desk) -> None:
    program = "text = text.replace('because = \"\"', 'because = \"w\"').replace('Stage 9', 'T') if '= 1#' in text else "
    chosen = editor(desk, program + "text.replace('count = 246', 'count = 1#')")
    ran = desk.run("revise", ID, "--edit", stdin="y\n", terminal=True, environ={"EDITOR": chosen})
    assert (ran.code, ran.err.split("\n")[:2]) == (
        0,
        ["error[usage]: a revision says why", 'hint: because = "..." in the block, or -m'],
    )
    assert (desk.read.events[-1].title, desk.read.events[-1].transfer[1].count.text) == ("T", "1")
