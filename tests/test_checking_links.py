"""Faults between events, in a whole ledger and as one write brings them in."""

import msgspec
import pytest

from checking import HEADER, Case, Found, cards_of, event, exchange, problems, transfer
from talkstrack.ledger.checking.check import link_faults
from talkstrack.ledger.checking.cycles import cycles
from talkstrack.ledger.checking.references import References
from talkstrack.ledger.reading.read import read_text
from talkstrack.model.event import FACETS

P = 'id = "prisoners"\nwhat = "people"\ncount = 1000'
B = 'id = "bodies"\nwhat = "bodies"\ncount = 6000\nto = "UKR"'
W = 'id = "wounded"\nwhat = "people"'
V = 'id = "visions"'


def agreement(*rows: str, more: str = "") -> str:
    """Write an agreement with these commitments."""
    commitments = "".join(f"\n[[event.commitment]]\n{row}" for row in rows)
    return event(more + commitments, event_id="a1", kind="agreement", when="2025-05-16")


def repatriation(text: str) -> str:
    """Write a return of bodies."""
    return event(text, event_id="b1", kind="repatriation")


CASES = {
    "missing-facet: a whole needs none": Case(
        exchange(""),
        (
            Found(
                "missing-facet",
                "x1",
                ("kind",),
                "an exchange that was held needs a transfer",
                'add [[event.transfer]] with to = "PARTY" and count, "unknown" where no figure is known',
            ),
        ),
        exchange("", event_id="x0") + exchange('part_of = "x0"\n' + transfer()),
    ),
    "missing-facet: a part of another kind": Case(
        exchange("", event_id="x0") + event('part_of = "x0"'),
        (
            Found(
                "missing-facet",
                "x0",
                ("kind",),
                "an exchange that was held needs a transfer",
                'add [[event.transfer]] with to = "PARTY" and count, "unknown" where no figure is known',
            ),
        ),
        exchange('status = "planned"', when="2026-04-01"),
    ),
    "missing-facet: other kinds": Case(
        event(kind="ultimatum") + event(kind="appointment", event_id="n"),
        (
            Found(
                "missing-facet",
                "e1",
                ("kind",),
                "an ultimatum that was held needs a deadline",
                'add [[event.deadline]] with to = "PARTY" and within = "P10D", or due = DATE',
            ),
            Found(
                "missing-facet",
                "n",
                ("kind",),
                "an appointment that was held needs an office",
                'add [[event.office]] with person = "ID" and title = "TITLE"',
            ),
        ),
        exchange("retracted = true"),
    ),
    "duplicate-id": Case(
        event() + event(),
        (
            Found(
                "duplicate-id",
                "e1",
                ("id",),
                "`e1` stands already, in line 10",
                "a correction says `revision = 2`, `because` and `recorded`; another event takes an id of its own",
            ),
        ),
        event() + event(event_id="e2"),
    ),
    "duplicate-id: after a revision": Case(
        event() + event('revision = 2\nbecause = "slip"\nrecorded = 2025-07-24') + event(),
        (
            Found(
                "duplicate-id",
                "e1",
                ("id",),
                "`e1` stands already, in line 20",
                "a correction says `revision = 2`, `because` and `recorded`; another event takes an id of its own",
            ),
        ),
        "",
    ),
    "revision-order: one is skipped": Case(
        event() + event('revision = 3\nbecause = "slip"\nrecorded = 2025-07-24'),
        (
            Found(
                "revision-order",
                "e1",
                ("revision",),
                "revision 3 of `e1` follows revision 1: there is no revision 2",
                "write revision = 2",
            ),
        ),
        event() + event('revision = 2\nbecause = "slip"\nrecorded = 2025-07-24'),
    ),
    "revision-order: one stands twice": Case(
        event() + event('revision = 2\nbecause = "slip"\nrecorded = 2025-07-24') * 2,
        (
            Found(
                "revision-order",
                "e1",
                ("revision",),
                "revision 2 of `e1` stands already, in line 20",
                "write revision = 3",
            ),
        ),
        "",
    ),
    "revision-order: before the first": Case(
        event('revision = 2\nbecause = "slip"\nrecorded = 2025-07-24') + event(),
        (
            Found(
                "revision-order",
                "e1",
                ("revision",),
                "revision 2 of `e1` comes before its first revision, in line 20",
                "move this block below it",
            ),
        ),
        "",
    ),
    "revision-order: no first": Case(
        event('revision = 2\nbecause = "slip"\nrecorded = 2025-07-24'),
        (
            Found(
                "revision-order",
                "e1",
                ("revision",),
                "revision 2 of `e1` has no first revision",
                "leave `revision` out for a new event, or name the id of the one that is corrected",
            ),
        ),
        "",
    ),
    "revision-order: backward": Case(
        event()
        + event('revision = 2\nbecause = "slip"\nrecorded = 2025-07-24')
        + event('revision = 3\nbecause = "slip"\nrecorded = 2025-07-24')
        + event('revision = 2\nbecause = "slip"\nrecorded = 2025-07-24'),
        (
            Found(
                "revision-order",
                "e1",
                ("revision",),
                "revision 2 of `e1` comes after revision 3, in line 30",
                "revisions stand in the order they were made",
            ),
        ),
        "",
    ),
    "unknown-event: under": Case(
        agreement(P) + event('under = "a2"'),
        (
            Found(
                "unknown-event",
                "e1",
                ("under",),
                "there is no event `a2`",
                "did you mean `a1`?",
            ),
        ),
        agreement(P) + event('under = "a1"'),
    ),
    "unknown-event: about": Case(
        event('about = ["nothing-like-it"]'),
        (
            Found(
                "unknown-event",
                "e1",
                ("about", 0),
                "there is no event `nothing-like-it`",
                "talkstrack timeline --long shows the ids",
            ),
        ),
        event() + event('about = "e1"', event_id="e2"),
    ),
    "unknown-event: a commitment in part_of": Case(
        agreement(P) + event('part_of = "a1/prisoners"'),
        (
            Found(
                "unknown-event",
                "e1",
                ("part_of",),
                "`part_of` takes an event, not one of its commitments",
                'write "a1"',
            ),
        ),
        "",
    ),
    "unknown-event: a commitment without its event": Case(
        agreement(P) + event('under = "prisoners"'),
        (
            Found(
                "unknown-event",
                "e1",
                ("under",),
                "there is no event `prisoners`",
                "did you mean `a1/prisoners`?",
            ),
        ),
        "",
    ),
    "unknown-event: replaces": Case(
        event('replaces = "e2"'),
        (
            Found(
                "unknown-event",
                "e1",
                ("replaces", 0),
                "there is no event `e2`",
                "talkstrack timeline --long shows the ids",
            ),
        ),
        "",
    ),
    "unknown-event: a claim": Case(
        event('[[event.claim]]\nby = "UKR"\nnth = 3\nunder = "e3"'),
        (
            Found(
                "unknown-event",
                "e1",
                ("claim", 0, "under"),
                "there is no event `e3`",
                "talkstrack timeline --long shows the ids",
            ),
        ),
        "",
    ),
    "unknown-commitment: a slip": Case(
        agreement(P, B) + event('under = "a1/bodys"', when="2025-06-01"),
        (
            Found(
                "unknown-commitment",
                "e1",
                ("under",),
                "`a1` has no commitment `bodys`",
                'did you mean "a1/bodies"?',
            ),
        ),
        agreement(P, B) + event('under = "a1/bodies"'),
    ),
    "unknown-commitment: unlike any": Case(
        agreement(P, B) + event('under = "a1/x"', when="2025-06-01"),
        (
            Found(
                "unknown-commitment",
                "e1",
                ("under",),
                "`a1` has no commitment `x`",
                "`a1` has `bodies` and `prisoners`",
            ),
        ),
        "",
    ),
    "unknown-commitment: of an event without any": Case(
        event() + event('under = "e1/x"', event_id="e2"),
        (
            Found(
                "unknown-commitment",
                "e2",
                ("under",),
                "`e1` has no commitment `x`",
                'write "e1"',
            ),
        ),
        "",
    ),
    "unknown-commitment: of its own event": Case(
        agreement(P, more='[[event.claim]]\nby = "UKR"\nfulfilled = true\nunder = "a1/bodies"\n'),
        (
            Found(
                "unknown-commitment",
                "a1",
                ("claim", 0, "under"),
                "`a1` has no commitment `bodies`",
                "`a1` has `prisoners`",
            ),
        ),
        agreement(P, more='[[event.claim]]\nby = "UKR"\nfulfilled = true\nunder = "a1/prisoners"\n'),
    ),
    "ambiguous-commitment: inherited": Case(
        agreement(P, W) + exchange('under = "a1"\n' + transfer()),
        (
            Found(
                "ambiguous-commitment",
                "x1",
                ("under",),
                "`prisoners` and `wounded` of `a1` both fit people to UKR",
                'write "a1/prisoners" or "a1/wounded"',
            ),
        ),
        agreement(P, B, V) + exchange('under = "a1"\n' + transfer() + transfer(to="RUS")),
    ),
    "ambiguous-commitment: of a row": Case(
        agreement(P, W) + exchange("\n" + transfer('under = "a1"')),
        (
            Found(
                "ambiguous-commitment",
                "x1",
                ("transfer", 0, "under"),
                "`prisoners` and `wounded` of `a1` both fit people to UKR",
                'write "a1/prisoners" or "a1/wounded"',
            ),
        ),
        agreement(P + '\nby = "UKR"', P + '\nby = "RUS"') + exchange("\n" + transfer('under = "a1"')),
    ),
    "unfit-commitment: an agreement": Case(
        agreement(P) + repatriation('under = "a1"\n' + transfer()),
        (
            Found(
                "unfit-commitment",
                "b1",
                ("under",),
                "`a1` promises no bodies",
                "name what promises bodies, or leave `under` out",
            ),
        ),
        agreement(P, B) + repatriation('under = "a1"\n' + transfer() + transfer(to="RUS")),
    ),
    "unfit-commitment: one commitment": Case(
        agreement(P, B) + repatriation('under = "a1/prisoners"\n' + transfer()),
        (
            Found(
                "unfit-commitment",
                "b1",
                ("under",),
                "`a1/prisoners` promises no bodies",
                'write "a1/bodies"',
            ),
        ),
        agreement(V) + repatriation('under = "a1/visions"\n' + transfer()),
    ),
    "retracted-referenced: an event": Case(
        event(event_id="t")
        + event('retracted = true\nrevision = 2\nbecause = "slip"\nrecorded = 2025-07-24', event_id="t")
        + event('about = ["t"]'),
        (
            Found(
                "retracted-referenced",
                "e1",
                ("about", 0),
                "`t` is retracted, and `about` still refers to it",
                "name an event that stands, or take the reference out",
            ),
        ),
        event(event_id="t")
        + event('about = ["t"]\nretracted = true')
        + event('retracted = true\nrevision = 2\nbecause = "slip"\nrecorded = 2025-07-24', event_id="t"),
    ),
    "retracted-referenced: a commitment": Case(
        agreement(P, B)
        + agreement(B, more='revision = 2\nbecause = "slip"\nrecorded = 2025-07-24')
        + event('under = "a1/prisoners"', when="2025-06-01"),
        (
            Found(
                "retracted-referenced",
                "e1",
                ("under",),
                "revision 2 of `a1` no longer has a commitment `prisoners`",
                "`a1` has `bodies`",
            ),
        ),
        agreement(P, B)
        + agreement(P, more='revision = 2\nbecause = "slip"\nrecorded = 2025-07-24')
        + event('under = "a1/prisoners"'),
    ),
    "self-reference: about": Case(
        event('about = "e1"'),
        (
            Found(
                "self-reference",
                "e1",
                ("about", 0),
                "the event names itself in `about`",
                "leave it out",
            ),
        ),
        "",
    ),
    "self-reference: an own commitment": Case(
        agreement(P, more='under = "a1/prisoners"'),
        (
            Found(
                "self-reference",
                "a1",
                ("under",),
                "the event names itself in `under`",
                "leave it out",
            ),
        ),
        agreement(P, more='[[event.transfer]]\nto = "UKR"\ncount = 3\nunder = "a1/prisoners"'),
    ),
    "reference-cycle: under and part_of": Case(
        event('under = "e2"') + event('part_of = "e3"', event_id="e2") + event('under = "e1"', event_id="e3"),
        (
            Found(
                "reference-cycle",
                "e1",
                ("under",),
                "the references lead round in a circle: e1 → e2 → e3 → e1",
                "take `under` out of one of them",
            ),
        ),
        event('about = "e2"') + event('about = "e1"', event_id="e2"),
    ),
    "reference-cycle: replaces": Case(
        event('replaces = "e2"') + event('replaces = ["e1"]', event_id="e2"),
        (
            Found(
                "reference-cycle",
                "e1",
                ("replaces", 0),
                "the references lead round in a circle: e1 → e2 → e1",
                "take `replaces` out of one of them",
            ),
        ),
        event('replaces = "e2"') + event('about = ["e1"]', event_id="e2"),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_fault_is_told_with_its_place_and_nothing_else(case: Case) -> None:
    assert problems(case.bad) == list(case.found)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_comes_near_is_no_fault(case: Case) -> None:
    assert problems(case.good) == []


def brought_in(standing: str, new: str) -> list[tuple[str, str]]:
    """Return whose faults, and which, a write of `new` brings into a ledger."""
    before = cards_of(standing)
    cards = cards_of(standing + new)
    return [(one.id, fault.slug) for one, fault in link_faults(cards, cards[len(before) :])]


SECOND = 'revision = 2\nbecause = "slip"\nrecorded = 2025-07-24\n'
BROKEN = event('about = "nothing"', event_id="broken")


def test_a_write_is_told_of_its_own_faults_alone() -> None:
    assert brought_in(BROKEN, event()) == []
    assert brought_in(BROKEN, event('about = "none"')) == [("e1", "unknown-event")]
    assert brought_in(event(), event()) == [("e1", "duplicate-id")]
    assert brought_in(event(), event("revision = 3")) == [("e1", "revision-order")]
    assert brought_in(event(event_id="a"), event() + event()) == [("e1", "duplicate-id")]


def test_a_fault_that_stands_already_can_be_left_by_a_revision() -> None:
    assert brought_in(BROKEN, event('about = "nothing"\n' + SECOND, event_id="broken")) == []
    assert brought_in(BROKEN, event(SECOND, event_id="broken")) == []


def test_a_revision_may_not_break_what_refers_to_it() -> None:
    under = exchange('under = "a1"\n' + transfer())
    ledger = agreement(P) + under
    assert brought_in(ledger, agreement(P, more=SECOND)) == []
    assert brought_in(ledger, agreement(P, more=SECOND + "retracted = true\n")) == [("x1", "retracted-referenced")]
    assert brought_in(ledger, agreement(P, W, more=SECOND)) == [("x1", "ambiguous-commitment")]
    assert brought_in(ledger, agreement(B, more=SECOND)) == [("x1", "unfit-commitment")]
    assert brought_in(agreement(P) + event('under = "a1/prisoners"'), agreement(B, more=SECOND)) == [
        ("e1", "retracted-referenced")
    ]


def test_a_whole_that_loses_its_last_part_needs_its_own_figures() -> None:
    part = 'part_of = "x1"\n' + transfer()
    ledger = exchange("") + exchange(part, event_id="x2")
    assert brought_in(ledger, exchange(SECOND + transfer(), event_id="x2")) == [("x1", "missing-facet")]
    assert brought_in(ledger, exchange(SECOND + part, event_id="x2")) == []


def test_a_new_event_may_close_a_circle() -> None:
    ledger = event('part_of = "e2"') + event(event_id="e2")
    assert brought_in(ledger, event('under = "e1"\n' + SECOND, event_id="e2")) == [("e1", "reference-cycle")]


def test_references_to_a_block_that_cannot_be_read_are_not_told() -> None:
    cards = cards_of(event('under = "bad"\nabout = "worse"') + event(SECOND, event_id="bad"))
    assert [fault.slug for _, fault in link_faults(cards[:1], unread={"bad"})] == ["unknown-event"]
    assert list(link_faults(cards[1:], unread={"bad"})) == []


def test_only_the_latest_revision_is_held_to_its_references() -> None:
    assert problems(event('about = "nothing"') + event(SECOND)) == []


def test_a_card_goes_through_json() -> None:
    card = cards_of(agreement(P, B) + exchange('under = "a1"\nreplaces = "a1"\n' + transfer()))[1]
    assert msgspec.json.decode(msgspec.json.encode(card), type=References) == card


def test_a_long_chain_is_no_circle() -> None:
    chain = {str(number): (str(number + 1),) for number in range(50_000)}
    assert cycles(chain) == []
    assert cycles({**chain, "50000": ("49999",)}) == [("49999", "50000")]


def test_one_circle_is_told_for_each_knot() -> None:
    assert cycles({"a": ("b", "c"), "b": ("a",), "c": ("a", "d"), "d": ("c",), "e": ("a",)}) == [("a", "b"), ("c", "d")]
    assert cycles({"a": ("b",), "b": ("c",), "c": ("b",), "x": ("y",), "y": ("x",)}) == [("b", "c"), ("x", "y")]


@pytest.mark.parametrize("facet", FACETS)
def test_a_kind_may_need_any_facet(facet: str) -> None:
    header = f'{HEADER}[kind.own]\nneeds = ["{facet}"]\n'
    (found,) = read_text(header + event(kind="own"), "e.toml").problems
    assert (found.slug, f"add [[event.{facet}]] with " in str(found.hint)) == ("missing-facet", True)
