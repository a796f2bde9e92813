"""The awkward cases D to F (links, people and places, sources): how a ledger says each, one test per case."""

from datetime import date

from ledgers import block, bounds, found, read, said, snapshot_from, warned
from talkstrack.reports.delegations import delegations
from talkstrack.reports.event import links
from talkstrack.reports.history import history
from talkstrack.rules.accounts import flows, links_by_side
from talkstrack.rules.answers import answers_to
from talkstrack.rules.delegations import offices_on
from talkstrack.rules.fulfilment import direction
from talkstrack.rules.tally import tally

PRISONERS = '[[event.commitment]]\nid = "prisoners"\nwhat = "people"\n'


def deal(name: str = "deal", *commitments: str) -> str:
    """Write an agreement of 2 June."""
    return block(
        name,
        "agreement",
        "2025-06-02",
        'parties = ["UKR", "RUS"]\n' + "".join(commitments or (PRISONERS + "count = 1000\n",)),
    )


def row(to: str, count: object, *more: str) -> str:
    """Write a transfer."""
    return f'[[event.transfer]]\nto = "{to}"\ncount = {count}\n' + "".join(f"{one}\n" for one in more)


def answer(by: str, word: str, *more: str) -> str:
    """Write an answer."""
    return f'[[event.response]]\nby = "{by}"\nanswer = "{word}"\n' + "".join(f"{one}\n" for one in more)


def test_d1_a_hand_over_is_under_an_agreement() -> None:
    snapshot = snapshot_from(deal() + block("x", "exchange", "2025-06-09", 'under = "deal"\n' + row("UKR", 390)))
    assert bounds(tally(snapshot, "people", "UKR", scope="deal/prisoners")) == (390, 390)


def test_d2_a_link_that_one_side_claims_and_the_other_denies() -> None:
    rows = row("UKR", 1000, 'by = "RUS"', 'under = "deal"') + row("UKR", 1000, 'by = "UKR"', 'under = ""')
    snapshot = snapshot_from(deal() + block("x", "exchange", "2025-07-17", rows))
    assert links_by_side(snapshot, flows(snapshot, snapshot.by_id["x"])[0]) == {"RUS": ("deal",), "UKR": ("",)}
    by_side = {
        side: bounds(tally(snapshot, "people", "UKR", scope="deal", account=side)) for side in (None, "RUS", "UKR")
    }
    assert by_side == {None: (0, 1000), "RUS": (1000, 1000), "UKR": (0, 0)}
    assert tally(snapshot, "people", "UKR").text == "1000"


def test_d3_one_event_under_two_agreements_has_a_row_for_each() -> None:
    rows = row("UKR", 185, 'under = "a"') + row("UKR", 20, 'under = "b"')
    snapshot = snapshot_from(deal("a") + deal("b") + block("x", "exchange", "2025-10-02", rows))
    told = {scope: tally(snapshot, "people", "UKR", scope=scope).text for scope in ("a", "b")}
    assert (told, tally(snapshot, "people", "UKR").text) == ({"a": "185", "b": "20"}, "205")


def test_d4_each_clause_is_followed_on_its_own() -> None:
    bodies = '[[event.commitment]]\nid = "bodies"\nwhat = "bodies"\nto = "UKR"\ncount = 6000\n'
    text = deal("deal", PRISONERS + "count = 1000\n", bodies)
    handed = block("b", "repatriation", "2025-06-16", 'under = "deal"\n' + row("UKR", 6057))
    snapshot = snapshot_from(text + handed)
    states = {key: direction(snapshot, f"deal/{key}", "UKR").state for key in ("prisoners", "bodies")}
    assert states == {"prisoners": "open", "bodies": "met"}


