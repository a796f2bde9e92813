"""What matters most about an event, in a few words: the right-hand side of the timeline."""

from talkstrack.model.counts import pretty
from talkstrack.model.dates.days import MONTHS
from talkstrack.model.dates.period import Period
from talkstrack.model.event import Event
from talkstrack.model.sums import Sum
from talkstrack.reports.deadlines import rows_of
from talkstrack.rules.accounts import Flow, figure, flows, links_by_side
from talkstrack.rules.answers import answers_to
from talkstrack.rules.directions import receivers_in
from talkstrack.rules.fulfilment import DirectionProgress, direction, promised_receivers, worst
from talkstrack.rules.snapshot import Snapshot
from talkstrack.rules.tally import tally
from talkstrack.rules.verdicts import WORST_FIRST, finding_of

ANSWER_WORDS = {
    "accepted": "accepted",
    "rejected": "rejected",
    "partly": "accepted partly",
    "conditional": "conditional",
    "denied": "denied",
    "none": "no answer",
}


def short_day(iso: str | None) -> str:
    """Return an ISO day as `25 May`."""
    if iso is None or len(iso) != 10:
        return iso or "open"
    return f"{int(iso[8:])} {MONTHS[int(iso[5:7]) - 1][:3]}"


def short_due(due: Period) -> str:
    """Return a due date as `2 Sep` or `7–9 Aug`."""
    first, last = due.earliest, due.latest
    if first is None or last is None or first == last:
        return short_day(last or first)
    if first[:7] == last[:7]:
        return f"{int(first[8:])}–{short_day(last)}"
    return f"{short_day(first)}–{short_day(last)}"


def headline(snapshot: Snapshot, event: Event) -> str:
    """Return a few words on what matters most about this event."""
    if event.status != "held":
        return _not_held(snapshot, event)
    if snapshot.parts.get(event.id):
        return _whole(snapshot, event)
    if event.transfer:
        return _transfers(snapshot, event)
    if event.commitment and event.kind != "proposal":
        return agreement_state(snapshot, event)
    return " · ".join(part for part in (_speaker(snapshot, event), _outcome(snapshot, event)) if part) or _where(event)


def _whole(snapshot: Snapshot, event: Event) -> str:
    parts = snapshot.parts[event.id]
    words = [_parts_words(event, parts)]
    what = snapshot.register.what_of(event.kind)
    if event.transfer:
        words.append(_transfers(snapshot, event))
    elif what is not None:
        sums = {to: tally(snapshot, what, to, scope=event.id) for to in receivers_in(snapshot.register, what, parts)}
        texts = {pretty(one.text) for one in sums.values()}
        if len(texts) == 1 and len(sums) == 2:
            words.append(f"{texts.pop()} each")
        else:
            words.extend(f"{to} {pretty(one.text)}" for to, one in sums.items())
    return " · ".join(words)


def _parts_words(event: Event, parts: tuple[Event, ...]) -> str:
    unit = {"talks": "round", "exchange": "day", "repatriation": "day"}.get(event.kind, "part")
    if unit == "day" and len({one.when.edtf for one in parts}) < len(parts):
        unit = "part"
    return f"{len(parts)} {unit}" + ("" if len(parts) == 1 else "s")


def _not_held(snapshot: Snapshot, event: Event) -> str:
    if event.status == "disputed":
        deniers = dict.fromkeys(
            snapshot.register.called(snapshot.register.side(one.by))
            for one in answers_to(snapshot, event)
            if one.answer in ("denied", "rejected")
        )
        by = f" by {', '.join(deniers)}" if deniers else ""
        return " · ".join(part for part in (_speaker(snapshot, event), f"disputed{by}") if part)
    return event.status


def _speaker(snapshot: Snapshot, event: Event) -> str:
    if event.office:
        sides = dict.fromkeys(snapshot.register.side(one.party or one.person) for one in event.office)
        return ", ".join(sides)
    if not event.by:
        return ""
    first = event.by[0] if event.kind == "statement" else snapshot.register.side(event.by[0])
    name = snapshot.register.called(first)
    more = len({snapshot.register.side(one) for one in event.by}) - 1
    return f"{name} +{more}" if more > 0 else name


def _where(event: Event) -> str:
    return (event.place or "").split(",")[0]


