"""The register: who is who by any name, whose side a figure is, and what is wrong in the header tables."""

import unicodedata
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from talkstrack.model.convert import Fault
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.entries import (
    ENTRIES,
    KINDS,
    TABLES,
    Heading,
    Kind,
    Party,
    Person,
    Role,
    Source,
    is_party_code,
)
from talkstrack.model.fields import fields_of
from talkstrack.model.names import fold
from talkstrack.model.register import Register, read_register

HEADER = """
[ledger]
format = 1
title = "Talks"
covers = 2025-05-06
note = "n"
[party.UKR]
name = "Ukraine"
aliases = ["Kyiv", "Київ", "Україна"]
note = "n"
[party.RUS]
name = "Russia"
aliases = "Moscow"
[party.CHQ]
name = "Coordination Headquarters"
party = "kyiv"
[party.CHQ-2]
name = "Its Kharkiv branch"
party = "CHQ"
[party.TUR]
name = "Türkiye"
aliases = ["Straße"]
[party.DPR]
name = "Donetsk"
aliases = ["The Republic"]
[party.LPR]
name = "Luhansk"
aliases = ["The Republic"]
[person.umerov]
name = "Rustem Umerov"
party = "UKR"
aliases = ["Umierov", "Умєров"]
note = "n"
[[person.umerov.role]]
title = "Minister of Defence"
from = 2023-09-06
until = "2025-07"
party = "UKR"
note = "n"
[person.lubinets]
name = "Dmytro Lubinets"
party = "CHQ-2"
[person.fidan]
name = "Hakan Fidan"
[person.medinsky]
name = "Vladimir Medinsky"
party = "Moscow"
aliases = ["Volodya"]
[person.volodin]
name = "Vyacheslav Volodin"
party = "RUS"
aliases = ["Volodya"]
[person.stray]
name = "Stray"
party = "XXX"
[source.liga]
publisher = "LIGA.net"
title = "t"
url = "https://example.org"
published = "2025-07-23?"
retrieved = 2025-07-24
based_on = "tass"
language = "uk"
grade = "weak"
note = "n"
[source.tass]
[kind.ceasefire]
label = "truce"
symbol = "="
letter = "C"
colour = "bright_green"
needs = ["deadline"]
what = "people"
"""


def register_of(text: str) -> Register:
    register, faults = read_register(tomli.loads(text))
    assert faults == []
    return register


@pytest.fixture(scope="module")
def register() -> Register:
    return register_of(HEADER)


def test_every_field_of_every_entry_is_read(register: Register) -> None:
    assert register.heading == Heading(format=1, title="Talks", covers=parse_period("2025-05-06"), note="n")
    assert register.parties["UKR"] == Party(name="Ukraine", aliases=("Kyiv", "Київ", "Україна"), note="n")
    assert register.parties["RUS"] == Party(name="Russia", aliases=("Moscow",))
    assert register.parties["CHQ"] == Party(name="Coordination Headquarters", party="kyiv")
    role = Role(
        title="Minister of Defence", from_=parse_period("2023-09-06"), until=parse_period("2025-07"), party="UKR",
        note="n",
    )  # fmt: skip
    assert register.persons["umerov"] == Person(
        name="Rustem Umerov", party="UKR", aliases=("Umierov", "Умєров"), note="n", role=(role,)
    )
    assert register.sources == {
        "liga": Source(
            publisher="LIGA.net", title="t", url="https://example.org", published=parse_period("2025-07-23?"),
            retrieved=parse_period("2025-07-24"), based_on=("tass",), language="uk", grade="weak", note="n",
        ),
        "tass": Source(),
    }  # fmt: skip
    truce = Kind(label="truce", symbol="=", letter="C", colour="bright_green", needs=("deadline",), what="people")
    assert register.kinds == {**KINDS, "ceasefire": truce}


def test_the_tables_know_all_their_fields() -> None:
    whole = tomli.loads(HEADER)
    for name in ENTRIES:
        assert set().union(*whole[name].values()) == set(fields_of(TABLES[name]))


@pytest.mark.parametrize("name", ["UKR", "ukr", " Ukr ", "Ukraine", "KYIV", "київ", "КИЇВ", "україна", "ＵＫＲ"])
def test_a_party_answers_to_every_name_in_any_case_and_form(register: Register, name: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        written = unicodedata.normalize(form, name)
        assert (register.party(written), register.who(written), register.side(written)) == ("UKR", "UKR", "UKR")


@pytest.mark.parametrize("name", ["umerov", "UMEROV", "rustem  umerov", "Umierov", "умєров", "УМЄРОВ"])
def test_a_person_answers_to_every_name_in_any_case_and_form(register: Register, name: str) -> None:
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, name)
        assert (register.person(written), register.who(written), register.side(written)) == ("umerov", "umerov", "UKR")
        assert (register.called(written), register.full_name(written)) == ("Umerov", "Rustem Umerov")


