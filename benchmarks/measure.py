"""Run a command as its own process and say what it took."""

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LONG = 15
"""Seconds after which a task is not repeated."""


class Run(NamedTuple):
    """Seconds on the clock, and seconds of processor time with those of its children."""

    wall: float
    cpu: float


class Failed(Exception):
    """A command that was to answer did not."""


def run(command: Sequence[str], environment: Mapping[str, str], output: int = subprocess.DEVNULL) -> Run:
    """Run a command to its end."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, env=environment)
    assert child.stderr is not None
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode:
        raise Failed(f"{' '.join(command)}\nleft with {child.returncode}: {said.decode(errors='replace')[-2000:]}")
    return Run(wall, used.ru_utime + used.ru_stime)


def in_turn(tasks: Mapping[str, Callable[[], Run]], repeat: int) -> dict[str, Run]:
    """Run tasks one after the other, so many rounds, and return the median of each: whatever the machine does
    beside it falls on all of them. What takes long is done once."""
    found: dict[str, list[Run]] = {name: [] for name in tasks}
    for _ in range(repeat):
        for name, task in tasks.items():
            if not found[name] or found[name][0].wall < LONG:
                found[name].append(task())
    return {name: Run(*(statistics.median(one) for one in zip(*runs, strict=True))) for name, runs in found.items()}


def peak(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the most MiB that a command and its children held at one time, what they share counted once."""
    most = 0.0
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
        start_new_session=True,
    ) as child:  # fmt: skip
        try:
            while child.poll() is None:
                most = max(most, sum(map(_held, _family(child.pid))))
                time.sleep(0.02)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
    return most


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _held(pid: int) -> float:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024
