"""What `add` asks for, in order: each question is put, and its answer goes into the event."""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any, NamedTuple, TypeVar

from talkstrack.cli.entering import answer_parsers as parsers
from talkstrack.cli.entering.draft import TypedEvent, sides
from talkstrack.cli.entering.prompt import Answer, Choice, Question
from talkstrack.cli.entering.target import WriteTarget
from talkstrack.ledger.intake.values import field_value
from talkstrack.ledger.writing.ids import is_address
from talkstrack.model.entries import is_party_code
from talkstrack.model.facets import UNITS
from talkstrack.model.register import Register

Row = dict[str, Any]
T = TypeVar("T")
Asking = Generator[Question, str, T]
"""Yields questions, is sent the answer to each in plain form, and returns what they come to."""

MOST_ROWS = 9
NO, UNDISPUTED, EACH_WAY = "no", "undisputed", "each way"
SAID_BY = ("proposal", "statement", "ultimatum")
GATHERED = ("talks", "meeting")
_SCOPED = ("exchange", "repatriation", "agreement", *GATHERED)
_EMPTY = ("", "unknown", parsers.NOBODY)


class Form(NamedTuple):
    """What the questions need to know: the ledger, what was typed already; `new` are the codes nobody has yet."""

    target: WriteTarget
    typed: TypedEvent
    new: dict[str, None]

    @property
    def register(self) -> Register:
        """The ledger's register."""
        return self.target.register

    @property
    def parties(self) -> tuple[Choice, ...]:
        """The parties, for completion."""
        return tuple((code, party.name) for code, party in self.register.parties.items())

    @property
    def persons(self) -> tuple[Choice, ...]:
        """The persons, for completion."""
        return tuple((key, person.name) for key, person in self.register.persons.items())

    @property
    def names(self) -> tuple[Choice, ...]:
        """Parties and persons, for completion."""
        return (*self.parties, *self.persons)

    def lacks(self, *fields: str) -> bool:
        """Whether none of these fields was typed on the command line."""
        return not any(field in self.typed.table for field in fields)


def questions(target: WriteTarget, typed: TypedEvent) -> Asking[TypedEvent]:
    """Ask for what an event lacks; return what was typed together with what was answered."""
    form, table = Form(target, typed, {}), dict(typed.table)
    if form.lacks("kind"):
        kinds = tuple((name, " ".join(kind.needs)) for name, kind in form.register.kinds.items())
        explain = "What kind of event it is. On the right: what an event of the kind must say."
        table["kind"] = yield Question("kind", explain, "", True, partial(parsers.a_kind, form.register), kinds)
    kind = str(table["kind"])
    yield from _heading(form, kind, table)
    yield from _people(form, kind, table)
    is_held = table.get("status", "held") == "held"
    for need in form.register.kinds[kind].needs if kind in form.register.kinds and is_held else ():
        if need in _FACETS and form.lacks(need) and not (need == "transfer" and typed.each):
            table[need] = yield from _FACETS[need](form, kind)
    parties: dict[str, Row] = {}
    for code in form.new:
        explain = f"{code} is not in the register yet; with its name it is registered along with the event."
        parties[code] = {"name": (yield Question(f"{code} is new: name", explain, is_needed=True))}
    described = {} if typed.sources else (yield from _sources(form, str(table.get("date") or "")))
    return typed._replace(
        table={field: value for field, value in table.items() if value not in ("", [])},
        sources=(*typed.sources, *described),
        described={**typed.described, **{url: fields for url, fields in described.items() if fields}},
        entries={**typed.entries, **({"party": parties} if parties else {})},
    )


def _names(form: Form, question: Question) -> Asking[str]:
    """Ask for parties or speakers, and remember those that are to be registered."""
    answer = yield question
    form.new.update({name: None for name in answer.split(",") if is_party_code(name) and not form.register.who(name)})
    return answer


def _heading(form: Form, kind: str, table: Row) -> Asking[None]:
    if form.lacks("title"):
        table["title"] = yield Question("title", "One line, as a headline says it.", is_needed=True)
    if form.lacks("date", "scheduled"):
        explain = "When it happened: 2025-08-14, yesterday, 2025-08 (some day of August), 2025-08-14? (uncertain)."
        table["date"] = yield Question("date", explain, "today", read=partial(parsers.a_day, form.target.env))
    if form.lacks("place") and kind != "appointment":
        table["place"] = yield Question("place", "Where, as a reader knows it: Istanbul. Enter leaves it out.")
    if kind == "talks" and form.lacks("round"):
        explain = "The number of the round, where rounds are counted."
        number = yield Question("round", explain, read=parsers.a_number)
        table["round"] = field_value("event", "round", number)
    if form.lacks("under") and kind in _SCOPED:
        scopes = tuple((event.id, event.title) for event in form.target.select_scopes())
        explain = "The agreement it carries out, or one commitment of it (agreement-1/prisoners). Enter: none is known."
        table["under"] = yield Question(
            "under", explain, read=partial(parsers.an_event, form.target, is_scope=True), choices=scopes
        )


