"""The layers of the house: imports point to the left only, and Rich stays in its corner."""

import ast
from pathlib import Path

import talkstrack

ROOT = Path(talkstrack.__file__).parent
LAYERS = ("errors", "model", "ledger", "index", "reports", "render", "cli")


def imports() -> list[tuple[Path, str]]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module and not node.level, f"{path} imports relatively"
                names = [f"talkstrack.{alias.name}" for alias in node.names] if node.module == "talkstrack" else []
                found += [(path.relative_to(ROOT), module) for module in names or [node.module]]
            elif isinstance(node, ast.Import):
                found += [(path.relative_to(ROOT), alias.name) for alias in node.names]
    return found


def layer(name: str) -> int | None:
    return LAYERS.index(name) if name in LAYERS else None


def test_imports_point_to_the_left_only() -> None:
    wrong = []
    for path, module in imports():
        parts = module.split(".")
        here = layer(path.parts[0].removesuffix(".py"))
        there = layer(parts[1]) if parts[0] == "talkstrack" and len(parts) > 1 else None
        if here is not None and there is not None and there > here:
            wrong.append(f"{path} imports {module}")
    assert wrong == []


def test_rich_is_imported_by_text_prompts_and_progress_only() -> None:
    allowed = {"render/as_text.py", "cli/prompts.py", "cli/progress.py"}
    assert {str(path) for path, module in imports() if module.split(".")[0] == "rich"} <= allowed


def test_what_a_module_keeps_to_itself_is_imported_by_no_other() -> None:
    wrong = []
    for path in (*sorted(ROOT.rglob("*.py")), *sorted(Path(__file__).parent.glob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("talkstrack"):
                names = [alias.name for alias in node.names if alias.name.startswith("_") and alias.name[1:2] != "_"]
                wrong += [f"{path.name} imports {name} from {node.module}" for name in names]
    assert wrong == []


def test_no_module_imports_itself_in_a_circle() -> None:
    """Within a layer the order is free, but there is one: a report may stand on another, never both ways."""
    below: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        name = ".".join(("talkstrack", *path.relative_to(ROOT).with_suffix("").parts))
        body = ast.parse(path.read_text(encoding="utf-8")).body
        below[name] = {node.module for node in body if isinstance(node, ast.ImportFrom) and node.module}
    while leaves := [name for name, found in below.items() if not found & below.keys()]:
        for name in leaves:
            del below[name]
    assert sorted(below) == []


def test_reports_and_pages_touch_no_file_clock_or_terminal() -> None:
    banned = {"os", "sys", "pathlib", "time", "subprocess", "shutil", "tempfile", "typer"}
    wrong = [
        f"{path} imports {module}"
        for path, module in imports()
        if path.parts[0] in ("reports", "render", "model") and module.split(".")[0] in banned
    ]
    assert wrong == []


def test_reports_and_pages_open_print_and_ask_for_the_day_nowhere() -> None:
    """The modules above are one way to the world; the builtins and `date.today()` are the other."""
    wrong = []
    for path in (one for layer in ("reports", "render", "model") for one in sorted((ROOT / layer).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                if called in ("open", "print", "input", "today", "now", "utcnow"):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {called}")
    assert wrong == []
