"""Say in words what a write does to the totals."""

from talkstrack.model.counts import pretty
from talkstrack.model.sums import Sum
from talkstrack.reports.effects import Effects


def effect_lines(effects: Effects) -> list[str]:
    """Return a line per total that changed: `people to UKR  ~1,455+ → ~1,539+`."""
    rows: list[tuple[str, str]] = []
    for one in effects.sums:
        name, after = f"{one.what} to {one.to}", _words(one.after)
        if one.before is None:
            rows.append((name, f"{after} more"))
        elif one.before != one.after:
            rows.append((name, f"{_words(one.before)} → {after}"))
    changed = [one for one in effects.numbers if one.before != one.after]
    rows += [(f"events of kind {one.kind}", f"{one.before:,} → {one.after:,}") for one in changed]
    width = max((len(name) for name, _ in rows), default=0)
    return [f"{name:<{width}}  {words}" for name, words in rows]


def _words(total: Sum) -> str:
    if not total.terms:
        return "0"
    holes = total.undisclosed
    return pretty(total.text) + (f" ({holes:,} undisclosed)" if holes else "")
