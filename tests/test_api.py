"""The library: a ledger that is open, its reports, and what of a long one they stand on."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import talkstrack
from ledgers import HEADER, block
from talkstrack.api import Ledger
from talkstrack.index.select import Selection
from talkstrack.index.snapshots import linked
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

        part = linked(ledger.index, selection, "page", ledger.today.toordinal()) or whole
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
