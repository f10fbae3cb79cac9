"""What a task asks with, ready to draw: each control with its words, its order of choices and what stands in it.

A control is a mapping that its template `cards/controls/<control>.html` draws. The checker says what is in it
(`bilik/grading/kinds.py`); added here are

- `template`, and `id`, which no other element of the page has;
- `choices`, when it has any, as pairs of name and words, shuffled where the author asked for it;
- `values` and `value`: what stands in the form, by the field's `name` ("answer" unless the control says otherwise);
- `words`, those of the block that it names with `block`;
- the same for each of its `parts`, when it asks with several fields;
- `pieces`, when it names a block with places: HTML and the parts that are put between;
- `alt` and `points`, when it has a picture: its words, and the points that were set beside the cells of its grid.

Parts that are `arranged` stand in the order of the places that were given to them; those without a place come last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.cards.words import block_html, safe
from bilik.grading.answers import InvalidAnswer
from bilik.grading.uploads import described

Typed = Mapping[str, Sequence[str]]


def controls_for(
    page: Mapping[str, Any], words: Mapping[str, Any], *, place: str, order: str, typed: Typed
) -> list[dict[str, Any]]:
    """The controls of a task. `place` names it within the page (its slug); `order` is what choices are shuffled by: the
    same text gives the same order. `typed` is what stands in the form, by field name.
    """
    return [_control(control, words, place=place, order=order, typed=typed) for control in page["controls"]]


def _control(
    control: Mapping[str, Any], words: Mapping[str, Any], *, place: str, order: str, typed: Typed
) -> dict[str, Any]:
    made = dict(control) | {"template": f"cards/controls/{control['control']}.html"}
    if "html" in made:
        made["html"] = safe(made["html"])
    if "block" in made:
        made["words"] = safe(words["blocks"].get(made["block"], ""))
    if "choices" in made:
        names = list(made["choices"])
        if made.get("shuffle"):
            names = shuffled(names, order)
        made["choices"] = [(name, safe(words["choices"].get(name, name))) for name in names]
    _fill(made, place, typed)
    made["parts"] = [_part(dict(part), words, place, typed) for part in made.get("parts", ())]
    if made.get("arranged"):
        made["parts"].sort(key=_place_given)
    if "pieces" in made:
        made["pieces"] = pieces_of(made, words)
    if "picture" in made:
        made |= {"alt": words["blocks"].get("alt", ""), "points": _points(made)}
    if "rubric" in made:
        made["rubric"] = rubric_rows(made["rubric"], words)
    if made["control"] == "files":
        made["kept"] = [(value, _file_name(value)) for value in made["values"]]
    return made


def _part(part: dict[str, Any], words: Mapping[str, Any], place: str, typed: Typed) -> dict[str, Any]:
    if "block" in part:
        part["words"] = block_html(words, part["block"])
    return _fill(part, place, typed)


def _place_given(part: Mapping[str, Any]) -> int:
    """The number of the place that a part was given, or one behind all others."""
    value = part["value"].strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 else 1_000


def pieces_of(control: Mapping[str, Any], words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A text with places as pieces: its HTML, and the part that stands in each place, numbered."""
    parts = {part["place"]: part for part in control["parts"]}
    pieces: list[dict[str, Any]] = []
    for piece in words["blocks"].get(control["pieces"], []):
        if "html" in piece:
            pieces.append({"html": safe(piece["html"])})
        elif piece["place"] in parts:
            number = sum("part" in one for one in pieces) + 1
            pieces.append({"part": parts[piece["place"]], "number": number})
    return pieces


def _points(control: Mapping[str, Any]) -> list[dict[str, str]]:
    """A field for each point that may be set; it holds one that is no cell of the grid."""
    given = [value for value in control["values"] if value.strip() and value not in control["cells"]]
    given += [""] * (control["pick"] - len(given))
    return [{"id": f"{control['id']}-{number}", "value": value} for number, value in enumerate(given, 1)]


def rubric_rows(rubric: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The criteria of a rubric with their levels, in words, the points as people write them."""
    blocks = words.get("blocks", {})
    return [
        {
            "id": criterion["id"],
            "words": safe(blocks.get(f"criterion {criterion['id']}", criterion["id"])),
            "points": points_text(criterion["points"]),
            "levels": [
                {
                    "id": level["id"],
                    "words": safe(blocks.get(f"level {criterion['id']} {level['id']}", level["id"])),
                    "points": points_text(level["points"]),
                }
                for level in criterion["levels"]
            ],
        }
        for criterion in rubric
    ]


def points_text(points: str) -> str:
    """Exact points to read: "3/2" is 1.5, "1/3" is 0.33."""
    value = Fraction(points)
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _file_name(description: str) -> str:
    try:
        return str(described(description)["name"])
    except InvalidAnswer:
        return "?"


def _fill(field: dict[str, Any], place: str, typed: Typed) -> dict[str, Any]:
    """Gives a field its id and what stands in it; a field that was never touched holds its starter."""
    name = field.get("name") or "answer"
    values = typed.get(name)
    field["field"] = name
    field["id"] = f"{name}-{place}"
    field["values"] = list(values) if values is not None else [field["starter"]] if field.get("starter") else []
    field["value"] = next(iter(field["values"]), "")
    return field


def shuffled(names: Sequence[str], order: str) -> list[str]:
    """Names in an order that only depends on them and on the text `order`."""
    return sorted(names, key=lambda name: hashlib.blake2b(f"{order}/{name}".encode()).digest())


def readable(answer: Any) -> str:
    """An answer as text, for showing what was given: lists by lines, named parts with their names, files by name."""
    if isinstance(answer, Mapping):
        parts = {name: part for name, part in answer.items() if part not in ("", [])}
        many = any("\n" in str(part) for part in parts.values())
        return "\n".join(f"{name}:{chr(10) if many else ' '}{readable(part)}" for name, part in parts.items())
    if isinstance(answer, list):
        return "\n".join(map(_item, answer))
    return str(answer or "")


def _item(item: Any) -> str:
    if isinstance(item, Mapping):
        return str(item.get("name", item))
    return " ".join(map(str, item)) if isinstance(item, list) else str(item)
