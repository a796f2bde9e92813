"""What `add` asks for, in order: each question follows from the answers so far."""

from collections.abc import Iterator
from typing import NamedTuple

from talkstrack.cli.entering import answer_parsers as readers
from talkstrack.cli.entering.draft import Wanted, sides
from talkstrack.cli.entering.prompt import Answer, Choice, Question
from talkstrack.cli.entering.target import WriteTarget
from talkstrack.ledger.writing.ids import is_address
from talkstrack.model.register import Register

Answers = dict[str, str]
Asked = Iterator[Question]
MOST_ROWS = 9
NO, UNDISPUTED, EACH_WAY = "no", "undisputed", "each way"
SAID_BY = ("proposal", "statement", "ultimatum")
GATHERED = ("talks", "meeting")


class Form(NamedTuple):
    """What the questions need to know: the ledger, and what was typed already."""

    standing: WriteTarget
    wanted: Wanted

    @property
    def register(self) -> Register:
        """The ledger's register."""
        return self.standing.register

    @property
    def parties(self) -> tuple[Choice, ...]:
        """The parties, for completion."""
        return tuple((code, one.name) for code, one in self.register.parties.items())

    @property
    def names(self) -> tuple[Choice, ...]:
        """Parties and persons, for completion."""
        return (*self.parties, *((key, one.name) for key, one in self.register.persons.items()))

    def lacks(self, *fields: str) -> bool:
        """Whether none of these fields was typed on the command line."""
        return not any(field in self.wanted.table for field in fields)


def kind_of(form: Form, answers: Answers) -> str:
    """Return the kind of the event, as typed or as answered."""
    return str(form.wanted.table.get("kind") or answers.get("kind") or "")


def questions(form: Form, answers: Answers) -> Asked:
    """Yield the questions one after another; whoever asks begins anew after each answer."""
    if form.lacks("kind"):
        kinds = tuple((name, " ".join(one.needs)) for name, one in form.register.kinds.items())
        explain = "What kind of event it is. On the right: what an event of the kind must say."
        yield Question("kind", "kind", explain, "", True, readers.a_kind(form.register), kinds)
    kind = kind_of(form, answers)
    yield from _heading(form, kind)
    yield from _people(form, kind, answers)
    is_held = form.wanted.table.get("status", "held") == "held"
    for need in form.register.kinds[kind].needs if kind in form.register.kinds and is_held else ():
        if need == "transfer" and form.lacks("transfer") and not form.wanted.each:
            yield from _transfers(form, answers)
        elif need in _FACETS and form.lacks(need):
            yield from _FACETS[need](form, answers)
    for code in _new_parties(form, answers):
        explain = f"{code} is not in the register yet; with its name it is registered along with the event."
        yield Question(f"new.{code}", f"{code} is new: name", explain, is_needed=True)
    if not form.wanted.sources:
        yield from _sources(form, answers)


def _heading(form: Form, kind: str) -> Asked:
    if form.lacks("title"):
        yield Question("title", "title", "One line, as a headline says it.", is_needed=True)
    if form.lacks("date", "scheduled"):
        explain = "When it happened: 2025-08-14, yesterday, 2025-08 (some day of August), 2025-08-14? (uncertain)."
        yield Question("date", "date", explain, "today", read=readers.a_day(form.standing.env))
    if form.lacks("place") and kind != "appointment":
        yield Question("place", "place", "Where, as a reader knows it: Istanbul. Enter leaves it out.")
    if kind == "talks" and form.lacks("round"):
        yield Question("round", "round", "The number of the round, where rounds are counted.", read=readers.a_number)
    if form.lacks("under") and kind in ("exchange", "repatriation", "agreement", *GATHERED):
        scopes = tuple((one.id, one.title) for one in form.standing.select_scopes())
        explain = "The agreement it carries out, or one commitment of it (agreement-1/prisoners). Enter: none is known."
        yield Question("under", "under", explain, read=readers.an_event(form.standing, True), choices=scopes)


def _people(form: Form, kind: str, answers: Answers) -> Asked:
    speaker = readers.a_speaker(form.register)
    if kind in SAID_BY and form.lacks("by"):
        yield Question(
            "by", "said by", "Who said, proposed or threatened it.", "", True, readers.listed(speaker), form.names
        )
    if kind in (*SAID_BY, *GATHERED) and form.lacks("summary"):
        yield Question("summary", "summary", "What happened, in a sentence or two. Enter leaves it out.")
    if kind in GATHERED and form.lacks("parties"):
        read = readers.listed(readers.a_party(form.register))
        explain = "Who took part, by code or name, with commas between."
        yield Question("parties", "parties", explain, ",".join(_pair(form, kind)), True, read, form.parties)
    if kind == "talks" and form.lacks("delegation"):
        people = tuple((key, one.name) for key, one in form.register.persons.items())
        for code in answers.get("parties", "").split(","):
            read = readers.a_person(form.register)
            yield Question(
                f"head.{code}",
                f"head of {code}",
                "Who led the delegation. Enter: not known.",
                read=read,
                choices=people,
            )
            explain = "The other members, with commas between. Enter: not known."
            yield Question(f"members.{code}", f"members of {code}", explain, read=readers.listed(read), choices=people)


def _pair(form: Form, kind: str) -> tuple[str, ...]:
    found = sides(form.standing, kind)
    return found if len(found) == 2 else ()


