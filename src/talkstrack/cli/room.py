"""How wide a page will be, for pages that use the room, and the party a command means."""

from talkstrack.cli.emit import WIDEST
from talkstrack.cli.env import Env
from talkstrack.cli.values import Output
from talkstrack.errors import UsageError
from talkstrack.model.register import Register


def cells(env: Env, output: Output) -> int:
    """Return how many cells a line of text will have."""
    return output.width or min(env.width, WIDEST)


def party_named(register: Register, option: str, name: str) -> str:
    """Return the side of a party, named by code, name or alias; raise UsageError with near misses."""
    if register.party(name) is not None:
        return register.side(name)
    from talkstrack.model.names import nearest

    names = [*register.parties, *(one.name for one in register.parties.values())]
    names += [alias for one in register.parties.values() for alias in one.aliases]
    near = nearest(name, names)
    sides = [code for code in register.parties if register.side(code) == code]
    hint = f"did you mean `{near}`?" if near else f"the register has {', '.join(sides[:12])}"
    raise UsageError(f"{option}: there is no party `{name[:80]}`", hint)
