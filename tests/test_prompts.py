"""The prompts: questions and answers in process, and the whole of it through a pseudo-terminal."""

import os
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from desk import NOTHING, Desk, Environ, plain
from talkstrack.cli import main as main_module
from talkstrack.errors import INTERRUPTED, USAGE

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are for POSIX", allow_module_level=True)
import pty

SOURCE = str(Path(main_module.__file__).parents[2])
URL = "https://news.liga.net/en/b"
SCREEN = (
    "Exchange no. 67", "2025-08-14", "Belarus", "agreement-4", "", "84", "", "Kyiv", "military 33, civilian 51", "",
    "medinsky", "", "", "military 84", "", "", URL, "", "", "", "y",
)  # fmt: skip
BLOCK = """
[source.liga-net-2025-08-14]
publisher = "LIGA.net"
url = "https://news.liga.net/en/b"
published = 2025-08-14

[[event]]
id = "exchange-2025-08-14"
kind = "exchange"
date = 2025-08-14
title = "Exchange no. 67"
place = "Belarus"
sources = ["liga-net-2025-08-14"]
recorded = 2026-03-10
[[event.transfer]]
to = "UKR"
count = 84
parts = { military = 33, civilian = 51 }
by = "UKR"
[[event.transfer]]
to = "RUS"
count = 84
by = "UKR"
[[event.transfer]]
to = "UKR"
count = 84
parts = { military = 84 }
by = "medinsky"
[[event.transfer]]
to = "RUS"
count = 84
by = "medinsky"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def asked(desk: Desk, *args: str, answers: tuple[str, ...], environ: Environ = NOTHING) -> tuple[int, str, str]:
    """Answer the prompts in process, a line each; return exit code, stdout and what was said and asked."""
    ran = desk.run("add", *args, stdin="".join(f"{answer}\n" for answer in answers), terminal=True, environ=environ)
    return ran.code, ran.out, ran.err


def added(desk: Desk, *args: str, answers: tuple[str, ...], environ: Environ = NOTHING) -> str:
    before = desk.text
    code, _, said = asked(desk, *args, answers=answers, environ=environ)
    assert code == 0, said
    assert desk.read.problems == ()
    return desk.text.removeprefix(before)


def test_the_screen_of_the_design(desk: Desk) -> None:
    before = desk.text
    code, out, said = asked(desk, "exchange", answers=SCREEN)
    assert (code, out) == (0, "exchange-2025-08-14\n"), said
    assert desk.text == before + BLOCK.replace("liga-net-2025", "liga-2025")
    assert "  title                           " in said
    assert "  under            []             " in said
    assert "no agreement-4; there are agreement-2\n" in said
    assert "  to RUS           [84]           " in said
    assert '\n  + [[event]]\n  + id = "exchange-2025-08-14"\n' in said
    assert "… 3 more facets, 1 new entry of the register; v shows all\n" in said
    assert "\n  people to UKR            ~246–250 → ~330–334\n" in said


def test_a_party_that_is_new_can_be_the_one_who_says_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "[ledger]\nformat = 1\n")
    answers = ("T", "2025-08-14", "", "", "UKR, RUS", "84", "", "UKR", "", "", "rus", "90", "", "", "", "",
               "Ukraine", "Russia", URL, "", "", "", "y")  # fmt: skip
    block = added(desk, "exchange", answers=answers)
    assert [line for line in block.split("\n") if line.startswith("by")] == ['by = "UKR"'] * 2 + ['by = "RUS"'] * 2
    spoken = added(desk, "statement", answers=("S", "2025-08-15", "?", "tur", "TUR", "", "Turkiye", URL, "", "y"))
    assert ('[party.TUR]\nname = "Turkiye"\n' in spoken, 'by = "TUR"\n' in spoken) == (True, True)


def test_the_preview_is_not_repeated_below_the_view(desk: Desk) -> None:
    _, _, said = asked(desk, "exchange", answers=("T", "", "", "", "1", "1", "", "", "", "none", "v", "y"))
    assert (said.count("\n  + [[event]]\n"), said.count("\n[[event]]\n")) == (1, 1)


def test_what_is_said_keeps_to_the_width_of_the_terminal(desk: Desk) -> None:
    _, _, said = asked(desk, answers=("exch", "T", "", "", "?", "", "x"))
    assert "exchange\n" in said
    assert (
        """\
    The agreement it carries out, or one commitment of it
    (agreement-1/prisoners). Enter: none is known.
