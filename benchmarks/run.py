"""Measure talkstrack against `hello`, its peers and its budgets: `python benchmarks/run.py`."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import made
from measure import Run, in_turn, peak, run
from peers import FIRST, LAST, PEERS, Peer, asked

HERE = Path(__file__).parent
ROOT = HERE.parent
SIZES = (1_000, 10_000, 100_000)
SCRIPTS = {
    "hello": "from hello_app import app\napp()\n",
    "talkstrack": "import sys\nfrom talkstrack.cli.main import run\nsys.exit(run())\n",
}
MONTH = ("--kind", "exchange", "--since", FIRST, "--until", LAST)
QUESTIONS = {
    "timeline, one month, JSON": ("timeline", *MONTH, "--json"),
    "timeline, one month, text": ("timeline", *MONTH),
    "exchanges, all, JSON": ("exchanges", "--json"),
    "exchanges, all, CSV": ("exchanges", "--format", "csv"),
    "exchanges, all, text": ("exchanges",),
    "exchanges, all, page": ("exchanges", "--width", "100"),
    "10 events, JSON": ("timeline", "-n", "10", "--json"),
    "10 events, text": ("timeline", "-n", "10"),
    "10 events, page": ("timeline", "-n", "10", "--width", "100"),
    "search": ("search", "Chernihiv", "--since", "2025-12-20"),
    "show": ("show", "agreement-9"),
}
ADDED = ("add", "exchange", "One more", "--date", "2025-12-31", "--to", "UKR=84", "--to", "RUS=84")


class Bench:
    """One folder with everything that is measured, and the environment it is measured in."""

    def __init__(self, folder: Path, repeat: int) -> None:
        self.folder = folder
        self.repeat = repeat
        paths = [str(ROOT / "src"), str(HERE)]
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LC_ALL": "C.UTF-8", "TERM": "xterm",
            "PYTHONPATH": os.pathsep.join(paths), "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "TALKSTRACK_CACHE": str(folder / "cache"),
        }  # fmt: skip
        self.scripts = folder / "bin"
        self.scripts.mkdir(exist_ok=True)
        for name, text in SCRIPTS.items():
            (self.scripts / name).write_text(text, encoding="utf-8")

    def python(self, script: str, *args: str) -> list[str]:
        """Return the command line of one of our scripts, like those an installer makes."""
        return [sys.executable, str(self.scripts / script), *args]

    def talkstrack(self, ledger: Path, *args: str) -> list[str]:
        """Return a command line of talkstrack on a ledger."""
        return self.python("talkstrack", *args, "-f", str(ledger))

    def task(self, command: list[str]) -> Callable[[], Run]:
        """Return what runs a command once."""
        return lambda: run(command, self.environment)

    def ledger(self, size: int) -> Path:
        """Return a ledger of so many events, made when it is not there."""
        path = self.folder / f"{size}.toml"
        if not path.exists():
            made.ledger(size, path)
        return path

    def peer_file(self, peer: Peer, size: int) -> Path:
        """Return the same events in a peer's format."""
        path = self.folder / f"{size}.{peer.ending}"
        if not path.exists():
            with path.open("w", encoding="utf-8") as file:
                peer.write(made.events(size), file)
        return path

    def cold(self, ledger: Path) -> Run:
        """Read a ledger for the first time."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        return run(self.talkstrack(ledger, "timeline", "-n", "1", "--json"), self.environment)

    def add(self, ledger: Path) -> Run:
        """Add an event to a ledger whose index is warm, and put the ledger back."""
        size = ledger.stat().st_size
        try:
            return run(self.talkstrack(ledger, *ADDED), self.environment)
        finally:
            os.truncate(ledger, size)


def start_up(bench: Bench) -> None:
    """Measure the shipped ledger against an empty Typer app."""
    shipped = ROOT / "data" / "events.toml"
    tasks = {
        "hello": bench.task(bench.python("hello")),
        "timeline --json": bench.task(bench.talkstrack(shipped, "timeline", "--json")),
        "timeline, Rich text": bench.task(bench.talkstrack(shipped, "timeline", "--width", "100", "--color", "always")),
        "brief, Rich text": bench.task(bench.talkstrack(shipped, "brief", "--width", "100")),
    }
    in_turn(tasks, 2)
    found = in_turn(tasks, bench.repeat * 4)
    hello = found["hello"]
    rows = [(name, _ms(one.wall), _ms(one.cpu), _ratio(one, hello), _mib(one.memory)) for name, one in found.items()]
    _table("Start-up, shipped ledger, warm", ("command", "wall ms", "CPU ms", "x hello wall (CPU)", "MiB"), rows)


def questions(bench: Bench, sizes: tuple[int, ...]) -> None:
    """Measure warm questions at each size, and how their cost grows."""
    rows = []
    medians: dict[int, dict[str, Run]] = {}
    for size in sizes:
        ledger = bench.ledger(size)
        bench.cold(ledger)
        tasks = {name: bench.task(bench.talkstrack(ledger, *args)) for name, args in QUESTIONS.items()}
        in_turn(tasks, 1)
        medians[size] = in_turn(tasks, bench.repeat)
    for name in QUESTIONS:
        found = [medians[size][name] for size in sizes]
        rows.append((name, *(f"{_ms(one.wall)} ({_ms(one.cpu)})" for one in found), _ratio(found[-1], found[0])))
    heads = ("question", *(f"{size:,}: ms" for size in sizes), "growth")
    _table("talkstrack, warm: wall (CPU)", heads, rows)


def against(bench: Bench, size: int, peers: list[Peer]) -> None:
    """Ask talkstrack and each peer the same two questions, in turn."""
    ledger = bench.ledger(size)
    run(bench.talkstrack(ledger, "timeline", "-n", "1"), bench.environment)
    asks = {"filtered list": ("timeline", *MONTH), "tally": ("exchanges", "--format", "csv")}
    rows = []
    for name, args in asks.items():
        tasks = {"talkstrack": bench.task(bench.talkstrack(ledger, *args))}
        for peer in peers:
            command = asked(peer.filtered if name == "filtered list" else peer.tally, bench.peer_file(peer, size))
            tasks[peer.name] = bench.task(command)
        found = in_turn(tasks, bench.repeat)
        for who, one in found.items():
            rows.append((name, who, _ms(one.wall), _ms(one.cpu), _ratio(one, found["talkstrack"]), _mib(one.memory)))
    _table(f"{size:,} events", ("question", "program", "wall ms", "CPU ms", "x talkstrack wall (CPU)", "MiB"), rows)


def first_read(bench: Bench, sizes: tuple[int, ...], peers: list[Peer]) -> None:
    """Measure the first read against one question to hledger, which always reads all."""
    hledger = next((peer for peer in peers if peer.name == "hledger"), None)
    rows = []
    for size in sizes:
        ledger = bench.ledger(size)
        tasks = {"talkstrack": lambda ledger=ledger: bench.cold(ledger)}  # type: ignore[misc]
        if hledger is not None:
            tasks["hledger"] = bench.task(asked(hledger.filtered, bench.peer_file(hledger, size)))
        found = in_turn(tasks, max(1, min(bench.repeat, 3)))
        shutil.rmtree(bench.folder / "cache", ignore_errors=True)
        most = peak(bench.talkstrack(ledger, "timeline", "-n", "1", "--json"), bench.environment)
        ours = found["talkstrack"]
        compared = _ratio(ours, found["hledger"]) if hledger is not None else "-"
        kept = sum(file.stat().st_size for file in (bench.folder / "cache").iterdir()) / 2**20
        rows.append((f"{size:,}", _ms(ours.wall), _ms(ours.cpu), compared, _mib(most), _mib(kept)))
    heads = ("events", "wall ms", "CPU ms", "x hledger wall (CPU)", "peak MiB", "index MiB")
    _table("First read", heads, rows)


def adding(bench: Bench, sizes: tuple[int, ...]) -> None:
    """Measure adding an event."""
    rows = []
    for size in sizes:
        ledger = bench.ledger(size)
        bench.cold(ledger)
        found: list[dict[str, Run]] = []
        tasks = {
            "hello": bench.task(bench.python("hello")),
            "add": lambda ledger=ledger: bench.add(ledger),  # type: ignore[misc]
        }
        for _ in range(max(1, min(bench.repeat, 5))):
            run(bench.talkstrack(ledger, "timeline", "-n", "1"), bench.environment)
            found.append(in_turn(tasks, 1))
            bench.cold(ledger)
        middle = sorted(found, key=lambda one: one["add"].wall / one["hello"].wall)[len(found) // 2]
        one = middle["add"]
        rows.append((f"{size:,}", _ms(one.wall), _ms(one.cpu), _ratio(one, middle["hello"]), _mib(one.memory)))
    _table("add one event, warm index", ("events", "wall ms", "CPU ms", "x hello wall (CPU)", "MiB"), rows)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f}"


def _mib(size: float) -> str:
    return f"{size:,.0f}"


def _ratio(one: Run, other: Run) -> str:
    return f"{one.wall / other.wall:.2f} ({one.cpu / other.cpu:.2f})"


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    print(f"\n### {title}\n\n| {' | '.join(heads)} |\n|{'|'.join('---' for _ in heads)}|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()


def _told_version(peer: Peer) -> str:
    said = subprocess.run(peer.version, capture_output=True, text=True, check=False).stdout.splitlines()
    return said[0] if said else peer.name


def main() -> None:
    """Measure what was asked for and print it as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="events in each ledger")
    parser.add_argument("--repeat", type=int, default=5, help="rounds of which the median is taken")
    parser.add_argument("--folder", type=Path, help="keep what is made here, instead of in a temporary folder")
    parts = ("start", "questions", "against", "first", "add")
    parser.add_argument("--only", nargs="+", choices=parts, default=list(parts))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder.resolve(), given.repeat)
        sizes = tuple(sorted(given.sizes))
        peers = [peer for peer in PEERS if shutil.which(peer.name)]
        named = [f"Python {platform.python_version()}"]
        named += [f"{name} {version(name)}" for name in ("typer", "rich", "msgspec", "tomli")]
        print(f"{date.today()}, {os.cpu_count()} processors. " + "; ".join([*named, *map(_told_version, peers)]))
        if "start" in given.only:
            start_up(bench)
        if "questions" in given.only:
            questions(bench, sizes)
        if "against" in given.only:
            for size in sizes:
                against(bench, size, peers)
        if "first" in given.only:
            first_read(bench, sizes, peers)
        if "add" in given.only:
            adding(bench, sizes)


if __name__ == "__main__":
    main()
