"""The program as a whole: commands by name, help, exit codes, pipes."""

import inspect
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import pytest
import typer

from desk import Stream
from talkstrack.cli import commands
from talkstrack.cli.catalogue import COMMANDS, Listed
from talkstrack.cli.command import command
from talkstrack.cli.emit import emit
from talkstrack.cli.env import Env
from talkstrack.cli.main import main
from talkstrack.cli.options import Output
from talkstrack.errors import NOT_FOUND, TalkstrackError
from talkstrack.ledger.reading.unreadable import LedgerError
from talkstrack.model.query import Query
from talkstrack.render.table import Table
from talkstrack.render.text.makers import document, line
from talkstrack.render.view import Envelope, View

FOLDER = Path(commands.__file__).parent


class Missing(TalkstrackError):
    """There is no such id."""

    slug = "no-such-id"
    exit_code = NOT_FOUND


def view_of(text: str) -> View:
    """Return a report of one text."""
    return View(
        lambda: document("Fake", "", [line(text)]),
        lambda: Table(("text",), [(text,)]),
        lambda: Envelope("talkstrack.fake/1", None, None, [{"text": text}]),
    )


@command
def fake(
    env: Env,
    chosen: Query,
    output: Output,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORD...")] = None,
    fail: Annotated[str | None, typer.Option("--fail", help="How to fail.")] = None,
) -> None:
    """Repeat the words.

    A second paragraph that says more.

    Example:
        talkstrack fake one two --kind talks
    """
    failures: dict[str, Callable[[], BaseException]] = {
        "missing": lambda: Missing("there is no event `x\x1b[31m`", "did you mean `y`?"),
        "ledger": lambda: LedgerError("data/events.toml", "byte 0xff is not UTF-8", "save it as UTF-8; a file from Windows: iconv -f CP1252 -t UTF-8", 3, 7, "not-utf8"),
        "interrupt": KeyboardInterrupt, "end": EOFError, "pipe": BrokenPipeError, "bug": ZeroDivisionError,
        "abort": typer.Abort, "exit": lambda: typer.Exit(1),
    }  # fmt: skip
    if fail:
        raise failures[fail]()
    emit(view_of(f"{env.ledger} {env.today} {','.join(chosen.kind)} {' '.join(words or ())}".strip()), env, output)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Run a command line of a program whose commands are all the fake one; give exit code, stdout, stderr."""
    for name in ("fake", "brief"):
        module: Any = ModuleType(f"talkstrack.cli.commands.{name}")
        setattr(module, name, fake)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(COMMANDS, "fake", Listed("Repeat the words."))

    def go(*args: str, **more: Any) -> tuple[int, str, str]:
        out, err = Stream(), Stream()
        env = Env(io.StringIO(), out, err, {}, tmp_path, date(2026, 3, 10))._replace(**more)
        return main(args, env), out.getvalue(), err.getvalue()

    return go


def test_a_command_runs_and_prints(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run("fake", "a", "b", "--kind", "talks") == (0, "None 2026-03-10 talks a b\n", "")
    assert run("fake", "--json", "a")[1].splitlines()[4] == '{"text":"None 2026-03-10  a"}'


def test_without_a_command_it_is_the_brief(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run() == (0, "None 2026-03-10\n", "")
    assert run("--today", "2025-07-24", "-f", "x.toml") == (0, "x.toml 2025-07-24\n", "")


def test_options_may_stand_before_the_command(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run("-f", "x.toml", "fake", "a") == (0, "x.toml 2026-03-10  a\n", "")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("fakee",), 2, "error[usage]: there is no command `fakee`\nhint: did you mean `fake`?\n"),
        (("zzz",), 2, "error[usage]: there is no command `zzz`\nhint: `talkstrack --help` lists them all\n"),
        (("fake", "--knid", "x"), 2, "error[usage]: there is no option --knid\nhint: did you mean --kind?\n"),
        (("fake", "--zzzzzz"), 2, "error[usage]: there is no option --zzzzzz\nhint: talkstrack fake --help\n"),
        (("fake", "--kind"), 2, "error[usage]: option '--kind' requires an argument\nhint: talkstrack fake --help\n"),
        (("fake", "--since", "2025-13"), 2, "error[usage]: --since: there is no month 13\n"),
        (("fake", "--fail", "missing"), 4, "error[no-such-id]: there is no event `x␛[31m`\nhint: did you mean `y`?\n"),
        (
            ("fake", "--fail", "ledger"),
            3,
            "data/events.toml:3:7: error[not-utf8]: byte 0xff is not UTF-8\n"
            "hint: save it as UTF-8; a file from Windows: iconv -f CP1252 -t UTF-8\n",
        ),
        (("fake", "--fail", "interrupt"), 130, ""),
        (("fake", "--fail", "end"), 130, ""),
        (("fake", "--fail", "abort"), 130, ""),
        (("fake", "--fail", "pipe"), 0, ""),
        (("fake", "--fail", "exit"), 1, ""),
    ],
)
def test_failures_end_in_a_code_and_a_sentence(
    run: Callable[..., tuple[int, str, str]], args: tuple[str, ...], code: int, message: str
) -> None:
    assert run(*args) == (code, "", message)


def test_an_interrupted_terminal_gets_its_line_back(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run("fake", "--fail", "interrupt", stderr_is_terminal=True) == (130, "", "\n")


def test_a_bug_keeps_its_traceback(run: Callable[..., tuple[int, str, str]]) -> None:
    with pytest.raises(ZeroDivisionError):
        run("fake", "--fail", "bug")


def test_help_of_a_command_groups_options_and_ends_with_its_example(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    code, text, _ = run("fake", "--help")
    headings = [one for one in text.splitlines() if one and not one.startswith(" ")]
    assert code == 0
    assert headings == [
        "Usage: talkstrack fake [OPTIONS] [WORD...]", "Arguments:", "Options:", "Filters:", "Output:", "Ledger:",
        "Example:",
    ]  # fmt: skip
    assert text.endswith("\nExample:\n  talkstrack fake one two --kind talks\n")
    assert max(len(one) for one in text.splitlines()) <= 80


def test_help_of_the_program_lists_every_command_without_loading_any(run: Callable[..., tuple[int, str, str]]) -> None:
    before = {name for name in sys.modules if name.startswith("talkstrack.cli.commands.")}
    code, text, _ = run("--help")
    listed = text.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert code == 0
    assert [tuple(one.split(maxsplit=1)) for one in listed] == [
        (name, listed.help) for name, listed in COMMANDS.items()
    ]
    assert {name for name in sys.modules if name.startswith("talkstrack.cli.commands.")} == before


def test_version(run: Callable[..., tuple[int, str, str]]) -> None:
    code, text, err = run("--version")
    assert (code, text.split()[0], err) == (0, "talkstrack", "")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("[a-z]*.py")), ids=lambda path: str(path.stem))
def test_the_table_of_commands_repeats_the_docstrings(path: Path) -> None:
    name = path.stem
    text = inspect.cleandoc(getattr(import_module(f"talkstrack.cli.commands.{name}"), name).__doc__)
    assert COMMANDS[name].help == text.splitlines()[0]
    assert len(COMMANDS[name].help) <= 60
    assert re.search(r"\nExample:\n\s*talkstrack ", text)


def process(*args: str, stdout: Any = subprocess.PIPE, **environ: str) -> "subprocess.Popen[str]":
    settings = {**os.environ, "PYTHONPATH": str(FOLDER.parents[2]), **environ}
    settings.pop("PYTHONUNBUFFERED", None)
    words = [sys.executable, "-m", "talkstrack", *args]
    return subprocess.Popen(words, stdout=stdout, stderr=subprocess.PIPE, text=True, env=settings)


def test_python_m_talkstrack_works() -> None:
    found = process("--help")
    out, err = found.communicate()
    assert (found.returncode, out.splitlines()[0], err) == (0, "Usage: talkstrack [OPTIONS] COMMAND [ARGS]...", "")


def test_a_closed_pipe_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    found = process("--help", stdout=writing)
    os.close(writing)
    _, err = found.communicate()
    assert (found.returncode, err) == (0, "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("talkstrack exch", ["exchanges"]),
        ("talkstrack r", ["register", "revise", "retract"]),
        ("talkstrack zzz x", []),
    ],
)
def test_the_shell_completes_commands(typed: str, expected: list[str]) -> None:
    last = str(len(typed.split()) - 1)
    found = process(_TALKSTRACK_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=last)
    out, err = found.communicate()
    assert (found.returncode, out.split(), err) == (0, expected, "")


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("talkstrack claims --verdict above,de", ["above,denied"]),
        ("talkstrack exchanges --group m", ["month"]),
        ("talkstrack timeline --format c", ["csv"]),
        ("talkstrack schema cl", ["claims"]),
        ("talkstrack check --only bad-d", ["bad-date", "bad-duration"]),
    ],
)
def test_words_of_a_fixed_choice_are_completed(typed: str, choices: list[str]) -> None:
    found = process(_TALKSTRACK_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(typed.split()) - 1))
    assert found.communicate()[0].split() == choices


def test_an_interrupt_while_the_program_loads_ends_quietly() -> None:
    code = (
        "import sys\n"
        "class Interrupts:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'talkstrack.cli.main':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupts())\n"
        "from talkstrack.__main__ import run\n"
        "run()\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (130, "", "")


def test_indexes_are_kept_where_the_user_says(tmp_path: Path) -> None:
    env = Env(io.StringIO(), io.StringIO(), io.StringIO(), {}, tmp_path, date(2026, 3, 10))
    chosen = {"TALKSTRACK_CACHE": str(tmp_path / "own"), "XDG_CACHE_HOME": str(tmp_path)}
    assert env._replace(environ=chosen).cache == tmp_path / "own"
    assert env._replace(environ={"XDG_CACHE_HOME": str(tmp_path)}).cache == tmp_path / "talkstrack"
    assert env.cache is not None
    assert env.cache.name == "talkstrack"
    assert env._replace(environ=chosen, use_index=False).cache is None
