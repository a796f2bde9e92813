"""Every slug is in the registry, and each has a reproducer and a near miss."""

import re
from pathlib import Path

import pytest

import talkstrack
from checking import HEADER, Case, Found, event, exchange, problems, transfer
from talkstrack.ledger.checking import registry
from talkstrack.ledger.checking.check import all_checks
from talkstrack.ledger.checking.registry import CHECKS
from talkstrack.ledger.reading.read import read_text
from test_checking_errors import CASES as LOCAL
from test_checking_links import CASES as LINKS
from test_checking_warnings import CASES as WARNINGS

assert all_checks(), "with it all checks are loaded"
SHAPE = {
    "wrong-type": (event("round = [1]"), event("round = 1")),
    "unknown-key": (event('sorces = ["liga"]'), event('[event.extra]\nsorces = ["liga"]')),
    "missing-field": ('[[event]]\nid = "e1"\nkind = "statement"\ndate = 2025-07-23\n', event()),
    "empty-text": (event('place = " "'), event('place = "?"')),
    "bad-value": (event('status = "held?"'), event('status = "held"')),
    "bad-id": (event(event_id="E1"), event(event_id="e-1")),
    "bad-date": (event(when='"2025-02-30"'), event(when='"2025-02-28"')),
    "bad-duration": (
        event('[[event.deadline]]\nto = "RUS"\nwithin = "10 days"\noutcome = "met"'),
        event('[[event.deadline]]\nto = "RUS"\nwithin = "P10D"\noutcome = "met"'),
    ),
    "bad-count": (exchange(transfer(count='"many"')), exchange(transfer(count='"over 100"'))),
    "out-of-range": (event("round = 0"), event("round = 1")),
}
ELSEWHERE = {"syntax": "the tests of the reader"}
CASES = {**LOCAL, **LINKS, **WARNINGS}


@pytest.mark.parametrize("slug", SHAPE)
def test_a_fault_of_shape_has_this_slug(slug: str) -> None:
    bad, good = SHAPE[slug]
    assert [found.slug for found in problems(bad)] == [slug]
    assert problems(good) == []


def test_every_slug_has_a_reproducer() -> None:
    told = {found.slug for case in CASES.values() for found in case.found}
    assert told | SHAPE.keys() | ELSEWHERE.keys() == CHECKS.keys()


def test_every_slug_has_a_near_miss() -> None:
    spared = {found.slug for case in CASES.values() if case.good for found in case.found}
    assert CHECKS.keys() - spared - SHAPE.keys() - ELSEWHERE.keys() == set()


def test_no_module_makes_a_slug_that_is_not_in_the_registry() -> None:
    root = Path(talkstrack.__file__).parent
    made: set[str] = set()
    for folder in ("model", "ledger"):
        for file in root.joinpath(folder).rglob("*.py"):
            made.update(re.findall(r'(?:Fault|Trouble)\(\s*"([a-z-]+)"', file.read_text(encoding="utf-8")))
    assert made - CHECKS.keys() == set()


def test_errors_come_before_warnings_and_say_why_they_matter() -> None:
    listed = all_checks()
    assert [check.severity for check in listed] == sorted(check.severity for check in listed)
    assert {check.slug: check for check in listed} == CHECKS
    assert [check.slug for check in listed if not 20 < len(check.summary) < 110] == []


def test_an_error_says_what_to_do() -> None:
    silent = [found for case in CASES.values() for found in case.found if is_error(found) and not found.hint]
    assert silent == []


def is_error(found: Found) -> bool:
    """Tell whether a fault is an error."""
    return CHECKS[found.slug].severity == "error"


def test_a_case_is_named_after_its_slug() -> None:
    def slug_of(case: Case) -> str:
        return case.found[0].slug

    assert [
        name for name, case in CASES.items() if "ambiguous-name" not in name and name.split(":")[0] != slug_of(case)
    ] == []


READ = ("names", "figures", "commitments", "revisions", "links", "register")
"""The modules of checks that reading a ledger loads."""
SHAPES = ("register", "event register", "links", "cards unread", "snapshot", "snapshot event", "event table")


def run(only: str | None = None) -> set[str]:
    """Return the names of the functions that are run for a check, or for all."""
    asked = frozenset({only}) if only else None
    return {finder.__name__ for shape in SHAPES for finder in registry.finders(asked, *shape.split())}


def test_each_check_is_run_for_what_its_parameters_name() -> None:
    assert {finder.__name__ for finder in registry._FINDERS} - run() == {"promise_faults"}  # called by `references`


def test_what_a_reading_does_not_load_only_warns() -> None:
    late = {slug for slug, module in registry.DECLARED_IN.items() if module.rpartition(".")[2] not in READ}
    assert {CHECKS[slug].severity for slug in late} == {"warning"}
    assert {
        finder.__name__
        for shape in SHAPES
        for finder in registry.finders(None, *shape.split())
        if finder.__module__.rpartition(".")[2] not in READ and not shape.startswith(("snapshot", "event table"))
    } == set()


def test_what_is_not_asked_for_is_not_run() -> None:
    assert run("parts-sum") == {"parts_sum"}
    assert run("unfit-commitment") == {"references"}
    assert run("date-order") == {"date_order", "persons", "sources"}
    assert run("bad-date") == set()
    text = HEADER + event('under = "e9"') + exchange(transfer("parts = {a = 2}", count="1"))
    assert [problem.slug for problem in read_text(text, "e.toml").problems] == ["unknown-event", "parts-sum"]
    assert [problem.slug for problem in read_text(text, "e.toml", frozenset({"parts-sum"})).problems] == ["parts-sum"]
