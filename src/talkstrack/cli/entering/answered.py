"""Make an event of the answers to the questions that `add` asks."""

from typing import Any

from talkstrack.cli.entering.answer_parsers import NOBODY
from talkstrack.cli.entering.draft import Wanted
from talkstrack.cli.entering.questions import EACH_WAY, MOST_ROWS, NO, UNDISPUTED, Answers, Form
from talkstrack.ledger.intake.values import field_value
from talkstrack.ledger.writing.ids import is_address

_PLAIN = ("kind", "title", "date", "place", "round", "under", "by", "summary", "parties")
_EMPTY = ("", "unknown", NOBODY)


def wanted_from(form: Form, answers: Answers) -> Wanted:
    """Return what was typed on the command line together with what was answered."""
    table = dict(form.wanted.table)
    for field in _PLAIN:
        if answers.get(field):
            table[field] = field_value("event", field, answers[field])
    for name, rows in (
        ("transfer", _transfers(answers)),
        ("commitment", _commitments(answers)),
        ("deadline", _deadline(answers)),
        ("office", _office(answers)),
        ("delegation", _delegations(answers)),
    ):
        if rows:
            table[name] = rows
    if "delegation" in table:
        spoken = {row.get("party") for row in table["delegation"]}
        table["parties"] = [one for one in table.get("parties", ()) if one not in spoken]
    sources, described = _sources(answers)
    new = {key.removeprefix("new."): {"name": text} for key, text in answers.items() if key.startswith("new.")}
    return form.wanted._replace(
        table={key: value for key, value in table.items() if value != []},
        sources=(*form.wanted.sources, *sources),
        described={**form.wanted.described, **described},
        entries={**form.wanted.entries, **({"party": new} if new else {})},
    )


def _transfers(answers: Answers) -> list[dict[str, Any]]:
    rows = []
    for number in range(MOST_ROWS):
        by = answers.get(f"account.{number}", NO)
        found = [key for key in answers if key.startswith(f"count.{number}.")]
        if not found or by == NO:
            break
        for key in found:
            code, count = key.split(".", 2)[2], answers[key]
            if count == NOBODY:
                continue
            row: dict[str, Any] = {"to": code, "count": field_value("transfer", "count", count)}
            if parts := answers.get(f"parts.{number}.{code}"):
                row["parts"] = field_value("transfer", "parts", parts)
            if by != UNDISPUTED:
                row["by"] = by
            rows.append(row)
    return rows


def _commitments(answers: Answers) -> list[dict[str, Any]]:
    rows = []
    for number in range(MOST_ROWS):
        if f"promise.{number}" not in answers or answers.get(f"more.{number}", "yes") != "yes":
            break
        row: dict[str, Any] = {"id": answers[f"promise.{number}"]}
        if answers.get(f"what.{number}") in ("people", "bodies"):
            row["what"] = answers[f"what.{number}"]
            if (count := answers.get(f"count.{number}", "")) not in _EMPTY:
                row["count"] = field_value("commitment", "count", count)
            if (to := answers.get(f"to.{number}", EACH_WAY)) != EACH_WAY:
                row["to"] = to
        rows.append(row)
    return rows


def _deadline(answers: Answers) -> list[dict[str, Any]]:
    end = answers.get("deadline.end")
    if not end:
        return []
    to = field_value("deadline", "to", answers["deadline.to"])
    return [{"to": to, **({"within": end} if end.startswith("P") else {"due": end})}]


def _office(answers: Answers) -> list[dict[str, Any]]:
    if "office.title" not in answers:
        return []
    return [{"person": answers["office.person"], "title": answers["office.title"]}]


def _delegations(answers: Answers) -> list[dict[str, Any]]:
    rows = []
    for key in answers:
        if not key.startswith("head."):
            continue
        code = key.removeprefix("head.")
        members = field_value("delegation", "members", answers.get(f"members.{code}", ""))
        if answers[key] or members:
            head = {"head": answers[key]} if answers[key] else {}
            rows.append({"party": code, **head, **({"members": members} if members else {})})
    return rows


def _sources(answers: Answers) -> tuple[list[str], dict[str, dict[str, Any]]]:
    found: list[str] = []
    described: dict[str, dict[str, Any]] = {}
    for number in range(MOST_ROWS):
        given = answers.get(f"source.{number}", NO)
        if given in (NO, NOBODY):
            break
        found.append(given)
        if is_address(given):
            fields = {name: answers.get(f"{name}.{number}") for name in ("publisher", "published")}
            described[given] = {name: value for name, value in fields.items() if value}
    return found, described
