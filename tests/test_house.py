"""The layers of the house: who may import whom, wherever the import stands.

    errors <- model <- rules <- { ledger <- index }, { reports <- render } <- api <- cli

Rules name the rooms that are meant to be; a rule about a room that is not there yet holds, and bites once it is.
Exceptions may only become fewer: a test fails where one is needed no more.
"""

import ast
from pathlib import Path

import pytest

from house import (
    FACE,
    circles,
    defined,
    foreign,
    graph,
    held,
    imports,
    loads_by_name,
    modules,
    named_in_texts,
    told,
    within,
)

# ---------------------------------------------------------------- exceptions of today, by the names of modules

UPWARD: set[str] = set()
CIRCLES: tuple[set[str], ...] = ()
MISPLACED_IN_ROOM: set[str] = set()
IMPORT_COMMANDS: set[str] = set()
RULES_IN_REPORTS: set[str] = set()
"""What is to go to rules/: until it does, reports may stand on it and it is no sibling of theirs."""
SIBLINGS: set[str] = set()
FUNCTIONS_IN_RENDER: set[str] = set()
REEXPORTED: set[str] = set()
"""Modules whose `__all__` has names of others."""
NAMED_IN_TEXTS: set[str] = set()
ELSEWHERE: set[str] = set()

# ---------------------------------------------------------------- the house as it is meant to be

BELOW = {
    "errors": (),
    "model": ("errors",),
    "rules": ("errors", "model"),
    "ledger": ("errors", "model", "rules"),
    "index": ("errors", "model", "rules", "ledger"),
    "reports": ("errors", "model", "rules"),
    "render": ("errors", "model", "rules", "reports"),
    "api": ("errors", "model", "rules", "ledger", "index", "reports", "render"),
    FACE: ("errors", "model", "rules", "ledger", "index", "reports", "render", "api"),
    "cli": (FACE, "errors", "model", "rules", "ledger", "index", "reports", "render", "api"),
    "__main__": ("cli",),
}
"""What each layer stands on. Nothing in the wing of the ledger knows the wing of the reports, nor the other way."""

ORDERS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("ledger.checking",), ("ledger.reading",), ("ledger.writing", "ledger.merging"), ("ledger.intake",)),
    (
        ("rules.snapshot", "rules.known", "rules.directions", "rules.lines"),
        ("rules.scope", "rules.wholes", "rules.answers", "rules.delegations", "rules.due", "rules.subjects"),
        ("rules.accounts",),
        ("rules.tally",),
        ("rules.ordinals",),
        ("rules.fulfilment",),
        ("rules.verdicts",),
        ("rules.hand_overs",),
    ),
    (
        ("render.view", "render.table", "render.sanitize", "render.text", "render.data"),
        ("render.words",),
        ("render.views",),
    ),
    (
        ("cli.entering.target", "cli.entering.prompt"),
        ("cli.entering.draft",),
        ("cli.entering.draft_register", "cli.entering.draft_revision", "cli.entering.commit"),
        ("cli.entering.add_input", "cli.entering.editor", "cli.entering.prompts"),
        ("cli.entering.add_options",),
    ),
)
"""Inside a layer: nothing imports what stands further to the right."""
APART = (("ledger.writing", "ledger.merging"), ("ledger.intake", "ledger.merging"))
"""Rooms that know nothing of each other."""

STAND_ON = {
    "reports.exchanges": ("exchange_totals", "claims", "agreements"),
    "reports.brief": ("agreements", "deadlines", "headline", "timeline"),
    "reports.timeline": ("headline",),
    "reports.headline": ("deadlines",),
    "reports.proposals": ("deadlines",),
    "reports.delegations": ("proposals",),
    "reports.event": ("agreements", "claims", "deadlines", "history"),
    "render.views.exchanges": ("exchange_totals", "claims"),
    "render.views.exchange_accounts": ("exchange_totals", "exchanges"),
    "render.views.event": ("timeline",),
}
"""The reports and views that stand on another one; no other sibling imports a sibling."""

LOADERS = ("cli.lazy_group", "cli.catalogue", "render.formats", FACE)
"""The only modules that load others by names in texts."""

ONLY_IN = {
    "rich": ("render.text.as_text",),
    "sqlite3": ("index",),
    "subprocess": ("ledger.merging.install", "cli.entering.editor", "cli.entering.target", "cli.terminal"),
}
PURE = ("model", "rules", "reports", "render")
WORLD = {"os", "sys", "pathlib", "time", "subprocess", "shutil", "tempfile", "typer"}
CLOCKS = ("cli.env", "api")
FACES = ("model.register",)
"""Modules that hand on names of others, beside the `__init__` of packages."""


def layer(name: str) -> str:
    return name.split(".")[0]


def test_every_module_stands_in_a_layer() -> None:
    assert sorted({layer(name) for name in modules()} - set(BELOW)) == []


def test_imports_point_down_and_not_across_the_wings() -> None:
    wrong = {
        str(one)
        for one in imports()
        if layer(one.target) != layer(one.module) and layer(one.target) not in BELOW[layer(one.module)]
    }
    held(wrong, UPWARD)


def rank(name: str, order: tuple[tuple[str, ...], ...]) -> int | None:
    """Return how far to the right a module stands in an order, or None where it is not in it."""
    return next((place for place, rooms in enumerate(order) if within(name, *rooms)), None)


def test_rooms_keep_their_order() -> None:
    wrong = set()
    for one in imports():
        for order in ORDERS:
            here, there = rank(one.module, order), rank(one.target, order)
            if here is not None and there is not None and there > here:
                wrong.add(str(one))
        for left, right in APART:
            if (within(one.module, left) and within(one.target, right)) or (
                within(one.module, right) and within(one.target, left)
            ):
                wrong.add(str(one))
    held(wrong, MISPLACED_IN_ROOM)


