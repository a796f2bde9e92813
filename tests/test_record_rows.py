"""The shipped ledger against the record, row by row: every id of the record, and nothing beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ledgers import shipped, shipped_snapshot
from talkstrack.model.event import Event
from talkstrack.model.facets import Claim, Deadline, Delegation, Transfer
from talkstrack.render.words.figures import ordinal
from talkstrack.rules.due import due_date
from talkstrack.rules.scope import link_of

IDS = {
    *(f"R{number}" for number in range(1, 5)),
    *("D-UA", "D-RU", "D-TR", "A1", "A2a", "A2b", "A3"),
    *(f"X{number}" for number in range(19)),
    *("X4-12", "B1-5"),
    *(f"B{number}" for number in range(1, 14)),
    *(f"P{number}" for number in range(1, 12)),
    *(f"S{number}" for number in range(1, 11)),
    *(f"T{number}" for number in range(1, 5)),
    *("N0", "N1b", "N2"),
    *(f"O{number}" for number in range(1, 8)),
}
"""Every row of the record's sections 2 to 5, without N1, which is an office in the register."""


class Row(NamedTuple):
    """What the record says of one event: the record's ids, the facts line by line, phrases it must hold."""

    ids: tuple[str, ...]
    event: str
    facts: tuple[str, ...]
    words: tuple[str, ...]


def rows() -> Iterator[Row]:
    """Read record.txt."""
    text = (Path(__file__).parent / "record.txt").read_text(encoding="utf-8")
    for part in text.split("\n\n")[1:]:
        first, *lines = part.strip().splitlines()
        ids, _, head = first.partition(" = ")
        words = [word for line in lines if line.startswith("words ") for word in line[6:].split("; ")]
        facts = [line for line in lines if not line.startswith("words ")]
        yield Row(tuple(ids.split()), head.partition(",")[0], (head, *facts), tuple(words))


RECORD = tuple(rows())


@pytest.mark.parametrize("row", RECORD, ids=[row.event for row in RECORD])
def test_every_row_of_the_record_is_in_the_ledger(row: Row) -> None:
    event = shipped_snapshot().by_id[row.event]
    assert tuple(told(event)) == row.facts
    assert [word for word in row.words if word not in prose(event)] == []


def test_no_row_is_left_out_and_no_event_is_without_one() -> None:
    assert {key for row in RECORD for key in row.ids if not key.startswith("C")} == IDS
    assert sorted(row.event for row in RECORD) == sorted(shipped_snapshot().by_id)


def test_every_conflict_of_sources_is_told_somewhere() -> None:
    """Every point of the record's section 6 stands in an event; the tests of the figures say how."""
    told_at = {key for row in RECORD for key in row.ids if key.startswith("C")}
    assert told_at == {f"C{number}" for number in range(1, 27)}


def test_the_offices_and_names_of_the_register() -> None:
    persons = shipped().register.persons
    roles = {key: [(role.title, role.from_ and role.from_.edtf) for role in one.role] for key, one in persons.items()}
    assert roles["umerov"] == [("Minister of Defence", "2023-09-06")]
    assert roles["lytvynenko"] == [("Secretary of the NSDC", None)]
    spellings = {
        "umerov": ("Umierov", "Umyerov"),
        "kyslytsia": ("Kyslytsya", "Kislitsa", "Kyslitsia"),
        "medinsky": ("Medynskyi", "Medinskiy"),
        "zelenskyy": ("Zelensky", "Zelenskyy", "Zelenskiy"),
        "shevtsov": ("Viktor Shevtsov", "Vladimir Shevtsov"),
    }
    register = shipped().register
    assert {key: {register.person(name) for name in names} for key, names in spellings.items()} == {
        key: {key} for key in spellings
    }
    assert [register.party(name) for name in ("Kiev", "Kyiv", "Turkey", "Türkiye", "Moscow")] == [
        "UKR", "UKR", "TUR", "TUR", "RUS",
    ]  # fmt: skip


