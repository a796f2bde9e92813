"""A newcomer's walk: from an empty folder to two merged branches, in commands as the README prints them."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from talkstrack.cli import main as main_module
from talkstrack.ledger.reading.read import load

SOURCE = str(Path(main_module.__file__).parents[2])

BEGIN = r"""
git init -q midway && cd midway
talkstrack init --git --title "The Midway talks"
talkstrack register party NOR Norland
talkstrack register party SUD Sudmark --alias "Republic of Sudmark"
talkstrack register person berg "Ida Berg" --party NOR --role "Minister of Defence from 2023-09-06"
"""
ADD = r"""
talkstrack add agreement "200 prisoners each way" --date 2025-06-02 --commitment 'id=prisoners what=people count=200' \
    --source https://herald.example/deal --publisher "The Herald" --published 2025-06-02
talkstrack add exchange "First exchange" --date 2025-06-09 --under agreement-2025-06-02 \
    --to NOR=84@NOR --to NOR=90@Sudmark --to SUD=84 --source herald-2025-06-02 --dry-run
talkstrack add exchange "First exchange" --date 2025-06-09 --under agreement-2025-06-02 \
    --to NOR=84@NOR --to NOR=90@Sudmark --to SUD=84 --source herald-2025-06-02
"""
JSON = r"""
echo '[{"kind": "exchange", "date": "2025-06-20", "title": "Second exchange", "under": "agreement-2025-06-02",
  "transfer": [{"to": "NOR", "count": "over 60"}, {"to": "SUD", "count": 60}], "sources": ["herald-2025-06-02"]}]' |
  talkstrack add --from - --skip-existing
"""
CORRECT = r"""
talkstrack revise exchange-2025-06-09 --set transfer.NOR@SUD.count=91 -m "the list was published"
talkstrack add exchange "The same once more" --date 2025-06-20 --to NOR=61 --source herald-2025-06-02
talkstrack retract exchange-2025-06-20-2 -m "the same as exchange-2025-06-20"
talkstrack check
talkstrack history exchange-2025-06-09
talkstrack exchanges
"""
MERGE = r"""
git add . && git commit -q -m "The talks so far"
git checkout -q -b berlin
talkstrack add exchange "Third exchange" --date 2025-07-01 --each 20 --source herald-2025-06-02
git commit -q -a -m "The third exchange"
git checkout -q -
talkstrack add statement "Berg on the deal" --date 2025-07-02 --by berg --source herald-2025-06-02 \
    --claim 'by=berg to=NOR under=agreement-2025-06-02 count=over-140'
git commit -q -a -m "What Berg said"
git merge -q -m "Both" berlin
talkstrack check
"""
WALK = (BEGIN, ADD, JSON, CORRECT, MERGE)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return an environment that has `talkstrack` on its path and nothing of the user's own."""
    programs = tmp_path / "bin"
    programs.mkdir()
    script = programs / "talkstrack"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m talkstrack "$@"\n')
    script.chmod(0o755)
    return {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": SOURCE, "HOME": str(tmp_path),
        "TALKSTRACK_CACHE": str(tmp_path / "cache"), "TALKSTRACK_TODAY": "2025-07-15", "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": str(tmp_path),
        "GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org", "GIT_COMMITTER_NAME": "Ann",
        "GIT_COMMITTER_EMAIL": "ann@example.org",
    }  # fmt: skip


def test_the_walk(tmp_path: Path, environ: dict[str, str]) -> None:
    script = "".join(WALK)
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=tmp_path, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ledger = load(tmp_path / "midway" / "events.toml", "events.toml")
    assert ledger.problems == ()
    assert sorted((event.id, event.revision) for event in ledger.events) == [
        ("agreement-2025-06-02", 1), ("exchange-2025-06-09", 1), ("exchange-2025-06-09", 2),
        ("exchange-2025-06-20", 1), ("exchange-2025-06-20-2", 1), ("exchange-2025-06-20-2", 2),
        ("exchange-2025-07-01", 1), ("statement-2025-07-02", 1),
    ]  # fmt: skip
    assert {event.recorded_by for event in ledger.events} == {"Ann"}
    assert list(ledger.register.sources) == ["herald-2025-06-02"]
    assert done.stderr.endswith("6 events: no errors, no warnings\n")
