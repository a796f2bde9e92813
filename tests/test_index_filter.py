"""The filters of the index against the same filters written out in Python over all events."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkstrack.index.fresh import open_index
from talkstrack.index.select import Index
from talkstrack.ledger.reading.read import read_text
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import Period
from talkstrack.model.event import FACETS, Event
from talkstrack.model.names import fold
from talkstrack.model.query import FILTERS, Query
from talkstrack.model.register import Register

LEDGER = """
[ledger]
format = 1
[party.UKR]
name = "Ukraine"
aliases = ["Kyiv", "Київ"]
[party.RUS]
name = "Russia"
[party.CHQ]
name = "Coordination Headquarters"
party = "UKR"
[party.TUR]
name = "Türkiye"
[person.umerov]
name = "Rustem Umerov"
party = "UKR"
aliases = ["Умєров", "Umierov"]
[person.medinsky]
name = "Vladimir Medinsky"
party = "RUS"
[person.guest]
name = "A Guest"
[source.early]
publisher = "LIGA.net"
url = "https://example.org/early"
published = 2025-05-20
[source.late]
publisher = "Suspilne"
published = 2025-08-01
[[event]]
id = "talks"
kind = "talks"
date = "2025-05/2025-07"
title = "The talks as a whole"
place = "Istanbul"
[[event]]
id = "round-1"
kind = "talks"
date = 2025-05-16
title = "First round"
place = "Dolmabahçe, Istanbul"
round = 1
part_of = "talks"
host = "Türkiye"
[[event.delegation]]
party = "Ukraine"
head = "Umierov"
members = ["Somebody Else"]
[[event.delegation]]
party = "RUS"
head = "medinsky"
[[event]]
id = "agreement-1"
kind = "agreement"
date = 2025-05-16
title = "A thousand each"
under = "talks"
round = 1
sources = ["early"]
[[event.commitment]]
id = "prisoners"
what = "people"
count = 1000
[[event.commitment]]
id = "bodies"
what = "bodies"
to = "UKR"
count = 600
[[event]]
id = "stages"
kind = "exchange"
date = 2025-05-23/2025-05-25
title = "Three days"
under = "agreement-1"
tags = ["Whole"]
[[event.transfer]]
to = "UKR"
count = 1000
[[event]]
id = "stage-1"
kind = "exchange"
date = 2025-05-23
title = "First stage"
part_of = "stages"
tags = ["stage"]
sources = ["early", "late"]
[[event.transfer]]
to = "Київ"
count = 390
by = "CHQ"
[[event.transfer]]
to = "RUS"
count = 390
by = "CHQ"
[[event]]
id = "return-1"
kind = "repatriation"
date = "2025-06"
title = "Bodies"
[[event.transfer]]
to = "UKR"
count = 600
under = "agreement-1"
by = "UKR"
[[event.transfer]]
to = "UKR"
count = 500
by = "RUS"
[[event]]
id = "threat"
kind = "ultimatum"
date = 2025-06-01
title = "Ten days"
by = "medinsky"
note = "Said on the way out"
sources = ["late"]
[[event.deadline]]
to = "Kyiv"
within = "P10D"
[[event]]
id = "round-2"
kind = "talks"
status = "planned"
scheduled = 2025-06-20
title = "Second round"
round = 2
part_of = "talks"
[[event]]
id = "word"
kind = "statement"
date = "2025-0X"
title = "STRASSE and Straße"
by = ["umerov", "guest"]
about = ["threat"]
recorded = 2025-06-02
[[event]]
id = "word"
kind = "statement"
date = 2025-06-02
title = "Two words, corrected"
by = "guest"
people = "Умєров"
about = "threat"
revision = 2
because = "the day was found"
recorded = 2025-07-01
[[event]]
id = "gone"
kind = "statement"
date = 2025-06-03
title = "Never said"
by = "RUS"
recorded = 2025-06-04
[[event]]
id = "gone"
kind = "statement"
date = 2025-06-03
title = "Never said"
revision = 2
retracted = true
because = "misattributed"
recorded = 2025-06-10
""".replace("date = 2025-05-23/2025-05-25", 'date = "2025-05-23/2025-05-25"')

LOW, HIGH = -(1 << 62), 1 << 62


def day(text: str) -> Period:
    return parse_period(text)


def known(event: Event, register: Register) -> int:
    if event.revision == 1:
        days = [register.sources[key].published for key in event.sources]
        found = [one.first for one in days if one is not None and one.first is not None]
        if found:
            return min(found)
    first = (event.recorded or event.when).first
    return LOW if first is None else first


def standing(events: tuple[Event, ...], register: Register, query: Query) -> list[Event]:
    """The latest known revisions, in order: known first, latest of those after, withdrawn ones last."""
    end = query.as_known.last if query.as_known else None
    found: dict[str, Event] = {}
    for event in events:
        if end is None or known(event, register) <= end:
            found[event.id] = event
    place = {event.id: -number for number, event in reversed(list(enumerate(reversed(events))))}
    return sorted(
        (event for event in found.values() if not event.retracted),
        key=lambda event: (bounds(event), place[event.id]),
    )


def bounds(event: Event) -> tuple[int, int]:
    first, last = event.when.first, event.when.last
    return (LOW if first is None else first), (HIGH if last is None else last)


def roles(event: Event) -> dict[str, set[str]]:
    said = [row for name in FACETS for row in getattr(event, name)]
    by = {*event.by, *(row.by for row in said if getattr(row, "by", None))}
    to = {row.to for row in event.transfer} | {name for row in event.deadline for name in row.to}
    rest = {*event.parties, *event.host, *event.mediators, *event.people}
    for row in event.delegation:
        rest |= {row.party, *row.members, *row.joined, *row.left, *([row.head] if row.head else [])}
    rest |= {row.from_ for row in event.transfer if row.from_}
    rest |= {row.to for row in event.commitment if row.to} | {row.to for row in event.claim if row.to}
    rest |= {name for row in event.office for name in (row.person, row.party) if name}
    return {
        "by": {fold(name) for name in by},
        "to": {fold(name) for name in to},
        "any": {fold(name) for name in (*by, *to, *rest)},
    }


def links(event: Event) -> set[str]:
    found = {event.under, event.part_of, *(row.under for row in event.transfer)}
    return {one for one in found if one}


def below(events: list[Event], start: set[str], *, rounds: bool = False) -> set[str]:
    found = set(start)
    while True:
        more = {
            event.id
            for event in events
            if event.id not in found
            and any(one.partition("/")[0] in found for one in links(event))
            and not (rounds and event.round is not None)
        }
        if not more:
            return found
        found |= more


def serving(events: list[Event], register: Register, target: str) -> set[str]:
    agreement, _, promise = target.partition("/")
    by_id = {event.id: event for event in events}
    found = set()
    for event in events:
        above = event
        while above.under is None and above.part_of in by_id:
            above = by_id[above.part_of]
        for row in event.transfer:
            link = above.under if row.under is None else row.under
            if link == agreement and agreement in by_id:
                what = row.what or register.what_of(event.kind) or "people"
                fitting = [
                    one.id
                    for one in by_id[agreement].commitment
                    if one.what == what and (one.to is None or register.side(one.to) == register.side(row.to))
                ]
                if fitting == [promise]:
                    found.add(event.id)
        if target in links(event):
            found.add(event.id)
    return found


def expected(events: tuple[Event, ...], register: Register, query: Query) -> tuple[list[str], set[str]]:
    all_current = standing(events, register, query)
    scope: set[str] = set()
    for target in query.under:
        scope |= below(all_current, serving(all_current, register, target) if "/" in target else {target})
    rounds = below(all_current, {one.id for one in all_current if str(one.round) in query.round}, rounds=True)
    chosen, may = [], set()
    for event in all_current:
        first, last = bounds(event)
        starts = [one.first for one in (query.since, query.on) if one and one.first is not None]
        ends = [one.last for one in (query.until, query.on) if one and one.last is not None]
        if any(last < one for one in starts) or any(first > one for one in ends):
            continue
        names = roles(event)
        if query.kind and event.kind not in query.kind:
            continue
        if query.status and event.status not in query.status:
            continue
        if query.id and event.id not in query.id:
            continue
        if query.party and not any(names["any"] & register.names_of_party(one) for one in query.party):
            continue
        if query.person and not any(names["any"] & register.names_of_person(one) for one in query.person):
            continue
        if query.by and not any(names["by"] & who(register, one) for one in query.by):
            continue
        if query.to and not any(names["to"] & register.names_of_party(one) for one in query.to):
            continue
        if query.place and not any(fold(one) in fold(event.place or "") for one in query.place):
            continue
        if query.tag and not {fold(one) for one in query.tag} & {fold(one) for one in event.tags}:
            continue
        if query.source and not any(cites(event, register, one) for one in query.source):
            continue
        if (query.under and event.id not in scope) or (query.round and event.id not in rounds):
            continue
        if any(first < one for one in starts) or any(last > one for one in ends):
            may.add(event.id)
        chosen.append(event.id)
    if query.last is not None:
        chosen = chosen[-query.last :] if query.last else []
    return chosen, may & set(chosen)


def who(register: Register, name: str) -> frozenset[str]:
    is_person = register.party(name) is None and register.person(name) is not None
    return register.names_of_person(name) if is_person else register.names_of_party(name)


def cites(event: Event, register: Register, name: str) -> bool:
    cited = [(key, register.sources[key]) for key in event.sources]
    return any(fold(name) in (key, fold(one.url or ""), fold(one.publisher or "")) for key, one in cited)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("ledger") / "events.toml"
    path.write_text(LEDGER, encoding="utf-8")
    with open_index(path, "events.toml", cache=None) as found:
        assert found.problems == ()
        yield found


def test_every_single_value_of_every_filter(index: Index) -> None:
    events = read_text(LEDGER, "events.toml").events
    for query in SINGLE:
        found = index.select(query)
        assert (list(found.ids), set(found.possible)) == expected(events, index.register, query), query


VALUES = {
    "kind": ["talks", "exchange", "statement", "none-such"],
    "party": ["UKR", "kyiv", "Russia", "türkiye", "CHQ", "Somebody Else", "XXX"],
    "person": ["umerov", "UMIEROV", "Умєров", "medinsky", "somebody else", "nobody"],
    "by": ["UKR", "medinsky", "guest", "CHQ", "nobody"],
    "to": ["Ukraine", "RUS", "XXX"],
    "place": ["istanbul", "DOLMABAHÇE", "Kyiv"],
    "round": ["1", "2", "3", "first"],
    "tag": ["stage", "whole", "none"],
    "source": ["early", "https://example.org/early", "liga.NET", "late", "none"],
    "under": ["talks", "agreement-1", "agreement-1/prisoners", "agreement-1/bodies", "stages", "none", "none/x"],
    "status": ["held", "planned", "cancelled"],
    "id": ["round-1", "word", "gone", "none"],
}


def test_every_filter_is_asked_here_and_finds_something(index: Index) -> None:
    """A filter by a role that the index does not keep finds nothing, and says nothing of it."""
    assert VALUES.keys() | {"since", "until", "on", "as_known"} == FILTERS.keys()
    assert [name for name, values in VALUES.items() if not index.select(one_filter(name, tuple(values))).ids] == []


def one_filter(name: str, value: object) -> Query:
    return msgspec.structs.replace(Query(), **{name: value})


DAYS = ["2025-05-16", "2025-05-23", "2025-05-24", "2025-06-02", "2025-06", "2025", "2025-06-05/..", "../2025-06-01"]
SINGLE: list[Query] = [
    *(one_filter(name, (value,)) for name, values in VALUES.items() for value in values),
    *(one_filter(name, day(text)) for name in ("since", "until", "on", "as_known") for text in DAYS),
    *(Query(last=number) for number in (0, 1, 3, 100)),
    Query(),
]


@st.composite
def queries(draw: st.DrawFn) -> Query:
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=3, unique=True))
    chosen = {
        name: tuple(draw(st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=2, unique=True)))
        for name in names
    }
    days = draw(st.lists(st.sampled_from(["since", "until", "on", "as_known"]), max_size=2, unique=True))
    spans = {name: day(draw(st.sampled_from(DAYS))) for name in days}
    return Query(**chosen, **spans, last=draw(st.none() | st.integers(0, 4)))  # type: ignore[arg-type]


@given(queries())
@settings(max_examples=400, deadline=None)
def test_filters_together_equal_the_plain_ones(index: Index, query: Query) -> None:
    events = read_text_once()
    found = index.select(query)
    assert (list(found.ids), set(found.possible)) == expected(events, index.register, query)


_EVENTS: list[tuple[Event, ...]] = []


def read_text_once() -> tuple[Event, ...]:
    if not _EVENTS:
        _EVENTS.append(read_text(LEDGER, "events.toml").events)
    return _EVENTS[0]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Умєров", ("round-1", "word")),
        ("umierov", ("round-1", "word")),
        ("istanbul", ("talks", "round-1")),
        ("DOLMABAHÇE round", ("round-1",)),
        ("way out", ("threat",)),
        ("corrected", ("word",)),
        ("strasse", ()),
        ("nothing of this", ()),
        ("somebody else", ("round-1",)),
        ("guest", ("word",)),
    ],
)
def test_text_is_sought_in_words_and_in_all_names(index: Index, text: str, ids: tuple[str, ...]) -> None:
    assert index.select(Query(text=text)).ids == ids


def test_text_of_an_earlier_revision_is_found_as_it_was_known(index: Index) -> None:
    found = index.select(Query(text="strasse", as_known=day("2025-06-15")))
    assert found.ids == ("word",)
    assert [event.title for event in found.events] == ["STRASSE and Straße"]


def test_a_revision_is_not_what_an_earlier_one_matches(index: Index) -> None:
    """Filtering first and taking the latest after would find the corrected event by what it no longer says."""
    assert index.select(Query(id=("word",), by=("umerov",))).ids == ()
    assert index.select(Query(id=("word",), by=("umerov",), as_known=day("2025-06-30"))).ids == ("word",)


def test_a_withdrawn_event_is_there_until_it_was_withdrawn(index: Index) -> None:
    found = [
        "gone" in index.select(Query(as_known=day(text))).ids for text in ("2025-06-03", "2025-06-09", "2025-06-10")
    ]
    assert found == [False, True, False]


def test_many_rows_are_walked_and_few_are_looked_up(tmp_path: Path) -> None:
    """Both ways through the tables give the same rows."""
    path = tmp_path / "events.toml"
    events = "".join(
        f'[[event]]\nid = "e-{n}"\nkind = "statement"\ndate = 2025-{n % 12 + 1:02}-{n % 28 + 1:02}\ntitle = "T {n}"\n'
        f'by = "{"UKR" if n % 10 else "RUS"}"\ntags = ["t{n % 700}"]\n'
        for n in range(2400)
    )
    path.write_text(LEDGER.partition("[[event]]")[0] + events, encoding="utf-8")
    parsed = read_text(path.read_text(encoding="utf-8"), "x").events
    with open_index(path, "x", cache=None) as index:
        for query in (
            Query(party=("UKR",)),
            Query(party=("UKR",), last=7),
            Query(party=("UKR",), tag=("t1", "t7")),
            Query(party=("RUS",), kind=("statement",), on=day("2025-03")),
            Query(kind=("statement",), since=day("2025-01-02"), by=("Ukraine",)),
        ):
            assert list(index.select(query).ids) == expected(parsed, index.register, query)[0]
        assert len(index.select(Query(text="11")).ids) == sum("11" in f"t {n}" for n in range(2400))


def test_what_else_an_index_is_asked(index: Index) -> None:
    assert index.ids("round") == ("round-1", "round-2")
    assert index.ids("gone") == ("gone",)
    assert index.kinds() == ("agreement", "exchange", "repatriation", "statement", "talks", "ultimatum")
    assert index.tags() == ("stage", "whole")
    assert [event.revision for event in index.revisions("word")] == [1, 2]
    assert index.revisions("none") == ()
    assert [event.id for event in index.history()][-4:] == ["word", "word", "gone", "gone"]
    asked = Query(kind=("talks",), as_known=day("2025-06-09"))
    assert index.select(asked).total == len(standing(read_text_once(), index.register, asked))
    assert index.select(Query(last=1)).total == len(index.events()) == 9
    assert index.on_day(day("2025-05-23")) == ("stage-1",)
    assert index.on_day(day("2025-05-24")) == ("talks", "stages")


def test_around_brings_what_an_event_hangs_on(index: Index) -> None:
    assert {event.id for event in index.around(["stage-1"])} == {"talks", "agreement-1", "stages", "stage-1"}
    assert {event.id for event in index.around(["threat"])} == {"threat", "word"}
    assert {event.id for event in index.around(["return-1"], below=True)} == {
        "talks", "round-1", "round-2", "agreement-1", "stages", "stage-1", "return-1",
    }  # fmt: skip
    assert index.around([]) == ()


def test_rows_are_the_events_as_json(index: Index) -> None:
    found = index.select()
    assert tuple(msgspec.json.encode(event) for event in found.events) == found.rows


def test_the_sql_of_every_filter_uses_an_index(index: Index) -> None:
    """A narrow window is never found by walking the table of events."""
    from talkstrack.index.filters import statement

    connection: sqlite3.Connection = index._connection
    sql = statement(connection, Query(on=day("2025-05-16"), party=("UKR",)), lambda: index.register, lambda _: ())
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {sql.text}", sql.values)]
    assert not [line for line in plan if line.startswith("SCAN") and "json_each" not in line]
