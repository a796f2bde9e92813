"""The envelope, its rows spliced in as they stand, and NDJSON."""

import json

import msgspec
import pytest

from hostile import STEERING, TITLES
from talkstrack.render.data.as_json import as_json, as_ndjson
from talkstrack.render.view import Envelope


class Row(msgspec.Struct):
    """A row of a report that was made up for these tests."""

    id: str
    count: int | None


ENVELOPE = Envelope(
    "talkstrack.fake/1",
    {"path": "data/events.toml"},
    {"since": None},
    [Row("a", 1), b'{"id":"b",  "count":null}', msgspec.Raw(b'{"id":"c","count":3}')],
    totals=[{"to": "UKR"}],
)


def test_the_document_has_every_key_and_a_row_a_line() -> None:
    assert as_json(ENVELOPE) == (
        b'{"schema":"talkstrack.fake/1",\n"ledger":{"path":"data/events.toml"},\n"query":{"since":null},\n"rows":[\n'
        b'{"id":"a","count":1},\n{"id":"b",  "count":null},\n{"id":"c","count":3}\n],\n"totals":[\n{"to":"UKR"}\n],\n'
        b'"problems":[]}\n'
    )


def test_a_terminal_gets_it_indented() -> None:
    assert json.loads(as_json(ENVELOPE, for_terminal=True)) == json.loads(as_json(ENVELOPE))
    assert as_json(Envelope("s", None, None, [], [], []), for_terminal=True).decode() == (
        '{\n  "schema": "s",\n  "ledger": null,\n  "query": null,\n  "rows": [],\n'
        '  "totals": [],\n  "problems": []\n}\n'
    )


def test_ndjson_is_the_rows_alone() -> None:
    assert as_ndjson(ENVELOPE) == b'{"id":"a","count":1}\n{"id":"b",  "count":null}\n{"id":"c","count":3}\n'
    assert as_ndjson(Envelope("s", None, None, [])) == b""


@pytest.mark.parametrize("title", TITLES)
def test_hostile_titles_come_back_unchanged(title: str) -> None:
    envelope = Envelope("s", None, {"text": title}, [{"title": title}])
    title = title.replace("\ud800", "?")
    for document in (as_json(envelope), as_json(envelope, for_terminal=True)):
        assert json.loads(document)["rows"] == [{"title": title}]
        assert json.loads(document)["query"] == {"text": title}
    assert STEERING.isdisjoint(as_json(envelope, for_terminal=True).decode())
    assert STEERING.isdisjoint(as_ndjson(envelope, for_terminal=True).decode())
    assert [json.loads(row) for row in as_ndjson(envelope).splitlines()] == [{"title": title}]
