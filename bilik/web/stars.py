"""A tile for every name: 8-, 10- and 12-fold stars as in the tilework of Khwarezm and Shirvan.

Pure: the same name gives the same drawing on every machine and in every year. Colours are given twice, as
attributes (a drawing that stands alone) and as classes, by which the style sheet recolours it in the dark.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from math import cos, pi, sin

SIDE = 120
MIDDLE = SIDE // 2
FOLDS = (8, 10, 12)
# class: colour by day; the names are those of the style sheet (assets/css/stars.css)
GROUNDS = {"t-deep": "#0f3d66", "t-turquoise": "#0a7478", "t-night": "#17324a"}
LIGHTS = {"t-foam": "#e0f3f2", "t-sky": "#9fd6dc", "t-sand": "#fdf1d6"}
ACCENT = ("t-saffron", "#e8a317")


@lru_cache(maxsize=1024)
def star(name: str) -> str:
    """The tile of `name`: an `<svg>` of at most 1.5 KB, without ids, scripts or inline styles."""
    seed = sha256(name.encode()).digest()
    folds = FOLDS[seed[0] % len(FOLDS)]
    ground = _pick(GROUNDS, seed[1])
    light = _pick(LIGHTS, seed[2])
    other = _pick({key: value for key, value in GROUNDS.items() if key != ground[0]}, seed[3])
    slim = 34 + seed[4] % 5 * 2
    turn = pi / folds if seed[5] % 2 else 0.0
    parts = [
        _fill(f"M0 0h{SIDE}v{SIDE}H0z", ground),
        _fill(_corners(slim), other),
        _fill(_ring(folds, 58, slim, turn), light),
        _fill(_ring(folds, slim - 2, slim - 14, turn), other),
        _line(_girih(folds, 52, seed[6], turn), ground),
        _fill(_ring(folds, 13, 7 + seed[7] % 3, turn), ACCENT),
    ]
    return (
        f'<svg class="star" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def _pick(colours: dict[str, str], byte: int) -> tuple[str, str]:
    return list(colours.items())[byte % len(colours)]


def _fill(path: str, colour: tuple[str, str]) -> str:
    return f'<path class="{colour[0]}" fill="{colour[1]}" d="{path}"/>'


def _line(path: str, colour: tuple[str, str]) -> str:
    return f'<path class="{colour[0]}-line" fill="none" stroke="{colour[1]}" stroke-width="1.5" d="{path}"/>'


def _point(radius: float, angle: float, x: int = MIDDLE, y: int = MIDDLE) -> str:
    return f"{x + round(radius * sin(angle))} {y - round(radius * cos(angle))}"


def _ring(folds: int, outer: float, inner: float, turn: float) -> str:
    """A star with `folds` points."""
    step = pi / folds
    points = [_point(outer if i % 2 == 0 else inner, turn + i * step) for i in range(2 * folds)]
    return f"M{'L'.join(points)}z"


def _girih(folds: int, radius: float, byte: int, turn: float) -> str:
    """The strapwork: every point is joined with the one `skip` further on, as girih tiles do."""
    skip = folds // 2 - 1 - byte % 2
    points = [_point(radius, turn + i * 2 * pi / folds) for i in range(folds)]
    return "".join(f"M{points[i]}L{points[(i + skip) % folds]}" for i in range(folds))


def _corners(reach: int) -> str:
    """A quarter of the neighbouring eight-fold star in each corner, so that tiles laid side by side join."""
    outer, inner = reach * 0.6, reach * 0.38
    corners = ((0, SIDE), (0, 0), (SIDE, 0), (SIDE, SIDE))
    return "".join(_quarter(x, y, outer, inner, index) for index, (x, y) in enumerate(corners))


def _quarter(x: int, y: int, outer: float, inner: float, index: int) -> str:
    angles = [index * pi / 2 + i * pi / 8 for i in range(5)]
    points = [_point(outer if i % 2 == 0 else inner, angle, x, y) for i, angle in enumerate(angles)]
    return f"M{x} {y}L{'L'.join(points)}z"