def test_d5_fulfilled_is_a_claim() -> None:
    words = "".join(
        block(
            f"s-{by.lower()}",
            "statement",
            "2025-07-28",
            f'[[event.claim]]\nby = "{by}"\nfulfilled = {word}\nunder = "deal/prisoners"',
        )
        for by, word in (("RUS", "true"), ("UKR", "false"))
    )
    snapshot = snapshot_from(
        deal()
        + block("x", "exchange", "2025-06-09", 'under = "deal"\n' + row("UKR", '"withheld"') + row("RUS", '"withheld"'))
        + words
    )
    assert [found(snapshot, key).verdict for key in ("s-rus", "s-ukr")] == ["denied", "denied"]
    assert direction(snapshot, "deal/prisoners", "UKR").state == "disputed"


def test_d6_two_readings_of_one_clause() -> None:
    text = deal(
        "deal",
        PRISONERS + 'count = 6000\ndescribed_as = "18 to 25"\nby = "umerov"\n',
        PRISONERS + 'count = 6000\nto = "UKR"\ndescribed_as = "under 25"\nby = "medinsky"\n',
    )
    snapshot = snapshot_from(text)
    readings = {
        to: [(one.side, said(one.promised)) for one in direction(snapshot, "deal/prisoners", to).readings]
        for to in ("UKR", "RUS")
    }
    assert readings == {"UKR": [("UKR", "6000"), ("RUS", "6000")], "RUS": [("UKR", "6000"), ("RUS", None)]}


def test_d7_every_kind_of_reply_and_silence() -> None:
    words = ("accepted", "rejected", "partly", "conditional", "denied", "none")
    snapshot = snapshot_from(
        block("p", "proposal", "2025-07-23", 'by = "UKR"\n' + "".join(answer("RUS", word) for word in words))
    )
    assert tuple(one.answer for one in answers_to(snapshot, snapshot.by_id["p"])) == words


def test_d8_a_standing_proposal_and_its_restatements() -> None:
    again = block("again", "statement", "2025-08-07", 'by = "UKR"\nabout = "p"')
    snapshot = snapshot_from(
        block("p", "proposal", '"2025-02-24/.."', 'by = "UKR"\n' + answer("RUS", "rejected")) + again
    )
    assert (snapshot.by_id["p"].when.latest, [one.id for one in snapshot.about["p"]]) == (None, ["again"])


def test_d9_what_never_happened_keeps_its_status_and_counts_for_nothing() -> None:
    statuses = ("planned", "postponed", "cancelled", "lapsed")
    text = "".join(
        block(one, "exchange", "2025-06-07", f'status = "{one}"\n' + row("UKR", 500)).replace("date =", "scheduled =")
        for one in statuses
    )
    snapshot = snapshot_from(text)
    assert [event.status for event in snapshot.events] == list(statuses)
    assert tally(snapshot, "people", "UKR").terms == 0


def test_d10_whether_it_happened_is_disputed() -> None:
    snapshot = snapshot_from(
        block(
            "b",
            "repatriation",
            "2025-06-06",
            'status = "disputed"\nby = "medinsky"\n' + row("UKR", 1212, 'by = "RUS"') + answer("CHQ", "denied"),
        )
    )
    assert [(one.by, one.answer) for one in answers_to(snapshot, snapshot.by_id["b"])] == [("CHQ", "denied")]
    assert tally(snapshot, "bodies", "UKR").terms == 0


def test_d11_a_premature_report_its_denial_and_what_followed() -> None:
    early = block(
        "early",
        "statement",
        "2025-05-23",
        'by = "trump"\n[[event.claim]]\nby = "trump"\nfulfilled = true\nunder = "deal/prisoners"\n'
        + answer("UKR", "denied"),
    )
    text = (
        deal().replace("2025-06-02", "2025-05-16")
        + early
        + block("x", "exchange", "2025-05-25", 'under = "deal"\n' + row("UKR", 1000) + row("RUS", 1000))
    )
    snapshot = snapshot_from(text)
    assert (found(snapshot, "early").verdict, direction(snapshot, "deal/prisoners", "UKR").met_on) == (
        "above",
        "2025-05-25",
    )
    assert [one.answer for one in answers_to(snapshot, snapshot.by_id["early"])] == ["denied"]


