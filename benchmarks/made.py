"""Make ledgers of any size like the shipped one, and the same events for the peers.

Four events a day up to the last day of 2025: the larger the ledger the earlier it begins, so that the same question
about 2025 has the same answer in each. Every hundredth event is an agreement that the hand-overs after it are under.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

LAST = date(2025, 12, 31)
A_DAY = 4
PER_AGREEMENT = 100
PARTS = 3
PER_SOURCE = 10
KINDS = (*["exchange"] * 12, *["statement"] * 3, "repatriation", "proposal", "talks", "ultimatum", "meeting")
PLACES = ("Istanbul, Ciragan Palace", "by way of Belarus; the group to Ukraine was met in Chernihiv oblast", "Ankara")
SUMMARY = (
    "The group to Ukraine: {} men and {} women. Among the civilians to Russia are residents of Kursk oblast; most of"
    " them were held for more than two years."
)
PERSONS = 30

Event = dict[str, Any]


def events(size: int) -> Iterator[Event]:
    """Yield so many events in order of date, as tables of a ledger."""
    random = Random(5)
    agreement = ""
    for number in range(size):
        back = size - 1 - number
        day = LAST - timedelta(days=back // A_DAY)
        if number % PER_AGREEMENT == 0:
            agreement = f"agreement-{number // PER_AGREEMENT + 1}"
            yield _agreement(agreement, day, number)
        elif number % PER_AGREEMENT == 1:
            yield _whole(f"exchange-{number}", day, number, agreement)
        else:
            begun = number - number % PER_AGREEMENT + 1
            yield _event(random, number, day, agreement, f"exchange-{begun}" if number <= begun + PARTS else None)


def _agreement(name: str, day: date, number: int) -> Event:
    return {
        "id": name, "kind": "agreement", "date": day, "title": f"Prisoners and bodies, {day.isoformat()}",
        "summary": "All seriously ill and wounded, all between 18 and 25, and the bodies of the dead.",
        "place": "Istanbul", "parties": ["UKR", "RUS"], "mediators": ["TUR"], "sources": [_source(number)],
        "commitment": [
            {"id": "prisoners", "what": "people", "count": 10_000, "due": day + timedelta(days=60)},
            {"id": "bodies", "what": "bodies", "to": "UKR", "count": 6_000},
        ],
    }  # fmt: skip


def _whole(name: str, day: date, number: int, agreement: str) -> Event:
    return {
        "id": name, "kind": "exchange", "date": day, "title": "All in three days", "sources": [_source(number)],
        "under": f"{agreement}/prisoners", "transfer": [{"to": to, "count": "1000+"} for to in ("UKR", "RUS")],
    }  # fmt: skip


def _event(random: Random, number: int, day: date, agreement: str, part_of: str | None) -> Event:
    kind = "exchange" if part_of else random.choice(KINDS)
    found: Event = {"id": f"{kind}-{number}", "kind": kind, "date": day, "title": f"Number {number}: severely wounded"}
    found["summary"] = SUMMARY.format(random.randint(1, 400), random.randint(1, 9))
    if random.random() < 0.8:
        found["place"] = random.choice(PLACES)
    if random.random() < 0.1:
        found["tags"] = [random.choice(("humanitarian", "front line", "nuclear", "children"))]
    if part_of:
        found["part_of"] = part_of
    found["sources"] = sorted({_source(number), _source(random.randint(0, number))})
    if random.random() < 0.4:
        found["note"] = (
            "The number was given in the evening and repeated by both sides on the day after; lists were not shown."
        )
    found.update(_MAKERS[kind](random, number, agreement))
    return found


def _source(number: int) -> str:
    return f"agency-{number // PER_SOURCE}"


def _handover(random: Random, _: int, agreement: str) -> Event:
    count = random.randint(15, 390)
    military = random.randint(0, count)
    if random.random() < 0.1:
        rows: list[Event] = [
            {"to": "UKR", "count": count, "by": "UKR"},
            {"to": "UKR", "count": f"~{count // 10 * 10 + 10}", "by": "medinsky"},
            {"to": "RUS", "count": random.choice(("withheld", "unknown", count)), "by": "UKR"},
        ]  # fmt: skip
    else:
        parts = {"military": military, "civilian": count - military}
        rows = [{"to": "UKR", "count": count, "parts": parts}, {"to": "RUS", "count": count}]
    found: Event = {"under": agreement, "mediators": ["ARE"], "transfer": rows}
    if random.random() < 0.1:
        found["claim"] = [{"by": "zelenskyy", "to": "UKR", "under": agreement, "count": ">1000"}]
    return found


def _bodies(random: Random, _: int, agreement: str) -> Event:
    rows = [{"to": "UKR", "count": random.randint(100, 1212)}, {"to": "RUS", "count": random.randint(1, 40)}]
    return {"under": agreement, "transfer": rows}


def _statement(random: Random, _: int, agreement: str) -> Event:
    found: Event = {"by": [_person(random)], "about": [agreement]}
    if random.random() < 0.3:
        count = f"{random.randint(1, 9)}000+"
        found["claim"] = [{"by": "zelenskyy", "under": f"{agreement}/prisoners", "count": count}]
    return found


def _proposal(random: Random, _: int, agreement: str) -> Event:
    answer = random.choice(("accepted", "rejected", "conditional"))
    return {"by": ["UKR"], "about": [agreement], "response": [{"by": "RUS", "answer": answer}]}


def _talks(random: Random, number: int, _: str) -> Event:
    members = [f"member-{random.randint(1, PERSONS)}" for _ in range(3)]
    rows = [
        {"party": "UKR", "head": "umerov", "members": sorted(set(members)), "size": 14},
        {"party": "RUS", "head": "medinsky", "size": "12..14"},
    ]
    return {"round": number, "host": ["TUR"], "agenda": ["ceasefire", "exchange of prisoners"], "delegation": rows}


def _ultimatum(random: Random, _: int, __: str) -> Event:
    return {"by": [_person(random)], "deadline": [{"to": ["RUS"], "within": "P50D"}]}


def _meeting(random: Random, _: int, agreement: str) -> Event:
    return {"people": [_person(random), "umerov"], "host": ["TUR"], "about": [agreement]}


def _person(random: Random) -> str:
    return f"member-{random.randint(1, PERSONS)}"


_MAKERS = {
    "exchange": _handover, "repatriation": _bodies, "statement": _statement, "proposal": _proposal, "talks": _talks,
    "ultimatum": _ultimatum, "meeting": _meeting,
}  # fmt: skip


def ledger(size: int, path: Path) -> None:
    """Write a ledger of so many events."""
    with path.open("w", encoding="utf-8") as file:
        file.write('[ledger]\nformat = 1\ntitle = "Made for the benchmark"\n')
        for code, name in (("UKR", "Ukraine"), ("RUS", "Russia"), ("TUR", "Turkiye"), ("ARE", "Emirates")):
            file.write(f'\n[party.{code}]\nname = "{name}"\n')
        named = [("umerov", "UKR"), ("medinsky", "RUS"), ("zelenskyy", "UKR")]
        named += [(f"member-{number}", ("UKR", "RUS")[number % 2]) for number in range(1, PERSONS + 1)]
        for person, party in named:
            file.write(f'\n[person.{person}]\nname = "{person.title()}"\nparty = "{party}"\n')
        for number in range((size - 1) // PER_SOURCE + 1):
            file.write(f'\n[source.agency-{number}]\npublisher = "Agency {number % 50}"\ntitle = "Report {number}"\n')
            file.write(f'url = "https://agency.example/{number}"\npublished = {LAST.isoformat()}\n')
        for event in events(size):
            file.write("\n" + toml(event))


def toml(event: Event) -> str:
    """Return an event as its block in a ledger."""
    facets = [(name, rows) for name, rows in event.items() if isinstance(rows, list) and isinstance(rows[0], dict)]
    lines = ["[[event]]", *(f"{key} = {_value(value)}" for key, value in event.items() if key not in dict(facets))]
    for name, rows in facets:
        for row in rows:
            lines += [f"[[event.{name}]]", *(f"{key} = {_value(value)}" for key, value in row.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def fields(event: Event) -> list[tuple[str, str]]:
    """Return all an event says as names and texts, facets flattened, for formats that are flat."""
    found: list[tuple[str, str]] = []
    for key, value in event.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                text = " ".join(f"{name}={_flat(said)}" for name, said in one.items())
                found.append((key, text))
            else:
                found.append((key, str(one)))
    return found


def _flat(said: Any) -> str:
    return ",".join(f"{name}:{count}" for name, count in said.items()) if isinstance(said, dict) else str(said)


def handed(event: Event) -> dict[str, int]:
    """Return what each side was handed, by its first row that is a number: peers know no rival figures."""
    found: dict[str, int] = {}
    for row in event.get("transfer", ()):
        if isinstance(row["count"], int):
            found.setdefault(row["to"], row["count"])
    return found
