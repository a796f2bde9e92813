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
    in_circles: set[str] = set()
    circles: list[tuple[str, ...]] = []
    for start in above:
        if start in done:
            continue
        trail = {start: 0}
        stack = [(start, iter(above[start]))]
        while stack:
            name, rest = stack[-1]
            following = next((name for name in rest if name not in done), None)
            if following is None:
                stack.pop()
                done.add(name)
                del trail[name]
            elif following not in trail:
                if following in above:
                    trail[following] = len(stack)
                    stack.append((following, iter(above[following])))
            elif following not in in_circles and name not in in_circles:
                circle = [member for member, _ in stack[trail[following] :]]
                if in_circles.isdisjoint(circle):
                    first = circle.index(min(circle, key=place.__getitem__))
                    circles.append((*circle[first:], *circle[:first]))
                in_circles.update(circle)
    return sorted(circles, key=lambda circle: place[circle[0]])