def _people(form: Form, kind: str, table: Row) -> Asking[None]:
    if kind in SAID_BY and form.lacks("by"):
        read = partial(parsers.listed, partial(parsers.a_speaker, form.register))
        explain = "Who said, proposed or threatened it."
        names = yield from _names(form, Question("said by", explain, "", True, read, form.names))
        table["by"] = field_value("event", "by", names)
    if kind in (*SAID_BY, *GATHERED) and form.lacks("summary"):
        table["summary"] = yield Question("summary", "What happened, in a sentence or two. Enter leaves it out.")
    if kind in GATHERED and form.lacks("parties"):
        read = partial(parsers.listed, partial(parsers.a_party, form.register))
        explain = "Who took part, by code or name, with commas between."
        question = Question("parties", explain, ",".join(_pair(form, kind)), True, read, form.parties)
        table["parties"] = field_value("event", "parties", (yield from _names(form, question)))
    if kind == "talks" and form.lacks("delegation"):
        table["delegation"] = yield from _delegations(form, table.get("parties", ()))
    if spoken := {row.get("party") for row in table.get("delegation", ())}:
        table["parties"] = [party for party in table.get("parties", ()) if party not in spoken]


def _delegations(form: Form, parties: list[str]) -> Asking[list[Row]]:
    read, rows = partial(parsers.a_person, form.register), []
    for code in dict.fromkeys(parties):
        explain = "Who led the delegation. Enter: not known."
        head = yield Question(f"head of {code}", explain, read=read, choices=form.persons)
        explain = "The other members, with commas between. Enter: not known."
        text = yield Question(f"members of {code}", explain, read=partial(parsers.listed, read), choices=form.persons)
        members = field_value("delegation", "members", text)
        row = {"head": head, "members": members}
        if head or members:
            rows.append({"party": code, **{field: value for field, value in row.items() if value}})
    return rows


def _pair(form: Form, kind: str) -> tuple[str, ...]:
    parties = sides(form.target, kind)
    return parties if len(parties) == 2 else ()


def _transfers(form: Form, kind: str) -> Asking[list[Row]]:
    """Ask for each side's whole account: counts both ways, who says so, their parts; then for a rival's."""
    to = _pair(form, kind)
    if not to:
        read = partial(parsers.listed, partial(parsers.a_party, form.register))
        explain = "Who got people or bodies back, by code, with commas between: UKR, RUS."
        names = yield from _names(form, Question("handed over to", explain, "", True, read, form.parties))
        to = tuple(dict.fromkeys(names.split(",")))
    speaker, names_known = partial(parsers.a_speaker, form.register, new=form.new), form.names
    first = yield from _counts(to, {})
    explain = "Whose figures these are: a party, person or source. Enter: nobody disputes them."
    question = Question("said by", explain, UNDISPUTED, read=_or(UNDISPUTED, speaker), choices=names_known)
    by = yield from _names(form, question)
    rows = yield from _account(first, None if by == UNDISPUTED else by)
    for _ in range(1, MOST_ROWS if by != UNDISPUTED else 1):
        explain = "Whether another side gives other figures: its whole account then stands beside this one."
        question = Question("another account?", explain, NO, read=_or(NO, speaker), choices=names_known)
        rival = yield from _names(form, question)
        if rival == NO:
            break
        counts = yield from _counts(to, first)
        rows += yield from _account(counts, rival)
    return rows


def _counts(to: tuple[str, ...], first: dict[str, str]) -> Asking[dict[str, str]]:
    """Ask how many went to each; assumed are those of the first account, in it what went to the side before."""
    explain = "How many: 84, about 250, over 1000, 246..250, withheld, unknown; none where nothing went that way."
    counts: dict[str, str] = {}
    before = "unknown"
    for code in to:
        before = yield Question(f"to {code}", explain, first.get(code, before), read=parsers.a_count)
        counts[code] = before
    return counts


