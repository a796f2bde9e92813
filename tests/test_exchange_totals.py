"""Totals: wholes that measure their parts, categories; alone they are those of the whole tally, whatever is asked for."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk
from ledgers import snapshot_from
from talkstrack.reports.exchanges import exchanges
from tallies import exact, hand, told
from test_api import ledgers

SHIPPED = Path(__file__).parent.parent / "data" / "events.toml"
UNITS = ("people", "bodies", "all")
GROUPS = ("agreement", "month", "none")
ACCOUNTS: tuple[tuple[str, ...], ...] = ((), ("--account", "UKR"), ("--account", "RUS"))
FILTERS: tuple[tuple[str, ...], ...] = (
    (), ("--since", "2025-06-10"), ("--until", "2025-06-12"), ("--on", "2025-06"), ("--on", "2025-06-09/2025-06-11"),
    ("--to", "UKR"), ("--by", "RUS"), ("--under", "agreement-2"), ("--party", "RUS"),
    ("--kind", "exchange"), ("--as-known", "2025-07-24"), ("--tag", "none"),
)  # fmt: skip


def asked(desk: Desk, *args: str) -> tuple[object, object, object]:
    """Return the totals, how many events the ledger has, and what was asked but for `--totals` itself."""
    told = json.loads(desk.run("exchanges", *args, "--json").out)
    assert told["query"].pop("totals") == ("--totals" in args)
    assert not ("--totals" in args and told["rows"])
    return told["totals"], told["ledger"]["events"], told["query"]


@pytest.mark.parametrize("where", FILTERS, ids=" ".join)
def test_of_the_shipped_ledger_they_are_the_same(tmp_path: Path, where: tuple[str, ...]) -> None:
    desk = Desk(tmp_path, SHIPPED.read_text(encoding="utf-8"))
    for unit in UNITS:
        for group in GROUPS:
            for account in ACCOUNTS:
                options = ("--what", unit, "--group", group, *account, *where)
                assert asked(desk, *options, "--totals") == asked(desk, *options), options


@given(ledgers(), st.sampled_from(GROUPS), st.sampled_from(ACCOUNTS), st.sampled_from(FILTERS))
@settings(max_examples=60, deadline=None)
def test_of_any_ledger_they_are_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    group: str,
    account: tuple[str, ...],
    where: tuple[str, ...],
) -> None:
    desk = Desk(tmp_path_factory.mktemp("totals"), text)
    options = ("--what", "all", "--group", group, *account, *where)
    assert asked(desk, *options, "--totals") == asked(desk, *options)


def test_without_a_group_they_are_those_over_all(tmp_path: Path) -> None:
    desk = Desk(tmp_path, SHIPPED.read_text(encoding="utf-8"))
    assert asked(desk, "--totals") == asked(desk, "--group", "none")
    assert desk.run("exchanges", "--totals", "--format", "ndjson").out.count("\n") == 2
    page = desk.run("exchanges", "--totals", "--width", "80").out
    assert "~2,549–2,557+  ~2,538–2,558+" in page
    assert page.splitlines()[0].startswith("Prisoner exchanges")
    flat = desk.run("exchanges", "--totals", "--what", "bodies", "--format", "csv").out.splitlines()
    assert flat[0] == "what,over,group,to,category,total,low,best,high,terms,undisclosed,may"
    assert flat[1] == "bodies,all,,UKR,,14060..14063,14060,,14063,13,0,0"


def test_what_shows_hand_overs_contradicts_them(tmp_path: Path) -> None:
    ran = Desk(tmp_path).run("exchanges", "--totals", "--long")
    assert ran.code == 2
    assert "--totals and --long contradict each other" in ran.err


def test_what_each_side_alone_comes_to_is_a_column_of_its_own(tmp_path: Path) -> None:
    """The numbers at the foot of `exchanges --accounts`, for a spreadsheet: UKR tells 246 to itself, RUS about 250."""
    desk = Desk(tmp_path)
    header, to_ukr, to_rus = desk.run("exchanges", "--totals", "--accounts", "--format", "csv").out.splitlines()
    assert header.endswith(
        ",may,says_UKR,says_UKR_low,says_UKR_best,says_UKR_high,says_UKR_undisclosed,"
        "says_RUS,says_RUS_low,says_RUS_best,says_RUS_high,says_RUS_undisclosed"
    )
    assert to_ukr.endswith(",0,246,246,246,246,0,~250,0,250,,0")
    assert to_rus.endswith(",0,250,250,250,250,0,250,250,250,250,0")
    shown = desk.run("exchanges", "--totals", "--accounts", "--width", "80", "--color", "always").out
    assert "UKR" in shown and "at least" in shown


WHOLE = hand("w", "300")
PART = 'part_of = "w"'


def totals(text: str) -> dict[str, tuple[str, int, int | None] | None]:
    snapshot = snapshot_from(text)
    return {one.to: told(one.total) for one in exchanges(snapshot, snapshot.events).totals if one.group is None}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (hand("x", "100 to=RUS", text=PART), {"UKR": exact(300), "RUS": exact(100)}),
        (
            hand("x", "unknown", text=PART) + hand("y", "5 to=RUS", text=PART),
            {"UKR": exact(300), "RUS": exact(5)},
        ),
        (hand("x", "100", text=PART) + hand("y", "200", text=PART), {"UKR": exact(300)}),
    ],
)
def test_a_whole_speaks_for_the_directions_its_parts_leave_open(
    parts: str, expected: dict[str, tuple[str, int, int | None]]
) -> None:
    assert totals(WHOLE + parts) == expected


def test_a_figure_that_is_broken_down_in_part_only_counts_as_not_broken_down() -> None:
    snapshot = snapshot_from(hand("x", "33 parts=military:33", "51") + hand("y", "7 parts=military:7"))
    total = next(one for one in exchanges(snapshot, snapshot.events).totals if one.group is None)
    assert (told(total.total), told(total.not_broken_down)) == (exact(91), exact(84))
    assert {name: told(one) for name, one in total.parts.items()} == {"military": exact(7)}
