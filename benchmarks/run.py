"""Measure talkstrack against `hello`, its peers and its budgets: `python benchmarks/run.py`."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path

import made
from measure import Run, in_turn, peak, run
from peers import FILTERED, FIRST, LAST, PEERS, TALLY_OF_ALL, TALLY_OF_MONTH, Peer, asked
from tables import mib, ms, ratio, table

HERE = Path(__file__).parent
ROOT = HERE.parent
SIZES = (1_000, 10_000, 100_000)
SCRIPTS = {
    "hello": "from hello_app import app\napp()\n",
    "talkstrack": "import sys\nfrom talkstrack.cli.main import run\nsys.exit(run())\n",
}
SPAN = ("--since", FIRST, "--until", LAST)
ANSWERS = {
    FILTERED: ("timeline", "--kind", "exchange", *SPAN),
    TALLY_OF_MONTH: ("exchanges", *SPAN),
    TALLY_OF_ALL: ("exchanges", "--totals"),
}
TEN = ("timeline", "--kind", "exchange", "-n", "10")
QUESTIONS = {
    "10 events, JSON": (*TEN, "--json"),
    "10 events, CSV": (*TEN, "--format", "csv"),
    "10 events, text": TEN,
    "10 events, page": (*TEN, "--width", "100"),
    "10 events by tag, JSON": ("timeline", "--tag", "nuclear", "-n", "10", "--json"),
    "one month, JSON": (*ANSWERS[FILTERED], "--json"),
    "one month, text": ANSWERS[FILTERED],
    "search, 10 days": ("search", "Chernihiv", "--since", "2025-12-22"),
    "show": ("show", "agreement-9"),
    "tally of one month, JSON": (*ANSWERS[TALLY_OF_MONTH], "--json"),
    "tally of one month, text": ANSWERS[TALLY_OF_MONTH],
    "tally of one month, page": (*ANSWERS[TALLY_OF_MONTH], "--width", "100"),
    "tally of everything, JSON": (*ANSWERS[TALLY_OF_ALL], "--json"),
    "tally of everything, text": ANSWERS[TALLY_OF_ALL],
    "every hand-over, JSON": ("exchanges", "--json"),
    "every hand-over, CSV": ("exchanges", "--format", "csv"),
    "every hand-over, text": ("exchanges",),
}
SETTLING = 2.5
"""Seconds after which a file's times tell that it has not changed since."""
ADDED = ("add", "exchange", "One more", "--date", "2025-12-31", "--to", "UKR=84", "--to", "RUS=84")


class Bench:
    """One folder with everything that is measured, and the environment it is measured in."""

    def __init__(self, folder: Path, repeat: int) -> None:
        self.folder = folder
        self.repeat = repeat
        source = folder / "source"  # a copy, so that no edit while it runs makes the index out of date
        shutil.rmtree(source, ignore_errors=True)
        for name in ("src", "data"):
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        self.shipped = source / "data" / "events.toml"
        paths = [str(source / "src"), str(HERE)]
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
        return partial(run, command, self.environment)

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
    shipped = bench.shipped
    tasks = {
        "hello": bench.task(bench.python("hello")),
        "timeline --json": bench.task(bench.talkstrack(shipped, "timeline", "--json")),
        "timeline, Rich text": bench.task(bench.talkstrack(shipped, "timeline", "--width", "100", "--color", "always")),
        "brief, Rich text": bench.task(bench.talkstrack(shipped, "brief", "--width", "100")),
    }
    in_turn(tasks, 2)
    found = in_turn(tasks, bench.repeat * 4)
    hello = found["hello"]
    rows = [(name, ms(one.wall), ms(one.cpu), ratio(one, hello)) for name, one in found.items()]
    table("Start-up, shipped ledger, warm", ("command", "wall ms", "CPU ms", "x hello: wall (CPU)"), rows)


