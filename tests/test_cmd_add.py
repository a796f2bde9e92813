"""`add`: one event from options, many from an input."""

import json
import re
from pathlib import Path

import pytest

from desk import AGREEMENT, EXCHANGE, HEADER, Desk
from talkstrack.errors import LEDGER, NOT_FOUND, USAGE, WRITE_REFUSED
from talkstrack.model.event import FACETS

EX = ("add", "exchange", "Exchange no. 67", "--date", "2025-08-14")
BLOCK = """
[[event]]
id = "exchange-2025-08-14"
kind = "exchange"
date = 2025-08-14
title = "Exchange no. 67"
sources = ["liga-2025-07-23"]
recorded = 2026-03-10
[[event.transfer]]
to = "UKR"
count = 84
by = "UKR"
[[event.transfer]]
to = "RUS"
count = ">80"
by = "medinsky"
"""
SHORT = ("--to", "Kyiv=84@Ukraine", "--to", "RUS=over-80@Vladimir Medinsky", "--source", "liga-2025-07-23")
EFFECT = """\
added to events.toml, lines 49 to 63
people to UKR            ~246–250 → ~330–334
people to RUS            250 → 331+
events of kind exchange  1 → 2
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_exchange_in_the_short_grammar(desk: Desk) -> None:
    before = desk.text
    ran = desk.run(*EX, *SHORT)
    assert ran == (0, "exchange-2025-08-14\n", EFFECT)
    assert desk.text == before + BLOCK
    assert desk.read.problems == ()


def test_every_field_has_an_option(desk: Desk) -> None:
    block = desk.added(
        "add", "talks", "--title", "Third round", "--date", "yesterday", "--summary", "They met.", "--place", "Istanbul",
        "--status", "disputed", "--scheduled", "2026-03", "--as-written", "late on Monday", "--under", "agreement-2",
        "--part-of", "agreement-2", "--party", "Kyiv,Moscow", "--host", "USA", "--mediator", "USA", "--by", "Moscow",
        "--person", "Vladimir Medinsky", "--person", "Jane Doe", "--round", "3", "--agenda", "Prisoners, and the dead",
        "--about", "exchange-2025-07-23", "--replaces", "exchange-2025-07-23", "--tag", "a,b", "--note", "N",
        "--extra", "own.deep=1", "--extra", "day=2025-01-02", "--id", "third", "-s", "liga-2025-07-23",
        environ={"TALKSTRACK_AUTHOR": "Ann"},
    )  # fmt: skip
    assert (
        block
        == """
[[event]]
id = "third"
kind = "talks"
date = 2026-03-09
scheduled = "2026-03"
title = "Third round"
status = "disputed"
as_written = "late on Monday"
summary = "They met."
place = "Istanbul"
parties = ["UKR", "RUS"]
host = "USA"
mediators = "USA"
by = "RUS"
people = ["medinsky", "Jane Doe"]
round = 3
agenda = ["Prisoners, and the dead"]
part_of = "agreement-2"
under = "agreement-2"
replaces = "exchange-2025-07-23"
about = "exchange-2025-07-23"
tags = ["a", "b"]
sources = ["liga-2025-07-23"]
recorded = 2026-03-10
recorded_by = "Ann"
note = "N"
extra = { own = { deep = 1 }, day = 2025-01-02 }
"""
    )


def test_every_facet_has_an_option(desk: Desk) -> None:
    shown = desk.run("add", "--help").out
    assert [facet for facet in FACETS if not re.search(rf"--{facet} +FACET", shown)] == []


def test_every_facet_can_be_given_whole(desk: Desk) -> None:
    block = desk.added(
        "add", "statement", "All of them", "--date", "2025-08-01", "--by", "RUS", "-s", "liga-2025-07-23",
        "--delegation", "party=Kyiv head=medinsky members=a,b size=14",
        "--commitment", "id=bodies what=bodies count=about-6000 to=UKR",
        "--transfer", "to=UKR count=390 parts=military:270,civilian:120 by=Moscow under=agreement-2",
        "--claim", '{"by": "medinsky", "to": "UKR", "count": {"text": ">1000"}, "nth": null}',
        "--deadline", "to=Moscow within=P50D outcome=lapsed",
        "--response", "by=RUS answer=rejected date=2025-08-02",
        "--office", 'person="Vladimir Medinsky" title="Chief of delegation"',
    )  # fmt: skip
    assert (
        block.partition("recorded = 2026-03-10\n")[2]
        == """\
