"""Run every check over a small ledger, for the tests of the checks."""

from datetime import date
from typing import Any, NamedTuple

import msgspec
import tomli

from talkstrack.ledger.checking.check import event_faults, link_faults, register_faults, warnings
from talkstrack.ledger.checking.references import References, references_of
from talkstrack.model.convert import Fault, Path
from talkstrack.model.event import Event, read_event
from talkstrack.model.register import Register, read_register
from talkstrack.rules.known import current_revisions
from talkstrack.rules.snapshot import Snapshot

TODAY = date(2026, 3, 10)
HEADER = """
[ledger]
format = 1
[party.UKR]
name = "Ukraine"
aliases = ["Kyiv"]
[party.RUS]
name = "Russia"
aliases = ["Moscow"]
[party.MOD-RUS]
name = "Ministry of Defence"
party = "RUS"
[person.umerov]
name = "Rustem Umerov"
party = "UKR"
aliases = ["Umierov"]
[person.medinsky]
name = "Vladimir Medinsky"
party = "RUS"
[source.liga]
publisher = "LIGA"
[source.tass]
publisher = "TASS"
"""


class Found(NamedTuple):
    """A fault and whose it is: an event's id, or nothing for the register."""

    slug: str
    subject: str | None
    path: Path
    message: str
    hint: str | None = None


class Case(NamedTuple):
    """A ledger that has one fault and no other, and one that comes near and has none."""

    bad: str
    found: tuple[Found, ...]
    good: str


def event(text: str = "", *, event_id: str = "e1", kind: str = "statement", when: str = "2025-07-23") -> str:
    """Write an event block; `text` is what follows its first fields."""
    first = f'[[event]]\nid = "{event_id}"\nkind = "{kind}"\ntitle = "About {event_id}"\ndate = {when}\n'
    return f'{first}sources = ["liga"]\n{text}\n'


def transfer(text: str = "", *, to: str = "UKR", count: str = "390") -> str:
    """Write a transfer."""
    return f'[[event.transfer]]\nto = "{to}"\ncount = {count}\n{text}\n'


def exchange(text: str, *, event_id: str = "x1", when: str = "2025-05-23") -> str:
    """Write an exchange."""
    return event(text, event_id=event_id, kind="exchange", when=when)


def read(text: str, header: str = HEADER) -> tuple[Register, list[Event], list[Found]]:
    """Read a ledger straight from its TOML, with the faults of shape."""
    whole: dict[str, Any] = tomli.loads(header + text)
    tables = whole.pop("event", [])
    register, header_faults = read_register(whole)
    found = [_found(None, fault) for fault in header_faults]
    events: list[Event] = []
    for table in tables:
        one, faults = read_event(table)
        found += [_found(table.get("id"), fault) for fault in faults]
        if one is not None:
            events.append(msgspec.structs.replace(one, line=10 * (len(events) + 1)))
    return register, events, found


def cards_of(text: str) -> list[References]:
    """Return the cards of a ledger's events."""
    register, events, _ = read(text)
    return [references_of(one, register) for one in events]


def problems(text: str, today: date = TODAY) -> list[Found]:
    """Return everything that all checks find in a ledger."""
    register, events, found = read(text)
    found += [_found(None, fault) for fault in register_faults(register)]
    found += [_found(one.id, fault) for one in events for fault in event_faults(one, register)]
    found += [_found(one.id, fault) for one, fault in link_faults([references_of(one, register) for one in events])]
    found += [_found(one.id, fault) for one, fault in warnings(snapshot_of(events, register, today))]
    return found


def snapshot_of(events: list[Event], register: Register, today: date = TODAY) -> Snapshot:
    """Return the current events of a ledger on a day."""
    return Snapshot(current_revisions(events, register), register, today.toordinal())


def _found(subject: str | None, fault: Fault) -> Found:
    return Found(fault.slug, subject, fault.path, fault.message, fault.hint)
