"""Cut texts into the units a merge keeps whole, and bring those of three texts into one order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from talkstrack.ledger.reading.blocks import Block, Cut
from talkstrack.ledger.reading.statements import statements
from talkstrack.ledger.reading.syntax import parse
from talkstrack.model.names import fold

Key = tuple[Any, ...]

TOP: Final = ("header", (), 0)
"""The key of the unit above all header lines, which can stand nowhere else."""


class Unit(NamedTuple):
    """A block of a file or a statement of a block: what it is known by, the lines above it, its text and meaning.

    `name` is what messages call it. `said` is what it says as values.
    """

    key: Key
    name: str
    lead: str
    text: str
    said: Any

    @property
    def is_event(self) -> bool:
        """Whether this is an event, which is taken whole from one side or the other."""
        return bool(self.key[0] == "event")


class Strand(NamedTuple):
    """One unit as the three texts have it; None where it is not."""

    base: Unit | None
    ours: Unit | None
    theirs: Unit | None


class Sheet(NamedTuple):
    """A file as units, and the blank lines and comments after the last."""

    units: tuple[Unit, ...]
    end: str


NOTHING: Final = Sheet((), "")


def sheet(whole: Cut, text: str, floating: str = "") -> Sheet:
    """Return a file's units; `floating` are the comments at the end of the base, which new blocks may follow."""
    units = list(_counted(_block_unit(text, block) for block in whole.blocks))
    leads = [unit.lead for unit in units] + [whole.trailer]
    for number, lead in enumerate(leads if floating.strip() else ()):
        if length := _begins(lead, floating):
            units.insert(number, Unit(("comment", 0), "a comment", "", lead[:length], None))
            if number + 1 == len(leads):
                return Sheet(tuple(units), lead[length:])
            units[number + 1] = units[number + 1]._replace(lead=lead[length:])
            break
    return Sheet(tuple(units), whole.trailer)


def statement_units(text: str) -> list[Unit]:
    """Return the statements of a block as units: each known by its key and the table it stands in."""
    units: list[Unit] = []
    table: Key = ()
    rows: Counter[Key] = Counter()
    end = 0
    for statement in statements(text):
        first = text.rfind("\n", 0, statement.start) + 1
        own = text[first : statement.after]
        if statement.brackets:
            rows[statement.names] += 1
            table = (statement.names, rows[statement.names])
            units.append(Unit(("table", table), "", text[end:first], own, (statement.brackets, statement.names)))
        else:
            units.append(Unit(("pair", table, statement.names), "", text[end:first], own, parse(own)))
        end = statement.after
    return units


def flat(text: str) -> str:
    """Return a text without what newline style and blank lines after it make of it."""
    return text.replace("\r\n", "\n").rstrip("\n")


def meaning(said: Any) -> str:
    """Return the same words for the same values, whatever the order of the keys: 1, 1.0 and true are three."""
    if isinstance(said, dict):
        return "{" + ",".join(f"{key!r}:{meaning(said[key])}" for key in sorted(said)) + "}"
    if isinstance(said, (list, tuple)):
        return "[" + ",".join(map(meaning, said)) + "]"
    return repr(said)


def weave(base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit]) -> list[Strand]:
    """Bring the units of three texts into one order: what one side alone has stands below what it stood below.

    What a side has at its end stays at the end. In the same place ours comes first. The order of what both have
    is ours, unless only theirs has moved something.
    """
    old, left, right = ({unit.key: unit for unit in units} for units in (base, ours, theirs))
    order = [key for key in left if key in right]
    theirs_order = [key for key in right if key in left]
    base_order = [key for key in old if key in left and key in right]
    if base_order == [key for key in order if key in old] != [key for key in theirs_order if key in old]:
        order = theirs_order
    ours_after, theirs_after = _after(ours, right), _after(theirs, left)
    woven: list[Strand] = []
    for anchor in (None, *order, _END):
        if anchor in left and anchor in right:
            woven.append(Strand(old.get(anchor), left[anchor], right[anchor]))
        woven += [Strand(old.get(unit.key), unit, None) for unit in ours_after.get(anchor, ())]
        woven += [Strand(old.get(unit.key), None, unit) for unit in theirs_after.get(anchor, ())]
    woven.sort(key=lambda strand: (strand.ours or strand.theirs or strand.base or _NO_UNIT).key != TOP)
    return woven


def paired(base: Sequence[Unit], side: Sequence[Unit]) -> list[Unit]:
    """Know a row of the base again in a side where its title or its first day was corrected."""
    missing = {unit.key: unit for unit in base if unit.key[0] == "row"}
    for unit in side:
        missing.pop(unit.key, None)
    known = {unit.key for unit in base}
    order = list(side)
    for number, unit in enumerate(order):
        if unit.key[0] == "row" and unit.key not in known:
            for key in missing:
                if key[1] == unit.key[1] and any(key[part] == unit.key[part] != "" for part in (2, 3)):
                    del missing[key]
                    order[number] = unit._replace(key=key)
                    break
    return order


_END: Final = ("end",)
_NO_UNIT: Final = Unit((), "", "", "", None)


def _after(side: Sequence[Unit], other: dict[Key, Unit]) -> dict[Key | None, list[Unit]]:
    """Return what only this side has, by the last unit before it that the other has too, or by the end."""
    by_key: dict[Key | None, list[Unit]] = {}
    anchor: Key | None = None
    for unit in side:
        if unit.key in other:
            anchor = unit.key
        else:
            by_key.setdefault(anchor, []).append(unit)
    if anchor in by_key:
        by_key[_END] = by_key.pop(anchor)
    return by_key


def _block_unit(text: str, block: Block) -> Unit:
    lead, own = text[block.lead : block.start], text[block.start : block.end]
    if block.kind == "event":
        event = block.data or {}
        identity, revision = event.get("id"), event.get("revision", 1)
        said: Any = (event, [section.data for section in block.within]) if block.within else event
        if isinstance(identity, str) and type(revision) is int:
            return Unit(("event", identity, revision), identity, lead, own, said)
        return Unit(("event", flat(own), 0), f"the event in line {block.line}", lead, own, said)
    said = block.data
    for key in block.keys:
        said = said[key] if isinstance(said, dict) else said
    name = ".".join(block.keys)
    if isinstance(said, list) and len(said) == 1 and isinstance(said[0], dict):
        row = said[0]
        title, since = fold(str(row.get("title", ""))), str(row.get("from", ""))
        return Unit(("row", block.keys, title, since), f"[[{name}]]", lead, own, row)
    return Unit(("header", block.keys), f"[{name}]" if name else "what stands above all tables", lead, own, said)


def _counted(units: Iterator[Unit]) -> Iterator[Unit]:
    """Tell units with the same key apart by number."""
    seen: Counter[Key] = Counter()
    for unit in units:
        yield unit._replace(key=(*unit.key, seen[unit.key]))
        seen[unit.key] += 1


def _begins(lead: str, floating: str) -> int:
    """Return how much of the lines above a block are these comments with their last line end; 0 if they are not."""
    for comments in (floating, floating.replace("\n", "\r\n")):
        if lead == comments:
            return len(comments)
        for newline in ("\n", "\r\n"):
            if lead.startswith(comments + newline):
                return len(comments) + len(newline)
    return 0
