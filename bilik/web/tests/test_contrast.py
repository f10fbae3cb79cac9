"""WCAG 2.2 AA, computed from the palette itself: 4.5 for text, 3 for borders, icons and the focus."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[1] / "assets/css/colours.css").read_text()

TEXT = [
    *[(ink, paper) for ink in ("ink", "soft", "link", "deep") for paper in ("paper", "card", "sunk")],
    *[(f"hl-{kind}", "code-paper") for kind in "ksmcfbe"],
    *[(tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "turquoise")],
    *[("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "turquoise")],
    *[("link", f"{tone}-soft") for tone in ("good", "warn", "bad", "info")],
    *[("soft", f"{tone}-soft") for tone in ("good", "warn", "bad", "info")],
    *[(tone, "card") for tone in ("good", "warn", "bad", "info", "turquoise")],
    *[(tone, "paper") for tone in ("good", "warn", "bad", "info", "turquoise")],
    ("ink", "code-paper"),
    ("soft", "code-paper"),
    ("on-button", "button"),
    ("on-top", "top"),
    ("card", "bad"),
]
SHAPES = [
    *[("edge", paper) for paper in ("paper", "card", "sunk", "code-paper")],
    *[("focus", paper) for paper in ("paper", "card", "sunk", "turquoise-soft")],
    ("on-top", "top"),
    ("saffron", "top"),
    ("button", "paper"),
    ("turquoise", "sunk"),
]


def palettes():
    blocks = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
    day, night = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return {"day": day, "night": day | night}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(scheme, front, back):
    palette = palettes()[scheme]
    assert ratio(palette[front], palette[back]) >= 4.5


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_shapes_can_be_seen(scheme, front, back):
    palette = palettes()[scheme]
    assert ratio(palette[front], palette[back]) >= 3


def test_both_schemes_name_the_same_colours():
    schemes = palettes()
    assert schemes["day"].keys() == schemes["night"].keys()