def questions(bench: Bench, sizes: tuple[int, ...]) -> None:
    """Measure warm questions at each size, and how their cost grows."""
    rows: list[tuple[str, ...]] = []
    medians: dict[int, dict[str, Run]] = {}
    for size in sizes:
        ledger = bench.ledger(size)
        bench.cold(ledger)
        tasks = {name: bench.task(bench.talkstrack(ledger, *args)) for name, args in QUESTIONS.items()}
        in_turn(tasks, 1)
        medians[size] = in_turn(tasks, bench.repeat)
    for name in QUESTIONS:
        found = [medians[size][name] for size in sizes]
        rows.append((name, *(f"{ms(one.wall)} ({ms(one.cpu)})" for one in found), ratio(found[-1], found[0])))
    heads = ("question", *(f"{size:,}: ms" for size in sizes), "growth")
    table("talkstrack, warm: wall (CPU)", heads, rows)


def against(bench: Bench, size: int, peers: list[Peer]) -> None:
    """Ask talkstrack and each peer the same two questions, in turn."""
    ledger = bench.ledger(size)
    run(bench.talkstrack(ledger, "timeline", "-n", "1"), bench.environment)
    rows: list[tuple[str, ...]] = []
    for name, args in ANSWERS.items():
        commands = {"talkstrack": bench.talkstrack(ledger, *args)}
        commands.update({peer.name: asked(peer.asks[name], bench.peer_file(peer, size)) for peer in peers})
        found = in_turn({who: bench.task(command) for who, command in commands.items()}, bench.repeat)
        for who, one in found.items():
            most = mib(peak(commands[who], bench.environment))
            rows.append((name, who, ms(one.wall), ms(one.cpu), ratio(one, found["talkstrack"]), most))
    heads = ("question", "program", "wall ms", "CPU ms", "x talkstrack: wall (CPU)", "peak MiB")
    table(f"{size:,} events, warm", heads, rows)


def first_read(bench: Bench, sizes: tuple[int, ...], peers: list[Peer]) -> None:
    """Measure the first read against one question to hledger, which always reads all."""
    hledger = next((peer for peer in peers if peer.name == "hledger"), None)
    rows: list[tuple[str, ...]] = []
    for size in sizes:
        ledger = bench.ledger(size)
        tasks: dict[str, Callable[[], Run]] = {"talkstrack": partial(bench.cold, ledger)}
        if hledger is not None:
            tasks["hledger"] = bench.task(asked(hledger.asks[FILTERED], bench.peer_file(hledger, size)))
        found = in_turn(tasks, max(1, min(bench.repeat, 3)))
        shutil.rmtree(bench.folder / "cache", ignore_errors=True)
        most = peak(bench.talkstrack(ledger, "timeline", "-n", "1", "--json"), bench.environment)
        ours = found["talkstrack"]
        compared = ratio(ours, found["hledger"]) if hledger is not None else "-"
        kept = sum(file.stat().st_size for file in (bench.folder / "cache").iterdir()) / 2**20
        rows.append((f"{size:,}", ms(ours.wall), ms(ours.cpu), compared, mib(most), mib(kept)))
    heads = ("events", "wall ms", "CPU ms", "x hledger: wall (CPU)", "peak MiB", "index MiB")
    table("First read", heads, rows)


def adding(bench: Bench, sizes: tuple[int, ...]) -> None:
    """Measure adding an event."""
    rows: list[tuple[str, ...]] = []
    for size in sizes:
        ledger = bench.ledger(size)
        bench.cold(ledger)
        found: list[dict[str, Run]] = []
        tasks: dict[str, Callable[[], Run]] = {
            "hello": bench.task(bench.python("hello")),
            "add": partial(bench.add, ledger),
        }
        for _ in range(max(1, min(bench.repeat, 5))):
            time.sleep(SETTLING)
            run(bench.talkstrack(ledger, "timeline", "-n", "1"), bench.environment)
            found.append(in_turn(tasks, 1))
            bench.cold(ledger)
        middle = sorted(found, key=lambda one: one["add"].wall / one["hello"].wall)[len(found) // 2]
        one = middle["add"]
        rows.append((f"{size:,}", ms(one.wall), ms(one.cpu), ratio(one, middle["hello"])))
    table("add one event, warm index", ("events", "wall ms", "CPU ms", "x hello: wall (CPU)"), rows)


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
