"""Ask for an event on the terminal, show what it comes to, and add it after a yes."""

from typing import Any

from talkstrack.cli.entering.answered import wanted_from
from talkstrack.cli.entering.commit import Done, Make, try_out
from talkstrack.cli.entering.draft import Wanted, draft_of
from talkstrack.cli.entering.effect_words import effect_lines
from talkstrack.cli.entering.outcome import report
from talkstrack.cli.entering.prompt import Back, ask, read_line
from talkstrack.cli.entering.questions import Answers, Form, questions
from talkstrack.cli.entering.target import WriteTarget, own_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_error
from talkstrack.errors import INTERRUPTED, TalkstrackError, UsageError
from talkstrack.ledger.writing.refused import WriteError
from talkstrack.render.words.figures import many

_HELP = "Enter takes the [default]; < goes back;\n? explains; Tab completes; Ctrl-C adds nothing.\n"
_SHOWN = 14


class NotAdded(TalkstrackError):
    """The user said no."""

    slug = "not-added"
    exit_code = INTERRUPTED

    def __init__(self) -> None:
        super().__init__("nothing was added")


def ask_for(env: Env, wanted: Wanted, *, dry_run: bool, json: bool) -> None:
    """Ask for what an event lacks, and add it once the user has seen it and says yes."""
    found = own_ledger(env)
    target = WriteTarget(found, env)
    try:
        kind = wanted.table.get("kind", "event")
        notice(env, f"A new {kind} in {found.shown}. {_HELP}")
        form, answers = Form(target, wanted), Answers()
        while True:
            fill(env, form, answers)
            chosen = _agreed(env, wanted_from(form, answers))
            if chosen is not None:
                break
            answers.popitem()
    except (KeyboardInterrupt, EOFError):
        notice(env, "\nnothing was added")
        raise
    finally:
        target.close()
    report(env, _maker(chosen), "add", dry_run=dry_run, json=json)


def fill(env: Env, form: Form, answers: Answers) -> None:
    """Ask until every question has its answer; going back takes the last one away."""
    while True:
        for question in questions(form, answers):
            if question.key not in answers:
                break
        else:
            return
        try:
            answers[question.key] = ask(env, question)
        except Back:
            if answers:
                answers.popitem()


def _maker(wanted: Wanted) -> Make:
    return lambda target, old: draft_of(wanted, target, old)


def _agreed(env: Env, wanted: Wanted) -> Wanted | None:
    """Show the block and what it does; return what is to be added, or None to go back to the last question."""
    is_new = True
    while True:
        done = _tried(env, wanted)
        if done is not None and is_new:
            _preview(env, done)
        choice = _choice(
            env, "add it? [Y]es, [n]o, [e]dit, [v]iew " if done else "it cannot be added so: [e]dit, [n]o, < "
        )
        if choice == "<":
            return None
        if choice == "n":
            raise NotAdded
        if choice == "y" and done is not None:
            return wanted
        if choice == "v" and done is not None:
            notice(env, "\n" + "\n".join(one.text for one in done.draft.entries))
        is_new = choice == "e"
        if is_new:
            wanted = _changed(env, wanted, done)


def _choice(env: Env, question: str) -> str:
    while True:
        typed = read_line(env, f"  {question} ").strip().lower() or "y"
        if typed[0] in "ynev<":
            return typed[0]


def _tried(env: Env, wanted: Wanted) -> Done | None:
    try:
        return try_out(env, _maker(wanted))
    except (UsageError, WriteError) as error:
        print_error(env, error)
        return None


def _preview(env: Env, done: Done) -> None:
    entry = done.draft.entries[-1]
    lines = entry.text.rstrip("\n").split("\n")
    facets = [place for place, line in enumerate(lines) if line.startswith("[[event.")]
    cut = len(lines)
    if len(lines) > _SHOWN:
        cut = next((place for place in facets[1:] if place >= _SHOWN // 2), cut)
    more = [many(sum(one >= cut for one in facets), "more facet")] if cut < len(lines) else []
    if others := len(done.draft.entries) - 1:
        more.append(many(others, "new entry of the register", "new entries of the register"))
    notice(env, "")
    for line in lines[:cut]:
        notice(env, f"  + {line}")
    if more:
        notice(env, f"    … {', '.join(more)}; v shows all")
    notice(env, "")
    for line in effect_lines(done.effects):
        notice(env, f"  {line}")
    for fault in done.warnings:
        notice(env, f"  warning[{fault.slug}]: {fault.message}")
    notice(env, "")


def _changed(env: Env, wanted: Wanted, done: Done | None) -> Wanted:
    """Return the event as the user's editor makes of it; as it was where nothing came of that."""
    from talkstrack.cli.entering.editor import Unedited, block_table, until_fit
    from talkstrack.ledger.writing.block_layout import event_text

    text = done.draft.entries[-1].text if done else event_text({"id": "", **wanted.table, "sources": [*wanted.sources]})
    found: list[dict[str, Any]] = []
    try:
        until_fit(env, text, lambda edited: found.append(block_table(edited)))
    except (Unedited, UsageError) as error:
        notice(env, f"  {error.message}")
        return wanted
    table = {key: value for key, value in found[-1].items() if key not in ("recorded", "recorded_by")}
    entries = {kind: dict(keyed) for kind, keyed in wanted.entries.items()}
    if done is not None:
        used = set(table.get("sources") or ())
        new = {key: one for key, one in _new_sources(done).items() if key in used}
        entries["source"] = {**entries.get("source", {}), **new}
    return Wanted(table, entries=entries)


def _new_sources(done: Done) -> dict[str, dict[str, Any]]:
    import msgspec

    names = [one.name.partition(" ")[2] for one in done.draft.entries if one.name.startswith("source ")]
    sources = done.draft.register.sources
    return {key: msgspec.structs.asdict(sources[key]) for key in names}
