"""The text of a new ledger: a commented example of every kind of event, then the table that makes it a ledger.

The examples stand above, so that what is appended stands below them and takes no comment along in a merge.
"""

from datetime import date

_INTRODUCTION = """\
# A ledger of talkstrack: who said, promised and did what, when, and according to whom.
# New entries go to the end: talkstrack register, talkstrack add. Any editor will do as well.
# Below is an example of each kind; take the # away to try one, and ask: talkstrack check
#
# Dates: 2025-07-23, or in quotes as EDTF: "2025-07" (some day of July), "2025-07-23?" (uncertain),
# "2025-05-23/2025-05-25" (throughout), "2025-07-23~" (about).
# Counts: 390, "1000+" (at least), ">1000", "<=50", "~250" (about), "246..250", "withheld", "unknown".
"""

EXAMPLE = """
# Parties: countries by their ISO code; bodies by short capitals, with the party they speak for.
#[party.NOR]
#name = "Norland"
#aliases = ["Norholm"]
#[party.SUD]
#name = "Sudmark"
#[party.NHQ]
#name = "Norland's headquarters for prisoners"
#party = "NOR"

# Persons, with offices held before the ledger begins.
#[person.berg]
#name = "Ida Berg"
#party = "NOR"
#[[person.berg.role]]
#title = "Minister of Defence"
#from = 2023-09-06
#[person.sund]
#name = "Per Sund"
#party = "SUD"

# Sources: every event names at least one.
#[source.herald-2025-06-02]
#publisher = "The Herald"
#title = "Talks end with a deal on prisoners"
#url = "https://herald.example/talks"
#published = 2025-06-02

# Talks: who sat at the table.
#[[event]]
#id = "talks-1"
#kind = "talks"
#date = 2025-06-02
#title = "First round"
#place = "Midway"
#round = 1
#sources = ["herald-2025-06-02"]
#[[event.delegation]]
#party = "NOR"
#head = "berg"
#[[event.delegation]]
#party = "SUD"
#head = "sund"

# An agreement: what was promised. Hand-overs refer to it by `under`.
#[[event]]
#id = "agreement-1"
#kind = "agreement"
#date = 2025-06-02
#title = "200 prisoners each way"
#part_of = "talks-1"
#sources = ["herald-2025-06-02"]
#[[event.commitment]]
#id = "prisoners"
#what = "people"
#count = 200

# An exchange with rival figures: each side's whole account, `by` on every row.
#[[event]]
#id = "exchange-2025-06-09"
#kind = "exchange"
#date = 2025-06-09
#title = "First exchange"
#under = "agreement-1"
#sources = ["herald-2025-06-02"]
#[[event.transfer]]
#to = "NOR"
#count = 84
#parts = { military = 33, civilian = 51 }
#by = "NOR"
#[[event.transfer]]
#to = "NOR"
#count = 90
#by = "SUD"
#[[event.transfer]]
#to = "SUD"
#count = 84

# A repatriation of bodies.
#[[event]]
#id = "repatriation-2025-06-11"
#kind = "repatriation"
#date = 2025-06-11
#title = "Bodies of the fallen"
#sources = ["herald-2025-06-02"]
#[[event.transfer]]
#to = "NOR"
#count = "~250"

# A proposal, and the answer to it.
#[[event]]
#id = "proposal-2025-06-12"
#kind = "proposal"
#date = 2025-06-12
#title = "A ceasefire of thirty days"
#by = "NOR"
#sources = ["herald-2025-06-02"]
#[[event.response]]
#by = "SUD"
#answer = "rejected"
#date = 2025-06-13

# A statement with a claim, which is checked against the events and never changes them.
#[[event]]
#id = "statement-2025-06-14"
#kind = "statement"
#date = 2025-06-14
#title = "Berg on the exchanges"
#by = "berg"
#sources = ["herald-2025-06-02"]
#[[event.claim]]
#by = "berg"
#to = "NOR"
#under = "agreement-1"
#count = ">80"

# An ultimatum with its deadline, as days or as a date.
#[[event]]
#id = "ultimatum-2025-06-15"
#kind = "ultimatum"
#date = 2025-06-15
#title = "Ten days for an answer"
#by = "SUD"
#sources = ["herald-2025-06-02"]
#[[event.deadline]]
#to = "NOR"
#within = "P10D"
#outcome = "lapsed"

# An appointment: from this day the person holds the office.
#[[event]]
#id = "appointment-2025-06-16"
#kind = "appointment"
#date = 2025-06-16
#title = "Berg becomes foreign minister"
#sources = ["herald-2025-06-02"]
#[[event.office]]
#person = "berg"
#title = "Minister of Foreign Affairs"

# A meeting, planned.
#[[event]]
#id = "meeting-2025-07"
#kind = "meeting"
#date = "2025-07"
#title = "Technical teams"
#status = "planned"
#place = "Midway"
#parties = ["NOR", "SUD"]
#sources = ["herald-2025-06-02"]

# A correction repeats the whole event with `revision = 2`, `because` and `recorded`: talkstrack revise writes it.
"""


def beginning(title: str | None = None, covers: date | None = None) -> str:
    """Return the text of a new ledger."""
    quoted = f"title = {_quoted(title)}\n" if title else '#title = "..."\n'
    day = f"covers = {covers.isoformat()}\n" if covers else "#covers = 2025-06-01  # complete from this day on\n"
    return f"{_INTRODUCTION}{EXAMPLE}\n[ledger]\nformat = 1\n{quoted}{day}"


def _quoted(text: str) -> str:
    import tomli_w

    return tomli_w.dumps({"k": text}).removeprefix("k = ").removesuffix("\n")