def test_checking_and_every_rule_has_its_place() -> None:
    """A rule that the order does not name would be free of it; and checking stands on no other room of the ledger."""
    placeless = [
        name for name in modules() if within(name, "rules") and name != "rules" and rank(name, ORDERS[1]) is None
    ]
    assert placeless == []
    wrong = [
        str(one)
        for one in imports()
        if within(one.module, "ledger.checking")
        and within(one.target, "ledger")
        and not within(one.target, "ledger.checking")
    ]
    assert [one for one in wrong if not one.endswith("-> ledger")] == []


def test_nobody_imports_a_command() -> None:
    wrong = {
        str(one)
        for one in imports()
        if within(one.target, "cli.commands")
        and one.target not in ("cli.commands", one.module)
        and not is_loader(one.module)
    }
    held(wrong, IMPORT_COMMANDS)


def is_loader(name: str) -> bool:
    return name in LOADERS or f"{name} loads" in NAMED_IN_TEXTS


@pytest.mark.parametrize("room", ["reports", "render.views", "render.data"])
def test_siblings_do_not_import_each_other(room: str) -> None:
    moving = {name for name in RULES_IN_REPORTS if within(name, room)}
    wrong = {
        str(one)
        for one in imports()
        if one.module.rpartition(".")[0] == room == one.target.rpartition(".")[0]
        and one.target.rpartition(".")[2] not in STAND_ON.get(one.module, ())
        and not {one.module, one.target} & moving
    }
    held(wrong, {one for one in SIBLINGS if one.startswith(f"{room}.")})


def test_rules_that_live_in_reports_today_are_there_still() -> None:
    assert sorted(RULES_IN_REPORTS - modules().keys()) == []


def test_render_takes_types_alone_from_reports_and_rules() -> None:
    wrong = set()
    for one in imports():
        if within(one.module, "render") and within(one.target, "reports", "rules") and not is_loader(one.module):
            name = one.name or "the module"
            if one.name is None or isinstance(defined(modules()[one.target]).get(name), ast.FunctionDef):
                wrong.add(f"{one}: {name}")
    held(wrong, FUNCTIONS_IN_RENDER)


def test_no_module_imports_itself_in_a_circle() -> None:
    """Imports in functions count, those of types count, and those of tables."""
    known = [sorted(circle) for circle in CIRCLES]
    new = [circle for circle in circles() if circle not in known]
    assert not new, "\n\n".join(told(circle) for circle in new)
    mended = [circle for circle in known if circle not in circles()]
    assert not mended, f"mended, take it from the exceptions: {mended}"


@pytest.mark.parametrize("package", ONLY_IN)
def test_what_is_imported_in_its_corner_only(package: str) -> None:
    wrong = {
        f"{module} imports {package}"
        for module, name, _ in foreign()
        if name == package and not within(module, *ONLY_IN[package])
    }
    held(wrong, {one for one in ELSEWHERE if one.endswith(f" imports {package}")})


def test_what_is_pure_touches_no_file_clock_or_terminal() -> None:
    """The modules of `WORLD` are one way to the world; the builtins and `date.today()` are the other."""
    wrong = {f"{module} imports {name}" for module, name, _ in foreign() if within(module, *PURE) and name in WORLD}
    for name, module in modules().items():
        for node in module.nodes if within(name, *PURE) else ():
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                if called in ("open", "print", "input", "today", "now", "utcnow"):
                    wrong.add(f"{name}:{node.lineno} calls {called}")
    assert sorted(wrong) == []


def test_the_day_is_asked_for_in_one_place() -> None:
    wrong = {
        f"{name}:{node.lineno}"
        for name, module in modules().items()
        for node in module.nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("today", "now", "utcnow")
        and getattr(node.func.value, "id", "") in ("date", "datetime")
        and name not in CLOCKS
    }
    assert sorted(wrong) == []


def test_what_a_module_keeps_to_itself_is_imported_by_no_other() -> None:
    def is_private(name: str) -> bool:
        return name.startswith("_") and not name.startswith("__")

    wrong = [f"{one}: {one.name}" for one in imports() if is_private(one.name or one.target.rpartition(".")[2])]
    for path in sorted(Path(__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(FACE):
                wrong += [f"{path.name} imports {alias.name}" for alias in node.names if is_private(alias.name)]
    assert wrong == []


def test_no_module_hands_on_what_another_defines() -> None:
    wrong = set()
    for name, module in modules().items():
        if module.is_package or name in FACES:
            continue
        node = defined(module).get("__all__")
        listed = ast.literal_eval(node.value) if isinstance(node, ast.Assign) else ()
        wrong |= {name} if set(listed) - defined(module).keys() else set()
    held(wrong, REEXPORTED)


def test_modules_are_loaded_by_name_in_the_tables_only() -> None:
    wrong = set()
    for name, module in modules().items():
        if name not in LOADERS:
            wrong |= {f"{name} loads"} if loads_by_name(module) else set()
            wrong |= (
                {f"{name} names {target}" for target, _ in named_in_texts(module)}
                if not loads_by_name(module)
                else set()
            )
    held(wrong, NAMED_IN_TEXTS)


def test_the_tables_are_followed() -> None:
    """The commands are reached from the group that loads them by name, and every module is reached from somewhere."""
    (group,) = (name for name in modules() if name in ("cli.group", "cli.lazy_group"))
    commands = {name for name in modules() if name.rpartition(".")[0] == "cli.commands"}
    assert len(commands) >= 18
    assert sorted(commands - graph()[group].keys()) == []
