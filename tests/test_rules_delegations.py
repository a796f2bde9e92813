"""Offices: held from the register, from an appointment on, and until the successor's."""

from datetime import date

import pytest

from ledgers import block, snapshot_from
from talkstrack.rules.delegations import Tenure, offices_on, tenures

REGISTER = """
[[person.umerov.role]]
title = "Minister of Defence"
from = 2023-09-06
[person.shmyhal]
name = "Denys Shmyhal"
party = "UKR"
[person.lytvynenko]
name = "Oleksandr Lytvynenko"
party = "UKR"
[[person.lytvynenko.role]]
title = "Secretary of the NSDC"
[[person.medinsky.role]]
title = "minister of defence"
from = "2025-07-01"
until = "2025-07-31"
"""


def appointed(person: str, title: str, when: str, more: str = "") -> str:
    """Write an appointment."""
    return block(
        f"a-{person.lower()}", "appointment", when, f'[[event.office]]\nperson = "{person}"\ntitle = "{title}"\n{more}'
    )


BOOK = snapshot_from(
    REGISTER
    + appointed("shmyhal", "Minister of Defence", "2025-07-17")
    + appointed("Umierov", "Secretary of the NSDC", "2025-07-18")
)


@pytest.mark.parametrize(
    ("person", "day", "titles"),
    [
        ("umerov", date(2023, 9, 5), ()),
        ("umerov", date(2023, 9, 6), ("Minister of Defence",)),
        ("umerov", date(2025, 7, 16), ("Minister of Defence",)),
        ("umerov", date(2025, 7, 17), ()),
        ("Umierov", date(2025, 7, 18), ("Secretary of the NSDC",)),
        ("lytvynenko", date(1999, 1, 1), ("Secretary of the NSDC",)),
        ("lytvynenko", date(2025, 7, 17), ("Secretary of the NSDC",)),
        ("lytvynenko", date(2025, 7, 18), ()),
        ("shmyhal", date(2025, 7, 16), ()),
        ("shmyhal", date(2026, 3, 10), ("Minister of Defence",)),
        ("medinsky", date(2025, 7, 31), ("minister of defence",)),
        ("medinsky", date(2025, 8, 1), ()),
        ("nobody", date(2025, 8, 1), ()),
    ],
)
def test_what_a_person_was_on_a_day(person: str, day: date, titles: tuple[str, ...]) -> None:
    assert offices_on(BOOK, person, day.toordinal()) == titles


def test_a_namesake_office_of_another_party_ends_nothing() -> None:
    assert {one.person: one.last for one in tenures(BOOK) if one.title == "Minister of Defence"} == {
        "umerov": date(2025, 7, 16).toordinal(),
        "shmyhal": 1 << 62,
    }


def test_two_offices_at_once_and_the_latest_first() -> None:
    snapshot = snapshot_from(REGISTER + appointed("umerov", "Envoy", "2025-05-01", "ends = 2025-05-31"))
    days = [date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 1)]
    assert [offices_on(snapshot, "umerov", day.toordinal()) for day in days] == [
        ("Minister of Defence",),
        ("Envoy", "Minister of Defence"),
        ("Minister of Defence",),
    ]


def test_an_appointment_that_was_not_held_gives_no_office() -> None:
    text = block(
        "a",
        "appointment",
        "2025-07-17",
        'status = "planned"\n[[event.office]]\nperson = "shmyhal"\ntitle = "Minister of Defence"',
    )
    snapshot = snapshot_from(REGISTER + text)
    assert offices_on(snapshot, "shmyhal", date(2025, 8, 1).toordinal()) == ()
    assert offices_on(snapshot, "umerov", date(2025, 8, 1).toordinal()) == ("Minister of Defence",)


def test_everything_held_is_told_with_its_days() -> None:
    snapshot = snapshot_from(appointed("umerov", "Envoy", "2025-05-01", 'ends = 2025-05-31\nparty = "RUS"'))
    assert tenures(snapshot) == (
        Tenure("umerov", "Envoy", "RUS", date(2025, 5, 1).toordinal(), date(2025, 5, 31).toordinal()),
    )
