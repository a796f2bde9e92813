"""One event told in labelled lines: when, where, who, what was promised, handed over, claimed and answered."""

from collections.abc import Iterator

import msgspec

from talkstrack.model.counts import pretty
from talkstrack.model.dates.period import first_day
from talkstrack.model.event import Commitment, Delegation, Event
from talkstrack.render.words.dates import display
from talkstrack.reports.claims import claim_rows, ordinal
from talkstrack.reports.deadlines import DeadlineRow, rows_of
from talkstrack.reports.delegations import listed
from talkstrack.reports.headline import ANSWER_WORDS, followed_state, short_day
from talkstrack.rules.accounts import Account, Flow, flows, links_by_side
from talkstrack.rules.answers import answers_to
from talkstrack.rules.delegations import offices_on
from talkstrack.rules.fulfilment import readings_of
from talkstrack.rules.scope import event_link, resolve_link
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.verdicts import positions_under


class LabelledLine(msgspec.Struct, frozen=True):
    """One labelled line of an event, with a state or verdict for the right edge."""

    label: str
    text: str
    state: str = ""


def event_lines(snapshot: Snapshot, event: Event, *, short: bool) -> Iterator[LabelledLine]:
    """Yield what an event says, facet by facet. `short` leaves out what a list of events has no room for."""
    yield from _when(event, short)
    yield from _where(snapshot, event)
    for delegation in event.delegation:
        yield _delegation(snapshot, event, delegation)
    yield from _speakers(snapshot, event)
    yield from commitment_lines(snapshot, event)
    yield from transfer_lines(snapshot, event)
    yield from _under(snapshot, event)
    for one in claim_rows(snapshot, (event,)):
        yield LabelledLine("claim", f"{one.words}, says {snapshot.register.called(one.by)}", one.verdict)
        if one.verdict not in ("agrees", "unchecked") or not short:
            yield LabelledLine("", one.recorded)
    for row in rows_of(snapshot, event):
        yield deadline_line(snapshot, row)
    for answer in answers_to(snapshot, event):
        where = f" ({answer.event})" if answer.event != event.id else ""
        note = f", {answer.note}" if answer.note else ""
        yield LabelledLine(
            "answer", f"{snapshot.register.called(answer.by)}: {ANSWER_WORDS[answer.answer]}{note}{where}"
        )
    for office in event.office:
        until = f", until {display(office.ends)}" if office.ends else ""
        yield LabelledLine("office", f"{snapshot.register.full_name(office.person)}: {office.title}{until}")


def _when(event: Event, short: bool) -> Iterator[LabelledLine]:
    due = f", due {display(event.scheduled)}" if event.scheduled and event.date else ""
    written = f" (“{event.as_written}”)" if event.as_written else ""
    plain = event.when.precision == "day" and event.when.earliest == event.when.latest
    if not (short and plain and not due and not written):
        prefix = "" if event.date else "due "
        yield LabelledLine("when", f"{prefix}{display(event.when)}{due}{written}")
    if event.status != "held":
        yield LabelledLine("status", f"{event.status}: counts for nothing")


def _where(snapshot: Snapshot, event: Event) -> Iterator[LabelledLine]:
    hosts = ", ".join(snapshot.register.full_name(name) for name in event.host)
    helpers = ", ".join(snapshot.register.full_name(name) for name in event.mediators)
    told = (event.place, f"host {hosts}" if hosts else "", f"mediated by {helpers}" if helpers else "")
    if any(told):
        yield LabelledLine("where", " · ".join(part for part in told if part))
    if event.agenda:
        yield LabelledLine("agenda", ", ".join(event.agenda))


def _delegation(snapshot: Snapshot, event: Event, one: Delegation) -> LabelledLine:
    named = len(listed(snapshot, one))
    parts = []
    if one.size is not None:
        all_named = one.size.low is not None and named >= one.size.low
        parts.append(f"{pretty(one.size.text)} people, {'all' if all_named else named} named")
    elif named:
        parts.append(f"{named} named")
    if one.head:
        title = next(iter(offices_on(snapshot, one.head, first_day(event.when))), "")
        parts.append(f"head {snapshot.register.full_name(one.head)}" + (f", {title}" if title else ""))
    for word, names in (("joined", one.joined), ("left", one.left)):
        if names:
            parts.append(f"{word}: " + ", ".join(snapshot.register.full_name(name) for name in names))
    return LabelledLine(snapshot.register.side(one.party), " · ".join(parts))


def _speakers(snapshot: Snapshot, event: Event) -> Iterator[LabelledLine]:
    if event.by:
        told = []
        for name in event.by:
            side, called = snapshot.register.side(name), snapshot.register.full_name(name)
            told.append(
                f"{side} ({called})"
                if side in snapshot.register.parties and snapshot.register.party(name) != side
                else called
            )
        yield LabelledLine("by", ", ".join(told))
    for key in event.about:
        found = snapshot.by_id.get(key)
        yield LabelledLine("about", f"{key} · {found.title}" if found else key)
    for key in event.replaces:
        yield LabelledLine("replaces", key)
    for one in snapshot.replaced_by.get(event.id, ()):
        yield LabelledLine("replaced", f"by {one.id}, {short_day(one.when.earliest)}")


