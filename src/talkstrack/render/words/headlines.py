"""What matters most about an event, in a few words for the right-hand side of the timeline."""

from talkstrack.model.counts import pretty
from talkstrack.model.event import Event
from talkstrack.model.register import Register
from talkstrack.render.text.document import Spans, StyledText
from talkstrack.render.text.makers import spans
from talkstrack.render.words.dates import short_due
from talkstrack.render.words.figures import answer_words, coloured, many
from talkstrack.render.words.promises import state_words
from talkstrack.reports.headline import Headline, HeadlineFlow


def headline_words(headline: Headline, event: Event, register: Register) -> Spans:
    """Return what matters most about an event in a few words, its state in its colour."""
    by = _by_words(headline, event, register) if headline.speakers else ""
    parts = many(headline.parts, headline.part) if headline.parts and headline.part else ""
    state = StyledText("")
    if headline.fact == "hand-over":
        state = StyledText(_handed_words(headline, register))
    elif headline.fact == "parts":
        state = StyledText(_figures_words(headline.flows))
    elif headline.state:
        state = _state_words(headline, event, register)
    words = spans(by, parts, state) or spans((event.place or "").split(",")[0])
    return spans(words[:1], *((" · ", piece) for piece in words[1:]))


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
        words = answer_words(state) + by
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
