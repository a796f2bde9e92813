"""Every slug is in the registry, and each has a reproducer and a near miss."""

import re
from pathlib import Path

import pytest

import talkstrack
from checking import Case, Found, event, exchange, problems, transfer
from talkstrack.ledger.checking.registry import CHECKS
from test_checking_errors import CASES as LOCAL
from test_checking_links import CASES as LINKS
from test_checking_warnings import CASES as WARNINGS

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
ELSEWHERE = {"syntax": "the tests of the reader", "claim-above": "of reports", "claim-below": "of reports"}
ELSEWHERE["whole-and-parts"] = "of reports"
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
    assert [rule.severity for rule in CHECKS.values()] == sorted(rule.severity for rule in CHECKS.values())
    assert {slug: rule.slug for slug, rule in CHECKS.items()} == {slug: slug for slug in CHECKS}
    assert [rule.slug for rule in CHECKS.values() if not 20 < len(rule.summary) < 110] == []


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
