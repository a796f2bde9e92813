"""Small ledgers of agreements and hand-overs, for the tests of the adding-up rules."""

from ledgers import block
from talkstrack.model.sums import Sum
from talkstrack.rules.accounts import Flow, flows
from talkstrack.rules.snapshot import Snapshot

Told = tuple[str, int, int | None]
"""A sum as its text, its low and its high."""

TALKS = block("talks", "talks", "'2025-05'")


def agreement(event_id: str = "a1", *promises: str, when: str = "2025-05-16", text: str = "") -> str:
    """Write an agreement; a promise is `ID WHAT` or `ID WHAT TO`."""
    rows = []
    for promise in promises or ("people people", "bodies bodies"):
        name, what, *to = promise.split()
        towards = f'to = "{to[0]}"\n' if to else ""
        rows.append(f'[[event.commitment]]\nid = "{name}"\nwhat = "{what}"\ncount = 1000\n{towards}')
    return block(event_id, "agreement", when, text + "\n" + "".join(rows))


def hand(event_id: str, *rows: str, when: str = "2025-06-01", kind: str = "exchange", text: str = "") -> str:
    """Write a hand-over; a row is `COUNT [by=WHO] [to=WHO] [under=LINK|under=-] [what=UNIT]`, to Ukraine by default."""
    return block(event_id, kind, when, text + "\n" + "".join(transfer(row) for row in rows))


def transfer(row: str) -> str:
    """Write a transfer from its short form; `parts=a:1,b:2` breaks it down, `under=-` denies a link."""
    count, *words = row.split()
    fields = dict(word.split("=", 1) for word in words)
    lines = [f'to = "{fields.pop("to", "UKR")}"', f'count = "{count}"']
    if parts := fields.pop("parts", ""):
        pairs = (part.split(":") for part in parts.split(","))
        lines.append("parts = { " + ", ".join(f'{name} = "{value}"' for name, value in pairs) + " }")
    lines += [f'{field} = "{"" if value == "-" else value}"' for field, value in fields.items()]
    return "[[event.transfer]]\n" + "\n".join(lines) + "\n"


def told(figure: Sum | None) -> Told | None:
    """Return a sum's text and bounds."""
    return None if figure is None else (figure.text, figure.low, figure.high)


def exact(number: int) -> Told:
    """Return what an exact sum tells."""
    return str(number), number, number


def group_in(snapshot: Snapshot, event: str, to: str = "UKR") -> Flow:
    """Return the one group of an event towards a side."""
    found = [group for group in flows(snapshot, snapshot.by_id[event]) if group.receiver == to]
    assert len(found) == 1
    return found[0]
