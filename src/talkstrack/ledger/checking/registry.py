"""Every problem a ledger can have: its slug, how grave it is, and why it matters."""

from typing import NamedTuple

from talkstrack.errors import Severity


class Check(NamedTuple):
    """A stable slug, whether it makes totals untrustworthy, and one line on what is wrong and why it matters."""

    slug: str
    severity: Severity
    summary: str


_ERRORS = {
    # made where text becomes values: the reader, model/shape, model/event, model/register
    "syntax": "the text is not TOML, so this block says nothing",
    "wrong-type": "a field holds another type of value than it takes",
    "unknown-key": "no field has this name; a typing slip must not vanish",
    "missing-field": "a field is left out without which the table says nothing",
    "empty-text": "a field is there and says nothing; what is not known is left out",
    "bad-value": "a field takes one of a few words, and this is none of them",
    "bad-id": "an id or code has other characters than an id may have, so nothing can refer to it safely",
    "bad-date": "a date cannot be read, or is a day that does not exist",
    "bad-duration": "the time a deadline leaves cannot be read",
    "bad-count": "a count cannot be read",
    "out-of-range": "a number is too small or too large for what it numbers",
    # names
    "unknown-kind": "the kind is neither built in nor defined by the ledger, so no report would show it rightly",
    "unknown-party": "a party is not in the register, so its people and figures would fall out of every tally",
    "unknown-person": "the person is not in the register, so nobody would hold the office",
    "unknown-name": "who says so is no party, person or source of the register, so the figure has no side",
    "unknown-source": "a source is not in the register, so the value cannot be traced",
    "ambiguous-name": "a name means two entries of the register, and which one is not said",
    # one event
    "mixed-accounts": "some rows say whose figure it is and some do not, so they can be neither added nor set apart",
    "parts-sum": "the parts cannot add up to the count",
    "same-party": "people are handed over from a party to itself",
    "commitment-conflict": "one side promises the same thing twice in one event, so what was promised is open",
    "revision-incomplete": "a revision does not say why or when, so the past could not be replayed",
    # links between events
    "missing-facet": "an event lacks what its kind is there to tell",
    "duplicate-id": "an id stands twice without a revision, so a reference to it means two events",
    "revision-order": "the revisions of an event are not 1, 2, 3 in this order, so which one holds is open",
    "unknown-event": "a reference names an event that is not in the ledger",
    "unknown-commitment": "a reference names a commitment that its event does not have",
    "ambiguous-commitment": "two commitments of the agreement fit, and which one is served is not said",
    "unfit-commitment": "people are handed over under a promise of bodies, or bodies under one of people",
    "retracted-referenced": "a reference leads to an event that was retracted, or to a commitment it no longer has",
    "self-reference": "an entry refers to itself",
    "reference-cycle": "references lead round in a circle, so nothing stands at the top",
}

_WARNINGS = {
    # sources
    "no-source": "nothing says where the event is known from",
    "single-witness": "every source of the event goes back to one: copies are no further witnesses",
    "weak-source": "the event rests on sources to be used with care alone",
    "bare-source": "a source without publisher, title and address cannot be found again",
    # people and bodies
    "unregistered-person": "a person is not in the register, so other spellings and offices are not known",
    "foreign-member": "a member of a delegation belongs to another party in the register: perhaps a namesake",
    "office-not-held": "a delegate held none of the offices that the ledger knows of that day",
    "delegation-size": "more members are named than the delegation is said to have had",
    "delegation-left": "a person is said to have left a delegation and is listed in it",
    "shared-alias": "two entries of the register share a name, so one of them cannot be called by it",
    # days
    "planned-past": "the day of a planned event has passed, and the ledger does not say what came of it",
    "held-future": "an event is said to have been held on a day that has not come",
    "date-order": "two dates stand in an order that time does not allow",
    "early-answer": "an answer is dated before what it answers",
    "weekday-mismatch": "the source's words name a weekday that the date does not have",
    "deadline-passed": "a deadline has passed without an outcome",
    "round-gap": "the numbers of the rounds skip one, so a round may be missing",
    "round-order": "a round is dated before the one before it",
    # figures
    "claim-above": "a claim is above everything recorded",
    "claim-below": "a claim is below everything recorded",
    "whole-and-parts": "what is recorded of a whole and of its parts cannot both be true",
    "added-rows": "rows of one side are added up that may be two reports of the same people",
    "mixed-readings": "a commitment has readings with and without a side",
    "claim-without-scope": "a claim has nothing to be checked against: neither `under` nor `since` nor own figures",
    # slips of the hand
    "key-below-facet": "a key of the event seems to stand below a facet, and belongs to the facet there",
    "part-of-other-kind": "`part_of` joins a hand-over to an event of another kind, where it is no stage of it",
    "likely-duplicate": "two events of the same kind, day and agreement may be one, counted twice",
    "control-character": "a text holds characters that are not seen, or turn the reading direction",
}

CHECKS: dict[str, Check] = {
    **{slug: Check(slug, "error", summary) for slug, summary in _ERRORS.items()},
    **{slug: Check(slug, "warning", summary) for slug, summary in _WARNINGS.items()},
}
"""Every slug that `check` can print, errors first."""
