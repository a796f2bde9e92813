"""One event in labelled lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from talkstrack.model.counts import pretty
from talkstrack.model.event import Event
from talkstrack.model.facets import Delegation
from talkstrack.model.register import Register
from talkstrack.render.text.document import StyledText
from talkstrack.render.words.claims import claim_words, recorded_words
from talkstrack.render.words.dates import display, short_day
from talkstrack.render.words.figures import answer_words, coloured, many, ordinal
from talkstrack.render.words.promises import short_reading, state_words

if TYPE_CHECKING:  # who shows an event has no use for the modules of all reports
    from talkstrack.reports.deadlines import DeadlineRow
    from talkstrack.reports.event import AccountRow, DelegationCount, EventFacets, EventFlow, ScopeRow


class LabelledLine(NamedTuple):
    """One labelled line of an event, with a state or verdict for the right edge."""

    label: str
    text: str
    state: StyledText = StyledText("")


def event_lines(event: Event, facets: EventFacets, register: Register, *, short: bool) -> Iterator[LabelledLine]:
    """Yield what an event says, facet by facet. `short` leaves out what a list of events has no room for."""
    yield from _when(event, short)
    yield from _where(event, register)
    for delegation, counted in zip(event.delegation, facets.delegations, strict=True):
        yield LabelledLine(counted.party, _delegation_words(delegation, counted, register))
    yield from _speakers(event, facets, register)
    for commitment in facets.commitments:
        readings = [short_reading(reading, commitment.what, register) for reading in commitment.readings]
        state = state_words(commitment.state, met_on=commitment.met_on)
        yield LabelledLine(commitment.id, " · ".join(readings), coloured(state, commitment.state))
    for flow in facets.flows:
        yield from _flow(flow, event, register)
    for scope in facets.scopes:
        yield _scope(scope, register)
    if event.part_of:
        yield LabelledLine("part of", event.part_of)
    for claim in facets.claims:
        verdict = coloured(claim.verdict, claim.verdict)
        yield LabelledLine("claim", f"{claim_words(claim)}, says {register.called(claim.by)}", verdict)
        if claim.verdict not in ("agrees", "unchecked") or not short:
            yield LabelledLine("", recorded_words(claim, register))
    for deadline in facets.deadlines:
        yield _deadline(deadline, register)
    for answer in facets.answers:
        where = f" ({answer.event})" if answer.event != event.id else ""
        note = f", {answer.note}" if answer.note else ""
        yield LabelledLine("answer", f"{register.called(answer.by)}: {answer_words(answer.answer)}{note}{where}")
    for office in event.office:
        until = f", until {display(office.ends)}" if office.ends else ""
        yield LabelledLine("office", f"{register.full_name(office.person)}: {office.title}{until}")


def _when(event: Event, short: bool) -> Iterator[LabelledLine]:
    due = f", due {display(event.scheduled)}" if event.scheduled and event.date else ""
    written = f" (“{event.as_written}”)" if event.as_written else ""
    plain = event.when.precision == "day" and event.when.earliest == event.when.latest
    if not (short and plain and not due and not written):
        prefix = "" if event.date else "due "
        yield LabelledLine("when", f"{prefix}{display(event.when)}{due}{written}")
    if event.status != "held":
        yield LabelledLine("status", f"{event.status}: counts for nothing")


def _where(event: Event, register: Register) -> Iterator[LabelledLine]:
    host = f"host {_names(event.host, register)}" if event.host else ""
    helpers = f"mediated by {_names(event.mediators, register)}" if event.mediators else ""
    if where := " · ".join(filter(None, (event.place, host, helpers))):
        yield LabelledLine("where", where)
    if event.agenda:
        yield LabelledLine("agenda", ", ".join(event.agenda))


def _delegation_words(delegation: Delegation, counted: DelegationCount, register: Register) -> str:
    named = f"{counted.named} named" if counted.named else ""
    if delegation.size is not None:
        people = "all" if counted.is_complete else counted.named
        named = f"{pretty(delegation.size.text)} people, {people} named"
    office = f", {counted.head_office}" if counted.head_office else ""
    head = f"head {register.full_name(delegation.head)}{office}" if delegation.head else ""
    changes = (("joined", delegation.joined), ("left", delegation.left))
    moved = (f"{word}: {_names(names, register)}" for word, names in changes if names)
    return " · ".join(filter(None, (named, head, *moved)))


def _names(names: tuple[str, ...], register: Register) -> str:
    return ", ".join(register.full_name(name) for name in names)


def _speakers(event: Event, facets: EventFacets, register: Register) -> Iterator[LabelledLine]:
    if event.by:
        yield LabelledLine("by", ", ".join(_speaker_words(name, register) for name in event.by))
    for mention in facets.about:
        yield LabelledLine("about", f"{mention.id} · {mention.title}" if mention.title else mention.id)
    for event_id in event.replaces:
        yield LabelledLine("replaces", event_id)
    for mention in facets.replaced_by:
        yield LabelledLine("replaced", f"by {mention.id}, {short_day(mention.date.earliest if mention.date else None)}")


def _speaker_words(name: str, register: Register) -> str:
    side, called = register.side(name), register.full_name(name)
    return f"{side} ({called})" if side in register.parties and register.party(name) != side else called


def _flow(flow: EventFlow, event: Event, register: Register) -> Iterator[LabelledLine]:
    """Yield a direction: the figure where nobody disputes it, else every side's."""
    unit = " bodies" if flow.what == "bodies" and event.kind != "repatriation" else ""
    accounts = sorted(flow.accounts, key=lambda account: not account.is_disclosed)
    yield LabelledLine(f"to {flow.to}", " · ".join(account_words(account, register) for account in accounts) + unit)
    for note in dict.fromkeys(note for account in flow.accounts for note in account.notes):
        yield LabelledLine("", note)


