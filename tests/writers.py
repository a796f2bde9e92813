"""Processes that add to one ledger and are killed, or race each other; run as a program by test_write_crash."""

import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import tomli

from talkstrack.errors import TalkstrackError
from talkstrack.ledger.writing.append import append
from talkstrack.ledger.writing.block_layout import event_text

BEGINNING = "[ledger]\nformat = 1\n# a comment that stays\n"
NOBODY = 65534
_FILLER = "x" * 2_000


def add(ledger: Path, key: str, note: str = _FILLER) -> None:
    """Append one event."""
    event = {"id": key, "kind": "statement", "date": "2025-05-16", "title": key, "note": note}
    append(
        ledger,
        lambda old: ([event_text(event)], old.size),
        check=lambda change, _: tomli.loads(change.new.decode()),
        patience=60,
    )


def in_child(work: Callable[[], None]) -> int:
    """Run work in a process of its own and return its number."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException as error:
        print(f"child: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def ids(content: bytes) -> list[str]:
    """Return the ids of a ledger, which must be whole."""
    return [event["id"] for event in tomli.loads(content.decode()).get("event", [])]


def kills(folder: Path, times: int, seed: int) -> dict[str, object]:
    """Kill a process that keeps adding, again and again, and look at the ledger after each time."""
    chance, ledger = random.Random(seed), folder / "events.toml"
    ledger.write_text(BEGINNING)
    reported: list[str] = []
    adds = leftovers = longest = 0
    for number in range(times):
        before = ledger.read_bytes() if number % 50 else _shortened(ledger, reported)
        reader, writer = os.pipe()
        child = in_child(partial(_keep_adding, ledger, number, writer))
        os.close(writer)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said = _read_all(reader).decode().split()
        reported += said
        adds += len(said)
        after = ledger.read_bytes()
        found = ids(after)
        assert after.startswith(before), "bytes before the new ones were touched"
        assert len(found) == len(set(found)), "an event stands twice"
        assert set(reported) <= set(found), f"lost: {set(reported) - set(found)}"
        assert len(found) - len(ids(before)) <= len(said) + 1, "more was added than tried"
        stray = [one for one in names_in(folder) if one != ledger.name]
        leftovers, longest = leftovers + bool(stray), max(longest, len(stray))
        assert len(stray) <= 1, f"the next write left {stray}"
    add(ledger, "last")
    return {"kills": times, "adds": adds, "left": names_in(folder), "strays": leftovers, "most": longest}


def _read_all(reader: int) -> bytes:
    content = b""
    while chunk := os.read(reader, 1 << 16):
        content += chunk
    os.close(reader)
    return content


def names_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return sorted(one.name for one in folder.iterdir())


def _shortened(ledger: Path, reported: list[str]) -> bytes:
    """Begin anew now and then, so that the ledger stays small."""
    reported.clear()
    ledger.write_text(BEGINNING)
    return BEGINNING.encode()


def _keep_adding(ledger: Path, number: int, writer: int) -> None:
    for count in range(10_000):
        key = f"e-{number}-{count}"
        add(ledger, key)
        os.write(writer, f"{key}\n".encode())


def race(folder: Path, processes: int, each: int) -> dict[str, object]:
    """Let several processes add at the same time while another reads."""
    ledger = folder / "events.toml"
    ledger.write_text(BEGINNING)
    children = [in_child(partial(_add_several, ledger, who, each)) for who in range(processes)]
    reads, before = 0, b""
    while children:
        now = ledger.read_bytes()
        assert now.startswith(before), "a reader saw less than before"
        ids(now)
        reads, before = reads + 1, now
        ended, status = os.waitpid(children[-1], os.WNOHANG)
        if ended:
            assert status == 0, "a writer failed"
            children.pop()
    found = ids(ledger.read_bytes())
    wanted = {f"e-{who}-{count}" for who in range(processes) for count in range(each)}
    return {
        "events": len(found), "same": set(found) == wanted, "left": names_in(folder), "read": reads > 0,
    }  # fmt: skip


def _add_several(ledger: Path, who: int, each: int) -> None:
    for count in range(each):
        add(ledger, f"e-{who}-{count}", "n")


def full(folder: Path, limit: int) -> dict[str, object]:
    """Add until no file may grow any more."""
    ledger = folder / "events.toml"
    ledger.write_text(BEGINNING)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for count in range(1000):
        before = ledger.read_bytes()
        try:
            add(ledger, f"e-{count}")
        except TalkstrackError as error:
            same = ledger.read_bytes() == before
            return {"slug": error.slug, "code": error.exit_code, "same": same, "left": names_in(folder)}
    return {}


def forbidden(folder: Path) -> dict[str, object]:
    """Add to a ledger that may not be written, to one whose folder may not, and to one of somebody else's."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    ledger = folder / "events.toml"
    before = ledger.read_bytes()
    found: dict[str, object] = {}
    try:
        add(ledger, "refused")
    except TalkstrackError as error:
        found = {"slug": error.slug, "code": error.exit_code, "same": ledger.read_bytes() == before}
    other = folder / "closed" / "events.toml"
    add(other, "in-place")
    shared = folder / "shared" / "events.toml"
    owner = shared.stat().st_uid
    add(shared, "of-another")
    return {
        **found,
        "in place": ids(other.read_bytes()),
        "left": names_in(other.parent),
        "kept owner": (ids(shared.read_bytes()), shared.stat().st_uid == owner != os.geteuid()),
    }


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    task = {"kills": kills, "race": race, "full": full, "forbidden": forbidden}[what]
    print(json.dumps(task(Path(where), *map(int, numbers))))  # type: ignore[operator]
