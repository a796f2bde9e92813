"""Golden files: what a command prints, held against a file under tests/golden/.

Renew them after a wanted change, then read the difference: `TALKSTRACK_GOLDEN=renew pytest tests/test_views_*.py`
"""

import io
import os
from datetime import date
from pathlib import Path

from talkstrack.cli.env import Env
from talkstrack.cli.main import main

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
SHIPPED = "data/events.toml"
TODAY = date(2026, 3, 10)


class Run:
    """One run of the program: its exit code and what it wrote."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    def __repr__(self) -> str:
        return f"exit {self.code}\n{self.out}{self.err}"


def run(*args: str, ledger: str | Path = SHIPPED, cwd: Path = ROOT, today: date = TODAY) -> Run:
    """Run a command on a ledger (the shipped one, unless another is given), without an index, in a pipe."""
    stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    stderr = io.StringIO()
    env = Env(io.StringIO(), stdout, stderr, {}, cwd, today, use_index=False, ledger=str(ledger))
    code = main(args, env)
    stdout.flush()
    assert isinstance(stdout.buffer, io.BytesIO)
    return Run(code, stdout.buffer.getvalue().decode(), stderr.getvalue())


def printed(*args: str, ledger: str | Path = SHIPPED, cwd: Path = ROOT, today: date = TODAY) -> str:
    """Return what a command prints that does its work without a word on stderr."""
    found = run(*args, ledger=ledger, cwd=cwd, today=today)
    assert (found.code, found.err) == (0, "")
    return found.out


def golden(name: str, text: str) -> None:
    """Hold a text against a golden file, or renew the file where TALKSTRACK_GOLDEN says so."""
    path = GOLDEN / name
    if os.environ.get("TALKSTRACK_GOLDEN") == "renew":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def ledger_in(docstring: str | None, folder: Path) -> Path:
    """Write the ledger a test's docstring holds below its first line, under a header with two sides and sources."""
    from textwrap import dedent

    from checking import HEADER

    path = folder / "events.toml"
    path.write_text(HEADER + dedent((docstring or "").partition("\n")[2]), encoding="utf-8")
    return path
