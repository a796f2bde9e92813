"""Cut a ledger's text into blocks, and parse each on its own so that a fault costs only its own block."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from talkstrack.ledger.reading.block_bounds import extent, header_keys, next_word
from talkstrack.ledger.reading.conflict_markers import conflict_at
from talkstrack.ledger.reading.location import BOM, Path, SourceRange, locate
from talkstrack.ledger.reading.statements import statements
from talkstrack.ledger.reading.syntax import ParseError, fault_at, parse


class Block(msgspec.Struct, frozen=True):
    """A header line with what follows it, and the comments above it that belong to it.

    Offsets are into the whole text: comments and blank lines from `lead`, the header line from `start`, the
    last line that says something up to `end`; `text` is what stands from `start` to `end`. `line` is the
    number of the header line. `keys` is its key, empty for a broken one and for keys above all headers.
    `data` is the event, or for a header block the document this block would be alone; None with a fault.
    `within` are header blocks that stand inside an event, between its facets.
    """

    kind: Literal["event", "header"]
    keys: tuple[str, ...]
    lead: int
    start: int
    end: int
    line: int
    text: str
    data: dict[str, Any] | None
    fault: ParseError | None
    within: tuple["Block", ...] = ()


class Group(NamedTuple):
    """Header blocks that are parsed as one document: its text, and the line in it on which each begins."""

    sections: tuple[Block, ...]
    text: str
    starts: list[int]


Groups = dict[tuple[str, ...], Group]
Newline = Literal["\n", "\r\n"]


class Cut(msgspec.Struct, frozen=True):
    """A whole ledger text: the BOM if any, each block from lead to end, and the trailer are all of it.

    `header` is what all header blocks say together; those that clash with an earlier one are left out and
    told in `header_faults`, as are the broken ones. `groups` are the header blocks that were taken, by as
    much of their key as no block of another group shares. An event's fault stands on its own block.
    """

    blocks: tuple[Block, ...]
    trailer: str
    header: dict[str, Any]
    header_faults: tuple[ParseError, ...]
    groups: Groups

    def locate_header(self, path: Path, *, key: bool = False) -> SourceRange:
        """Return the place in the file of a value of the header, as `locate` does within one block."""
        names = tuple(str(step) for step in path[:2])
        near = [self.groups[keys] for keys in ((), names[:1], names) if keys in self.groups]
        if not near:
            near = [group for keys, group in self.groups.items() if keys[:1] == names[:1]][:1]
        if not near:
            return SourceRange(1, 1, 1)
        sections, text, starts = near[0]
        span = locate(text, path, key=key)
        number = bisect_right(starts, span.line) - 1
        return span._replace(line=sections[number].line + span.line - starts[number])


def cut(text: str, *, first_line: int = 1) -> Cut:
    """Cut a ledger's text into blocks; `first_line` is the number of the text's first line in its file."""
    return gathered(text, tuple(blocks(text, first_line=first_line)))


def gathered(text: str, parts: tuple[Block, ...]) -> Cut:
    """Return the cut of a text whose blocks were taken one by one, perhaps with the events' data let go."""
    header, faults, groups = _header(parts)
    return Cut(
        blocks=parts,
        trailer=text[parts[-1].end :] if parts else text.removeprefix(BOM),
        header=header,
        header_faults=faults,
        groups=groups,
    )


def newline_of(text: str) -> Newline:
    """Return the newline most lines of a text end with."""
    crlf = text.count("\r\n")
    return "\r\n" if crlf and crlf * 2 >= text.count("\n") else "\n"


def blocks(text: str, *, first_line: int = 1) -> Iterator[Block]:
    """Yield the blocks of a ledger's text one by one, each parsed; an event with all that continues it."""
    held: list[Block] = []
    for piece in _pieces(text, first_line):
        is_more = piece.kind == "event" and len(piece.keys) > 1 and bool(held)
        if piece.kind == "event" and not is_more:
            yield from _joined(text, held)
            held = [_as_event(piece)]
        elif held:
            held.append(piece)
        else:
            yield piece
    yield from _joined(text, held)


def _pieces(text: str, line: int) -> Iterator[Block]:
    """Yield a block for every header line but those that go on with the event right above them."""
    lead = len(BOM) if text.startswith(BOM) else 0
    first = next(statements(text, lead), None)
    if first is None:
        parsed = parse(text[lead:], line)
        if isinstance(parsed, ParseError):
            yield Block("header", (), lead, lead, len(text), line, text[lead:], None, parsed)
        return
    start = max(lead, text.rfind("\n", 0, first.start) + 1)
    while start < len(text):
        keys = header_keys(text, start)
        kind: Literal["event", "header"] = "event" if keys[:1] == ("event",) else "header"
        end, following, parsed = extent(text, lead, start, lead_line=line, in_event=kind == "event")
        line += text.count("\n", lead, start)
        own = text[start:end]
        if isinstance(parsed, dict) and (marker := conflict_at(own)) >= 0:  # within a string of several lines
            parsed = fault_at(own, marker, "a conflict", line)
        if isinstance(parsed, ParseError):
            yield Block(kind, keys, lead, start, end, line, own, None, parsed)
        else:
            yield Block(kind, keys, lead, start, end, line, own, parsed, None)
        line += text.count("\n", start, end)
        lead, start = end, following