"""
        in said
    )
    assert (
        """\
                   'x' is not a count; write 390, "1000+", ">1000", "<=50",
                   "~250", "246..250", "146 (146..154)", "withheld" or "unknown"
"""
        in said
    )


def test_what_was_typed_is_not_asked_for(desk: Desk) -> None:
    answers = ("", "liga-2025-07-23", "", "y")
    block = added(desk, "exchange", "--date", "2025-08-14", "--each", "5", "--place", "P", answers=("Title", *answers))
    assert ('date = 2025-08-14\ntitle = "Title"\nplace = "P"\n' in block, block.count("count = 5\n")) == (True, 2)


def test_heads_and_members_are_asked_of_the_parties_that_were_typed(desk: Desk) -> None:
    answers = ("T", "2025-08-14", "", "", "", "", "", "", "medinsky", "", "liga-2025-07-23", "", "y")
    block = added(desk, "talks", "--party", "UKR", "--party", "RUS", answers=answers)
    assert block.endswith('[[event.delegation]]\nparty = "RUS"\nhead = "medinsky"\n')
    assert 'parties = ["UKR"]\n' in block


def test_going_back_into_a_rival_account_keeps_what_was_said_before(desk: Desk) -> None:
    answers = ("T", "2025-08-14", "", "", "1", "<", "2", "3", "UKR", "", "", "RUS", "<", "", "liga-2025-07-23", "", "y")
    block = added(desk, "exchange", answers=answers)
    assert [line for line in block.split("\n") if line.startswith(("count", "by"))] == [
        "count = 2", 'by = "UKR"', "count = 3", 'by = "UKR"',
    ]  # fmt: skip


def test_someone_who_has_never_seen_the_tool(tmp_path: Path) -> None:
    """From an empty ledger: parties are registered along the way, a source is asked for until there is one."""
    desk = Desk(tmp_path, "[ledger]\nformat = 1\n")
    block = added(
        desk,
        answers=(
            "?", "banana", "exchange", "", "First exchange", "someday", "yesterday", "", "", "ukr, Rus", "about 80",
            "84", "", "", "", "Ukraine", "Russia", "", "?", "not a source", "https://a.example.org/x", "", "", "", "y",
        ),
    )  # fmt: skip
    assert (
        block
        == """
[party.UKR]
name = "Ukraine"

[party.RUS]
name = "Russia"

[source.example-2026-03-09]
publisher = "a.example.org"
url = "https://a.example.org/x"
published = 2026-03-09

