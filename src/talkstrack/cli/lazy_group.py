"""The commands, each loaded only when it is called, and the help they share."""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from talkstrack.cli.catalogue import COMMANDS
from talkstrack.errors import UsageError

DEFAULT = "brief"
EXAMPLE = "\nExample:\n"


class Command(TyperCommand):
    """A command whose help groups its options and ends with an example."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, then the options under their headings."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                fallback = "Arguments" if param.param_type_name == "argument" else "Options"
                groups.setdefault(getattr(param, "rich_help_panel", None) or fallback, []).append(record)
        own = [name for name in ("Arguments", "Options") if name in groups]
        for name in (*own, *(name for name in groups if name not in own)):
            with formatter.section(name):
                formatter.write_dl(groups[name])

    def format_epilog(self, _ctx: Any, formatter: Any) -> None:
        """Write the example as it is to be typed."""
        if self.epilog:
            with formatter.section("Example"):
                for line in self.epilog.splitlines():
                    formatter.write(f"  {line.strip()}\n")


class LazyGroup(TyperGroup):
    """A group that imports `talkstrack.cli.commands.NAME` when NAME is called, and no other."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """Return the names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Load a command by its name."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is called, or say which one may have been meant."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            from talkstrack.model.names import did_you_mean

            hint = did_you_mean(args[0], COMMANDS, "`talkstrack --help` lists them all")
            raise UsageError(f"there is no command `{args[0][:80]}`", hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Write the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.help) for name, listed in COMMANDS.items()])

    def shell_complete(self, _ctx: Any, incomplete: str) -> Any:
        """Complete the name of a command without loading any."""
        from typer.core import CompletionItem  # type: ignore[attr-defined]

        return [
            CompletionItem(name, help=listed.help) for name, listed in COMMANDS.items() if name.startswith(incomplete)
        ]


def load(name: str) -> Any:
    """Return the command of this name, made from the function of that name in its module."""
    function: Callable[..., None] = getattr(import_module(f"talkstrack.cli.commands.{name}"), name)
    text, _, example = inspect.cleandoc(function.__doc__ or "").partition(EXAMPLE)
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, cls=Command, help=text.strip(), epilog=example.strip())(function)
    return typer.main.get_command(app)
