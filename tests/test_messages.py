"""What is told on stderr, and the commands that hints name."""

import ast
import io
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from checking import problems as found_in
from house import modules
from talkstrack.cli.catalogue import COMMANDS
from talkstrack.cli.env import Env
from talkstrack.cli.lazy_group import load
from talkstrack.cli.messages import notice
from talkstrack.errors import Hint
from test_checks import CASES

WITHOUT_LEDGER = {"init", "schema"}
SPELLED_OUT = {
    "start one: talkstrack init ",
    "a ledger begins with [ledger] and format = 1; see: talkstrack init",
    "start your own: talkstrack init; or name one with -f",
    "next: talkstrack register party CODE NAME; then: talkstrack add",
    "see them all: talkstrack check ",
    "mend it in an editor; to see where: talkstrack check ",
    "both sides are in the file and each alone was right: correct it, then see talkstrack check",
    "talkstrack merge --install -f LEDGER names the ledger",
    "set it up for git: talkstrack merge --install",
    " more: talkstrack agreements",
    "talkstrack register --help",
    " -P -m talkstrack merge %O %A %B --marker-size %L --path %P",
}
"""Commands in texts: they name their ledger themselves, or are about a new one, a merge, or a screen."""


def test_talk_goes_to_stderr_cleaned_and_in_what_it_can_take(tmp_path: Path) -> None:
    err = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    env = Env(io.StringIO(), io.StringIO(), err, {}, tmp_path, date(2026, 3, 10))
    notice(env, "one\x1b[2J – “two”\nthree")
    err.seek(0)
    assert err.read() == 'one?[2J - "two"\nthree\n'


def test_a_hint_is_a_text_with_a_command_that_is_told_for_the_ledger_of_this_call(tmp_path: Path) -> None:
    def told(ledger: str | None, text: str, hint: str | None = None) -> str:
        env = Env(io.StringIO(), io.StringIO(), io.StringIO(), {}, tmp_path, date(2026, 3, 10), ledger=ledger)
        notice(env, text, hint)
        return env.stderr.getvalue()  # type: ignore[attr-defined, no-any-return]

    hint = Hint("if so: ", "revise", "a --set b=1", " mends it").preceded_by("wrong? ")
    assert hint == "wrong? if so: talkstrack revise a --set b=1 mends it"
    assert told(None, "x", hint) == f"x\nhint: {hint}\n"
    assert told("my talks.toml", "x", hint) == (
        "x\nhint: wrong? if so: talkstrack revise -f 'my talks.toml' a --set b=1 mends it\n"
    )
    assert told("a.toml", Hint("all of them: ", "check")) == "all of them: talkstrack check -f a.toml\n"
    assert told("a.toml", "x", "talkstrack check") == "x\nhint: talkstrack check\n"


def calls() -> Iterator[tuple[str, ast.Call]]:
    for name, module in modules().items():
        for node in module.nodes:
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Hint":
                yield f"{name}:{node.lineno}", node


def test_the_command_of_a_hint_is_one_that_takes_a_ledger() -> None:
    named = {place: ast.literal_eval(call.args[1]) for place, call in calls()}
    assert len(named) > 20
    assert {place: name for place, name in named.items() if name not in COMMANDS.keys() - WITHOUT_LEDGER} == {}
    for name in set(named.values()):
        assert "--ledger" in {option for param in load(name).params for option in param.opts}, name


def test_no_other_text_spells_out_a_command() -> None:
    spelled = set()
    for module in modules().values():
        docs = {id(node.value) for node in module.nodes if isinstance(node, ast.Expr)}
        for node in module.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                words = node.value.split("talkstrack ")[1:]
                if any(after.split(" ")[0].strip(":;`,") in COMMANDS for after in words) and node.value.count("\n") < 2:
                    spelled.add(node.value)
    assert spelled == SPELLED_OUT


@pytest.mark.parametrize("name", CASES)
def test_the_commands_in_hints_of_checks_are_read_by_the_command_they_name(name: str) -> None:
    for found in found_in(CASES[name].bad):
        if isinstance(found.hint, Hint):
            _, called, *arguments = shlex.split(found.hint.command)
            load(called).make_context(called, arguments)