[[event.delegation]]
party = "UKR"
head = "medinsky"
members = ["a", "b"]
size = 14
[[event.commitment]]
id = "bodies"
what = "bodies"
to = "UKR"
count = "~6000"
[[event.transfer]]
to = "UKR"
count = 390
parts = { military = 270, civilian = 120 }
by = "RUS"
under = "agreement-2"
[[event.claim]]
by = "medinsky"
to = "UKR"
count = ">1000"
[[event.deadline]]
to = "RUS"
within = "P50D"
outcome = "lapsed"
[[event.response]]
by = "RUS"
answer = "rejected"
date = 2025-08-02
[[event.office]]
person = "medinsky"
title = "Chief of delegation"
"""
    )


def test_each_means_the_two_sides_that_such_events_hand_over_to(desk: Desk) -> None:
    block = desk.added(*EX, "--each", "200@RUS")
    assert (
        block.partition("[[event.transfer]]")[2]
        == """
to = "UKR"
count = 200
by = "RUS"
[[event.transfer]]
to = "RUS"
count = 200
by = "RUS"
"""
    )
    assert 'to = "USA"' in desk.added(*EX, "--each", "2", "--party", "USA,UKR")
    code, said = desk.refused("add", "repatriation", "R", "--date", "2025-08-14", "--each", "2")
    assert (code, said) == (USAGE, "error[usage]: --each: which two parties?\nhint: name them: --party UKR,RUS\n")


def test_a_new_address_is_registered_in_the_same_write(desk: Desk) -> None:
    url = ("--source", "https://www.pravda.com.ua/x", "--publisher", "Ukrainska Pravda", "--published", "2025-08-15")
    before = desk.text
    said = desk.says(*EX, "--to", "UKR=84", *url, "--source-title", "A title")
    assert desk.text.startswith(before + """
[source.ukrainska-pravda-2025-08-15]
publisher = "Ukrainska Pravda"
title = "A title"
url = "https://www.pravda.com.ua/x"
published = 2025-08-15

