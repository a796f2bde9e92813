"""Generated values of the ledger's model, over every field and facet, for properties in any test."""

from functools import cache
from typing import Any, get_args

from hypothesis import strategies as st

from talkstrack.model.counts import Count, parse_count
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.dates.period import Period
from talkstrack.model.event import STATUSES, UNDATED_STATUSES, Event
from talkstrack.model.facets import (
    Answer,
    Claim,
    Commitment,
    Deadline,
    Delegation,
    Office,
    Outcome,
    Response,
    Transfer,
    Unit,
)

_AWKWARD = (
    'say "so"', "back\\slash", "two\nlines", "\nfirst\n\nlast\n", "cr\r\nlf", "[[event]]\nid = 1", "'''", '"""',
    "tab\there", "# no comment", "\x00\x1b[31m\x7f\x9b", "\ufeffbom\u202e", "trailing \nspace", "Київ", "שלום", "🕊️",
    "<<<<<<< ours\n=======\n>>>>>>> theirs", "a\u2028b", "a = 1", "x" * 120, "1\u0085", "{ not = 'inline' }",
)  # fmt: skip
_FORMS = (
    "{}", "{}", "{}?", "{}~", "{}/..", "../{}", "[{}]", "{}T13:30:00", "{}T13:30:00+03:00", "{}T09:00:00Z",
)  # fmt: skip
_EDTF = (
    "2025", "2025-07", "2025-07-2X", "202X", "2025-23", "2025-05-23/2025-05-25", "[2025-08-07..2025-08-09]",
    "{2025-06-09,2025-06-10}", "-0044-03-15", "0000-01-01", "Y17000", "2025-07-23T20:37:00.5",
)  # fmt: skip
_TEXT_FIELDS = ("as_written", "summary", "place", "under", "part_of", "recorded_by", "because", "note")
_LIST_FIELDS = (
    "parties", "host", "mediators", "by", "people", "agenda", "replaces", "about", "tags", "sources",
)  # fmt: skip


@cache
def texts() -> st.SearchStrategy[str]:
    """Make texts that say something, with all that may stand in the way of writing them."""
    anything = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
    return st.one_of(st.sampled_from(_AWKWARD), anything.filter(lambda text: bool(text.strip())))


@cache
def identifiers() -> st.SearchStrategy[str]:
    """Make ids: small letters, digits and hyphens."""
    return st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)


@cache
def counts() -> st.SearchStrategy[Count]:
    """Make counts in each of their forms."""
    number = st.integers(0, 20_000)
    simple = st.builds(str.format, st.sampled_from(("{}", "{}+", ">{}", "<={}", "~{}")), number)
    ranges = st.builds(lambda a, b: f"{a}..{a + b}", number, number)
    best = st.builds(lambda a, b, c: f"{a + b} ({a}..{a + b + c})", number, number, number)
    return st.one_of(simple, ranges, best, st.sampled_from(("withheld", "unknown"))).map(parse_count)


@cache
def periods() -> st.SearchStrategy[Period]:
    """Make dates: plain days, date-times and EDTF of each sort."""
    days = st.builds(lambda form, day: form.format(day.isoformat()), st.sampled_from(_FORMS), st.dates())
    return st.one_of(days, st.sampled_from(_EDTF)).map(parse_period)


@cache
def extras() -> st.SearchStrategy[dict[str, Any]]:
    """Make free tables of values that TOML has."""
    leaf = st.one_of(
        st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), texts(), st.just(""),
        st.dates(), st.times(), st.datetimes(),
    )  # fmt: skip
    keys = st.sampled_from(("a", "b-c", "d e", "", "1.2", "é", '"', "line\nend", "x" * 60))
    tree = st.recursive(
        leaf, lambda below: st.lists(below, max_size=3) | st.dictionaries(keys, below, max_size=3), max_leaves=6
    )
    return st.dictionaries(keys, tree, max_size=3)


def _several() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts(), min_size=1, max_size=4).map(tuple)


def _made(struct: Any, required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(required, optional=optional).map(lambda fields: struct(**fields))


@cache
def facets() -> dict[str, st.SearchStrategy[Any]]:
    """Return a strategy for the rows of each facet."""
    name, names, what = texts(), _several(), st.sampled_from(get_args(Unit))
    said = {"by": name, "note": name}
    parts = st.dictionaries(texts(), counts(), max_size=3)
    claim = {
        "what": what, "to": name, "under": name, "since": periods(), "series": name, "described_as": names,
        "note": name,
    }  # fmt: skip
    deadline = {"to": names, "outcome": st.sampled_from(get_args(Outcome)), "note": name}
    spans = st.sampled_from(("P50D", "P2W", "P10D/P12D"))
    members = {"head": name, "members": names, "size": counts(), "joined": names, "left": names}
    promised = {"what": what, "to": name, "count": counts(), "described_as": names, "due": periods()}
    handed = {
        "from_": name, "what": what, "parts": parts, "described_as": names, "under": st.just("") | name,
    }  # fmt: skip
    answer = st.sampled_from(get_args(Answer))
    return {
        "delegation": _made(Delegation, {"party": name}, {**members, **said}),
        "commitment": _made(Commitment, {"id": identifiers()}, {**promised, **said}),
        "transfer": _made(Transfer, {"to": name, "count": counts()}, {**handed, **said}),
        "claim": st.one_of(
            _made(Claim, {"by": name, "count": counts()}, claim),
            _made(Claim, {"by": name, "nth": st.integers(1, 99)}, claim),
            _made(Claim, {"by": name, "fulfilled": st.booleans()}, claim),
        ),
        "deadline": st.one_of(
            _made(Deadline, {"within": spans}, deadline), _made(Deadline, {"due": periods()}, deadline)
        ),
        "response": _made(Response, {"by": name, "answer": answer}, {"date": periods(), "note": name}),
        "office": _made(Office, {"person": name, "title": name}, {"party": name, "ends": periods()}),
    }


@cache
def events() -> st.SearchStrategy[Event]:
    """Make events over every field and facet; their shape is right, names and links are anything."""
    required = {"id": identifiers(), "kind": texts(), "title": texts()}
    optional: dict[str, st.SearchStrategy[Any]] = {
        **{field: texts() for field in _TEXT_FIELDS},
        **{field: _several() for field in _LIST_FIELDS},
        **{facet: st.lists(rows, min_size=1, max_size=2).map(tuple) for facet, rows in facets().items()},
        "round": st.integers(1, 50), "revision": st.integers(1, 3), "recorded": periods(),
        "retracted": st.booleans(), "extra": extras(),
    }  # fmt: skip
    dated = {**required, "date": periods(), "status": st.sampled_from(STATUSES)}
    undated = {**required, "scheduled": periods(), "status": st.sampled_from(UNDATED_STATUSES)}
    return _made(Event, dated, {**optional, "scheduled": periods()}) | _made(Event, undated, optional)
