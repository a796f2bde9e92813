"""The options every command shares, as a command gets them."""

import io
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
import pytest
import typer
import typer.main

from talkstrack.cli import complete, options
from talkstrack.cli.command import command, command_without_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.options import Output
from talkstrack.errors import UsageError
from talkstrack.model.dates.parse import parse_period
from talkstrack.model.event import STATUSES
from talkstrack.model.query import FILTERS, Query
from talkstrack.render.formats import ENDINGS, FORMATS

TODAY = date(2026, 3, 10)
got: list[Any] = []


@command
def fake(
    env: Env,
    chosen: Query,
    output: Output,
    ids: Annotated[list[str] | None, typer.Argument()] = None,
    long: Annotated[bool, typer.Option("--long")] = False,
) -> None:
    """Do nothing."""
    got.append((env.ledger, env.today, env.use_index, chosen, output, ids, long))


class Own(NamedTuple):
    name: str
    number: int

    @staticmethod
    def from_options(
        name: Annotated[str, typer.Option("--name")] = "x", number: Annotated[int, typer.Option("--number")] = 0
    ) -> "Own":
        return Own(name.upper(), number)


@command
def bundling(env: Env, own: Own, output: Output) -> None:
    """Do nothing with options of its own."""
    got.append((env.ledger, own, output))


@command_without_ledger
def bare(env: Env) -> None:
    """Do nothing either."""
    got.append(env)


def env_of(environ: dict[str, str] | None = None, cwd: Path = Path("/elsewhere")) -> Env:
    return Env(io.StringIO(), io.StringIO(), io.StringIO(), environ or {}, cwd, TODAY)


def called(function: Any, *args: str, env: Env | None = None) -> Any:
    app = typer.Typer(add_completion=False)
    app.command()(function)
    got.clear()
    made = typer.main.get_command(app)
    with made.make_context("fake", list(args), obj=env or env_of()) as context:
        made.invoke(context)
    (one,) = got
    return one


def chosen(*args: str) -> Query:
    found = called(fake, *args)[3]
    assert isinstance(found, Query)
    return found


def output(*args: str) -> Output:
    found = called(fake, *args)[4]
    assert isinstance(found, Output)
    return found


def test_without_options_everything_is_as_it_is_declared() -> None:
    assert called(fake) == (None, TODAY, True, Query(), Output(), None, False)
    assert called(fake, "a", "b", "--long")[5:] == (["a", "b"], True)


def test_a_type_can_bring_options_of_its_own() -> None:
    assert called(bundling) == (None, Own("X", 0), Output())
    assert called(bundling, "--number", "3", "--name", "a", "-f", "y.toml") == ("y.toml", Own("A", 3), Output())


def test_ledger_options_change_the_environment() -> None:
    assert called(fake, "-f", "x.toml", "--no-index", "--today", "2025-07-24")[:3] == (
        "x.toml", date(2025, 7, 24), False,
    )  # fmt: skip
    said = env_of({"TALKSTRACK_TODAY": "2025-08-01"})
    assert called(fake, env=said)[1] == date(2025, 8, 1)
    assert called(fake, "--today", "yesterday", env=said)[1] == date(2026, 3, 9)
    assert called(bare).today == TODAY


def test_every_filter_reaches_the_query() -> None:
    own = {"round": "1,3", "status": "held,lapsed", "since": "30d", "until": "2w", "on": "2025", "as_known": "2025"}
    names = [name for name, declared in FILTERS.items() if declared.help and name not in own]
    typed = [piece for name in names for piece in (f"--{name}", f"{name}-1,{name}-2", f"--{name}", f"{name}-3")]
    typed += [piece for name, value in own.items() for piece in (f"--{name.replace('_', '-')}", value)]
    assert msgspec.structs.asdict(chosen(*typed)) == {
        **{name: (f"{name}-1", f"{name}-2", f"{name}-3") for name in names},
        "round": ("1", "3"), "status": ("held", "lapsed"), "id": (), "text": None, "last": None,
        "since": parse_period("2026-02-08"), "until": parse_period("2026-02-24"), "on": parse_period("2025"),
        "as_known": parse_period("2025"),
    }  # fmt: skip


