"""Tell whether what is to be appended to a ledger brings no error into it, from the index alone: a large ledger is
not read again for that."""

from talkstrack.index.ending import Unsure, links_fit, read_ending
from talkstrack.index.limits import LIMITS
from talkstrack.index.select import Index, Store
from talkstrack.index.stamp import digest
from talkstrack.ledger.writing.snapshot_bytes import LedgerBytes


def fits(index: Index, standing: LedgerBytes, added: bytes) -> bool:
    """Tell whether a ledger that is without error still is with these bytes; False also where only the whole tells.

    The index must have been opened while the ledger was locked: only a small one is held against its digest again.
    """
    return index.ask(lambda store: _fits(store, standing, added))


def _fits(store: Store, standing: LedgerBytes, added: bytes) -> bool:
    end = store.last_event
    if end is None or store.problems or not added.startswith((b"\n", b"\r")):
        return False
    if standing.size <= LIMITS.digested and store.made_from != digest(standing.whole):
        return False
    offset, line = end
    last = standing.part(offset)
    try:
        ending = read_ending(last, last + added, line, store.register())
    except Unsure:
        return False
    return links_fit(store.connection, ending)
