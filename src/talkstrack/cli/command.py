"""Give commands the options they share: a parameter's type stands for a whole bundle of them."""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import typer

from talkstrack.cli.env import Env
from talkstrack.cli.options import Output, filters, ledger_options, output_options
from talkstrack.model.query import Query

_BUNDLES: dict[type, Callable[..., Any]] = {Env: ledger_options, Query: filters, Output: output_options}


def command(function: Callable[..., None], *, reads_ledger: bool = True) -> Callable[..., None]:
    """Turn a function of values into a Typer command.

    Its first parameter is `env: Env` (it brings `-f`, `--today`, `--no-index` where it reads a ledger); a parameter of
    type `Query` brings every filter, one of type `Output` the output options, and one of a type with `from_options` the
    options that this declares. The others are declared as Typer has it.
    """
    offered = (Query, Output, Env) if reads_ledger else (Query, Output)
    parameters = inspect.signature(function).parameters
    bundled = {name: parameter.annotation for name, parameter in parameters.items() if _reader(parameter.annotation)}
    own = tuple(kind for kind in bundled.values() if kind not in _BUNDLES)
    options = {kind: _options(_reader(kind)) for kind in (*own, *offered) if kind in bundled.values()}

    def run(context: typer.Context, **typed: Any) -> None:
        values = {kind: {name: typed.pop(name) for name in names} for kind, names in options.items()}
        env = ledger_options(context.obj, **values.pop(Env, {}))
        context.find_root().obj = env  # who tells an error has to know which ledger was asked for
        for name, kind in bundled.items():
            if kind is not Env:
                read = partial(_BUNDLES[kind], env) if kind in _BUNDLES else kind.from_options
                typed[name] = read(**values[kind])
        function(env, **typed)

    keyword = inspect.Parameter.KEYWORD_ONLY
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("context", keyword, annotation=typer.Context),
            *(parameter.replace(kind=keyword) for name, parameter in parameters.items() if name not in bundled),
            *(parameter.replace(kind=keyword) for names in options.values() for parameter in names.values()),
        ]
    )
    run.__annotations__ = {}
    run.__doc__, run.__name__ = function.__doc__, function.__name__
    return run


command_without_ledger = partial(command, reads_ledger=False)
"""Turns a function into a command that reads no ledger: as `command`, without the options of `Env`."""


def _reader(kind: Any) -> Any:
    return _BUNDLES.get(kind) or getattr(kind, "from_options", None)


def _options(reader: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return {name: parameter for name, parameter in inspect.signature(reader).parameters.items() if name != "env"}