[[event]]
""")  # fmt: skip
    assert said.split("\n")[:2] == ["added to events.toml, lines 49 to 64", "new source: ukrainska-pravda-2025-08-15"]
    again = desk.added(*EX, "--to", "UKR=1", "--source", "http://pravda.com.ua/x/", "--id", "other")
    assert 'sources = ["ukrainska-pravda-2025-08-15"]' in again
    assert "[source." not in again


def test_a_description_needs_one_new_source(desk: Desk) -> None:
    code, said = desk.refused(*EX, "--to", "UKR=1", "--source", "liga-2025-07-23", "--publisher", "L")
    hint = "hint: register the source first: talkstrack register source ID --url URL\n"
    assert (code, said) == (USAGE, f"error[usage]: there is no new source to describe\n{hint}")


def test_ids_are_made_from_kind_and_date_and_are_free(desk: Desk) -> None:
    for wanted in ("exchange-2025-07-23-2", "exchange-2025-07-23-3"):
        assert desk.run("add", "exchange", "E", "--date", "2025-07-23", "--to", "UKR=1").out == f"{wanted}\n"
    code, said = desk.refused(*EX, "--to", "UKR=1", "--id", "agreement-2")
    assert code == WRITE_REFUSED
    assert said.startswith("error[duplicate-id]: agreement-2 is in the ledger already; nothing was written\n")


def test_a_dry_run_prints_the_block_and_writes_nothing(desk: Desk) -> None:
    before = desk.text
    ran = desk.run(*EX, *SHORT, "--dry-run")
    said = EFFECT.replace("added to events.toml, lines 49 to 63", "nothing was written to events.toml: a dry run")
    assert ran == (0, BLOCK.removeprefix("\n"), said)
    assert desk.text == before


def test_a_dry_run_as_json_is_what_the_write_would_print(desk: Desk) -> None:
    before = desk.text
    tried = json.loads(desk.run(*EX, *SHORT, "--dry-run", "--json").out)
    assert (desk.text, tried["query"]["at"]) == (before, [])
    done = json.loads(desk.run(*EX, *SHORT, "--json").out)
    assert tried["totals"] == done["totals"]
    assert [{**row, "line": 49} for row in tried["rows"]] == done["rows"]


def test_json_is_the_event_as_read_back(desk: Desk) -> None:
    document = json.loads(desk.run(*EX, *SHORT, "--json").out)
    (row,) = document["rows"]
    assert (document["schema"], document["ledger"]["path"], document["query"]["at"]) == (
        "talkstrack.add/1", "events.toml", ["events.toml:49"],
    )  # fmt: skip
    assert (row["id"], row["line"], row["transfer"][1]["count"]["text"]) == ("exchange-2025-08-14", 49, ">80")
    assert [(total["what"], total["to"], total["before"]["low"], total["after"]["low"]) for total in document["totals"]] == [
        ("people", "UKR", 0, 84), ("people", "RUS", 250, 331),
    ]  # fmt: skip
    assert desk.run("timeline", "--json", "--kind", "exchange", "-n", "1").out.count(json.dumps(row["title"])) == 1


EATEN = "hint: the shell takes > and ~ for itself: quote the whole argument, or use words: {}over-1000\n"
NEEDS = "hint: on a terminal talkstrack add asks for what is missing\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--to", "UKR="), "the count after --to UKR= is empty\n" + EATEN.format("--to UKR=")),
        (("--to", "UKR"), "--to UKR has no count\n" + EATEN.format("--to UKR=")),
        (("--each", ""), "the count after --each is empty\n" + EATEN.format("--each ")),
        (("--transfer", "to=UKR count="), "the count after count= is empty\n" + EATEN.format("count=")),
        (("--to", "UKR=1", "--note", " "), "--note is empty\nhint: leave it out where nothing is known\n"),
        (("--to", "UKR=1", "--status", "hold"), "--status: `status` is one of held, planned, postponed, cancelled, "
         "lapsed, disputed, not 'hold'\nhint: did you mean `held`?\n"),
        (("--to", "UKR=1", "--round", "x"), "--round: `round` takes a whole number, not text\n"),
        (("--to", "UKR=1", "--date", "2025-02-30"), "--date: there is no day 30: February 2025 has 28 days\n"
         "hint: the last one is 2025-02-28; the month alone is 2025-02\n"),
        ((), "an event of the kind exchange needs --to UKR=84, --each 84 or --transfer\n" + NEEDS),
        (("--too", "UKR=1"), "there is no option --too\nhint: did you mean --to?\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_option(desk: Desk, args: tuple[str, ...], said: str) -> None:
    assert desk.refused(*EX, *args) == (USAGE, f"error[usage]: {said}")


def test_what_was_not_held_needs_no_figures(desk: Desk) -> None:
    block = desk.added("add", "exchange", "The next", "--scheduled", "2026-10-02", "--status", "planned")
    assert ("scheduled = 2026-10-02\n" in block, "transfer" in block) == (True, False)


def test_what_is_missing_is_named(desk: Desk) -> None:
    assert desk.refused("add") == (USAGE, f"error[usage]: an event needs KIND, TITLE and --date\n{NEEDS}")
    code, said = desk.refused("add", "exchang", "T", "--date", "2025-08-14")
    assert (code, said) == (
        USAGE,
        "error[usage]: there is no kind of event `exchang`\nhint: did you mean `exchange`?\n",
    )
    planned = ("add", "meeting", "M", "--status", "planned", "--scheduled", "2026-05")
    assert desk.run(*planned).out == "meeting-2026-05\n"


def test_an_unknown_party_is_refused_with_the_line_to_type(desk: Desk) -> None:
    code, said = desk.refused(*EX, "--to", "UKX=84", "--to", "RUS=1@nobody", "-s", "lige-2025-07-23")
    assert (code, said) == (WRITE_REFUSED, """\
new event exchange-2025-08-14:6:12: error[unknown-source]: `lige-2025-07-23` is not a source in the register
  |
6 | sources = ["lige-2025-07-23"]
  |            ^^^^^^^^^^^^^^^^^
in:   exchange-2025-08-14
hint: did you mean `liga-2025-07-23`? If not: talkstrack register source lige-2025-07-23 --url URL

new event exchange-2025-08-14:9:6: error[unknown-party]: `UKX` is not a party in the register
  |
8 | [[event.transfer]]
9 | to = "UKX"
  |      ^^^^^
in:   exchange-2025-08-14
hint: did you mean `UKR`? If not: talkstrack register party UKX NAME

new event exchange-2025-08-14:14:6: error[unknown-name]: `nobody` is no party, person or source in the register
   |
