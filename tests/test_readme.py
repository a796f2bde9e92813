"""The screens of the README are what the program prints."""

import re
import shlex
from pathlib import Path

import pytest

from golden import printed
from talkstrack.cli.catalogue import COMMANDS
from talkstrack.model.query import FILTERS
from talkstrack.render.formats import FORMATS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SCREENS = re.findall(r"```text\n\$ talkstrack ([^\n]+)\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("args", "screen"), SCREENS, ids=[args for args, _ in SCREENS])
def test_a_screen_is_what_is_printed(args: str, screen: str) -> None:
    assert printed(*shlex.split(args), "--width", "80") == screen


def test_every_command_filter_and_format_is_named() -> None:
    code = " ".join(re.findall(r"`([^`\n]+)`", README))
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", code)] == []
    (filters,) = re.findall(r"the same filters \(`([^`]*)`\)", README)
    assert filters.split() == [f"--{name.replace('_', '-')}" for name, filter_ in FILTERS.items() if filter_.help]
    (formats,) = re.findall(r"prints ([\w, ]+) or (\w+) \(`--format`", README.replace("\n", " "))
    assert ", ".join(formats).lower().split(", ") == list(FORMATS)
