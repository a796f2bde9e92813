"""From a report to the bytes that leave: formats, files, pager, encodings, closed pipes."""

import io
import os
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from desk import Desk
from hostile import STEERING, TITLES
from talkstrack.cli import emit as module
from talkstrack.cli.emit import OutputRefused, cells, emit, wants_colour, write_file
from talkstrack.cli.env import Env
from talkstrack.cli.options import Output
from talkstrack.render.formats import FORMATS
from talkstrack.render.table import Table
from talkstrack.render.text.document import StyledText
from talkstrack.render.text.makers import document, line
from talkstrack.render.view import Envelope, View


def fake(title: str = "“Talks” → Łódź", rows: int = 1) -> View:
    """Return a report of one event."""
    return View(
        lambda: document("Talks", "1 event", [line([StyledText(title, "good")], "UKR")] * rows),
        lambda: Table(("id", "title"), [("round-1", title)] * rows, "Talks", "1 event"),
        lambda: Envelope("talkstrack.fake/1", None, None, [{"title": title}]),
    )


def env_of(tmp_path: Path, *, encoding: str = "utf-8", terminal: bool = False, **environ: str) -> Env:
    stdout = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    return Env(
        io.StringIO(),
        stdout,
        io.StringIO(),
        environ,
        tmp_path,
        date(2026, 3, 10),
        stdout_is_terminal=terminal,
        width=40,
    )


def printed(view: View, env: Env, output: Output) -> bytes:
    emit(view, env, output)
    stdout = env.stdout
    assert isinstance(stdout, io.TextIOWrapper)
    assert isinstance(stdout.buffer, io.BytesIO)
    return stdout.buffer.getvalue()


def test_each_format_in_a_pipe(tmp_path: Path) -> None:
    found = {name: printed(fake(), env_of(tmp_path), Output(name)).decode() for name in FORMATS}
    assert found == {
        "text": "round-1  “Talks” → Łódź\n",
        "json": '{"schema":"talkstrack.fake/1",\n"ledger":null,\n"query":null,\n"rows":[\n'
        '{"title":"“Talks” → Łódź"}\n],\n'
        '"totals":[],\n"problems":[]}\n',
        "ndjson": '{"title":"“Talks” → Łódź"}\n',
        "csv": "id,title\nround-1,“Talks” → Łódź\n",
        "tsv": "id\ttitle\nround-1\t“Talks” → Łódź\n",
        "markdown": "## Talks\n\n1 event\n\n| id | title |\n| --- | --- |\n| round-1 | “Talks” → Łódź |\n",
    }


PAGE = "Talks                            1 event\n\n“Talks” → Łódź                       UKR\n"
DULL = 'Talks                            1 event\n\n"Talks" -> Lodz                      UKR\n'


def test_a_terminal_gets_the_page(tmp_path: Path) -> None:
    env = env_of(tmp_path, terminal=True, NO_COLOR="1")
    assert printed(fake(), env, Output()).decode() == PAGE
    assert printed(fake(), env_of(tmp_path, terminal=True, NO_COLOR="1"), Output(ascii=True)).decode() == DULL


def test_so_does_a_pipe_that_is_given_a_width_or_colours(tmp_path: Path) -> None:
    assert printed(fake(), env_of(tmp_path), Output(width=40)).decode() == PAGE
    coloured = printed(fake(), env_of(tmp_path), Output(width=40, colour="always")).decode()
    assert coloured.splitlines()[2].startswith("\x1b[32m“Talks” → Łódź\x1b[0m")


