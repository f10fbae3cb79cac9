"""The one scale of proficiency, 0 to 8, and how it reads in DigComp. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LOWEST, HIGHEST = 0, 8


@dataclass(frozen=True)
class Level:
    """A step of the scale: what it is called, and the DigComp band it lies in (None below the first step)."""

    number: int
    name: Any
    band: str | None
    band_name: Any


_BANDS = (
    ("basic", _("basic")),
    ("intermediate", _("intermediate")),
    ("advanced", _("advanced")),
    ("highly_advanced", _("highly advanced")),
)
_NAMES = (
    _("not begun"),
    _("with help, in simple tasks"),
    _("alone, in simple tasks"),
    _("alone, in routine tasks"),
    _("alone, in tasks of one's own"),
    _("guides others"),
    _("adapts to others and to new situations"),
    _("solves complex problems with few known solutions"),
    _("solves problems that nobody has solved"),
)

LEVELS: tuple[Level, ...] = tuple(
    Level(number, name, *(_BANDS[(number - 1) // 2] if number else (None, _("none"))))
    for number, name in enumerate(_NAMES)
)


def level(number: int) -> Level:
    """The level of that number; ValueError outside 0 to 8."""
    if not LOWEST <= number <= HIGHEST:
        raise ValueError(f"a level is a number from {LOWEST} to {HIGHEST}, not {number}")
    return LEVELS[number]


def band_of(number: int) -> str | None:
    """The DigComp band of a level: basic 1–2, intermediate 3–4, advanced 5–6, highly advanced 7–8."""
    return level(number).band
