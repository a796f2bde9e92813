"""Read the answers to prompts: names, counts, days, parts; each says how it was understood."""

import re
from collections.abc import Callable, Collection
from datetime import date

from talkstrack.cli.entering.prompt import Answer
from talkstrack.cli.entering.target import WriteTarget
from talkstrack.cli.env import Env
from talkstrack.cli.options import date_option
from talkstrack.cli.unknown_names import names_of
from talkstrack.errors import Hint
from talkstrack.ledger.checking.hints import meant_or, register_person
from talkstrack.ledger.intake.values import EntryError
from talkstrack.ledger.writing.block_layout import count_value
from talkstrack.ledger.writing.ids import as_id, find_source, is_address, plain_address
from talkstrack.model.convert import is_identifier
from talkstrack.model.counts import CountError, parse_count, pretty
from talkstrack.model.dates.days import weekday_name
from talkstrack.model.entries import is_party_code
from talkstrack.model.names import Suggestions, fold
from talkstrack.model.register import Register
from talkstrack.render.words.dates import display

Read = Callable[[str], Answer]
_PART = re.compile(r"\s*(.+?)\s*[:= ]\s*(\S+(?:\s*\.\.\s*\S+)?)\s*")
NOBODY = "none"


def a_day(env: Env, text: str) -> Answer:
    """Read a date, in any form that options take."""
    period = date_option("date", text, env.today)
    assert period is not None
    return Answer(period.edtf, display(period) if period.edtf != text else _weekday(period.first, period.last))


def _weekday(first: int | None, last: int | None) -> str:
    if first is None or first != last or not 1 <= first <= date.max.toordinal():
        return ""
    return weekday_name(first)


def a_count(text: str) -> Answer:
    """Read a count in symbols or words."""
    if text.lower() in (NOBODY, "-", "no"):
        return Answer(NOBODY, "nothing that way")
    try:
        count = parse_count(text)
    except CountError as error:
        raise EntryError(str(error), error.hint) from None
    plain = str(count_value(count))
    return Answer(plain, "" if plain == text else pretty(plain))


def parts_of(count: str, text: str) -> Answer:
    """Read the parts of a count: `military 33, civilian 51`."""
    parts: list[str] = []
    numbers: list[int] = []
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise EntryError(f"{part.strip()[:60]} is not NAME COUNT", "as in: military 33, civilian 51")
        plain = a_count(match[2]).text
        parts.append(f"{match[1]}:{plain}")
        numbers += [int(plain)] if plain.isdigit() else []
    if len(numbers) == len(parts):
        if count.isdigit() and sum(numbers) != int(count):
            raise EntryError(f"that makes {sum(numbers):,}, not {int(count):,}", "parts are disjoint and add up")
        return Answer(",".join(parts), f"= {sum(numbers):,}")
    return Answer(",".join(parts))


def one_of(choices: Collection[str], text: str) -> Answer:
    """Read one of a few words, or the beginning of one."""
    fitting = [choice for choice in choices if choice.startswith(text.lower())]
    if len(fitting) == 1 or text.lower() in choices:
        return Answer(text.lower() if text.lower() in choices else fitting[0])
    raise EntryError(f"it is one of {', '.join(choices)}")


