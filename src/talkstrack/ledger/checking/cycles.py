"""Find references that lead round in a circle."""

from collections.abc import Mapping


def cycles(above: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return one circle per knot of references, each from its first member in the mapping's order.

    Walks without recursion, so that a chain may be as long as the ledger.
    """
    pointed_at = set().union(*above.values())
    above = {name: following for name, following in above.items() if name in pointed_at}  # no others are in a circle
    place = {name: number for number, name in enumerate(above)}
    done: set[str] = set()
    told: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in above:
        if start in done:
            continue
        trail = {start: 0}
        stack = [(start, iter(above[start]))]
        while stack:
            name, rest = stack[-1]
            following = next((one for one in rest if one not in done), None)
            if following is None:
                stack.pop()
                done.add(name)
                del trail[name]
            elif following not in trail:
                if following in above:
                    trail[following] = len(stack)
                    stack.append((following, iter(above[following])))
            elif following not in told and name not in told:
                circle = [one for one, _ in stack[trail[following] :]]
                if told.isdisjoint(circle):
                    first = circle.index(min(circle, key=place.__getitem__))
                    found.append((*circle[first:], *circle[:first]))
                told.update(circle)
    return sorted(found, key=lambda circle: place[circle[0]])