def test_d12_two_events_of_one_day_keep_the_order_of_the_file() -> None:
    one, other = (
        block(name, kind, "2025-06-14", row("UKR", 5)) for name, kind in (("b", "repatriation"), ("a", "exchange"))
    )
    assert [event.id for event in snapshot_from(one + other).events] == ["b", "a"]
    assert [event.id for event in snapshot_from(other + one).events] == ["a", "b"]


def test_d13_what_coincides_is_shown_as_the_same_day_and_no_more() -> None:
    snapshot = snapshot_from(block("r3", "talks", "2025-07-23") + block("x", "exchange", "2025-07-23", row("UKR", 5)))
    assert [(one.relation, one.id) for one in links(snapshot, snapshot.by_id["x"])] == [("same-day", "r3")]


def test_e1_offices_with_their_days() -> None:
    role = '[[person.umerov.role]]\ntitle = "Minister of Defence"\nfrom = 2023-09-06\nuntil = 2025-07-16\n'
    snapshot = snapshot_from(
        role + block("a", "appointment", "2025-07-18", '[[event.office]]\nperson = "umerov"\ntitle = "Secretary"')
    )
    days = (date(2025, 6, 2), date(2025, 7, 23))
    assert [offices_on(snapshot, "umerov", day.toordinal()) for day in days] == [
        ("Minister of Defence",),
        ("Secretary",),
    ]


def rounds(*lists: str) -> str:
    """Write rounds of talks, each with one delegation of Ukraine."""
    return "".join(
        block(
            f"r{number}",
            "talks",
            f"2025-0{number + 4}-02",
            f'round = {number}\n[[event.delegation]]\nparty = "UKR"\n{one}',
        )
        for number, one in enumerate(lists, 1)
    )


def presence(text: str) -> dict[str, tuple[str, ...]]:
    """Return who was there."""
    snapshot = snapshot_from(text)
    return {one.person: one.presence for one in delegations(snapshot, snapshot.events).rows[0].members}


def test_e2_who_joined_and_who_left() -> None:
    assert presence(rounds('head = "umerov"\nmembers = ["A"]', 'head = "umerov"\njoined = "B"\nleft = "A"')) == {
        "umerov": ("listed", "listed"),
        "A": ("listed", "left"),
        "B": ("absent", "joined"),
    }


def test_e3_a_stated_size_stands_beside_the_names() -> None:
    snapshot = snapshot_from(rounds('head = "umerov"\nmembers = ["A"]\nsize = 14'))
    (size,) = delegations(snapshot, snapshot.events).rows[0].sizes
    assert size is not None and (size.named, said(size.size)) == (2, "14")


def test_e4_every_spelling_means_the_same() -> None:
    register = snapshot_from(
        '[person.kyslytsia]\nname = "Serhii Kyslytsia"\naliases = ["Kislitsa", "Кислиця"]\n'
    ).register
    assert {register.person(name) for name in ("KISLITSA", "кислиця", "Serhii  Kyslytsia")} == {"kyslytsia"}
    assert register.party("kyiv") == "UKR"


def test_e5_the_same_surname_on_both_sides_is_two_persons() -> None:
    person = '[person.fomin-{}]\nname = "{} Fomin"\nparty = "{}"\naliases = "Fomin"\n'
    both = person.format("ru", "Aleksandr", "RUS") + person.format("ua", "Andrii", "UKR")
    register = snapshot_from(both).register
    assert [register.person(name) for name in ("Fomin", "Aleksandr Fomin", "fomin-ua")] == [
        None,
        "fomin-ru",
        "fomin-ua",
    ]
    assert (set(register.meanings("Fomin")), warned(both)) == ({"fomin-ru", "fomin-ua"}, {"shared-alias"})


def test_e6_a_disputed_given_name_is_an_alias() -> None:
    register = snapshot_from('[person.shevtsov]\nname = "Viktor Shevtsov"\naliases = ["Vladimir Shevtsov"]\n').register
    assert register.person("Vladimir Shevtsov") == register.person("Viktor Shevtsov") == "shevtsov"