def commitment_lines(snapshot: Snapshot, event: Event) -> Iterator[LabelledLine]:
    """Yield each commitment with every side's reading and where it stands."""
    for key in dict.fromkeys(one.id for one in event.commitment):
        reference = f"{event.id}/{key}"
        told = [
            reading_words(snapshot, side, one)
            for side, rows in readings_of(snapshot, reference).items()
            for _, one in rows
        ]
        yield LabelledLine(key, " · ".join(told), followed_state(snapshot, reference))


def reading_words(snapshot: Snapshot, side: str | None, one: Commitment) -> str:
    """Return one reading of a commitment: `1,200+ each, says RUS`."""
    words = []
    if one.count is not None:
        words.append(f"{pretty(one.count.text)} {one.what if one.what == 'bodies' else ''}".strip())
        words.append(f"to {snapshot.register.side(one.to)}" if one.to else "each")
    words.extend([", ".join(one.described_as)] if one.described_as else [])
    text = " ".join(words) or (one.note or "no number")
    return f"{text}, says {snapshot.register.called(one.by or side or '')}" if side else text


def transfer_lines(snapshot: Snapshot, event: Event) -> Iterator[LabelledLine]:
    """Yield each direction: the figure where nobody disputes it, else every side's."""
    for group in flows(snapshot, event):
        unit = " bodies" if group.unit == "bodies" and event.kind != "repatriation" else ""
        yield LabelledLine(
            f"to {group.receiver}", " · ".join(account_words(snapshot, one) for one in _ordered(group)) + unit
        )
        notes = dict.fromkeys(row.transfer.note for one in group.accounts for row in one.rows if row.transfer.note)
        for note in notes:
            yield LabelledLine("", note)


def _ordered(group: Flow) -> list[Account]:
    return sorted(group.accounts, key=lambda one: not one.is_disclosed)


def account_words(snapshot: Snapshot, one: Account) -> str:
    """Return one side's figure in words: `~250, says RUS (Medinsky)`, `UKR gives no figure`."""
    parts = [f"{pretty(found.text)} {name}" for row in one.rows for name, found in (row.transfer.parts or {}).items()]
    broken = f" ({' + '.join(parts)})" if parts else ""
    described = dict.fromkeys(word for row in one.rows for word in row.transfer.described_as)
    words = f", {', '.join(described)}" if described else ""
    if one.side is None:
        return f"{pretty(one.figure.text)}{broken}{words}"
    speakers = dict.fromkeys(row.transfer.by for row in one.rows if row.transfer.by)
    named = [snapshot.register.called(name) for name in speakers if snapshot.register.party(name) != one.side]
    side = snapshot.register.called(one.side)
    who = f"{side} ({', '.join(named)})" if named and named != [side] else side
    if one.figure.state == "withheld":
        return f"withheld by {who}"
    if one.figure.state == "unknown":
        return f"{who} gives no figure"
    return f"{pretty(one.figure.text)}{broken}{words}, says {who}"


def _under(snapshot: Snapshot, event: Event) -> Iterator[LabelledLine]:
    found: dict[str, dict[str | None, None]] = {}
    for group in flows(snapshot, event):
        for side, links in links_by_side(snapshot, group).items():
            for link in links:
                target = resolve_link(snapshot, link, group.unit, group.receiver) if link else ""
                found.setdefault(target, {})[side] = None
    if not found and (own := event_link(snapshot, event)):
        found[own] = {None: None}
    for target, told in found.items():
        names = [snapshot.register.called(one) for one in told if one is not None]
        if not target:
            yield LabelledLine("not under", "any agreement" + (f", says {', '.join(names)}" if names else ""))
            continue
        place = positions_under(snapshot, event, target)
        nth = f", the {ordinal(place[0])} of {place[1]}" if place and place[1] > 1 else ""
        yield LabelledLine(
            "under", target + nth + (f" · says {', '.join(names)}" if names and None not in told else "")
        )
    if event.part_of:
        yield LabelledLine("part of", event.part_of)


def deadline_line(snapshot: Snapshot, row: DeadlineRow) -> LabelledLine:
    """Return a deadline with its day, whom it binds, and how it stands."""
    to = ", ".join(snapshot.register.called(name) for name in row.to)
    counted = f" ({display(row.set_on)} + {row.within})" if row.computed else ""
    left = {None: "open", 0: "open, today", 1: "open, 1 day left"}.get(row.days, f"open, {row.days} days left")
    state = left if row.state == "open" else row.state
    return LabelledLine("due", f"{display(row.due)}{counted}" + (f", to {to}" if to else ""), state)
