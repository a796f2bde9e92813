"""Warnings: what is worth a second look and stops no report."""

from datetime import date

import pytest
import tomli

from checking import Case, Found, event, exchange, problems, read, snapshot_of, transfer
from talkstrack.ledger.checking.check import warnings
from talkstrack.model.event import Event

COPIES = (
    '[source.aige]\npublisher = "A"\nbased_on = "liga"\n'
    '[source.seed]\npublisher = "S"\nbased_on = "aige"\n'
    '[source.two]\npublisher = "S"\nbased_on = ["liga", "tass"]\n'
)
ROLE = '[[person.umerov.role]]\ntitle = "Minister of Defence"\nfrom = 2023-09-06\n'
SHMYHAL = '[person.shmyhal]\nname = "Denys Shmyhal"\nparty = "UKR"\n'
ZELENSKYY = '[person.zelenskyy]\nname = "Volodymyr Zelenskyy"\n'
CLAIM = '[[event.claim]]\nby = "UKR"\n'
DEADLINE = '[[event.deadline]]\nto = "RUS"\n'


def bare(text: str = "") -> str:
    """Write an event without sources."""
    return event(text).replace('sources = ["liga"]\n', "")


def cited(*sources: str) -> str:
    """Write an event with these sources."""
    return event().replace('["liga"]', "[" + ", ".join(f'"{source}"' for source in sources) + "]")


def delegation(text: str, party: str = "UKR") -> str:
    """Write a delegation."""
    return f'[[event.delegation]]\nparty = "{party}"\n{text}\n'


def talks(number: int, when: str, more: str = "") -> str:
    """Write a round."""
    return event(f"round = {number}\n{more}", event_id=f"round-{number}", kind="talks", when=when)


def appoint(person: str, title: str, when: str, more: str = "") -> str:
    """Write an appointment."""
    office = f'[[event.office]]\nperson = "{person}"\ntitle = "{title}"\n{more}'
    return event(office, event_id=f"n-{person}", kind="appointment", when=when)


