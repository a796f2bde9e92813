"""The source as the house tests see it: every module parsed once, every import wherever it stands, and its circles.

Modules go by their names below `talkstrack`: `reports.book`, `cli.commands.add`; the root itself is `talkstrack`.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import talkstrack

ROOT = Path(talkstrack.__file__).parent
FACE = "talkstrack"


class Module(NamedTuple):
    """A module of the program."""

    name: str
    path: Path
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"


class Import(NamedTuple):
    """That a module imports another one of ours, or (`name` None: the module itself) a name out of it."""

    module: str
    target: str
    name: str | None
    line: int

    def __str__(self) -> str:
        return f"{self.module} -> {self.target}"


@cache
def modules() -> dict[str, Module]:
    """Return every module by its name."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or FACE
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        found[name] = Module(name, path, text, tree, tuple(ast.walk(tree)))
    return found


def ours(dotted: str) -> str | None:
    """Return the name of a module of ours, or None for what is none."""
    name = FACE if dotted == FACE else dotted.removeprefix(f"{FACE}.")
    return name if dotted.startswith(FACE) and name in modules() else None


def within(name: str, *rooms: str) -> bool:
    """Whether a module is one of these, or stands in one of these packages."""
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


@cache
def imports() -> tuple[Import, ...]:
    """Return every import of one of our modules: in functions, classes and `if TYPE_CHECKING` too, and in tables."""
    return tuple(one for module in modules().values() for one in (*_written(module), *_in_tables(module)))


def _written(module: Module) -> Iterator[Import]:
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if target := ours(alias.name):
                    yield Import(module.name, target, None, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, f"{module.path}:{node.lineno} imports relatively"
            for alias in node.names:
                if target := ours(f"{node.module}.{alias.name}"):
                    yield Import(module.name, target, None, node.lineno)
                elif target := ours(node.module):
                    yield Import(module.name, target, alias.name, node.lineno)


def loads_by_name(module: Module) -> bool:
    """Whether a module loads others by names it has as texts."""
    return any(
        isinstance(node, ast.Call)
        and (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) in ("import_module", "__import__")
        for node in module.nodes
    )


def named_in_texts(module: Module) -> Iterator[tuple[str, int]]:
    """Yield the modules that a module names in a text of their own, in full or below the root, and the lines."""
    is_table = loads_by_name(module)
    for node in module.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            value = node.value.partition(":")[0]
            target = ours(value) if value.startswith(f"{FACE}.") else None
            if target is None and is_table and ("." in value or value == "api"):
                target = ours(f"{FACE}.{value}")
            if target is not None:
                yield target, node.lineno
        elif isinstance(node, ast.JoinedStr) and is_table and isinstance(node.values[0], ast.Constant):
            room = str(node.values[0].value)
            if room.endswith(".") and (package := ours(room[:-1])) and package != FACE:
                for name in modules():
                    if name.rpartition(".")[0] == package:
                        yield name, node.lineno


def _in_tables(module: Module) -> Iterator[Import]:
    for target, line in named_in_texts(module):
        yield Import(module.name, target, None, line)


@cache
def foreign() -> tuple[tuple[str, str, int], ...]:
    """Return every import of what is not ours: module, what it imports (its first name), line."""
    found = []
    for module in modules().values():
        for node in module.nodes:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [(module.name, top, node.lineno) for name in names if (top := name.split(".")[0]) != FACE]  # type: ignore[attr-defined]
    return tuple(found)


def packages_of(name: str) -> list[str]:
    """Return the packages a module stands in, the root among them."""
    parts = name.split(".")
    return [FACE, *(".".join(parts[:depth]) for depth in range(1, len(parts)))]


@cache
def graph() -> dict[str, dict[str, Import]]:
    """Return what each module imports; who imports a module runs the `__init__` of its packages, but not of its own."""
    found: dict[str, dict[str, Import]] = {name: {} for name in modules()}
    for one in imports():
        mine = (one.module, *packages_of(one.module))
        reached = [one.target, *(package for package in packages_of(one.target) if package not in mine)]
        for target in reached:
            if target != one.module:
                found[one.module].setdefault(target, one)
    return found


def circles() -> list[list[str]]:
    """Return the sets of modules that import each other, each sorted."""
    below = {name: set(targets) for name, targets in graph().items()}
    reach = {name: _reached(name, below) for name in below}
    found = {
        tuple(sorted(other for other in reach[name] if name in reach[other])) for name in below if name in reach[name]
    }
    return sorted(list(circle) for circle in found)


def _reached(start: str, below: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(below[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += below[name] - found
    return found


def told(circle: Iterable[str]) -> str:
    """Return a shortest way round in a circle, file by file, with the names that are imported."""
    allowed = set(circle)
    ways = []
    for start in sorted(allowed):
        paths, seen = [[start]], {start}
        while paths:
            path = paths.pop(0)
            for target in sorted(graph()[path[-1]].keys() & allowed):
                if target == start:
                    ways.append([*path, start])
                    paths = []
                    break
                if target not in seen:
                    seen.add(target)
                    paths.append([*path, target])
    way = min(ways, key=len)
    lines = []
    for name, target in pairwise(way):
        file = modules()[name].path.relative_to(ROOT.parent)
        steps = [one for one in imports() if one.module == name and one.target == target] or [graph()[name][target]]
        names = ", ".join(sorted({step.name or "the module" for step in steps}))
        lines.append(f"{file}:{steps[0].line} imports {names} from {steps[0].target}" + _through(steps[0], target))
    return "\n".join(lines)


def _through(step: Import, target: str) -> str:
    return "" if step.target == target else f", which runs {target}/__init__"


def defined(module: Module) -> dict[str, ast.AST]:
    """Return what a module defines at its top, by name."""
    found: dict[str, ast.AST] = {}
    for node in module.tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found[node.name] = node
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                for name in ast.walk(target) if target is not None else ():
                    if isinstance(name, ast.Name):
                        found[name.id] = node
    return found


def held(breaches: Iterable[str], exceptions: Iterable[str]) -> None:
    """Refuse a breach that is no known exception, and an exception that is none any more: take it from its list."""
    found, known = set(breaches), set(exceptions)
    new, mended = sorted(found - known), sorted(known - found)
    text = [f"a breach: {one}" for one in new] + [f"mended, take it from the exceptions: {one}" for one in mended]
    assert not text, "\n".join(text)
