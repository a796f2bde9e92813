"""Faults of one event by itself, and of the register."""

import pytest

from checking import HEADER, Case, Found, event, exchange, problems, read, transfer
from talkstrack.ledger.checking.check import event_faults
from talkstrack.model.names import Suggestions

CASES = {
    "unknown-kind: a slip": Case(
        event(kind="exchnage"),
        (
            Found(
                "unknown-kind",
                "e1",
                ("kind",),
                "there is no kind `exchnage`",
                "did you mean `exchange`? If not: add [kind.exchnage] to the ledger",
            ),
        ),
        event(kind="meeting"),
    ),
    "unknown-kind: not defined": Case(
        event(kind="ceasefire"),
        (
            Found(
                "unknown-kind",
                "e1",
                ("kind",),
                "there is no kind `ceasefire`",
                "add [kind.ceasefire] to the ledger",
            ),
        ),
        '[kind.ceasefire]\nlabel = "truce"\n' + event(kind="ceasefire"),
    ),
    "unknown-party: a slip": Case(
        exchange(transfer(to="UKX")),
        (
            Found(
                "unknown-party",
                "x1",
                ("transfer", 0, "to"),
                "`UKX` is not a party in the register",
                "did you mean `UKR`? If not: talkstrack register party UKX NAME",
            ),
        ),
        exchange(transfer(to="kyiv")),
    ),
    "unknown-party: not registered": Case(
        event('parties = ["UKR", "GEO"]'),
        (
            Found(
                "unknown-party",
                "e1",
                ("parties", 1),
                "`GEO` is not a party in the register",
                "talkstrack register party GEO NAME",
            ),
        ),
        event('parties = ["UKR", "Russia"]'),
    ),
    "unknown-party: a person": Case(
        exchange(transfer(to="umerov")),
        (
            Found(
                "unknown-party",
                "x1",
                ("transfer", 0, "to"),
                "`umerov` is a person, and a party is asked for",
                'write "UKR", whom Umerov speaks for',
            ),
        ),
        exchange(transfer('from = "Moscow"')),
    ),
    "unknown-party: who is addressed": Case(
        event('[[event.deadline]]\nto = "Mosco"\nwithin = "P10D"\noutcome = "met"'),
        (
            Found(
                "unknown-party",
                "e1",
                ("deadline", 0, "to", 0),
                "`Mosco` is not a party in the register",
                "did you mean `RUS`? If not: talkstrack register party CODE Mosco",
            ),
        ),
        event('[[event.deadline]]\nto = ["medinsky", "RUS"]\nwithin = "P10D"\noutcome = "met"'),
    ),
    "unknown-party: the host": Case(
        event('host = "Georgia"'),
        (
            Found(
                "unknown-party",
                "e1",
                ("host", 0),
                "`Georgia` is not a party in the register",
                "talkstrack register party CODE Georgia",
            ),
        ),
        event('host = "Umierov"'),
    ),
    "unknown-person": Case(
        event('[[event.office]]\nperson = "umarov"\ntitle = "Minister"', kind="appointment"),
        (
            Found(
                "unknown-person",
                "e1",
                ("office", 0, "person"),
                "`umarov` is not a person in the register",
                "did you mean `umerov`? If not: talkstrack register person umarov NAME",
            ),
        ),
        event('[[event.office]]\nperson = "umierov"\ntitle = "Minister"', kind="appointment"),
    ),
    "unknown-name": Case(
        exchange(transfer('by = "yusov"')),
        (
            Found(
                "unknown-name",
                "x1",
                ("transfer", 0, "by"),
                "`yusov` is no party, person or source in the register",
                "talkstrack register person yusov NAME",
            ),
        ),
        exchange(transfer('by = "tass"')),
    ),
    "unknown-name: a slip": Case(
        event('by = "Medinskiy"'),
        (
            Found(
                "unknown-name",
                "e1",
                ("by", 0),
                "`Medinskiy` is no party, person or source in the register",
                "did you mean `medinsky`? If not: talkstrack register person medinskiy Medinskiy",
            ),
        ),
        event('by = "Vladimir  MEDINSKY"'),
    ),
    "unknown-source: a slip": Case(
        event().replace('"liga"', '"lyga"'),
        (
            Found(
                "unknown-source",
                "e1",
                ("sources", 0),
                "`lyga` is not a source in the register",
                "did you mean `liga`? If not: talkstrack register source lyga --url URL",
            ),
        ),
        event(),
    ),
    "unknown-source: not registered": Case(
        event().replace('"liga"', '"babel-2025"'),
        (
            Found(
                "unknown-source",
                "e1",
                ("sources", 0),
                "`babel-2025` is not a source in the register",
                "talkstrack register source babel-2025 --url URL",
            ),
        ),
        event(),
    ),
    "unknown-source: an address": Case(
        '[source.babel]\npublisher = "Babel"\nurl = "https://babel.ua/1"\n'
        + event().replace('"liga"', '"https://babel.ua/1"'),
        (
            Found(
                "unknown-source",
                "e1",
                ("sources", 0),
                "a source is named by its id, not by its address",
                'write "babel"',
            ),
        ),
        event(),
    ),
    "ambiguous-name: in an event": Case(
        '[person.fomin-a]\nname = "Fomin"\nparty="UKR"\n'
        '[person.fomin-b]\nname = "Aleksandr Fomin"\naliases = ["Fomin"]\n' + event('by = "fomin"'),
        (
            Found(
                "shared-alias",
                None,
                ("person", "fomin-b", "aliases", 0),
                "`Fomin` is also a name of `fomin-a`",
                "where it stands in an event, the other may be meant: give one of them another name",
            ),
            Found(
                "ambiguous-name",
                "e1",
                ("by", 0),
                "`fomin` means two persons: `fomin-a` and `fomin-b`",
                "write `fomin-a` or `fomin-b`",
            ),
        ),
        '[person.fomin-a]\nname = "Andrii Fomin"\n[person.fomin-b]\nname = "Aleksandr Fomin"\n'
        + event('by = "fomin-a"'),
    ),
    "ambiguous-name: an id is taken": Case(
        '[person.fomin]\nname = "A. Fomin"\n[person.other]\nname = "Aleksandr Fomin"\naliases = ["Fomin"]\n' + event(),
        (
            Found(
                "ambiguous-name",
                None,
                ("person", "other", "aliases", 0),
                "`Fomin` is the id of another person",
                "take it out here, or `fomin` can no longer be named",
            ),
        ),
        event(),
    ),
    "mixed-accounts": Case(
        exchange(transfer('by = "UKR"\nparts = { soldiers = 390 }') + transfer(count="391")),
        (
            Found(
                "mixed-accounts",
                "x1",
                ("transfer", 1),
                "1 of 2 rows of people to UKR says who gives the figure, this one does not",
                "write each side's whole account: `by` on every row of this direction, or on none",
            ),
        ),
        exchange(transfer('by = "UKR"') + transfer(to="RUS")),
    ),
    "parts-sum: as in the other direction": Case(
        exchange(
            transfer("parts = { military = 270, civilian = 102 }")
            + transfer("parts = { military = 270, civilian = 120 }", to="RUS")
        ),
        (
            Found(
                "parts-sum",
                "x1",
                ("transfer", 0, "parts"),
                "the parts make 372, the count is 390: 18 too few",
                "civilian = 120 would make 390, as in the other direction of this event",
            ),
        ),
        exchange(transfer("parts = { military = 270, civilian = 120 }")),
    ),
    "parts-sum: too many": Case(
        exchange(transfer("parts = { military = 270, civilian = 130 }")),
        (
            Found(
                "parts-sum",
                "x1",
                ("transfer", 0, "parts"),
                "the parts make 400, the count is 390: 10 too many",
                "civilian = 120 would make 390",
            ),
        ),
        exchange(transfer('parts = { military = 270, civilian = "unknown" }')),
    ),
    "parts-sum: of ranges": Case(
        exchange(transfer('parts = { military = "240..250" }', count='"270+"')),
        (
            Found(
                "parts-sum",
                "x1",
                ("transfer", 0, "parts"),
                "the parts make 240 to 250, the count is 270+: 20 too few",
                "words that overlap go under `described_as`, which is never summed",
            ),
        ),
        exchange(transfer('parts = { military = "240..270" }', count='"270+"')),
    ),
    "parts-sum: of a floor": Case(
        exchange(transfer('parts = { military = 300, civilian = "100+" }', count="390")),
        (
            Found(
                "parts-sum",
                "x1",
                ("transfer", 0, "parts"),
                "the parts make at least 400, the count is 390: 10 too many",
                "words that overlap go under `described_as`, which is never summed",
            ),
        ),
        exchange(transfer("parts = { military = 146, civilian = 100 }", count='"~250"')),
    ),
    "parts-sum: a part is missing": Case(
        exchange(transfer("parts = { military = 185 }", count="205")),
        (
            Found(
                "parts-sum",
                "x1",
                ("transfer", 0, "parts"),
                "the parts make 185, the count is 205: 20 too few",
                "other = 20 would make 205",
            ),
        ),
        exchange(transfer("parts = { military = 185 }", count='"withheld"')),
    ),
    "parts-sum: as in another account": Case(
        exchange(
            transfer("parts = { military = 400 , civilian = 1}", count="300")
            + transfer("parts = {military = 300}", count="300")
        ),
        (
            Found(
                "parts-sum",
                "x1",
                ("transfer", 0, "parts"),
                "the parts make 401, the count is 300: 101 too many",
                "military = 299 would make 300",
            ),
        ),
        exchange(transfer("parts = { military = 185 }", count='"unknown"')),
    ),
    "same-party": Case(
        exchange(transfer('from = "Kyiv"')),
        (
            Found(
                "same-party",
                "x1",
                ("transfer", 0, "from"),
                "`from` and `to` are both UKR",
                "`from` is who hands over, `to` who receives; `from` may be left out",
            ),
        ),
        exchange(transfer('from = "Moscow"')),
    ),
    "commitment-conflict": Case(
        event(
            '[[event.commitment]]\nid = "p"\ncount = 1000\nby = "medinsky"\n'
            '[[event.commitment]]\nid = "p"\nto = "UKR"\ncount = 1200\nby = "MOD-RUS"',
            kind="agreement",
        ),
        (
            Found(
                "commitment-conflict",
                "e1",
                ("commitment", 1),
                "`p` to UKR is promised twice by RUS",
                "another side's reading says `by`; another promise takes an id of its own",
            ),
        ),
        event(
            '[[event.commitment]]\nid = "p"\nto = "RUS"\ncount = 1000\nby = "RUS"\n'
            '[[event.commitment]]\nid = "p"\nto = "UKR"\ncount = 1200\nby = "RUS"\n'
            '[[event.commitment]]\nid = "p"\ncount = 1200\nby = "UKR"',
            kind="agreement",
        ),
    ),
    "revision-incomplete": Case(
        event() + event("revision = 2\nrecorded = 2025-07-24"),
        (
            Found(
                "revision-incomplete",
                "e1",
                ("revision",),
                "revision 2 needs `because`",
                "say why it was changed",
            ),
        ),
        event() + event('revision = 2\nbecause = "slip"\nrecorded = 2025-07-24'),
    ),
    "unknown-party: of a party": Case(
        '[party.CHQ]\nname = "HQ"\nparty = "UKA"\n',
        (
            Found(
                "unknown-party",
                None,
                ("party", "CHQ", "party"),
                "`UKA` is not a party in the register",
                "did you mean `UKR`? If not: talkstrack register party UKA NAME",
            ),
        ),
        '[party.CHQ]\nname = "HQ"\nparty = "Kyiv"\n',
    ),
    "unknown-party: of a person": Case(
        '[person.yusov]\nname = "Yusov"\nparty = "Geor"\n',
        (
            Found(
                "unknown-party",
                None,
                ("person", "yusov", "party"),
                "`Geor` is not a party in the register",
                "talkstrack register party CODE Geor",
            ),
        ),
        '[person.yusov]\nname = "Yusov"\nparty = "UKR"\n',
    ),
    "unknown-party: of a role": Case(
        '[[person.umerov.role]]\ntitle = "Minister"\nparty = "Geor"\n',
        (
            Found(
                "unknown-party",
                None,
                ("person", "umerov", "role", 0, "party"),
                "`Geor` is not a party in the register",
                "talkstrack register party CODE Geor",
            ),
        ),
        '[[person.umerov.role]]\ntitle = "Minister"\nparty = "UKR"\n',
    ),
    "unknown-source: of a copy": Case(
        '[source.aige]\npublisher = "AIGE"\nbased_on = "seed"\n',
        (
            Found(
                "unknown-source",
                None,
                ("source", "aige", "based_on", 0),
                "`seed` is not a source in the register",
                "talkstrack register source seed --url URL",
            ),
        ),
        '[source.aige]\npublisher = "AIGE"\nbased_on = "tass"\n',
    ),
    "self-reference: a source": Case(
        '[source.aige]\npublisher = "AIGE"\nbased_on = "aige"\n',
        (
            Found(
                "self-reference",
                None,
                ("source", "aige", "based_on", 0),
                "`aige` is said to be based on itself",
                "leave it out of `based_on`",
            ),
        ),
        "",
    ),
    "self-reference: a party": Case(
        '[party.CHQ]\nname = "HQ"\nparty = "CHQ"\n',
        (
            Found(
                "self-reference",
                None,
                ("party", "CHQ", "party"),
                "CHQ is said to speak for itself",
                "leave `party` out",
            ),
        ),
        "",
    ),
    "reference-cycle: parties": Case(
        '[party.AA]\nname = "A"\nparty = "BB"\n[party.BB]\nname = "B"\nparty = "AA"\n',
        (
            Found(
                "reference-cycle",
                None,
                ("party", "AA", "party"),
                "`party` leads round in a circle: AA → BB → AA",
                "leave `party` out in one of them",
            ),
        ),
        '[party.AA]\nname = "A"\nparty = "BB"\n[party.BB]\nname = "B"\nparty = "UKR"\n',
    ),
    "reference-cycle: sources": Case(
        '[source.a]\ntitle = "A"\nbased_on = "b"\n'
        '[source.b]\ntitle = "B"\nbased_on = "c"\n'
        '[source.c]\ntitle = "C"\nbased_on = ["liga", "a"]\n',
        (
            Found(
                "reference-cycle",
                None,
                ("source", "a", "based_on"),
                "`based_on` leads round in a circle: a → b → c → a",
                "leave `based_on` out in one of them",
            ),
        ),
        '[source.a]\ntitle = "A"\nbased_on = ["b", "c"]\n'
        '[source.b]\ntitle = "B"\nbased_on = "c"\n'
        '[source.c]\ntitle = "C"\n',
    ),
    "date-order: a role": Case(
        '[[person.umerov.role]]\ntitle = "Minister"\nfrom = 2025-07-17\nuntil = 2023-09-06\n',
        (
            Found(
                "date-order",
                None,
                ("person", "umerov", "role", 0, "until"),
                "the office ends on 2023-09-06, before it begins on 2025-07-17",
                None,
            ),
        ),
        '[[person.umerov.role]]\ntitle = "Minister"\nuntil = 2025-07-17\nfrom = 2023-09-06\n',
    ),
    "date-order: a copy": Case(
        '[source.a]\ntitle = "A"\npublished = 2025-07-01\nbased_on = "b"\n'
        '[source.b]\ntitle = "B"\npublished = 2025-07-02\n',
        (
            Found(
                "date-order",
                None,
                ("source", "a", "published"),
                "published on 2025-07-01, before `b`, which it is based on",
                None,
            ),
        ),
        '[source.a]\ntitle = "A"\npublished = 2025-07-02\nbased_on = "b"\n'
        '[source.b]\ntitle = "B"\npublished = 2025-07-02\n',
    ),
    "bare-source": Case(
        '[source.a]\nlanguage = "ru"\n',
        (
            Found(
                "bare-source",
                None,
                ("source", "a"),
                "the source has neither publisher, title nor address",
                "add `publisher`, and `title` or `url`",
            ),
        ),
        '[source.a]\nurl = "https://a.b"\n',
    ),
    "shared-alias: two parties": Case(
        '[party.POL]\nname = "Poland"\naliases = ["kyiv"]\n',
        (
            Found(
                "shared-alias",
                None,
                ("party", "POL", "aliases", 0),
                "`kyiv` is also a name of `UKR`",
                "where it stands in an event, the other may be meant: give one of them another name",
            ),
        ),
        '[party.POL]\nname = "Poland"\naliases = ["Warsaw"]\n',
    ),
    "shared-alias: a person and a party": Case(
        '[person.pol]\nname = "Poll"\n[party.POL]\nname = "Poland"\n',
        (
            Found(
                "shared-alias",
                None,
                ("person", "pol"),
                "`pol` is also a name of `POL`",
                "where it stands in an event, the other may be meant: give one of them another name",
            ),
        ),
        "",
    ),
    "shared-alias: a source and a party": Case(
        '[source.moscow]\ntitle = "x"\n',
        (
            Found(
                "shared-alias",
                None,
                ("source", "moscow"),
                "`moscow` is also a name of `RUS`",
                "where it stands in an event, the other may be meant: give one of them another name",
            ),
        ),
        "",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_fault_is_told_with_its_place_and_nothing_else(case: Case) -> None:
    assert problems(case.bad) == list(case.found)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_comes_near_is_no_fault(case: Case) -> None:
    assert problems(case.good) == []


def test_a_ledger_full_of_misses_is_still_checked_in_one_go() -> None:
    register, events, _ = read(
        "".join(exchange(transfer(to=f"P{number}"), event_id=f"x{number}") for number in range(50))
    )
    assert [fault.slug for one in events for fault in event_faults(one, register)] == ["unknown-party"] * 50


def test_near_names_stop_being_searched_widely_but_one_edit_is_always_found() -> None:
    slips = Suggestions({f"name {number}": f"id-{number}" for number in range(1_000)})
    for number in range(201):
        assert slips.near(f"nothing like it {number}") == ()
    assert slips.near("nam 77") == ("id-77",)
    assert slips.near("name  7777") == ()


def test_the_header_of_these_tests_is_without_fault() -> None:
    assert problems("") == []
    assert read("", HEADER)[2] == []
