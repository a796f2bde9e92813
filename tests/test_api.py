"""The library: a ledger that is open, its reports, and what of a long one they stand on."""

import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import talkstrack
from ledgers import HEADER, block
from talkstrack.api import Ledger
from talkstrack.index.select import Selection
from talkstrack.index.snapshots import linked
from talkstrack.model.query import Filters, Query
from talkstrack.reports.agreements import commitment_row
from talkstrack.reports.exchanges import exchanges
from talkstrack.reports.timeline import TimelineRow, timeline

DAYS = st.integers(1, 28).map(lambda number: f"2025-06-{number:02}")
SIDES = st.sampled_from(("UKR", "RUS"))
SPEAKERS = st.sampled_from(('by = "umerov"\n', 'by = "RUS"\n', 'by = "liga"\n'))
FIGURES = st.sampled_from(("390", '"~250"', '"100+"', '"unknown"', '"withheld"', '"10..20"'))
SCOPES = st.sampled_from(
    ("agreement-1", "agreement-1/people", "agreement-2", "agreement-2/people", "agreement-2/bodies")
)


@st.composite
def transfers(draw: st.DrawFn, disputed: bool) -> str:
    speaker = draw(SPEAKERS) if disputed else ""
    under = draw(st.none() | st.just("") | SCOPES)
    tie = f'under = "{under}"\n' if under is not None and "bodies" not in under else ""
    return f'[[event.transfer]]\nto = "{draw(SIDES)}"\ncount = {draw(FIGURES)}\n{speaker}{tie}'


@st.composite
def claims(draw: st.DrawFn) -> str:
    under = draw(st.none() | SCOPES)
    rows = [f'[[event.claim]]\nby = "{draw(st.sampled_from(("zelenskyy", "medinsky", "trump")))}"\n']
    rows.append(draw(st.sampled_from(('count = ">1000"\n', 'count = "390"\n', "nth = 2\n", "fulfilled = true\n",
                                      "fulfilled = false\n"))))  # fmt: skip
    rows += [f'under = "{under}"\n'] if under else []
    rows += [f'to = "{draw(SIDES)}"\n'] if draw(st.booleans()) else []
    rows += ["since = 2025-06-02\n"] if draw(st.integers(0, 9)) == 0 else []
    return "".join(rows)


@st.composite
def events(draw: st.DrawFn, number: int) -> str:
    kind = draw(st.sampled_from(("exchange", "exchange", "statement", "proposal", "ultimatum", "exchange")))
    fields = []
    if draw(st.booleans()):
        fields.append(f'under = "{draw(SCOPES.filter(lambda one: "bodies" not in one))}"')
    if kind == "exchange" and number and draw(st.integers(0, 3)) == 0:
        fields.append(f'part_of = "whole-{draw(st.integers(1, 2))}"')
    if kind != "exchange" and number and draw(st.booleans()):
        fields.append(f'about = "e{draw(st.integers(0, number - 1))}"\nby = "trump"')
    rows = "".join(draw(st.lists(claims(), max_size=1)))
    if kind == "exchange":
        rows += "".join(draw(st.lists(transfers(draw(st.booleans())), min_size=1, max_size=3)))
    if kind == "ultimatum":
        rows += '[[event.deadline]]\nto = "RUS"\nwithin = "P10D"\n'
    if kind == "proposal" or draw(st.integers(0, 4)) == 0:
        rows += '[[event.response]]\nby = "RUS"\nanswer = "denied"\n'
    return block(f"e{number}", kind, draw(DAYS), "\n".join(fields) + "\n" + rows)


@st.composite
def ledgers(draw: st.DrawFn) -> str:
    promise = '[[event.commitment]]\nid = "{}"\nwhat = "{}"\ncount = 1000\n'
    made = [HEADER]
    for number in (1, 2):
        made.append(block(f"agreement-{number}", "agreement", "2025-06-01",
                          promise.format("people", "people") + promise.format("bodies", "bodies")))  # fmt: skip
        row = '[[event.transfer]]\nto = "UKR"\ncount = "1000+"\n'
        made.append(block(f"whole-{number}", "exchange", "2025-06-10", f'under = "agreement-{number}/people"\n{row}'))
    count = draw(st.integers(12, 24))
    return "\n".join([*made, *(draw(events(number)) for number in range(count))])


def opened(folder: Path, text: str) -> Ledger:
    path = folder / "events.toml"
    path.write_text(text, encoding="utf-8")
    return talkstrack.open(path, today="2025-07-01", use_index=False)


def chosen(ledger: Ledger, place: int) -> Selection:
    ids = ledger.select().ids
    return ledger.select(id=ids[place % len(ids)])


