"""The command `schema`."""

from typing import Annotated, Any

import msgspec
import typer

from talkstrack.cli.catalogue import OUTPUTS, load_type
from talkstrack.cli.command import command_without_ledger
from talkstrack.cli.complete import one_of
from talkstrack.cli.emit import write_out
from talkstrack.cli.env import Env
from talkstrack.cli.options import check_choices
from talkstrack.render.data.schemas import OutputTypes, event_schema, schema_of

NAMES = ("event", *OUTPUTS)


@command_without_ledger
def schema(
    env: Env,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help=f"One of {', '.join(NAMES)}.", autocompletion=one_of(*NAMES)),
    ] = None,
) -> None:
    """Print the JSON Schema of an output, or of an event.

    Without a name: the names. `event` is what `add --from` takes; the others are what `--json` prints.

    Example:
    talkstrack schema timeline
    """
    if name is None:
        write_out("".join(f"{schema_name}\n" for schema_name in NAMES).encode(), env)
        return
    check_choices("schema", (name,), NAMES)
    write_out(msgspec.json.format(msgspec.json.encode(schema_named(name)), indent=2) + b"\n", env)


def schema_named(name: str) -> dict[str, Any]:
    """Return the schema of an event on input, or of the output of this name."""
    if name == "event":
        return event_schema()
    prints = OUTPUTS[name]
    options = {option: load_type(kind) for option, kind in prints.options.items()}
    total = load_type(prints.total) if prints.total else None
    return schema_of(name, OutputTypes(load_type(prints.row), total, options, prints.of_ledger))