11 | [[event.transfer]]
12 | to = "RUS"
13 | count = 1
14 | by = "nobody"
   |      ^^^^^^^^
in:   exchange-2025-08-14
hint: talkstrack register person nobody NAME

error[write-refused]: this would bring 3 errors into events.toml; nothing was written
hint: mend what is named above, and try again
""")  # fmt: skip


def test_each_where_one_side_alone_was_handed_to_so_far(tmp_path: Path) -> None:
    parties = '[ledger]\nformat = 1\n[party.NOR]\nname = "Norland"\n[party.SUD]\nname = "Sudmark"\n'
    desk = Desk(tmp_path, parties)
    desk.added("add", "exchange", "One way", "--date", "2025-08-01", "--to", "NOR=1")
    block = desk.added("add", "exchange", "Both", "--date", "2025-08-02", "--each", "2")
    assert [line for line in block.split("\n") if line.startswith("to")] == ['to = "NOR"', 'to = "SUD"']
    desk.added("register", "party", "MED", "Mediators")
    code, said = desk.refused("add", "repatriation", "R", "--date", "2025-08-03", "--each", "2")
    assert (code, said) == (USAGE, "error[usage]: --each: which two parties?\nhint: name them: --party NOR,SUD\n")


def test_a_ledger_with_errors_has_no_totals_to_tell(desk: Desk) -> None:
    desk.ledger.write_text(desk.text + '\n[[event]]\nid = "bad"\nkind = "exchange"\ndate = "2025-99"\ntitle = "B"\n')
    said = desk.says(*EX, *SHORT, "-s", "liga-2025-07-23")
    assert said.split("\n")[1:] == [
        "events.toml has errors, so what this does to the totals is not told: talkstrack check",
        "",
    ]


def test_many_new_entries_of_the_register_are_counted(desk: Desk) -> None:
    sources = "".join(f'[source.s-{number}]\npublisher = "S"\n' for number in range(9))
    said = desk.says(
        "add",
        "--from",
        "-",
        stdin=f'{sources}[party.TUR]\nname = "T"\n{EXCHANGE.replace("2025-07-23", "2025-07-24", 2)}',
    )
    assert said.split("\n")[1:3] == ["new party: TUR", "9 new sources: s-0 to s-8"]


def test_rows_of_a_report_bring_no_register(desk: Desk) -> None:
    report = desk.run("timeline", "--json").out
    desk.ledger.write_text("[ledger]\nformat = 1\n")
    code, said = desk.refused("add", "--from", "-", stdin=report)
    assert (code, said.count("talkstrack add --from LEDGER.toml\n")) == (WRITE_REFUSED, 1), said


def test_only_new_errors_refuse(desk: Desk) -> None:
    desk.ledger.write_text(desk.text + EXCHANGE.replace("2025-07-23", "2025-07-24", 1).replace('"RUS"', '"XXX"'))
    assert desk.run(*EX, *SHORT).code == 0
    code, _ = desk.refused(*EX, "--to", "UKR=1", "--under", "agreement-9")
    assert code == WRITE_REFUSED


def test_a_likely_duplicate_is_a_warning(desk: Desk) -> None:
    again = ("--to", "UKR=248", "--to", "RUS=250", "--under", "agreement-2", "-s", "liga-2025-07-23")
    said = desk.says("add", "exchange", "Stage 9 again", "--date", "2025-07-23", *again)
    assert said.split("\n")[-3:] == [
        "warning[likely-duplicate]: same kind, day and agreement as `exchange-2025-07-23`, and the figures allow them "
        "to be one",
        'hint: if they are one: talkstrack retract exchange-2025-07-23-2 --because "the same as exchange-2025-07-23"',
        "",
    ]


def test_an_event_without_a_source_is_a_warning(desk: Desk) -> None:
    said = desk.says("add", "meeting", "M", "--date", "2025-08-14", "--party", "UKR,RUS")
    assert (
        said
        == """\
added to events.toml, lines 49 to 55
warning[no-source]: the event names no source
hint: talkstrack revise meeting-2025-08-14 --source URL --because "source added"
"""
    )


def test_the_shipped_ledger_is_not_written_to(tmp_path: Path) -> None:
    code, said = Desk(tmp_path, None).refused(*EX, "--to", "UKR=1")
    assert (code, said) == (LEDGER, """\
