"""The events a report stands on: revisions, retraction, replay, order and the lookups."""

import msgspec
import pytest

from ledgers import TODAY, ledger_of, read, snapshot_from
from talkstrack.rules.scope import scopes_above
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.wholes import is_whole

MEETING = '[[event]]\nid = "{}"\nkind = "meeting"\ntitle = "{}"\ndate = {}\n{}\n'


def meeting(event_id: str, when: str = "2025-07-23", text: str = "", title: str = "t") -> str:
    return MEETING.format(event_id, title, when, text)


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    return snapshot_from(ledger_of(request))


def test_lookups(snapshot: Snapshot) -> None:
    """The ledger:
    [[event]]
    id = "talks"
    kind = "talks"
    title = "t"
    date = "2025-05"
    [[event]]
    id = "round-1"
    kind = "talks"
    title = "t"
    date = 2025-05-16
    part_of = "talks"
    [[event]]
    id = "a1"
    kind = "agreement"
    title = "t"
    date = 2025-05-16
    under = "talks"
    [[event.commitment]]
    id = "p"
    by = "UKR"
    [[event.commitment]]
    id = "p"
    by = "RUS"
    [[event.commitment]]
    id = "q"
    [[event]]
    id = "w"
    kind = "exchange"
    title = "t"
    date = "2025-06"
    under = "a1"
    [[event.transfer]]
    to = "UKR"
    count = 3
    [[event]]
    id = "s1"
    kind = "exchange"
    title = "t"
    date = 2025-06-02
    part_of = "w"
    [[event.transfer]]
    to = "UKR"
    count = 3
    [[event]]
    id = "m"
    kind = "meeting"
    title = "t"
    date = 2025-06-03
    part_of = "s1"
    replaces = ["round-1"]
    about = ["s1", "w"]
    """
    ids = {key: tuple(event.id for event in events) for key, events in snapshot.parts.items()}
    assert ids == {"talks": ("round-1",), "w": ("s1",), "s1": ("m",)}
    assert [event.id for event in snapshot.events if is_whole(snapshot, event)] == ["talks", "w"]
    assert {key: [one.id for one in events] for key, events in snapshot.replaced_by.items()} == {"round-1": ["m"]}
    assert {key: [one.id for one in events] for key, events in snapshot.about.items()} == {"s1": ["m"], "w": ["m"]}
    readings = {key: [(event.id, one.by) for event, one in found] for key, found in snapshot.commitments.items()}
    assert readings == {"a1/p": [("a1", "UKR"), ("a1", "RUS")], "a1/q": [("a1", None)]}
    assert scopes_above(snapshot, "a1/p") == {"a1/p", "a1", "talks"}
    assert scopes_above(snapshot, "s1") == {"s1", "w", "a1", "talks"}
    assert scopes_above(snapshot, "nothing") == {"nothing"}


def test_a_part_that_was_not_held_makes_no_whole(snapshot: Snapshot) -> None:
    """The ledger:
    [[event]]
    id = "w"
    kind = "exchange"
    title = "t"
    date = 2025-06-01
    [[event.transfer]]
    to = "UKR"
    count = 300
    [[event]]
    id = "second-half"
    kind = "exchange"
    title = "t"
    date = 2025-06-02
    status = "cancelled"
    part_of = "w"
    [[event.transfer]]
    to = "UKR"
    count = 50
    """
    assert [event.id for event in snapshot.events if is_whole(snapshot, event)] == []


def test_parts_in_a_circle_do_not_hang() -> None:
    ledger = read(meeting("a") + meeting("b", text='part_of = "a"'))
    first, second = ledger.events
    circle = Snapshot((msgspec.structs.replace(first, part_of="b"), second), ledger.register, TODAY.toordinal())
    assert [scopes_above(circle, key) for key in ("b", "a")] == [{"a", "b"}] * 2


def test_sides() -> None:
    snapshot = snapshot_from(meeting("a"))
    assert [snapshot.side(name) for name in (None, "CHQ", "umerov", "tass")] == [None, "UKR", "UKR", "tass"]