def test_names_that_fold_are_one_name(register: Register) -> None:
    assert [register.party(name) for name in ("TÜRKIYE", "tu\u0308rkiye", "STRASSE", "strasse")] == ["TUR"] * 4


@given(st.text(max_size=12))
def test_folding_forgets_form_and_case(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name)) == folded
    assert fold(f"  {name}\n") == folded


SIDES = {
    "UKR": "UKR", "CHQ": "UKR", "CHQ-2": "UKR", "chq-2": "UKR", "Its Kharkiv Branch": "UKR", "umerov": "UKR",
    "Dmytro Lubinets": "UKR", "medinsky": "RUS", "moscow": "RUS", "Hakan Fidan": "fidan", "FIDAN": "fidan",
    "stray": "stray", "liga": "liga", "Volodya": "Volodya", "The Republic": "The Republic", "nobody": "nobody",
}  # fmt: skip


@pytest.mark.parametrize("name", SIDES)
def test_a_side_is_the_party_one_belongs_to_and_a_source_is_its_own(register: Register, name: str) -> None:
    assert register.side(name) == SIDES[name]


def test_the_sides_of_several_names_are_told_once_in_their_order(register: Register) -> None:
    assert register.sides(["umerov", "RUS", "UKR", "nobody", "RUS"]) == ("UKR", "RUS", "nobody")


def test_a_name_of_several_means_none_of_them(register: Register) -> None:
    for name, meanings in (("Volodya", ("medinsky", "volodin")), ("the republic", ("DPR", "LPR"))):
        found = (register.party(name), register.person(name), register.who(name), register.meanings(name))
        assert found == (None, None, None, meanings)
        assert (register.called(name), register.full_name(name)) == (name, name)


def test_a_name_has_every_meaning_it_can_have() -> None:
    text = '[party.LIGA]\nname = "League"\n[person.liga]\nname = "Liga Kalnina"\n[source.liga]\n'
    register = register_of(text)
    assert register.meanings("liga") == ("LIGA", "liga", "liga")
    assert (register.who("liga"), register.side("liga")) == ("LIGA", "LIGA")
    assert (register.meanings("LIGA"), register.meanings("x")) == (("LIGA", "liga"), ())


def test_a_source_goes_by_its_id_alone(register: Register) -> None:
    assert [register.source(name) for name in ("liga", "LIGA", "LIGA.net")] == ["liga", None, None]
    assert [register.called(name) for name in ("liga", "tass", "x")] == ["LIGA.net", "tass", "x"]
    assert [register.full_name(name) for name in ("liga", "tass", "kyiv")] == ["LIGA.net", "tass", "Ukraine"]


def test_a_party_has_the_names_of_all_who_speak_for_it(register: Register) -> None:
    branch = {"chq-2", "its kharkiv branch", "lubinets", "dmytro lubinets"}
    headquarters = {"chq", "coordination headquarters"} | branch
    own = {"ukr", "ukraine", "kyiv", "київ", "україна", "umerov", "rustem umerov", "umierov", "умєров"}
    assert register.names_of_party("chq-2") == branch
    assert register.names_of_party("CHQ") == headquarters
    assert register.names_of_party("Київ") == {fold(name) for name in own | headquarters}
    assert register.names_of_party("Nobody ") == {"nobody"}


def test_a_person_has_the_names_of_its_entry(register: Register) -> None:
    assert register.names_of_person("Umierov") == {"umerov", "rustem umerov", "umierov", fold("умєров")}
    assert register.names_of_person("Volodya") == {"volodya"}


@pytest.mark.parametrize("text", ["AA->AA", "AA->BB BB->AA", "AA->BB BB->CC CC->BB"])
def test_parties_in_a_circle_do_not_hang(text: str) -> None:
    pairs = [pair.split("->") for pair in text.split()]
    register = Register({code: Party(name=f"name of {code}", party=above) for code, above in pairs})
    for code, _ in pairs:
        assert register.side(code) in register.parties
        assert fold(code) in register.names_of_party(code)


def test_kinds_say_what_they_count(register: Register) -> None:
    kinds = ("exchange", "repatriation", "agreement", "ceasefire", "x")
    assert [register.what_of(kind) for kind in kinds] == ["people", "bodies", None, "people", None]


@pytest.mark.parametrize(
    ("code", "is_code"),
    [
        ("UKR", True), ("UN", True), ("G7", True), ("MOD-RUS", True), ("ABCDEFGHIJKL", True),
        ("ABCDEFGHIJKLM", False), ("U", False), ("ukr", False), ("7G", False), ("-UN", False), ("УКР", False),
        ("U N", False), ("", False),
    ],
)  # fmt: skip
def test_a_party_code_is_capitals_digits_and_hyphens(code: str, is_code: bool) -> None:
    assert is_party_code(code) is is_code


