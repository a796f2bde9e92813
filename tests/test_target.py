"""What a new entry is held against: a few events that say of it what all would, and the ids there are."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from checking import snapshot_of
from desk import AGREEMENT, EXCHANGE, HEADER, TODAY, Desk
from talkstrack.cli.entering.target import Taken, WriteTarget, own_ledger
from talkstrack.ledger.checking.check import all_checks, warnings
from talkstrack.model.convert import Fault
from talkstrack.model.event import Event

SHIPPED = Path(__file__).parent.parent / "data" / "events.toml"


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WriteTarget]:
    desk = Desk(tmp_path_factory.mktemp("desk"), SHIPPED.read_text(encoding="utf-8"))
    target = WriteTarget(own_ledger(desk.env()), desk.env())
    yield target
    target.index.close()


def warned(standing: WriteTarget, event: Event, beside: tuple[Event, ...]) -> list[Fault]:
    only = {check.slug for check in all_checks()} - {"claim-above", "claim-below", "whole-and-parts"}
    faults = warnings(snapshot_of([*beside, event], standing.register, TODAY), only=frozenset(only))
    return [fault for other, fault in faults if other.id == event.id]


def test_what_is_around_an_event_says_of_it_what_all_events_say(standing: WriteTarget) -> None:
    """Each event of the shipped ledger, once as a new one that says the same, once as its own revision."""
    events = standing.events
    for event in events:
        again = msgspec.structs.replace(event, id="new", line=None)
        revised = msgspec.structs.replace(event, revision=event.revision + 1, title=f"{event.title}, anew")
        for entry in (again, revised):
            near = standing.around(entry)
            assert warned(standing, entry, near) == warned(standing, entry, events)
            assert len(near) < len(events) or event.round or event.delegation or event.people


TAKEN = ["agreement-2", "exchange-2025-07-23", "UKR", "medinsky", "liga-2025-07-23"]
FREE = ["new", "exchange", "2025-07-23", "agreement", ""]


@pytest.mark.parametrize(("more", "bad"), [("", []), ('\n[[event]]\nid = "bad"\nkind = "meeting"\n', ["bad"])])
def test_an_id_is_taken_by_events_and_entries(tmp_path: Path, more: str, bad: list[str]) -> None:
    desk = Desk(tmp_path, HEADER + AGREEMENT + EXCHANGE + more)
    target = WriteTarget(own_ledger(desk.env()), desk.env())
    try:
        taken = Taken(target)
        assert [name for name in (*FREE, *TAKEN, "bad") if name in taken] == [*TAKEN, *bad]
        taken.more.add("new")
        assert "new" in taken
    finally:
        target.index.close()


def test_a_commitment_takes_no_id_of_an_event(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert 'id = "prisoners"' in desk.text
    said = desk.added("add", "meeting", "Once more", "--date", "2025-08-01", "--id", "prisoners")
    assert 'id = "prisoners"' in said
