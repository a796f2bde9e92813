"""One question has one answer: a sum that two outputs print of the shipped ledger is the same in both.

A question is a unit, a direction, a scope, an account and days; every output that answers it in JSON is asked, and no
code but the command line is. Where two outputs mean different things by the same scope, `DISAGREEMENTS` says so.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from golden import run

Json = dict[str, Any]
DAYS = {
    "the last day": (),
    "today 2025-07-24": ("--today", "2025-07-24"),
    "known 2025-07-24": ("--as-known", "2025-07-24"),
    "known 2025-10-05": ("--as-known", "2025-10-05"),
    "known 2025-06-20": ("--as-known", "2025-06-20"),
}
SIDES = ("UKR", "RUS")

_WHOLE_ROWS = "`exchanges --group agreement` adds whole rows, `agreements` and `tied` only what is tied to the scope"
_OWN_TIES = "`exchanges --account` takes a side's figures of all rows, `agreements` of those it ties or nobody disputes"
DISAGREEMENTS = {
    "people UKR agreement-3/prisoners": _WHOLE_ROWS,
    "people RUS agreement-3/prisoners": _WHOLE_ROWS,
    "bodies UKR istanbul": _WHOLE_ROWS,
    "bodies RUS istanbul": _WHOLE_ROWS,
    "people UKR agreement-3/prisoners UKR": _OWN_TIES,
    "people RUS agreement-3/prisoners UKR": _OWN_TIES,
    "people UKR agreement-3/prisoners RUS": _OWN_TIES,
    "people RUS agreement-3/prisoners RUS": _OWN_TIES,
    "bodies RUS agreement-2/bodies UKR": _OWN_TIES,
}
"""Questions that outputs of today give two answers to, and why. They may only become fewer."""


class Question(NamedTuple):
    """What is asked: how many of a unit came to a side, of which scope, by whose account, on which days."""

    what: str
    to: str | None
    scope: str | None = None
    account: str | None = None
    since: str | None = None
    until: str | None = None

    def __str__(self) -> str:
        return " ".join(str(part) for part in self if part is not None)


class Figure(NamedTuple):
    """A sum as JSON has it, without the words that follow from its numbers."""

    low: int
    best: int | None
    high: int | None
    terms: int
    undisclosed: int
    disclosed_low: int
    disclosed_high: int
    approximate: bool
    open: bool


class Answer(NamedTuple):
    """What an output says, and where."""

    question: Question
    place: str
    figure: Figure


def figure_of(found: Json) -> Figure:
    return Figure(*(found[key] for key in Figure._fields))


def added(figures: list[Figure]) -> Figure:
    """Add figures of different people by hand: a bound exists where every term has it."""

    def plus(values: list[int | None]) -> int | None:
        return None if None in values else sum(value or 0 for value in values)

    return Figure(
        low=sum(figure.low for figure in figures),
        best=plus([figure.best for figure in figures]),
        high=plus([figure.high for figure in figures]),
        terms=sum(figure.terms for figure in figures),
        undisclosed=sum(figure.undisclosed for figure in figures),
        disclosed_low=sum(figure.disclosed_low for figure in figures),
        disclosed_high=sum(figure.disclosed_high for figure in figures),
        approximate=any(figure.approximate for figure in figures),
        open=any(figure.open for figure in figures),
    )


@cache
def asked(*args: str) -> Json:
    """Return what a command prints of the shipped ledger."""
    ran = run(*args, "--json")
    assert ran.code == 0, (args, ran.err)
    document: Json = json.loads(ran.out)
    return document


def totals_of(*args: str) -> Iterator[tuple[str, str, str | None, Json]]:
    for total in asked("exchanges", "--what", "all", *args)["totals"]:
        yield total["what"], total["to"], total["group"], total


def exchanges_say(day: tuple[str, ...]) -> Iterator[Answer]:
    """The tally: totals however they are grouped, of each group, of each side's account, and running ones."""
    for group in ("agreement", "month", "none"):
        for more in ((), ("--totals",)):
            for account in (None, *SIDES):
                options = ("--account", account) if account else ()
                place = " ".join(("exchanges --group", group, *more, *options))
                for what, to, key, total in totals_of("--group", group, *more, *options, *day):
                    if key is None:
                        yield Answer(Question(what, to, None, account), place, figure_of(total["total"]))
                    elif group == "month":
                        yield Answer(Question(what, to, f"in {key}", account), place, figure_of(total["total"]))
                    elif key:
                        yield Answer(Question(what, to, key, account), place, figure_of(total["total"]))
    for row in asked("exchanges", "--what", "all", *day)["rows"]:
        for direction in row["directions"]:
            question = Question(row["what"], direction["to"], row["id"])
            yield Answer(question, "a row of exchanges", figure_of(direction["figure"]))