BAD_CODE = "a party's code has 2 to 12 capitals, digits and hyphens, a letter first"
BAD_ID = "an id has small letters, digits and hyphens only"
FAULTS: dict[str, tuple[str, Fault]] = {
    "unknown table": (
        "[persn.a]",
        Fault("unknown-key", ("persn",), "a ledger has no table `persn`", "did you mean `person`?", True),
    ),
    "strange table": (
        "[zzz]",
        Fault(
            "unknown-key", ("zzz",), "a ledger has no table `zzz`",
            "a ledger has `ledger`, `party`, `person`, `source`, `kind` and `event`", True,
        ),
    ),
    "no table of entries": (
        "party = 1", Fault("wrong-type", ("party",), "`party` is a table of entries", "write [party.NAME]")
    ),
    "no table": ("party.UKR = 1", Fault("wrong-type", ("party", "UKR"), "`party.UKR` is a table", "write [party.UKR]")),
    "ledger": (
        "ledger = 1",
        Fault("wrong-type", ("ledger",), "`ledger` is a table", "write [ledger] and format = 1 below it"),
    ),
    "format": ("[ledger]", Fault("missing-field", ("ledger",), "the ledger needs `format`")),
    "code": ('[party.ukr]\nname = "U"', Fault("bad-id", ("party", "ukr"), BAD_CODE, "[party.UKR]", True)),
    "code that cannot be mended": ('[party.1]\nname = "U"', Fault("bad-id", ("party", "1"), BAD_CODE, None, True)),
    "id": ('[person.Umerov]\nname = "U"', Fault("bad-id", ("person", "Umerov"), BAD_ID, None, True)),
    "missing name": ("[party.UKR]", Fault("missing-field", ("party", "UKR"), "a party needs `name`")),
    "unknown field": (
        '[party.UKR]\nname = "U"\nalias = "Kyiv"',
        Fault("unknown-key", ("party", "UKR", "alias"), "a party has no field `alias`", "did you mean `aliases`?", True),
    ),
    "role": (
        '[person.a]\nname = "A"\n[[person.a.role]]\nfrom = 2025-01-01',
        Fault("missing-field", ("person", "a", "role", 0), "a role needs `title`"),
    ),
    "grade": (
        '[source.a]\ngrade = "strong"',
        Fault("bad-value", ("source", "a", "grade"), "`grade` is one of weak, not 'strong'"),
    ),
    "kind": (
        '[kind.a]\nneeds = ["transfre"]',
        Fault("bad-value", ("kind", "a", "needs"), "there is no facet `transfre`", "did you mean `transfer`?"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_of_the_header_is_told_with_its_path(case: str) -> None:
    text, fault = FAULTS[case]
    assert read_register(tomli.loads(text))[1] == [fault]


def test_every_fault_of_the_header_is_told_in_one_run() -> None:
    text = """
        [party.UKR]
        name = ""
        aliases = 1
        [party.RUS]
        nam = "Russia"
        [person.a]
        name = "A"
        role = [{ title = "T", from = "soon" }, { titel = "T" }]
        [source.s]
        published = 3
        [other]
    """
    _, faults = read_register(tomli.loads(text))
    assert [(fault.slug, fault.path) for fault in faults] == [
        ("empty-text", ("party", "UKR", "name")),
        ("wrong-type", ("party", "UKR", "aliases")),
        ("unknown-key", ("party", "RUS", "nam")),
        ("missing-field", ("party", "RUS")),
        ("bad-date", ("person", "a", "role", 0, "from")),
        ("unknown-key", ("person", "a", "role", 1, "titel")),
        ("missing-field", ("person", "a", "role", 1)),
        ("bad-date", ("source", "s", "published")),
        ("unknown-key", ("other",)),
    ]


def test_a_faulty_entry_still_answers_to_what_can_be_read_of_it() -> None:
    """One fault in an entry does not make every mention of it a fault."""
    text = (
        '[party.UKR]\nname = "Ukraine"\naliases = ["Kyiv"]\nfoo = 1\n[person.a]\nparty = "UKR"\n[source.s]\nurl = 1\n'
    )
    register, faults = read_register(tomli.loads(text))
    assert [fault.path for fault in faults] == [("party", "UKR", "foo"), ("person", "a"), ("source", "s", "url")]
    found: list[Any] = [register.party("kyiv"), register.side("a"), register.full_name("a"), register.source("s")]
    assert found == ["UKR", "UKR", "a", "s"]


def test_a_ledger_without_a_header_has_the_usual_kinds() -> None:
    register = Register()
    assert (register.kinds, register.heading, register.parties) == (KINDS, Heading(format=1), {})
