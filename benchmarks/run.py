"""Measure talkstrack against `hello`, its peers and its budgets, as ratios in one run: `python benchmarks/run.py`."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path

import made
from measure import Run, in_turn, peak, run
from peers import FILTERED, FIRST, LAST, PEERS, TALLY_OF_ALL, TALLY_OF_MONTH, Peer, asked
from repeated import COPIES, repeated
from tables import budget, mib, ms, ratio, table

HERE = Path(__file__).parent
ROOT = HERE.parent
LARGE = 100_000
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
REPORTS = {
    "delegations": ("delegations",),
    "agreements": ("agreements",),
    "exchanges": ("exchanges",),
    "brief": ("brief",),
    "claims": ("claims",),
    "timeline, text": ("timeline",),
    "check, cold": ("check",),
}
AT_1001 = {"brief": 2.5, "claims": 3, "timeline, text": 3, "check, cold": 7}
AT_5005 = {"brief": 5.5, "claims": 9, "timeline, text": 9, "check, cold": 25}
QUESTIONS = {
    "one month": (*ANSWERS[FILTERED], "--json"),
    "10 events by tag": ("timeline", "--tag", "nuclear", "-n", "10", "--json"),
    "one party, one month": ("timeline", "--party", "UKR", *SPAN, "--json"),
    "search, 10 days": ("search", "Chernihiv", "--since", "2025-12-22", "--json"),
    "under an agreement": ("timeline", "--under", "agreement-1", "--json"),
    "as known on a day": ("timeline", "-n", "10", "--as-known", "2025-07-01", "--json"),
    "all events": ("timeline", "--json"),
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
        self.hello = self.task([sys.executable, str(self.scripts / "hello")])

    def talkstrack(self, ledger: Path, *args: str) -> list[str]:
        """Return a command line of talkstrack on a ledger, like that of the script an installer makes."""
        return [sys.executable, str(self.scripts / "talkstrack"), *args, "-f", str(ledger)]

    def task(self, command: list[str]) -> Callable[[], Run]:
        """Return what runs a command once; `check` may find what it finds."""
        return partial(run, command, self.environment)

    def made(self, size: int) -> Path:
        """Return a made ledger of so many events, written when it is not there."""
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

    def warm(self, ledger: Path) -> None:
        """Read a ledger, and let its times tell that it has not changed since."""
        time.sleep(SETTLING)
        run(self.talkstrack(ledger, "timeline", "-n", "1", "--json"), self.environment)

    def cold(self, ledger: Path) -> Run:
        """Read a ledger for the first time."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        return run(self.talkstrack(ledger, "timeline", "-n", "1", "--json"), self.environment)

    def add(self, ledger: Path) -> Run:
        """Add an event to a ledger whose index is warm."""
        return run(self.talkstrack(ledger, *ADDED), self.environment)


def start_up(bench: Bench) -> None:
    """Measure the shipped ledger against an empty Typer app."""
    bench.warm(bench.shipped)
    text = ("timeline", "--width", "100", "--color", "always")
    tasks = {
        "hello": bench.hello,
        "timeline --json": bench.task(bench.talkstrack(bench.shipped, "timeline", "--json")),
        "timeline, Rich text": bench.task(bench.talkstrack(bench.shipped, *text)),
    }
    budgets = {"timeline --json": 1.3, "timeline, Rich text": 1.7}
    runs = in_turn(tasks, bench.repeat * 4)
    rows = [(name, ms(one.cpu), *budget(one, runs["hello"], budgets.get(name))) for name, one in runs.items()]
    table("Start-up: the shipped ledger, warm", ("command", "CPU ms", "x hello: CPU (wall)", "budget"), rows)


def reports(bench: Bench, copies: Iterable[int]) -> None:
    """Measure every report on ledgers in the shape of the shipped one, and how its cost grows."""
    medians: dict[int, dict[str, Run]] = {}
    for number in copies:
        ledger = bench.folder / f"repeated-{number}.toml"
        size = repeated(bench.shipped, number, ledger)
        bench.warm(ledger)
        tasks = {name: bench.task(bench.talkstrack(ledger, *args)) for name, args in REPORTS.items()}
        medians[size] = in_turn({"hello": bench.hello, **tasks}, bench.repeat)
    rows = []
    for name in REPORTS:
        cells = []
        for size, runs in medians.items():
            most = {1_001: AT_1001.get(name, 2.5), 5_005: AT_5005.get(name, 5)}.get(size)
            cells.append(" ".join(budget(runs[name], runs["hello"], most)))
        first, *_, last = list(medians)[-3:]  # from the second size on, if there are so many
        growth = medians[last][name].cpu / medians[first][name].cpu if len(medians) > 2 else 0
        rows.append((name, *cells, f"{growth:.1f}"))
    heads = ("report", *(f"{size:,}: x hello" for size in medians), "last size over the second")
    table("Reports on real shapes, warm: CPU (wall), and the budget", heads, rows)