error[no-own-ledger]: there is no ledger here to write to; the one that came with talkstrack is read-only
hint: start your own: talkstrack init; or name one with -f
""")  # fmt: skip


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    code, said = Desk(tmp_path, None).refused(*EX, "--to", "UKR=1", "-f", "no.toml")
    assert (code, said) == (LEDGER, "no.toml:1:1: error[no-ledger]: there is no such file\n"
                            "hint: start one: talkstrack init no.toml\n")  # fmt: skip


def test_the_commands_hold_together(desk: Desk) -> None:
    assert desk.run("show", "nothing").code == NOT_FOUND


# ------------------------------------------------------------------------------------------------- --from

MANY = [
    {"kind": "exchange", "date": "2025-08-14", "title": "A", "transfer": [{"to": "UKR", "count": "over 10"}]},
    {"kind": "exchange", "date": "2025-08-14", "title": "B", "transfer": [{"to": "UKR", "count": 5}]},
    {"id": "mine", "kind": "statement", "date": "2025-08-15", "title": "C", "by": "RUS", "extra": {"a": [1, "x"]}},
]
IDS = "exchange-2025-08-14\nexchange-2025-08-14-2\nmine\n"


@pytest.mark.parametrize("name", ["in.json", "in.ndjson", "in.toml", "in.csv", "-"])
def test_events_come_from_any_form(desk: Desk, name: str) -> None:
    texts = {
        "in.json": json.dumps(MANY, indent=1),
        "in.ndjson": "".join(json.dumps(row) + "\n" for row in MANY),
        "-": json.dumps(MANY[0]) + json.dumps(MANY[1]) + json.dumps(MANY[2]),
        "in.toml": '[[event]]\nkind="exchange"\ndate=2025-08-14\ntitle="A"\ntransfer=[{to="UKR", count=">10"}]\n'
        '[[event]]\nkind="exchange"\ndate=2025-08-14\ntitle="B"\ntransfer=[{to="UKR", count=5}]\n'
        '[[event]]\nid="mine"\nkind="statement"\ndate=2025-08-15\ntitle="C"\nby="RUS"\nextra={a=[1, "x"]}\n',
        "in.csv": "id,kind,date,title,to_UKR,by,extra.a\n,exchange,2025-08-14,A,over 10,,\n"
        ",exchange,2025-08-14,B,5,,\nmine,statement,2025-08-15,C,,RUS,1\n",
    }
    if name != "-":
        (desk.folder / name).write_text(texts[name])
    before = desk.text
    ran = desk.run("add", "--from", name, stdin=texts["-"])
    assert (ran.code, ran.out) == (0, IDS), ran
    assert desk.text.startswith(before + """
[[event]]
id = "exchange-2025-08-14"
kind = "exchange"
date = 2025-08-14
title = "A"
recorded = 2026-03-10
[[event.transfer]]
to = "UKR"
count = ">10"
""")  # fmt: skip
    shown = "stdin" if name == "-" else name
    assert ran.err.split("\n")[0:2] == [
        "added to events.toml, lines 49 to 76", "people to UKR            ~246–250 → ~262–266+",
    ]  # fmt: skip
    assert ran.err.endswith(f"3 events from {shown}\n")
    again = desk.run("add", "--from", name, "--skip-existing", stdin=texts["-"])
    assert again == (0, "", f"3 passed over: in the ledger already\n0 events from {shown}\n")


def test_what_timeline_prints_can_be_fed_back(desk: Desk, tmp_path: Path) -> None:
    desk.says("revise", "exchange-2025-07-23", "--set", "title=Stage nine", "-m", "spelt out")
    printed = desk.run("timeline", "--json").out
    assert desk.run("add", "--from", "-", "--skip-existing", stdin=printed).out == ""
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other", HEADER)
    ran = other.run("add", "--from", "-", stdin=printed)
    assert (ran.code, ran.out) == (0, "agreement-2\nexchange-2025-07-23\n"), ran
    assert "exchange-2025-07-23: revision 2 comes in as the first, for the earlier ones are not here\n" in ran.err
    rows = json.loads(printed)["rows"]
    back = json.loads(other.run("timeline", "--json").out)["rows"]
    own = {"line", "revision", "recorded"}
    assert [{k: v for k, v in row.items() if k not in own} for row in back] == [
        {k: v for k, v in row.items() if k not in own} for row in rows
    ]


def test_all_or_nothing_and_every_fault_with_its_line(desk: Desk) -> None:
    lines = [
        '{"kind": "exchange", "date": "2025-08-14", "title": "A", "transfer": [{"to": "UKR", "count": 1}]}',
        '{"kind": "exchange", "date": "2025-99-14", "title": "B"}',
        '{"kind": ',
        '{"kind": "exchange", "date": "2025-08-14", "titel": "D"}',
    ]
    code, said = desk.refused("add", "--from", "-", stdin="\n".join(lines))
    assert code == WRITE_REFUSED
    assert [line for line in said.split("\n") if "error" in line] == [
        "stdin:2:1: error[bad-date]: there is no month 99",
        "stdin:3:1: error[bad-input]: this is not JSON: expecting value at column 10",
        "stdin:4:1: error[unknown-key]: an event has no field `titel`",
        "stdin:4:1: error[missing-field]: an event needs `title`",
        "error[bad-input]: stdin has 4 faults; nothing was written",
    ]


def test_errors_against_the_ledger_are_told_at_their_line_once(desk: Desk) -> None:
    (desk.folder / "in.csv").write_text(
        "kind,date,title,to_UKR,to_XXX\nexchange,2025-08-01,A,5,\nexchange,2025-08-02,B,5,6\nexchange,2025-08-03,C,5,6\n"
    )
    code, said = desk.refused("add", "--from", "in.csv")
    assert (code, said) == (WRITE_REFUSED, """\