def _as_event(piece: Block) -> Block:
    """Return the piece with its event for data, or the fault that it is not written as `[[event]]`."""
    if piece.data is None:
        return piece
    events = piece.data["event"]
    if isinstance(events, list):
        return msgspec.structs.replace(piece, data=events[0])
    indent = next_word(piece.text, 0)
    message = "an event begins with [[event]], not [event]"
    if len(piece.keys) > 1:
        header = piece.text[indent:].splitlines()[0].rstrip()
        message = f"{header} stands before the first [[event]]"
    return msgspec.structs.replace(piece, data=None, fault=ParseError(message, piece.line, indent + 1))


def _joined(text: str, held: list[Block]) -> list[Block]:
    """Join an event with its later facets where header blocks stand between them; others stay as they are."""
    last = max((number for number, piece in enumerate(held) if piece.kind == "event"), default=0)
    if not last:
        return held
    first, pieces = held[0], held[: last + 1]
    end = pieces[-1].end
    own = "".join(
        text[piece.lead : piece.end] if piece.kind == "event" else "\n" * text.count("\n", piece.lead, piece.end)
        for piece in pieces
    )
    if next(statements(text, end), None) is None:
        own += text[end:]
    parsed = first.fault or parse(own, first.line - text.count("\n", first.lead, first.start))
    event = msgspec.structs.replace(
        first,
        end=end,
        text=text[first.start : end],
        data=parsed["event"][0] if isinstance(parsed, dict) else None,
        fault=parsed if isinstance(parsed, ParseError) else None,
        within=tuple(piece for piece in pieces if piece.kind == "header"),
    )
    return [event, *held[last + 1 :]]


def _header(parts: Sequence[Block]) -> tuple[dict[str, Any], tuple[ParseError, ...], Groups]:
    """Return what the header blocks say as one document, the faults, and the blocks that were taken.

    Sections are parsed in groups that share no table, so that a fault has only its own group parsed again.
    """
    sections = [section for part in parts for section in ((part,) if part.kind == "header" else part.within)]
    faults = [section.fault for section in sections if section.fault]
    header: dict[str, Any] = {}
    groups: Groups = {}
    for keys, group in _groups([section for section in sections if not section.fault]).items():
        groups[keys], parsed, clashes = _together(group)
        faults += clashes
        if len(keys) == 2:
            header.setdefault(keys[0], {})[keys[1]] = parsed[keys[0]][keys[1]]
        else:
            header |= parsed
    if "event" in header:
        del header["event"]
        top = groups[()].sections[0]
        span = locate(top.text, ("event",), key=True)
        message = "an event begins with [[event]], it is not a value"
        faults.append(ParseError(message, top.line + span.line - 1, span.column))
    return header, tuple(sorted(faults, key=lambda fault: (fault.line, fault.column))), groups


def _groups(sections: Sequence[Block]) -> dict[tuple[str, ...], list[Block]]:
    """Sort sections by as much of their key as no section of another group shares."""
    wide = {section.keys[:1] for section in sections if len(section.keys) < 2}
    groups: dict[tuple[str, ...], list[Block]] = {}
    for section in sections:
        keys = () if () in wide else section.keys[:1] if section.keys[:1] in wide else section.keys[:2]
        groups.setdefault(keys, []).append(section)
    return groups


def _together(group: list[Block]) -> tuple[Group, dict[str, Any], list[ParseError]]:
    """Parse sections as one document, leaving out those that clash with an earlier one."""
    kept = list(group)
    faults: list[ParseError] = []
    while True:
        document = _document(kept)
        parsed = parse(document.text) if len(kept) > 1 else kept[0].data or {}
        if isinstance(parsed, dict):
            return document, parsed, faults
        number = max(bisect_right(document.starts, parsed.line) - 1, 1)
        clashing = kept.pop(number)
        line = clashing.line + max(parsed.line - document.starts[number], 0)
        faults.append(ParseError(parsed.message, line, parsed.column))


def _document(sections: Sequence[Block]) -> Group:
    """Return the sections' text in one, and the line on which each begins."""
    starts, line = [], 1
    for section in sections:
        starts.append(line)
        line += section.text.count("\n") + (not section.text.endswith("\n"))
    texts = (section.text if section.text.endswith("\n") else section.text + "\n" for section in sections)
    return Group(tuple(sections), "".join(texts), starts)