def test_e7_who_is_missing_from_a_complete_list_was_absent() -> None:
    assert presence(rounds('head = "umerov"\nmembers = "A"\nsize = 2', 'head = "umerov"\nsize = 1'))["A"] == (
        "listed",
        "absent",
    )


def test_e8_party_host_and_mediator_are_three_roles() -> None:
    snapshot = snapshot_from(
        block("x", "talks", "2025-05-16", 'parties = ["UKR", "RUS"]\nhost = "TUR"\nmediators = "USA"')
    )
    event = snapshot.by_id["x"]
    assert (event.parties, event.host, event.mediators) == (("UKR", "RUS"), ("TUR",), ("USA",))


def test_e9_an_unnamed_speaker_is_the_source_that_quotes_him() -> None:
    snapshot = snapshot_from(
        block("b", "repatriation", "2025-06-13", row("RUS", 0, 'by = "tass"', 'note = "a TASS source"'))
    )
    (group,) = flows(snapshot, snapshot.by_id["b"])
    assert [(one.side, one.rows[0].transfer.note) for one in group.accounts] == [("tass", "a TASS source")]


def test_e10_a_place_is_as_exact_as_its_words() -> None:
    snapshot = snapshot_from(
        block("x", "meeting", "2025-06-13", 'place = "border of Ukraine and Belarus"')
        + block("y", "meeting", "2025-06-13")
    )
    assert [event.place for event in snapshot.events] == ["border of Ukraine and Belarus", None]


def test_e11_a_venue_guessed_wrongly_is_an_earlier_revision() -> None:
    first = block("r3", "talks", "2025-07-23", 'place = "Dolmabahce"')
    second = block(
        "r3",
        "talks",
        "2025-07-23",
        'place = "Ciragan Palace"\nrevision = 2\nrecorded = 2025-07-24\nbecause = "a guess before the day"',
    )
    ledger = read(first + second)
    last = history(ledger.events, ledger.register).rows[-1]
    assert [(one.field, one.before, one.after) for one in last.changes] == [("place", "Dolmabahce", "Ciragan Palace")]


def test_e12_an_imprecise_plural_keeps_its_words_and_the_note_its_reading() -> None:
    text = 'agenda = "Putin and Ukrainian leaders to meet"\nnote = "the plural means Zelenskyy"\npeople = ["zelenskyy"]'
    event = snapshot_from(block("r3", "talks", "2025-07-23", text)).by_id["r3"]
    assert (event.agenda, event.people) == (("Putin and Ukrainian leaders to meet",), ("zelenskyy",))


def test_f1_a_copy_is_no_second_witness() -> None:
    sources = (
        '[source.copy]\npublisher = "AI"\nbased_on = "liga"\n[source.again]\npublisher = "Feed"\nbased_on = "copy"\n'
    )
    event = block("it", "statement", "2025-07-23", "sources = {}")
    assert warned(sources + event.format('["copy", "again"]')) == {"single-witness"}
    assert warned(sources + event.format('["copy", "tass"]')) == set()


def test_f2_two_states_of_a_page_are_two_entries() -> None:
    page = 'url = "https://example.org/live"\npublisher = "KI"\nretrieved = {}\nnote = "{}"\n'
    text = (
        "[source.live-1]\n"
        + page.format("2025-07-23", "will focus")
        + "[source.live-2]\n"
        + page.format("2026-05-30", "focused")
    )
    found = snapshot_from(text).register.sources
    assert [found[key].retrieved and found[key].note for key in ("live-1", "live-2")] == ["will focus", "focused"]


def test_f3_a_source_has_its_language_and_the_rendering_is_a_note() -> None:
    snapshot = snapshot_from(
        '[source.uk]\npublisher = "P"\nlanguage = "uk"\n'
        + block(
            "s",
            "statement",
            "2025-07-23",
            'by = "zelenskyy"\nsources = "uk"\nnote = "profound in one English, joy in another"',
        )
    )
    assert (snapshot.register.sources["uk"].language, snapshot.by_id["s"].note) == (
        "uk",
        "profound in one English, joy in another",
    )


