"""The sizes from which on the index goes another way; tests set them low to walk all ways with small ledgers."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Sizes in bytes.

    A ledger up to `digested` is always held against its digest. An index up to `small` is read whole and held against
    its digest each time. A ledger from `large` on is read in pieces of about `piece`, by two processes where there are
    two.
    """

    digested: int = 1_000_000
    small: int = 1_000_000
    large: int = 3_000_000
    piece: int = 1_000_000


LIMITS = Limits()
