"""Of a long ledger, give a report only what it needs to say the same as it would say of all."""

from typing import Literal

from talkstrack.cli.load import Ledger, everything
from talkstrack.index.select import Selection
from talkstrack.model.event import Claim, What
from talkstrack.model.query import Query
from talkstrack.rules.snapshot import Elsewhere, Snapshot

MANY = 500
"""A ledger of fewer events is decoded whole for a report."""

Need = Literal["events", "tally", "page"]
"""What is told: the events alone, their tally with the claims of others beneath it, or a page of that."""

_UNITS: tuple[What, ...] = ("people", "bodies")


def enough(ledger: Ledger, query: Query, selection: Selection, *, need: Need = "events", many: int = MANY) -> Snapshot:
    """Return a book that says of the selected events what the book of all says.

    It says less of the others: a report that adds up what nobody ties to anything needs everything.
    """
    if len(selection) == selection.total:
        return Snapshot(selection.events, ledger.register, ledger.env.today.toordinal())
    if selection.total < many or ledger.problems or len(selection) * 10 >= selection.total:
        return everything(ledger, query.as_known)
    store, known = ledger.store, query.as_known
    untied = store.untied(known) if need == "page" else ()
    if len(untied) * 10 >= selection.total:
        return everything(ledger, known)
    events = store.around((*selection.ids, *untied), known, below=True)
    claiming = selection.events if need == "events" else events
    if any(_reaches_far(claim) for event in claiming for claim in event.claim):
        return everything(ledger, known)
    beyond = Elsewhere(
        receiving={unit: store.receiving(unit, known) for unit in _UNITS},
        handed={unit: store.handed(unit, known) for unit in _UNITS if need == "page"},
    )
    return Snapshot(events, ledger.register, ledger.env.today.toordinal(), beyond)


def _reaches_far(claim: Claim) -> bool:
    """Whether a claim is about more than an agreement or event."""
    return claim.since is not None or (claim.nth is not None and claim.under is None)
