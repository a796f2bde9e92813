"""Nothing that was reported as added is lost: killed writers, racing writers, a full disk, no permission.

TALKSTRACK_KILLS and TALKSTRACK_WRITERS (as `8x50`) make the runs longer.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from talkstrack.errors import WRITE_REFUSED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals")

KILLS = int(os.environ.get("TALKSTRACK_KILLS", "60"))
WRITERS, EACH = map(int, os.environ.get("TALKSTRACK_WRITERS", "4x15").split("x"))
PROGRAM = Path(__file__).with_name("writers.py")


def run(*words: object) -> dict[str, Any]:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(PROGRAM), *map(str, words)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    found = run("kills", tmp_path, KILLS, os.getpid())
    assert (found["kills"], found["left"], found["most"] <= 1) == (KILLS, ["events.toml"], True)


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    found = run("race", tmp_path, WRITERS, EACH)
    assert found == {"events": WRITERS * EACH, "same": True, "left": ["events.toml"], "read": True}


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    found = run("full", tmp_path, 9_000)
    assert found == {"slug": "disk-full", "code": WRITE_REFUSED, "same": True, "left": ["events.toml"]}


def test_without_permission_nothing_is_written_and_a_closed_folder_is_no_hindrance() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, closed, shared = Path(name), Path(name) / "closed", Path(name) / "shared"
        closed.mkdir()
        shared.mkdir()
        for ledger in (folder / "events.toml", closed / "events.toml", shared / "events.toml"):
            ledger.write_text("[ledger]\nformat = 1\n")
        (shared / "events.toml").chmod(0o666)
        shared.chmod(0o777)
        (folder / "events.toml").chmod(0o444)
        (closed / "events.toml").chmod(0o666)
        folder.chmod(0o777)
        closed.chmod(0o555)
        try:
            found = run("forbidden", folder)
        finally:
            closed.chmod(0o755)
    assert found == {
        "slug": "no-permission",
        "code": WRITE_REFUSED,
        "same": True,
        "in place": ["in-place"],
        "left": ["events.toml"],
        "kept owner": [["of-another"], os.geteuid() == 0],
    }