def test_a_comma_list_drops_blanks_and_repeats_and_keeps_escaped_commas() -> None:
    assert options.comma_list("--x", ["a, b", "b,,c", r"Palace\, Istanbul"]) == ("a", "b", "c", "Palace, Istanbul")
    assert options.comma_list("--x", None) == ()


def test_output_options() -> None:
    assert output("--json") == output("--format", "json") == Output("json")
    assert output("--width", "100", "--color", "never", "--ascii", "--no-pager") == Output(
        "text", None, 100, "never", True, False
    )
    assert output("-o", "x/y.CSV") == Output("csv", Path("/elsewhere/x/y.CSV"))
    assert output("-o", "y.jsonl", "--format", "tsv") == Output("tsv", Path("/elsewhere/y.jsonl"))
    assert output("-o", "-") == Output()
    assert [output("-o", f"y{ending}").format for ending in (".md", ".ndjson", ".txt", ".json", ".tsv")] == [
        "markdown", "ndjson", "text", "json", "tsv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        (("--status", "hold"), "--status: there is no `hold`", "did you mean `held`?"),
        (("--round", "two"), "--round: `two` is not a whole number", None),
        (("--kind", " , "), "--kind is empty", None),
        (("--since", "30m"), "--since: 30m could be minutes or months", 'did you mean "30mo" (months)?'),
        (("--today", "2025"), "--today: `2025` is not one day", "write --today 2026-03-10"),
        (("--as-known", "2025/.."), "--as-known: `2025/..` has no last day to take for today", None),
        (("--format", "jsn"), "--format: there is no `jsn`", "did you mean `json`?"),
        (("--format", "pdf?"), "--format: there is no `pdf?`", f"one of {', '.join(FORMATS)}"),
        (("--color", "alway"), "--color: there is no `alway`", "did you mean `always`?"),
        (("--width", "5"), "--width: 5 is not between 20 and 10,000", None),
        (("--json", "--format", "csv"), "--json and --format csv contradict each other", None),
        (
            ("-o", "x.pdf"),
            "-o x.pdf: no format has the ending .pdf",
            f"one of {', '.join(ENDINGS)}, or say --format",
        ),
    ],
)
def test_what_does_not_fit_is_told(typed: tuple[str, ...], message: str, hint: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        called(fake, *typed)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_the_help_lists_the_words_that_are_accepted() -> None:
    assert FILTERS["status"].help == ", ".join(STATUSES) + "."
    assert str(options.output_options.__annotations__["format"].__metadata__[0].help) == f"One of {', '.join(FORMATS)}."


class _Context:
    def __init__(self, env: Env) -> None:
        self.obj = env
        self.params: dict[str, Any] = {}


LEDGER = """
[ledger]
format = 1
[party.UKR]
name = "Ukraine"
[person.umerov]
name = "Rustem Umerov"
[source.liga]
publisher = "LIGA.net"
[[event]]
id = "agreement-2"
kind = "agreement"
date = 2025-06-02
title = "Agreement 2"
tags = ["istanbul"]
sources = ["liga"]
[[event.commitment]]
id = "bodies"
count = 6000
"""


def test_completion_reads_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "events.toml").write_text(LEDGER)
    context: Any = _Context(env_of(cwd=tmp_path))
    assert complete.parties(context, "u") == [("UKR", "Ukraine")]
    assert complete.persons(context, "") == [("umerov", "Rustem Umerov")]
    assert complete.names(context, "") == [("UKR", "Ukraine"), ("umerov", "Rustem Umerov"), ("liga", "LIGA.net")]
    assert complete.kinds(context, "talks,ex") == [("talks,exchange", "exchange")]
    assert complete.events(context, "agree") == [("agreement-2", "Agreement 2")]
    assert complete.scopes(context, "") == [("agreement-2", "Agreement 2"), ("agreement-2/bodies", "Agreement 2")]
    assert complete.tags(context, "") == [("istanbul", "tag")]
    assert complete.sources(context, "") == [("liga", "LIGA.net")]
    assert complete.statuses(context, "held,p") == ["held,planned", "held,postponed"]


def test_completion_never_fails(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_bytes(b"\xff\0[[[")
    context: Any = _Context(env_of(cwd=tmp_path))
    for name in ("broken.toml", "none.toml", "."):
        context.params["ledger"] = name
        assert complete.parties(context, "") == []
