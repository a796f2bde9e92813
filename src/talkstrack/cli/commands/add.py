"""The command `add`."""

from inspect import Parameter, Signature
from typing import Annotated, Any, NamedTuple

import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.entering.add_options import TypedOptions, add_event, add_from
from talkstrack.cli.entering.commit import DRY_RUN, JSON
from talkstrack.cli.env import Env
from talkstrack.model.entries import field_type


class _Option(NamedTuple):
    """An option, and the field it is typed for: one of the event, of a new source, or of `TypedOptions`."""

    field: str
    names: str
    metavar: str
    text: str
    completion: complete.Completion | None = None


_EXTRA = _Option("extra", "--extra", "KEY=VALUE", "A field of your own.")
_SHORT = (
    _Option("to", "--to", "PARTY=COUNT[@WHO]", "Handed over to a party, by whose account."),
    _Option("each", "--each", "COUNT[@WHO]", "Handed over to each of the two parties."),
)
_EVENT = (
    _Option("date", "--date", "DATE", "When: 2025-07-23, 2025-07, yesterday."),
    _Option("scheduled", "--scheduled", "DATE", "When it had been due."),
    _Option("as_written", "--as-written", "TEXT", "The source's own words for the date."),
    _Option("title", "--title", "TEXT", "The same as TITLE."),
    _Option("summary", "--summary", "TEXT", "What happened."),
    _Option("place", "--place", "TEXT", "Where."),
    _Option("status", "--status", "STATUS", "held, planned, postponed, cancelled, ...", complete.statuses),
    _Option("under", "--under", "ID", "The agreement or commitment it serves.", complete.scopes),
    _Option("part_of", "--part-of", "ID", "The event it is a part of.", complete.events),
    _Option("about", "--about", "ID", "An event it is about.", complete.events),
    _Option("replaces", "--replaces", "ID", "An event it replaces.", complete.events),
    _Option("by", "--by", "NAME", "Who said, proposed or threatened it.", complete.names),
    _Option("parties", "--party", "NAME", "A party to it.", complete.parties),
    _Option("host", "--host", "NAME", "Who hosted it.", complete.parties),
    _Option("mediators", "--mediator", "NAME", "Who mediated.", complete.parties),
    _Option("people", "--person", "NAME", "Who took part.", complete.persons),
    _Option("round", "--round", "N", "The number of the round of talks."),
    _Option("agenda", "--agenda", "TEXT", "A point of the agenda."),
    _Option("tags", "--tag", "TAG", "A tag.", complete.tags),
    _Option("note", "--note", "TEXT", "A remark."),
    _EXTRA,
    _Option("id", "--id", "ID", "Its id; else made from kind and date."),
)
_FACETS = (
    _Option("transfer", "--transfer", "FACET", "to=UKR count=390 parts=military:270,civilian:120 by=RUS"),
    _Option("claim", "--claim", "FACET", "by=zelenskyy to=UKR under=agreement-2 count=over-1000"),
    _Option("commitment", "--commitment", "FACET", "id=prisoners what=people count=1000"),
    _Option("delegation", "--delegation", "FACET", "party=UKR head=umerov members=a,b size=14"),
    _Option("deadline", "--deadline", "FACET", "to=RUS within=P50D"),
    _Option("response", "--response", "FACET", "by=RUS answer=rejected date=2025-07-15"),
    _Option("office", "--office", "FACET", 'person=umerov title="Minister of Defence"'),
)
_SOURCES = _Option(
    "sources", "--source -s", "ID|URL", "Where it is known from; a new URL is registered.", complete.sources
)
_NEW_SOURCE = (
    _Option("publisher", "--publisher", "NAME", "Of a new source."),
    _Option("published", "--published", "DATE", "Of a new source."),
    _Option("title", "--source-title", "TEXT", "Of a new source."),
)
_PANELS = {
    "Short": _SHORT,
    "Event": _EVENT,
    "Facets, each 'KEY=VALUE ...' or a JSON object": _FACETS,
    "Source": (_SOURCES, *_NEW_SOURCE),
}


def _key(option: _Option) -> str:
    """Return the name of an option's parameter; those of `add` itself have no such end."""
    return option.names.split()[0].strip("-").replace("-", "_") + "_"


def _parameter(panel: str, option: _Option) -> Parameter:
    is_repeated = option in (*_SHORT, _EXTRA, _SOURCES) or field_type("event", option.field) in ("texts", "tables")
    declared = typer.Option(
        None, *option.names.split(), metavar=option.metavar, help=option.text, rich_help_panel=panel,
        autocompletion=option.completion,
    )  # fmt: skip
    kind = list[str] | None if is_repeated else str | None
    return Parameter(_key(option), Parameter.KEYWORD_ONLY, default=declared, annotation=kind)


def _from_options(**typed: Any) -> TypedOptions:
    def of(*options: _Option) -> dict[str, Any]:
        return {option.field: value for option in options if (value := typed[_key(option)]) not in (None, [])}

    short = {field: tuple(texts) for field, texts in of(*_SHORT, _EXTRA, _SOURCES).items()}
    fields = of(*(option for option in (*_EVENT, *_FACETS) if option is not _EXTRA))
    return TypedOptions(fields, **short, source=of(*_NEW_SOURCE))


_from_options.__signature__ = Signature(  # type: ignore[attr-defined]
    [_parameter(panel, option) for panel, options in _PANELS.items() for option in options]
)


class _Typed(TypedOptions):
    """The options of `_PANELS`, as they were typed."""

    from_options = staticmethod(_from_options)


class _Input(NamedTuple):
    """Where events are taken from, and how."""

    name: str | None
    skip_existing: bool
    no_input: bool

    @staticmethod
    def from_options(
        from_: Annotated[
            str | None,
            typer.Option(
                "--from", metavar="FILE|-", help="Events as JSON, NDJSON, TOML or CSV.", rich_help_panel="Input"
            ),
        ] = None,
        skip_existing: Annotated[
            bool, typer.Option("--skip-existing", help="Pass over what is there already.", rich_help_panel="Input")
        ] = False,
        no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.", rich_help_panel="Input")] = False,
    ) -> "_Input":
        """Return them as they were typed."""
        return _Input(from_, skip_existing, no_input)


@command
def add(
    env: Env,
    options: _Typed,
    source: _Input,
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="exchange, talks, ...", autocompletion=complete.kinds)
    ] = None,
    title: Annotated[str | None, typer.Argument(metavar="[TITLE]", help="One line.")] = None,
    dry_run: Annotated[bool, DRY_RUN] = False,
    json: Annotated[bool, JSON] = False,
) -> None:
    """Append an event.

    On a terminal what is missing is asked for. Counts may be in words, which no shell eats: over-1000, about-250.

    Example:
    talkstrack add exchange "Exchange no. 67" --date 2025-08-14 --to UKR=84@UKR --to RUS=84 --source URL
    """
    arguments = {field: text for field, text in (("kind", kind), ("title", title)) if text is not None}
    typed = options._replace(fields={**options.fields, **arguments})
    if source.name is not None:
        add_from(env, typed, source.name, skip_existing=source.skip_existing, dry_run=dry_run, json=json)
    else:
        add_event(env, typed, no_input=source.no_input or source.skip_existing, dry_run=dry_run, json=json)