def test_every_event_has_a_source_and_the_seed_rests_on_its_parent() -> None:
    assert [event.id for event in shipped().events if not event.sources] == []
    sources = shipped().register.sources
    assert sources["seed"].based_on == ("kyivind-2025-07-23",)
    assert sources["ai-news-ge"].based_on == ("seed",)
    assert sources["brighteon-2026-02-26"].grade == "weak"


SEED = {
    1: (("round-3", "round 3"), ("exchange-2025-07-23", "part of exchange-agreement-2")),
    2: (("statement-2025-07-23", "by zelenskyy, CHQ"), ("exchange-2025-07-23", "exchange-2025-07-23, 2025-07-23")),
    3: (
        ("exchange-2025-07-23", "claims 9th under agreement-2, says zelenskyy"),
        ("exchange-agreement-2", "as written in recent weeks"),
    ),
    4: (
        (
            "exchange-2025-07-23",
            "to UKR unknown [seriously ill, severely wounded], says UKR, under agreement-2/prisoners",
        ),
    ),
    5: (("exchange-2025-07-23", "claims >1000 to UKR under agreement-2, says zelenskyy"),),
    6: (("statement-2025-07-23", "profound opportunity for families"),),
    7: (
        (
            "round-3",
            "agenda ceasefire; return of prisoners; return of abducted children; preparing a leaders' meeting",
        ),
        ("round-3", "plural of Ukrainian leaders means Zelenskyy"),
    ),
    8: (("statement-2025-07-22", "as written earlier this week"), ("statement-2025-07-22", "about agreement-2")),
    9: (
        ("round-1", "round-1, 2025-05-16T13:30:00+03:00, due 2025-05-15"),
        ("round-1", "first direct talks since early 2022"),
    ),
    10: (("round-1", "no breakthrough towards an end of the war"),),
    11: (("agreement-1", "promise prisoners: people each way 1000"), ("agreement-1", "largest swap of the war")),
    12: (
        (
            "agreement-2",
            "promise prisoners: people each way 1000+ [severely wounded, seriously ill, under 25], says medinsky",
        ),
    ),
    13: (("agreement-2", "promise bodies: bodies each way 6000, says umerov"),),
    14: (("proposal-all-for-all", "answer RUS: rejected"), ("proposal-all-for-all", "not accepted so far")),
    15: (("appointment-2025-07-18", "office umerov: Secretary of the NSDC (UKR)"),),
    16: (
        (
            "round-3",
            "team RUS 8 medinsky + galuzin kostyukov fomin zorin podobreyevskaya polishchuk shevtsov",
        ),
    ),
    17: (
        ("decree-2025-05-14", "by putin"),
        ("decree-2025-05-14", "decline repeatedly and send officials of lower rank"),
    ),
    18: (("ultimatum-2025-07-14", "by trump"), ("ultimatum-2025-07-14", "deadline 2025-09-02 = P50D to RUS")),
    19: (("statement-2025-07-23-opinion", "tags opinion"), ("statement-2025-07-23-opinion", "may be meant to bring")),
    20: (("statement-2025-07-23-opinion", "the war is unresolved and the sides are far apart"),),
}
"""The seed's twenty assertions (record, section 1): where the ledger holds each, and in what words or fact."""


@pytest.mark.parametrize("number", SEED)
def test_every_assertion_of_the_seed_is_in_the_ledger(number: int) -> None:
    for key, fact in SEED[number]:
        event = shipped_snapshot().by_id[key]
        assert fact in tuple(told(event)) or fact in prose(event)
    assert any("seed" in shipped_snapshot().by_id[key].sources for key, _ in SEED[number])


def test_the_seed_asserts_twenty_things() -> None:
    assert list(SEED) == list(range(1, 21))


