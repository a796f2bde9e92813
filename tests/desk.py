"""A researcher's desk: a folder, a clock, and the program run in it, for the tests of the commands that write."""

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from talkstrack.cli.env import Env
from talkstrack.cli.main import main
from talkstrack.ledger.reading.read import ParsedLedger, load

Environ = Mapping[str, str]
NOTHING: Environ = {}
TODAY = date(2026, 3, 10)
HEADER = """\
[ledger]
format = 1
[party.UKR]
name = "Ukraine"
aliases = ["Kyiv"]
[party.RUS]
name = "Russia"
aliases = ["Moscow"]
[party.USA]
name = "United States"
[person.medinsky]
name = "Vladimir Medinsky"
party = "RUS"
[source.liga-2025-07-23]
publisher = "LIGA.net"
url = "https://news.liga.net/en/a"
published = 2025-07-23
"""
AGREEMENT = """
[[event]]
id = "agreement-2"
kind = "agreement"
date = 2025-06-02
title = "Istanbul, second round"
sources = ["liga-2025-07-23"]
[[event.commitment]]
id = "prisoners"
what = "people"
count = 1000
"""
EXCHANGE = """
[[event]]
id = "exchange-2025-07-23"
kind = "exchange"
date = 2025-07-23
title = "Stage 9"
under = "agreement-2"
sources = ["liga-2025-07-23"]
[[event.transfer]]
to = "UKR"
count = "~250"
by = "medinsky"
[[event.transfer]]
to = "UKR"
count = 246
by = "UKR"
[[event.transfer]]
to = "RUS"
count = 250
"""


class Ran(NamedTuple):
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str


class Stream(io.TextIOWrapper):
    """A stream as a process has it: text over bytes."""

    def __init__(self, text: str = "", encoding: str = "utf-8") -> None:
        self._bytes = io.BytesIO(text.encode(encoding))
        super().__init__(self._bytes, encoding=encoding, newline="")

    def getvalue(self) -> str:
        """Return what was written."""
        self.flush()
        return self._bytes.getvalue().decode(self.encoding)


class Desk:
    """A folder with a ledger, and the program run in it. What is shown is `events.toml`."""

    def __init__(self, folder: Path, text: str | None = HEADER + AGREEMENT + EXCHANGE) -> None:
        self.folder = folder
        self.ledger = folder / "events.toml"
        self.environ = {"TALKSTRACK_CACHE": str(folder / ".cache"), "XDG_DATA_HOME": str(folder / ".data")}
        if text is not None:
            self.ledger.write_text(text, encoding="utf-8")

    def env(self, stdin: str = "", *, terminal: bool = False, environ: Environ = NOTHING) -> Env:
        """Return an environment whose streams are texts."""
        return Env(
            Stream(stdin), Stream(), Stream(), {**self.environ, **environ}, self.folder, TODAY,
            stdin_is_terminal=terminal, stderr_is_terminal=terminal,
        )  # fmt: skip

    def run(self, *args: str, stdin: str = "", terminal: bool = False, environ: Environ = NOTHING) -> Ran:
        """Run the program."""
        env = self.env(stdin, terminal=terminal, environ=environ)
        code = main(args, env)
        assert isinstance(env.stdout, Stream)
        assert isinstance(env.stderr, Stream)
        return Ran(code, env.stdout.getvalue(), env.stderr.getvalue())

    def says(self, *args: str, stdin: str = "", environ: Environ = NOTHING) -> str:
        """Run the program, which must succeed, and return what it says on stderr."""
        ran = self.run(*args, stdin=stdin, environ=environ)
        assert ran.code == 0, ran
        return ran.err

    @property
    def text(self) -> str:
        """What the ledger says, byte for byte."""
        return self.ledger.read_bytes().decode()

    @property
    def read(self) -> ParsedLedger:
        """The ledger as read."""
        return load(self.ledger, "events.toml")

    def added(self, *args: str, stdin: str = "", environ: Environ = NOTHING) -> str:
        """Run the program, which must succeed and keep all that stood, and return what it appended."""
        before = self.text
        self.says(*args, stdin=stdin, environ=environ)
        assert self.text.startswith(before)
        return self.text[len(before) :]

    def refused(self, *args: str, stdin: str = "", environ: Environ = NOTHING) -> tuple[int, str]:
        """Run the program, which must fail and print and change nothing; return its exit code and what it says."""
        before = self.text if self.ledger.exists() else None
        ran = self.run(*args, stdin=stdin, environ=environ)
        assert ran.code != 0, ran
        assert (ran.out, self.text if before is not None else None) == ("", before)
        return ran.code, ran.err


def plain(text: str) -> str:
    """Return text without the signs that steer a terminal."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
