"""Checks ask the rules that the reports ask: where they once had copies of them, each copy said something else."""

from checking import TODAY, event, exchange, problems, read, snapshot_of, transfer
from talkstrack.ledger.checking.check import warnings
from talkstrack.rules.delegations import offices_on

MINISTER = (
    '[[person.umerov.role]]\ntitle = "Minister of Defence"\nfrom = 2023-09-06\n'
    '[person.shmyhal]\nname = "Denys Shmyhal"\nparty = "UKR"\n'
)
COMMITTEE = '[party.NPC]\nname = "Prisoners Committee"\nparty = "UKR"\naliases = ["Committee"]\n'


def slugs(text: str) -> list[str]:
    """Return what is found in a ledger, by slug."""
    return [found.slug for found in problems(text)]


def told(text: str) -> list[tuple[str, str | None, str]]:
    """Return what is found in a ledger: slug, event and message."""
    return [(found.slug, found.subject, found.message) for found in problems(text)]


def test_an_office_ends_on_the_day_before_the_successor_takes_it() -> None:
    """Appointed on the day of the talks: `delegations` shows no office of the predecessor on that day."""
    office = '[[event.office]]\nperson = "shmyhal"\ntitle = "Minister of Defence"\n'
    talks = event(
        '[[event.delegation]]\nparty = "UKR"\nhead = "umerov"\n', event_id="t1", kind="talks", when="2025-07-17"
    )
    text = MINISTER + event(office, event_id="n1", kind="appointment", when="2025-07-17") + talks
    register, events, _ = read(text)
    assert offices_on(snapshot_of(events, register), "umerov", events[1].when.first or 0) == ()
    assert told(text) == [
        (
            "office-not-held",
            "t1",
            "Rustem Umerov held no known office on 2025-07-17: Minister of Defence until 2025-07-16",
        )
    ]
    assert (
        told(
            text.replace(
                'talks"\ntitle = "About t1"\ndate = 2025-07-17', 'talks"\ntitle = "About t1"\ndate = 2025-07-16'
            )
        )
        == []
    )


def test_what_was_cancelled_replaces_no_deadline() -> None:
    ultimatum = event('[[event.deadline]]\nto = "RUS"\nwithin = "P10D"\n', event_id="u1", kind="ultimatum")
    assert slugs(ultimatum + event('replaces = "u1"', event_id="u2")) == []
    assert slugs(ultimatum + event('replaces = "u1"\nstatus = "cancelled"', event_id="u2")) == ["deadline-passed"]


def test_a_commitment_is_served_by_the_side_that_receives_whatever_the_name() -> None:
    """Two promises to one side: with codes compared neither was fed, and nobody said so."""
    to = '[[event.commitment]]\nid = "{}"\nwhat = "people"\nto = "{}"\n'
    agreement = event(to.format("a", "UKR") + to.format("b", "NPC"), event_id="g1", kind="agreement", when="2025-05-01")
    for name in ("UKR", "Kyiv", "NPC", "Committee"):
        found = problems(COMMITTEE + agreement + exchange('under = "g1"\n' + transfer(to=name)))
        assert [(one.slug, one.message) for one in found] == [
            ("ambiguous-commitment", "`a` and `b` of `g1` both fit people to UKR")
        ]


def test_one_promise_to_a_side_and_to_who_speaks_for_it_is_one_promise() -> None:
    to = '[[event.commitment]]\nid = "a"\nwhat = "people"\ncount = 5\nto = "{}"\n'
    text = COMMITTEE + event(to.format("UKR") + to.format("NPC"), event_id="g1", kind="agreement")
    assert slugs(text) == ["commitment-conflict"]


def test_about_is_read_as_everywhere() -> None:
    """~250 is 245 to 255: with a fifth given or taken, 60 people could be lost in it."""
    assert slugs(exchange(transfer("parts = { military = 210 }", count='"~250"'))) == ["parts-sum"]
    assert slugs(exchange(transfer("parts = { military = 246 }", count='"~250"'))) == []


def test_a_whole_within_a_whole_is_measured_as_in_a_total() -> None:
    """The inner whole says 90, and its own part nothing of that direction: it stands for itself."""
    outer = exchange(transfer(count="100"), event_id="w")
    inner = exchange('part_of = "w"\n' + transfer(count="90"), event_id="w1")
    within = exchange('part_of = "w1"\n' + transfer(to="RUS", count="5"), event_id="w11")
    other = exchange('part_of = "w"\n' + transfer(count="10"), event_id="w2")
    assert slugs(outer + inner + within + other) == []
    less = other.replace("count = 10", "count = 4")
    assert told(outer + inner + within + less) == [
        ("whole-and-parts", "w", "the whole says 100 to UKR, its parts add up to 94")
    ]


def test_a_whole_has_parts_that_were_held() -> None:
    part = exchange('part_of = "x1"\n' + transfer(), event_id="x2")
    planned = part.replace("date = 2025-05-23", 'status = "planned"\nscheduled = 2031-05-23')
    assert slugs(exchange("") + part) == []
    assert slugs(exchange("") + planned) == ["missing-facet"]


def test_a_claim_about_a_hand_over_has_that_to_be_held_against() -> None:
    claim = '[[event.claim]]\nby = "UKR"\ncount = 390\n'
    assert slugs(exchange(transfer()) + event('about = "x1"\n' + claim)) == []
    assert slugs(event(claim)) == ["claim-without-scope"]


def test_figures_are_alike_where_the_rules_say_they_can_be() -> None:
    """~250 and 254 may be one; ~250 and 290 are two, though a fifth more than 250 is 300."""
    first, second = exchange(transfer(count='"~250"')), exchange(transfer(count="254"), event_id="x2")
    assert slugs(first + second) == ["likely-duplicate"]
    assert slugs(first + second.replace("254", "290")) == []


def test_of_a_doubled_id_the_block_that_stands_in_reports_is_looked_at() -> None:
    """`timeline` shows the first block of a doubled id."""
    first, second = event("place = 'Istanbul\\u200b'".replace("'", '"')), event()
    register, events, _ = read(first + second)
    assert [fault.slug for _, fault in warnings(snapshot_of(events, register, TODAY))] == ["control-character"]
    assert slugs(first + second) == ["duplicate-id", "control-character"]
