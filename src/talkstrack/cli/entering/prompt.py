"""Ask on a terminal, one line at a time: defaults, completion, `?` and `<`."""

import contextlib
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice
from talkstrack.errors import UsageError
from talkstrack.render.sanitize import clean

try:
    import readline
except ImportError:  # not on every system; then lines are typed without completion
    readline = None  # type: ignore[assignment]

Choice = tuple[str, str]
_LABEL, _DEFAULT = 16, 14
_MOST_CHOICES = 12


class Back(Exception):
    """The user wants to go back to the question before."""


class Answer(NamedTuple):
    """What a question takes: its text in plain form, and a remark that shows how it was understood."""

    text: str
    remark: str = ""


class Question(NamedTuple):
    """One thing to ask for. `read` raises a UsageError for what cannot be taken.

    An empty answer is the default where there is one, else nothing; a needed one is asked for again.
    """

    label: str
    explain: str
    default: str = ""
    is_needed: bool = False
    read: Callable[[str], Answer] = Answer
    choices: tuple[Choice, ...] = ()


def ask(env: Env, question: Question) -> str:
    """Return what the user answers, in plain form; raise Back for `<`."""
    shown = "" if question.is_needed and not question.default else f"[{question.default}]"
    prompt = f"  {question.label:<{_LABEL}} {shown:<{_DEFAULT}} "
    while True:
        typed = read_line(env, prompt, question.choices).strip()
        if typed == "<":
            raise Back
        if typed == "?":
            explain(env, question)
            continue
        text = typed or question.default
        if not text:
            if not question.is_needed:
                return ""
            notice(env, f"{'':>{_LABEL}}   this is needed; ? explains, Ctrl-C adds nothing")
            continue
        try:
            answer = question.read(text)
        except UsageError as error:
            _tell(env, error.message + (f"; {error.hint}" if error.hint else ""), _LABEL + 3)
            continue
        _remark(env, prompt, typed, answer.remark)
        return answer.text


def explain(env: Env, question: Question) -> None:
    """Say what a question is about, and what may be answered."""
    _tell(env, question.explain, 4)
    for name, text in question.choices[:_MOST_CHOICES]:
        notice(env, f"      {name:<24} {text}".rstrip())
    if len(question.choices) > _MOST_CHOICES:
        notice(env, f"      and {len(question.choices) - _MOST_CHOICES} more; Tab completes")


def _tell(env: Env, text: str, indent: int) -> None:
    """Say something below a question, in lines that fit the terminal and break no word that fits."""
    margin = " " * indent
    width = max(env.width, indent + 20)
    plain = " ".join(clean(text).split())
    notice(env, textwrap.fill(plain, width, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False))


def read_line(env: Env, prompt: str, choices: tuple[Choice, ...] = ()) -> str:
    """Return a line that the user types; raise EOFError where there is none."""
    if _can_edit(env):
        with _completing(choices):
            return input(clean(prompt))
    env.stderr.write(clean(prompt))
    env.stderr.flush()
    line = env.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def yes_or_no(env: Env, question: str, *, assumed: bool) -> bool:
    """Return whether the user says yes; Enter is what is assumed."""
    while True:
        typed = read_line(env, f"  {question} {'[Y]es, [n]o' if assumed else '[y]es, [N]o'}  ").strip().lower()
        if typed in ("", "y", "yes", "n", "no"):
            return assumed if not typed else typed.startswith("y")


def reason_for(env: Env, because: str | None) -> str:
    """Return why a revision is made, asked for on a terminal; UsageError where nobody says."""
    if because is None and env.stdin_is_terminal and env.stderr_is_terminal:
        because = read_line(env, "  why?  ")
    if because is None or not because.strip():
        raise UsageError("a revision says why", '-m "the source corrected its figure"')
    return because.strip()


def _can_edit(env: Env) -> bool:
    """Tell whether Python's own input() speaks with the terminal, and not with a file or a test."""
    is_process = env.stdin is sys.__stdin__ and env.stdout is sys.__stdout__
    return readline is not None and is_process and env.stdin_is_terminal and env.stdout_is_terminal


@contextlib.contextmanager
def _completing(choices: tuple[Choice, ...]) -> Iterator[None]:
    names = [name for name, _ in choices]

    def complete(text: str, state: int) -> str | None:
        fitting = [name for name in names if name.casefold().startswith(text.casefold())]
        return fitting[state] if state < len(fitting) else None

    before: Any = readline.get_completer()
    readline.set_completer(complete)
    readline.set_completer_delims(" ,;\t\n")
    readline.set_auto_history(False)
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)


def _remark(env: Env, prompt: str, typed: str, remark: str) -> None:
    """Show how an answer was understood: at the end of its line where it fits there."""
    if not remark:
        return
    plain = re.sub(r"\s+", " ", clean(remark))
    room = env.width - len(prompt) - len(typed) - 2
    is_dumb = env.environ.get("TERM", "dumb") in ("dumb", "unknown")
    if len(plain) <= room and typed.isascii() and not is_dumb:
        out = env.stdout if _can_edit(env) else env.stderr
        out.write(f"\x1b[A\x1b[{env.width - len(plain)}C{plain}\n")
        out.flush()
    else:
        notice(env, f"{'':>{_LABEL}}   {plain}")
