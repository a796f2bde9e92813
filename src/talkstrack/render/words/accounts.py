"""What each side says of one hand-over, in words: figures, categories, and who ties it to an agreement."""

from collections.abc import Iterable

from talkstrack.model.counts import pretty
from talkstrack.model.register import Register
from talkstrack.model.sums import Sum
from talkstrack.reports.exchanges import AccountFigure, FlowRow, HandOverRow


def each_way(figures: dict[str, str], towards: tuple[str, ...]) -> str:
    """Return `390 each`, or `390 to UKR · 27 to RUS`."""
    if len(figures) == len(towards) > 1 and len(set(figures.values())) == 1:
        return f"{next(iter(figures.values()))} each"
    return " · ".join(f"{text} to {to}" for to, text in figures.items())


def accounts_words(row: HandOverRow, register: Register, towards: tuple[str, ...], *, every: bool = False) -> str:
    """Return what each side says where they differ (with `every`: always): `to UKR 1,245, says UKR · 1,248, says RUS`.

    A side that gives no figure is named beside one that does.
    """
    told = {cell.to: _accounts(cell, register) for cell in row.directions if every or _differ(cell)}
    return _by_direction(told, towards)


def parts_words(row: HandOverRow, register: Register, towards: tuple[str, ...], *, every: bool = False) -> str:
    """Return each side's categories where they differ: `to UKR 33 military + 51 civilian, says UKR · ...`."""
    told = {}
    for cell in row.directions:
        broken = [one for one in cell.accounts if one.parts]
        if (every and broken) or len({_parts(one.parts) for one in broken}) > 1:
            told[cell.to] = " · ".join(_parts(one.parts) + _says(one, register) for one in broken)
    return _by_direction(told, towards)


def tied_words(row: HandOverRow, register: Register, towards: tuple[str, ...]) -> str:
    """Return who ties a hand-over to its agreement, or how much of it, where that is contested or not all of it."""
    names = ", ".join(register.called(side) for side in row.tied_by if side)
    if row.tied_by and row.denied_by:
        return f"by {names}; denied by {', '.join(register.called(side) for side in row.denied_by)}"
    if not row.under or not is_partly_tied(row):
        return ""
    figures = {cell.to: pretty(cell.tied.text) if cell.tied is not None else "none" for cell in row.directions}
    return each_way(figures, towards) + (f", says {names}" if names else "")


def is_partly_tied(row: HandOverRow) -> bool:
    """Whether a hand-over counts under its agreement with another figure than its own, by somebody's word."""
    return any(cell.tied is not None and cell.tied.text != cell.figure.text for cell in row.directions)


def tie_mark(row: HandOverRow, register: Register) -> str:
    """Return who ties a hand-over to its agreement: "" where it is undisputed, `*` where a side sees it otherwise."""
    if not row.tied_by:
        return ""
    sides = {one.side for cell in row.directions for one in cell.accounts if one.side in register.parties}
    is_undisputed = None in row.tied_by or sides <= set(row.tied_by)
    names = "" if is_undisputed else ",".join(register.called(side) for side in row.tied_by if side)
    return names + ("*" if row.denied_by or is_partly_tied(row) else "")


def _differ(cell: FlowRow) -> bool:
    texts = {one.figure.text for one in cell.accounts}
    return len(texts) > 1 and any(one.figure.state == "stated" for one in cell.accounts)


def _accounts(cell: FlowRow, register: Register) -> str:
    return " · ".join(_figure(one.figure) + _says(one, register) for one in cell.accounts)


def _figure(figure: Sum) -> str:
    return "no figure" if figure.state == "unknown" else pretty(figure.text)


def _says(one: AccountFigure, register: Register) -> str:
    if one.side is None:
        return ""
    who = register.called(one.side)
    return f" by {who}" if one.figure.state == "withheld" else f", says {who}"


def _parts(parts: dict[str, Sum]) -> str:
    stated = [f"{pretty(count.text)} {name}" for name, count in parts.items()]
    return " + ".join(stated)


def _by_direction(told: dict[str, str], towards: Iterable[str]) -> str:
    sides = tuple(towards)
    if len(told) == len(sides) > 1 and len(set(told.values())) == 1:
        return f"each way {next(iter(told.values()))}"
    return "; ".join(f"to {to} {words}" for to, words in told.items())