@pytest.mark.parametrize(
    ("environ", "terminal", "said", "expected"),
    [
        ({}, True, "auto", True), ({}, False, "auto", False), ({"NO_COLOR": "1"}, True, "auto", False),
        ({"NO_COLOR": ""}, True, "auto", True), ({"TERM": "dumb"}, True, "auto", False),
        ({"NO_COLOR": "1"}, False, "always", True), ({}, True, "never", False),
    ],
)  # fmt: skip
def test_colour(tmp_path: Path, environ: dict[str, str], terminal: bool, said: str, expected: bool) -> None:
    output = Output(colour="always" if said == "always" else "never" if said == "never" else "auto")
    assert wants_colour(env_of(tmp_path, terminal=terminal, **environ), output) is expected


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16"])
def test_an_encoding_that_lacks_signs_never_fails(tmp_path: Path, encoding: str) -> None:
    text = printed(fake(), env_of(tmp_path, encoding=encoding), Output(width=40))
    assert text.decode(encoding) == (PAGE if encoding == "utf-16" else DULL)
    table = printed(fake(), env_of(tmp_path, encoding=encoding), Output("csv"))
    assert table.decode() == "id,title\nround-1,“Talks” → Łódź\n"


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("format", FORMATS)
def test_hostile_titles_reach_no_terminal(tmp_path: Path, title: str, format: str) -> None:  # noqa: A002
    env = env_of(tmp_path, terminal=True, NO_COLOR="1")
    text = printed(fake(title), env, Output(format, pager=False)).decode()
    assert STEERING.isdisjoint(text.replace("\t", "") if format == "tsv" else text)


def test_a_file_is_written_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    assert printed(fake(), env_of(tmp_path, terminal=True), Output("csv", path)) == b""
    assert path.read_text() == "id,title\nround-1,“Talks” → Łódź\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~module._umask()
    path.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    emit(fake("a"), env_of(tmp_path), Output("ndjson", link))
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode), link.is_symlink()) == ('{"title":"a"}\n', 0o640, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link.json", "x.csv"]


def test_a_file_for_people_is_in_utf8_whatever_the_screen(tmp_path: Path) -> None:
    emit(fake(), env_of(tmp_path, encoding="ascii"), Output("text", tmp_path / "x.txt"))
    assert (tmp_path / "x.txt").read_text(encoding="utf-8") == "round-1  “Talks” → Łódź\n"


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused) as caught:
        write_file(tmp_path / "none" / "x.csv", b"x")
    assert (caught.value.message, caught.value.exit_code) == (
        f"{tmp_path / 'none' / 'x.csv'} cannot be written: No such file or directory", 5,
    )  # fmt: skip
    with pytest.raises(OutputRefused):
        write_file(tmp_path, b"x")


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(OutputRefused) as caught:
        write_file(path, b"new")
    assert (caught.value.message, path.read_text()) == (f"{path} cannot be written: Permission denied", "old")


