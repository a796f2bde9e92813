"""Ask for an event on the terminal, show what it comes to, and add it after a yes."""

import msgspec

from talkstrack.cli.entering.commit import Make, Outcome, commit, effect_lines, try_out
from talkstrack.cli.entering.draft import TypedEvent, draft_event
from talkstrack.cli.entering.editor import Unedited, block_table, edit_until_fit
from talkstrack.cli.entering.prompt import Back, ask, read_line
from talkstrack.cli.entering.questions import questions
from talkstrack.cli.entering.target import WriteTarget, own_ledger
from talkstrack.cli.env import Env
from talkstrack.cli.messages import notice, print_error
from talkstrack.errors import INTERRUPTED, TalkstrackError, UsageError
from talkstrack.ledger.writing.block_layout import event_text
from talkstrack.ledger.writing.refused import WriteError
from talkstrack.render.words.figures import many

_HELP = "Enter takes the [default]; < goes back;\n? explains; Tab completes; Ctrl-C adds nothing.\n"
_SHOWN = 14


class NotAdded(TalkstrackError):
    """The user said no."""

    slug = "not-added"
    exit_code = INTERRUPTED


def add_by_prompts(env: Env, typed: TypedEvent, *, dry_run: bool, json: bool) -> None:
    """Ask for what an event lacks, and add it once the user has seen it and says yes."""
    try:
        with WriteTarget(own_ledger(env), env) as target:
            notice(env, f"A new {typed.table.get('kind', 'event')} in {target.ledger.shown}. {_HELP}")
            answers: list[str] = []
            while True:
                event = _agreed(env, fill(target, typed, answers))
                if event is not None:
                    break
                del answers[-1:]
    except (KeyboardInterrupt, EOFError):
        notice(env, "\nnothing was added")
        raise
    commit(env, _maker(event), "add", dry_run=dry_run, json=json)


def fill(target: WriteTarget, typed: TypedEvent, answers: list[str]) -> TypedEvent:
    """Ask until all is answered; going back takes the last answer away, and those before it are given anew."""
    while True:
        asking = questions(target, typed)
        try:
            question = next(asking)
            for answer in answers:
                question = asking.send(answer)
            while True:
                answers.append(ask(target.env, question))
                question = asking.send(answers[-1])
        except Back:
            del answers[-1:]
        except StopIteration as end:
            event: TypedEvent = end.value
            return event


def _maker(typed: TypedEvent) -> Make:
    return lambda target: draft_event(typed, target)


def _agreed(env: Env, typed: TypedEvent) -> TypedEvent | None:
    """Show the block and what it does; return what is to be added, or None to go back to the last question."""
    is_new = True
    while True:
        outcome = _tried(env, typed)
        if outcome is not None and is_new:
            _preview(env, outcome)
        choice = _choice(
            env, "add it? [Y]es, [n]o, [e]dit, [v]iew " if outcome else "it cannot be added so: [e]dit, [n]o, < "
        )
        if choice == "<":
            return None
        if choice == "n":
            raise NotAdded("nothing was added")
        if choice == "y" and outcome is not None:
            return typed
        if choice == "v" and outcome is not None:
            notice(env, f"\n{outcome.draft.text}")
        is_new = choice == "e"
        if is_new:
            typed = _edited(env, typed, outcome)


def _choice(env: Env, question: str) -> str:
    while True:
        reply = read_line(env, f"  {question} ").strip().lower() or "y"
        if reply[0] in "ynev<":
            return reply[0]


def _tried(env: Env, typed: TypedEvent) -> Outcome | None:
    try:
        return try_out(env, _maker(typed))
    except (UsageError, WriteError) as error:
        print_error(env, error)
        return None


def _preview(env: Env, outcome: Outcome) -> None:
    blocks = outcome.draft.blocks
    lines = blocks[-1].text.rstrip("\n").split("\n")
    facets = [place for place, line in enumerate(lines) if line.startswith("[[event.")]
    cut = len(lines)
    if len(lines) > _SHOWN:
        cut = next((place for place in facets[1:] if place >= _SHOWN // 2), cut)
    more = [many(sum(place >= cut for place in facets), "more facet")] if cut < len(lines) else []
    if others := len(blocks) - 1:
        more.append(many(others, "new entry of the register", "new entries of the register"))
    notice(env, "")
    for line in lines[:cut]:
        notice(env, f"  + {line}")
    if more:
        notice(env, f"    … {', '.join(more)}; v shows all")
    notice(env, "")
    for line in effect_lines(outcome.effects):
        notice(env, f"  {line}")
    for fault in outcome.warnings:
        notice(env, f"  warning[{fault.slug}]: {fault.message}")
    notice(env, "")


def _edited(env: Env, typed: TypedEvent, outcome: Outcome | None) -> TypedEvent:
    """Return the event as the user's editor makes of it; as it was where nothing came of that."""
    if outcome is not None:
        text = outcome.draft.blocks[-1].text
    else:
        text = event_text({"id": "", **typed.table, "sources": [*typed.sources]})
    try:
        edited = edit_until_fit(env, text, block_table)
    except (Unedited, UsageError) as error:
        notice(env, f"  {error.message}")
        return typed
    table = {field: value for field, value in edited.items() if field not in ("recorded", "recorded_by")}
    entries = {kind: dict(tables) for kind, tables in typed.entries.items()}
    if outcome is not None:
        sources = outcome.draft.register.sources
        new = [block.name.removeprefix("source ") for block in outcome.draft.blocks if block.name.startswith("source ")]
        kept = {key: msgspec.structs.asdict(sources[key]) for key in new if key in (table.get("sources") or ())}
        entries["source"] = {**entries.get("source", {}), **kept}
    return TypedEvent(table, entries=entries)