def a_number(text: str) -> Answer:
    """Read a whole number from 1 up."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) < 1_000_000):
        raise EntryError("this is a whole number from 1 up")
    return Answer(str(int(text)))


def an_end(env: Env, text: str) -> Answer:
    """Read when a deadline ends: a date, or so many days: `10 days`, `P10D`."""
    days = re.fullmatch(r"(\d{1,5})\s*(?:d|days?)", text.lower())
    if days:
        return Answer(f"P{days[1]}D", f"{days[1]} days")
    if re.fullmatch(r"P\S+", text):
        return Answer(text)
    return a_day(env, text)


def a_kind(register: Register, text: str) -> Answer:
    """Read a kind of event."""
    kinds = [kind for kind in register.kinds if kind == text.lower()]
    kinds = kinds or [kind for kind in register.kinds if kind.startswith(text.lower())]
    if len(kinds) != 1:
        raise EntryError(f"there is no kind {text[:60]}", f"there are {', '.join(register.kinds)}")
    return Answer(kinds[0], "" if kinds[0] == text.lower() else kinds[0])


def listed(read: Read, text: str) -> Answer:
    """Read a comma list, each entry by its own."""
    answers = [read(name.strip()) for name in text.split(",") if name.strip()]
    remarks = [answer.remark for answer in answers if answer.remark]
    return Answer(",".join(answer.text for answer in answers), ", ".join(remarks))


def a_party(register: Register, text: str) -> Answer:
    """Read a party by any of its names; an unknown code is taken, to be registered."""
    code = register.party(text)
    if code is not None:
        return Answer(code, "" if code == text else f"{register.full_name(code)} ({code})")
    near = _near(register, text, parties=True)
    if not near and is_party_code(text.upper()):
        return Answer(text.upper(), f"{text.upper()} is new")
    otherwise = "a new one is given by its code: 2 to 12 capitals, as UKR"
    raise EntryError(f"no party is called {text[:60]}", meant_or(near, otherwise))


def a_speaker(register: Register, text: str, new: Collection[str] = ()) -> Answer:
    """Read who says something: a party, a person or a source.

    An unknown code in capitals is taken, to be registered as a party, and in any letters one of those in `new`.
    """
    speaker = register.who(text)
    if speaker is None:
        if text.upper() in new:
            return Answer(text.upper())
        near = _near(register, text)
        if not near and text.isupper() and is_party_code(text):
            return Answer(text, f"{text} is new")
        otherwise = Hint("a new party is given by its code, as UKR; a person: ", "register", "person ID NAME")
        raise EntryError(f"no party, person or source is called {text[:60]}", meant_or(near, otherwise))
    full = register.full_name(speaker)
    return Answer(speaker, "" if speaker == text else f"{full} ({speaker})" if full != speaker else speaker)


def a_person(register: Register, text: str, *, is_registered: bool = False) -> Answer:
    """Read a person; a name that is not known is taken as it is, unless the person must be in the register."""
    person = register.person(text)
    if person is not None:
        return Answer(person, register.full_name(person))
    near = _near(register, text)
    if is_registered:
        raise EntryError(f"{text[:60]} is not in the register", meant_or(near, register_person(text)))
    return Answer(text, f"not in the register; {' or '.join(near)}?" if near else "not in the register")


def an_event(target: WriteTarget, text: str, *, is_scope: bool = False) -> Answer:
    """Read the id of an event, or of a commitment of one."""
    key, _, commitment = text.partition("/")
    revisions = target.index.revisions(key)
    if not revisions:
        ids = sorted({event.id for event in target.select_scopes()}) if is_scope else list(target.index.ids())
        near = tuple(event_id for event_id in ids if event_id.startswith(key[:4]))[:4] or tuple(ids[:4])
        raise EntryError(f"no {key[:60]}", f"there are {', '.join(near)}" if near else "there is none yet")
    own = [commitment.id for commitment in revisions[-1].commitment]
    if commitment and commitment not in own:
        raise EntryError(f"{key} has no commitment {commitment[:60]}", f"it has {', '.join(own) or 'none'}")
    return Answer(text, revisions[-1].title[:40])


def a_source(target: WriteTarget, text: str) -> Answer:
    """Read a source by id or address; `none` where there is none."""
    register = target.register
    if text.lower() == NOBODY:
        return Answer(NOBODY, "without a source the event is marked in every check")
    key = find_source(register, text) if is_address(text) else register.source(text)
    if key is not None:
        return Answer(key, register.full_name(key))
    if is_address(text):
        return Answer(text, "new")
    near = Suggestions({source: source for source in register.sources}).near(text)
    raise EntryError(f"no source is called {text[:60]}", meant_or(near, "give its address"))


def _near(register: Register, text: str, *, parties: bool = False) -> tuple[str, ...]:
    names = names_of(register.parties) if parties else names_of(register.parties) | names_of(register.persons)
    return Suggestions({fold(name): key for name, key in names.items()}, 0.7).near(fold(text))


def an_id(text: str) -> Answer:
    """Read an id."""
    if not is_identifier(text):
        raise EntryError(
            "an id has small letters, digits and hyphens only", f"perhaps {as_id(text)}" if as_id(text) else None
        )
    return Answer(text)


def publisher_of(register: Register, url: str) -> str:
    """Return who publishes at an address: as the register calls the site, else its name."""
    site = plain_address(url).partition("/")[0]
    for source in register.sources.values():
        if source.url and source.publisher and plain_address(source.url).partition("/")[0] == site:
            return source.publisher
    return site