def _outcome(snapshot: Snapshot, event: Event) -> str:
    if event.kind == "proposal" and event.commitment:
        return agreement_state(snapshot, event)
    for one in rows_of(snapshot, event):
        if event.kind == "ultimatum" or (one.state in ("lapsed", "replaced", "passed") and not _decided(event)):
            return f"due {short_due(one.due)}, {one.state}" if event.kind == "ultimatum" else one.state
    told = answers_to(snapshot, event)
    if event.under and "/" in event.under and event.kind == "proposal" and not told:
        return followed_state(snapshot, event.under)
    replies = [one for one in told if one.answer != "none"] or list(told)
    if replies:
        named = len({snapshot.register.side(one.by) for one in replies}) > 1 or event.kind == "statement"
        by = f" by {snapshot.register.called(snapshot.register.side(replies[-1].by))}" if named else ""
        return ANSWER_WORDS[replies[-1].answer] + by
    return _verdict(snapshot, event)


def _verdict(snapshot: Snapshot, event: Event) -> str:
    """Return the worst verdict on what the speaker of an event claims (not on what others claim of it)."""
    speakers = {snapshot.register.side(one) for one in event.by}
    found = [finding_of(snapshot, event, one) for one in event.claim if snapshot.register.side(one.by) in speakers]
    if not found:
        return ""
    worst = min(found, key=lambda one: WORST_FIRST.index(one.verdict))
    if worst.verdict == "denied":
        names = dict.fromkeys(
            snapshot.register.called(snapshot.register.side(one.partition(" ")[0])) for one in worst.denied_by
        )
        return f"denied by {', '.join(names)}"
    return "not checkable" if worst.verdict == "unchecked" else worst.verdict


def _decided(event: Event) -> bool:
    return any(one.answer in ("rejected", "partly", "conditional", "accepted") for one in event.response)


def _transfers(snapshot: Snapshot, event: Event) -> str:
    found = flows(snapshot, event)
    if not found:
        return ""
    link = " · link contested" if any(_contested(snapshot, group) for group in found) else ""
    sums = [figure(group) for group in found]
    hidden = [one for one in sums if one.undisclosed]
    if len(hidden) == len(sums):
        return _hidden(found, sums) + link
    says = _says(snapshot, found)
    texts = [pretty(one.text) for one in sums]
    if len(found) == 2 and texts[0] == texts[1]:
        return f"{texts[0]} each{says}{link}"
    return " · ".join(f"{group.receiver} {text}" for group, text in zip(found, texts, strict=True)) + says + link


def _contested(snapshot: Snapshot, group: Flow) -> bool:
    links = links_by_side(snapshot, group).values()
    return any(any(one) for one in links) and any("" in one and not any(one) for one in links)


def _hidden(found: tuple[Flow, ...], sums: list[Sum]) -> str:
    told: dict[str, str] = {}
    for group in found:
        for one in group.accounts:
            if one.side is not None:
                told[one.side] = one.figure.state if told.get(one.side) != "withheld" else "withheld"
    if len(set(told.values())) > 1:
        return " · ".join(f"{side} {state}" for side, state in told.items())
    states = {one.state for one in sums}
    state = states.pop() if len(states) == 1 else "undisclosed"
    return f"both {state}" if len(found) == 2 else f"{found[0].receiver} {state}" if len(found) == 1 else state


def _says(snapshot: Snapshot, found: tuple[Flow, ...]) -> str:
    sides = {one.side for group in found for one in group.accounts if one.is_disclosed}
    silent = {one.side for group in found for one in group.accounts if not one.is_disclosed}
    if len(sides) == 1 and None not in sides and silent:
        return f", says {snapshot.register.called(str(sides.pop()))}"
    return ""


def directions_of(snapshot: Snapshot, event: Event) -> dict[str, tuple[DirectionProgress, ...]]:
    """Return the followed directions of an event's countable commitments, by commitment id."""
    found: dict[str, tuple[DirectionProgress, ...]] = {}
    for one in event.commitment:
        reference = f"{event.id}/{one.id}"
        if one.id not in found and (sides := promised_receivers(snapshot, reference)):
            found[one.id] = tuple(direction(snapshot, reference, to) for to in sides)
    return found


def agreement_state(snapshot: Snapshot, event: Event) -> str:
    """Return where an agreement as a whole stands: `met 25 May`, `open`, `disputed`, `cannot be told`."""
    return _overall([one for found in directions_of(snapshot, event).values() for one in found])


def followed_state(snapshot: Snapshot, reference: str) -> str:
    """Return where one commitment stands, in the same words."""
    return _overall([direction(snapshot, reference, to) for to in promised_receivers(snapshot, reference)])


def _overall(found: list[DirectionProgress]) -> str:
    states = {one.state for one in found}
    if not states:
        return ""
    if states == {"met"}:
        days = [one.met_on for one in found if one.met_on]
        return f"met {short_day(max(days))}" if days else "met"
    return worst(states) or ""
