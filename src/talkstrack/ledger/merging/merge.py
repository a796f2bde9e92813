"""Merge two ledgers that came from one, block by block, so that nothing either side wrote is lost."""

import re
from typing import Final, NamedTuple

import msgspec

from talkstrack.ledger.merging import conflict as markers
from talkstrack.ledger.merging.conflict import LABELS, SIZE, Labels, marked
from talkstrack.ledger.merging.messages import Conflict
from talkstrack.ledger.merging.resolve import Settled, merged_comments, settle
from talkstrack.ledger.merging.units import NOTHING, Unit, meaning, paired, sheet, weave
from talkstrack.ledger.reading.blocks import Cut, cut, newline_of
from talkstrack.ledger.reading.conflict_markers import has_conflict, is_marker
from talkstrack.ledger.reading.location import BOM, line_text
from talkstrack.ledger.reading.read import read_text
from talkstrack.ledger.reading.syntax import ParseError
from talkstrack.ledger.reading.unreadable import LedgerError
from talkstrack.model.entries import FORMAT

_CHOOSE: Final = "look at what stands between the markers, keep what is right, and remove them"
_GAP = re.compile(r"(?:[ \t]*\r?\n)*")


class Merged(NamedTuple):
    """The text of a merge, and why a person has to look at it; nothing, if it is clean."""

    text: str
    conflicts: tuple[Conflict, ...]


class _Side(NamedTuple):
    text: str
    whole: Cut


def merge(
    base: str, ours: str, theirs: str, *, path: str, labels: tuple[str, str] = LABELS, marker_size: int = SIZE
) -> Merged:
    """Return one ledger with what both sides did since the base, and the conflicts that are marked in it.

    A base that is no TOML counts as absent. A side that cannot be read is a conflict of the whole file. What is
    wrong in the merged ledger and was in neither side is a conflict too; then no markers stand in the text.
    """
    if theirs in (base, ours):
        return Merged(ours, ())
    if ours == base:
        return Merged(theirs, ())
    called = Labels(*labels)
    sides = _Side(ours, cut(ours)), _Side(theirs, cut(theirs))
    for name, side in zip(called, sides, strict=True):
        if why := _unreadable(side):
            return _whole_file(ours, theirs, f"{name}: {why}", called, marker_size)
    settled, end = _settled(base, *sides)
    merged = _written(settled, end, sides[0], called, marker_size)
    if merged.conflicts:
        return merged
    if not _is_kept(merged.text, settled):
        why = "the blocks of both sides do not stay apart in one file"
        return _whole_file(ours, theirs, why, called, marker_size)
    return merged._replace(conflicts=_new_errors(merged.text, ours, theirs, path))


def _whole_file(ours: str, theirs: str, why: str, labels: Labels, size: int) -> Merged:
    """Return the conflict of two whole files, both of them in the text, which does not read as a ledger."""
    text = markers.whole_file(ours, theirs, labels, size)
    before = f"\n{text.removeprefix(BOM)}".split("\n" + "<" * size + f" {labels.ours}", 1)[0]
    line = 1 + before.count("\n")
    return Merged(text, (Conflict(reason="unreadable", subject=None, message=why, hint=_CHOOSE, line=line),))


def _settled(base: str, ours: _Side, theirs: _Side) -> tuple[list[Settled], str]:
    """Return every unit of the merged file as it is to be, and the comments after the last."""
    floating, old = "", NOTHING
    if not has_conflict(base):
        whole = cut(base)
        if not _faults(whole):
            floating = whole.trailer.replace("\r\n", "\n").rstrip("\n")
            old = sheet(whole, base, floating)
    newline = newline_of(ours.text)
    left, right = (sheet(side.whole, side.text, floating) for side in (ours, theirs))
    strands = weave(old.units, paired(old.units, left.units), paired(old.units, right.units))
    settled = [settle(strand, newline) for strand in strands]
    return settled, merged_comments(old.end, left.end, right.end, newline)