CASES = {
    "claim-above": Case(
        exchange(transfer() + CLAIM + "count = 400"),
        (
            Found(
                "claim-above",
                "x1",
                ("claim", 0),
                "400 both ways: recorded 390",
                "if the slip is the source's, say so in the claim's `note`; the record stands either way",
            ),
        ),
        exchange(transfer() + CLAIM + 'count = "390+"'),
    ),
    "claim-below": Case(
        exchange(transfer() + CLAIM + 'count = 380\nto = "UKR"\nnote = "rounded"'),
        (Found("claim-below", "x1", ("claim", 0), "380 to UKR: recorded 390", "its note says: rounded"),),
        exchange(transfer() + CLAIM + 'count = "~390"'),
    ),
    "whole-and-parts": Case(
        exchange(transfer(count="400")) + exchange('part_of = "x1"\n' + transfer(), event_id="x2", when="2025-05-24"),
        (
            Found(
                "whole-and-parts",
                "x1",
                ("transfer", 0, "count"),
                "the whole says 400 to UKR, its parts add up to 390",
                "the total spans both until one is mended",
            ),
        ),
        exchange(transfer(count='"~390"'))
        + exchange('part_of = "x1"\n' + transfer(), event_id="x2", when="2025-05-24"),
    ),
    "no-source": Case(
        bare(),
        (
            Found(
                "no-source",
                "e1",
                (),
                "the event names no source",
                'talkstrack revise e1 --source URL --because "source added"',
            ),
        ),
        bare('by = "tass"'),
    ),
    "single-witness: a copy and its original": Case(
        COPIES + cited("liga", "aige"),
        (
            Found(
                "single-witness",
                "e1",
                ("sources",),
                "its 2 sources are one: `aige` copied from `liga`",
                "cite `liga` itself, and a witness that does not depend on it",
            ),
        ),
        COPIES + cited("liga", "two"),
    ),
    "single-witness: copies of one": Case(
        COPIES + cited("seed", "aige"),
        (
            Found(
                "single-witness",
                "e1",
                ("sources",),
                "its 2 sources are one: all are copies of `liga`",
                "cite `liga` itself, and a witness that does not depend on it",
            ),
        ),
        COPIES + cited("seed", "tass"),
    ),
    "single-witness: a lone copy": Case(
        COPIES + cited("seed"),
        (
            Found(
                "single-witness",
                "e1",
                ("sources",),
                "its only source is a copy of `liga`",
                "cite `liga` itself, and a witness that does not depend on it",
            ),
        ),
        COPIES + cited("two"),
    ),
    "weak-source: one": Case(
        '[source.bri]\npublisher="B"\ngrade="weak"\n' + cited("bri"),
        (
            Found(
                "weak-source",
                "e1",
                ("sources",),
                "its only source is graded weak",
                "look for a second, better one",
            ),
        ),
        '[source.bri]\npublisher="B"\ngrade="weak"\n' + cited("bri", "liga"),
    ),
    "weak-source: two": Case(
        '[source.bri]\npublisher="B"\ngrade="weak"\n[source.bro]\npublisher="B"\ngrade="weak"\n' + cited("bri", "bro"),
        (
            Found(
                "weak-source",
                "e1",
                ("sources",),
                "all its 2 sources are graded weak",
                "look for a second, better one",
            ),
        ),
        "",
    ),
    "unregistered-person: told once": Case(
        event('people = ["umerow"]')
        + event(delegation('head = "Umerov"\nmembers = ["umerow", "Somebody Else"]'), event_id="e2"),
        (
            Found(
                "unregistered-person",
                "e1",
                ("people", 0),
                "`umerow` is not a person in the register; so also in 1 other event",
                "did you mean `umerov`? If not: talkstrack register person umerow NAME",
            ),
            Found(
                "unregistered-person",
                "e2",
                ("delegation", 0, "members", 1),
                "`Somebody Else` is not a person in the register",
                "talkstrack register person else 'Somebody Else'",
            ),
        ),
        event('people = ["umerov", "Umierov"]'),
    ),
    "unregistered-person: a party": Case(
        event('people = ["Kyiv"]') + event('people = ["kyiv"]', event_id="e2"),
        (
            Found(
                "unregistered-person",
                "e1",
                ("people", 0),
                "`Kyiv` is the party UKR, and a person is asked for; so also in 1 other event",
                "a party goes under `parties`",
            ),
        ),
        "",
    ),
    "foreign-member": Case(
        event(delegation('members = ["medinsky"]')),
        (
            Found(
                "foreign-member",
                "e1",
                ("delegation", 0, "members", 0),
                "`medinsky` is Vladimir Medinsky of RUS, in the delegation of UKR",
                "a namesake goes by an id of his or her own",
            ),
        ),
        event(delegation('members = ["medinsky"]', "MOD-RUS")),
    ),
    "delegation-size": Case(
        ZELENSKYY + event(delegation('head = "umerov"\nmembers = ["Rustem Umerov", "zelenskyy"]\nsize = 1')),
        (
            Found(
                "delegation-size",
                "e1",
                ("delegation", 0, "size"),
                "2 are named, and the size is given as 1",
                "the size includes the head; a name may stand there in two spellings",
            ),
        ),
        event(delegation('head = "umerov"\nmembers = ["Umierov"]\nsize = 1')),
    ),
    "delegation-left": Case(
        event(delegation('members = ["umerov"]\nleft = "Umierov"')),
        (
            Found(
                "delegation-left",
                "e1",
                ("delegation", 0, "left", 0),
                "`Umierov` has left the delegation and is listed in it",
                "`left`: was in it before, and is no longer",
            ),
        ),
        event(delegation('head = "umerov"\nsize = "12+"')),
    ),
    "office-not-held: ended": Case(
        ROLE + "until = 2025-07-17\n" + event(delegation('head = "umerov"')),
        (
            Found(
                "office-not-held",
                "e1",
                ("delegation", 0, "head"),
                "Rustem Umerov held no known office on 2025-07-23: Minister of Defence until 2025-07-17",
                "an appointment may be missing: talkstrack add appointment --office 'person=umerov title=TITLE'",
            ),
        ),
        ROLE + "until = 2025-07-17\n" + event(delegation('head = "umerov"'), when="2025-07-17"),
    ),
    "office-not-held: a successor": Case(
        ROLE
        + SHMYHAL
        + appoint("shmyhal", "minister of  defence", "2025-07-17")
        + event(delegation('head = "umerov"')),
        (
            Found(
                "office-not-held",
                "e1",
                ("delegation", 0, "head"),
                "Rustem Umerov held no known office on 2025-07-23: Minister of Defence until 2025-07-16",
                "an appointment may be missing: talkstrack add appointment --office 'person=umerov title=TITLE'",
            ),
        ),
        ROLE
        + SHMYHAL
        + appoint("shmyhal", "Minister of Defence", "2025-07-17")
        + appoint("umerov", "Secretary", "2025-07-18")
        + event(delegation('head = "umerov"')),
    ),
    "office-not-held: not yet": Case(
        appoint("umerov", "Secretary", "2025-07-18") + event(delegation('head = "umerov"'), when="2025-06-02"),
        (
            Found(
                "office-not-held",
                "e1",
                ("delegation", 0, "head"),
                "Rustem Umerov held no known office on 2025-06-02: Secretary from 2025-07-18",
                "an appointment may be missing: talkstrack add appointment --office 'person=umerov title=TITLE'",
            ),
        ),
        appoint("umerov", "Secretary", "2025-07-18", "ends=2025-08-01") + event(delegation('head = "umerov"')),
    ),
    "office-not-held: its own end": Case(
        appoint("umerov", "Secretary", "2025-07-18", "ends=2025-07-20") + event(delegation('head = "umerov"')),
        (
            Found(
                "office-not-held",
                "e1",
                ("delegation", 0, "head"),
                "Rustem Umerov held no known office on 2025-07-23: Secretary until 2025-07-20",
                "an appointment may be missing: talkstrack add appointment --office 'person=umerov title=TITLE'",
            ),
        ),
        "",
    ),
    "planned-past": Case(
        event('status = "planned"'),
        (
            Found(
                "planned-past",
                "e1",
                ("date",),
                "planned for 2025-07-23, which has passed",
                'say what came of it: talkstrack revise e1 --set status=lapsed --because "it did not take place"',
            ),
        ),
        event('status = "planned"', when="2026-03-10"),
    ),
    "planned-past: scheduled alone": Case(
        event('status = "planned"\nscheduled = 2025-06-07').replace("date = 2025-07-23\n", ""),
        (
            Found(
                "planned-past",
                "e1",
                ("scheduled",),
                "planned for 2025-06-07, which has passed",
                'say what came of it: talkstrack revise e1 --set status=lapsed --because "it did not take place"',
            ),
        ),
        event('status = "planned"') + event('replaces = "e1"', event_id="e2"),
    ),
    "planned-past: postponed": Case(
        event('status = "postponed"'),
        (
            Found(
                "planned-past",
                "e1",
                ("date",),
                "postponed to 2025-07-23, which has passed",
                'say what came of it: talkstrack revise e1 --set status=lapsed --because "it did not take place"',
            ),
        ),
        event('status = "postponed"\nscheduled = 2025-06-07').replace("date = 2025-07-23\n", ""),
    ),
    "held-future": Case(
        event(when="2026-03-11"),
        (
            Found(
                "held-future",
                "e1",
                ("date",),
                "2026-03-11 has not come, and the event is held",
                'write status = "planned" until the day has come',
            ),
        ),
        event(when='"2026-03"'),
    ),
    "date-order: scheduled": Case(
        event("scheduled = 2025-07-24"),
        (
            Found(
                "date-order",
                "e1",
                ("scheduled",),
                "held on 2025-07-23, before the day it was due, 2025-07-24",
                "`scheduled` is the day it had been due, `date` the day it was",
            ),
        ),
        event("scheduled = 2025-07-20"),
    ),
    "date-order: recorded before": Case(
        event("recorded = 2025-07-22"),
        (
            Found(
                "date-order",
                "e1",
                ("recorded",),
                "recorded on 2025-07-22, before it was held on 2025-07-23",
                "`recorded` is the day the ledger learned of it",
            ),
        ),
        event("recorded = 2025-07-23"),
    ),
    "date-order: recorded tomorrow": Case(
        event("recorded = 2026-03-12"),
        (
            Found(
                "date-order",
                "e1",
                ("recorded",),
                "recorded on 2026-03-12, which has not come",
                None,
            ),
        ),
        "",
    ),
    "date-order: a deadline": Case(
        event(DEADLINE + 'due = 2025-07-22\noutcome = "met"'),
        (
            Found(
                "date-order",
                "e1",
                ("deadline", 0, "due"),
                "the deadline 2025-07-22 lies before the event, 2025-07-23",
                None,
            ),
        ),
        event(DEADLINE + 'due = 2025-07-23\noutcome = "met"'),
    ),
    "date-order: a commitment": Case(
        event('[[event.commitment]]\nid = "p"\ndue = 2025-01-01'),
        (
            Found(
                "date-order",
                "e1",
                ("commitment", 0, "due"),
                "the day it was promised for, 2025-01-01 lies before the event, 2025-07-23",
                None,
            ),
        ),
        event('[[event.commitment]]\nid = "p"\ndue = "2025"'),
    ),
    "date-order: an office": Case(
        event('[[event.office]]\nperson = "umerov"\ntitle = "x"\nends = 2025-01-01'),
        (
            Found(
                "date-order",
                "e1",
                ("office", 0, "ends"),
                "the end of the office, 2025-01-01 lies before the event, 2025-07-23",
                None,
            ),
        ),
        "",
    ),
    "date-order: a claim": Case(
        event(CLAIM + "nth = 3\nsince = 2025-08-01"),
        (
            Found(
                "date-order",
                "e1",
                ("claim", 0, "since"),
                "the claim is made on 2025-07-23, before 2025-08-01, from when it counts",
                None,
            ),
        ),
        event(CLAIM + "nth = 3\nsince = 2025-05-16"),
    ),
    "date-order: replaces": Case(
        event('replaces = "e2"') + event(event_id="e2", when="2025-07-24"),
        (
            Found(
                "date-order",
                "e1",
                ("replaces", 0),
                "`e2` is dated 2025-07-24, after the event that replaces it, 2025-07-23",
                None,
            ),
        ),
        event('replaces = "e2"') + event(event_id="e2", when="2025-07-23"),
    ),
    "early-answer: on the proposal": Case(
        event('[[event.response]]\nby = "RUS"\nanswer = "rejected"\ndate = 2025-07-22'),
        (
            Found(
                "early-answer",
                "e1",
                ("response", 0, "date"),
                "the answer of RUS is dated 2025-07-22, before the proposal, 2025-07-23",
                None,
            ),
        ),
        event('[[event.response]]\nby = "RUS"\nanswer = "rejected"\ndate = 2025-07-24'),
    ),
    "early-answer: about another": Case(
        event(event_id="p", when="2025-07-24")
        + event('about = "p"\n[[event.response]]\nby = "RUS"\nanswer = "rejected"'),
        (
            Found(
                "early-answer",
                "e1",
                ("date",),
                "the answer of RUS is dated 2025-07-23, before `p`, 2025-07-24",
                None,
            ),
        ),
        event(event_id="p", when='"2025-07~"')
        + event('about = "p"\n[[event.response]]\nby = "RUS"\nanswer = "rejected"'),
    ),
    "weekday-mismatch: English": Case(
        event('as_written = "on Thursday"'),
        (
            Found(
                "weekday-mismatch",
                "e1",
                ("as_written",),
                "the source says Thursday, and 2025-07-23 is Wednesday",
                "the Thursday next to it is 2025-07-24; the date may still be right",
            ),
        ),
        event('as_written = "Wednesday\'s talks, after Tuesday"'),
    ),
    "weekday-mismatch: Ukrainian": Case(
        event('as_written = "у п\'ятницю"'),
        (
            Found(
                "weekday-mismatch",
                "e1",
                ("as_written",),
                "the source says Friday, and 2025-07-23 is Wednesday",
                "the Friday next to it is 2025-07-25; the date may still be right",
            ),
        ),
        event('as_written = "в среду"'),
    ),
    "weekday-mismatch: a span": Case(
        event('as_written = "Thursday or Friday"', when='"2025-07-21/2025-07-23"'),
        (
            Found(
                "weekday-mismatch",
                "e1",
                ("as_written",),
                "the source says Thursday and Friday, and 2025-07-21/2025-07-23 is Monday to Wednesday",
                "the Thursday next to it is 2025-07-24; the date may still be right",
            ),
        ),
        event('as_written = "Friday"', when='"2025-07"'),
    ),
    "deadline-passed: one": Case(
        event(DEADLINE + 'within = "P10D"', event_id="tariffs", when="2025-07-29"),
        (
            Found(
                "deadline-passed",
                "tariffs",
                ("deadline", 0, "within"),
                "2025-08-08 passed 214 days ago, no outcome: 2025-07-29 + 10 days = 2025-08-08",
                'say how it ended: talkstrack revise tariffs --set deadline.outcome=lapsed --because "passed '
                'without measures"',
            ),
        ),
        event(DEADLINE + 'within = "P10D"') + event('replaces = "e1"', event_id="e2"),
    ),
    "deadline-passed: two": Case(
        event(DEADLINE + 'within = "P10D/P12D"\n' + DEADLINE + "due = 2025-12-31"),
        (
            Found(
                "deadline-passed",
                "e1",
                ("deadline", 0, "within"),
                "2025-08-02 to 2025-08-04 passed 218 days ago, no outcome: 2025-07-23 + 10 to 12 days = "
                "2025-08-02 to 2025-08-04",
                'say how it ended: talkstrack revise e1 --set deadline.1.outcome=lapsed --because "passed '
                'without measures"',
            ),
            Found(
                "deadline-passed",
                "e1",
                ("deadline", 1, "due"),
                "2025-12-31 passed 69 days ago, no outcome",
                'say how it ended: talkstrack revise e1 --set deadline.2.outcome=lapsed --because "passed '
                'without measures"',
            ),
        ),
        event(DEADLINE + "due = 2026-03-10"),
    ),
    "deadline-passed: in months": Case(
        event(DEADLINE + 'within = "P1M"'),
        (
            Found(
                "deadline-passed",
                "e1",
                ("deadline", 0, "within"),
                "2025-08-23 passed 199 days ago, no outcome: 2025-07-23 + 1 month = 2025-08-23",
                'say how it ended: talkstrack revise e1 --set deadline.outcome=lapsed --because "passed without '
                'measures"',
            ),
        ),
        event(DEADLINE + 'due = 2025-09-01\noutcome = "lapsed"'),
    ),
    "round-gap: one": Case(
        talks(1, "2025-05-16") + talks(3, "2025-07-23"),
        (
            Found(
                "round-gap",
                "round-3",
                ("round",),
                "round 3 follows round 1: there is no round 2",
                "a round that was called off can stand there as planned or lapsed",
            ),
        ),
        talks(2, "2025-06-02") + talks(3, "2025-07-23"),
    ),
    "round-gap: two": Case(
        talks(1, "2025-05-16") + talks(4, "2025-07-23"),
        (
            Found(
                "round-gap",
                "round-4",
                ("round",),
                "round 4 follows round 1: there are no rounds 2 to 3",
                "a round that was called off can stand there as planned or lapsed",
            ),
        ),
        talks(1, "2025-06-02") + talks(2, "2025-07-23", 'part_of = "g"') + event(event_id="g", kind="talks"),
    ),
    "round-order": Case(
        talks(1, "2025-06-16") + talks(2, "2025-06-02"),
        (
            Found(
                "round-order",
                "round-2",
                ("round",),
                "round 2 is dated 2025-06-02, before round 1, 2025-06-16",
                None,
            ),
        ),
        talks(1, '"2025-06"') + talks(2, "2025-06-02"),
    ),
    "added-rows: two speakers of a side": Case(
        exchange(transfer('by = "medinsky"', count="250") + transfer('by = "MOD-RUS"', count="248")),
        (
            Found(
                "added-rows",
                "x1",
                ("transfer", 1),
                "RUS's account adds up 250 by medinsky and 248 by MOD-RUS: 498 to UKR",
                "if they are the same people keep one row; if not, tell the two apart by `parts` or `described_as`",
            ),
        ),
        exchange(
            transfer('by = "medinsky"\nparts = { soldiers = 250 }', count="250")
            + transfer('by = "MOD-RUS"\nparts = { civilians = 20 }', count="20")
            + transfer('by = "UKR"')
        ),
    ),
    "added-rows: one row twice": Case(
        exchange(transfer() + transfer()),
        (
            Found(
                "added-rows",
                "x1",
                ("transfer", 1),
                "this row says what transfer 1 says, and the account adds both: 780 to UKR",
                "if they are the same people keep one row; if not, tell the two apart by `parts` or `described_as`",
            ),
        ),
        exchange(transfer() + transfer(to="RUS")),
    ),
    "mixed-readings": Case(
        event(
            '[[event.commitment]]\nid = "p"\ncount = 1000\nby = "medinsky"\n'
            '[[event.commitment]]\nid = "p"\nto = "UKR"\ncount = 1200',
            kind="agreement",
        ),
        (
            Found(
                "mixed-readings",
                "e1",
                ("commitment", 1),
                "`p` has a reading by medinsky, and this one by nobody",
                "say whose reading this is with `by`, or leave the other out",
            ),
        ),
        event(
            '[[event.commitment]]\nid = "p"\nto = "RUS"\ncount = 1000\nby = "medinsky"\n'
            '[[event.commitment]]\nid = "p"\nto = "UKR"\ncount = 1200',
            kind="agreement",
        ),
    ),
    "claim-without-scope: a count": Case(
        event(CLAIM + 'count = "1000+"'),
        (
            Found(
                "claim-without-scope",
                "e1",
                ("claim", 0, "count"),
                "the claim says neither `under` nor `since`, and this event has nothing to hold it against",
                'say what it covers: under = "EVENT", or since = DATE; a numbering of their own has `series`',
            ),
        ),
        event(CLAIM + 'count = "1000+"\nseries = "official"\n'),
    ),
    "claim-without-scope: an ordinal": Case(
        exchange(transfer() + CLAIM + "nth = 1"),
        (
            Found(
                "claim-without-scope",
                "x1",
                ("claim", 0, "nth"),
                "the claim says neither `under` nor `since`, and this event has nothing to hold it against",
                'say what it covers: under = "EVENT", or since = DATE; a numbering of their own has `series`',
            ),
        ),
        exchange(transfer() + CLAIM + "count = 390"),
    ),
    "claim-without-scope: a fulfilment": Case(
        event(CLAIM + "fulfilled = true"),
        (
            Found(
                "claim-without-scope",
                "e1",
                ("claim", 0, "fulfilled"),
                "the claim says neither `under` nor `since`, and this event has nothing to hold it against",
                'say what it covers: under = "EVENT", or since = DATE; a numbering of their own has `series`',
            ),
        ),
        exchange(CLAIM + "count = 390") + exchange('part_of = "x1"\n' + transfer(), event_id="x2"),
    ),
    "key-below-facet: extra": Case(
        event('[event.extra]\nplace = "Istanbul"\nweather = "fine"'),
        (
            Found(
                "key-below-facet",
                "e1",
                ("extra", "place"),
                "`place` is a field of the event, and stands in `extra`, where it means nothing",
                "move it above [event.extra] and above the first [[event.…]]",
            ),
        ),
        event('[event.extra]\nweather = "fine"'),
    ),
    "key-below-facet: under": Case(
        event(event_id="a1") + exchange(transfer() + transfer('under = "a1"', to="RUS")),
        (
            Found(
                "key-below-facet",
                "x1",
                ("transfer", 1, "under"),
                "`under` stands below the last transfer, and ties that one row alone",
                "for the whole event move it above the first [[event.…]]; if it is meant, say why in a `note` "
                "of the row",
            ),
        ),
        event(event_id="a1") + exchange(transfer() + transfer('under = "a1"\nnote = "Moscow ties these"', to="RUS")),
    ),
    "part-of-other-kind": Case(
        event(kind="talks") + exchange('part_of = "e1"\n' + transfer()),
        (
            Found(
                "part-of-other-kind",
                "x1",
                ("part_of",),
                "`e1` is of the kind talks, so this is no stage of it and is not set against it",
                'a hand-over is tied to talks or an agreement by under = "e1"',
            ),
        ),
        event(kind="talks") + exchange('under = "e1"\n' + transfer()),
    ),
    "likely-duplicate: figures": Case(
        exchange(transfer(count='"~390"')) + exchange(transfer(count="388"), event_id="x2"),
        (
            Found(
                "likely-duplicate",
                "x2",
                ("id",),
                "same kind, day and agreement as `x1`, and the figures allow them to be one",
                'if they are one: talkstrack retract x2 --because "the same as x1"',
            ),
        ),
        exchange(transfer(count="146")) + exchange(transfer(count='"0..8"'), event_id="x2"),
    ),
    "likely-duplicate: titles": Case(
        event() + event(event_id="e2").replace("About e2", "about  E1"),
        (
            Found(
                "likely-duplicate",
                "e2",
                ("id",),
                "same kind, day and title as `e1`",
                'if they are one: talkstrack retract e2 --because "the same as e1"',
            ),
        ),
        event() + event(event_id="e2"),
    ),
    "control-character: a title": Case(
        event().replace("About e1", "About\\u202E e1"),
        (
            Found(
                "control-character",
                "e1",
                ("title",),
                "`title` holds the character U+202E, which turns the reading direction",
                "take it out",
            ),
        ),
        event('note = "line\\n\\tmore"'),
    ),
    "control-character: a line end": Case(
        event('place = "a\\nb"'),
        (
            Found(
                "control-character",
                "e1",
                ("place",),
                "`place` goes over more than one line",
                "take it out",
            ),
        ),
        event('summary = "Київ — “so”"'),
    ),
    "control-character: an escape": Case(
        event('summary = "a\\u001b[31mb"'),
        (
            Found(
                "control-character",
                "e1",
                ("summary",),
                "`summary` holds the character U+001B, which is not seen",
                "take it out",
            ),
        ),
        "",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_fault_is_told_with_its_place_and_nothing_else(case: Case) -> None:
    assert problems(case.bad) == list(case.found)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_comes_near_is_no_fault(case: Case) -> None:
    assert problems(case.good) == []


def test_the_day_decides_what_has_passed() -> None:
    planned = event('status = "planned"', when="2025-07-23")
    assert [found.slug for found in problems(planned, date(2025, 7, 23))] == []
    assert [found.slug for found in problems(planned, date(2025, 7, 24))] == ["planned-past"]


def test_retracted_and_superseded_events_are_passed_over() -> None:
    bare_event = bare("retracted = true")
    assert problems(bare_event) == []
    assert problems(bare() + event('revision = 2\nbecause = "source"\nrecorded = 2025-07-24')) == []


def test_the_order_of_keys_tells_whether_under_was_meant_for_the_row() -> None:
    first = '[[event.transfer]]\nto = "RUS"\nunder = "a1"\ncount = 390\n'
    last = transfer('under = "a1"', to="RUS")
    followed = last + '[[event.claim]]\nby = "UKR"\ncount = 390\n'
    assert [swallowed(rows) for rows in (last, first, followed)] == [1, 0, 0]


def swallowed(rows: str) -> int:
    """Count the keys below a facet, with the tables given."""
    text = event(event_id="a1") + exchange(transfer() + rows)
    register, events, _ = read(text)
    tables = {table["id"]: table for table in tomli.loads(text)["event"]}

    def table_of(one: Event) -> dict[str, object]:
        found: dict[str, object] = tables[one.id]
        return found

    slugs = [fault.slug for _, fault in warnings(snapshot_of(events, register), table_of)]
    return slugs.count("key-below-facet")
