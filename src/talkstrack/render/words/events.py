"""One event in labelled lines, and in a few words for the right-hand side of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from talkstrack.model.counts import pretty
from talkstrack.model.event import Event
from talkstrack.model.facets import Delegation
from talkstrack.model.register import Register
from talkstrack.render.text.document import Spans, StyledText, spans
from talkstrack.render.words.claims import claim_words, recorded_words
from talkstrack.render.words.dates import display, short_day, short_due
from talkstrack.render.words.figures import coloured, many, ordinal
from talkstrack.render.words.promises import short_reading, state_words

if TYPE_CHECKING:  # who shows an event has no use for the modules of all reports
    from talkstrack.reports.deadlines import DeadlineRow
    from talkstrack.reports.event import AccountRow, DelegationCount, EventFacets, EventFlow, ScopeRow
    from talkstrack.reports.headline import Headline, HeadlineFlow
    from talkstrack.reports.proposals import ProposalRow

ANSWER_WORDS = {
    "accepted": "accepted",
    "rejected": "rejected",
    "partly": "accepted partly",
    "conditional": "conditional",
    "denied": "denied",
    "none": "no answer",
}


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
        yield LabelledLine("answer", f"{register.called(answer.by)}: {ANSWER_WORDS[answer.answer]}{note}{where}")
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
    hosts = ", ".join(register.full_name(name) for name in event.host)
    helpers = ", ".join(register.full_name(name) for name in event.mediators)
    where = (event.place, f"host {hosts}" if hosts else "", f"mediated by {helpers}" if helpers else "")
    if any(where):
        yield LabelledLine("where", " · ".join(part for part in where if part))
    if event.agenda:
        yield LabelledLine("agenda", ", ".join(event.agenda))


def _delegation_words(delegation: Delegation, counted: DelegationCount, register: Register) -> str:
    parts = []
    if delegation.size is not None:
        named = "all" if counted.is_complete else counted.named
        parts.append(f"{pretty(delegation.size.text)} people, {named} named")
    elif counted.named:
        parts.append(f"{counted.named} named")
    if delegation.head:
        office = f", {counted.head_office}" if counted.head_office else ""
        parts.append(f"head {register.full_name(delegation.head)}{office}")
    for word, names in (("joined", delegation.joined), ("left", delegation.left)):
        if names:
            parts.append(f"{word}: " + ", ".join(register.full_name(name) for name in names))
    return " · ".join(parts)


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
    if account.figure.state == "withheld":
        return f"withheld by {who}"
    if account.figure.state == "unknown":
        return f"{who} gives no figure"
    return f"{pretty(account.figure.text)}{broken}{words}, says {who}"


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


def headline_words(headline: Headline, event: Event, register: Register) -> Spans:
    """Return what matters most about an event in a few words, its state in its colour."""
    words: list[StyledText] = []
    if headline.speakers:
        words.append(StyledText(_by_words(headline, event, register)))
    if headline.parts and headline.part:
        words.append(StyledText(many(headline.parts, headline.part)))
    if headline.fact == "hand-over":
        words.append(StyledText(_handed_words(headline, register)))
    elif headline.fact == "parts":
        words.append(StyledText(_figures_words(headline.flows)))
    elif headline.state:
        words.append(_state_words(headline, event, register))
    words = [piece for piece in words if piece.text] or [StyledText((event.place or "").split(",")[0])]
    return spans(words[0], *((" · ", piece) for piece in words[1:]))


def _by_words(headline: Headline, event: Event, register: Register) -> str:
    if event.office:
        return ", ".join(headline.speakers)
    more = len(headline.speakers) - 1
    return register.called(headline.speakers[0]) + (f" +{more}" if more else "")


def _state_words(headline: Headline, event: Event, register: Register) -> StyledText:
    state = headline.state or ""
    by = f" by {', '.join(register.called(side) for side in headline.by)}" if headline.by else ""
    if headline.fact == "promise":
        words = state_words(headline.state, met_on=headline.met_on)
    elif headline.fact == "answer":
        words = ANSWER_WORDS[state] + by
    elif headline.fact == "deadline" and headline.due is not None and event.kind == "ultimatum":
        words = f"due {short_due(headline.due)}, {state}"
    else:
        words = ("not checkable" if state == "unchecked" else state) + by
    return coloured(words, state)


def _handed_words(headline: Headline, register: Register) -> str:
    flows = headline.flows
    link = " · link contested" if headline.is_contested else ""
    if all(flow.figure.undisclosed for flow in flows):
        return _hidden_words(headline) + link
    return _figures_words(flows) + (f", says {register.called(headline.says)}" if headline.says else "") + link


def _figures_words(flows: tuple[HeadlineFlow, ...]) -> str:
    texts = [pretty(flow.figure.text) for flow in flows]
    if len(flows) == 2 and texts[0] == texts[1]:
        return f"{texts[0]} each"
    return " · ".join(f"{flow.to} {text}" for flow, text in zip(flows, texts, strict=True))


def _hidden_words(headline: Headline) -> str:
    flows = headline.flows
    if len(set(headline.silent.values())) > 1:
        return " · ".join(f"{side} {state}" for side, state in headline.silent.items())
    states = {flow.figure.state for flow in flows}
    state = states.pop() if len(states) == 1 else "undisclosed"
    return f"both {state}" if len(flows) == 2 else f"{flows[0].to} {state}" if len(flows) == 1 else state


def outcome_words(proposal: ProposalRow, register: Register) -> Spans:
    """Return what came of a proposal: each side's last answer, what was delivered, how its deadline ended."""
    if proposal.status != "held":
        return spans(coloured(proposal.status, proposal.status))
    words = [
        coloured(f"{register.called(side)} {ANSWER_WORDS[answer]}", answer)
        for side, answer in proposal.last_answers.items()
    ]
    if proposal.state:
        words.append(coloured(state_words(proposal.state, met_on=proposal.met_on), proposal.state))
    for deadline in proposal.deadlines:
        if deadline.state not in ("met", "passed"):
            ended = f"due {deadline.due.edtf}" if deadline.state == "open" else deadline.state
            words.append(coloured(ended, deadline.state))
    return spans(words[:1], *(("; ", piece) for piece in words[1:]))
