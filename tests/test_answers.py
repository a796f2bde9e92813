"""Answers: an event's own responses, and those of later events about it."""

from ledgers import snapshot_from
from talkstrack.rules.answers import Answer, answers_to

TEXT = """
[[event]]
id = "offer"
kind = "proposal"
title = "Offer"
date = 2025-05-10
by = "UKR"
[[event.response]]
by = "RUS"
answer = "none"
[[event]]
id = "reply"
kind = "statement"
title = "Reply"
date = 2025-06-02
about = ["offer"]
[[event.response]]
by = "medinsky"
answer = "rejected"
date = 2025-06-01
note = "nothing new"
[[event]]
id = "correction"
kind = "statement"
title = "Correction"
date = 2025-06-03
about = "reply"
[[event.response]]
by = "RUS"
answer = "denied"
[[event]]
id = "aside"
kind = "statement"
title = "Aside"
date = 2025-06-03
"""


def test_a_response_answers_its_event_or_what_that_is_about() -> None:
    snapshot = snapshot_from(TEXT)
    none = Answer(by="RUS", answer="none", event="offer", date="2025-05-10", note=None)
    rejected = Answer(by="medinsky", answer="rejected", event="reply", date="2025-06-01", note="nothing new")
    denied = Answer(by="RUS", answer="denied", event="correction", date="2025-06-03", note=None)
    assert {event.id: answers_to(snapshot, event) for event in snapshot.events} == {
        "offer": (none, rejected),
        "reply": (denied,),
        "correction": (),
        "aside": (),
    }