in.csv:3:1: error[unknown-party]: `XXX` is not a party in the register
in:   exchange-2025-08-02
hint: talkstrack register party XXX NAME

and 1 more like these

error[write-refused]: this would bring 2 errors into events.toml; nothing was written
hint: mend what is named above, and try again
""")  # fmt: skip


def test_register_entries_come_along_with_toml(desk: Desk) -> None:
    text = '[party.TUR]\nname = "Turkiye"\n[party.USA]\nname = "United States"\n' + AGREEMENT.replace(
        "agreement-2", "b"
    )
    block = desk.added("add", "--from", "-", stdin=text)
    assert block.startswith('\n[party.TUR]\nname = "Turkiye"\n\n[[event]]\nid = "b"\n')
    code, said = desk.refused("add", "--from", "-", stdin='[party.USA]\nname = "States"\n')
    assert (code, said.split("\n")[0]) == (
        WRITE_REFUSED,
        "error[in-register]: party USA is in the register already: it reads otherwise there; nothing was written",
    )
    said = desk.says("add", "--from", "-", "--skip-existing", stdin='[party.USA]\nname = "States"\n')
    assert "party USA reads otherwise in the ledger, which was left as it is\n" in said


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--from", "no.json"), "no.json cannot be read: No such file or directory"),
        (("--from", "-", "--date", "2025"), "--from takes the events from its input alone"),
        (("--from", "-", "--publisher", "P"), "--from takes the events from its input alone"),
    ],
)
def test_an_input_that_cannot_be_had(desk: Desk, args: tuple[str, ...], message: str) -> None:
    code, said = desk.refused("add", *args)
    assert (code, said.split("\n")[0]) == (USAGE, f"error[usage]: {message}")


def test_a_large_ledger_is_not_added_up_for_one_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talkstrack.cli.entering.target.MANY", 1)
    desk = Desk(tmp_path)
    said = desk.says("add", "exchange", "Again", "--date", "2025-07-23", "--to", "UKR=248", "--under", "agreement-2")
    assert said.split("\n")[1:3] == [
        "people to UKR  248 more",
        "warning[no-source]: the event names no source",
    ]
    assert "warning[likely-duplicate]" in said


def test_a_damaged_ledger_here_is_no_reason_to_write_to_the_one_above(tmp_path: Path) -> None:
    above = Desk(tmp_path)
    before = above.ledger.read_bytes()
    (tmp_path / "here").mkdir()
    here = Desk(tmp_path / "here", "[ledger\nformat = 1\n")
    ran = here.run("add", "statement", "Meant for here", "--date", "2025-06-11")
    assert (ran.code, ran.out, ran.err) == (
        3,
        "",
        "events.toml:1:8: error[unusable-ledger]: events.toml is there, but this is not TOML: "
        "Expected ']' at the end of a table declaration\n"
        "hint: mend it or move it away, or name the ledger you mean with -f\n",
    )
    assert (above.ledger.read_bytes(), here.ledger.read_text()) == (before, "[ledger\nformat = 1\n")