def test_a_device_is_written_directly(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    write_file(fifo, b"x")
    assert os.read(reader, 10) == b"x"
    os.close(reader)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(OutputRefused) as caught:
        write_file(Path("/dev/full"), b"x" * 100_000)
    assert caught.value.message == "/dev/full cannot be written: No space left on device"


def test_what_is_longer_than_the_screen_goes_to_the_pager(tmp_path: Path) -> None:
    script = tmp_path / "pager.py"
    script.write_text(f"import sys; open({str(tmp_path / 'seen')!r}, 'wb').write(sys.stdin.buffer.read())")
    env = env_of(tmp_path, terminal=True, NO_COLOR="1", PAGER=f"{sys.executable} {script}")
    assert printed(fake(rows=30), env, Output()) == b""
    assert (tmp_path / "seen").read_text(encoding="utf-8") == PAGE + PAGE.splitlines(keepends=True)[2] * 29


@pytest.mark.parametrize(
    ("environ", "output", "rows"),
    [
        ({"PAGER": "cat"}, Output(), 30), ({"PAGER": ""}, Output(), 30), ({"PAGER": "/none/pager"}, Output(), 30),
        ({"PAGER": "'"}, Output(), 30), ({"PAGER": "false"}, Output(pager=False), 30),
        ({"PAGER": "false"}, Output(), 21),
    ],
)  # fmt: skip
def test_else_it_is_printed(tmp_path: Path, environ: dict[str, str], output: Output, rows: int) -> None:
    found = printed(fake(rows=rows), env_of(tmp_path, terminal=True, NO_COLOR="1", **environ), output)
    assert found.decode().count("\n") == rows + 2


@pytest.mark.parametrize(
    ("screen", "asked", "found"), [(80, None, 80), (300, None, 140), (80, 300, 300), (300, 40, 40)]
)
def test_a_document_is_as_wide_as_asked_else_as_the_screen_up_to_140(
    tmp_path: Path, screen: int, asked: int | None, found: int
) -> None:
    assert cells(env_of(tmp_path)._replace(width=screen), Output(width=asked)) == found


class Closed(io.BytesIO):
    """A pipe nobody reads."""

    def write(self, content: object) -> int:
        """Find out."""
        raise BrokenPipeError(content)


def test_a_closed_pipe_is_left_to_the_program(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError):
        emit(fake(), env_of(tmp_path)._replace(stdout=io.TextIOWrapper(Closed())), Output())


LEDGER = '[ledger]\nformat = 1\n[party.NOR]\nname = "Norland"\n'
TORN = '[ledger\nformat = 1\n[party.NOR]\nname = "Norland"\n'
"""A ledger with an error: what can be read of it is still shown."""


def refused(desk: Desk, *args: str, file: str) -> None:
    before = {path: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}
    ran = desk.run(*args, "-o", file)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(
        f"error[usage]: -o {file}: this is a ledger, which no output replaces\nhint: give the output another name\n"
    )
    assert {path: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("name", ["events.toml", "symbolic.csv", "hard.csv", "folder/../events.toml"])
def test_the_ledger_that_is_read_is_not_replaced_by_whatever_name(tmp_path: Path, name: str) -> None:
    desk = Desk(tmp_path, LEDGER)
    (tmp_path / "folder").mkdir()
    (tmp_path / "symbolic.csv").symlink_to("events.toml")
    (tmp_path / "hard.csv").hardlink_to(desk.ledger)
    before = desk.ledger.read_bytes()
    ran = desk.run("timeline", "--format", "csv", "-o", name)
    assert (ran.code, ran.out, desk.ledger.read_bytes()) == (2, "", before)
    assert (tmp_path / "symbolic.csv").is_symlink()
    assert desk.ledger.samefile(tmp_path / "hard.csv")


@pytest.mark.parametrize(
    "text",
    [
        LEDGER, TORN, "\ufeff" + LEDGER, '["ledger"]\nformat = 1\n', "ledger.format = 1\n",
        "[ledger]\nformat = 1\n[[event]]\nid = \n",
    ],
)  # fmt: skip
def test_no_more_is_any_other(tmp_path: Path, text: str) -> None:
    desk = Desk(tmp_path, LEDGER)
    (tmp_path / "other.json").write_text(text, encoding="utf-8")
    for verb in ("timeline", "brief", "check"):
        refused(desk, verb, "--json", file="other.json")


def test_nor_one_that_is_read_and_does_not_look_like_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path, LEDGER)
    (tmp_path / "odd.csv").write_text('"\\u006cedger".format = 1\n[party.NOR]\nname = "Norland"\n')
    (tmp_path / "link.csv").symlink_to("odd.csv")
    refused(desk, "timeline", "-f", "odd.csv", file="odd.csv")
    refused(desk, "timeline", "-f", "odd.csv", file="link.csv")
    refused(desk, "check", "odd.csv", "--json", file="link.csv")


def test_what_is_no_ledger_is_replaced(tmp_path: Path) -> None:
    desk = Desk(tmp_path, LEDGER)
    for name in ("x.json", "x.csv", "x.md", "x.txt"):
        (tmp_path / name).write_text('{"ledger": 1}\nthe\nledger. It says [ledger]\n')
        assert desk.run("timeline", "-o", name)[:2] == (0, "")
        assert desk.run("timeline", "-o", name)[:2] == (0, "")
        assert "It says" not in (tmp_path / name).read_text()
