"""The room a page has, and parties as commands are given them."""

import io
from datetime import date
from pathlib import Path

import pytest

from ledgers import book_of
from talkstrack.cli.env import Env
from talkstrack.cli.room import cells, party_named
from talkstrack.cli.values import Output
from talkstrack.errors import UsageError

ENV = Env(io.StringIO(), io.StringIO(), io.StringIO(), {}, Path(), date(2026, 3, 10))


@pytest.mark.parametrize(
    ("screen", "asked", "found"), [(80, None, 80), (300, None, 140), (80, 300, 300), (300, 40, 40)]
)
def test_a_page_is_as_wide_as_asked_else_as_the_screen_up_to_140(screen: int, asked: int | None, found: int) -> None:
    assert cells(ENV._replace(width=screen), Output(width=asked)) == found


@pytest.mark.parametrize(("name", "side"), [("UKR", "UKR"), ("kyiv", "UKR"), ("CHQ", "UKR"), ("Russia", "RUS")])
def test_a_party_is_named_by_code_name_or_alias_and_stands_for_its_side(name: str, side: str) -> None:
    assert party_named(book_of("").register, "--account", name) == side


def test_no_such_party_is_told_with_what_the_register_has() -> None:
    with pytest.raises(UsageError) as told:
        party_named(book_of("").register, "--account", "zelenskyy")
    assert (str(told.value), told.value.hint) == (
        "--account: there is no party `zelenskyy`",
        "the register has UKR, RUS, USA, TUR",
    )