def accounts_say(day: tuple[str, ...]) -> Iterator[Answer]:
    """The tally side by side: its rows are those of the tally."""
    for row in asked("exchanges", "--what", "all", "--accounts", *day)["rows"]:
        for direction in row["directions"]:
            question = Question(row["what"], direction["to"], row["id"])
            yield Answer(question, "a row of exchanges --accounts", figure_of(direction["figure"]))


def months_say(day: tuple[str, ...]) -> Iterator[Answer]:
    """The months of the tally, added up: what came in one month came in no other."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for what, to, key, total in totals_of("--group", "month", "--totals", *day):
        if key is not None:
            found.setdefault((what, to), []).append(figure_of(total["total"]))
    for (what, to), figures in found.items():
        yield Answer(Question(what, to), "the months of exchanges, added", added(figures))


def tied_rows_say(day: tuple[str, ...]) -> Iterator[Answer]:
    """What of each row of the tally is tied to the agreement of its group, and all of that, added."""
    found: dict[tuple[str, str, str], list[Figure]] = {}
    for row in asked("exchanges", "--what", "all", *day)["rows"]:
        for direction in row["directions"]:
            if row["group"] and direction["tied"] is not None:
                tied, to = figure_of(direction["tied"]), direction["to"]
                scope = f"{row['id']} under {row['group']}"
                yield Answer(Question(row["what"], to, scope), "`tied` of a row of exchanges", tied)
                found.setdefault((row["what"], to, row["group"]), []).append(tied)
    for (what, to, group), figures in found.items():
        yield Answer(Question(what, to, group), "`tied` of the rows of exchanges, added", added(figures))


def agreements_say(day: tuple[str, ...]) -> Iterator[Answer]:
    for row in asked("agreements", *day)["rows"]:
        yield from commitments_say("agreements", row["commitments"])


def brief_says(day: tuple[str, ...]) -> Iterator[Answer]:
    yield from commitments_say("brief", asked("brief", *day)["rows"][0]["promised"])


def commitments_say(place: str, commitments: list[Json]) -> Iterator[Answer]:
    for commitment in commitments:
        scope = commitment["reference"]
        for row in commitment["directions"]:
            progress = row["progress"]
            what, to = progress["what"], progress["to"]
            question = Question(what, to, scope)
            yield Answer(question, f"`delivered` of {place}", figure_of(progress["delivered"]))
            for side, told in progress["by_side"].items():
                yield Answer(question._replace(account=side), f"`by_side` of {place}", figure_of(told))
            for reading in progress["readings"]:
                account = reading["side"] if reading["side"] in SIDES else None
                told = figure_of(reading["delivered"])
                yield Answer(question._replace(account=account), f"a reading of {place}", told)
            handed = [figure_of(one["figure"]) for one in row["deliveries"]]
            if handed:
                yield Answer(question, f"the hand-overs of {place}, added", added(handed))
            for one in row["deliveries"]:
                tied = f"{one['event']} under {scope}"
                yield Answer(question._replace(scope=tied), f"a hand-over of {place}", figure_of(one["figure"]))
            yield Answer(question._replace(scope=f"at most {scope}"), place, figure_of(row["at_most"]))
            yield Answer(question._replace(scope=f"range of {scope}"), place, figure_of(row["range"]))


def delegations_say(day: tuple[str, ...]) -> Iterator[Answer]:
    """What a party received, and what it handed over: that is what the other one received."""
    for row in asked("delegations", *SIDES, *day)["rows"]:
        (other,) = (side for side in SIDES if side != row["party"])
        for one in row["totals"]:
            for key, to in (("received", row["party"]), ("handed_over", other)):
                if one[key] is not None:
                    place = f"`{key}` of {row['party']} in delegations"
                    yield Answer(Question(one["what"], to), place, figure_of(one[key]))


def claims_say(day: tuple[str, ...]) -> Iterator[Answer]:
    """What the record holds against a claim, and what the tally says of the same scope, account and days."""
    for row in asked("claims", *day)["rows"]:
        recorded = row["finding"]["recorded"]
        if recorded is None or row["described_as"]:
            continue
        scope, since = row["under"], row["since"] and row["since"]["edtf"]
        account = row["side"] if row["side"] in SIDES else None
        until = row["date"]["latest"] if scope or since else None
        question = Question(row["what"], row["to"], scope or (None if since else row["event"]), account, since, until)
        yield Answer(question, f"`recorded` of claims, {row['event']}", figure_of(recorded))
        if until is None and account is not None:
            continue
        options: tuple[str, ...] = ("--account", account) if account else ()
        options += ("--under", scope) if scope else ()
        options += ("--since", since) if since else ()
        options += ("--until", until) if until else ()
        if until is not None:
            figures = [
                figure_of(total["total"])
                for what, to, key, total in totals_of("--totals", *options, *day)
                if what == row["what"] and row["to"] in (None, to) and key is None
            ]
            yield Answer(question, " ".join(("exchanges", *options)), added(figures))


SPEAKERS = (
    exchanges_say,
    accounts_say,
    months_say,
    tied_rows_say,
    agreements_say,
    brief_says,
    delegations_say,
    claims_say,
)


@cache
def answers(day: str) -> dict[Question, list[Answer]]:
    """Return every answer by its question."""
    found: dict[Question, list[Answer]] = {}
    for speaker in SPEAKERS:
        for answer in speaker(DAYS[day]):
            found.setdefault(answer.question, []).append(answer)
    return found


def rivals(day: str) -> dict[str, list[str]]:
    """Return the questions with more than one answer, and each answer with the places that give it."""
    found: dict[str, list[str]] = {}
    for question, given in answers(day).items():
        if len({answer.figure for answer in given}) > 1:
            places: dict[Figure, list[str]] = {}
            for answer in given:
                places.setdefault(answer.figure, []).append(answer.place)
            found[str(question)] = [f"{figure}: {', '.join(dict.fromkeys(said))}" for figure, said in places.items()]
    return found


@pytest.mark.parametrize("day", DAYS)
def test_one_question_has_one_answer(day: str) -> None:
    wrong = {question: said for question, said in rivals(day).items() if question not in DISAGREEMENTS or len(said) > 2}
    assert wrong == {}, "\n".join(line for question, said in wrong.items() for line in (question, *said))


def test_every_known_disagreement_is_one_still() -> None:
    """A disagreement that is mended goes from the list."""
    assert set(DISAGREEMENTS) - {question for day in DAYS for question in rivals(day)} == set()


@pytest.mark.parametrize("day", DAYS)
def test_there_is_something_to_compare(day: str) -> None:
    """Every speaker answers, and most questions about a scope are answered by more than one."""
    assert [speaker.__name__ for speaker in SPEAKERS if not list(speaker(DAYS[day]))] == []
    compared = [given for given in answers(day).values() if len({answer.place for answer in given}) > 1]
    assert len(compared) > 50


@pytest.mark.parametrize("day", DAYS)
def test_the_brief_counts_the_hand_overs_that_the_tally_lists(day: str) -> None:
    health = asked("brief", *DAYS[day])["rows"][0]["health"]
    rows: dict[str, list[bool]] = {}
    for row in asked("exchanges", "--what", "all", *DAYS[day])["rows"]:
        rows.setdefault(row["id"], []).extend(bool(one["figure"]["undisclosed"]) for one in row["directions"])
    assert (health["hand_overs"], health["undisclosed"]) == (len(rows), sum(all(hidden) for hidden in rows.values()))


def number(text: str) -> tuple[int, ...]:
    """Return the bounds a text begins with: `~250`, `1,000–1,200`, `205 (185 military …)`."""
    first = re.match(r"~?([\d,]+)(?:–([\d,]+))?", text)
    return tuple(int(bound.replace(",", "")) for bound in first.groups() if bound) if first else ()


@pytest.mark.parametrize("day", DAYS)
def test_show_says_of_a_hand_over_what_its_row_in_the_tally_says(day: str) -> None:
    """While `show` has lines of text: the figure of the only account, and the place among those under a scope."""
    rows = asked("exchanges", "--what", "all", *DAYS[day])["rows"]
    day_known = DAYS[day] if "--as-known" in DAYS[day] else ()
    wrong = []
    for row in rows:
        (shown,) = asked("show", row["id"], *day_known)["rows"]
        lines = {line["label"]: line["text"] for line in shown.get("lines", ()) if line["label"]}
        for direction in row["directions"]:
            text, figure = lines.get(f"to {direction['to']}", ""), direction["figure"]
            if len(direction["accounts"]) == 1 and number(text):
                expected = tuple(dict.fromkeys((figure["disclosed_low"], figure["disclosed_high"])))
                if number(text) != expected:
                    wrong.append((row["id"], direction["to"], text, expected))
    assert wrong == []
