"""What matters most about an event: the kind of fact, and its values."""

from typing import Literal

import msgspec

from talkstrack.model.dates.period import Period
from talkstrack.model.event import Event
from talkstrack.model.facets import Unit
from talkstrack.model.sums import Sum
from talkstrack.reports.deadlines import rows_of
from talkstrack.rules.accounts import figure, flows, ties
from talkstrack.rules.answers import answers_to
from talkstrack.rules.directions import receivers_in
from talkstrack.rules.fulfilment import Standing, agreement_state, commitment_state
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally
from talkstrack.rules.verdicts import WORST_FIRST, finding_of

Part = Literal["round", "day", "part"]
Fact = Literal["status", "parts", "hand-over", "promise", "deadline", "answer", "claim", "place"]


class HeadlineFlow(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed over in one direction, over all accounts."""

    to: str
    what: Unit
    figure: Sum


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """What matters most about an event. `state` is how that stands: a status, a promise's or a deadline's state, an
    answer or a verdict; `by` the sides that deny or answer it, `speakers` whoever said it, the first as named; `parts`
    how many events are part of it, and `part` what each of them is; `says` is the one side that has figures where
    others have none, and `silent` has those that give none in some direction: `withheld` or `unknown`.
    """

    fact: Fact
    speakers: tuple[str, ...] = ()
    state: str | None = None
    by: tuple[str, ...] = ()
    met_on: str | None = None
    due: Period | None = None
    parts: int = 0
    part: Part | None = None
    flows: tuple[HeadlineFlow, ...] = ()
    says: str | None = None
    silent: dict[str, str] = {}
    is_contested: bool = False


def headline(snapshot: Snapshot, event: Event) -> Headline:
    """Return what matters most about this event."""
    if event.status != "held":
        return _not_held(snapshot, event)
    if parts := snapshot.parts.get(event.id):
        return _handed(snapshot, event, parts) if event.transfer else _parts(snapshot, event, parts)
    if event.transfer:
        return _handed(snapshot, event)
    outcome = _promise(agreement_state(snapshot, event)) if event.commitment else _outcome(snapshot, event)
    if event.commitment and event.kind != "proposal":
        return outcome
    return msgspec.structs.replace(outcome, speakers=_speakers(snapshot, event))


def _not_held(snapshot: Snapshot, event: Event) -> Headline:
    if event.status != "disputed":
        return Headline(fact="status", state=event.status)
    denials = [answer.by for answer in answers_to(snapshot, event) if answer.answer in ("denied", "rejected")]
    deniers = snapshot.register.sides(denials)
    return Headline(fact="status", state="disputed", by=deniers, speakers=_speakers(snapshot, event))


def _parts(snapshot: Snapshot, event: Event, parts: tuple[Event, ...]) -> Headline:
    unit = snapshot.register.what_of(event.kind)
    receivers = receivers_in(snapshot.register, unit, parts) if unit else ()
    sums = {to: tally(snapshot, unit, to, scope=event.id) for to in receivers} if unit else {}
    handed = tuple(HeadlineFlow(to=to, what=unit or "people", figure=total) for to, total in sums.items())
    return Headline(fact="parts", parts=len(parts), part=_part(event, parts), flows=handed)


def _part(event: Event, parts: tuple[Event, ...]) -> Part:
    if event.kind == "talks":
        return "round"
    has_days = event.kind in ("exchange", "repatriation") and len({part.when.edtf for part in parts}) == len(parts)
    return "day" if has_days else "part"


def _handed(snapshot: Snapshot, event: Event, parts: tuple[Event, ...] = ()) -> Headline:
    of_event = flows(snapshot, event)
    accounts = [account for flow in of_event for account in flow.accounts]
    disclosing = {account.side for account in accounts if account.is_disclosed}
    is_alone = len(disclosing) == 1 and not all(account.is_disclosed for account in accounts)
    silent: dict[str, str] = {}
    for account in accounts:
        if account.side is not None and account.figure.undisclosed and silent.get(account.side) != "withheld":
            silent[account.side] = account.figure.state
    return Headline(
        fact="hand-over",
        parts=len(parts),
        part=_part(event, parts) if parts else None,
        flows=tuple(HeadlineFlow(to=flow.receiver, what=flow.unit, figure=figure(flow)) for flow in of_event),
        says=disclosing.pop() if is_alone else None,
        silent=silent,
        is_contested=any(ties(snapshot, (flow,)).is_contested for flow in of_event),
    )


def _promise(standing: Standing) -> Headline:
    return Headline(fact="promise", state=standing.state, met_on=standing.met_on)


def _speakers(snapshot: Snapshot, event: Event) -> tuple[str, ...]:
    if event.office:
        return snapshot.register.sides(office.party or office.person for office in event.office)
    sides = snapshot.register.sides(event.by)
    return (event.by[0], *sides[1:]) if event.kind == "statement" and event.by else sides


def _outcome(snapshot: Snapshot, event: Event) -> Headline:
    for row in rows_of(snapshot, event):
        if event.kind == "ultimatum" or (row.state in ("lapsed", "replaced", "passed") and not _is_decided(event)):
            return Headline(fact="deadline", state=row.state, due=row.due)
    answers = answers_to(snapshot, event)
    if event.under and "/" in event.under and event.kind == "proposal" and not answers:
        return _promise(commitment_state(snapshot, event.under))
    answers = tuple(answer for answer in answers if answer.answer != "none") or answers
    if answers:
        sides = snapshot.register.sides(answer.by for answer in answers)
        is_named = len(sides) > 1 or event.kind == "statement"
        by = (snapshot.register.side(answers[-1].by),) if is_named else ()
        return Headline(fact="answer", state=answers[-1].answer, by=by)
    return _verdict(snapshot, event)


def _is_decided(event: Event) -> bool:
    return any(response.answer in ("rejected", "partly", "conditional", "accepted") for response in event.response)


def _verdict(snapshot: Snapshot, event: Event) -> Headline:
    """Return the worst verdict on what the speaker of an event claims (not on what others claim of it)."""
    register = snapshot.register
    claims = [claim for claim in event.claim if register.side(claim.by) in register.sides(event.by)]
    if not claims:
        return Headline(fact="place")
    findings = [finding_of(snapshot, event, claim) for claim in claims]
    worst = min(findings, key=lambda finding: WORST_FIRST.index(finding.verdict))
    return Headline(fact="claim", state=worst.verdict, by=register.sides(denial.by for denial in worst.denials))
