"""Find what is worth a second look: nothing that stops a report, nothing that needs a total."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from talkstrack.ledger.checking.accounts import added_rows, claim_without_scope, mixed_readings
from talkstrack.ledger.checking.dates import date_order, early_answer, held_future, planned_past, weekday_mismatch
from talkstrack.ledger.checking.deadlines import deadline_passed
from talkstrack.ledger.checking.duplicates import likely_duplicate, round_gap, round_order
from talkstrack.ledger.checking.offices import office_not_held
from talkstrack.ledger.checking.people import delegation_left, delegation_size, foreign_member, unregistered_person
from talkstrack.ledger.checking.sources import no_source, weak_source, witness_rule
from talkstrack.ledger.checking.typos import control_character, key_below_facet, part_of_other_kind
from talkstrack.ledger.checking.view import Tables, View, view_of
from talkstrack.model.convert import Fault
from talkstrack.model.event import Event
from talkstrack.model.register import Register

Found = tuple[Event, Fault]


def warnings(events: Iterable[Event], register: Register, today: date, tables: Tables | None = None) -> Iterator[Found]:
    """Find the warnings of a ledger, given its events; superseded and retracted ones are passed over.

    `tables` gives the table an event was read from: with it, keys below the wrong header are told more surely.
    """
    view = view_of(events, register, today.toordinal(), tables)
    single_witness = witness_rule(register)
    for event in view.events.values():
        for rule in (*_EVENT_RULES, single_witness):
            for fault in rule(event, view):
                yield event, fault
    for ledger_rule in _LEDGER_RULES:
        yield from ledger_rule(view)


_EVENT_RULES: tuple[Callable[[Event, View], Iterator[Fault]], ...] = (
    no_source,
    weak_source,
    foreign_member,
    delegation_size,
    delegation_left,
    planned_past,
    held_future,
    date_order,
    early_answer,
    weekday_mismatch,
    deadline_passed,
    added_rows,
    mixed_readings,
    claim_without_scope,
    key_below_facet,
    part_of_other_kind,
    control_character,
)
_LEDGER_RULES: tuple[Callable[[View], Iterator[Found]], ...] = (
    unregistered_person,
    office_not_held,
    round_gap,
    round_order,
    likely_duplicate,
)
