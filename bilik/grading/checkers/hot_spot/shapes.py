"""Whether a point lies in a circle, a rectangle or a polygon, in whole numbers and exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

NUMBERS = {"circle": 3, "rect": 4, "polygon": 6}
"""How many numbers a shape has (a polygon: at least)."""


def inside(shape: str, at: Sequence[int], x: int, y: int, *, margin: int) -> bool:
    """Whether a point lies in the shape or at most `margin` beside it; the border belongs to it.

    circle: [x, y, radius]. rect: [x, y, width, height]. polygon: [x1, y1, x2, y2, …].
    """
    if shape == "circle":
        return (x - at[0]) ** 2 + (y - at[1]) ** 2 <= (at[2] + margin) ** 2
    if shape == "rect":
        aside, above = max(at[0] - x, 0, x - at[0] - at[2]), max(at[1] - y, 0, y - at[1] - at[3])
        return aside**2 + above**2 <= margin**2
    near = any(_distance_squared(edge, x, y) <= margin**2 for edge in _edges(at))
    return near or _crossings(at, x, y) % 2 == 1


_Edge = tuple[int, int, int, int]


def _edges(at: Sequence[int]) -> Iterator[_Edge]:
    for place in range(0, len(at), 2):
        yield at[place - 2], at[place - 1], at[place], at[place + 1]


def _crossings(at: Sequence[int], x: int, y: int) -> int:
    """How many edges a ray to the right crosses: an odd number from inside (Jordan curve theorem)."""
    count = 0
    for x1, y1, x2, y2 in _edges(at):
        if (y1 > y) != (y2 > y):
            # Where the edge has this height, compared without dividing.
            side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            count += (side > 0) == (y2 > y1)
    return count


def _distance_squared(edge: _Edge, x: int, y: int) -> Fraction:
    """The square of the distance from a point to a segment."""
    x1, y1, x2, y2 = edge
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = Fraction((x - x1) * dx + (y - y1) * dy, length) if length else Fraction(0)
    along = min(Fraction(1), max(Fraction(0), along))
    return (x1 + along * dx - x) ** 2 + (y1 + along * dy - y) ** 2


def middle(shape: str, at: Sequence[int]) -> tuple[int, int]:
    """A point of the shape, near its middle where it can be."""
    if shape == "circle":
        return at[0], at[1]
    if shape == "rect":
        return at[0] + at[2] // 2, at[1] + at[3] // 2
    xs, ys = at[0::2], at[1::2]
    x, y = sum(xs) // len(xs), sum(ys) // len(ys)
    if inside(shape, at, x, y, margin=0):
        return x, y
    steps = [
        (min(xs) + (max(xs) - min(xs)) * i // 20, min(ys) + (max(ys) - min(ys)) * j // 20)
        for i in range(1, 20)
        for j in range(1, 20)
    ]
    return next((point for point in steps if inside(shape, at, *point, margin=0)), (at[0], at[1]))
