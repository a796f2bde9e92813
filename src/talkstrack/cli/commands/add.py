"""The command `add`."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import typer

from talkstrack.cli import complete
from talkstrack.cli.command import command
from talkstrack.cli.entering.add_options import Given, add_event, add_from
from talkstrack.cli.entering.outcome import DRY_RUN, JSON
from talkstrack.cli.env import Env

Words = list[str] | None


def _of(panel: str, name: str, metavar: str, text: str, completion: complete.Completion | None = None) -> Any:
    return typer.Option(*name.split(), metavar=metavar, help=text, rich_help_panel=panel, autocompletion=completion)


def _event(name: str, metavar: str, text: str, completion: complete.Completion | None = None) -> Any:
    return _of("Event", name, metavar, text, completion)


def _facet(name: str, text: str) -> Any:
    return _of("Facets, each 'KEY=VALUE ...' or a JSON object", name, "FACET", text)


def _source(name: str, metavar: str, text: str, completion: complete.Completion | None = None) -> Any:
    return _of("Source", name, metavar, text, completion)


class Fields(NamedTuple):
    """What the options say of the event itself."""

    texts: Mapping[str, str | None]
    lists: Mapping[str, Words]
    to: list[str]
    each: list[str]
    extra: list[str]

    @staticmethod
    def from_options(
        to: Annotated[
            Words, _of("Short", "--to", "PARTY=COUNT[@WHO]", "Handed over to a party, by whose account.")
        ] = None,
        each: Annotated[Words, _of("Short", "--each", "COUNT[@WHO]", "Handed over to each of the two parties.")] = None,
        date: Annotated[str | None, _event("--date", "DATE", "When: 2025-07-23, 2025-07, yesterday.")] = None,
        scheduled: Annotated[str | None, _event("--scheduled", "DATE", "When it had been due.")] = None,
        as_written: Annotated[
            str | None, _event("--as-written", "TEXT", "The source's own words for the date.")
        ] = None,
        title_: Annotated[str | None, _event("--title", "TEXT", "The same as TITLE.")] = None,
        summary: Annotated[str | None, _event("--summary", "TEXT", "What happened.")] = None,
        place: Annotated[str | None, _event("--place", "TEXT", "Where.")] = None,
        status: Annotated[
            str | None, _event("--status", "STATUS", "held, planned, postponed, cancelled, ...", complete.statuses)
        ] = None,
        under: Annotated[
            str | None, _event("--under", "ID", "The agreement or commitment it serves.", complete.scopes)
        ] = None,
        part_of: Annotated[str | None, _event("--part-of", "ID", "The event it is a part of.", complete.events)] = None,
        about: Annotated[Words, _event("--about", "ID", "An event it is about.", complete.events)] = None,
        replaces: Annotated[Words, _event("--replaces", "ID", "An event it replaces.", complete.events)] = None,
        by: Annotated[Words, _event("--by", "NAME", "Who said, proposed or threatened it.", complete.names)] = None,
        party: Annotated[Words, _event("--party", "NAME", "A party to it.", complete.parties)] = None,
        host: Annotated[Words, _event("--host", "NAME", "Who hosted it.", complete.parties)] = None,
        mediator: Annotated[Words, _event("--mediator", "NAME", "Who mediated.", complete.parties)] = None,
        person: Annotated[Words, _event("--person", "NAME", "Who took part.", complete.persons)] = None,
        round_: Annotated[str | None, _event("--round", "N", "The number of the round of talks.")] = None,
        agenda: Annotated[Words, _event("--agenda", "TEXT", "A point of the agenda.")] = None,
        tag: Annotated[Words, _event("--tag", "TAG", "A tag.", complete.tags)] = None,
        note: Annotated[str | None, _event("--note", "TEXT", "A remark.")] = None,
        extra: Annotated[Words, _event("--extra", "KEY=VALUE", "A field of your own.")] = None,
        event_id: Annotated[str | None, _event("--id", "ID", "Its id; else made from kind and date.")] = None,
    ) -> "Fields":
        """Return them by the names they have in the ledger."""
        texts = {
            "title": title_, "scheduled": scheduled, "date": date, "as_written": as_written, "summary": summary,
            "place": place, "status": status, "under": under, "part_of": part_of, "round": round_, "note": note,
            "id": event_id,
        }  # fmt: skip
        lists = {
            "about": about, "replaces": replaces, "by": by, "parties": party, "host": host, "mediators": mediator,
            "people": person, "agenda": agenda, "tags": tag,
        }  # fmt: skip
        return Fields(texts, lists, to or [], each or [], extra or [])


class Facets(NamedTuple):
    """The facets of the event, by their names."""

    given: Mapping[str, Words]

    @staticmethod
    def from_options(
        transfer: Annotated[
            Words, _facet("--transfer", "to=UKR count=390 parts=military:270,civilian:120 by=RUS")
        ] = None,
        claim: Annotated[Words, _facet("--claim", "by=zelenskyy to=UKR under=agreement-2 count=over-1000")] = None,
        commitment: Annotated[Words, _facet("--commitment", "id=prisoners what=people count=1000")] = None,
        delegation: Annotated[Words, _facet("--delegation", "party=UKR head=umerov members=a,b size=14")] = None,
        deadline: Annotated[Words, _facet("--deadline", "to=RUS within=P50D")] = None,
        response: Annotated[Words, _facet("--response", "by=RUS answer=rejected date=2025-07-15")] = None,
        office: Annotated[Words, _facet("--office", 'person=umerov title="Minister of Defence"')] = None,
    ) -> "Facets":
        """Return them by their names."""
        return Facets({
            "transfer": transfer, "claim": claim, "commitment": commitment, "delegation": delegation,
            "deadline": deadline, "response": response, "office": office,
        })  # fmt: skip


class Sources(NamedTuple):
    """Where the event is known from, and what is said of a new source."""

    given: list[str]
    described: Mapping[str, str | None]

    @staticmethod
    def from_options(
        source: Annotated[
            Words,
            _source("--source -s", "ID|URL", "Where it is known from; a new URL is registered.", complete.sources),
        ] = None,
        publisher: Annotated[str | None, _source("--publisher", "NAME", "Of a new source.")] = None,
        published: Annotated[str | None, _source("--published", "DATE", "Of a new source.")] = None,
        source_title: Annotated[str | None, _source("--source-title", "TEXT", "Of a new source.")] = None,
    ) -> "Sources":
        """Return them as they were typed."""
        return Sources(source or [], {"publisher": publisher, "published": published, "title": source_title})


class Input(NamedTuple):
    """Where events are taken from, and how."""

    name: str | None
    skip_existing: bool
    no_input: bool

    @staticmethod
    def from_options(
        from_: Annotated[str | None, _of("Input", "--from", "FILE|-", "Events as JSON, NDJSON, TOML or CSV.")] = None,
        skip_existing: Annotated[
            bool, typer.Option("--skip-existing", help="Pass over what is there already.", rich_help_panel="Input")
        ] = False,
        no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.", rich_help_panel="Input")] = False,
    ) -> "Input":
        """Return them as they were typed."""
        return Input(from_, skip_existing, no_input)


@command
def add(
    env: Env,
    fields: Fields,
    facets: Facets,
    sources: Sources,
    taken: Input,
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
    texts = {"kind": kind, **fields.texts, **({} if title is None else {"title": title})}
    given = Given(
        texts, fields.lists, facets.given, fields.to, fields.each, fields.extra, sources.given, sources.described
    )
    if taken.name is not None:
        add_from(env, given, taken.name, skip_existing=taken.skip_existing, dry_run=dry_run, json=json)
    else:
        add_event(env, given, no_input=taken.no_input or taken.skip_existing, dry_run=dry_run, json=json)
