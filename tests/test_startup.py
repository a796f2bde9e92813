"""A command imports what it needs and no more: the list for the shortest way from the index to stdout."""

import os
import subprocess
import sys
from pathlib import Path

import talkstrack

SOURCE = Path(talkstrack.__file__).parent.parent
SHIPPED = Path(__file__).parent.parent / "data" / "events.toml"
CODE = """
import sys
from talkstrack.cli.main import main
main(["timeline", "--json", "-f", sys.argv[1]])
ours = {name for name in sys.modules if name.startswith("talkstrack")}
others = {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names
print(*sorted(ours), *sorted(others & {"rich", "platformdirs", "tomli", "tomli_w", "msgspec"}), file=sys.stderr)
"""


def test_timeline_as_json_imports_this_and_no_more(tmp_path: Path) -> None:
    environment = {**os.environ, "TALKSTRACK_CACHE": str(tmp_path), "PYTHONPATH": str(SOURCE)}
    for _ in range(2):
        command = [sys.executable, "-c", CODE, str(SHIPPED)]
        warm = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert warm.stderr.split() == [
        "talkstrack", "talkstrack.api", "talkstrack.cli", "talkstrack.cli.catalogue", "talkstrack.cli.command", "talkstrack.cli.commands",
        "talkstrack.cli.commands.timeline", "talkstrack.cli.complete", "talkstrack.cli.emit",
        "talkstrack.cli.env", "talkstrack.cli.lazy_group", "talkstrack.cli.load", "talkstrack.cli.main",
        "talkstrack.cli.messages", "talkstrack.cli.options", "talkstrack.errors",
        "talkstrack.index", "talkstrack.index.filters", "talkstrack.index.fingerprint", "talkstrack.index.fresh",
        "talkstrack.index.links", "talkstrack.index.private", "talkstrack.index.rows", "talkstrack.index.schema", "talkstrack.index.select",
        "talkstrack.ledger", "talkstrack.ledger.reading", "talkstrack.ledger.reading.find", "talkstrack.model",
        "talkstrack.model.dates", "talkstrack.model.dates.days", "talkstrack.model.dates.period",
        "talkstrack.model.query", "talkstrack.render", "talkstrack.render.data", "talkstrack.render.data.as_json",
        "talkstrack.render.formats", "talkstrack.render.sanitize", "talkstrack.render.view",
        "msgspec",
    ]  # fmt: skip
