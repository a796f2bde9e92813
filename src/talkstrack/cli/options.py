"""The options every command shares, each declared once, and how what was typed is read."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from talkstrack.cli import complete
from talkstrack.cli.env import Env
from talkstrack.cli.values import COLOURS, FORMATS, Format, Output
from talkstrack.errors import UsageError
from talkstrack.model.dates.period import DateError, Period
from talkstrack.model.query import Query

_FORMAT_HELP = f"One of {', '.join(FORMATS)}."
_COLOUR_HELP = "Colour text: auto, always or never."
_STATUS_HELP = "held, planned, postponed, cancelled, lapsed, disputed."
NARROWEST, WIDEST = 20, 10_000
_ENDINGS: dict[str, Format] = {
    ".txt": "text", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv", ".tsv": "tsv",
    ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip
Words = list[str] | None
"""An option that may be repeated, each time with a comma list."""


def _option(panel: str, names: str, metavar: str | None, text: str, **more: Any) -> Any:
    return typer.Option(*names.split(), metavar=metavar, help=text, rich_help_panel=panel, **more)


def _filter(name: str, metavar: str, text: str, completion: complete.Completion | None = None) -> Any:
    return _option("Filters", name, metavar, text, autocompletion=completion)


def _output(names: str, metavar: str | None, text: str, **more: Any) -> Any:
    return _option("Output", names, metavar, text, **more)


def ledger_options(
    env: Env,
    ledger: Annotated[str | None, _option("Ledger", "--ledger -f", "FILE", "The ledger to use.")] = None,
    today: Annotated[str | None, _option("Ledger", "--today", "DATE", "Take this day for today.")] = None,
    no_index: Annotated[bool, _option("Ledger", "--no-index", None, "Read the file itself, not its index.")] = False,
) -> Env:
    """Return the environment with the ledger and the clock that were asked for."""
    said = today or env.environ.get("TALKSTRACK_TODAY")
    clock = _one_day("--today" if today else "TALKSTRACK_TODAY", said, env.today) if said else env.today
    return env._replace(ledger=ledger or env.ledger, today=clock, use_index=env.use_index and not no_index)


def filters(
    env: Env,
    since: Annotated[str | None, _filter("--since", "DATE", "From this date on: 2025-06, 30d, 2w, yesterday.")] = None,
    until: Annotated[str | None, _filter("--until", "DATE", "Up to this date.")] = None,
    on: Annotated[str | None, _filter("--on", "DATE", "On this day, or in this month or year.")] = None,
    kind: Annotated[Words, _filter("--kind", "KIND", "Of this kind.", complete.kinds)] = None,
    party: Annotated[Words, _filter("--party", "NAME", "With this party.", complete.parties)] = None,
    person: Annotated[Words, _filter("--person", "NAME", "With this person.", complete.persons)] = None,
    by: Annotated[Words, _filter("--by", "NAME", "Said, proposed or claimed by.", complete.names)] = None,
    to: Annotated[Words, _filter("--to", "PARTY", "Handed over or addressed to.", complete.parties)] = None,
    place: Annotated[Words, _filter("--place", "TEXT", "At this place.")] = None,
    round: Annotated[Words, _filter("--round", "N", "In this round of talks.")] = None,  # noqa: A002
    tag: Annotated[Words, _filter("--tag", "TAG", "With this tag.", complete.tags)] = None,
    source: Annotated[Words, _filter("--source", "ID", "From this source.", complete.sources)] = None,
    under: Annotated[Words, _filter("--under", "ID", "Under this agreement or commitment.", complete.scopes)] = None,
    status: Annotated[Words, _filter("--status", "STATUS", _STATUS_HELP, complete.statuses)] = None,
    as_known: Annotated[str | None, _filter("--as-known", "DATE", "As the ledger was known on this day.")] = None,
) -> Query:
    """Return the filters that were asked for."""
    found = Query(
        since=when("--since", since, env.today),
        until=when("--until", until, env.today),
        on=when("--on", on, env.today),
        kind=words("--kind", kind),
        party=words("--party", party),
        person=words("--person", person),
        by=words("--by", by),
        to=words("--to", to),
        place=words("--place", place),
        round=_checked("--round", words("--round", round)),
        tag=words("--tag", tag),
        source=words("--source", source),
        under=words("--under", under),
        status=_checked("--status", words("--status", status)),
        as_known=when("--as-known", as_known, env.today),
    )
    if found.as_known is not None:
        last_day("--as-known", found.as_known)
    return found


def output_options(
    env: Env,
    format: Annotated[  # noqa: A002
        str | None, _output("--format", "FORMAT", _FORMAT_HELP, autocompletion=complete.one_of(*FORMATS))
    ] = None,
    json: Annotated[bool, _output("--json", None, "Short for --format json.")] = False,
    output: Annotated[str | None, _output("--output -o", "FILE", "Write a file; its ending picks the format.")] = None,
    width: Annotated[str | None, _output("--width", "N", "Cells in a line of text, 20 or more.")] = None,
    color: Annotated[str, _output("--color", "WHEN", _COLOUR_HELP, autocompletion=complete.one_of(*COLOURS))] = "auto",
    ascii: Annotated[bool, _output("--ascii", None, "ASCII signs only.")] = False,  # noqa: A002
    no_pager: Annotated[bool, _output("--no-pager", None, "Never start a pager.")] = False,
) -> Output:
    """Return the output that was asked for."""
    if format is not None and format not in FORMATS:
        raise no_such("--format", format, FORMATS)
    if color not in COLOURS:
        raise no_such("--color", color, COLOURS)
    if json and format not in (None, "json"):
        raise UsageError(f"--json and --format {format} contradict each other")
    file = None if output in (None, "-") else env.cwd / (output or "")
    chosen = format or ("json" if json else _by_ending(file) if file else "text")
    cells = None if width is None else _whole_number("--width", width, NARROWEST, WIDEST)
    return Output(chosen, file, cells, color, ascii, not no_pager)


def no_such(option: str, given: str, choices: tuple[str, ...]) -> UsageError:
    """Return the error for a word that is none of the choices, with the one that may have been meant."""
    from talkstrack.model.names import nearest

    near = nearest(given, choices)
    return UsageError(f"{option}: there is no `{given[:80]}`", f"did you mean `{near}`?" if near else _listed(choices))


def _listed(choices: tuple[str, ...]) -> str:
    return f"one of {', '.join(choices)}"


def _whole_number(option: str, given: str, least: int, most: int) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise UsageError(f"{option}: `{given[:80]}` is not a whole number")
    if not least <= int(given) <= most:
        raise UsageError(f"{option}: {given} is not between {least:,} and {most:,}")
    return int(given)


def _checked(option: str, given: tuple[str, ...]) -> tuple[str, ...]:
    if not given:
        return given
    from talkstrack.model.event import STATUSES  # what is not used is not paid for

    for one in given:
        if option == "--status" and one not in STATUSES:
            raise no_such(option, one, STATUSES)
        if option == "--round":
            _whole_number(option, one, 1, 1_000_000)
    return given


def words(option: str, given: Iterable[str] | None) -> tuple[str, ...]:
    """Read a repeated option or a comma list; a comma behind a backslash belongs to the word."""
    found: list[str] = []
    for text in given or ():
        pieces = [piece.replace("\\,", ",").strip() for piece in re.split(r"(?<!\\),", text)]
        found += [piece for piece in pieces if piece]
        if not any(pieces):
            raise UsageError(f"{option} is empty")
    return tuple(dict.fromkeys(found))


def when(option: str, given: str | None, today: date) -> Period | None:
    """Read a date of the command line, or say which option it was wrong in."""
    if given is None:
        return None
    from talkstrack.model.dates.parse import parse_when

    try:
        return parse_when(given, today)
    except DateError as error:
        raise UsageError(f"{option}: {error}", error.hint) from error


def _one_day(option: str, given: str, today: date) -> date:
    period = when(option, given, today)
    if period is None or period.first is None or period.first != period.last:
        raise UsageError(f"{option}: `{given[:80]}` is not one day", f"write {option} {today.isoformat()}")
    return last_day(option, period)


def last_day(option: str, period: Period) -> date:
    """Return the last day of a date, as `--as-known` and `--today` take it."""
    last = period.last
    if last is None or not date.min.toordinal() <= last <= date.max.toordinal():
        raise UsageError(f"{option}: `{period.edtf[:80]}` has no last day to take for today")
    return date.fromordinal(last)


def _by_ending(file: Path) -> Format:
    found = _ENDINGS.get(file.suffix.lower())
    if found is None:
        what = f"no format has the ending {file.suffix}" if file.suffix else "the name has no ending to go by"
        raise UsageError(f"-o {file.name}: {what}", f"one of {', '.join(_ENDINGS)}, or say --format")
    return found
