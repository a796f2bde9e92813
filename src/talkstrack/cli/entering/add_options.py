"""What `add` does: one event from options or prompts, or many from an input."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from talkstrack.cli.entering.assignments import apply_set
from talkstrack.cli.entering.draft import Wanted, draft_of, option_of
from talkstrack.cli.entering.outcome import report
from talkstrack.cli.entering.shorthand import facet
from talkstrack.cli.env import Env
from talkstrack.cli.options import comma_list, date_option
from talkstrack.errors import UsageError
from talkstrack.ledger.intake.values import EntryError, field_value, transfer_to
from talkstrack.ledger.writing.ids import is_address
from talkstrack.model.entries import KINDS
from talkstrack.model.event import UNDATED_STATUSES
from talkstrack.model.fields import field_type

_OPTIONS = {"kind": "KIND", "title": "TITLE"}
_EXAMPLES = {
    "transfer": "--to UKR=84, --each 84 or --transfer",
    "commitment": "--commitment 'id=prisoners count=200'",
    "deadline": "--deadline 'to=RUS within=P10D'",
    "office": "--office 'person=umerov title=\"Minister of Defence\"'",
}


class Given(NamedTuple):
    """What was typed on the command line."""

    texts: Mapping[str, str | None]
    lists: Mapping[str, list[str] | None]
    facets: Mapping[str, list[str] | None]
    to: list[str]
    each: list[str]
    extra: list[str]
    sources: list[str]
    about_source: Mapping[str, str | None]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of an event was typed."""
        return not any((*self.texts.values(), *self.lists.values(), *self.facets.values(), *self[3:7]))


def add_event(env: Env, given: Given, *, no_input: bool, dry_run: bool, json: bool) -> None:
    """Add one event; on a terminal what it lacks is asked for."""
    wanted = wanted_of(given, env)
    lacking = missing(wanted)
    if lacking and not no_input and env.stdin_is_terminal and env.stderr_is_terminal:
        from talkstrack.cli.entering.prompts import ask_for

        ask_for(env, wanted, dry_run=dry_run, json=json)
        return
    if lacking:
        called = f"an event of the kind {wanted.table['kind']}" if "kind" in wanted.table else "an event"
        raise UsageError(f"{called} needs {_listed(lacking)}", "on a terminal talkstrack add asks for what is missing")
    report(env, lambda target, old: draft_of(wanted, target, old), "add", dry_run=dry_run, json=json)


def add_from(env: Env, given: Given, name: str, *, skip_existing: bool, dry_run: bool, json: bool) -> None:
    """Add the events of an input, all or none."""
    if not given.is_empty:
        raise UsageError("--from takes the events from its input alone", "leave the other fields out")
    from talkstrack.cli.entering.add_input import take_in

    take_in(env, name, skip_existing=skip_existing, dry_run=dry_run, json=json)


def wanted_of(given: Given, env: Env) -> Wanted:
    """Return the event that was typed, as far as it goes; EntryError for what cannot be read."""
    table: dict[str, Any] = {}
    for field, text in given.texts.items():
        if text is None:
            continue
        if not text.strip():
            raise EntryError(
                f"{_OPTIONS.get(field) or option_of(field)} is empty", "leave it out where nothing is known"
            )
        table[field] = _text(field, text, env)
    for field, several in given.lists.items():
        if several:
            table[field] = list(several) if field == "agenda" else list(comma_list(option_of(field), several))
    for name, rows in given.facets.items():
        if rows:
            table[name] = [facet(name, row) for row in rows]
    if given.to:
        table["transfer"] = [*(transfer_to(one) for one in given.to), *table.get("transfer", ())]
    for one in given.extra:
        table = apply_set(table, f"extra.{one}")
    published = date_option("--published", given.about_source.get("published"), env.today)
    about = {**given.about_source, "published": published.edtf if published else None}
    sources = [
        one for text in given.sources for one in ((text,) if is_address(text) else comma_list("--source", [text]))
    ]
    return Wanted(table, tuple(given.each), tuple(sources), {"": {key: value for key, value in about.items() if value}})


def _text(field: str, text: str, env: Env) -> Any:
    if field_type("event", field) == "date":
        period = date_option(f"--{field}", text, env.today)
        return period.edtf if period else None
    return field_value("event", field, text.strip())


def missing(wanted: Wanted) -> list[str]:
    """Return the options without which the event says too little."""
    table = wanted.table
    found = [_OPTIONS[field] for field in ("kind", "title") if field not in table]
    is_undated = table.get("status") in UNDATED_STATUSES and "scheduled" in table
    if "date" not in table and not is_undated:
        found.append("--date")
    kind = KINDS.get(str(table.get("kind")))
    is_held = table.get("status", "held") == "held"  # what was not has no figures yet
    for name in kind.needs if kind and is_held else ():
        if name not in table and not (name == "transfer" and wanted.each):
            found.append(_EXAMPLES.get(name, f"--{name}"))
    return found


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
