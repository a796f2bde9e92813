"""The bytes of a ledger at one moment; those of a large one are read as far as they are asked for."""

from collections.abc import Iterator
from functools import cached_property

from talkstrack.ledger.writing.refused import write_error

_SLICE = 1 << 18


class LedgerBytes:
    """What a ledger says: bytes at hand, or an open file that is not to change meanwhile.

    `shown` is the ledger's name in the WriteError that is raised where it cannot be read.
    """

    def __init__(self, size: int, *, held: bytes | None = None, descriptor: int = -1, shown: str = "") -> None:
        self.size = size
        self._held = held
        self._descriptor = descriptor
        self._shown = shown
        self._known = (0, 1)

    @classmethod
    def of(cls, content: bytes) -> "LedgerBytes":
        """Return a content that is at hand."""
        return cls(len(content), held=content)

    @property
    def is_held(self) -> bool:
        """Whether it is at hand, and not read again from the file."""
        return self._held is not None

    @cached_property
    def whole(self) -> bytes:
        """All of it."""
        return self.part(0)

    def part(self, start: int, end: int | None = None) -> bytes:
        """Return the bytes from `start` on, up to `end`."""
        if self._held is not None:
            return self._held[start:end]
        try:
            with open(self._descriptor, "rb", closefd=False) as file:
                file.seek(start)
                return file.read(max(0, (self.size if end is None else end) - start))
        except OSError as error:
            raise write_error(error, self._shown) from error

    def slices(self) -> Iterator[bytes | memoryview]:
        """Yield all of it piece by piece; a piece is good until the next is asked for. Here OSError stays itself."""
        if self._held is not None:
            yield self._held
            return
        room = memoryview(bytearray(_SLICE))  # one room for all: fresh memory costs more than the reading
        with open(self._descriptor, "rb", buffering=0, closefd=False) as file:
            file.seek(0)
            while count := file.readinto(room):
                yield room[:count]

    def know(self, offset: int, line: int) -> None:
        """Take it as known that this line begins at this offset, so that lines are counted from there on."""
        self._known = (offset, line)

    @property
    def last_line(self) -> int:
        """The number of the line that a further byte would stand on."""
        offset, line = self._known
        return line + self.part(offset).count(b"\n")
