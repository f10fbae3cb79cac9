"""Which tasks a page can check by itself, and what its judge must know of each: the key, and no more of the spec."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bilik.grading.numbers import exact_number

_CHOICES = ("choices", "credit")
_KEPT: Mapping[str, tuple[str, ...]] = {
    "single_choice": _CHOICES,
    "multiple_choice": _CHOICES,
    "numeric": ("answer", "absolute", "relative", "units", "feedback"),
    "short_text": ("answers", "ignore", "feedback"),
    "predict_output": ("output", "feedback"),
    "fill_blanks": ("blanks", "credit", "feedback"),
    "matching": ("prompts", "choices", "credit", "feedback"),
    "ordering": ("items", "pairs", "credit", "feedback"),
    "parsons": ("lines", "distractors", "given_indent", "free", "credit", "feedback"),
    "hot_spot": ("size", "areas", "pick", "margin"),
}


def is_checked(spec: Mapping[str, Any]) -> bool:
    """Whether an answer can be checked without running a program and without a person."""
    return spec["kind"] in _KEPT and not (spec["kind"] == "parsons" and spec["code"])


def key_of(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What the judge of a kind needs, as JSON. Amounts are fractions as text."""
    key = {name: spec[name] for name in ("kind", "points", *_KEPT[spec["kind"]]) if name in spec}
    if "units" in key:
        key["units"] = {name: str(exact_number(factor)) for name, factor in key["units"].items()}
    return key


def pattern_of(spec: Mapping[str, Any], model: Any) -> str:
    """What is right in the notation of cmi.interactions, at most 255 signs; empty where it has none."""
    make = {
        "single_choice": lambda: _letters(spec, [model]),
        "multiple_choice": lambda: _letters(spec, model),
        "numeric": lambda: f"{float(Fraction(model)):.12g}",
        "matching": lambda: ",".join(
            f"{sign(place)}.{sign(_place(spec['choices'], prompt['match']))}"
            for place, prompt in enumerate(spec["prompts"])
        ),
        "ordering": lambda: ",".join(sign(place) for place in range(len(spec["items"]))),
        "short_text": lambda: str(model),
    }.get(spec["kind"])
    return make()[:255] if make else ""


def sign(place: int) -> str:
    """The sign that stands for the choice at a place: a to z, then digits. SCORM 1.2 wants single ones."""
    return "abcdefghijklmnopqrstuvwxyz0123456789"[place]


def _letters(spec: Mapping[str, Any], names: list[str]) -> str:
    return ",".join(sign(_place(spec["choices"], name)) for name in names)


def _place(rows: list[Mapping[str, Any]], name: str) -> int:
    return next(place for place, row in enumerate(rows) if row["id"] == name)
