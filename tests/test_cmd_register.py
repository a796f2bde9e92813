"""`register`: parties, persons and sources."""

from pathlib import Path

import pytest

from desk import Desk
from talkstrack.errors import USAGE, WRITE_REFUSED


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("args", "key", "block"),
    [
        (
            ("party", "CHQ", "Coordination HQ", "--party", "Kyiv", "--alias", "Coord. HQ,HQ", "--note", "N"), "CHQ",
            '[party.CHQ]\nname = "Coordination HQ"\naliases = ["Coord. HQ", "HQ"]\nparty = "UKR"\nnote = "N"\n',
        ),
        (("party", "TUR", "Turkiye"), "TUR", '[party.TUR]\nname = "Turkiye"\n'),
        (
            ("person", "umerov", "Rustem Umerov", "--party", "UKR", "--role", "Minister of Defence from 2023-09-06",
             "--role", 'title="Secretary" from=2025-07-18 until=2026-01 party=UKR'), "umerov",
            '[person.umerov]\nname = "Rustem Umerov"\nparty = "UKR"\n[[person.umerov.role]]\n'
            'title = "Minister of Defence"\nfrom = 2023-09-06\n[[person.umerov.role]]\ntitle = "Secretary"\n'
            'from = 2025-07-18\nuntil = "2026-01"\nparty = "UKR"\n',
        ),
        (
            ("person", "medinsky", "--role", "Aide until 2026-01-01"), "medinsky",
            '[[person.medinsky.role]]\ntitle = "Aide"\nuntil = 2026-01-01\n',
        ),
        (
            ("source", "tass-1", "--url", "https://tass.ru/1", "--publisher", "TASS", "--title", "T", "--published",
             "2025-07-23?", "--retrieved", "today", "--based-on", "liga-2025-07-23", "--language", "ru", "--weak"),
            "tass-1",
            '[source.tass-1]\npublisher = "TASS"\ntitle = "T"\nurl = "https://tass.ru/1"\npublished = "2025-07-23?"\n'
            'retrieved = 2026-03-10\nbased_on = "liga-2025-07-23"\nlanguage = "ru"\ngrade = "weak"\n',
        ),
        (
            ("source", "--url", "https://tass.ru/1", "--published", "2025-07-23"), "tass-2025-07-23",
            '[source.tass-2025-07-23]\nurl = "https://tass.ru/1"\npublished = 2025-07-23\n',
        ),
    ],
)  # fmt: skip
def test_an_entry_is_appended(desk: Desk, args: tuple[str, ...], key: str, block: str) -> None:
    before = desk.text
    ran = desk.run("register", *args)
    assert (ran.code, ran.out) == (0, f"{key}\n"), ran
    assert desk.text == f"{before}\n{block}"
    assert desk.read.problems == ()
    assert ran.err.startswith(f"added to events.toml, lines 49 to {48 + block.count(chr(10))}\n")


def test_a_dry_run_prints_the_block(desk: Desk) -> None:
    before = desk.text
    ran = desk.run("register", "party", "TUR", "Turkiye", "--dry-run")
    assert (ran, desk.text) == (
        (0, '[party.TUR]\nname = "Turkiye"\n', "nothing was written to events.toml: a dry run\n"), before,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("party", "UKR", "U"), WRITE_REFUSED, "[in-register]: party UKR is in the register already: Ukraine; nothing "
         "was written\nhint: edit its block to change it\n"),
        (("person", "medinsky", "M"), WRITE_REFUSED, "[in-register]: person medinsky is in the register already: "
         "Vladimir Medinsky; nothing was written\nhint: give medinsky another --role, or edit its block\n"),
        (("source", "x", "--url", "http://www.news.liga.net/en/a/"), WRITE_REFUSED, "[in-register]: source "
         "liga-2025-07-23 is in the register already: it has this address; nothing was written\n"
         "hint: edit its block to change it\n"),
        (("partie", "TUR", "T"), USAGE, "[usage]: register adds a party, a person or a source, not `partie`\n"
         "hint: did you mean `party`?\n"),
        (("party", "TUR"), USAGE, "[usage]: register party TUR: what is the full name?\n"
         "hint: talkstrack register party TUR NAME\n"),
        (("person",), USAGE, "[usage]: register person: which?\nhint: talkstrack register person ID NAME "
         "--party PARTY\n"),
        (("party", "tur", "T"), USAGE, "[usage]: a party's code has 2 to 12 capitals, digits and hyphens, a letter "
         "first\nhint: talkstrack register party TUR T\n"),
        (("person", "Ida_Berg", "Ida Berg"), USAGE, "[usage]: an id has small letters, digits and hyphens only\n"
         "hint: talkstrack register person ida-berg 'Ida Berg'\n"),
        (("party", "TUR", "T", "--url", "x"), USAGE, "[usage]: register party takes no --url\n"
         "hint: talkstrack register party CODE NAME\n"),
        (("source", "x", "Title", "--url", "x"), USAGE, "[usage]: register source takes no NAME\n"
         "hint: a source's title is --title\n"),
        (("source", "x", "--role", "R"), USAGE, "[usage]: register source takes no --role\n"
         "hint: offices are held by persons\n"),
        (("person", "p", "P", "--role", "titel=x"), USAGE, "[usage]: a role has no field titel\n"
         "hint: did you mean `title`?\n"),
        (("source", "x", "--url", "x", "--published", "soon"), USAGE, "[usage]: --published: "),
    ],
)  # fmt: skip
def test_what_is_refused(desk: Desk, args: tuple[str, ...], code: int, said: str) -> None:
    refusal, words = desk.refused("register", *args)
    assert (refusal, words[: len(said) + 5]) == (code, f"error{said}")


def test_an_unknown_party_is_refused(desk: Desk) -> None:
    code, said = desk.refused("register", "person", "p", "P Q", "--party", "UKX")
    assert (code, said.split("\n")[0]) == (
        WRITE_REFUSED, "new person p:3:9: error[unknown-party]: `UKX` is not a party in the register",
    )  # fmt: skip


def test_the_hint_of_an_unknown_party_can_be_typed(desk: Desk) -> None:
    _, said = desk.refused("add", "exchange", "E", "--date", "2025-08-14", "--to", "BLR=4")
    hint = next(line for line in said.split("\n") if line.startswith("hint:"))
    assert hint == "hint: talkstrack register party BLR NAME"
    assert desk.run(*hint.split()[2:]).code == 0
    assert desk.run("add", "exchange", "E", "--date", "2025-08-14", "--to", "BLR=4").code == 0
