"""Numbers as they stand in the tables, and the tables as Markdown."""

import sys
from collections.abc import Sequence

from measure import Run


def ms(seconds: float) -> str:
    """Return seconds as whole milliseconds."""
    return f"{seconds * 1000:,.0f}"


def mib(size: float) -> str:
    """Return MiB as a whole number; "-" where nothing could be measured."""
    return f"{size:,.0f}" if size else "-"


def ratio(one: Run, other: Run) -> str:
    """Return how many times as long one took, in processor time and on the clock."""
    return f"{one.cpu / other.cpu:.2f} ({one.wall / other.wall:.2f})"


def budget(one: Run, other: Run, most: float | None) -> tuple[str, str]:
    """Return such a ratio, and what it may be: with a mark where it is more, in processor time."""
    over = " **over**" if most is not None and one.cpu / other.cpu > most else ""
    return ratio(one, other), f"≤ {most}{over}" if most is not None else ""


def table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table as Markdown."""
    print(f"\n### {title}\n\n| {' | '.join(heads)} |\n|{'|'.join('---' for _ in heads)}|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()