@given(ledgers(), st.integers(0, 100))
@settings(max_examples=120, deadline=None)
def test_a_part_says_of_its_events_what_the_whole_says(tmp_path_factory, text: str, place: int) -> None:  # type: ignore[no-untyped-def]
    with opened(tmp_path_factory.mktemp("part"), text) as ledger:
        assert ledger.problems == ()
        selection = chosen(ledger, place)
        whole = ledger.snapshot()
        part = linked(ledger.index, selection, "events", ledger.today.toordinal()) or whole
        rows: list[list[TimelineRow]] = [
            [row for group in timeline(snapshot, selection.events, group="round").groups for row in group.rows]
            for snapshot in (whole, part)
        ]
        assert rows[0] == rows[1]

        part = linked(ledger.index, selection, "document", ledger.today.toordinal()) or whole
        tallies = [exchanges(snapshot, selection.events, what="all") for snapshot in (whole, part)]
        if all(row.group for row in tallies[0].rows):
            assert tallies[0] == tallies[1]
            groups = {row.group for row in tallies[0].rows if row.group in whole.commitments}
            assert [commitment_row(whole, group) for group in groups] == [
                commitment_row(part, group) for group in groups
            ]


def test_a_part_leaves_out_what_does_not_belong(tmp_path: Path) -> None:
    alone = "".join(block(f"e{number}", "meeting", "2025-06-01") for number in range(30))
    with opened(tmp_path, HEADER + alone) as ledger:
        selection = ledger.select(id="e3")
        part = linked(ledger.index, selection, "events", ledger.today.toordinal())
        assert part is not None
        assert [event.id for event in part.events] == ["e3"]
        assert len(ledger.snapshot(selection, "events").events) == 30


ROOT = Path(__file__).parents[1]
PYTHON, PRINTED = re.findall(
    r"```(?:python|text)\n(.*?)```", (ROOT / "docs" / "python.md").read_text("utf-8"), re.DOTALL
)
FAULTY = HEADER + block("e1", "meeting", "2025-06-01") + block("e2", "meeting", "2025-06-02", "colour = 1\n")


def test_the_example_prints_what_the_documentation_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TALKSTRACK_CACHE", str(tmp_path))
    monkeypatch.chdir(ROOT)
    exec(PYTHON, {})
    assert capsys.readouterr().out == PRINTED


def test_of_a_ledger_with_errors_nothing_is_added_up(tmp_path: Path) -> None:
    with opened(tmp_path, FAULTY) as ledger:
        assert [problem.slug for problem in ledger.problems] == ["unknown-key"]
        assert [row.event.id for row in ledger.timeline().rows] == ["e1"]
        assert [row.id for row in ledger.history().rows] == ["e1"]
        for report in (ledger.exchanges, ledger.delegations, ledger.agreements, ledger.claims, ledger.deadlines):
            with pytest.raises(talkstrack.LedgerHasErrors, match=r"events.toml has 1 error: no totals until"):
                report()
        with pytest.raises(talkstrack.LedgerHasErrors):
            ledger.brief()


def test_filters_are_those_of_the_command_line(tmp_path: Path) -> None:
    text = "".join(
        block(f"e{day}", kind, f"2025-06-0{day}") for day, kind in enumerate(("talks", "meeting", "talks"), 1)
    )
    with opened(tmp_path, HEADER + text) as ledger:
        assert ledger.select(kind="talks,meeting").ids == ("e1", "e2", "e3")
        assert ledger.select(kind=["talks"], since=date(2025, 6, 2), last=5).ids == ("e3",)
        assert ledger.select(until="2025-06-02", status="held").ids == ("e1", "e2")
        assert [row.event.id for row in ledger.search("E1").rows] == ["e1"]
        assert ledger.day(ledger.select(as_known="2025-06-02").query.as_known) == date(2025, 6, 2)
        for filters, message in (
            ({"since": "30m"}, "since: 30m could be minutes or months"),
            ({"status": "hold"}, "status: there is no `hold`"),
            ({"as_known": "2025/.."}, "as_known: `2025/..` has no last day to take for today"),
        ):
            with pytest.raises(talkstrack.TalkstrackError) as refused:
                ledger.select(**filters)  # type: ignore[arg-type]
            assert str(refused.value) == message
    assert set(Filters.__annotations__) == set(Query.__struct_fields__)


def test_what_the_library_offers_is_loaded_when_it_is_asked_for() -> None:
    assert [getattr(talkstrack, name).__name__ for name in talkstrack.__all__] == talkstrack.__all__
    assert talkstrack.__version__ == version("talkstrack")
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = talkstrack.nothing
