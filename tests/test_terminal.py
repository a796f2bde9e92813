"""The pager that is started, and what is drawn while a long task lasts."""

from pathlib import Path

from desk import Desk
from talkstrack.cli.env import Env
from talkstrack.cli.terminal import command, progress


def test_the_pager_command() -> None:
    assert command({}) == ["less", "-R"]
    assert command({"PAGER": "most -w"}) == ["most", "-w"]


def drawn(env: Env, patience: float) -> str:
    with progress(env, "reading x", patience) as step:
        for done in (0, 50, 100):
            step(done, 100)
    return env.stderr.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_progress_is_drawn_on_a_terminal_and_wiped(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert drawn(desk.env(terminal=True), 0) == "\r\x1b[Kreading x [                        ]   0%\r\x1b[K"
    assert drawn(desk.env(terminal=True), 60) == ""
    assert drawn(desk.env(), 0) == ""