def test_f4_who_said_it_and_who_reported_it() -> None:
    event = snapshot_from(block("s", "statement", "2025-07-23", 'by = "medinsky"\nsources = ["tass", "liga"]')).by_id[
        "s"
    ]
    assert (event.by, event.sources) == (("medinsky",), ("tass", "liga"))


def test_f5_a_misattribution_and_its_correction() -> None:
    false = block("false", "statement", "2025-11-12", 'by = "liga"\npeople = ["umerov"]')
    snapshot = snapshot_from(
        false + block("right", "statement", "2025-11-17", 'by = "tass"\nabout = "false"\n' + answer("tass", "denied"))
    )
    (one,) = answers_to(snapshot, snapshot.by_id["false"])
    assert (one.by, one.answer, one.event) == ("tass", "denied", "right")


def test_f6_two_words_of_one_side_stand_beside_each_other() -> None:
    snapshot = snapshot_from(
        block(
            "s",
            "statement",
            "2025-06-07",
            answer("CHQ", "denied", 'note = "no date"') + answer("umerov", "denied", 'note = "agreed on 3 June"'),
        )
    )
    told = [(snapshot.register.side(one.by), one.note) for one in answers_to(snapshot, snapshot.by_id["s"])]
    assert told == [("UKR", "no date"), ("UKR", "agreed on 3 June")]


def test_f7_an_opinion_is_a_statement_with_a_tag_and_counts_for_nothing() -> None:
    snapshot = snapshot_from(block("o", "statement", "2025-07-23", 'by = "liga"\ntags = "opinion"'))
    assert (snapshot.by_id["o"].tags, snapshot.by_id["o"].claim, tally(snapshot, "people", "UKR").terms) == (
        ("opinion",),
        (),
        0,
    )


def test_f8_partisan_wording_stays_with_its_speaker() -> None:
    event = snapshot_from(
        block("s", "statement", "2025-06-07", 'by = "medinsky"\nsummary = "calls the other side a regime"')
    ).by_id["s"]
    assert (event.by, event.summary) == (("medinsky",), "calls the other side a regime")


def test_f9_a_weak_source_alone_is_told() -> None:
    weak = '[source.weak]\npublisher = "Blog"\ngrade = "weak"\n'
    event = block("it", "statement", "2025-07-23", "sources = {}")
    assert warned(weak + event.format('["weak"]')) == {"weak-source"}
    assert warned(weak + event.format('["weak", "tass"]')) == set()


def test_f10_silence_is_an_answer_as_of_a_day() -> None:
    snapshot = snapshot_from(
        block(
            "p",
            "proposal",
            "2025-07-23",
            'by = "RUS"\n' + answer("UKR", "none", "date = 2025-12-30", 'note = "says Russia"'),
        )
    )
    (one,) = answers_to(snapshot, snapshot.by_id["p"])
    assert (one.answer, one.date) == ("none", "2025-12-30")


def test_f11_how_much_of_a_source_was_seen_is_its_note() -> None:
    assert (
        snapshot_from('[source.part]\npublisher = "P"\nnote = "excerpt only"\n').register.sources["part"].note
        == "excerpt only"
    )


def test_f12_a_later_reclassification_leaves_the_earlier_word() -> None:
    numbered = '[[event.claim]]\nby = "umerov"\nnth = 66\nseries = "numbered"'
    later = 'about = "x"\n[[event.claim]]\nby = "umerov"\ncount = 5857\nto = "UKR"\nseries = "numbered"'
    snapshot = snapshot_from(
        block("x", "exchange", "2025-06-09", row("UKR", 5) + numbered) + block("s", "statement", "2025-07-28", later)
    )
    assert [(event.id, claim.nth, said(claim.count)) for event in snapshot.events for claim in event.claim] == [
        ("x", 66, None),
        ("s", None, "5857"),
    ]
