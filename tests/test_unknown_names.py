"""Parties as commands are given them."""

import pytest

from ledgers import snapshot_from
from talkstrack.cli.unknown_names import party_named
from talkstrack.errors import UsageError


@pytest.mark.parametrize(("name", "side"), [("UKR", "UKR"), ("kyiv", "UKR"), ("CHQ", "UKR"), ("Russia", "RUS")])
def test_a_party_is_named_by_code_name_or_alias_and_stands_for_its_side(name: str, side: str) -> None:
    assert party_named(snapshot_from("").register, "--account", name) == side


def test_no_such_party_is_told_with_what_the_register_has() -> None:
    with pytest.raises(UsageError) as told:
        party_named(snapshot_from("").register, "--account", "zelenskyy")
    assert (str(told.value), told.value.hint) == (
        "--account: there is no party `zelenskyy`",
        "the register has UKR, RUS, USA, TUR",
    )