def _written(settled: list[Settled], end: str, ours: _Side, labels: Labels, size: int) -> Merged:
    """Put units after each other, those in conflict between markers."""
    newline = newline_of(ours.text)
    out = [BOM] if ours.text.startswith(BOM) else []
    conflicts: list[Conflict] = []
    line, last = 1, ""
    for piece in settled:
        before = newline if last and not last.endswith("\n") else ""
        if piece.unit:
            text = before + _apart(piece, piece.unit, last, newline) + piece.unit.lead + piece.unit.text
        elif piece.conflict:
            gap, between = _between(piece, labels, size, newline)
            text = before + gap + between
            at = line + (before + gap).count("\n")
            conflicts.append(msgspec.structs.replace(piece.conflict, line=at))
        else:
            continue
        out.append(text)
        line += text.count("\n")
        last = text or last
    if end.strip() and last and not last.endswith("\n"):
        out.append(newline)
    return Merged("".join((*out, end)), tuple(conflicts))


def _apart(piece: Settled, unit: Unit, last: str, newline: str) -> str:
    """Return the blank line that keeps what theirs added apart from what now stands above it."""
    is_close = piece.is_added and last and unit.key[0] in ("event", "header")
    return newline if is_close and not _gap(unit.lead) else ""


def _between(piece: Settled, labels: Labels, size: int, newline: str) -> tuple[str, str]:
    """Return the blank lines above a conflict, and both its sides between markers."""
    bodies = [unit.lead + unit.text if unit else "" for unit in (piece.ours, piece.theirs)]
    ours, theirs = (body[len(_gap(body)) :] for body in bodies)
    return _gap(bodies[0] or bodies[1]), marked(ours, theirs, labels, size, newline)


def _gap(text: str) -> str:
    """Return the blank lines a text begins with."""
    gap = _GAP.match(text)
    return gap[0] if gap else ""


def _is_kept(text: str, settled: list[Settled]) -> bool:
    """Tell whether the merged text says block by block what it was made of."""
    wanted = [piece.unit for piece in settled if piece.unit and piece.unit.key[0] != "comment"]
    units = sheet(cut(text), text).units
    return len(units) == len(wanted) and all(
        unit.said == other.said or meaning(unit.said) == meaning(other.said)
        for unit, other in zip(units, wanted, strict=True)
    )


def _new_errors(text: str, ours: str, theirs: str, path: str) -> tuple[Conflict, ...]:
    """Return the errors of the merged ledger that neither side has."""
    problems = _errors(text, path)
    if not problems:
        return ()
    known = {key for side in (ours, theirs) for key, _ in _errors(side, path)}
    return tuple(conflict for key, conflict in problems if key not in known)


def _errors(text: str, path: str) -> list[tuple[tuple[str | None, ...], Conflict]]:
    """Return the errors of a ledger, each with what makes it the same error in another text."""
    hint = "both sides are in the file and each alone was right: correct it, then see talkstrack check"
    try:
        problems = read_text(text, path).errors
    except LedgerError as error:
        conflict = Conflict(reason="new-error", subject=None, message=error.message, hint=hint, line=error.line)
        return [((error.slug, None, error.message), conflict)]
    return [
        (
            (problem.slug, problem.subject, re.sub(r"\bline \d+", "line", problem.message)),
            Conflict(
                reason="new-error",
                subject=problem.subject,
                message=f"together the sides are wrong: {problem.message} [{problem.slug}]",
                hint=problem.hint or hint,
                line=problem.line,
            ),
        )
        for problem in problems
    ]


def _faults(whole: Cut) -> list[ParseError]:
    return [*whole.header_faults, *(block.fault for block in whole.blocks if block.kind == "event" and block.fault)]


def _unreadable(side: _Side) -> str | None:
    """Say why a side's blocks cannot be told apart or told what they mean."""
    try:
        side.text.encode()
    except UnicodeEncodeError:
        return "it is not UTF-8"
    if faults := _faults(side.whole):
        fault = min(faults, key=lambda fault: fault.line)
        if is_marker(line_text(side.text, fault.line)):
            return f"an older conflict still stands in line {fault.line}"
        return f"line {fault.line} is not TOML: {fault.message}"
    heading = side.whole.header.get("ledger")
    if not isinstance(heading, dict):
        return "it has no [ledger] table"
    version = heading.get("format", FORMAT)
    return None if version == FORMAT else f"it has format {version}; this talkstrack merges format {FORMAT}"