def questions(bench: Bench) -> None:
    """Measure questions to 100,000 events against the same ones to the shipped 91."""
    ledger = bench.made(LARGE)
    bench.warm(ledger)
    bench.warm(bench.shipped)
    rows = []
    for name, args in QUESTIONS.items():
        tasks = {
            size: bench.task(bench.talkstrack(path, *args)) for size, path in (("91", bench.shipped), ("L", ledger))
        }
        runs = in_turn(tasks, bench.repeat)
        most = 1.5 if name not in ("all events", "as known on a day") else None
        rows.append((name, ms(runs["91"].cpu), ms(runs["L"].cpu), *budget(runs["L"], runs["91"], most)))
    heads = ("question", "91: CPU ms", f"{LARGE:,}: CPU ms", "ratio: CPU (wall)", "budget")
    table(f"{LARGE:,} events, warm, JSON", heads, rows)


def against(bench: Bench, peers: list[Peer]) -> None:
    """Ask talkstrack and each peer the same questions, in turn."""
    ledger = bench.made(LARGE)
    bench.warm(ledger)
    rows: list[tuple[str, ...]] = []
    for name, args in ANSWERS.items():
        commands = {"talkstrack": bench.talkstrack(ledger, *args)}
        commands.update({peer.name: asked(peer.asks[name], bench.peer_file(peer, LARGE)) for peer in peers})
        runs = in_turn({who: bench.task(command) for who, command in commands.items()}, bench.repeat)
        for who, one in runs.items():
            rows.append((name, who, ms(one.cpu), ratio(one, runs["talkstrack"])))
    table(f"{LARGE:,} events, against others", ("question", "program", "CPU ms", "x talkstrack: CPU (wall)"), rows)


def first_read(bench: Bench, sizes: Iterable[int], peers: list[Peer]) -> None:
    """Measure the first read, on one processor, against one question to hledger, which always reads all."""
    hledger = next((peer for peer in peers if peer.name == "hledger"), None)
    rows: list[tuple[str, ...]] = []
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    for size in sizes:
        ledger = bench.made(size)
        tasks: dict[str, Callable[[], Run]] = {"hello": bench.hello, "talkstrack": partial(bench.cold, ledger)}
        if hledger is not None:
            tasks["hledger"] = bench.task(asked(hledger.asks[FILTERED], bench.peer_file(hledger, size)))
        runs = in_turn(tasks, min(bench.repeat, 3))
        shutil.rmtree(bench.folder / "cache", ignore_errors=True)
        most = peak(bench.talkstrack(ledger, "timeline", "-n", "1", "--json"), bench.environment)
        kept = sum(file.stat().st_size for file in (bench.folder / "cache").iterdir()) / 2**20
        ours = runs["talkstrack"]
        compared = budget(ours, runs["hledger"], 1.8 if size == LARGE else None) if hledger else ("-", "")
        hello = budget(ours, runs["hello"], 3 if size == 1_000 else None)
        rows.append((f"{size:,}", ms(ours.cpu), " ".join(hello), " ".join(compared), mib(most), mib(kept)))
    os.sched_setaffinity(0, before)
    heads = ("events", "CPU ms", "x hello: CPU (wall)", "x hledger: CPU (wall)", "peak MiB", "index MiB")
    table("First read, one processor", heads, rows)


def adding(bench: Bench, sizes: Iterable[int]) -> None:
    """Measure adding an event, and the next read."""
    rows: list[tuple[str, ...]] = []
    for size in sizes:
        ledger = bench.folder / f"added-{size}.toml"
        shutil.copyfile(bench.made(size), ledger)
        bench.warm(ledger)
        read = bench.task(bench.talkstrack(ledger, "timeline", "-n", "1", "--json"))
        tasks: dict[str, Callable[[], Run]] = {"hello": bench.hello, "add": partial(bench.add, ledger), "read": read}
        runs = in_turn(tasks, bench.repeat)
        rows.append((f"{size:,}", ms(runs["add"].cpu), *budget(runs["add"], runs["hello"], 3), ms(runs["read"].cpu)))
    heads = ("events", "CPU ms", "x hello: CPU (wall)", "budget", "the next read: CPU ms")
    table("`add`, one after the other", heads, rows)


def _told_version(peer: Peer) -> str:
    said = subprocess.run(peer.version, capture_output=True, text=True, check=False).stdout.splitlines()
    return said[0] if said else peer.name


def main() -> None:
    """Measure what was asked for and print it as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="rounds of which the median is taken")
    parser.add_argument("--folder", type=Path, help="keep what is made here, instead of in a temporary folder")
    peers = [peer for peer in PEERS if shutil.which(peer.name)]
    with tempfile.TemporaryDirectory() as temporary:
        parts: dict[str, Callable[[Bench], None]] = {
            "start": start_up,
            "reports": partial(reports, copies=COPIES),
            "questions": questions,
            "against": partial(against, peers=peers),
            "first": partial(first_read, sizes=(1_000, 20_000, LARGE), peers=peers),
            "add": partial(adding, sizes=(1_000, 20_000, LARGE)),
        }
        parser.add_argument("--only", nargs="+", choices=parts, default=list(parts))
        options = parser.parse_args()
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder.resolve(), options.repeat)
        named = [f"Python {platform.python_version()}"]
        named += [f"{name} {version(name)}" for name in ("typer", "rich", "msgspec", "tomli")]
        print(f"{date.today()}, {os.cpu_count()} processors. " + "; ".join([*named, *map(_told_version, peers)]))
        for name in options.only:
            parts[name](bench)


if __name__ == "__main__":
    main()