def _account(counts: dict[str, str], by: str | None) -> Asking[list[Row]]:
    """Ask for the parts of each count; return the rows of an account."""
    explain = "Disjoint parts that add up to the count: military 33, civilian 51. Enter: not known."
    rows: list[Row] = []
    for code, count in counts.items():
        if count == parsers.NOBODY:
            continue
        row: Row = {"to": code, "count": field_value("transfer", "count", count)}
        if count not in ("unknown", "withheld"):
            parts = yield Question(f"  parts of {count} to {code}", explain, read=partial(parsers.parts_of, count))
            row |= {"parts": field_value("transfer", "parts", parts)} if parts else {}
        rows.append(row | ({"by": by} if by else {}))
    return rows


def _or(word: str, read: parsers.Read) -> parsers.Read:
    """Read one word, or its beginning of two letters and more, as itself and all else by its own."""
    same = Answer(word)
    return lambda text: same if word.startswith(text.lower()) and (len(text) > 1 or word == NO) else read(text)


def _commitments(form: Form, kind: str) -> Asking[list[Row]]:  # noqa: ARG001
    rows: list[Row] = []
    while len(rows) < MOST_ROWS:
        if rows:
            read = partial(parsers.one_of, ("yes", "no"))
            more = yield Question("another promise?", "Whether more was agreed.", NO, read=read)
            if more == NO:
                break
        start, explain = "" if rows else "prisoners", "A short id: prisoners, bodies."
        row: Row = {"id": (yield Question("promise", explain, start, True, parsers.an_id))}
        explain = f"What is counted: {', '.join(UNITS)}, or nothing that can be counted."
        what = yield Question("counts", explain, "people", read=partial(parsers.one_of, (*UNITS, "nothing")))
        if what != "nothing":
            row |= {"what": what, **(yield from _promised(form))}
        rows.append(row)
    return rows


def _promised(form: Form) -> Asking[Row]:
    """Ask how many are promised, and to whom."""
    explain = "To each side, where both get as many."
    count = yield Question("how many", explain, "unknown", read=parsers.a_count)
    read = _or(EACH_WAY, partial(parsers.a_party, form.register))
    question = Question("to", "To whom. Enter: as many each way.", EACH_WAY, read=read, choices=form.parties)
    to = yield from _names(form, question)
    row = {} if count in _EMPTY else {"count": field_value("commitment", "count", count)}
    return row | ({} if to == EACH_WAY else {"to": to})


def _deadline(form: Form, kind: str) -> Asking[list[Row]]:  # noqa: ARG001
    read = partial(parsers.listed, partial(parsers.a_party, form.register))
    to = yield from _names(form, Question("to", "Whom it is put to.", "", True, read, form.parties))
    explain = "When it runs out: 10 days, or a date."
    end = yield Question("until", explain, "", True, partial(parsers.an_end, form.target.env))
    return [{"to": field_value("deadline", "to", to), "within" if end.startswith("P") else "due": end}]


def _office(form: Form, kind: str) -> Asking[list[Row]]:  # noqa: ARG001
    read = partial(parsers.a_person, form.register, is_registered=True)
    person = yield Question("person", "Who takes the office, by id or name.", "", True, read, form.persons)
    title = yield Question("office", "As it is called: Minister of Defence.", "", True)
    return [{"person": person, "title": title}]


_FACETS: dict[str, Callable[[Form, str], Asking[list[Row]]]] = {
    "transfer": _transfers,
    "commitment": _commitments,
    "deadline": _deadline,
    "office": _office,
}


def _sources(form: Form, day: str) -> Asking[dict[str, Row]]:
    """Ask for sources; return them by id or address, those of an address with what is said of them."""
    choices = tuple((key, source.publisher or source.url or "") for key, source in form.register.sources.items())
    read = partial(parsers.a_source, form.target)
    first = "Where it is known from: an address, which is registered, or the id of a source; none if there is none."
    more = "A second source that does not repeat the first makes the event surer."
    described: dict[str, Row] = {}
    for number in range(MOST_ROWS):
        if number:
            source = yield Question("another source?", more, NO, read=_or(NO, read), choices=choices)
        else:
            source = yield Question("source", first, "", True, read, choices)
        if source in (NO, parsers.NOBODY):
            break
        described[source] = (yield from _description(form, source, day)) if is_address(source) else {}
    return described


def _description(form: Form, url: str, day: str) -> Asking[Row]:
    """Ask for what is to be known of a new source."""
    publisher = yield Question("  publisher", "Who published it.", parsers.publisher_of(form.register, url))
    explain = "When it came out; 2025-08-14? where that is a guess. Enter takes the day of the event."
    published = yield Question("  published", explain, day, read=partial(parsers.a_day, form.target.env))
    return {field: value for field, value in (("publisher", publisher), ("published", published)) if value}
