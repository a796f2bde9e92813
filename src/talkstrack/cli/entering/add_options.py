"""What `add` does: one event from options or prompts, or many from an input."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from talkstrack.cli.entering.assignments import apply_set
from talkstrack.cli.entering.commit import commit
from talkstrack.cli.entering.draft import TypedEvent, draft_event, option_of
from talkstrack.cli.entering.shorthand import facet
from talkstrack.cli.env import Env
from talkstrack.cli.options import comma_list, date_option
from talkstrack.errors import Hint, UsageError
from talkstrack.ledger.intake.values import EntryError, field_value, transfer_to
from talkstrack.ledger.writing.ids import is_address
from talkstrack.model.entries import KINDS, field_type
from talkstrack.model.event import FACETS, UNDATED_STATUSES

_ARGUMENTS = {"kind": "KIND", "title": "TITLE"}
_EXAMPLES = {
    "transfer": "--to UKR=84, --each 84 or --transfer",
    "commitment": "--commitment 'id=prisoners count=200'",
    "deadline": "--deadline 'to=RUS within=P10D'",
    "office": "--office 'person=umerov title=\"Minister of Defence\"'",
}


class TypedOptions(NamedTuple):
    """What was typed of an event: the texts of its fields and facets, by their names in the ledger; its sources.

    `to`, `each` and `extra` are short for what is in fields. `source` describes a new source. What was not typed is
    left out.
    """

    fields: Mapping[str, Any]
    to: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    source: Mapping[str, str] = {}


def add_event(env: Env, options: TypedOptions, *, no_input: bool, dry_run: bool, json: bool) -> None:
    """Add one event; on a terminal what it lacks is asked for."""
    typed = read_options(options, env)
    lacking = missing(typed)
    if lacking and not no_input and env.stdin_is_terminal and env.stderr_is_terminal:
        from talkstrack.cli.entering.prompts import add_by_prompts

        add_by_prompts(env, typed, dry_run=dry_run, json=json)
        return
    if lacking:
        called = f"an event of the kind {typed.table['kind']}" if "kind" in typed.table else "an event"
        hint = Hint("on a terminal ", "add", after=" asks for what is missing")
        raise UsageError(f"{called} needs {_listed(lacking)}", hint)
    commit(env, lambda target: draft_event(typed, target), "add", dry_run=dry_run, json=json)


def add_from(env: Env, options: TypedOptions, name: str, *, skip_existing: bool, dry_run: bool, json: bool) -> None:
    """Add the events of an input, all or none."""
    if any(options):
        raise UsageError("--from takes the events from its input alone", "leave the other fields out")
    from talkstrack.cli.entering.add_input import add_input

    add_input(env, name, skip_existing=skip_existing, dry_run=dry_run, json=json)


def read_options(options: TypedOptions, env: Env) -> TypedEvent:
    """Return the event that was typed, as far as it goes; EntryError for what cannot be read."""
    table: dict[str, Any] = {field: _value(field, typed, env) for field, typed in options.fields.items()}
    if options.to:
        table["transfer"] = [*(transfer_to(text) for text in options.to), *table.get("transfer", ())]
    for text in options.extra:
        table = apply_set(table, f"extra.{text}")
    published = date_option("--published", options.source.get("published"), env.today)
    source = {**options.source, **({"published": published.edtf} if published else {})}
    named = [(text,) if is_address(text) else comma_list("--source", [text]) for text in options.sources]
    sources = tuple(name for names in named for name in names)
    return TypedEvent(table, options.each, sources, {"": {field: text for field, text in source.items() if text}})


def _value(field: str, typed: Any, env: Env) -> Any:
    """Read what was typed for a field: a text, or several where the option may be repeated."""
    if field in FACETS:
        return [facet(field, text) for text in typed]
    if not isinstance(typed, str):
        return list(typed if field == "agenda" else comma_list(option_of(field), typed))
    if not typed.strip():
        raise EntryError(f"{_ARGUMENTS.get(field) or option_of(field)} is empty", "leave it out where nothing is known")
    if field_type("event", field) == "date":
        period = date_option(option_of(field), typed, env.today)
        return period.edtf if period else None
    return field_value("event", field, typed.strip())


def missing(typed: TypedEvent) -> list[str]:
    """Return the options without which the event says too little."""
    table = typed.table
    lacking = [argument for field, argument in _ARGUMENTS.items() if field not in table]
    is_undated = table.get("status") in UNDATED_STATUSES and "scheduled" in table
    if "date" not in table and not is_undated:
        lacking.append("--date")
    kind = KINDS.get(str(table.get("kind")))
    is_held = table.get("status", "held") == "held"  # what was not has no figures yet
    for name in kind.needs if kind and is_held else ():
        if name not in table and not (name == "transfer" and typed.each):
            lacking.append(_EXAMPLES.get(name, f"--{name}"))
    return lacking


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
