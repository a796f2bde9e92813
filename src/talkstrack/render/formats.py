"""The formats: their names, the endings of files, what each takes of a report, and the renderer that makes it."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal

import msgspec

Takes = Literal["document", "table", "envelope"]


class Format(msgspec.Struct, frozen=True):
    """One format of the output. `renderer` is a module below `render` and its function, loaded only when it is used."""

    endings: tuple[str, ...]
    takes: Takes
    renderer: str

    def load(self) -> Callable[..., Any]:
        """Return the function that makes text (or for an envelope bytes) of what the format takes."""
        module, _, name = self.renderer.partition(":")
        renderer: Callable[..., Any] = getattr(import_module(f"talkstrack.{module}"), name)
        return renderer


FORMATS = {
    "text": Format((".txt",), "document", "render.text.as_text:as_text"),
    "json": Format((".json",), "envelope", "render.data.as_json:as_json"),
    "ndjson": Format((".ndjson", ".jsonl"), "envelope", "render.data.as_json:as_ndjson"),
    "csv": Format((".csv",), "table", "render.data.as_csv:as_csv"),
    "tsv": Format((".tsv",), "table", "render.data.as_csv:as_tsv"),
    "markdown": Format((".md", ".markdown"), "table", "render.data.as_markdown:as_markdown"),
}
"""By name; the option's choices, its completion and what `-o` goes by follow from it."""
ENDINGS = {ending: name for name, chosen in FORMATS.items() for ending in chosen.endings}