def account_words(account: AccountRow, register: Register) -> str:
    """Return one side's figure in words: `~250, says RUS (Medinsky)`, `UKR gives no figure`."""
    categories = [f"{pretty(part.count.text)} {part.category}" for part in account.categories]
    broken = f" ({' + '.join(categories)})" if categories else ""
    words = f", {', '.join(account.described_as)}" if account.described_as else ""
    if account.side is None:
        return f"{pretty(account.figure.text)}{broken}{words}"
    named = [register.called(name) for name in account.speakers if register.party(name) != account.side]
    side = register.called(account.side)
    who = f"{side} ({', '.join(named)})" if named and named != [side] else side
    undisclosed = {"withheld": f"withheld by {who}", "unknown": f"{who} gives no figure"}
    return undisclosed.get(account.figure.state) or f"{pretty(account.figure.text)}{broken}{words}, says {who}"


def _scope(scope: ScopeRow, register: Register) -> LabelledLine:
    names = ", ".join(register.called(side) for side in scope.says)
    if scope.under is None:
        return LabelledLine("not under", "any agreement" + (f", says {names}" if names else ""))
    nth = f", the {ordinal(scope.nth)} of {scope.of}" if scope.nth and scope.of and scope.of > 1 else ""
    return LabelledLine("under", scope.under + nth + (f" · says {names}" if names and not scope.is_undisputed else ""))


def _deadline(row: DeadlineRow, register: Register) -> LabelledLine:
    to = ", ".join(register.called(name) for name in row.to)
    counted = f" ({display(row.set_on)} + {row.within})" if row.computed else ""
    left = {None: "open", 0: "open, today"}.get(row.days, f"open, {many(row.days or 0, 'day')} left")
    state = coloured(left if row.state == "open" else row.state, row.state)
    return LabelledLine("due", f"{display(row.due)}{counted}" + (f", to {to}" if to else ""), state)
