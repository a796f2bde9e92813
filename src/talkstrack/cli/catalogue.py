"""Every command with its help and what it prints as JSON: one table, which loads no command."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import msgspec

from talkstrack.model.dates.period import Period


class Prints(msgspec.Struct, frozen=True):
    """What a command prints as JSON: the types of its rows, its totals and its own options, as `module:name`.

    Those of a ledger have a ledger and the filters above their rows; the others the day they were made for.
    """

    row: str
    total: str | None = None
    options: Mapping[str, object] = {}
    of_ledger: bool = True


class Listed(msgspec.Struct, frozen=True):
    """A command as the group knows it before it is loaded."""

    help: str
    prints: Prints | None = None


_WRITTEN = Prints("model.event:Event", "reports.effects:Effect", {"at": tuple[str, ...]})
COMMANDS = {
    "timeline": Listed("List events by month, with what matters most about each.", Prints("model.event:Event")),
    "show": Listed("Show one event whole: facets, accounts, claims, sources.", Prints("reports.event:Shown")),
    "search": Listed("Find events by words in titles, texts, places and names.", Prints("model.event:Event")),
    "exchanges": Listed(
        "Tally exchanges and repatriations, with running totals.",
        Prints(
            "reports.exchanges:HandOverRow",
            "reports.exchange_totals:TotalRow",
            {
                "what": "reports.exchanges:Units",
                "group": "reports.exchange_totals:Grouping",
                "account": str | None,
                "accounts": bool,
                "totals": bool,
            },
        ),
    ),
    "delegations": Listed(
        "Show who sat at the table for each party, round by round.",
        Prints("reports.delegations:DelegationRow", options={"parties": tuple[str, ...]}),
    ),
    "agreements": Listed(
        "Follow each commitment from promise to delivery.",
        Prints("reports.agreements:AgreementRow", options={"commitment": str | None}),
    ),
    "claims": Listed(
        "Check every claim against the events, worst first.",
        Prints("reports.claims:ClaimRow", "reports.claims:VerdictCount", {"verdict": tuple[str, ...]}),
    ),
    "deadlines": Listed(
        "Show what is due, what was met, and what lapsed.",
        Prints("reports.deadlines:DeadlineRow", "reports.deadlines:DeadlineCount", {"open": bool}),
    ),
    "brief": Listed("Sum up the ledger on one screen.", Prints("reports.brief:Brief")),
    "history": Listed(
        "Show revisions of an event, or what was recorded lately.",
        Prints("reports.history:RevisionRow", options={"recorded_since": Period | None}),
    ),
    "init": Listed("Start a new ledger with a commented example."),
    "add": Listed("Append an event.", _WRITTEN),
    "register": Listed("Add a party, a person or a source to the register."),
    "revise": Listed("Correct an event with a new revision.", _WRITTEN),
    "retract": Listed("Withdraw an event with a new revision.", _WRITTEN),
    "check": Listed("Check a ledger and report every problem at once.", Prints("errors:Problem", of_ledger=False)),
    "merge": Listed("Merge two ledgers block by block, as git's merge driver."),
    "schema": Listed("Print the JSON Schema of an output, or of an event."),
}
"""Every command with its one line of help; a test holds it equal to the docstrings."""
OUTPUTS = {
    **{name: listed.prints for name, listed in COMMANDS.items() if listed.prints},
    "checks": Prints("errors:Check", of_ledger=False),
}
"""Every JSON output: one a command, and the list of all checks."""


def load_type(place: object) -> Any:
    """Return the type a table names as `module:name`; a type itself is returned as it is."""
    if not isinstance(place, str):
        return place
    module, _, name = place.partition(":")
    return getattr(import_module(f"talkstrack.{module}"), name)
