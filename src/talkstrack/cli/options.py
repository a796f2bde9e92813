"""The options every command shares, each declared once, and how what was typed is read."""

import inspect
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args

import typer

from talkstrack.cli import complete
from talkstrack.cli.env import Env
from talkstrack.errors import UsageError
from talkstrack.model.dates.period import Period
from talkstrack.model.query import (
    FILTERS,
    Query,
    last_day,
    read_date,
    read_number,
    read_query,
    read_words,
    unknown_choice,
)
from talkstrack.render.formats import ENDINGS, FORMATS

Colour = Literal["auto", "always", "never"]
NARROWEST, WIDEST = 20, 10_000


class Output(NamedTuple):
    """In which format, to which file (None: stdout), and how text is to look."""

    format: str = "text"
    file: Path | None = None
    width: int | None = None
    colour: Colour = "auto"
    ascii: bool = False
    pager: bool = True


def choice(option: str, choices: Iterable[str], help: str, *, metavar: str, **more: Any) -> Any:  # noqa: A002
    """Return an option for one of a few words: it completes them, and says which one a slip may have meant."""
    words = tuple(choices)

    def read(typed: str) -> str:
        if typed not in words:
            raise unknown_choice(option, typed, words)
        return typed

    return typer.Option(option, parser=read, metavar=metavar, help=help, autocompletion=complete.one_of(*words), **more)


def check_choices(option: str, words: tuple[str, ...], choices: Iterable[str]) -> None:
    """Raise UsageError for a word that is none of the choices."""
    for word in words:
        if word not in choices:
            raise unknown_choice(option, word, choices)


def _option(panel: str, names: str, metavar: str | None, text: str, **more: Any) -> Any:
    return typer.Option(*names.split(), metavar=metavar, help=text, rich_help_panel=panel, **more)


_output = partial(_option, "Output")
_ledger = partial(_option, "Ledger")


def ledger_options(
    env: Env,
    ledger: Annotated[str | None, _ledger("--ledger -f", "FILE", "The ledger to use.")] = None,
    today: Annotated[str | None, _ledger("--today", "DATE", "Take this day for today.")] = None,
    no_index: Annotated[bool, _ledger("--no-index", None, "Read the file itself, not its index.")] = False,
) -> Env:
    """Return the environment with the ledger and the clock that were asked for."""
    said = today or env.environ.get("TALKSTRACK_TODAY")
    clock = _one_day("--today" if today else "TALKSTRACK_TODAY", said, env.today) if said else env.today
    return env._replace(ledger=ledger or env.ledger, today=clock, use_index=env.use_index and not no_index)


def filters(env: Env, **typed: Any) -> Query:
    """Return the filters that were asked for: an option for each field of `Query` that has a help text."""
    return read_query({name: value for name, value in typed.items() if value}, env.today, prefix="--")


def _filter(name: str) -> inspect.Parameter:
    declared = FILTERS[name]
    option = _option(
        "Filters",
        f"--{name.replace('_', '-')}",
        declared.metavar,
        declared.help,
        autocompletion=getattr(complete, declared.completes) if declared.completes else None,
    )
    kind = str | None if declared.metavar == "DATE" else list[str] | None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind, option])


filters.__signature__ = inspect.Signature([_filter(name) for name, declared in FILTERS.items() if declared.help])  # type: ignore[attr-defined]


def output_options(
    env: Env,
    format: Annotated[  # noqa: A002
        str | None,
        choice("--format", FORMATS, f"One of {', '.join(FORMATS)}.", metavar="FORMAT", rich_help_panel="Output"),
    ] = None,
    json: Annotated[bool, _output("--json", None, "Short for --format json.")] = False,
    output: Annotated[str | None, _output("--output -o", "FILE", "Write a file; its ending picks the format.")] = None,
    width: Annotated[str | None, _output("--width", "N", "Cells in a line of text, 20 or more.")] = None,
    color: Annotated[
        Colour,
        choice(
            "--color",
            get_args(Colour),
            "Colour text: auto, always or never.",
            metavar="WHEN",
            rich_help_panel="Output",
        ),
    ] = "auto",
    ascii: Annotated[bool, _output("--ascii", None, "ASCII signs only.")] = False,  # noqa: A002
    no_pager: Annotated[bool, _output("--no-pager", None, "Never start a pager.")] = False,
) -> Output:
    """Return the output that was asked for."""
    if json and format not in (None, "json"):
        raise UsageError(f"--json and --format {format} contradict each other")
    file = None if output in (None, "-") else env.cwd / (output or "")
    chosen = format or ("json" if json else _by_ending(file) if file else "text")
    cells = None if width is None else read_number("--width", width, NARROWEST, WIDEST)
    return Output(chosen, file, cells, color, ascii, not no_pager)


def comma_list(option: str, texts: Iterable[str] | None) -> tuple[str, ...]:
    """Read a repeated option or a comma list; a comma behind a backslash belongs to the word."""
    return read_words(option, texts or ())


def date_option(option: str, typed: str | None, today: date) -> Period | None:
    """Read a date of the command line, or say which option it was wrong in."""
    return None if typed is None else read_date(option, typed, today)


def _one_day(option: str, typed: str, today: date) -> date:
    period = read_date(option, typed, today)
    if period.first is None or period.first != period.last:
        raise UsageError(f"{option}: `{typed[:80]}` is not one day", f"write {option} {today.isoformat()}")
    return last_day(option, period)


def _by_ending(file: Path) -> str:
    by_ending = ENDINGS.get(file.suffix.lower())
    if by_ending is None:
        what = f"no format has the ending {file.suffix}" if file.suffix else "the name has no ending to go by"
        raise UsageError(f"-o {file.name}: {what}", f"one of {', '.join(ENDINGS)}, or say --format")
    return by_ending
