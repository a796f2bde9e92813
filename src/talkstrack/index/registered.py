"""Give back the register that an index was made with."""

import msgspec

from talkstrack.index.schema import Damaged
from talkstrack.model.register import Heading, Kind, Party, Person, Register, Source


def load_register(facts: dict[str, bytes]) -> Register:
    """Return the register from the facts of an index."""
    try:
        return Register(
            msgspec.json.decode(facts["parties"], type=dict[str, Party]),
            msgspec.json.decode(facts["persons"], type=dict[str, Person]),
            msgspec.json.decode(facts["sources"], type=dict[str, Source]),
            msgspec.json.decode(facts["kinds"], type=dict[str, Kind]),
            msgspec.json.decode(facts["heading"], type=Heading),
        )
    except (KeyError, msgspec.MsgspecError) as error:
        raise Damaged("a fact of the index is not there") from error
