"""A report as one JSON document, or as one JSON row a line."""

from collections.abc import Sequence

import msgspec

from talkstrack.render.view import Envelope

_UNSAFE = {code: f"\\u{code:04x}" for code in (
    *range(0x7F, 0xA0), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
)}  # fmt: skip


_ENCODE_INTO = msgspec.json.Encoder().encode_into
_AT_END = -1


def as_json(envelope: Envelope, *, for_terminal: bool = False) -> bytes:
    """Return the envelope as one document, a row a line; indented and without live control signs for a terminal."""
    document = bytearray(b'{"schema":')
    _put(document, envelope.schema)
    document += b',\n"ledger":'
    _put(document, envelope.ledger)
    document += b',\n"query":'
    _put(document, envelope.query)
    for name in ("rows", "totals", "problems"):
        document += f',\n"{name}":'.encode()
        _put_all(document, getattr(envelope, name))
    document += b"}\n"
    content = bytes(document)
    return _shown(msgspec.json.format(content, indent=2)) + b"\n" if for_terminal else content


def as_ndjson(envelope: Envelope, *, for_terminal: bool = False) -> bytes:
    """Return the rows alone, or what stands for them, one a line."""
    lines = bytearray()
    for row in envelope.rows if envelope.lines is None else envelope.lines:
        _put(lines, row)
        lines += b"\n"
    return _shown(bytes(lines)) if for_terminal else bytes(lines)


def _put_all(document: bytearray, rows: Sequence[object]) -> None:
    before = b"[\n"
    for row in rows:
        document += before
        _put(document, row)
        before = b",\n"
    document += b"\n]" if rows else b"[]"


def _put(document: bytearray, value: object) -> None:
    """Put a value at the end of a document: a long one is written where it stays, and never copied."""
    if isinstance(value, bytes | msgspec.Raw):
        document += value
        return
    end = len(document)
    try:
        _ENCODE_INTO(value, document, _AT_END)
    except UnicodeEncodeError:  # an argument that was not UTF-8: half a character, which few JSON readers take
        import json

        del document[end:]
        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, separators=(",", ":"))
        document += text.encode("utf-8", "replace")


def _shown(document: bytes) -> bytes:
    """Escape what JSON lets through but a terminal would obey; the document stays the same JSON."""
    return document if document.isascii() and b"\x7f" not in document else document.decode().translate(_UNSAFE).encode()
