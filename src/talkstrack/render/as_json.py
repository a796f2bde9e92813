"""A report as one JSON document, or as one JSON row a line."""

from collections.abc import Iterable

import msgspec

from talkstrack.render.envelope import Envelope

_UNSAFE = {code: f"\\u{code:04x}" for code in (
    *range(0x7F, 0xA0), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
)}  # fmt: skip


def as_json(envelope: Envelope, *, for_terminal: bool = False) -> bytes:
    """Return the envelope as one document, a row a line; indented and without live control signs for a terminal."""
    parts = [
        b'{"schema":', _encoded(envelope.schema), b',\n"ledger":', _encoded(envelope.ledger),
        b',\n"query":', _encoded(envelope.query), b',\n"rows":', _listed(envelope.rows),
        b',\n"totals":', _listed(envelope.totals), b',\n"problems":', _listed(envelope.problems), b"}\n",
    ]  # fmt: skip
    document = b"".join(parts)
    return _shown(msgspec.json.format(document, indent=2)) + b"\n" if for_terminal else document


def as_ndjson(envelope: Envelope, *, for_terminal: bool = False) -> bytes:
    """Return the rows alone, one a line."""
    lines = b"".join(_encoded(row) + b"\n" for row in envelope.rows)
    return _shown(lines) if for_terminal else lines


def _listed(rows: Iterable[object]) -> bytes:
    found = [_encoded(row) for row in rows]
    return b"[\n" + b",\n".join(found) + b"\n]" if found else b"[]"


def _encoded(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, msgspec.Raw):
        return bytes(value)
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # an argument that was not UTF-8: half a character, which few JSON readers take
        import json

        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


def _shown(document: bytes) -> bytes:
    """Escape what JSON lets through but a terminal would obey; the document stays the same JSON."""
    return document if document.isascii() and b"\x7f" not in document else document.decode().translate(_UNSAFE).encode()
