"""Settle what becomes of one unit of a merge: ours, theirs, both in one, gone, or in conflict."""

from typing import Any, NamedTuple

from talkstrack.ledger.merging.conflict import with_newline
from talkstrack.ledger.merging.messages import Conflict, clash
from talkstrack.ledger.merging.units import Strand, Unit, flat, meaning, sheet, statement_units, weave
from talkstrack.ledger.reading.blocks import cut


class Settled(NamedTuple):
    """What is to stand in the merged file: the unit, or both sides of a conflict, or nothing.

    `is_added` says that only theirs has it, so that it comes to stand among lines of ours.
    """

    unit: Unit | None
    is_added: bool = False
    conflict: Conflict | None = None
    ours: Unit | None = None
    theirs: Unit | None = None


def settle(strand: Strand, newline: str) -> Settled:
    """Settle one unit of a file; what is taken from theirs gets the newline of ours."""
    theirs = _in_style(strand.theirs, newline)
    strand = strand._replace(theirs=theirs)
    if strand.ours and theirs:
        unit = _both(strand, strand.ours, theirs, newline)
    else:
        unit = strand.ours or theirs
        if strand.base and unit:
            if flat(strand.base.text) == flat(unit.text):
                return Settled(None)
            unit = None
    if unit is None:
        return Settled(None, conflict=clash(strand), ours=strand.ours, theirs=theirs)
    return Settled(unit, is_added=strand.ours is None)


def merged_comments(base: str, ours: str, theirs: str, newline: str) -> str:
    """Merge the comments above a unit: those of the side that changed them; of both, ours and what theirs added."""
    if flat(theirs) in (flat(base), flat(ours)):
        return ours
    theirs = with_newline(theirs, newline)
    if flat(ours) == flat(base):
        return theirs
    known = {line.strip() for line in f"{base}\n{ours}".split("\n")}
    added = [line for line in theirs.split("\n") if line.strip() and line.strip() not in known]
    between = newline if added and ours and not ours.endswith("\n") else ""
    return ours + between + "".join(line.rstrip("\r") + newline for line in added)


def _both(strand: Strand, ours: Unit, theirs: Unit, newline: str) -> Unit | None:
    """Return the unit that both sides have, or None if they have it in two ways."""
    base = strand.base
    lead = merged_comments(base.lead if base else "", ours.lead, theirs.lead, newline)
    if flat(theirs.text) in (flat(ours.text), flat(base.text) if base else None):
        return ours._replace(lead=lead)
    if base and flat(ours.text) == flat(base.text):
        return theirs._replace(lead=lead)
    if meaning(ours.said) == meaning(theirs.said):
        return ours._replace(lead=lead)
    if ours.is_event and not (base and meaning(base.said) in (meaning(ours.said), meaning(theirs.said))):
        return None
    mixed = _by_statement(base, ours, theirs, newline)
    return mixed and mixed._replace(lead=lead)


def _by_statement(base: Unit | None, ours: Unit, theirs: Unit, newline: str) -> Unit | None:
    """Return the unit with the statements of both sides, or None if they clash.

    An event is not mixed: one side must have changed comments and layout alone.
    """
    strands = weave(
        statement_units(base.text) if base else [], statement_units(ours.text), statement_units(theirs.text)
    )
    text = ""
    for strand in strands:
        statement = _statement(strand, newline)
        if statement is None:
            return None
        text += statement if not text or text.endswith("\n") else newline + statement
    units = sheet(cut(text), text).units
    if len(units) != 1 or units[0].key[:2] != ours.key[:2]:
        return None
    said = units[0].said
    if ours.is_event and base:
        changed = theirs if meaning(base.said) == meaning(ours.said) else ours
        if meaning(said) != meaning(changed.said):
            return None
    return ours._replace(text=text, said=said)


def _statement(strand: Strand, newline: str) -> str | None:
    """Return what becomes of one statement, nothing if it is gone; None if the sides clash."""
    base, ours, theirs = strand
    if ours and theirs:
        lead = merged_comments(base.lead if base else "", ours.lead, theirs.lead, newline)
        if flat(theirs.text) in (flat(ours.text), flat(base.text) if base else None):
            return lead + ours.text
        if (base and flat(ours.text) == flat(base.text)) or _is_said(base, ours):
            return lead + theirs.text
        if meaning(ours.said) == meaning(theirs.said) or _is_said(base, theirs):
            return lead + ours.text
        return None
    side: Any = ours or theirs
    if base is None:
        return str(side.lead + side.text)
    return "" if flat(base.text) == flat(side.text) else None


def _is_said(base: Unit | None, side: Unit) -> bool:
    return base is not None and meaning(base.said) == meaning(side.said)


def _in_style(unit: Unit | None, newline: str) -> Unit | None:
    if unit is None:
        return None
    return unit._replace(lead=with_newline(unit.lead, newline), text=with_newline(unit.text, newline))