def _transfers(form: Form, answers: Answers) -> Asked:
    """Ask for each side's whole account: counts both ways, who says so, their parts; then for a rival's."""
    known = _pair(form, kind_of(form, answers))
    if not known:
        read = readers.listed(readers.a_party(form.register))
        explain = "Who got people or bodies back, by code, with commas between: UKR, RUS."
        yield Question("to", "handed over to", explain, "", True, read, form.parties)
    to = known or tuple(one for one in answers.get("to", "").split(",") if one)
    by, names = readers.a_speaker(form.register, _new_parties(form, answers)), form.names
    yield from _counts(to, 0, answers)
    explain = "Whose figures these are: a party, person or source. Enter: nobody disputes them."
    yield Question("account.0", "said by", explain, UNDISPUTED, read=_or(UNDISPUTED, by), choices=names)
    yield from _parts(to, 0, answers)
    for number in range(1, MOST_ROWS if answers.get("account.0") != UNDISPUTED else 1):
        explain = "Whether another side gives other figures: its whole account then stands beside this one."
        key = f"account.{number}"
        yield Question(key, "another account?", explain, NO, read=_or(NO, by), choices=names)
        if answers.get(key) == NO:
            return
        yield from _counts(to, number, answers)
        yield from _parts(to, number, answers)


def _counts(to: tuple[str, ...], number: int, answers: Answers) -> Asked:
    explain = "How many: 84, about 250, over 1000, 246..250, withheld, unknown; none where nothing went that way."
    before = "unknown"
    for code in to:
        key = f"count.{number}.{code}"
        default = answers.get(f"count.0.{code}", before) if number else before
        yield Question(key, f"to {code}", explain, default, read=readers.a_count)
        before = answers.get(key, before)


def _parts(to: tuple[str, ...], number: int, answers: Answers) -> Asked:
    explain = "Disjoint parts that add up to the count: military 33, civilian 51. Enter: not known."
    for code in to:
        count = answers.get(f"count.{number}.{code}", "")
        if count not in ("unknown", "withheld", readers.NOBODY):
            label = f"  parts of {count} to {code}"
            yield Question(f"parts.{number}.{code}", label, explain, read=readers.parts_of(count))


def _or(word: str, read: readers.Read) -> readers.Read:
    """Read one word, or its beginning of two letters and more, as itself and all else by its own."""
    same = Answer(word)
    return lambda text: same if word.startswith(text.lower()) and (len(text) > 1 or word == NO) else read(text)


def _commitments(form: Form, answers: Answers) -> Asked:
    party = readers.a_party(form.register)
    for number in range(MOST_ROWS):
        if number:
            yield Question(
                f"more.{number}", "another promise?", "Whether more was agreed.", "no", read=readers.one_of("yes", "no")
            )
            if answers.get(f"more.{number}") != "yes":
                return
        start = "prisoners" if not number else ""
        yield Question(f"promise.{number}", "promise", "A short id: prisoners, bodies.", start, True, readers.an_id)
        explain = "What is counted: people, bodies, or nothing that can be counted."
        yield Question(
            f"what.{number}", "counts", explain, "people", read=readers.one_of("people", "bodies", "nothing")
        )
        if answers.get(f"what.{number}") == "nothing":
            continue
        yield Question(
            f"count.{number}", "how many", "To each side, where both get as many.", "unknown", read=readers.a_count
        )
        explain = "To whom. Enter: as many each way."
        yield Question(f"to.{number}", "to", explain, EACH_WAY, read=_or(EACH_WAY, party), choices=form.parties)


def _deadline(form: Form, answers: Answers) -> Asked:  # noqa: ARG001
    actor = readers.a_party(form.register)
    yield Question("deadline.to", "to", "Whom it is put to.", "", True, readers.listed(actor), form.parties)
    explain = "When it runs out: 10 days, or a date."
    yield Question("deadline.end", "until", explain, "", True, readers.an_end(form.standing.env))


def _office(form: Form, answers: Answers) -> Asked:  # noqa: ARG001
    people = tuple((key, one.name) for key, one in form.register.persons.items())
    read = readers.a_registered_person(form.register)
    yield Question("office.person", "person", "Who takes the office, by id or name.", "", True, read, people)
    yield Question("office.title", "office", "As it is called: Minister of Defence.", "", True)


_FACETS = {"commitment": _commitments, "deadline": _deadline, "office": _office}


def _new_parties(form: Form, answers: Answers) -> list[str]:
    """Return the codes among the answers that the register does not have."""
    found: list[str] = []
    for key, text in answers.items():
        if key.split(".")[0] in ("parties", "to", "deadline", "by", "account") and key != "deadline.end":
            found += [one for one in text.split(",") if one not in ("", EACH_WAY, UNDISPUTED, NO)]
    return [one for one in dict.fromkeys(found) if form.register.who(one) is None]


def _sources(form: Form, answers: Answers) -> Asked:
    known = tuple((key, one.publisher or one.url or "") for key, one in form.register.sources.items())
    for number in range(MOST_ROWS):
        key = f"source.{number}"
        if number:
            explain = "A second source that does not repeat the first makes the event surer."
            yield Question(
                key, "another source?", explain, NO, read=_or(NO, readers.a_source(form.standing)), choices=known
            )
        else:
            explain = (
                "Where it is known from: an address, which is registered, or the id of a source; none if there is none."
            )
            yield Question(key, "source", explain, "", True, readers.a_source(form.standing), known)
        given = answers.get(key, "")
        if given in (NO, readers.NOBODY):
            return
        if is_address(given):
            publisher = readers.publisher_of(form.register, given)
            yield Question(f"publisher.{number}", "  publisher", "Who published it.", publisher)
            day = answers.get("date") or str(form.wanted.table.get("date") or "")
            explain = "When it came out; 2025-08-14? where that is a guess. Enter takes the day of the event."
            yield Question(f"published.{number}", "  published", explain, day, read=readers.a_day(form.standing.env))
