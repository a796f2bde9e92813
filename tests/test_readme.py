"""The screens of the README are what the program prints."""

import re
import shlex
from pathlib import Path

import pytest

from golden import printed

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SCREENS = re.findall(r"```text\n\$ talkstrack ([^\n]+)\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("args", "screen"), SCREENS, ids=[args for args, _ in SCREENS])
def test_a_screen_is_what_is_printed(args: str, screen: str) -> None:
    assert printed(*shlex.split(args), "--width", "80") == screen