def told(event: Event) -> Iterator[str]:
    """Yield what an event says, a fact a line, as record.txt writes it."""
    head = f"{event.id}, {event.when.edtf}"
    if event.status != "held":
        head += f", {event.status}"
    if event.date and event.scheduled:
        head += f", due {event.scheduled.edtf}"
    yield head
    yield from _named("by", ", ".join(event.by))
    yield from _named("place", event.place)
    yield from _named("part of", event.part_of)
    yield from _named("parties", ", ".join(event.parties))
    yield from _named("under", event.under)
    yield from _named("replaces", ", ".join(event.replaces))
    yield from _named("about", ", ".join(event.about))
    yield from _named("round", event.round)
    yield from _named("host", ", ".join(event.host))
    yield from _named("mediators", ", ".join(event.mediators))
    yield from _named("agenda", "; ".join(event.agenda))
    yield from _named("as written", event.as_written)
    yield from _named("tags", ", ".join(event.tags))
    yield from (_team(one) for one in event.delegation)
    for one in event.commitment:
        content = f": {one.what} {'to ' + one.to if one.to else 'each way'}" if one.what else ""
        count = f" {one.count.text}" if one.count else ""
        yield f"promise {one.id}{content}{count}{_described(one.described_as)}{_says(one.by)}"
    yield from (_transfer(event, one) for one in event.transfer)
    yield from (_claim(one) for one in event.claim)
    yield from (_deadline(event, one) for one in event.deadline)
    for answer in event.response:
        yield f"answer {answer.by}: {answer.answer}" + (f" on {answer.date.edtf}" if answer.date else "")
    for office in event.office:
        yield f"office {office.person}: {office.title} ({office.party})"


def prose(event: Event) -> str:
    """Return all that an event says in words."""
    notes = (
        *(one.note for one in event.delegation),
        *(one.note for one in event.commitment),
        *(one.note for one in event.transfer),
        *(one.note for one in event.claim),
        *(one.note for one in event.deadline),
        *(one.note for one in event.response),
    )
    return " | ".join(filter(None, (event.title, event.summary, event.note, *notes)))


def _named(name: str, value: object) -> Iterator[str]:
    if value:
        yield f"{name} {value}"


def _says(by: str | None) -> str:
    return f", says {by}" if by else ""


def _described(words: tuple[str, ...]) -> str:
    return f" [{', '.join(words)}]" if words else ""


def _team(one: Delegation) -> str:
    text = f"team {one.party} {one.size.text if one.size else '?'} {one.head}"
    for word, names in (("+", one.members), ("; joined", one.joined), ("; left", one.left)):
        if names:
            text += (" " if word == "+" else "") + f"{word} {' '.join(names)}"
    return text


def _transfer(event: Event, one: Transfer) -> str:
    parts = " + ".join(f"{name} {count.text}" for name, count in (one.parts or {}).items())
    link = link_of(shipped_snapshot(), event, one)
    tie = "" if link is None else f", under {link}" if link else ", not under anything"
    figure = f"{one.count.text}{' = ' + parts if parts else ''}"
    return f"to {one.to} {figure}{_described(one.described_as)}{_says(one.by)}{tie}"


def _claim(one: Claim) -> str:
    if one.fulfilled is not None:
        text = "complete" if one.fulfilled else "not complete"
    else:
        text = ordinal(one.nth) if one.nth else one.count.text if one.count else ""
    text += f" {one.what}" if one.what else ""
    text += _described(one.described_as)
    text += f" to {one.to}" if one.to else ""
    text += f" under {one.under}" if one.under else ""
    text += f" since {one.since.edtf}" if one.since else ""
    text += f" in {one.series}" if one.series else ""
    return f"claims {text}{_says(one.by)}"


def _deadline(event: Event, one: Deadline) -> str:
    text = f"deadline {due_date(event, one).edtf}"
    text += f" = {one.within}" if one.within else ""
    text += f" to {', '.join(one.to)}" if one.to else ""
    return text + (f", {one.outcome}" if one.outcome else "")