[[event]]
id = "exchange-2026-03-09"
kind = "exchange"
date = 2026-03-09
title = "First exchange"
sources = ["example-2026-03-09"]
recorded = 2026-03-10
[[event.transfer]]
to = "UKR"
count = "~80"
[[event.transfer]]
to = "RUS"
count = 84
"""
    )


LAST = ("liga-2025-07-23", "", "y")
FORMS = [
    (
        "agreement", ("T", "2025-08-01", "", "", "", "p", "1000", "", "yes", "bodies", "bodies", "about 6000", "UKR", "no"),
        '[[event.commitment]]\nid = "prisoners"\nwhat = "people"\ncount = 1000\n'
        '[[event.commitment]]\nid = "bodies"\nwhat = "bodies"\nto = "UKR"\ncount = "~6000"\n',
    ),
    (
        "ultimatum", ("T", "2025-08-01", "", "UKR", "A summary", "Moscow", "10 days"),
        '[[event.deadline]]\nto = "RUS"\nwithin = "P10D"\n',
    ),
    ("ultimatum", ("T", "2025-08-01", "", "UKR", "", "RUS", "2025-08-10"), '[[event.deadline]]\nto = "RUS"\ndue = 2025-08-10\n'),
    (
        "appointment", ("T", "2025-08-01", "Nobody", "Vladimir Medinsky", "Chief"),
        '[[event.office]]\nperson = "medinsky"\ntitle = "Chief"\n',
    ),
    (
        "talks", ("T", "2025-08-01", "Istanbul", "3", "", "", "UKR,RUS,USA", "", "Ann, Bob", "medinsky", "", "", ""),
        '[[event.delegation]]\nparty = "UKR"\nmembers = ["Ann", "Bob"]\n'
        '[[event.delegation]]\nparty = "RUS"\nhead = "medinsky"\n',
    ),
    ("statement", ("T", "2025-08-01", "", "medinsky,UKR", "What he said"), ""),
    ("repatriation", ("T", "2025-08-01", "", "", "UKR", "1000", ""), '[[event.transfer]]\nto = "UKR"\ncount = 1000\n'),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "answers", "facets"), FORMS)
def test_each_kind_is_asked_for_what_it_must_say(desk: Desk, kind: str, answers: tuple[str, ...], facets: str) -> None:
    answers = (*answers, "") if kind == "repatriation" else answers
    block = added(desk, kind, answers=(*answers, *LAST))
    assert block.partition("recorded = 2026-03-10\n")[2] == facets
    assert f'kind = "{kind}"\n' in block


def test_back_takes_the_last_answer_away(desk: Desk) -> None:
    answers = ("<", "Titel", "<", "Title", "2025-08-01", "Here", "<", "<", "2025-08-02", "There", "medinsky", "", *LAST)
    block = added(desk, "statement", answers=answers)
    assert ('title = "Title"\n' in block, "date = 2025-08-02\n" in block, 'place = "There"\n' in block) == (
        True, True, True,
    )  # fmt: skip


def test_back_from_the_preview_view_and_no(desk: Desk) -> None:
    before = desk.text
    answers = ("T", "2025-08-01", "", "medinsky", "", "liga-2025-07-23", "", "v", "<", "", "n")
    code, out, said = asked(desk, "statement", answers=answers)
    assert (code, out, desk.text) == (INTERRUPTED, "", before)
    assert said.endswith("add it? [Y]es, [n]o, [e]dit, [v]iew  error[not-added]: nothing was added\n")


def test_an_end_of_input_adds_nothing(desk: Desk) -> None:
    before = desk.text
    code, out, said = asked(desk, "statement", answers=("T", "2025-08-01"))
    assert (code, out, desk.text, said.endswith("\nnothing was added\n\n")) == (INTERRUPTED, "", before, True)


def test_the_block_can_be_edited_before_it_is_added(desk: Desk) -> None:
    script = desk.folder / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\np = Path(sys.argv[1])\n"
        "p.write_text(p.read_text().replace('\"T\"', '\"Edited\"') + '[event.extra]\\nown = 1\\n')\n"
    )
    answers = ("T", "2025-08-01", "", "medinsky", "", URL, "", "", "", "e", "y")
    block = added(desk, "statement", answers=answers, environ={"EDITOR": f"{sys.executable} {script}"})
    assert block.startswith("\n[source.liga-2025-08-01]\n")
    assert ('title = "Edited"\n' in block, "extra = { own = 1 }\n" in block) == (True, True)


def test_what_the_ledger_refuses_is_told_before_the_yes(desk: Desk) -> None:
    answers = ("E", "2025-08-14", "", "5", "", "", "", "", "liga-2025-07-23", "", "n")
    code, _, said = asked(desk, "exchange", "--part-of", "nothing", answers=answers)
    assert (code, "error[unknown-event]" in said) == (INTERRUPTED, True)
    assert "it cannot be added so: [e]dit, [n]o, < " in said


def test_no_input_never_asks(desk: Desk) -> None:
    ran = desk.run("add", "exchange", "--no-input", terminal=True)
    assert (ran.code, ran.err.split("\n")[0]) == (
        USAGE,
        "error[usage]: an event of the kind exchange needs TITLE, --date and --to UKR=84, --each 84 or --transfer",
    )


def test_a_revision_is_asked_why(desk: Desk) -> None:
    ran = desk.run("retract", "exchange-2025-07-23", stdin="a double\n", terminal=True)
    assert (ran.code, desk.read.events[-1].because) == (0, "a double")


# ------------------------------------------------------------------------------------------ a real terminal


class Terminal:
    """The program in a pseudo-terminal of its own."""

    def __init__(self, desk: Desk, *args: str) -> None:
        environ = {
            **desk.environ, "PYTHONPATH": SOURCE, "TERM": "xterm", "COLUMNS": "80", "TALKSTRACK_TODAY": "2026-03-10",
            "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"], "INPUTRC": os.devnull,
        }  # fmt: skip
        self.shown = b""
        self.child, self.handle = pty.fork()
        if not self.child:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # which what a shell starts in the background ignores
            os.chdir(desk.folder)
            os.execve(sys.executable, [sys.executable, "-m", "talkstrack", *args], environ)

    def wait_for(self, text: str) -> None:
        """Read until the text is shown after what was waited for before."""
        deadline = time.monotonic() + 20
        while text.encode() not in self.shown:
            assert time.monotonic() < deadline, plain(self.shown.decode())
            assert self._read(), plain(self.shown.decode())
        self.shown = self.shown.partition(text.encode())[2]

    def _read(self) -> bool:
        ready, _, _ = select.select([self.handle], [], [], 20)
        try:
            chunk = os.read(self.handle, 1 << 16) if ready else b""
        except OSError:  # Linux says so when the other end is closed
            chunk = b""
        self.shown += chunk
        return bool(chunk)

    def type(self, text: str) -> None:
        """Type at the keyboard."""
        os.write(self.handle, text.encode())

    def insist(self, text: str) -> None:
        """Type until there is an answer: a key that interrupts is lost where it comes just before readline waits."""
        ready: list[int] = []
        while not ready:
            self.type(text)
            ready, _, _ = select.select([self.handle], [], [], 2)
            if ready and self._read() and "nothing" not in plain(self.shown.decode()):
                ready = []

    def leave(self) -> tuple[int, str]:
        """Wait for the end; return the exit code and what was shown last."""
        while self._read():
            continue
        os.close(self.handle)
        _, status = os.waitpid(self.child, 0)
        return os.waitstatus_to_exitcode(status), plain(self.shown.decode()).replace("\r\n", "\n")


def test_on_a_terminal(desk: Desk) -> None:
    before = desk.text
    terminal = Terminal(desk, "add")
    for prompt, typed in (
        ("kind", "state\t\r"), ("title", "Ceasfire\b\b\b\b\bsefire\r"), ("date", "2025-08-14\r"), ("place", "\r"),
        ("said by", "medi\t\r"), ("summary", "\r"), ("source ", "?\r"), ("liga-2025-07-23", "liga\t\r"),
        ("another source?", "\r"), ("add it?", "y\r"),
    ):  # fmt: skip
        terminal.wait_for(prompt)
        terminal.type(typed)
    code, said = terminal.leave()
    assert (code, said.endswith("statement-2025-08-14\nadded to events.toml, lines 49 to 56\n")) == (0, True), said
    assert (
        desk.text
        == before
        + """
[[event]]
id = "statement-2025-08-14"
kind = "statement"
date = 2025-08-14
title = "Ceasefire"
by = "medinsky"
sources = ["liga-2025-07-23"]
recorded = 2026-03-10
"""
    )


def test_ctrl_c_adds_nothing(desk: Desk) -> None:
    before = desk.text
    terminal = Terminal(desk, "add", "exchange")
    terminal.wait_for("title")
    terminal.type("T\r")
    terminal.wait_for("date")
    terminal.insist("\x03")
    code, said = terminal.leave()
    assert (code, "nothing was added" in said, desk.text) == (INTERRUPTED, True, before), said
