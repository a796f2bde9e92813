"""What a report on a selection stands on: all events that hold on its day, or of a long ledger what is linked to it."""

from typing import Literal

from talkstrack.index.select import Index, Selection
from talkstrack.model.dates.period import Day
from talkstrack.model.facets import UNITS, Claim
from talkstrack.rules.snapshot import Elsewhere, Snapshot

Need = Literal["everything", "events", "tally", "document"]
"""What is told: anything, the events alone, their tally, or a document of that with the claims beneath it."""
Kept = dict[tuple[object, Need], Snapshot]
"""What was made already, by what it is of: a selection, or all that was known on a day."""
MANY = 500
"""A ledger of fewer events is decoded whole for a report."""


def snapshot_of(index: Index, selection: Selection | None, need: Need, day: Day, kept: Kept) -> Snapshot:
    """Return what tells this need of a selection, made once: what is linked to it where that will do, else all."""
    known = selection.query.as_known if selection is not None else None
    asked: tuple[object, Need] = (known, "everything")
    some = None
    if selection is not None and need != "everything" and MANY <= selection.total > len(selection):
        asked = (selection, need)
        some = kept.get(asked) or linked(index, selection, need, day)
    if asked not in kept:
        kept[asked] = some or Snapshot(index.events(known), index.register, day)
    return kept[asked]


def linked(index: Index, selection: Selection, need: Need, day: Day) -> Snapshot | None:
    """Return the selected events and what is linked to them, which says of these what all would say.

    It says less of the others: None where what is told adds up what nobody ties to anything, or where it would be most
    of the ledger anyway.
    """
    if index.problems or len(selection) * 10 >= selection.total:
        return None
    known = selection.query.as_known
    untied = index.untied(known) if need == "document" else ()
    if len(untied) * 10 >= selection.total:
        return None
    events = index.around((*selection.ids, *untied), known, below=True)
    claiming = selection.events if need == "events" else events
    if any(_reaches_far(claim) for event in claiming for claim in event.claim):
        return None
    elsewhere = Elsewhere(
        receiving={unit: index.receiving(unit, known) for unit in UNITS},
        handed={unit: index.handed(unit, known) for unit in UNITS if need == "document"},
    )
    return Snapshot(events, index.register, day, elsewhere)


def _reaches_far(claim: Claim) -> bool:
    """Whether a claim is about more than an agreement or event."""
    return claim.since is not None or (claim.nth is not None and claim.under is None)
